// How step() is put together: one file an idea, each working on the same state and list of effects.
// Private to app/core.
#pragma once

#include "app/core/staff_view.h"
#include "app/core/step.h"
#include "app/core/view.h"

namespace uketsuke::core {

struct Flow {
    State& state;
    Effects& effects;

    template <class E>
    void emit(E effect) {
        effects.emplace_back(std::move(effect));
    }
    void go(Screen screen);
    // The running session, if `id` names it.
    Session* session(SessionId id);
};

// step.cpp — what every page offers
bool stop_offered(const State& state);
void touched(State& state);

// choice.cpp — language, preferences, volume: the patient's, and the clinic's for the next one
void take_back_choice(State& state);
bool choice_made(const State& state);
bool choice_tapped(Flow& flow, const Intent& intent);
void headphones_changed(State& state, bool plugged);

// sheet.cpp — what lies over a page until it is put away
bool sheet_tapped(Flow& flow, const Intent& intent);

// call_staff.cpp — from every page
bool staff_offered(const State& state);
void call_staff(Flow& flow);  // to the page that waits for them
bool call_open(const State& state);
bool call_staff_tapped(Flow& flow, const Intent& intent);

// session.cpp — from the card placed to the wipe
void card_placed(Flow& flow, SessionId fresh);
void card_removed(Flow& flow);
void reader_changed(Flow& flow, bool there);
void card_recognised(Flow& flow, bool photo);
void card_read(Flow& flow, const CardFacts& facts);
void fail_card(Flow& flow, CardTrouble trouble);
void end_session(Flow& flow, EndReason reason);  // the one wipe; leaves the screen to the caller
void end_session_and_rest(Flow& flow, EndReason reason);
void rest(Flow& flow, EndReason reason);  // where the kiosk waits when no session runs

// face.cpp — face matching and its attempts
bool face_possible(const State& state);
bool face_attempts_used(const State& state);
void choose_face(Flow& flow);
void face_guided(Session& session, FaceGuidance guidance);
void face_decided(Flow& flow, FaceOutcome outcome);
void recall_attempts(Flow& flow, CardTag card);  // of this card, minutes ago
void forget_attempts(State& state, CardTag card);
void drop_old_attempts(State& state);
bool challenge_waiver_possible(const State& state);

// identify.cpp — choosing the way, the PIN
bool pin_possible(const State& state);
void send_kept_pin(Flow& flow);  // at home; the card was read
bool ordered_keypad_possible(const State& state);
void identified(Flow& flow, Method method);
void choose_pin(Flow& flow);
void notice_read(Flow& flow);
void after_identification(Flow& flow);  // registration, the expiry notice, then consent
void pin_answered(Flow& flow, const event::PinAnswered& answer);
bool identify_tapped(Flow& flow, const Intent& intent);  // true: the intent had a meaning here

// staff.cpp — what staff do at the kiosk
bool staff_check_possible(const State& state);
bool open_staff_check(Flow& flow);               // at home, in the middle of a reception
bool staff_check_from_here(const State& state);  // no session runs: the page waits, or says that something is wrong
void leave_staff_check(Flow& flow);              // no session runs
void leave_call(Flow& flow);
bool visual_reasons_askable(const State& state);
bool number_entry_possible(const State& state);
void number_answered(Flow& flow, NumberOutcome outcome);
void check_staff_code(Flow& flow, SecretText code, StaffPurpose purpose, VisualReason reason);
void staff_code_answered(Flow& flow, const event::StaffCodeAnswered& answer);
bool staff_tapped(Flow& flow, const Intent& intent);

// approve.cpp — what staff let happen, from the kiosk or from afar
bool visual_armed(const State& state);
void approve_at_kiosk(Flow& flow, StaffId who);  // the code was right
void staff_approved(Flow& flow, const event::StaffApproved& approved);
void end_visual(Flow& flow, bool used);  // the one that waits for its card, if any

// out_of_service.cpp — staff receive nobody
void reception_stopped(Flow& flow, const event::ReceptionStopped& stopped);
void reception_resumed(Flow& flow, StaffId who);

// other_ways.cpp — for whoever cannot be confirmed
bool other_ways_offered(const State& state);
bool choosing_other_way(const State& state);
page::OtherWays other_ways_page(const State& state);
bool other_ways_tapped(Flow& flow, const Intent& intent);

// declare_questions.cpp — which the form asks
std::vector<DeclarationField> questions(const Declaring& declaring);
std::optional<DeclarationField> question_before(const Declaring& declaring);
Screen screen_of(DeclarationField field);
std::vector<DeclarationField> reviewed(const Declaration& form);
bool in_japanese(const State& state);  // the screens are
page::Question question_page(const Declaring& declaring);
BirthDate date_of(WallTime wall);

// declare.cpp — the form, from its first question to the disk
bool declaration_screen(Screen screen);  // something can still be said
std::uint8_t answers_of(DeclarationField field);
void begin_declaration(Flow& flow);
bool anything_said(const Declaring& declaring);
void end_declaration(Flow& flow);  // its one wipe; leaves the screen to the caller
void end_declaration_and_rest(Flow& flow, EndReason reason);
Declaring* declaring_as(State& state, DeclarationId id);  // the one that is being filled in, if `id` names it
void card_holder_known(Flow& flow, const event::CardHolderKnown& known);
void declaration_stored(Flow& flow, const event::DeclarationStored& stored);
void declaration_not_stored(Flow& flow);
void declaration_printed(Flow& flow, bool done);
bool declaration_tapped(Flow& flow, const Intent& intent);

// declare_text.cpp — typing into it
std::array<bool, k_keyboards> keyboards_offered(DeclarationField field);
void open_text(Flow& flow);
bool text_said(const Declaring& declaring);
void keep_text(Flow& flow);
bool text_tapped(Flow& flow, const Intent& intent);
void kana_converted(Flow& flow, const event::KanaConverted& converted);
page::DeclarationText text_page(const State& state);

// declare_place.cpp — the first part of an address
void take_place(Declaring& declaring, const SecretText& place);
void take_only_place(Declaring& declaring);
void postal_code_found(Flow& flow, const event::PostalCodeFound& found);

// declaration_view.cpp — what is shown of it
Page declaration_page(const State& state);

// visit.cpp — the order at home: consent, PIN or visual check, card
bool at_home(const State& state);
bool awaits_card(const State& state);  // a reception at home runs, and no card lies there yet
void begin_visit(Flow& flow);
Session& begin_without_card(Flow& flow);
void lay_card(Flow& flow, SessionId fresh);  // begins a reception at home, or goes on with the one that awaits it
void take_card_back(Flow& flow);             // the session goes on without what the card had opened
void go_on_without_card(Flow& flow);         // to the page that can be shown without it
void keep_pin(Flow& flow);                   // complete; sent as soon as the card has said how many tries it has
void forget_who_spoke(Flow& flow);
void card_read_at_home(Flow& flow);
bool back_from_card(Flow& flow);
bool visit_tapped(Flow& flow, const Intent& intent);

// tour.cpp — whose tour it is; the tablet's locks
void lock_tour(Flow& flow);
void open_list(Flow& flow);  // or first the code
void tour_opened(Flow& flow, const event::TourOpened& opened);
void tour_refused(Flow& flow, int tries_left);
void tour_failed(Flow& flow);
void tour_destroyed(Flow& flow, bool from_afar);
bool tour_tapped(Flow& flow, const Intent& intent);
bool dimmed(const State& state);
std::optional<Millis> tour_deadline(const State& state);
void tour_time_passed(Flow& flow);

// care.cpp — patients in continuing care
const CareEntry* shown_patient(const State& state);
bool online_possible(const State& state);
void show_patient(Flow& flow, CareId patient);
void renew_consents(Flow& flow);  // all were answered
void care_listed(Flow& flow, std::vector<CareEntry> entries);
void care_changed(Flow& flow);
void care_saved(Flow& flow);
void care_not_saved(Flow& flow);
bool care_tapped(Flow& flow, const Intent& intent);

// tour_view.cpp — what is shown of a tour
Page tour_page(const State& state);

// view.cpp
std::optional<StaffNote> staff_note(const State& state);  // the first that holds

// registration.cpp — the card as a health insurance card
bool registration_asked(const State& state);  // now: after identification, or after the last consent
bool registration_tapped(Flow& flow, const Intent& intent);

// consent.cpp — consent per item, limit amount
void open_consent(Flow& flow);
std::size_t next_consent(const Session& session);  // k_consent_items: all answered
bool consent_overview(const State& state);         // the page with all three is the one that is asked
bool consent_tapped(Flow& flow, const Intent& intent);

// submit.cpp — signed, committed, answered
void submit(Flow& flow);
void reception_signed(Flow& flow, const event::Signed& signed_event);
void committed(Flow& flow, const event::Committed& committed_event);
void commit_failed(Flow& flow);
void answered(Flow& flow, const event::Answered& answer);
bool commit_pending(const State& state);  // the row may or may not be on disk yet

// deadline.cpp — what happens when nobody does anything
void time_passed(Flow& flow);
std::optional<Millis> screen_deadline(const State& state);

}  // namespace uketsuke::core
