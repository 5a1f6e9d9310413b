// Readings above characters, written in the sentences themselves the way Aozora Bunko does: "｜漢字《かんじ》". Without
// the ｜ the reading belongs to the run of kanji right before it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace uketsuke::ui {

struct RubyRun {
    std::string base;
    std::string ruby;  // empty: no reading
    friend bool operator==(const RubyRun&, const RubyRun&) = default;
};

// A ｜ without a reading and a 《 that is never closed are letters like any other.
std::vector<RubyRun> ruby_runs(std::string_view text);

// The base letters alone.
std::string without_ruby(std::string_view text);

// "base", or "｜base《ruby》", which means the same wherever it is put.
std::string written(const RubyRun& run);

// Ideographs and what is read like one (々, 〆, 〇, ヶ), and the selectors of their variants.
bool like_kanji(char32_t point);

// U+FE00–FE0F and U+E0100–E01EF: they choose another shape of the character before them.
bool variation_selector(char32_t point);

}  // namespace uketsuke::ui
