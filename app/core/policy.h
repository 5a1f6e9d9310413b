// What a clinic may decide about the flow. Read from its configuration; constant while the kiosk runs.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "app/core/vocabulary.h"

namespace uketsuke::core {

// Shortest first.
inline std::vector<OtherWay> all_other_ways() {
    std::vector<OtherWay> ways;
    for (std::size_t way = 0; way < k_other_ways; ++way) ways.push_back(static_cast<OtherWay>(way));
    return ways;
}

// Home visits: consent, then PIN or staff's visual check, then the card (seeds, guide for supporters p. 19).
struct VisitPolicy {
    Millis lock_after{120'000};                   // nobody touched the tablet while it waits
    Millis tour_longest{std::chrono::hours{12}};  // then the code opens it anew
    bool online = true;                           // 再照会 also for オンライン診療
    friend bool operator==(const VisitPolicy&, const VisitPolicy&) = default;
};

struct Policy {
    std::optional<VisitPolicy> visit;  // nullopt: a counter
    std::optional<Millis> dim_after;   // nobody touched the screen: it is dimmed; nullopt: never
    Language default_language = Language::Japanese;
    Preferences default_preferences{};
    int default_volume = 2;  // k_quietest … k_loudest
    bool offer_voice = true;
    NameDisplay name_display = NameDisplay::Masked;
    bool offer_limit_amount = true;  // the 限度額 screen (facts §3.1)
    bool offer_agree_all = true;     // the 包括同意 button (facts §3.1)
    bool offer_registration = true;  // as a health insurance card, when the service says it is none (facts §3.5)
    bool registration_by_visual_check = true;  // also when staff identified the patient
    bool visual_check = false;      // a staff code is configured: staff can do what they may at the kiosk, too
    bool offer_declaration = true;  // 被保険者資格申立書, for whoever cannot be confirmed (facts §3.7)
    std::vector<OtherWay> other_ways = all_other_ways();  // before the form, in this order
    Millis declaration_timeout{180'000};                  // nobody touched anything while the form is filled in
    bool demonstration = false;                           // shows the demonstration notice on every screen
    int face_attempts = 3;                                // then PIN or staff
    Millis face_attempts_remembered{600'000};             // of a card that was taken and laid again
    SecondSign second_sign = SecondSign::None;            // asked for when the networks cannot decide alone
    bool challenge_waiver = false;                        // staff may let somebody off who cannot turn the head
    int staff_code_attempts = 5;                          // wrong codes before the pause
    Millis staff_code_pause{60'000};
    Millis visual_check_valid{120'000};  // an armed visual check waits this long for its card
    Millis screen_timeout{90'000};       // nobody touched anything
    Millis reading_timeout{15'000};      // the card neither answers nor fails
    Millis answer_wait{4'000};           // for the service, before "queued"
    Millis accepted_shown{15'000};       // then the reminder to take the card; longer while it is touched
    Millis notice_shown{6'000};          // "the card was taken" and the like
};

}  // namespace uketsuke::core
