#include "app/ui/ruby.h"

#include <algorithm>

#include "app/ui/text.h"

namespace uketsuke::ui {

namespace {

constexpr std::string_view k_bar = "｜";
constexpr std::string_view k_open = "《";
constexpr std::string_view k_close = "》";

void add_plain(std::vector<RubyRun>& runs, std::string_view words) {
    if (words.empty()) return;
    if (runs.empty() || !runs.back().ruby.empty()) runs.emplace_back();
    runs.back().base.append(words);
}

// Where the run of kanji at the end of `words` begins.
std::size_t last_kanji(std::string_view words) {
    std::size_t begin = words.size();
    for (std::string_view rest = words; !rest.empty();) {
        const std::size_t at = words.size() - rest.size();
        const bool kanji = like_kanji(take_code_point(rest));
        if (!kanji) begin = words.size();
        if (kanji && begin == words.size()) begin = at;
    }
    return begin;
}

}  // namespace

bool variation_selector(char32_t point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

bool like_kanji(char32_t point) {
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0x20000 && point <= 0x3FFFF) || point == U'々' || point == U'〆' || point == U'〇' ||
           point == U'ヶ' || variation_selector(point);
}

std::vector<RubyRun> ruby_runs(std::string_view text) {
    std::vector<RubyRun> runs;
    while (!text.empty()) {
        const auto open = text.find(k_open);
        const auto close = open == std::string_view::npos ? open : text.find(k_close, open);
        if (close == std::string_view::npos) break;
        const std::string_view before = text.substr(0, open);
        const auto bar = before.rfind(k_bar);
        const std::size_t plain = bar == std::string_view::npos ? last_kanji(before) : bar;
        const std::string_view base =
            before.substr(bar == std::string_view::npos ? plain : std::min(before.size(), bar + k_bar.size()));
        const std::string_view ruby = text.substr(open + k_open.size(), close - open - k_open.size());
        if (base.empty() || ruby.empty()) {
            add_plain(runs, text.substr(0, close + k_close.size()));
        } else {
            add_plain(runs, before.substr(0, plain));
            runs.push_back({std::string(base), std::string(ruby)});
        }
        text.remove_prefix(close + k_close.size());
    }
    add_plain(runs, text);
    return runs;
}

std::string without_ruby(std::string_view text) {
    std::string base;
    for (const RubyRun& run : ruby_runs(text)) base += run.base;
    return base;
}

std::string written(const RubyRun& run) {
    if (run.ruby.empty()) return run.base;
    std::string words(k_bar);
    words.append(run.base).append(k_open).append(run.ruby).append(k_close);
    return words;
}

}  // namespace uketsuke::ui
