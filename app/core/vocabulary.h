// The words the whole reception speaks: one idea, one enumerator. Pure values, no personal data.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace uketsuke::core {

// Time since the kiosk started; enters only through Tick.
using Millis = std::chrono::milliseconds;
// Wall clock, seconds; what consents are dated with.
using WallTime = std::chrono::sys_seconds;

// A card lying on the reader, from placed to wiped. Never reused within one run of the kiosk.
enum class SessionId : std::uint64_t {};
// Of a session that no card began (at home): numbered by the core, apart from those that the card's thread numbers. No
// worker keeps anything of it.
inline constexpr std::uint64_t k_without_card = std::uint64_t{1} << 63;
constexpr bool begun_without_card(SessionId id) {
    return (static_cast<std::uint64_t>(id) & k_without_card) != 0;
}

// A self-declaration, from the first question to the wipe. Never reused within one run of the kiosk.
enum class DeclarationId : std::uint64_t {};

// Which card it is, as far as this run of the kiosk can tell: a digest under a key that dies with the process. 0: not
// known.
enum class CardTag : std::uint64_t {};

// The request's key towards the service (UUIDv4 text). Made by the workers, since it is chance.
struct RequestId {
    std::string text;
    friend bool operator==(const RequestId&, const RequestId&) = default;
};

enum class Language : std::uint8_t {
    Japanese,
    JapaneseFurigana,  // the same sentences, with the reading above every kanji
    EasyJapanese,      // やさしい日本語
    English,
    Chinese,  // simplified
    Korean,
    Vietnamese,
    Portuguese,  // of Brazil
};
inline constexpr std::array k_languages{Language::Japanese,   Language::JapaneseFurigana, Language::EasyJapanese,
                                        Language::English,    Language::Chinese,          Language::Korean,
                                        Language::Vietnamese, Language::Portuguese};

// What anybody may change about the screens with one touch. The next patient starts with the clinic's choice.
enum class Preference : std::uint8_t {
    LargeType,
    HighContrast,
    LowControls,  // everything to touch in the lower half: within reach from a wheelchair
    Voice,        // spoken guidance
};
inline constexpr std::size_t k_preferences = 4;
using Preferences = std::array<bool, k_preferences>;  // indexed by Preference

// Of the voice and the tones.
inline constexpr std::uint8_t k_quietest = 1;
inline constexpr std::uint8_t k_loudest = 4;

// What lies over the page until it is put away.
enum class Sheet : std::uint8_t {
    None,
    Languages,
    ConsentDetail,     // くわしく: of the item that is asked, or of all three
    VisualReasons,     // why staff look at face and card themselves: the code is typed already
    LeaveForm,         // what was said on it would be lost
    WithdrawConsents,  // すべての同意を取消す: of the patient whose page is shown
    EndTour,
};

// How the patient's name is shown once the service has said it.
enum class NameDisplay : std::uint8_t {
    None,
    Masked,  // the first character of each part: 山○ 太○
    Full,
};

// Shorter ways than the form to show staff that one is insured (facts §3.7), for whoever could not be confirmed.
enum class OtherWay : std::uint8_t {
    PortalScreen,   // マイナポータル's page, on the patient's telephone
    InsurerNotice,  // 資格情報のお知らせ
    EarlierVisits,  // staff know the patient, and ask
};
inline constexpr std::size_t k_other_ways = 3;

// Paper for a form that is stored.
enum class Printing : std::uint8_t {
    None,  // no printer is configured: it is at the desk
    Running,
    Done,
    Failed,  // the desk prints it
};

enum class Method : std::uint8_t { Face, Pin, Visual };

// What a staff code opens.
enum class StaffPurpose : std::uint8_t { VisualCheck, TypeNumber, WaiveChallenge, OrderedKeypad };

// Who of staff, as whoever knows their names numbers them. Zero: somebody who knows the kiosk's own code.
enum class StaffId : std::uint32_t {};

// By which whoever sent an event knows it again when it has passed. Zero: nobody asks.
enum class Ticket : std::uint32_t {};

// Why staff identified a patient by looking at face and card.
enum class VisualReason : std::uint8_t {
    FaceAndPinFailed,  // the face was not matched and the PIN is forgotten
    Condition,         // of the patient: bandages, a wheelchair, no hands free
    DeviceTrouble,
    Other,
};
inline constexpr std::size_t k_visual_reasons = 4;

// In the order of the official leaflet.
enum class ConsentItem : std::uint8_t { Operation, HealthCheckup, MedicationDiagnosis };
inline constexpr std::size_t k_consent_items = 3;

// Why a card cannot be used as it lies.
enum class CardTrouble : std::uint8_t {
    NotMyNumberCard,     // another IC card
    ResidentCard,        // 住民基本台帳カード, the generation before
    SmartphoneToken,     // a telephone's certificate: this kiosk takes cards
    NoChip,              // something lies there and no chip answers
    TwoCards,            // which one is meant cannot be known
    Unreadable,          // no answer or damaged data
    Moved,               // the card lost contact in the middle
    CertificateExpired,  // later than the third month after its expiry month
    ReaderAway,          // no reader or no reader service
    SignatureRefused,    // the card did not sign the reception
};

