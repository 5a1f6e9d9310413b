#include "app/main/timeline.h"

#include <nlohmann/json.hpp>

namespace uketsuke::app {

tl::expected<Timeline, std::string> Timeline::open(const std::string& path) {
    std::ofstream out(path, std::ios::trunc);
    if (!out) return tl::unexpected("timeline " + path + ": cannot be written");
    return Timeline(std::move(out));
}

void Timeline::record(core::Millis at, core::Screen before, core::Screen after, const core::Event& event,
                      const core::Effects& effects) {
    const bool tick = std::holds_alternative<core::event::Tick>(event);
    if (tick && before == after && effects.empty()) return;
    std::string done;
    for (const auto& effect : effects) {
        if (!done.empty()) done += ", ";
        done += core::describe(effect);
    }
    nlohmann::ordered_json line;
    line["ms"] = at.count();
    line["screen"] = core::name_of(after);
    line["event"] = core::describe(event);
    line["effect"] = done;
    m_out << line.dump() << std::endl;
}

}  // namespace uketsuke::app
