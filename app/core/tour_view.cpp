#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

page::TourSignIn sign_in_page(const State& state) {
    const Tour& tour = state.tour;
    page::TourSignIn page;
    page.opened = tour.open;
    page.name = tour.name;
    page.entered = static_cast<std::uint8_t>(tour.code.view().size());
    page.checking = tour.with_keyring;
    page.wrong = tour.wrong;
    page.failed = tour.failed;
    page.tries_left = tour.tries_left;
    page.destroyed = tour.destroyed;
    page.from_afar = tour.from_afar;
    page.back = tour.back;
    return page;
}

page::CareList list_page(const State& state) {
    const auto& list = state.tour.list;
    page::CareList page;
    page.first = state.tour.first_shown;
    page.count = list.size();
    page.conflicts = static_cast<std::size_t>(std::count_if(
        list.begin(), list.end(), [](const CareEntry& entry) { return entry.result == CareResult::Conflict; }));
    page.waiting = state.waiting;
    page.loading = !state.tour.listed;
    for (std::size_t i = page.first; i < list.size() && page.shown.size() < page::CareList::k_shown; ++i) {
        page.shown.push_back(list[i]);
    }
    return page;
}

page::CarePatient patient_page(const State& state) {
    page::CarePatient page;
    if (const CareEntry* entry = shown_patient(state)) page.patient = *entry;
    page.online = online_possible(state);
    page.busy = state.tour.busy;
    page.not_saved = state.tour.not_saved;
    page.locked = state.tour.locked;
    return page;
}

}  // namespace

Page tour_page(const State& state) {
    if (state.screen == Screen::TourSignIn) return sign_in_page(state);
    if (state.screen == Screen::CareList) return list_page(state);
    if (state.screen == Screen::CarePatient) return patient_page(state);
    if (state.screen == Screen::LayCard) {
        return page::LayCard{state.reader_there, state.session && state.session->card_was_gone};
    }
    return page::Tour{state.tour.name, state.waiting, state.power, !state.tour.locked, staff_note(state)};
}

}  // namespace uketsuke::core
