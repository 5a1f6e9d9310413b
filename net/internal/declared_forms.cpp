#include "net/internal/declared_forms.h"

#include <algorithm>

#include "net/internal/ideograph_variants.h"
#include "net/internal/remark_checks.h"

namespace uketsuke::net::internal {
namespace {

// U+FF61 to U+FF9F.
constexpr std::u32string_view k_wide_kana =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリ"
    U"ルレロワン゛゜";

bool is_voiced_mark(char32_t c) {
    return c == U'\u3099' || c == U'゛';
}
bool is_half_voiced_mark(char32_t c) {
    return c == U'\u309A' || c == U'゜';
}

// True when the mark has become part of the character before it.
bool joins(char32_t mark, std::u32string& out) {
    if (out.empty() || (!is_voiced_mark(mark) && !is_half_voiced_mark(mark))) return false;
    char32_t& base = out.back();
    const bool takes_both = std::u32string_view(U"ハヒフヘホはひふへほ").find(base) != std::u32string_view::npos;
    const bool takes_one =
        std::u32string_view(U"カキクケコサシスセソタチツテトかきくけこさしすせそたちつてと").find(base) !=
        std::u32string_view::npos;
    if (is_half_voiced_mark(mark)) {
        if (takes_both) base += 2;
        return takes_both;
    }
    if (base == U'ウ') base = U'ヴ';
    if (takes_both || takes_one) base += 1;
    return takes_both || takes_one || base == U'ヴ';
}

bool is_blank_point(char32_t c) {
    return c <= U' ' || c == U'\u00A0' || c == U'\u3000';
}

bool is_left_out(char32_t c) {
    const bool selector = (c >= U'\uFE00' && c <= U'\uFE0F') || (c >= U'\U000E0100' && c <= U'\U000E01EF');
    return selector || c == U'・' || c == U'･';
}

char32_t one_spelling(char32_t c) {
    if (c >= U'！' && c <= U'～') c -= U'！' - U'!';
    if (c >= U'a' && c <= U'z') return c - U'a' + U'A';
    return one_ideograph(c);
}

char32_t large_katakana(char32_t c) {
    if (c >= U'ぁ' && c <= U'ゖ') c += U'ァ' - U'ぁ';
    if (c == U'ヵ') return U'カ';
    if (c == U'ヶ') return U'ケ';
    return std::u32string_view(U"ァィゥェォッャュョヮ").find(c) == std::u32string_view::npos ? c : c + 1;
}

bool is_bar(char32_t c) {
    return std::u32string_view(U"-‐‑‒–—―−ー").find(c) != std::u32string_view::npos;
}

enum class Blanks { Drop, Keep };

std::u32string unified(std::string_view text, Blanks blanks = Blanks::Drop) {
    std::u32string points = characters_of(text);
    std::u32string out;
    out.reserve(points.size());
    for (char32_t c : points) {
        if (is_blank_point(c)) {
            if (blanks == Blanks::Keep) out.push_back(U' ');
            continue;
        }
        if (c >= U'｡' && c <= U'ﾟ') c = k_wide_kana[c - U'｡'];
        if (is_left_out(c) || joins(c, out)) continue;
        // 佐々木 is 佐佐木.
        out.push_back(c == U'々' && !out.empty() ? out.back() : one_spelling(c));
    }
    sodium_memzero(points.data(), points.size() * sizeof(char32_t));
    return out;
}

bool stands_for_any(char32_t c) {
    return c == U'●' || c == U'〓' || c == U'\uFFFD';
}

bool ends_alike(std::u32string_view a, std::u32string_view b) {
    const std::size_t length = std::min(a.size(), b.size());
    return same(a.substr(a.size() - length), b.substr(b.size() - length));
}

bool begin_alike(std::u32string_view a, std::u32string_view b) {
    const std::size_t length = std::min(a.size(), b.size());
    return same(a.substr(0, length), b.substr(0, length));
}

// 47 of them: 京都府 must not be taken for 京都 of its own, nor 東京都 be cut within.
constexpr std::u32string_view k_prefectures =
    U"北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 "
    U"富山県 石川県 "
    U"福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    U"岡山県 広島県 "
    U"山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県";

std::size_t prefecture_length(std::u32string_view text) {
    for (std::size_t at = 0; at < k_prefectures.size();) {
        const std::size_t end = std::min(k_prefectures.find(U' ', at), k_prefectures.size());
        const std::u32string_view one = k_prefectures.substr(at, end - at);
        if (text.starts_with(one)) return one.size();
        at = end + 1;
    }
    return 0;
}

constexpr std::u32string_view k_digits = U"〇一二三四五六七八九";
constexpr int k_most = 999'999;

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
bool is_kanji_digit(char32_t c) {
    return c == U'十' || c == U'百' || k_digits.find(c) != std::u32string_view::npos;
}

// 十二 and 一二 are both 12.
int kanji_number(std::u32string_view text) {
    int total = 0, digit = 0;
    bool pending = false;
    for (const char32_t c : text) {
        if (c == U'十' || c == U'百') {
            total += (pending ? digit : 1) * (c == U'十' ? 10 : 100);
            digit = 0;
            pending = false;
        } else {
            digit = std::min(digit * 10 + static_cast<int>(k_digits.find(c)), k_most);
            pending = true;
        }
    }
    return std::min(total + digit, k_most);
}

// What stands between two parts of a number and is no word: its length; 0: a word begins here.
std::size_t divider_length(std::u32string_view rest) {
    static constexpr std::u32string_view k_dividers[] = {U"丁目", U"丁", U"番地", U"番", U"号室", U"号", U"室", U"階"};
    std::size_t length = 0;
    for (const std::u32string_view one : k_dividers) {
        if (!rest.starts_with(one)) continue;
        length = one.size();
        break;
    }
    // 三番町 is a name.
    if (length > 0 && rest.substr(length).starts_with(U"町")) return 0;
    const std::u32string_view after = rest.substr(length);
    if (after.size() < 2) return length;
    const bool joined = is_bar(after[0]) || std::u32string_view(U"のノ之").find(after[0]) != std::u32string_view::npos;
    return joined && (is_digit(after[1]) || is_kanji_digit(after[1])) ? length + 1 : length;
}

// Kanji are a number where a divider follows, and where one that ended in a bar or の went before.
bool counts(std::u32string_view rest, std::size_t digits, bool after_divider) {
    const std::u32string_view next = rest.substr(digits);
    static constexpr std::u32string_view k_counters = U"丁番号条線";
    return after_divider || (!next.empty() && k_counters.find(next[0]) != std::u32string_view::npos);
}

Points words_from(std::u32string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        // 大字 and 字 are written or left out.
        if (text.substr(i).starts_with(U"大字")) continue;
        const char32_t c = large_katakana(text[i]);
        if (is_bar(c) || c == U'字') continue;
        // 霞が関, 霞ヶ関, 霞ケ関; 一之宮, 一ノ宮.
        out.push_back(c == U'ガ' ? U'ケ' : (c == U'之' ? U'ノ' : c));
    }
    return Points(std::move(out));
}

// A blank between two numbers keeps them apart.
Points place_form(std::string_view address) {
    std::u32string all = unified(address, Blanks::Keep);
    std::u32string out;
    out.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] != U' ') {
            out.push_back(all[i]);
        } else if (!out.empty() && is_digit(out.back()) && i + 1 < all.size() && is_digit(all[i + 1])) {
            out.push_back(U'-');
        }
    }
    sodium_memzero(all.data(), all.size() * sizeof(char32_t));
    return Points(std::move(out));
}

}  // namespace

