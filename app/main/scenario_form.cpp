#include "app/main/scenario_words.h"

namespace uketsuke::app {
namespace {

constexpr int k_latest_year = 2'999;

std::optional<core::Era> era_named(const std::string& word) {
    constexpr std::pair<std::string_view, core::Era> k_names[] = {{"western", core::Era::Western},
                                                                  {"taisho", core::Era::Taisho},
                                                                  {"showa", core::Era::Showa},
                                                                  {"heisei", core::Era::Heisei},
                                                                  {"reiwa", core::Era::Reiwa}};
    for (const auto& [name, era] : k_names) {
        if (word == name) return era;
    }
    return std::nullopt;
}

}  // namespace

Parsed type_text(const Words& words) {
    return command::TypeText{rest(words)};
}

Parsed choose(const Words& words) {
    return command::Choose{rest(words)};
}

Parsed wheel(const Words& words) {
    const auto era = era_named(words[1]);
    const auto year = number(words[2], k_latest_year);
    const auto month = number(words[3], 12);
    const auto day = number(words[4], 31);
    if (!era || !year || !month || !day) return no("WHEEL western|taisho|showa|heisei|reiwa <year> <month> <day>");
    return command::Wheel{
        {*era, static_cast<std::int16_t>(*year), static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)}};
}

Parsed touches(const Words& words) {
    const auto most = number(words[1], 10'000);
    if (!most) return no("TOUCHES <number>");
    return command::Touches{*most};
}

Parsed document(const Words& words) {
    const std::string& name = words[1];
    const bool plain = name.find('/') == std::string::npos && name.size() > 4 && name.ends_with(".pdf");
    if (!plain) return no("DOCUMENT <name.pdf>, without a folder");
    return command::Document{name};
}

}  // namespace uketsuke::app
