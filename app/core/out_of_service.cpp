#include <string_view>

#include "app/core/code_points.h"
#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

// Shown to patients as it is written, so nothing in it may do anything but be seen.
std::string cleaned(std::string_view message) {
    std::string kept;
    std::size_t characters = 0;
    while (!message.empty() && characters < event::ReceptionStopped::k_longest) {
        const std::string_view before = message;
        const auto point = take_code_point(message);
        if (!point) {
            message.remove_prefix(1);
            continue;
        }
        // A line that was broken reads on after a space.
        const bool breaks = *point == '\n' || *point == '\t';
        if (is_control(*point) && !breaks) continue;
        if ((breaks || *point == ' ') && (kept.empty() || kept.back() == ' ')) continue;
        kept += breaks ? std::string_view(" ") : before.substr(0, before.size() - message.size());
        ++characters;
    }
    while (!kept.empty() && kept.back() == ' ') kept.pop_back();
    return kept;
}

}  // namespace

void reception_stopped(Flow& flow, const event::ReceptionStopped& stopped) {
    State& state = flow.state;
    // A tablet has no desk, and no patients who come to it.
    if (at_home(state)) return;
    state.stopped = Stopped{stopped.who, cleaned(stopped.message)};
    flow.emit(effect::ReceptionStopped{stopped.who, true});
    if (state.session) return;
    // Nobody is received, so nobody is waited for.
    end_visual(flow, false);
    if (state.screen == Screen::Idle || state.screen == Screen::StaffCheck) rest(flow, state.end_reason);
}

void reception_resumed(Flow& flow, StaffId who) {
    State& state = flow.state;
    if (!state.stopped) return;
    state.stopped.reset();
    flow.emit(effect::ReceptionStopped{who, false});
    if (state.session || state.screen != Screen::OutOfService) return;
    if (state.next_card && state.card_present && state.reader_there) {
        card_placed(flow, *state.next_card);
    } else {
        rest(flow, state.end_reason);
    }
}

}  // namespace uketsuke::core
