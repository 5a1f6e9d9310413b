#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

bool eligibility_only(const Session& session) {
    return session.card && session.card->certificate == CertificateStanding::EligibilityOnly;
}

void questions_done(Flow& flow) {
    const Session& session = *flow.state.session;
    if (session.renewing) {
        renew_consents(flow);
    } else if (!session.identified) {
        flow.go(Screen::ChooseMethod);
    } else if (!session.card) {
        flow.go(Screen::LayCard);
    } else {
        submit(flow);
    }
}

void after_questions(Flow& flow) {
    const Session& session = *flow.state.session;
    const bool known = session.at_once && !session.corrected;
    if (!known && !session.summary_confirmed && !eligibility_only(session)) {
        flow.go(Screen::ConsentSummary);
    } else {
        questions_done(flow);
    }
}

void after_consent(Flow& flow) {
    const State& state = flow.state;
    const Session& session = *state.session;
    // The service may have answered while the patient read: asked here, nobody is interrupted.
    if (registration_asked(state)) {
        flow.go(Screen::Registration);
    } else if (state.policy.offer_limit_amount && !session.limit_amount && !session.renewing) {
        flow.go(Screen::LimitAmount);
    } else {
        after_questions(flow);
    }
}

void answer(Flow& flow, bool agreed) {
    Session& session = *flow.state.session;
    session.one_by_one = true;
    session.consents[next_consent(session)] = ConsentAnswer{agreed, flow.state.wall};
    open_consent(flow);
}

// The rest, and on the page with all three everything.
void answer_all(Flow& flow, bool agreed) {
    Session& session = *flow.state.session;
    session.at_once = consent_overview(flow.state);
    for (auto& consent : session.consents) {
        if (!consent) consent = ConsentAnswer{agreed, flow.state.wall};
    }
    open_consent(flow);
}

bool back(Flow& flow) {
    Session& session = *flow.state.session;
    if (consent_overview(flow.state)) return false;
    if (const std::size_t item = next_consent(session); item > 0) {
        session.consents[item - 1].reset();
    } else if (flow.state.policy.offer_agree_all) {
        session.one_by_one = false;
    } else {
        return false;
    }
    flow.go(Screen::Consent);
    return true;
}

bool item_tapped(Flow& flow, const Intent& intent) {
    const bool all_offered = flow.state.policy.offer_agree_all;
    if (intent.kind == Intent::Kind::Agree || intent.kind == Intent::Kind::Decline) {
        answer(flow, intent.kind == Intent::Kind::Agree);
        return true;
    }
    if ((intent.kind == Intent::Kind::AgreeAll || intent.kind == Intent::Kind::DeclineAll) && all_offered) {
        answer_all(flow, intent.kind == Intent::Kind::AgreeAll);
        return true;
    }
    if (intent.kind == Intent::Kind::OneByOne && consent_overview(flow.state)) {
        flow.state.session->one_by_one = true;
        flow.go(Screen::Consent);
        return true;
    }
    return intent.kind == Intent::Kind::Back && back(flow);
}

bool summary_tapped(Flow& flow, const Intent& intent) {
    if (intent.kind == Intent::Kind::Confirm) {
        flow.state.session->summary_confirmed = true;
        questions_done(flow);
        return true;
    }
    if (intent.kind != Intent::Kind::Back) return false;
    Session& session = *flow.state.session;
    session.consents = {};
    session.limit_amount.reset();
    session.registration_wished.reset();
    session.corrected = true;
    session.summary_confirmed = false;
    session.one_by_one = false;
    open_consent(flow);
    return true;
}

}  // namespace

std::size_t next_consent(const Session& session) {
    std::size_t item = 0;
    while (item < k_consent_items && session.consents[item]) ++item;
    return item;
}

bool consent_overview(const State& state) {
    return state.policy.offer_agree_all && state.session && !state.session->one_by_one;
}

void open_consent(Flow& flow) {
    Session& session = *flow.state.session;
    // With an expired certificate the service answers eligibility only: there is nothing to consent to (facts §3.4).
    if (eligibility_only(session)) {
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
        after_questions(flow);
        return true;
    }
    if (state.screen == Screen::Consent) return item_tapped(flow, intent);
    if (state.screen == Screen::ConsentSummary) return summary_tapped(flow, intent);
    return false;
}

}  // namespace uketsuke::core