Points name_form(std::string_view text) {
    return Points(unified(text));
}

Points kana_form(std::string_view text) {
    std::u32string out = unified(text);
    std::erase_if(out, is_bar);
    std::transform(out.begin(), out.end(), out.begin(), large_katakana);
    return Points(std::move(out));
}

bool same(std::u32string_view said, std::u32string_view known) {
    return std::equal(said.begin(), said.end(), known.begin(), known.end(),
                      [](char32_t a, char32_t b) { return a == b || stands_for_any(b) || stands_for_any(a); });
}

bool one_holds_the_other(std::u32string_view said, std::u32string_view known) {
    const std::u32string_view& whole = said.size() < known.size() ? known : said;
    const std::u32string_view& part = said.size() < known.size() ? said : known;
    for (std::size_t at = 0; at + part.size() <= whole.size(); ++at) {
        if (same(part, whole.substr(at, part.size()))) return true;
    }
    return false;
}

std::string digits_of(std::string_view text) {
    std::string digits;
    const Points points = name_form(text);
    for (const char32_t c : points.view()) {
        if (is_digit(c)) digits.push_back(static_cast<char>(c));
    }
    return digits;
}

Place place_of(std::string_view address) {
    const Points all = place_form(address);
    std::u32string_view rest = all.view();
    Place place;
    const std::size_t prefecture = prefecture_length(rest);
    place.prefecture = Points(std::u32string(rest.substr(0, prefecture)));
    rest.remove_prefix(prefecture);
    std::size_t word = 0;  // characters of `rest` that are a word so far
    bool after_divider = false;
    while (word < rest.size()) {
        const std::u32string_view here = rest.substr(word);
        std::size_t digits = 0;
        while (digits < here.size() && is_digit(here[digits])) ++digits;
        int number = 0;
        for (const char32_t c : here.substr(0, digits))
            number = std::min(number * 10 + static_cast<int>(c - U'0'), k_most);
        if (digits == 0) {
            while (digits < here.size() && is_kanji_digit(here[digits])) ++digits;
            if (digits == 0 || !counts(here, digits, after_divider && word == 0)) {
                word += std::max<std::size_t>(digits, 1);
                continue;
            }
            number = kanji_number(here.substr(0, digits));
        }
        place.words.push_back(words_from(rest.substr(0, word)));
        place.numbers.push_back(number);
        rest.remove_prefix(word + digits);
        const std::size_t divider = divider_length(rest);
        after_divider = divider > 0;
        rest.remove_prefix(divider);
        word = 0;
    }
    place.words.push_back(words_from(rest));
    return place;
}

bool same_place(const Place& said, const Place& known) {
    const bool prefectures =
        said.prefecture.empty() || known.prefecture.empty() || said.prefecture.view() == known.prefecture.view();
    if (!prefectures || !ends_alike(said.words[0].view(), known.words[0].view())) return false;
    const std::size_t numbers = std::min(said.numbers.size(), known.numbers.size());
    for (std::size_t i = 0; i < numbers; ++i) {
        if (said.numbers[i] != known.numbers[i]) return false;
        if (!begin_alike(said.words[i + 1].view(), known.words[i + 1].view())) return false;
    }
    return true;
}

}  // namespace uketsuke::net::internal
