#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

void after_consent(Flow& flow) {
    // The service may have answered while the patient read: asked here, nobody is interrupted.
    if (registration_asked(flow.state)) {
        flow.go(Screen::Registration);
        return;
    }
    if (flow.state.policy.offer_limit_amount) {
        flow.go(Screen::LimitAmount);
    } else {
        submit(flow);
    }
}

void answer(Flow& flow, bool agreed) {
    Session& session = *flow.state.session;
    session.consents[next_consent(session)] = ConsentAnswer{agreed, flow.state.wall};
    open_consent(flow);
}

}  // namespace

std::size_t next_consent(const Session& session) {
    std::size_t item = 0;
    while (item < k_consent_items && session.consents[item]) ++item;
    return item;
}

void open_consent(Flow& flow) {
    Session& session = *flow.state.session;
    // With an expired certificate the service answers eligibility only: there is nothing to consent to (facts §3.4).
    if (session.card->certificate == CertificateStanding::EligibilityOnly) {
        for (auto& consent : session.consents) consent = ConsentAnswer{false, flow.state.wall};
    }
    if (next_consent(session) == k_consent_items) {
        after_consent(flow);
    } else {
        flow.go(Screen::Consent);
    }
}

bool consent_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    if (state.screen == Screen::LimitAmount) {
        if (intent.kind != Intent::Kind::Provide && intent.kind != Intent::Kind::NotProvide) return false;
        state.session->limit_amount = intent.kind == Intent::Kind::Provide;
        submit(flow);
        return true;
    }
    if (state.screen != Screen::Consent) return false;
    if (intent.kind == Intent::Kind::Agree || intent.kind == Intent::Kind::Decline) {
        answer(flow, intent.kind == Intent::Kind::Agree);
        return true;
    }
    if (intent.kind == Intent::Kind::AgreeAll && state.policy.offer_agree_all) {
        for (auto& consent : state.session->consents) {
            if (!consent) consent = ConsentAnswer{true, state.wall};
        }
        open_consent(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::Back && next_consent(*state.session) > 0) {
        state.session->consents[next_consent(*state.session) - 1].reset();
        flow.go(Screen::Consent);
        return true;
    }
    return false;
}

}  // namespace uketsuke::core
