#include <string>

#include "app/core/effect.h"
#include "app/core/event.h"

namespace uketsuke::core {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

const char* word(CardTrouble trouble) {
    switch (trouble) {
        case CardTrouble::NotMyNumberCard:
            return "not-my-number-card";
        case CardTrouble::ResidentCard:
            return "resident-card";
        case CardTrouble::SmartphoneToken:
            return "smartphone-token";
        case CardTrouble::NoChip:
            return "no-chip";
        case CardTrouble::TwoCards:
            return "two-cards";
        case CardTrouble::Unreadable:
            return "unreadable";
        case CardTrouble::Moved:
            return "moved";
        case CardTrouble::CertificateExpired:
            return "certificate-expired";
        case CardTrouble::ReaderAway:
            return "reader-away";
        case CardTrouble::SignatureRefused:
            return "signature-refused";
    }
    return "";
}

const char* word(NumberOutcome outcome) {
    switch (outcome) {
        case NumberOutcome::Opened:
            return "opened";
        case NumberOutcome::Unread:
            return "unread";
        case NumberOutcome::Impossible:
            return "impossible";
        case NumberOutcome::Refused:
            return "refused";
        case NumberOutcome::RefusedBefore:
            return "refused-before";
        case NumberOutcome::TooFewTries:
            return "too-few-tries";
        case NumberOutcome::Lost:
            return "lost";
    }
    return "";
}

const char* word(FaceGuidance guidance) {
    switch (guidance) {
        case FaceGuidance::Starting:
            return "starting";
        case FaceGuidance::LookHere:
            return "look-here";
        case FaceGuidance::NoFace:
            return "no-face";
        case FaceGuidance::SeveralFaces:
            return "several-faces";
        case FaceGuidance::ComeCloser:
            return "come-closer";
        case FaceGuidance::StepBack:
            return "step-back";
        case FaceGuidance::FaceForward:
            return "face-forward";
        case FaceGuidance::TooDark:
            return "too-dark";
        case FaceGuidance::TooBright:
            return "too-bright";
        case FaceGuidance::HoldStill:
            return "hold-still";
        case FaceGuidance::MoveToCentre:
            return "move-to-centre";
        case FaceGuidance::Backlit:
            return "backlit";
        case FaceGuidance::UncoverEyes:
            return "uncover-eyes";
        case FaceGuidance::TakeOffMask:
            return "take-off-mask";
        case FaceGuidance::TurnLeft:
            return "turn-left";
        case FaceGuidance::TurnRight:
            return "turn-right";
    }
    return "";
}

const char* word(StaffNote note) {
    switch (note) {
        case StaffNote::QueueDamaged:
            return "queue-damaged";
        case StaffNote::ClockWrong:
            return "clock-wrong";
        case StaffNote::OwnCertificate:
            return "own-certificate";
        case StaffNote::FilesAway:
            return "files-away";
        case StaffNote::ServiceAway:
            return "service-away";
    }
    return "";
}

const char* word(PinOutcome outcome) {
    switch (outcome) {
        case PinOutcome::Right:
            return "right";
        case PinOutcome::Wrong:
            return "wrong";
        case PinOutcome::Locked:
            return "locked";
        case PinOutcome::NotSent:
            return "not-sent";
        case PinOutcome::Lost:
            return "lost";
    }
    return "";
}

std::string tries(const std::optional<int>& left) {
    return left ? std::to_string(*left) : std::string("?");
}

// A digit tapped is a part of a PIN or of a staff code, a key a part of somebody's name: values are never described but
// these.
std::string tapped(const Intent& intent) {
    std::string text = std::string("tap ") + name_of(intent.kind);
    if (intent.kind == Intent::Kind::ChangeLanguage && intent.value < k_languages.size()) {
        text += std::string(" ") + name_of(k_languages[intent.value]);
    } else if (intent.kind == Intent::Kind::ChangePreference && intent.value < k_preferences) {
        text += std::string(" ") + name_of(static_cast<Preference>(intent.value));
    }
    return text;
}

}  // namespace

