// What a person at the screen can ask for. The only thing that app/ui hands back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/core/declaration.h"

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
        ShowOtherWays,     // the card, the service or the kiosk cannot confirm: what else there is
        ChooseWay,         // value: OtherWay
        Declare,           // the form is to be filled in
        TypeKey,           // value: a key of the keyboard that is shown (keyboard.h)
        ChangeKeyboard,    // value: Keyboard
        PickCandidate,     // value: index
        MoreCandidates,    // the next ones; after the last the first
        Undo,              // the last change of the text, the last stroke
        SetEra,            // value: Era; wheels of the birth date
        SetYear,           // number: within the era, or Gregorian
        SetMonth,          // value
        SetDay,            // value
        ChooseAnswer,      // value: index among the answers of the question that is shown
        PenDown,           // pen: where
        PenMove,           // pen
        ClearSignature,
        Skip,        // this question is left open
        EditField,   // value: DeclarationField, from the summary
        SignIn,      // with the code typed: the tour is opened, or unlocked
        StartVisit,  // a patient is received at home, with the card
        OpenCareList,
        MorePatients,  // the next ones; after the last the first
        PickPatient,   // number: index in the list
        Reinquire,     // value: Treatment; the patient whose page is shown, without a card
        RenewConsents,
        AskWithdraw,  // すべての同意を取消す: asks first
        WithdrawConsents,
        LockTour,
        AskEndTour,  // asks first
        EndTour,
    };
    Kind kind{};
    std::uint8_t value = 0;
    std::int16_t number = 0;
    PenPoint pen = {};
    friend bool operator==(const Intent&, const Intent&) = default;
};

inline constexpr std::size_t k_intents = static_cast<std::size_t>(Intent::Kind::EndTour) + 1;

// Names as scenarios write them: "face", "pin", "digit", "agree-all", "language".
const char* name_of(Intent::Kind kind);
std::optional<Intent::Kind> intent_named(const std::string& name);

}  // namespace uketsuke::core