// Where the user-authentication certificate stands on the day of the visit (facts §3.4).
enum class CertificateStanding : std::uint8_t { Good, ExpiresSoon, EligibilityOnly, Expired };

// What the patient can do so that the camera sees well.
enum class FaceGuidance : std::uint8_t {
    Starting,
    LookHere,
    NoFace,
    SeveralFaces,
    ComeCloser,
    StepBack,
    FaceForward,
    TooDark,
    TooBright,
    HoldStill,
    MoveToCentre,
    Backlit,
    UncoverEyes,
    TakeOffMask,
    TurnLeft,  // a challenge: turn the head a little to the patient's own left
    TurnRight,
};

enum class FaceOutcome : std::uint8_t {
    Match,
    NoMatch,
    TimedOut,
    CameraFailed,
    NotLive,  // what was shown to the camera was no living head (ISO/IEC 30107-3: a presentation attack)
};

// Why face matching is not offered for this card or at this kiosk.
enum class FaceAbsence : std::uint8_t {
    NoModels,
    NoCamera,
    NoPhoto,
    Disabled,
    Starting,      // the networks are being loaded
    AttemptsUsed,  // of this card, within the last minutes
};

// What must come on top of a face that matched, where the networks at hand tell strangers apart too badly to decide
// alone.
enum class SecondSign : std::uint8_t {
    None,   // nothing would do: the face is not offered
    Tries,  // it must match twice, each time with a challenge of its own
    Pin,
    Staff,
};

enum class PinOutcome : std::uint8_t {
    Right,
    Wrong,
    Locked,
    NotSent,  // the card's counter was not the expected one; nothing was spent
    Lost,     // the answer did not arrive; never resent
};

// How it went to open the chip's photo with 照合番号B.
enum class NumberOutcome : std::uint8_t {
    Opened,
    Unread,         // the card's front could not be read with certainty: nothing was sent
    Impossible,     // no card carries such a number: nothing was sent
    Refused,        // the card said no; one of its tries is gone
    RefusedBefore,  // this number was refused before: nothing was sent
    TooFewTries,    // the configured floor is reached: nothing was sent, and nothing will be
    Lost,           // the answer did not arrive; never resent
};

// What the patient is told at the end.
enum class Outcome : std::uint8_t {
    Confirmed,   // the service confirmed the eligibility
    Queued,      // on disk, will be sent when the service answers
    SeeTheDesk,  // the service answered, and staff must look at it
};

// What staff should know although no patient is concerned: told on the screen that waits, until it no longer holds. The
// first that holds is shown.
enum class StaffNote : std::uint8_t {
    QueueDamaged,    // the queue's file was damaged; a copy was kept and a fresh one opened
    ClockWrong,      // minutes or more away from the service's; corrected for what is sent
    OwnCertificate,  // this kiosk's certificate, or the service's, is refused: no request gets through
    FilesAway,       // the receipt computer's folder cannot be reached
    ServiceAway,     // requests wait for the service
};
inline constexpr std::size_t k_staff_notes = 5;

enum class EndReason : std::uint8_t { Stopped, TimedOut, CardTaken, CardTrouble, Accepted, NotSaved };

enum class Screen : std::uint8_t {
    Idle,
    ReadingCard,
    CardProblem,
    ExpiryNotice,
    ChooseMethod,
    Face,
    FaceFailed,
    Pin,
    PinLastTry,
    PinLocked,
    CallStaff,
    StaffCheck,
    NumberEntry,
    Registration,
    Consent,
    LimitAmount,
    ConsentSummary,
    Submitting,
    Accepted,
    NotSaved,
    TakeCard,
    CardTaken,
    OutOfService,
    OtherWays,        // for whoever cannot be confirmed: the shorter ways, and the form
    ShowToStaff,      // one of the shorter ways was chosen
    DeclarationText,  // the form, a question a page
    DeclarationDate,
    DeclarationChoice,
    DeclarationSignature,
    DeclarationReview,
    DeclarationSaving,
    DeclarationDone,
    TourSignIn,   // home visits: whose tour it is, by code
    Tour,         // where a tablet waits; a patient may see it
    CareList,     // patients in continuing care: staff's alone
    CarePatient,  // one of them
    LayCard,      // everything else is said: the card
};
inline constexpr std::size_t k_screens = 37;

// Names as scenarios and timelines write them: "choose-method".
const char* name_of(Screen screen);
std::optional<Screen> screen_named(const std::string& name);
const char* name_of(Language language);      // a locale's name: "ja", "ja@furigana", "en", "zh_CN"
const char* name_of(Preference preference);  // "large", "contrast", "low", "voice"
const char* name_of(Method method);
const char* name_of(StaffPurpose purpose);  // as the intent that asks for it: "waive-challenge"
const char* name_of(VisualReason reason);   // "face-and-pin-failed", "condition", "device-trouble", "other"
const char* name_of(FaceOutcome outcome);   // "match", "no-match", "timed-out", "camera-failed", "not-live"
const char* name_of(Outcome outcome);
const char* name_of(OtherWay way);  // "portal", "notice", "visits"

}  // namespace uketsuke::core
