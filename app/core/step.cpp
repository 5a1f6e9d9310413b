#include "app/core/step.h"

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

void stop(Flow& flow) {
    const State& state = flow.state;
    if (state.declaring) {
        // One touch beside the way back must not cost what was typed.
        if (declaration_screen(state.screen) && state.sheet != Sheet::LeaveForm && anything_said(*state.declaring)) {
            flow.state.sheet = Sheet::LeaveForm;
            return;
        }
        end_declaration_and_rest(flow,
                                 state.screen == Screen::DeclarationDone ? EndReason::Accepted : EndReason::Stopped);
        return;
    }
    const bool on_disk = state.session && state.session->committed;
    end_session_and_rest(flow, on_disk ? EndReason::Accepted : EndReason::Stopped);
}

// What means the same on every page, also under a sheet.
bool common_tapped(Flow& flow, const Intent& intent) {
    if (choice_tapped(flow, intent) || sheet_tapped(flow, intent)) return true;
    if (intent.kind == Intent::Kind::Stop && stop_offered(flow.state)) {
        stop(flow);
        return true;
    }
    return call_staff_tapped(flow, intent);
}

bool page_tapped(Flow& flow, const Intent& intent) {
    if (at_home(flow.state) && (tour_tapped(flow, intent) || care_tapped(flow, intent))) return true;
    const bool reason_given = flow.state.sheet == Sheet::VisualReasons && intent.kind == Intent::Kind::ConfirmVisual;
    if (flow.state.sheet != Sheet::None && !reason_given) return false;
    if (intent.kind == Intent::Kind::Next && flow.state.screen == Screen::ExpiryNotice) {
        notice_read(flow);
        return true;
    }
    if (at_home(flow.state) && visit_tapped(flow, intent)) return true;
    return other_ways_tapped(flow, intent) || declaration_tapped(flow, intent) || identify_tapped(flow, intent) ||
           staff_tapped(flow, intent) || registration_tapped(flow, intent) || consent_tapped(flow, intent);
}

void tapped(Flow& flow, const Intent& intent) {
    if (common_tapped(flow, intent) || page_tapped(flow, intent)) touched(flow.state);
}

bool by_somebody(const Event& event) {
    return std::holds_alternative<event::Touched>(event) || std::holds_alternative<event::Tapped>(event) ||
           std::holds_alternative<event::CardPlaced>(event) || std::holds_alternative<event::CardRemoved>(event);
}

// It waits for a device or a disk, whatever anybody touches.
bool waits_for_machine(const State& state) {
    if (state.screen == Screen::ReadingCard || state.screen == Screen::Submitting ||
        state.screen == Screen::DeclarationSaving)
        return true;
    return state.screen == Screen::ChooseMethod && state.session && state.session->pin_wanted;
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
        if (!session || begun_without_card(session->id)) return;
        if (!(session->identified && session->card)) fail_card(flow, e.trouble);
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
        Session* session = flow.session(e.session);
        if (session && flow.state.screen == Screen::Pin && !session->keypad_ordered) {
            session->keypad = e.order;
        }
    }
    void operator()(const event::PinAnswered& e) {
        if (flow.session(e.session)) pin_answered(flow, e);
    }
    void operator()(const event::StaffCodeAnswered& e) { staff_code_answered(flow, e); }
    void operator()(const event::StaffApproved& e) { staff_approved(flow, e); }
    void operator()(const event::VisualWithdrawn&) { end_visual(flow, false); }
    void operator()(const event::CallSeen&) { flow.state.staff_coming = call_open(flow.state); }
    void operator()(const event::ReceptionStopped& e) { reception_stopped(flow, e); }
    void operator()(const event::ReceptionResumed& e) { reception_resumed(flow, e.who); }
    void operator()(const event::StaffVisual& e) {
        check_staff_code(flow, SecretText(e.code), StaffPurpose::VisualCheck, e.reason);
    }
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
    void operator()(const event::CardHolderKnown& e) {
        if (declaring_as(flow.state, e.declaration)) card_holder_known(flow, e);
    }
    void operator()(const event::KanaConverted& e) {
        if (declaring_as(flow.state, e.declaration)) kana_converted(flow, e);
    }
    void operator()(const event::PostalCodeFound& e) {
        if (declaring_as(flow.state, e.declaration)) postal_code_found(flow, e);
    }
    void operator()(const event::DeclarationStored& e) {
        if (declaring_as(flow.state, e.declaration)) declaration_stored(flow, e);
    }
    void operator()(const event::DeclarationNotStored& e) {
        if (declaring_as(flow.state, e.declaration)) declaration_not_stored(flow);
    }
    void operator()(const event::DeclarationPrinted& e) {
        if (declaring_as(flow.state, e.declaration)) declaration_printed(flow, e.done);
    }
    void operator()(const event::TourOpened& e) { tour_opened(flow, e); }
    void operator()(const event::TourRefused& e) { tour_refused(flow, e.tries_left); }
    void operator()(const event::TourDestroyed& e) { tour_destroyed(flow, e.from_afar); }
    void operator()(const event::TourFailed&) { tour_failed(flow); }
    void operator()(const event::CareListed& e) { care_listed(flow, e.entries); }
    void operator()(const event::CareChanged&) { care_changed(flow); }
    void operator()(const event::CareNotSaved&) { care_not_saved(flow); }
    void operator()(const event::CareSaved&) { care_saved(flow); }
    void operator()(const event::QueueCounted& e) { flow.state.waiting = e.waiting; }
    void operator()(const event::PowerChanged& e) { flow.state.power = e.power; }
    void operator()(const event::Touched&) { touched(flow.state); }
    void operator()(const event::HeadphonesChanged& e) { headphones_changed(flow.state, e.plugged); }
    void operator()(const event::Tapped& e) { tapped(flow, e.intent); }
};

}  // namespace

bool stop_offered(const State& state) {
    if (state.screen == Screen::Submitting || state.screen == Screen::DeclarationSaving) return false;
    return state.session || state.declaring || choosing_other_way(state);
}

// Somebody is here: the screen's patience starts again.
void touched(State& state) {
    if (!waits_for_machine(state)) state.entered = state.now;
}

State initial_state(const Policy& policy) {
    State state;
    state.policy = policy;
    take_back_choice(state);
    if (at_home(state)) state.screen = Screen::TourSignIn;
    return state;
}

Step step(State state, const Event& event) {
    Step next{std::move(state), {}};
    Flow flow{next.state, next.effects};
    if (by_somebody(event)) next.state.last_touch = next.state.now;
    std::visit(Visitor{flow}, event);
    if (!call_open(next.state)) next.state.staff_coming = false;
    return next;
}

}  // namespace uketsuke::core
