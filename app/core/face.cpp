#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

constexpr std::size_t k_cards_remembered = 64;
constexpr int k_matches_needed = 2;  // SecondSign::Tries

void remember_attempts(State& state) {
    const Session& session = *state.session;
    if (!session.card || session.card->tag == CardTag{} || session.face_attempts == 0) return;
    forget_attempts(state, session.card->tag);
    auto& records = state.face_records;
    // The oldest goes first; a crowd of cards within minutes is not a reception.
    if (records.size() >= k_cards_remembered) records.erase(records.begin());
    records.push_back({session.card->tag, session.face_attempts, state.now});
}

void start_face(Flow& flow) {
    Session& session = *flow.state.session;
    session.guidance = FaceGuidance::Starting;
    session.turn_asked = false;
    flow.emit(effect::StartFace{session.id, !session.challenge_waived});
    flow.go(Screen::Face);
}

void matched(Flow& flow) {
    State& state = flow.state;
    Session& session = *state.session;
    if (!state.second_sign_needed) {
        identified(flow, Method::Face);
        return;
    }
    ++session.face_matches;
    switch (state.policy.second_sign) {
        case SecondSign::Tries:
            if (session.face_matches >= k_matches_needed) {
                identified(flow, Method::Face);
            } else {
                start_face(flow);
            }
            return;
        case SecondSign::Pin:
            if (pin_possible(state)) {
                choose_pin(flow);
            } else {
                call_staff(flow);
            }
            return;
        case SecondSign::None:
        case SecondSign::Staff:
            call_staff(flow);
            return;
    }
}

}  // namespace

std::optional<FaceAbsence> face_absence(const State& state) {
    if (state.networks_absent) return state.networks_absent;
    if (state.camera_failing) return FaceAbsence::NoCamera;
    return std::nullopt;
}

bool face_attempts_used(const State& state) {
    return state.session && state.session->face_attempts >= state.policy.face_attempts;
}

bool face_possible(const State& state) {
    const auto& session = state.session;
    if (at_home(state)) return false;
    if (face_absence(state) || !session || session->face_ruled_out || face_attempts_used(state)) return false;
    // While the front of the card is being read the photo is expected; typed by staff it may open without one.
    return session->number_outcome ? *session->number_outcome == NumberOutcome::Opened : session->photo_expected;
}

bool challenge_waiver_possible(const State& state) {
    return state.policy.challenge_waiver && face_possible(state) && !state.session->identified &&
           !state.session->challenge_waived;
}

void choose_face(Flow& flow) {
    flow.state.session->face_matches = 0;
    start_face(flow);
}

void face_guided(Session& session, FaceGuidance guidance) {
    session.guidance = guidance;
    if (guidance == FaceGuidance::TurnLeft || guidance == FaceGuidance::TurnRight) session.turn_asked = true;
}

void face_decided(Flow& flow, FaceOutcome outcome) {
    State& state = flow.state;
    if (state.screen != Screen::Face) return;
    Session& session = *state.session;
    session.face_outcome = outcome;
    switch (outcome) {
        case FaceOutcome::Match:
            matched(flow);
            return;
        case FaceOutcome::CameraFailed:
            session.face_ruled_out = true;
            break;
        case FaceOutcome::NoMatch:
        case FaceOutcome::NotLive:
        case FaceOutcome::TimedOut:
            session.face_matches = 0;
            ++session.face_attempts;
            remember_attempts(state);
            break;
    }
    flow.go(Screen::FaceFailed);
}

void recall_attempts(Flow& flow, CardTag card) {
    State& state = flow.state;
    Session& session = *state.session;
    drop_old_attempts(state);
    const auto known = std::find_if(state.face_records.begin(), state.face_records.end(),
                                    [&](const FaceRecord& record) { return record.card == card; });
    const bool attempted = session.face_attempts > 0;
    if (known != state.face_records.end()) session.face_attempts += known->attempts;
    // Those of this session were made before the kiosk knew which card it was.
    if (attempted) remember_attempts(state);
    if (state.screen == Screen::Face && face_attempts_used(state)) {
        flow.emit(effect::StopFace{session.id});
        flow.go(Screen::ChooseMethod);
    }
}

void forget_attempts(State& state, CardTag card) {
    std::erase_if(state.face_records, [&](const FaceRecord& record) { return record.card == card; });
}

void drop_old_attempts(State& state) {
    std::erase_if(state.face_records, [&](const FaceRecord& record) {
        return state.now - record.last >= state.policy.face_attempts_remembered;
    });
}

}  // namespace uketsuke::core
