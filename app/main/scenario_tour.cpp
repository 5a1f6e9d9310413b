#include "app/main/scenario_words.h"

namespace uketsuke::app {

Parsed tour_code(const Words& words) {
    if (!all_digits(words[1]) || words[1].size() < 4 || words[1].size() > 12) return no("CODE <4 to 12 digits>");
    return command::TypeCode{words[1]};
}

Parsed battery(const Words& words) {
    const auto percent = number(words[1], 100);
    if (!percent || (words.size() > 2 && words[2] != "charging")) return no("BATTERY <percent> [charging]");
    return command::Battery{{*percent, words.size() > 2}};
}

Parsed power_cut(const Words& words) {
    if (words[1] != "off-on") return no("POWER off-on");
    return command::PowerCut{};
}

}  // namespace uketsuke::app
