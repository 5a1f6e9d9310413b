#include "app/voice/segments.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "app/ui/text.h"

namespace uketsuke::voice {
namespace {

// Longer ones first where one begins another.
constexpr std::array k_counters{
    Counter{"か月", "kagetsu", "か月", "かげつ", 12},
    Counter{"時間", "jikan", "時間", "じかん", 24},
    Counter{"回", "kai", "回", "かい", 20},
    Counter{"日", "nichi", "日", "にち", 31},
    Counter{"秒", "byou", "秒", "びょう", 60},
    Counter{"分", "fun", "分", "ふん", 60},
    Counter{"つ", "tsu", "つ", "", 9},
    Counter{"こ", "ko", "個", "こ", 20},
    Counter{"個", "ko", "個", "こ", 20},
    Counter{"ばん", "ban", "番", "ばん", 20},
    Counter{"番", "ban", "番", "ばん", 20},
    Counter{"月", "gatsu", "月", "がつ", 12},
    Counter{"年", "nen", "年", "ねん", 20},
    Counter{"けた", "keta", "けた", "けた", 20},
    Counter{"桁", "keta", "けた", "けた", 20},
    Counter{"枚", "mai", "枚", "まい", 20},
    Counter{"人", "nin", "人", "にん", 20},
    Counter{"件", "ken", "件", "けん", 20},
    Counter{"歳", "sai", "歳", "さい", 20},
};

constexpr std::array<std::string_view, 3> k_honorifics{"様", "さま", "さん"};

bool take(std::string_view& rest, std::string_view start) {
    if (!rest.starts_with(start)) return false;
    rest.remove_prefix(start.size());
    return true;
}

bool is_speakable(char32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const auto in = [c](char32_t least, char32_t most) { return c >= least && c <= most; };
    if (in(0x80, 0xBF) || in(0x2000, 0x2BFF) || in(0xFE00, 0xFE0F) || c == 0xFFFD) return false;
    if (in(0x3000, 0x303F)) return c == 0x3005 || c == 0x3006 || c == 0x3007;  // 々〆〇
    if (c == 0x30FB) return false;                                             // ・
    return !(in(0xFF00, 0xFF0F) || in(0xFF1A, 0xFF20) || in(0xFF3B, 0xFF40) || in(0xFF5B, 0xFF65));
}

// The ends of words after which a listener waits anyway.
bool ends_with_pause(std::string_view words) {
    constexpr std::array<std::string_view, 14> k_pauses{"。", "、", "，", "．", "！", "？", "：",
                                                        "…",  ".",  ",",  "!",  "?",  ":",  ";"};
    return std::any_of(k_pauses.begin(), k_pauses.end(), [&](auto pause) { return words.ends_with(pause); });
}

void add_pause(std::string& words, Grammar grammar) {
    if (!can_be_spoken(words)) return;
    while (words.ends_with(' ')) words.pop_back();
    const bool japanese = grammar == Grammar::Japanese;
    if (!ends_with_pause(words)) words += japanese ? "、" : ",";
    if (!japanese) words += ' ';
}

// The spaces of easy Japanese are for the eye: the engine would wait at each.
std::string without_spaces(std::string_view words) {
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    std::string kept;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool inside = i > 0 && i + 1 < words.size() && is_ascii(words[i - 1]) && is_ascii(words[i + 1]);
        if (words[i] != ' ' || inside) kept += words[i];
    }
    return kept;
}

// Without what an engine would stumble over at either end.
std::string trimmed(std::string_view words) {
    while (!words.empty()) {
        std::string_view rest = words;
        if (is_speakable(ui::take_code_point(rest))) break;
        words = rest;
    }
    while (words.ends_with(' ') || words.ends_with('-')) words.remove_suffix(1);
    return std::string{words};
}

// Nobody recorded them: somebody's own words, and the days of somebody's life.
constexpr std::array<std::string_view, 6> k_unsaid{"{quoted}", "{date}", "{era}", "{year}", "{month}", "{day}"};

void skip_marks(std::string_view& rest) {
    while (take(rest, "|")) {
    }
}

}  // namespace

bool can_be_spoken(std::string_view words) {
    while (!words.empty()) {
        if (is_speakable(ui::take_code_point(words))) return true;
    }
    return false;
}

const Counter* counter_written(std::string_view written) {
    const auto* found =
        std::find_if(k_counters.begin(), k_counters.end(), [&](const Counter& row) { return row.written == written; });
    return found == k_counters.end() ? nullptr : found;
}

std::vector<Segment> segments_of(std::string_view text, Grammar grammar) {
    std::vector<Segment> segments;
    std::string words;
    const auto end_words = [&] {
        std::string piece = trimmed(std::exchange(words, {}));
        if (grammar == Grammar::Japanese) piece = without_spaces(piece);
        segments.push_back({std::move(piece), 0, nullptr});
    };
    while (!text.empty()) {
        if (take(text, "|") || take(text, "｜")) continue;
        if (take(text, "\n")) {
            add_pause(words, grammar);
        } else if (take(text, "《")) {
            // A reading for the eye; the engine knows its own.
            const std::size_t close = text.find("》");
            if (close != std::string_view::npos) text.remove_prefix(close + std::string_view{"》"}.size());
        } else if (take(text, "{name}")) {
            while (take(text, " ") || take(text, "|")) {
            }
            for (const std::string_view honorific : k_honorifics) {
                if (take(text, honorific)) break;
            }
        } else if (std::ranges::any_of(k_unsaid, [&](std::string_view place) { return take(text, place); })) {
            continue;
        } else if (text.starts_with("{n}") || text.starts_with("{m}")) {
            end_words();
            Segment number{{}, text[1], nullptr};
            text.remove_prefix(3);
            skip_marks(text);
            if (grammar == Grammar::Japanese) {
                const auto* counter = std::find_if(k_counters.begin(), k_counters.end(),
                                                   [&](const Counter& row) { return text.starts_with(row.written); });
                if (counter != k_counters.end()) {
                    number.counter = counter;
                    take(text, counter->written);
                }
            }
            segments.push_back(std::move(number));
        } else {
            std::string_view rest = text;
            const char32_t point = ui::take_code_point(rest);
            if (point < 0x20 || point == 0x7F) {
                words += ' ';
            } else {
                words += text.substr(0, text.size() - rest.size());
            }
            text = rest;
        }
    }
    end_words();
    return segments;
}

}  // namespace uketsuke::voice
