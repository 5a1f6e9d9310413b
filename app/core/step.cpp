#include "app/core/step.h"

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

bool common_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    if (intent.kind == Intent::Kind::ChangeLanguage) {
        if (intent.value >= k_languages.size()) return false;
        state.language = k_languages[intent.value];
        return true;
    }
    if (intent.kind == Intent::Kind::Stop && stop_offered(state)) {
        end_session_and_rest(flow, EndReason::Stopped);
        return true;
    }
    if (intent.kind == Intent::Kind::CallStaff && staff_offered(state.screen)) {
        call_staff(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::Next && state.screen == Screen::ExpiryNotice) {
        notice_read(flow);
        return true;
    }
    return false;
}

void tapped(Flow& flow, const Intent& intent) {
    const bool meant = common_tapped(flow, intent) || identify_tapped(flow, intent) || staff_tapped(flow, intent) ||
                       registration_tapped(flow, intent) || consent_tapped(flow, intent);
    // Somebody is here: the screen's patience starts again.
    const bool fixed_time = flow.state.screen == Screen::Accepted || flow.state.screen == Screen::Submitting;
    if (meant && !fixed_time) flow.state.entered = flow.state.now;
}

struct Visitor {
    Flow& flow;

    void operator()(const event::Tick& e) {
        if (e.now > flow.state.now) flow.state.now = e.now;
        flow.state.wall = e.wall;
        time_passed(flow);
    }
    void operator()(const event::CardPlaced& e) { card_placed(flow, e.fresh); }
    void operator()(const event::CardRemoved&) { card_removed(flow); }
    void operator()(const event::ReaderChanged& e) { reader_changed(flow, e.there); }
    void operator()(const event::CardRecognised& e) {
        if (flow.session(e.session)) card_recognised(flow, e.photo);
    }
    void operator()(const event::CardRead& e) {
        if (flow.session(e.session)) card_read(flow, e.facts);
    }
    void operator()(const event::CardReadFailed& e) {
        const Session* session = flow.session(e.session);
        // Once somebody is identified on a card that was read, the signature tells whether it still answers.
        if (session && !(session->identified && session->card)) fail_card(flow, e.trouble);
    }
    void operator()(const event::FaceAvailability& e) {
        flow.state.networks_absent = e.absence;
        flow.state.second_sign_needed = e.second_sign;
    }
    void operator()(const event::CameraChanged& e) { flow.state.camera_failing = e.failing; }
    void operator()(const event::RegistrationAnswered& e) {
        if (Session* session = flow.session(e.session)) session->registered = e.registered;
    }
    void operator()(const event::StaffNoteChanged& e) {
        flow.state.staff_notes.at(static_cast<std::size_t>(e.note)) = e.holds;
    }
    void operator()(const event::FacePhotoUnusable& e) {
        if (Session* session = flow.session(e.session)) {
            session->face_ruled_out = true;
            if (flow.state.screen == Screen::Face) face_decided(flow, FaceOutcome::CameraFailed);
        }
    }
    void operator()(const event::NumberAnswered& e) {
        if (flow.session(e.session)) number_answered(flow, e.outcome);
    }
    void operator()(const event::FaceGuided& e) {
        if (Session* session = flow.session(e.session)) face_guided(*session, e.guidance);
    }
    void operator()(const event::FaceDecided& e) {
        if (flow.session(e.session)) face_decided(flow, e.outcome);
    }
    void operator()(const event::KeypadShuffled& e) {
        if (Session* session = flow.session(e.session); session && flow.state.screen == Screen::Pin) {
            session->keypad = e.order;
        }
    }
    void operator()(const event::PinAnswered& e) {
        if (flow.session(e.session)) pin_answered(flow, e);
    }
    void operator()(const event::StaffCodeAnswered& e) { staff_code_answered(flow, e.right); }
    void operator()(const event::StaffVisual& e) { check_staff_code(flow, e.code, StaffPurpose::VisualCheck); }
    void operator()(const event::Signed& e) {
        if (flow.session(e.session)) reception_signed(flow, e);
    }
    void operator()(const event::SignFailed& e) {
        const Session* session = flow.session(e.session);
        if (session && flow.state.screen == Screen::Submitting && !session->request) fail_card(flow, e.trouble);
    }
    void operator()(const event::Committed& e) {
        if (flow.session(e.session)) committed(flow, e);
    }
    void operator()(const event::CommitFailed& e) {
        if (flow.session(e.session)) commit_failed(flow);
    }
    void operator()(const event::Answered& e) { answered(flow, e); }
    void operator()(const event::Touched&) {}
    void operator()(const event::HeadphonesChanged&) {}
    void operator()(const event::Tapped& e) { tapped(flow, e.intent); }
};

}  // namespace

bool stop_offered(const State& state) {
    return state.session && state.screen != Screen::Submitting && state.screen != Screen::Accepted;
}

bool staff_offered(Screen screen) {
    switch (screen) {
        case Screen::CardProblem:
        case Screen::ExpiryNotice:
        case Screen::ChooseMethod:
        case Screen::Face:
        case Screen::FaceFailed:
        case Screen::Pin:
        case Screen::PinLastTry:
        case Screen::PinLocked:
        case Screen::Registration:
        case Screen::Consent:
        case Screen::LimitAmount:
        case Screen::ConsentSummary:
            return true;
        case Screen::Idle:
        case Screen::ReadingCard:
        case Screen::CallStaff:
        case Screen::StaffCheck:
        case Screen::NumberEntry:
        case Screen::Submitting:
        case Screen::Accepted:
        case Screen::NotSaved:
        case Screen::TakeCard:
        case Screen::CardTaken:
        case Screen::OutOfService:
            return false;
    }
    return false;
}

State initial_state(const Policy& policy) {
    State state;
    state.policy = policy;
    state.language = policy.default_language;
    return state;
}

Step step(State state, const Event& event) {
    Step next{std::move(state), {}};
    Flow flow{next.state, next.effects};
    std::visit(Visitor{flow}, event);
    return next;
}

}  // namespace uketsuke::core
