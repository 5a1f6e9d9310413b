// Everything the kiosk knows between two events. A value: copy it, compare runs of it, throw it away.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/core/declaration.h"
#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/japanese_era.h"
#include "app/core/keyboard.h"
#include "app/core/policy.h"
#include "app/core/secret_digits.h"
#include "app/core/shown_name.h"
#include "app/core/tour.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {

// One card on the reader, from placed to wiped.
struct Session {
    SessionId id{};
    bool photo_expected = false;    // by the card's front, which is being read or was
    std::optional<CardFacts> card;  // comes a moment after the card was recognised
    bool pin_wanted = false;        // chosen before the tries were known
    std::optional<Method> identified;
    std::optional<Approval> approval;  // of Method::Visual
    bool expiry_acknowledged = false;

    int face_attempts = 0;  // that ended without a match, with those of this card a few minutes ago
    int face_matches = 0;   // where a match alone identifies nobody
    bool challenge_waived = false;
    bool turn_asked = false;  // in the attempt that runs or ended last
    FaceGuidance guidance = FaceGuidance::Starting;
    FaceOutcome face_outcome = FaceOutcome::Match;
    bool face_ruled_out = false;  // for this card: its photo or the camera cannot serve

    PrintedNumber number;
    bool number_with_card = false;
    bool number_from_afar = false;  // the page for it was opened by staff who stand elsewhere
    std::optional<NumberOutcome> number_outcome;

    Pin pin;
    std::optional<std::array<std::uint8_t, 10>> keypad;
    bool keypad_ordered = false;  // by staff, for whoever cannot find shuffled digits
    bool pin_with_card = false;   // an answer is awaited
    bool pin_wrong = false;
    bool last_try_chosen = false;

    std::array<std::optional<ConsentAnswer>, k_consent_items> consents{};
    bool one_by_one = false;                  // the page with all three was left for the single items
    bool at_once = false;                     // all three were answered on one page: a summary would only repeat it
    bool corrected = false;                   // the summary was left to choose anew: it is shown again
    std::optional<bool> registered;           // as the service says; nullopt: it has not said
    std::optional<bool> registration_wished;  // nullopt: not asked
    std::optional<bool> limit_amount;         // nullopt: not asked
    WallTime confirmed_at{};
    std::optional<RequestId> request;  // set: signed, and the commit was asked for
    bool committed = false;
    bool card_gone = false;              // taken while the commit was under way
    std::optional<std::uint64_t> visit;  // at home: stays the same while cards are laid and taken
    std::optional<CareId> reinquiry;     // 再照会: no card is laid
    std::optional<CareId> renewing;      // the consents of a patient in continuing care are asked anew
    bool summary_confirmed = false;      // at home, before anybody is identified
    std::optional<CardTag> known_card;   // at home: with it somebody was identified; what was said is said by them
    bool card_was_gone = false;          // at home, taken before it was needed: it is to be laid again
    std::optional<Outcome> outcome;
    int outcome_number = 0;
    ShownName name;  // the service's, as far as the clinic lets it be shown
};

// Face attempts of a card outlive its lying on the reader, or a stranger would have as many as patience.
struct FaceRecord {
    CardTag card{};
    int attempts = 0;
    Millis last{};
};

// What is being typed into one field of a form.
struct TextEntry {
    // As it was before a change.
    struct Before {
        SecretText text;
        SecretText reading;
        SecretText composed;
        bool reading_whole = true;
        bool word_done = false;
        friend bool operator==(const Before&, const Before&) = default;
    };
    SecretText text;
    SecretText reading;         // of the name: what it was typed with, in katakana
    bool reading_whole = true;  // it is of all that stands in `text`
    SecretText composed;        // kana that is still to be converted
    bool word_done = false;     // the first pick was a whole word of more than one kana: a family name
    Keyboard keyboard = Keyboard::Kana;
    std::vector<Candidate> candidates;  // of the composed kana; of a postal code its places
    std::size_t first_candidate = 0;
    bool not_found = false;    // no place has this postal code
    bool place_taken = false;  // one of them is the address now
    std::vector<Before> undo;
    friend bool operator==(const TextEntry&, const TextEntry&) = default;
};

