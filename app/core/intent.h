// What a person at the screen can ask for. The only thing that app/ui hands back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace uketsuke::core {

struct Intent {
    enum class Kind : std::uint8_t {
        ChooseFace,
        ChoosePin,
        CallStaff,
        Stop,
        Back,
        Next,            // the notice was read
        Retry,           // another face attempt
        Digit,           // value 0–9: PIN, staff code or printed number
        Erase,           // the last digit
        UseLastTry,      // the warning was read and the last PIN try is wanted
        OpenStaffCheck,  // a member of staff stands at the kiosk
        ConfirmVisual,   // 「目視で本人確認完了」 with the code typed; value: VisualReason
        TypeNumber,      // the number printed on the card shall be typed, with the staff code typed
        WaiveChallenge,  // this patient cannot turn the head, with the staff code typed
        Register,        // as a health insurance card
        NotRegister,
        Agree,
        Decline,
        AgreeAll,
        DeclineAll,
        OneByOne,  // answer each item by itself
        Provide,   // limit-amount information
        NotProvide,
        Confirm,             // the summary is right
        AllowOrderedKeypad,  // this patient's keypad keeps the digits in order, with the staff code typed
        ShowDetail,          // くわしく
        ShowLanguages,
        ShowVisualReasons,  // with the code typed
        CloseSheet,
        ChangePreference,  // value: Preference
        ChangeVolume,      // one louder; after the loudest comes the quietest
        ChangeLanguage,    // value: index into k_languages
    };
    Kind kind{};
    std::uint8_t value = 0;
    friend bool operator==(const Intent&, const Intent&) = default;
};

// Names as scenarios write them: "face", "pin", "digit", "agree-all", "language".
const char* name_of(Intent::Kind kind);
std::optional<Intent::Kind> intent_named(const std::string& name);

}  // namespace uketsuke::core
