#include "app/core/romaji.h"

#include <algorithm>
#include <array>

namespace uketsuke::core {
namespace {

constexpr std::string_view k_vowels = "aiueo";

struct Row {
    std::string_view letters;
    std::array<std::string_view, 5> kana;  // before a, i, u, e, o; empty: none
};
constexpr Row k_rows[]{
    {"", {"あ", "い", "う", "え", "お"}},
    {"k", {"か", "き", "く", "け", "こ"}},
    {"s", {"さ", "し", "す", "せ", "そ"}},
    {"t", {"た", "ち", "つ", "て", "と"}},
    {"n", {"な", "に", "ぬ", "ね", "の"}},
    {"h", {"は", "ひ", "ふ", "へ", "ほ"}},
    {"m", {"ま", "み", "む", "め", "も"}},
    {"y", {"や", "い", "ゆ", "いぇ", "よ"}},
    {"r", {"ら", "り", "る", "れ", "ろ"}},
    {"w", {"わ", "うぃ", "う", "うぇ", "を"}},
    {"g", {"が", "ぎ", "ぐ", "げ", "ご"}},
    {"z", {"ざ", "じ", "ず", "ぜ", "ぞ"}},
    {"d", {"だ", "ぢ", "づ", "で", "ど"}},
    {"b", {"ば", "び", "ぶ", "べ", "ぼ"}},
    {"p", {"ぱ", "ぴ", "ぷ", "ぺ", "ぽ"}},
    {"c", {"か", "し", "く", "せ", "こ"}},
    {"f", {"ふぁ", "ふぃ", "ふ", "ふぇ", "ふぉ"}},
    {"j", {"じゃ", "じ", "じゅ", "じぇ", "じょ"}},
    {"v", {"ゔぁ", "ゔぃ", "ゔ", "ゔぇ", "ゔぉ"}},
    {"q", {"くぁ", "くぃ", "く", "くぇ", "くぉ"}},
    {"sh", {"しゃ", "し", "しゅ", "しぇ", "しょ"}},
    {"ch", {"ちゃ", "ち", "ちゅ", "ちぇ", "ちょ"}},
    {"ts", {"つぁ", "つぃ", "つ", "つぇ", "つぉ"}},
    {"dz", {"", "", "づ", "", ""}},
    {"th", {"てゃ", "てぃ", "てゅ", "てぇ", "てょ"}},
    {"dh", {"でゃ", "でぃ", "でゅ", "でぇ", "でょ"}},
    {"tw", {"", "", "とぅ", "", ""}},
    {"dw", {"", "", "どぅ", "", ""}},
    {"kw", {"くぁ", "くぃ", "", "くぇ", "くぉ"}},
    {"gw", {"ぐぁ", "ぐぃ", "", "ぐぇ", "ぐぉ"}},
    {"ky", {"きゃ", "きぃ", "きゅ", "きぇ", "きょ"}},
    {"gy", {"ぎゃ", "ぎぃ", "ぎゅ", "ぎぇ", "ぎょ"}},
    {"sy", {"しゃ", "しぃ", "しゅ", "しぇ", "しょ"}},
    {"zy", {"じゃ", "じぃ", "じゅ", "じぇ", "じょ"}},
    {"jy", {"じゃ", "じぃ", "じゅ", "じぇ", "じょ"}},
    {"ty", {"ちゃ", "ちぃ", "ちゅ", "ちぇ", "ちょ"}},
    {"cy", {"ちゃ", "ちぃ", "ちゅ", "ちぇ", "ちょ"}},
    {"dy", {"ぢゃ", "ぢぃ", "ぢゅ", "ぢぇ", "ぢょ"}},
    {"ny", {"にゃ", "にぃ", "にゅ", "にぇ", "にょ"}},
    {"hy", {"ひゃ", "ひぃ", "ひゅ", "ひぇ", "ひょ"}},
    {"fy", {"ふゃ", "", "ふゅ", "", "ふょ"}},
    {"by", {"びゃ", "びぃ", "びゅ", "びぇ", "びょ"}},
    {"py", {"ぴゃ", "ぴぃ", "ぴゅ", "ぴぇ", "ぴょ"}},
    {"my", {"みゃ", "みぃ", "みゅ", "みぇ", "みょ"}},
    {"ry", {"りゃ", "りぃ", "りゅ", "りぇ", "りょ"}},
    {"vy", {"", "", "ゔゅ", "", ""}},
    {"x", {"ぁ", "ぃ", "ぅ", "ぇ", "ぉ"}},
    {"l", {"ぁ", "ぃ", "ぅ", "ぇ", "ぉ"}},
    {"xy", {"ゃ", "", "ゅ", "", "ょ"}},
    {"ly", {"ゃ", "", "ゅ", "", "ょ"}},
    {"xt", {"", "", "っ", "", ""}},
    {"lt", {"", "", "っ", "", ""}},
    {"xts", {"", "", "っ", "", ""}},
    {"lts", {"", "", "っ", "", ""}},
    {"xw", {"ゎ", "", "", "", ""}},
    {"lw", {"ゎ", "", "", "", ""}},
};

bool begins_a_row(std::string_view letters) {
    return std::any_of(std::begin(k_rows), std::end(k_rows),
                       [&](const Row& row) { return !letters.empty() && row.letters.starts_with(letters); });
}

std::string_view kana_of(std::string_view letters, char vowel) {
    for (const Row& row : k_rows) {
        if (row.letters == letters) return row.kana.at(k_vowels.find(vowel));
    }
    return {};
}

// The kana that waiting letters are when a consonant follows them: nt → ん, tt and tch → っ, mb → ん.
std::string_view kana_before(std::string_view waiting, char consonant) {
    if (waiting == "n") return "ん";
    if (waiting == "m" && (consonant == 'b' || consonant == 'p' || consonant == 'm')) return "ん";
    if (waiting.size() == 1 && (waiting[0] == consonant || (waiting[0] == 't' && consonant == 'c'))) return "っ";
    return {};
}

}  // namespace

std::string_view letters_at_end(std::string_view text) {
    std::size_t from = text.size();
    while (from > 0 && text[from - 1] >= 'a' && text[from - 1] <= 'z') --from;
    return text.substr(from);
}

std::optional<SecretText> type_letter(std::string_view waiting, char letter) {
    const std::string_view typed(&letter, 1);
    if (k_vowels.find(letter) != std::string_view::npos) {
        // Of what is no kana together, the letters nearest to the vowel were meant.
        for (; !waiting.empty(); waiting.remove_prefix(1)) {
            if (const auto kana = kana_of(waiting, letter); !kana.empty()) return SecretText(kana);
        }
        return SecretText(kana_of("", letter));
    }
    SecretText result(waiting);
    result.append(typed);
    if (begins_a_row(result.view())) return result;
    // A second n ends the syllable by itself.
    if (waiting == "n" && letter == 'n') return SecretText("ん");
    if (!begins_a_row(typed)) return std::nullopt;
    result = SecretText(kana_before(waiting, letter));
    result.append(typed);
    return result;
}

bool end_of_syllable(SecretText& composed) {
    if (letters_at_end(composed.view()) != "n") return false;
    composed.truncate(composed.size() - 1);
    return composed.append("ん");
}

}  // namespace uketsuke::core
