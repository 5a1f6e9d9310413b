// Everything that can happen to the kiosk. Time enters as Tick, chance inside the events that carry it, and what
// belongs to a session names it: an event of an older session changes nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/core/declaration.h"
#include "app/core/intent.h"
#include "app/core/keyboard.h"
#include "app/core/shown_name.h"
#include "app/core/tour.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {

// What the core needs to know of the card; what is personal stays with the workers.
struct CardFacts {
    int pin_tries = 0;  // 0: locked
    CertificateStanding certificate = CertificateStanding::Good;
    int certificate_days_left = 0;  // negative once expired
    CardTag tag{};
    friend bool operator==(const CardFacts&, const CardFacts&) = default;
};

namespace event {
struct Tick {  // sent before other events and at least as often as a deadline is due
    Millis now{};
    WallTime wall{};
};
struct CardPlaced {
    SessionId fresh{};
};
struct CardRemoved {};
struct ReaderChanged {
    bool there = false;
};
// It is a My Number card: the way of identification can be chosen while the rest is being read.
struct CardRecognised {
    SessionId session{};
    bool photo = false;  // the chip's photo may be expected: NumberAnswered tells
};
struct CardRead {
    SessionId session{};
    CardFacts facts;
};
struct CardReadFailed {
    SessionId session{};
    CardTrouble trouble{};
};
// Of the kiosk, not of one card; nullopt: its networks can match faces.
struct FaceAvailability {
    std::optional<FaceAbsence> absence;
    bool second_sign = false;  // a match alone identifies nobody (Policy::second_sign)
};
struct CameraChanged {  // it gives no usable picture, or does again; also noticed while nobody is there
    bool failing = false;
};
// Of the card's holder; no event when the service does not say, or says it too late to matter.
struct RegistrationAnswered {
    SessionId session{};
    bool registered = false;  // as a health insurance card
};
struct StaffNoteChanged {
    StaffNote note{};
    bool holds = false;
};
struct FacePhotoUnusable {  // the chip's photo could not be decoded or holds no face
    SessionId session{};
};
struct NumberAnswered {  // of the number read off the card's front, or typed by staff
    SessionId session{};
    NumberOutcome outcome{};
};
struct FaceGuided {
    SessionId session{};
    FaceGuidance guidance{};
};
struct FaceDecided {
    SessionId session{};
    FaceOutcome outcome{};
};
struct KeypadShuffled {
    SessionId session{};
    std::array<std::uint8_t, 10> order{};  // the digit at each of the ten places
};
struct PinAnswered {
    SessionId session{};
    PinOutcome outcome{};
    std::optional<int> tries_left;  // as the card says now; nullopt: it could not be asked
};
struct StaffCodeAnswered {
    bool right = false;
    StaffId who{};                       // whose code it is
    std::optional<int> tries_left = {};  // of a wrong code that counts towards a tablet's key (TourRefused)
};
struct StaffVisual {  // staff asked for the visual check from outside the screen
    std::string code;
    VisualReason reason = VisualReason::Other;
};
// Staff who are signed in elsewhere (the desk's page) allow something for one patient.
struct StaffApproved {
    StaffPurpose purpose{};
    StaffId who{};
    VisualReason reason = VisualReason::Other;  // of a visual check
    // Whose card lies there; another card, or none, by the time this arrives: nothing happens. nullopt (visual check
    // only): the next card that is laid; nothing happens when one lies there already.
    std::optional<SessionId> session;
    Ticket ticket{};
};
struct VisualWithdrawn {  // a visual check that waits for its card is taken back
    StaffId who{};
    Ticket ticket{};
};
struct CallSeen {};  // staff have seen that somebody asked for them: they are on their way
// Staff receive nobody here until they say so; a reception that runs is finished first.
struct ReceptionStopped {
    static constexpr std::size_t k_longest = 120;  // characters
    StaffId who{};
    std::string message;  // for the patients, in staff's own words; empty: the kiosk's
    Ticket ticket{};
};
struct ReceptionResumed {
    StaffId who{};
    Ticket ticket{};
};
struct Signed {
    SessionId session{};
    RequestId request;
};
struct SignFailed {
    SessionId session{};
    CardTrouble trouble{};
};
struct Committed {  // the row is on disk
    SessionId session{};
    RequestId request;
};
struct CommitFailed {
    SessionId session{};
};
struct Answered {
    RequestId request;
    Outcome outcome{};
    int number = 0;       // of the row in the table of answers (net/meaning.h), for staff; 0: none
    ShownName name = {};  // of the patient as Policy::name_display lets it be shown; empty: not at all
};
// For the form that is being filled in; of an older one it changes nothing.
struct CardHolderKnown {
    DeclarationId declaration{};
    CardHolder holder;
};
struct KanaConverted {
    DeclarationId declaration{};
    SecretText reading;  // as it was asked for
    std::vector<Candidate> candidates;
};
struct PostalCodeFound {
    DeclarationId declaration{};
    SecretText code;
    std::vector<SecretText> addresses;  // empty: no place has it, or there is no table
};
struct DeclarationStored {  // it is on disk
    DeclarationId declaration{};
    RequestId request;      // the row that it is kept with
    bool printing = false;  // a printer is configured: DeclarationPrinted follows
};
struct DeclarationNotStored {
    DeclarationId declaration{};
};
struct DeclarationPrinted {
    DeclarationId declaration{};
    bool done = false;  // the paper is out; else nothing will come any more
};
// Somebody touched the screen or pressed a key, whatever it meant: the page's patience starts again.
struct Touched {};
// The code of a tour. To OpenTour; of a wrong code typed elsewhere the same is told by StaffCodeAnswered.
struct TourOpened {
    StaffId who{};
    std::string name;
};
struct TourRefused {
    int tries_left = 0;
};
// The key is gone, by the last wrong code or because the clinic has reported the device as lost. Any time.
struct TourDestroyed {
    bool from_afar = false;
};
// The code was right, and the files cannot be opened: said on the page, and written in the log.
struct TourFailed {};
struct CareListed {  // to ListCare, in the order in which they are shown
    std::vector<CareEntry> entries;
};
struct CareChanged {};   // an answer came for one of them: the list is to be asked for again
struct CareNotSaved {};  // to WithdrawConsents, RenewConsents
struct CareSaved {       // to the same: on disk, in force here, queued
    CareId patient{};
};
struct QueueCounted {  // requests that wait for the service, when their number changes
    std::int64_t waiting = 0;
};
struct PowerChanged {
    std::optional<Power> power;  // nullopt: there is no battery
};
struct HeadphonesChanged {
    bool plugged = false;
};
struct Tapped {
    Intent intent;
};
}  // namespace event

