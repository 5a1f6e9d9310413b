#include "app/core/flow.h"

namespace uketsuke::core {

bool registration_asked(const State& state) {
    const Session& session = *state.session;
    if (!state.policy.offer_registration || session.registration_wished || !session.identified) return false;
    if (session.identified == Method::Visual && !state.policy.registration_by_visual_check) return false;
    // A service that has not answered by the last consent is not waited for: its answer to the reception will say it.
    return session.registered == false;
}

bool registration_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    if (state.screen != Screen::Registration) return false;
    if (intent.kind == Intent::Kind::Register) {
        state.session->registration_wished = true;
        after_identification(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::NotRegister && at_home(state)) {
        // Staff stand there and see what the service says of it.
        state.session->registration_wished = false;
        after_identification(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::NotRegister) {
        // Without it the service knows no insurance under this card: staff ask for another proof.
        call_staff(flow);
        return true;
    }
    return false;
}

}  // namespace uketsuke::core
