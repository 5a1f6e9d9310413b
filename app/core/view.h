// What to show: everything app/ui knows. The only personal values in it are the name at the end, as far as the clinic
// lets it be shown, and what the patient has just said on the form.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/core/declaration.h"
#include "app/core/japanese_era.h"
#include "app/core/keyboard.h"
#include "app/core/shown_name.h"
#include "app/core/tour.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {

namespace page {
struct Idle {
    bool visual_armed = false;  // staff confirmed somebody: the next card goes straight to consent
    std::optional<FaceAbsence> face_absent;
    std::optional<StaffNote> staff_note;  // the first that holds
};
struct ReadingCard {};
struct CardProblem {
    CardTrouble trouble{};
};
struct ExpiryNotice {
    CertificateStanding standing{};
    int days_left = 0;
};
struct ChooseMethod {
    bool face = false;
    bool pin = false;
    std::optional<FaceAbsence> face_absent;
    bool face_withdrawn = false;  // it was offered, and the photo could not be opened: the place stays, untouchable
    bool pin_locked = false;
    bool waiting = false;       // the PIN was chosen; the card is being asked for its tries
    bool front_unread = false;  // the card's front was not legible: laid with its photo upwards it may be
    bool visual = false;        // at home: staff confirm face and card themselves (OpenStaffCheck)
};
struct Face {
    FaceGuidance guidance{};
    int attempt = 1;
    int attempts = 3;
    bool once_more = false;  // it matched, and must match a second time
    bool hints = false;      // hat and glasses: only after a first failure
};
struct FaceFailed {
    FaceOutcome outcome{};
    bool retry = false;
    bool pin = false;
    int attempts_left = 0;
    bool hints = false;  // hat and glasses may have been in the way
    bool turn = false;   // the head was not turned as asked
};
struct Pin {
    std::array<std::uint8_t, 10> order{};
    bool ready = false;     // false while shuffling or while the card is asked
    bool checking = false;  // four digits are with the card
    std::uint8_t entered = 0;
    int tries_left = 0;
    bool wrong = false;       // the last entry was wrong
    bool after_face = false;  // the face matched; the PIN is the second sign
    bool ordered = false;     // staff let this patient have the digits in order
};
struct PinLastTry {
    bool face = false;
};
struct PinLocked {
    bool face = false;
};
struct CallStaff {
    bool staff_check = false;  // staff can do something here (OpenStaffCheck)
    bool after_face = false;   // the face matched; staff are the second sign
};
struct StaffCheck {
    std::uint8_t entered = 0;
    bool checking = false;
    bool wrong = false;
    bool paused = false;            // too many wrong codes
    bool type_number = false;       // the number printed on the card would open its photo (TypeNumber)
    bool waive_challenge = false;   // a patient who cannot turn the head may be let off (WaiveChallenge)
    bool ordered_keypad = false;    // this patient's keypad may be put in order (AllowOrderedKeypad)
    std::optional<int> tries_left;  // after a wrong code: then a tablet's key is destroyed
};
struct NumberEntry {
    static constexpr std::uint8_t k_digits = 14;
    std::uint8_t entered = 0;
    bool checking = false;                 // the digits are with the card
    std::optional<NumberOutcome> outcome;  // of the last number
    bool possible = true;                  // another number may be tried
};
struct Registration {};  // this card is no health insurance card yet
struct Consent {
    ConsentItem item{};
    int number = 1;
    int count = 3;
    bool overview = false;  // all three at once: AgreeAll, OneByOne, DeclineAll; `item` is the first
    bool back = false;      // there is an earlier item, or the overview, to go back to
};
struct LimitAmount {};
struct ConsentSummary {                          // what was chosen, before it is signed and sent (Confirm)
    std::array<bool, k_consent_items> agreed{};  // indexed by ConsentItem
    std::optional<bool> limit_amount;            // nullopt: not asked
    std::optional<bool> registration_wished;     // nullopt: not asked
};
struct Submitting {
    bool without_card = false;  // at home, on the consents that stand
};
struct Accepted {
    Outcome outcome{};
    int number = 0;             // what to tell the desk; 0: nothing
    ShownName name = {};        // as NameDisplay allows; empty: not shown
    bool without_card = false;  // at home, on the consents that stand
};
struct NotSaved {};
struct TakeCard {
    EndReason reason{};
};
struct CardTaken {
    bool accepted = false;  // the reception was already complete on disk
};
struct OutOfService {       // no reader, or:
    bool by_staff = false;  // staff receive nobody here now
    std::string message;    // in their words, at most event::ReceptionStopped::k_longest characters; may be empty
};
struct OtherWays {
    std::vector<OtherWay> ways;        // as offered, shortest first
    bool card_cannot_sign_in = false;  // no PIN can be entered: マイナポータル is not offered
};
struct ShowToStaff {
    OtherWay way{};
};
// Where a question of the form stands.
struct Question {
    DeclarationField field{};
    int number = 1;
    int count = 1;
    bool from_review = false;  // asked anew: Next leads back to the summary
    bool may_skip = true;      // Skip; the name must be said
    bool back = true;          // there is an earlier question, or the summary, to go back to
};
struct DeclarationText {
    static constexpr std::size_t k_candidates_shown = 6;
    Question question;
    Keyboard keyboard{};
    std::array<bool, k_keyboards> offered{};  // indexed by Keyboard
    SecretText text;                          // what is said
    SecretText composed;                      // kana that is still to be converted, after `text`
    std::vector<SecretText> candidates;       // of the composed kana; of a postal code its places
    std::size_t first_candidate = 0;          // of those shown; Intent::PickCandidate counts from the first of all
    bool not_found = false;                   // no place has this postal code
    bool can_undo = false;
    bool can_erase = false;
    bool can_go_on = false;  // Next
};
struct DeclarationDate {
    Question question;
    EraDate date;
    std::int16_t last_year = 1;  // of the era; the first one is first_year(era)
    std::uint8_t days = 31;      // of the month
    bool touched = false;        // else it is only where the wheels start
};
struct DeclarationChoice {  // Sex: male, female. InsuranceKind: from NationalHealth. ContributionRatio: 1, 2, 3 tenths
    Question question;
    std::uint8_t answers = 2;
    std::optional<std::uint8_t> chosen;  // index
};
struct DeclarationSignature {
    Question question;
    Signature signature;
};
struct DeclarationReview {
    Declaration form;
    bool complete = false;                // it may be handed in: there is a name
    bool not_saved = false;               // it was handed in, and the disk did not take it
    std::vector<DeclarationField> asked;  // those that make sense for what was said
    BirthDate today;
};
struct DeclarationSaving {};
struct DeclarationDone {
    Printing printing{};
};
struct TourSignIn {
    bool opened = false;  // a tour runs: only locked
    std::string name;     // whose it is; empty: nobody's yet
    std::uint8_t entered = 0;
    bool checking = false;
    bool wrong = false;
    bool failed = false;            // the code was right, the files cannot be opened
    std::optional<int> tries_left;  // after a wrong code; then the key is destroyed
    bool destroyed = false;         // nothing can be opened any more: the device must be set up anew
    bool from_afar = false;         // because the clinic has reported it as lost
    bool back = false;              // it can be left again
};
struct Tour {
    std::string name;          // who visits
    std::int64_t waiting = 0;  // requests that wait for the service
    std::optional<Power> power;
    bool list_open = false;  // else the list wants the code
    std::optional<StaffNote> staff_note;
};
struct CareList {
    static constexpr std::size_t k_shown = 6;
    std::vector<CareEntry> shown;  // at most k_shown
    std::size_t first = 0;         // of those, in the whole list: Intent::PickPatient counts from its beginning
    std::size_t count = 0;         // of the whole list
    std::size_t conflicts = 0;     // in the whole list
    std::int64_t waiting = 0;
    bool loading = false;  // it is being unsealed
};
struct CarePatient {
    CareEntry patient;
    bool online = false;  // 再照会 for オンライン診療 is offered
    bool busy = false;
    bool not_saved = false;
    bool locked = false;  // it is only shown: whatever is done wants the code, Back leads to it
};
struct LayCard {
    bool reader_there = true;
    bool again = false;  // it was taken too early
};
}  // namespace page

