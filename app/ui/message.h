// A sentence of the catalogues together with what it is filled with: what the screens show and the voice says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/core/declaration.h"
#include "app/core/shown_name.h"
#include "app/core/vocabulary.h"

namespace uketsuke::ui {

struct Message {
    static constexpr int k_no_number = -1;

    std::string_view key = {};  // of the catalogues; a literal. Empty: nothing is said
    int n = k_no_number;        // replaces {n}
    int m = k_no_number;        // replaces {m}
    core::ShownName name = {};  // replaces {name}: personal: shown, never spoken
    // Replaces {quoted}: what somebody wrote who is no catalogue: shown letter by letter, never spoken.
    std::string quoted = {};
    // In this language whatever the screen's is: the names of the languages.
    std::optional<core::Language> language = std::nullopt;
    core::BirthDate date = {};  // replaces {date}, and {era} in the Japanese calendar: personal: shown, never spoken

    friend bool operator==(const Message&, const Message&) = default;

    bool empty() const { return key.empty(); }
};

}  // namespace uketsuke::ui
