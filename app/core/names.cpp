#include <array>
#include <string_view>

#include "app/core/declaration.h"
#include "app/core/intent.h"
#include "app/core/keyboard.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {
namespace {

// Indexed by the enumerators' values.
constexpr std::array<const char*, k_screens> k_screen_names{"idle",
                                                            "reading-card",
                                                            "card-problem",
                                                            "expiry-notice",
                                                            "choose-method",
                                                            "face",
                                                            "face-failed",
                                                            "pin",
                                                            "pin-last-try",
                                                            "pin-locked",
                                                            "call-staff",
                                                            "staff-check",
                                                            "number-entry",
                                                            "registration",
                                                            "consent",
                                                            "limit-amount",
                                                            "consent-summary",
                                                            "submitting",
                                                            "accepted",
                                                            "not-saved",
                                                            "take-card",
                                                            "card-taken",
                                                            "out-of-service",
                                                            "other-ways",
                                                            "show-to-staff",
                                                            "declaration-text",
                                                            "declaration-date",
                                                            "declaration-choice",
                                                            "declaration-signature",
                                                            "declaration-review",
                                                            "declaration-saving",
                                                            "declaration-done",
                                                            "tour-sign-in",
                                                            "tour",
                                                            "care-list",
                                                            "care-patient",
                                                            "lay-card"};

constexpr std::array k_intent_names{"face",
                                    "pin",
                                    "staff",
                                    "stop",
                                    "back",
                                    "next",
                                    "retry",
                                    "digit",
                                    "erase",
                                    "use-last-try",
                                    "staff-check",
                                    "confirm-visual",
                                    "type-number",
                                    "waive-challenge",
                                    "register",
                                    "not-register",
                                    "agree",
                                    "decline",
                                    "agree-all",
                                    "decline-all",
                                    "one-by-one",
                                    "provide",
                                    "not-provide",
                                    "confirm",
                                    "ordered-keypad",
                                    "detail",
                                    "languages",
                                    "visual-reasons",
                                    "close",
                                    "preference",
                                    "volume",
                                    "language",
                                    "other-ways",
                                    "way",
                                    "declare",
                                    "key",
                                    "keyboard",
                                    "candidate",
                                    "more-candidates",
                                    "undo",
                                    "era",
                                    "year",
                                    "month",
                                    "day",
                                    "answer",
                                    "pen-down",
                                    "pen-move",
                                    "clear-signature",
                                    "skip",
                                    "edit",
                                    "sign-in",
                                    "visit",
                                    "care-list",
                                    "more-patients",
                                    "patient",
                                    "reinquire",
                                    "renew-consents",
                                    "ask-withdraw",
                                    "withdraw-consents",
                                    "lock-tour",
                                    "ask-end-tour",
                                    "end-tour"};
static_assert(k_intent_names.size() == k_intents);

template <class Names>
std::optional<std::size_t> index_of(const Names& names, std::string_view wanted) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (wanted == names[i]) return i;
    }
    return std::nullopt;
}

}  // namespace

const char* name_of(Screen screen) {
    return k_screen_names[static_cast<std::size_t>(screen)];
}

std::optional<Screen> screen_named(const std::string& name) {
    const auto index = index_of(k_screen_names, name);
    if (!index) return std::nullopt;
    return static_cast<Screen>(*index);
}

const char* name_of(Intent::Kind kind) {
    return k_intent_names[static_cast<std::size_t>(kind)];
}

std::optional<Intent::Kind> intent_named(const std::string& name) {
    const auto index = index_of(k_intent_names, name);
    if (!index) return std::nullopt;
    return static_cast<Intent::Kind>(*index);
}

const char* name_of(Language language) {
    switch (language) {
        case Language::Japanese:
            return "ja";
        case Language::JapaneseFurigana:
            return "ja@furigana";
        case Language::EasyJapanese:
            return "ja@easy";
        case Language::English:
            return "en";
        case Language::Chinese:
            return "zh_CN";
        case Language::Korean:
            return "ko";
        case Language::Vietnamese:
            return "vi";
        case Language::Portuguese:
            return "pt_BR";
    }
    return "";
}

const char* name_of(Preference preference) {
    switch (preference) {
        case Preference::LargeType:
            return "large";
        case Preference::HighContrast:
            return "contrast";
        case Preference::LowControls:
            return "low";
        case Preference::Voice:
            return "voice";
    }
    return "";
}

const char* name_of(StaffPurpose purpose) {
    switch (purpose) {
        case StaffPurpose::VisualCheck:
            return name_of(Intent::Kind::ConfirmVisual);
        case StaffPurpose::TypeNumber:
            return name_of(Intent::Kind::TypeNumber);
        case StaffPurpose::WaiveChallenge:
            return name_of(Intent::Kind::WaiveChallenge);
        case StaffPurpose::OrderedKeypad:
            return name_of(Intent::Kind::AllowOrderedKeypad);
    }
    return "";
}

const char* name_of(VisualReason reason) {
    switch (reason) {
        case VisualReason::FaceAndPinFailed:
            return "face-and-pin-failed";
        case VisualReason::Condition:
            return "condition";
        case VisualReason::DeviceTrouble:
            return "device-trouble";
        case VisualReason::Other:
            return "other";
    }
    return "";
}

const char* name_of(FaceOutcome outcome) {
    switch (outcome) {
        case FaceOutcome::Match:
            return "match";
        case FaceOutcome::NoMatch:
            return "no-match";
        case FaceOutcome::TimedOut:
            return "timed-out";
        case FaceOutcome::CameraFailed:
            return "camera-failed";
        case FaceOutcome::NotLive:
            return "not-live";
    }
    return "";
}

const char* name_of(Method method) {
    switch (method) {
        case Method::Face:
            return "face";
        case Method::Pin:
            return "pin";
        case Method::Visual:
            return "visual";
    }
    return "";
}

const char* name_of(OtherWay way) {
    switch (way) {
        case OtherWay::PortalScreen:
            return "portal";
        case OtherWay::InsurerNotice:
            return "notice";
        case OtherWay::EarlierVisits:
            return "visits";
    }
    return "";
}

const char* name_of(DeclarationField field) {
    static constexpr std::array<const char*, k_declaration_fields> k_names{
        "name",  "name-kana", "birth-date", "sex",    "postal-code", "address",
        "phone", "insurance", "insurer",    "office", "ratio",       "signature"};
    return k_names[static_cast<std::size_t>(field)];
}

const char* name_of(Keyboard keyboard) {
    static constexpr std::array<const char*, k_keyboards> k_names{"kana", "romaji", "latin", "digits"};
    return k_names[static_cast<std::size_t>(keyboard)];
}

const char* name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::Confirmed:
            return "confirmed";
        case Outcome::Queued:
            return "queued";
        case Outcome::SeeTheDesk:
            return "see-the-desk";
    }
    return "";
}

}  // namespace uketsuke::core
