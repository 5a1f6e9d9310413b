#include <algorithm>
#include <utility>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

bool idle_about(const State& state) {
    return shown_patient(state) != nullptr && !state.tour.busy;
}

void reinquire(Flow& flow, Treatment treatment) {
    State& state = flow.state;
    const CareId patient = shown_patient(state)->id;
    Session& session = begin_without_card(flow);
    session.reinquiry = patient;
    session.confirmed_at = state.wall;
    flow.emit(effect::Reinquire{session.id, patient, treatment, state.tour.who, state.wall});
    flow.go(Screen::Submitting);
}

void ask_anew(Flow& flow) {
    const CareId patient = shown_patient(flow.state)->id;
    begin_without_card(flow).renewing = patient;
    flow.state.tour.locked = true;
    open_consent(flow);
}

void withdraw(Flow& flow) {
    State& state = flow.state;
    state.sheet = Sheet::None;
    state.tour.busy = true;
    state.tour.not_saved = false;
    state.tour.writing = state.tour.patient;
    flow.emit(effect::WithdrawConsents{shown_patient(state)->id, state.tour.who, state.wall});
}

bool patient_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    using Kind = Intent::Kind;
    if (intent.kind == Kind::Back) {
        open_list(flow);
        return true;
    }
    // The patient may still hold the tablet: what is done is done in the name of whoever signed in.
    if (state.tour.locked || !idle_about(state)) return false;
    const CareStanding standing = shown_patient(state)->standing;
    if (intent.kind == Kind::Reinquire) {
        const auto treatment = static_cast<Treatment>(intent.value);
        const bool online = treatment == Treatment::Online && online_possible(state);
        if (standing != CareStanding::Valid || (treatment != Treatment::HomeVisit && !online)) return false;
        reinquire(flow, treatment);
    } else if (intent.kind == Kind::RenewConsents && standing != CareStanding::Withdrawn) {
        ask_anew(flow);
    } else if (intent.kind == Kind::AskWithdraw && standing != CareStanding::Withdrawn) {
        state.sheet = Sheet::WithdrawConsents;
    } else {
        return false;
    }
    return true;
}

bool list_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    Tour& tour = state.tour;
    using Kind = Intent::Kind;
    if (intent.kind == Kind::PickPatient) {
        if (intent.number < 0 || static_cast<std::size_t>(intent.number) >= tour.list.size()) return false;
        tour.patient = tour.list[static_cast<std::size_t>(intent.number)].id;
        tour.busy = false;
        tour.not_saved = false;
        flow.go(Screen::CarePatient);
    } else if (intent.kind == Kind::MorePatients) {
        tour.first_shown += page::CareList::k_shown;
        if (tour.first_shown >= tour.list.size()) tour.first_shown = 0;
    } else if (intent.kind == Kind::Back) {
        flow.go(Screen::Tour);
    } else {
        return false;
    }
    return true;
}

}  // namespace

const CareEntry* shown_patient(const State& state) {
    const auto& list = state.tour.list;
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const CareEntry& entry) { return state.tour.patient == entry.id; });
    return found == list.end() ? nullptr : &*found;
}

bool online_possible(const State& state) {
    const CareEntry* patient = shown_patient(state);
    return patient != nullptr && state.policy.visit && state.policy.visit->online && patient->online_possible &&
           patient->standing == CareStanding::Valid;
}

void show_patient(Flow& flow, CareId patient) {
    Tour& tour = flow.state.tour;
    tour.patient = patient;
    tour.busy = true;
    flow.emit(effect::ListCare{});
    flow.go(Screen::CarePatient);
}

void renew_consents(Flow& flow) {
    State& state = flow.state;
    const Session& session = *state.session;
    effect::RenewConsents renewal{*session.renewing, {}, state.tour.who};
    for (std::size_t item = 0; item < k_consent_items; ++item) {
        renewal.consents[item] = session.consents[item].value_or(ConsentAnswer{false, state.wall});
    }
    state.tour.not_saved = false;
    end_session(flow, EndReason::Accepted);
    flow.emit(renewal);
    state.tour.patient = renewal.patient;
    state.tour.writing = renewal.patient;
    state.tour.busy = true;
    flow.go(Screen::CarePatient);
}

void care_listed(Flow& flow, std::vector<CareEntry> entries) {
    State& state = flow.state;
    Tour& tour = state.tour;
    // What nobody sees any more is not kept.
    if (state.screen != Screen::CareList && state.screen != Screen::CarePatient) return;
    tour.list = std::move(entries);
    tour.listed = true;
    tour.busy = tour.writing == tour.patient && tour.writing.has_value();
    if (tour.first_shown >= tour.list.size()) tour.first_shown = 0;
    if (state.screen == Screen::CarePatient && shown_patient(state) == nullptr) open_list(flow);
}

void care_changed(Flow& flow) {
    const Screen screen = flow.state.screen;
    if (screen == Screen::CareList || screen == Screen::CarePatient) flow.emit(effect::ListCare{});
}

void care_saved(Flow& flow) {
    flow.state.tour.writing.reset();
    care_changed(flow);
}

void care_not_saved(Flow& flow) {
    Tour& tour = flow.state.tour;
    if (!tour.writing || !tour.open) return;
    // Wherever staff are by now: what they believe to be taken back is not.
    const CareId patient = *std::exchange(tour.writing, std::nullopt);
    const bool free = !flow.state.session && !flow.state.declaring && flow.state.screen != Screen::TourSignIn;
    if (!free) return;
    tour.not_saved = true;
    show_patient(flow, patient);
}

bool care_tapped(Flow& flow, const Intent& intent) {
    const State& state = flow.state;
    if (state.sheet == Sheet::WithdrawConsents) {
        if (intent.kind != Intent::Kind::WithdrawConsents || !idle_about(state) || state.tour.locked) return false;
        withdraw(flow);
        return true;
    }
    if (state.sheet != Sheet::None) return false;
    if (state.screen == Screen::CareList) return list_tapped(flow, intent);
    return state.screen == Screen::CarePatient && patient_tapped(flow, intent);
}

}  // namespace uketsuke::core
