#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

// From here on the screen counts down, so that nobody is surprised: the least that WCAG 2.2.1 leaves for one touch.
constexpr Millis k_countdown_from{20'000};
// Whoever has typed half an address looks for a letter more often than at the top of the screen.
constexpr Millis k_form_countdown_from{60'000};

Millis countdown_from(Screen screen) {
    return declaration_screen(screen) ? k_form_countdown_from : k_countdown_from;
}

page::ChooseMethod choose_method(const State& state) {
    page::ChooseMethod page;
    page.face = face_possible(state);
    page.pin = pin_possible(state);
    page.face_absent = face_absence(state);
    if (!state.session) return page;
    const Session& session = *state.session;
    const bool no_photo = session.number_outcome ? *session.number_outcome != NumberOutcome::Opened
                                                 : !session.photo_expected || session.face_ruled_out;
    if (!page.face && !page.face_absent) {
        if (face_attempts_used(state)) {
            page.face_absent = FaceAbsence::AttemptsUsed;
        } else if (no_photo) {
            page.face_absent = FaceAbsence::NoPhoto;
        }
    }
    page.face_withdrawn = !page.face && session.photo_expected && session.face_attempts == 0;
    page.pin_locked = session.card && session.card->pin_tries == 0;
    page.visual = at_home(state) && staff_check_possible(state);
    page.waiting = session.pin_wanted;
    page.front_unread = session.number_outcome == NumberOutcome::Unread;
    return page;
}

page::Pin pin_page(const Session& session) {
    page::Pin page;
    page.order = session.keypad.value_or(std::array<std::uint8_t, 10>{});
    page.ready = session.keypad && !session.pin_with_card;
    page.checking = session.pin_with_card;
    page.entered = static_cast<std::uint8_t>(session.pin.size());
    page.tries_left = session.card ? session.card->pin_tries : 0;
    page.wrong = session.pin_wrong;
    page.after_face = session.face_matches > 0;
    page.ordered = session.keypad_ordered;
    return page;
}

page::Face face_page(const State& state, const Session& session) {
    page::Face page;
    page.guidance = session.guidance;
    page.attempt = session.face_attempts + 1;
    page.attempts = state.policy.face_attempts;
    page.once_more = session.face_matches > 0;
    page.hints = session.face_attempts > 0;
    return page;
}

page::FaceFailed face_failed_page(const State& state, const Session& session) {
    page::FaceFailed page;
    page.outcome = session.face_outcome;
    page.retry = face_possible(state);
    page.pin = pin_possible(state);
    page.attempts_left = state.policy.face_attempts - session.face_attempts;
    page.hints = page.retry && session.face_outcome != FaceOutcome::NotLive;
    page.turn = session.turn_asked && session.face_outcome == FaceOutcome::TimedOut;
    return page;
}

page::StaffCheck staff_page(const State& state) {
    page::StaffCheck page;
    page.entered = static_cast<std::uint8_t>(state.staff.code.view().size());
    page.checking = state.staff.with_checker;
    page.wrong = state.staff.wrong;
    page.paused = state.staff.paused_until > state.now;
    page.type_number = number_entry_possible(state);
    page.waive_challenge = challenge_waiver_possible(state);
    page.ordered_keypad = ordered_keypad_possible(state);
    page.tries_left = state.staff.tries_left;
    return page;
}

page::NumberEntry number_page(const State& state, const Session& session) {
    page::NumberEntry page;
    page.entered = static_cast<std::uint8_t>(session.number.size());
    page.checking = session.number_with_card;
    page.outcome = session.number_outcome;
    page.possible = number_entry_possible(state);
    return page;
}

page::Consent consent_page(const State& state, const Session& session) {
    page::Consent page;
    const std::size_t item = next_consent(session);
    page.item = static_cast<ConsentItem>(item < k_consent_items ? item : k_consent_items - 1);
    page.number = static_cast<int>(page.item) + 1;
    page.count = static_cast<int>(k_consent_items);
    page.overview = consent_overview(state);
    page.back = !page.overview && (item > 0 || state.policy.offer_agree_all);
    return page;
}

page::ConsentSummary summary_page(const Session& session) {
    page::ConsentSummary page;
    for (std::size_t item = 0; item < k_consent_items; ++item) {
        page.agreed[item] = session.consents[item] && session.consents[item]->agreed;
    }
    page.limit_amount = session.limit_amount;
    page.registration_wished = session.registration_wished;
    return page;
}

page::Accepted accepted_page(const Session& session) {
    page::Accepted page;
    page.outcome = session.outcome.value_or(Outcome::Queued);
    page.number = session.outcome_number;
    page.name = session.name;
    page.without_card = session.reinquiry.has_value();
    return page;
}

Page page_of(const State& state) {
    // The screens of a reception are entered with a session and left with it; the fallback is never seen.
    static const Session k_nobody{};
    const Session& session = state.session ? *state.session : k_nobody;
    const CardFacts facts = session.card.value_or(CardFacts{});
    switch (state.screen) {
        case Screen::Idle:
            return page::Idle{visual_armed(state), face_absence(state), staff_note(state)};
        case Screen::ReadingCard:
            return page::ReadingCard{};
        case Screen::CardProblem:
            return page::CardProblem{state.trouble};
        case Screen::ExpiryNotice:
            return page::ExpiryNotice{facts.certificate, facts.certificate_days_left};
        case Screen::ChooseMethod:
            return choose_method(state);
        case Screen::Face:
            return face_page(state, session);
        case Screen::FaceFailed:
            return face_failed_page(state, session);
        case Screen::Pin:
            return pin_page(session);
        case Screen::PinLastTry:
            return page::PinLastTry{face_possible(state)};
        case Screen::PinLocked:
            return page::PinLocked{face_possible(state)};
        case Screen::CallStaff:
            return page::CallStaff{staff_check_possible(state), session.face_matches > 0 && !session.identified};
        case Screen::StaffCheck:
            return staff_page(state);
        case Screen::NumberEntry:
            return number_page(state, session);
        case Screen::Registration:
            return page::Registration{};
        case Screen::Consent:
            return consent_page(state, session);
        case Screen::LimitAmount:
            return page::LimitAmount{};
        case Screen::ConsentSummary:
            return summary_page(session);
        case Screen::Submitting:
            return page::Submitting{session.reinquiry.has_value()};
        case Screen::Accepted:
            return accepted_page(session);
        case Screen::NotSaved:
            return page::NotSaved{};
        case Screen::TakeCard:
            return page::TakeCard{state.end_reason};
        case Screen::CardTaken:
            return page::CardTaken{state.end_reason == EndReason::Accepted};
        case Screen::OutOfService:
            return state.stopped ? page::OutOfService{true, state.stopped->message} : page::OutOfService{};
        case Screen::OtherWays:
            return other_ways_page(state);
        case Screen::ShowToStaff:
            return page::ShowToStaff{state.way};
        case Screen::DeclarationText:
        case Screen::DeclarationDate:
        case Screen::DeclarationChoice:
        case Screen::DeclarationSignature:
        case Screen::DeclarationReview:
        case Screen::DeclarationSaving:
        case Screen::DeclarationDone:
            return declaration_page(state);
        case Screen::TourSignIn:
        case Screen::Tour:
        case Screen::CareList:
        case Screen::CarePatient:
        case Screen::LayCard:
            return tour_page(state);
    }
    return page::Idle{};
}

Stage stage_of(const State& state) {
    switch (state.screen) {
        case Screen::Idle:
        case Screen::ReadingCard:
        case Screen::CardProblem:
        case Screen::LayCard:
            return Stage::PlaceCard;
        case Screen::ChooseMethod:
        case Screen::Face:
        case Screen::FaceFailed:
        case Screen::Pin:
        case Screen::PinLastTry:
        case Screen::PinLocked:
        case Screen::Registration:
        case Screen::ExpiryNotice:
            return Stage::Identify;
        case Screen::Submitting:
            return at_home(state) ? Stage::PlaceCard : Stage::Consent;
        case Screen::Consent:
        case Screen::ConsentSummary:
        case Screen::LimitAmount:
            return Stage::Consent;
        case Screen::Accepted:
            return Stage::Done;
        case Screen::CallStaff:
        case Screen::StaffCheck:
        case Screen::NumberEntry:
        case Screen::NotSaved:
        case Screen::TakeCard:
        case Screen::CardTaken:
        case Screen::OutOfService:
        case Screen::OtherWays:
        case Screen::ShowToStaff:
        case Screen::DeclarationText:
        case Screen::DeclarationDate:
        case Screen::DeclarationChoice:
        case Screen::DeclarationSignature:
        case Screen::DeclarationReview:
        case Screen::DeclarationSaving:
        case Screen::DeclarationDone:
        case Screen::TourSignIn:
        case Screen::Tour:
        case Screen::CareList:
        case Screen::CarePatient:
            return Stage::None;
    }
    return Stage::None;
}

bool counts_down(Screen screen) {
    return screen != Screen::Idle && screen != Screen::OutOfService && screen != Screen::ReadingCard &&
           screen != Screen::Submitting && screen != Screen::Accepted && screen != Screen::CardTaken &&
           screen != Screen::CardProblem && screen != Screen::NotSaved && screen != Screen::Face &&
           screen != Screen::DeclarationSaving && screen != Screen::DeclarationDone && screen != Screen::Tour &&
           screen != Screen::TourSignIn;
}

}  // namespace

std::optional<StaffNote> staff_note(const State& state) {
    for (std::size_t note = 0; note < k_staff_notes; ++note) {
        if (state.staff_notes[note]) return static_cast<StaffNote>(note);
    }
    return std::nullopt;
}

View view_of(const State& state) {
    View view;
    view.page = page_of(state);
    view.language = state.choice.language;
    view.preferences = state.choice.preferences;
    view.volume = state.choice.volume;
    view.private_voice = state.headphones;
    view.sheet = state.sheet;
    view.stage = stage_of(state);
    view.other_ways_offered = other_ways_offered(state);
    view.can_stop = stop_offered(state);
    view.can_call_staff = staff_offered(state);
    view.staff_called = state.staff_called_until.has_value();
    view.staff_coming = state.staff_coming;
    view.staff_corner = staff_check_from_here(state);
    view.can_open_staff_check = view.staff_corner && view.staff_called;
    view.voice_offered = state.policy.offer_voice;
    view.visit = state.policy.visit.has_value();
    view.dimmed = dimmed(state);
    view.demonstration = state.policy.demonstration;
    const auto due = screen_deadline(state);
    if (due && counts_down(state.screen) && *due - state.now <= countdown_from(state.screen)) {
        view.seconds_left = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(*due - state.now).count());
    }
    return view;
}

}  // namespace uketsuke::core