std::string describe(const Event& event) {
    using namespace event;
    return std::visit(
        Overloaded{
            [](const Tick&) { return std::string("tick"); },
            [](const CardPlaced&) { return std::string("card-placed"); },
            [](const CardRemoved&) { return std::string("card-removed"); },
            [](const ReaderChanged& e) { return std::string(e.there ? "reader-there" : "reader-away"); },
            [](const CardRecognised&) { return std::string("card-recognised"); },
            [](const CardRead& e) { return "card-read tries " + std::to_string(e.facts.pin_tries); },
            [](const CardReadFailed& e) { return std::string("card-read-failed ") + word(e.trouble); },
            [](const FaceAvailability& e) { return std::string(e.absence ? "face-not-offered" : "face-offered"); },
            [](const CameraChanged& e) { return std::string(e.failing ? "camera-failing" : "camera-back"); },
            [](const RegistrationAnswered& e) { return std::string(e.registered ? "registered" : "not-registered"); },
            [](const StaffNoteChanged& e) {
                return std::string("staff-note ") + word(e.note) + (e.holds ? " holds" : " over");
            },
            [](const FacePhotoUnusable&) { return std::string("face-photo-unusable"); },
            [](const NumberAnswered& e) { return std::string("number-answered ") + word(e.outcome); },
            [](const FaceGuided& e) { return std::string("face-guided ") + word(e.guidance); },
            [](const FaceDecided& e) { return std::string("face-decided ") + name_of(e.outcome); },
            [](const KeypadShuffled&) { return std::string("keypad-shuffled"); },
            [](const PinAnswered& e) {
                return std::string("pin-answered ") + word(e.outcome) + " tries " + tries(e.tries_left);
            },
            [](const StaffCodeAnswered& e) { return std::string(e.right ? "staff-code-right" : "staff-code-wrong"); },
            [](const StaffVisual&) { return std::string("staff-visual"); },
            [](const StaffApproved& e) { return std::string("staff-approved ") + name_of(e.purpose); },
            [](const VisualWithdrawn&) { return std::string("visual-withdrawn"); },
            [](const CallSeen&) { return std::string("call-seen"); },
            [](const ReceptionStopped&) { return std::string("reception-stopped"); },
            [](const ReceptionResumed&) { return std::string("reception-resumed"); },
            [](const Signed&) { return std::string("signed"); },
            [](const SignFailed& e) { return std::string("sign-failed ") + word(e.trouble); },
            [](const Committed&) { return std::string("committed"); },
            [](const CommitFailed&) { return std::string("commit-failed"); },
            [](const Answered& e) { return std::string("answered ") + name_of(e.outcome); },
            [](const CardHolderKnown&) { return std::string("card-holder-known"); },
            [](const KanaConverted&) { return std::string("kana-converted"); },
            [](const PostalCodeFound&) { return std::string("postal-code-found"); },
            [](const DeclarationStored&) { return std::string("declaration-stored"); },
            [](const DeclarationNotStored&) { return std::string("declaration-not-stored"); },
            [](const DeclarationPrinted& e) {
                return std::string(e.done ? "declaration-printed" : "declaration-not-printed");
            },
            [](const TourOpened&) { return std::string("tour-opened"); },
            [](const TourRefused& e) { return "tour-refused tries " + std::to_string(e.tries_left); },
            [](const TourDestroyed& e) {
                return std::string(e.from_afar ? "tour-destroyed from afar" : "tour-destroyed");
            },
            [](const TourFailed&) { return std::string("tour-failed"); },
            [](const CareListed& e) { return "care-listed " + std::to_string(e.entries.size()); },
            [](const CareChanged&) { return std::string("care-changed"); },
            [](const CareNotSaved&) { return std::string("care-not-saved"); },
            [](const CareSaved&) { return std::string("care-saved"); },
            [](const QueueCounted& e) { return "queue-counted " + std::to_string(e.waiting); },
            [](const PowerChanged&) { return std::string("power-changed"); },
            [](const Touched&) { return std::string("touched"); },
            [](const HeadphonesChanged& e) { return std::string(e.plugged ? "headphones-in" : "headphones-out"); },
            [](const Tapped& e) { return tapped(e.intent); },
        },
        event);
}

std::string describe(const Effect& effect) {
    using namespace effect;
    return std::visit(
        Overloaded{
            [](const ReadCard&) { return std::string("read-card"); },
            [](const WarmCamera&) { return std::string("warm-camera"); },
            [](const StartFace&) { return std::string("start-face"); },
            [](const StopFace&) { return std::string("stop-face"); },
            [](const ShuffleKeypad&) { return std::string("shuffle-keypad"); },
            [](const VerifyPin&) { return std::string("verify-pin"); },
            [](const OpenPhoto&) { return std::string("open-photo"); },
            [](const CheckStaffCode&) { return std::string("check-staff-code"); },
            [](const CallStaff& e) {
                return e.to_show ? std::string("call-staff ") + name_of(*e.to_show) : std::string("call-staff");
            },
            [](const StaffDid& e) { return std::string("staff-did ") + name_of(e.purpose); },
            [](const VisualCheckEnded& e) { return std::string(e.used ? "visual-check used" : "visual-check lapsed"); },
            [](const ReceptionStopped& e) {
                return std::string(e.stopped ? "reception-stopped" : "reception-resumed");
            },
            [](const SignReception&) { return std::string("sign-reception"); },
            [](const Commit&) { return std::string("commit"); },
            [](const OpenTour&) { return std::string("open-tour"); },
            [](const CloseTour&) { return std::string("close-tour"); },
            [](const ListCare&) { return std::string("list-care"); },
            [](const Reinquire&) { return std::string("reinquire"); },
            [](const RenewConsents&) { return std::string("renew-consents"); },
            [](const WithdrawConsents&) { return std::string("withdraw-consents"); },
            [](const AskCardHolder&) { return std::string("ask-card-holder"); },
            [](const ConvertKana&) { return std::string("convert-kana"); },
            [](const LookUpPostalCode&) { return std::string("look-up-postal-code"); },
            [](const StoreDeclaration&) { return std::string("store-declaration"); },
            [](const WipeDeclaration&) { return std::string("wipe-declaration"); },
            [](const Wipe&) { return std::string("wipe"); },
        },
        effect);
}

}  // namespace uketsuke::core