// A form that is being filled in.
struct Declaring {
    DeclarationId id{};
    std::optional<RequestId> reception;  // on disk, and not confirmed: the form belongs to it
    Declaration form;
    DeclarationField field = DeclarationField::Name;
    bool from_review = false;
    bool kana_typed = false;  // the reading was typed for itself: it follows the name no longer
    TextEntry entry;
    EraDate date;  // on the wheels
    bool date_touched = false;
    bool not_saved = false;  // it was handed in, and the disk did not take it
    Printing printing = Printing::None;
};

// How the patient wants the screens. Outlives a session that was cut short, so that the same person can try again.
struct Choice {
    Language language = Language::Japanese;
    Preferences preferences{};
    std::uint8_t volume = 2;
    friend bool operator==(const Choice&, const Choice&) = default;
};

// Staff have confirmed somebody whose card has not been laid yet.
struct VisualWaiting {
    Approval approval;
    Millis until{};
    friend bool operator==(const VisualWaiting&, const VisualWaiting&) = default;
};

struct StaffEntry {
    StaffPurpose purpose = StaffPurpose::VisualCheck;  // of the code that is with the checker
    VisualReason reason = VisualReason::Other;         // of that visual check
    std::optional<SessionId> session;                  // that ran when the code was handed over
    std::optional<std::uint64_t> visit;                // the same, at home
    SecretText code;
    bool with_checker = false;
    bool wrong = false;
    std::optional<int> tries_left;  // after a wrong code that counts towards a tablet's key
    int wrong_codes = 0;
    Millis paused_until{};
};

// By staff: nobody is received until they say so.
struct Stopped {
    StaffId who{};
    std::string message;  // in staff's own words, for the patients; empty: the kiosk's
    friend bool operator==(const Stopped&, const Stopped&) = default;
};

struct State {
    Policy policy;
    Screen screen = Screen::Idle;
    Millis now{};
    WallTime wall{};
    Millis entered{};  // when this screen was entered or last touched
    Millis opened{};   // when this screen was entered, however often it was touched since
    bool card_present = false;
    std::optional<SessionId> next_card;  // laid while the last reception still went to disk, or nobody is received
    bool reader_there = true;
    std::optional<FaceAbsence> networks_absent;
    bool second_sign_needed = false;
    bool camera_failing = false;
    std::array<bool, k_staff_notes> staff_notes{};  // indexed by StaffNote
    std::vector<FaceRecord> face_records;           // not older than Policy::face_attempts_remembered
    Choice choice;
    bool choice_lingers = false;  // the last session was cut short: its patient may lay the card again
    bool headphones = false;
    bool voice_by_headphones = false;  // plugging them in turned the voice on, so unplugging turns it off
    Sheet sheet = Sheet::None;
    std::optional<Millis> staff_called_until;  // somebody was called from a page that stays
    bool staff_coming = false;                 // staff have seen the call that is open
    std::optional<Session> session;
    std::optional<VisualWaiting> visual;  // for one card, the next
    StaffEntry staff;
    std::optional<Stopped> stopped;
    std::optional<Declaring> declaring;
    std::uint64_t declarations_begun = 0;
    Tour tour;  // of Policy::visit
    std::uint64_t visits_begun = 0;
    std::optional<Power> power;
    std::int64_t waiting = 0;  // requests that wait for the service
    Millis last_touch{};
    std::optional<RequestId> unconfirmed;  // the last reception: on disk, and its patient may still fill in the form
    OtherWay way{};                        // that was chosen
    Screen other_ways_from = Screen::Idle;
    CardTrouble trouble{};
    EndReason end_reason{};
    Screen called_from = Screen::ChooseMethod;  // where Back leads from the staff screens
    Screen checked_from = Screen::Idle;         // the same, of a staff check while no session runs
};

}  // namespace uketsuke::core