using Event =
    std::variant<event::Tick, event::CardPlaced, event::CardRemoved, event::ReaderChanged, event::CardRecognised,
                 event::CardRead, event::CardReadFailed, event::FaceAvailability, event::CameraChanged,
                 event::RegistrationAnswered, event::StaffNoteChanged, event::FacePhotoUnusable, event::NumberAnswered,
                 event::FaceGuided, event::FaceDecided, event::KeypadShuffled, event::PinAnswered,
                 event::StaffCodeAnswered, event::StaffVisual, event::StaffApproved, event::VisualWithdrawn,
                 event::CallSeen, event::ReceptionStopped, event::ReceptionResumed, event::Signed, event::SignFailed,
                 event::Committed, event::CommitFailed, event::Answered, event::CardHolderKnown, event::KanaConverted,
                 event::PostalCodeFound, event::DeclarationStored, event::DeclarationNotStored,
                 event::DeclarationPrinted, event::TourOpened, event::TourRefused, event::TourDestroyed,
                 event::TourFailed, event::CareListed, event::CareChanged, event::CareNotSaved, event::CareSaved,
                 event::QueueCounted, event::PowerChanged, event::Touched, event::HeadphonesChanged, event::Tapped>;

// "card-placed", "pin-answered wrong 2": for the timeline. Never holds a digit or a personal value.
std::string describe(const Event& event);

}  // namespace uketsuke::core