// In the order of Screen.
using Page =
    std::variant<page::Idle, page::ReadingCard, page::CardProblem, page::ExpiryNotice, page::ChooseMethod, page::Face,
                 page::FaceFailed, page::Pin, page::PinLastTry, page::PinLocked, page::CallStaff, page::StaffCheck,
                 page::NumberEntry, page::Registration, page::Consent, page::LimitAmount, page::ConsentSummary,
                 page::Submitting, page::Accepted, page::NotSaved, page::TakeCard, page::CardTaken, page::OutOfService,
                 page::OtherWays, page::ShowToStaff, page::DeclarationText, page::DeclarationDate,
                 page::DeclarationChoice, page::DeclarationSignature, page::DeclarationReview, page::DeclarationSaving,
                 page::DeclarationDone, page::TourSignIn, page::Tour, page::CareList, page::CarePatient, page::LayCard>;

// The four steps of the official leaflet; the bar on top of every screen of a reception. At home (View::visit) their
// order is Consent, Identify, PlaceCard, Done (seeds, guide for supporters p. 19).
enum class Stage : std::uint8_t { None, PlaceCard, Identify, Consent, Done };

struct View {
    Page page;
    Language language = Language::Japanese;
    Preferences preferences{};
    std::uint8_t volume = 2;     // k_quietest … k_loudest
    bool private_voice = false;  // headphones: what is personal may be spoken
    Sheet sheet = Sheet::None;
    Stage stage = Stage::None;
    bool other_ways_offered =
        false;  // ShowOtherWays: the card, the service or the kiosk cannot confirm, or nobody asked it
    bool can_stop = false;
    bool can_call_staff = false;
    bool staff_called = false;          // and the page stays
    bool staff_coming = false;          // they have seen it and are on their way
    bool can_open_staff_check = false;  // by whoever was called to a page that stays
    bool staff_corner = false;          // the same, without a call: for who knows where to press
    bool voice_offered = true;
    bool visit = false;               // at home: staff stand there, and the order of the stages is another
    bool dimmed = false;              // nobody has touched the screen for long: the first touch only wakes it
    bool demonstration = false;       // "demonstration: drawn people, own operating point"
    std::optional<int> seconds_left;  // shown when the screen is about to give up
    bool prefers(Preference preference) const { return preferences[static_cast<std::size_t>(preference)]; }
    Screen screen() const { return static_cast<Screen>(page.index()); }
};

}  // namespace uketsuke::core
