// What staff read of a patient in continuing care, short for the list and whole for the patient's page. Private to
// app/ui.
#pragma once

#include <string>

#include "app/core/care.h"
#include "app/ui/message.h"
#include "app/ui/scene.h"

namespace uketsuke::ui {

// The day in Japan, and the time of that day: "9:05".
core::BirthDate day_in_japan(core::WallTime at);
std::string time_in_japan(core::WallTime at);

struct CareSign {
    Message words;  // empty: nothing that staff should know at once
    Icon icon = Icon::None;
    Tone tone = Tone::Notice;
};
// What comes first: a conflict, what waits, consents that do not stand, today's visit.
CareSign sign_of(const core::CareEntry& patient);

// What became of the latest request, and what is to be done; nullopt: nothing.
std::optional<Notice> result_of(const core::CareEntry& patient);

Message standing_of(const core::CareEntry& patient);

}  // namespace uketsuke::ui
