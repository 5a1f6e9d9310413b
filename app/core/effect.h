// What the core wants done. app/workers turns each into a call of a room and the result into an event.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/core/care.h"
#include "app/core/declaration.h"
#include "app/core/keyboard.h"
#include "app/core/secret_digits.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {

struct ConsentAnswer {
    bool agreed = false;
    WallTime at{};
    friend bool operator==(const ConsentAnswer&, const ConsentAnswer&) = default;
};

// What the patient decided; the card's and the clinic's part is added by the workers when it is signed.
struct Reception {
    Method method{};
    std::array<ConsentAnswer, k_consent_items> consents{};  // indexed by ConsentItem
    bool limit_amount = false;
    bool registration_wished = false;  // as a health insurance card
    WallTime confirmed_at{};
    friend bool operator==(const Reception&, const Reception&) = default;
};

// The word of staff that identified a patient.
struct Approval {
    StaffId who{};
    VisualReason reason = VisualReason::Other;
    friend bool operator==(const Approval&, const Approval&) = default;
};

namespace effect {
struct ReadCard {
    SessionId session{};
    bool photo = false;  // the face can be matched here: open the chip's photo, too
};
struct WarmCamera {  // open it while the card is being read
    SessionId session{};
};
struct StartFace {
    SessionId session{};
    bool challenge = true;  // false: staff let this patient off turning the head
};
struct StopFace {
    SessionId session{};
};
struct ShuffleKeypad {
    SessionId session{};
};
struct VerifyPin {
    SessionId session{};
    Pin pin;
    int tries_expected = 0;  // the card is asked first; another counter means nothing is sent
};
struct OpenPhoto {  // with the number that staff typed off the card
    SessionId session{};
    PrintedNumber number;
};
struct CheckStaffCode {
    SecretText code;
};
struct CallStaff {                    // a patient asks for somebody to come; the screen alone is not seen from the desk
    std::optional<OtherWay> to_show;  // what there is to look at
};
struct StaffDid {  // for the clinic's record: it has an effect now
    StaffPurpose purpose{};
    StaffId who{};
    VisualReason reason = VisualReason::Other;  // of a visual check
    std::optional<SessionId> session;           // nullopt: a visual check that waits for its card
};
struct VisualCheckEnded {  // one that waited for its card
    Approval approval;
    bool used = false;  // its card was laid; else nobody came in time, or staff took it back
};
struct ReceptionStopped {  // by staff; false: received again
    StaffId who{};
    bool stopped = true;
};
struct SignReception {
    SessionId session{};
    Reception reception;
};
// A reception at home: what continuing care rests on from then on.
struct Visit {
    std::array<ConsentAnswer, k_consent_items> consents{};  // indexed by ConsentItem
    WallTime confirmed_at{};                                // their term begins
    bool pin_locked = false;                                // the card's
    Method method{};
    StaffId who{};  // whose tour it is
    friend bool operator==(const Visit&, const Visit&) = default;
};
struct Commit {
    SessionId session{};
    RequestId request;
    std::optional<Approval> approval;  // set: identified by staff
    std::optional<Visit> visit;        // nullopt: at a counter
};
struct OpenTour {
    SecretText code;
};
struct CloseTour {};  // the key is wiped, the files are closed; what waits is sent when a tour is open again
struct ListCare {};
// 再照会: a visit without a card, on the consents that stand. Signed, committed and answered like a reception.
struct Reinquire {
    SessionId session{};
    CareId patient{};
    Treatment treatment{};
    StaffId who{};
    WallTime at{};
};
struct RenewConsents {
    CareId patient{};
    std::array<ConsentAnswer, k_consent_items> consents{};
    StaffId who{};
};
struct WithdrawConsents {
    CareId patient{};
    StaffId who{};
    WallTime at{};
};
// What the card has said of its holder, or says to a number that it has accepted in this session; nothing is asked of
// anybody. Sent before the session's Wipe.
struct AskCardHolder {
    DeclarationId declaration{};
    SessionId session{};
};
struct ConvertKana {
    DeclarationId declaration{};
    SecretText reading;  // hiragana
    KanaHint hint{};
};
struct LookUpPostalCode {
    DeclarationId declaration{};
    SecretText code;  // seven digits
};
struct StoreDeclaration {
    DeclarationId declaration{};
    std::optional<RequestId> reception;  // on disk already: the form belongs to it
    Declaration form;
    WallTime at{};
};
struct WipeDeclaration {  // everything that any worker holds of it; what was stored stays
    DeclarationId declaration{};
};
struct Wipe {  // everything that any worker holds of the session
    SessionId session{};
};
}  // namespace effect

using Effect =
    std::variant<effect::ReadCard, effect::WarmCamera, effect::StartFace, effect::StopFace, effect::ShuffleKeypad,
                 effect::VerifyPin, effect::OpenPhoto, effect::CheckStaffCode, effect::CallStaff, effect::StaffDid,
                 effect::VisualCheckEnded, effect::ReceptionStopped, effect::SignReception, effect::Commit,
                 effect::OpenTour, effect::CloseTour, effect::ListCare, effect::Reinquire, effect::RenewConsents,
                 effect::WithdrawConsents, effect::AskCardHolder, effect::ConvertKana, effect::LookUpPostalCode,
                 effect::StoreDeclaration, effect::WipeDeclaration, effect::Wipe>;
using Effects = std::vector<Effect>;

// "verify-pin", for the timeline. Never holds a digit or a personal value.
std::string describe(const Effect& effect);

}  // namespace uketsuke::core
