#include "app/main/scenario_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

namespace uketsuke::app {
namespace {

constexpr std::size_t k_largest_file = 64 * 1024;
constexpr std::chrono::milliseconds k_default_wait{20'000};
constexpr int k_longest_ms = 24 * 3600 * 1000;

Parsed press_key(const Words& words) {
    constexpr std::array<std::pair<std::string_view, ui::GuideKey>, 4> k_keys{{{"next", ui::GuideKey::Next},
                                                                               {"previous", ui::GuideKey::Previous},
                                                                               {"select", ui::GuideKey::Select},
                                                                               {"listen", ui::GuideKey::Listen}}};
    if (words[1] == "to" && words.size() > 2) {
        const auto to = tap(Words(words.begin() + 1, words.end()));
        if (!to) return to;
        return command::PressKey{ui::GuideKey::Next, std::get<command::Tap>(*to).intent};
    }
    for (const auto& [name, key] : k_keys) {
        if (words[1] == name && words.size() == 2) return command::PressKey{key, std::nullopt};
    }
    return no("KEY next|previous|select|listen, or KEY to <intent> [value]");
}

Parsed spoken(const Words& words) {
    return command::Spoken{rest(words), words[0] == "UNSPOKEN"};
}

Parsed wait(const Words& words) {
    const auto screen = core::screen_named(words[1]);
    if (!screen) return no(fmt::format("no screen '{}'", words[1]));
    command::Wait command{*screen, k_default_wait};
    if (words.size() > 2) {
        const auto ms = number(words[2], k_longest_ms);
        if (!ms) return no("WAIT <screen> [milliseconds]");
        command.at_most = std::chrono::milliseconds{*ms};
    }
    return command;
}

Parsed expect(const Words& words) {
    if (words.size() == 2) {
        if (const auto screen = core::screen_named(words[1])) return command::ExpectScreen{*screen};
    }
    return command::ExpectText{rest(words)};
}

Parsed absent(const Words& words) {
    return command::ExpectText{rest(words), true};
}

Parsed shot(const Words& words) {
    const std::string& name = words[1];
    const bool plain = name.find('/') == std::string::npos && name.size() > 4 && name.ends_with(".png");
    if (!plain) return no("SHOT <name.png>, without a folder");
    return command::Shot{name};
}

Parsed pin(const Words& words) {
    if (words[1].size() != 4 || !all_digits(words[1])) return no("PIN <4 digits>");
    return command::TypePin{words[1]};
}

Parsed printed_number(const Words& words) {
    if (words[1].size() != 14 || !all_digits(words[1])) return no("NUMBER <14 digits>");
    return command::TypeNumber{words[1]};
}

Parsed staff(const Words& words) {
    if (words[1] != "visual" || !all_digits(words[2])) return no("STAFF visual <code>");
    return command::StaffVisual{words[2]};
}

Parsed desk_allow(const Words& words) {
    for (const auto purpose :
         {core::StaffPurpose::OrderedKeypad, core::StaffPurpose::WaiveChallenge, core::StaffPurpose::TypeNumber}) {
        if (words.size() == 3 && words[2] == core::name_of(purpose)) {
            command::Desk desk{command::Desk::Kind::Allow};
            desk.purpose = purpose;
            return desk;
        }
    }
    return no("DESK allow ordered-keypad|waive-challenge|type-number");
}

Parsed desk_visual(const Words& words) {
    const auto reason = words.size() == 2 ? core::VisualReason::Other : visual_reason(words[2]);
    if (!reason || words.size() > 3) return no(fmt::format("DESK visual [{}]", k_reasons));
    return command::Desk{command::Desk::Kind::Visual, *reason};
}

Parsed desk(const Words& words) {
    using Kind = command::Desk::Kind;
    if (words[1] == "visual") return desk_visual(words);
    if (words[1] == "allow") return desk_allow(words);
    if (words[1] == "stop") {
        command::Desk stop{Kind::Stop};
        for (std::size_t i = 2; i < words.size(); ++i) stop.message += (i > 2 ? " " : "") + words[i];
        return stop;
    }
    constexpr std::array<std::pair<std::string_view, Kind>, 3> k_plain{
        {{"withdraw", Kind::Withdraw}, {"resume", Kind::Resume}, {"coming", Kind::Coming}}};
    for (const auto& [name, kind] : k_plain) {
        if (words[1] == name && words.size() == 2) return command::Desk{kind};
    }
    return no("DESK visual|withdraw|allow|stop|resume|coming");
}

Parsed reader(const Words& words) {
    if (words[1] != "plug" && words[1] != "unplug") return no("READER unplug|plug");
    return command::Reader{words[1] == "plug"};
}

Parsed headphones(const Words& words) {
    if (words[1] != "in" && words[1] != "out") return no("HEADPHONES in|out");
    return command::Headphones{words[1] == "in"};
}

Parsed needs(const Words& words) {
    if (words[1] != "face") return no("NEEDS face");
    return command::NeedsFace{};
}

Parsed advance(const Words& words) {
    const auto ms = number(words[1], k_longest_ms);
    if (!ms) return no("ADVANCE <milliseconds>");
    return command::Advance{std::chrono::milliseconds{*ms}};
}

struct Word {
    std::size_t least;  // words in the line, the command's own included
    std::size_t most;
    Parsed (*parse)(const Words&);
};

const std::map<std::string, Word>& vocabulary() {
    static const std::map<std::string, Word> words{
        {"NEEDS", {2, 2, needs}},
        {"PLACE", {2, 2, [](const Words& w) -> Parsed { return command::Place{w[1]}; }}},
        {"REMOVE", {1, 1, [](const Words&) -> Parsed { return command::Remove{}; }}},
        {"TAP", {2, 3, tap}},
        {"TOUCH", {1, 1, [](const Words&) -> Parsed { return command::Touch{}; }}},
        {"HEADPHONES", {2, 2, headphones}},
        {"KEY", {2, 4, press_key}},
        {"SPOKEN", {2, 64, spoken}},
        {"UNSPOKEN", {2, 64, spoken}},
        {"PIN", {2, 2, pin}},
        {"STAFF", {3, 3, staff}},
        {"DESK", {2, 64, desk}},
        {"FRONT", {2, 2, [](const Words& w) -> Parsed { return command::Front{w[1]}; }}},
        {"NUMBER", {2, 2, printed_number}},
        {"CAMERA", {2, 2, [](const Words& w) -> Parsed { return command::Camera{w[1]}; }}},
        {"NET", {2, 3, [](const Words& w) -> Parsed { return command::Network{rest(w)}; }}},
        {"READER", {2, 2, reader}},
        {"WAIT", {2, 3, wait}},
        {"EXPECT", {2, 64, expect}},
        {"TYPE", {2, 64, type_text}},
        {"CHOOSE", {2, 64, choose}},
        {"WHEEL", {5, 5, wheel}},
        {"SIGN", {1, 1, [](const Words&) -> Parsed { return command::Sign{}; }}},
        {"TOUCHES", {2, 2, touches}},
        {"DOCUMENT", {2, 2, document}},
        {"CODE", {2, 2, tour_code}},
        {"ROTATE", {1, 1, [](const Words&) -> Parsed { return command::Rotate{}; }}},
        {"BATTERY", {2, 3, battery}},
        {"LOST", {1, 1, [](const Words&) -> Parsed { return command::Lost{}; }}},
        {"POWER", {2, 2, power_cut}},
        {"ABSENT", {2, 64, absent}},
        {"SHOT", {2, 2, shot}},
        {"ADVANCE", {2, 2, advance}},
    };
    return words;
}

// What is printed and recorded of a line: the digits of a secret are not.
std::string without_secrets(const Words& words) {
    if (words[0] == "PIN" || words[0] == "NUMBER" || words[0] == "CODE") return words[0] + " ****";
    if (words[0] == "STAFF") return "STAFF visual ****";
    if (words[0] == "TYPE" || words[0] == "CHOOSE") return words[0] + " ****";
    if (words[0] == "KEY" && words.size() == 4 && words[2] == "digit") return "KEY to digit *";
    return words[0] + (words.size() > 1 ? " " + rest(words) : "");
}

}  // namespace

tl::expected<std::optional<ScenarioLine>, std::string> parse_line(std::string line, int number,
                                                                  const std::string& file) {
    line.resize(std::min(line.size(), line.find('#')));
    std::istringstream parts(line);
    Words words;
    for (std::string word; parts >> word;) words.push_back(word);
    if (words.empty()) return std::nullopt;
    const auto known = vocabulary().find(words[0]);
    if (known == vocabulary().end()) return no(fmt::format("{}:{}: no command '{}'", file, number, words[0]));
    if (words.size() < known->second.least || words.size() > known->second.most) {
        return no(fmt::format("{}:{}: {} with {} words", file, number, words[0], words.size()));
    }
    auto command = known->second.parse(words);
    if (!command) return no(fmt::format("{}:{}: {}", file, number, command.error()));
    return ScenarioLine{number, without_secrets(words), std::move(*command)};
}

tl::expected<Scenario, std::string> parse_scenario(const std::string& text, const std::string& file) {
    Scenario scenario;
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        auto parsed = parse_line(std::move(line), number, file);
        if (!parsed) return no(parsed.error());
        if (*parsed) scenario.push_back(std::move(**parsed));
    }
    return scenario;
}

tl::expected<Scenario, std::string> load_scenario(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return no(fmt::format("{}: cannot be read", file));
    std::string text(k_largest_file + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > k_largest_file) return no(fmt::format("{}: larger than {} bytes", file, k_largest_file));
    return parse_scenario(text, file);
}

}  // namespace uketsuke::app
