#include "app/core/keyboard.h"

#include <array>

#include "app/core/code_points.h"
#include "app/core/romaji.h"

namespace uketsuke::core {
namespace {

constexpr std::array<std::string_view, k_kana_keys> k_kana{
    "あ", "い", "う", "え", "お", "か", "き", "く", "け", "こ", "さ", "し", "す", "せ", "そ", "た", "ち", "つ",
    "て", "と", "な", "に", "ぬ", "ね", "の", "は", "ひ", "ふ", "へ", "ほ", "ま", "み", "む", "め", "も", "や",
    "",   "ゆ", "",   "よ", "ら", "り", "る", "れ", "ろ", "わ", "を", "ん", "ー", " ",  "゛", "゜", "小"};

constexpr std::array<std::string_view, k_letter_keys> k_small_letters{"a", "b", "c", "d", "e", "f", "g",  "h", "i", "j",
                                                                      "k", "l", "m", "n", "o", "p", "q",  "r", "s", "t",
                                                                      "u", "v", "w", "x", "y", "z", "ー", " "};
constexpr std::array<std::string_view, k_letter_keys> k_capital_letters{
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N",
    "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z", "-", " "};
constexpr std::array<std::string_view, k_digit_keys> k_digits{"0", "1", "2",    "3",    "4",  "5",  "6",  "7", "8",
                                                              "9", "-", "丁目", "番地", "番", "号", "の", " "};

constexpr std::uint8_t k_kana_space = 49;
constexpr std::uint8_t k_long_vowel = 26;
constexpr std::uint8_t k_space = 27;

// One kana in its shapes; empty: it has no such one.
struct Shapes {
    std::string_view plain, voiced, half_voiced, small;
};
constexpr std::array<Shapes, 29> k_shapes{{
    {"か", "が", "", ""},   {"き", "ぎ", "", ""},   {"く", "ぐ", "", ""},   {"け", "げ", "", ""},
    {"こ", "ご", "", ""},   {"さ", "ざ", "", ""},   {"し", "じ", "", ""},   {"す", "ず", "", ""},
    {"せ", "ぜ", "", ""},   {"そ", "ぞ", "", ""},   {"た", "だ", "", ""},   {"ち", "ぢ", "", ""},
    {"つ", "づ", "", "っ"}, {"て", "で", "", ""},   {"と", "ど", "", ""},   {"は", "ば", "ぱ", ""},
    {"ひ", "び", "ぴ", ""}, {"ふ", "ぶ", "ぷ", ""}, {"へ", "べ", "ぺ", ""}, {"ほ", "ぼ", "ぽ", ""},
    {"う", "ゔ", "", "ぅ"}, {"あ", "", "", "ぁ"},   {"い", "", "", "ぃ"},   {"え", "", "", "ぇ"},
    {"お", "", "", "ぉ"},   {"や", "", "", "ゃ"},   {"ゆ", "", "", "ゅ"},   {"よ", "", "", "ょ"},
    {"わ", "", "", "ゎ"},
}};

// The last kana of the text in another shape; in the one that it has already, in its plain one.
bool change_last_kana(SecretText& text, std::string_view Shapes::*wanted) {
    constexpr std::size_t k_bytes = 3;  // of every kana
    if (text.size() < k_bytes) return false;
    const std::string_view last = text.view().substr(text.size() - k_bytes);
    for (const Shapes& shapes : k_shapes) {
        if (last != shapes.plain && last != shapes.voiced && last != shapes.half_voiced && last != shapes.small)
            continue;
        const std::string_view to = last == shapes.*wanted ? shapes.plain : shapes.*wanted;
        if (to.empty()) return false;
        text.truncate(text.size() - k_bytes);
        return text.append(to);
    }
    return false;
}

bool change(SecretText& composed, std::string_view Shapes::*wanted) {
    SecretText settled = settled_kana(composed);
    if (!change_last_kana(settled, wanted)) return false;
    composed = std::move(settled);
    return true;
}

bool has_room(const SecretText& text) {
    return characters_in(text.view()) < k_most_composed;
}

bool add_kana(SecretText& composed, std::string_view kana) {
    SecretText settled = settled_kana(composed);
    if (kana.empty() || !has_room(settled) || !settled.append(kana)) return false;
    composed = std::move(settled);
    return true;
}

bool add_letter(SecretText& composed, char letter) {
    const std::string_view waiting = letters_at_end(composed.view());
    const auto typed = type_letter(waiting, letter);
    if (!typed) return false;
    SecretText result = composed;
    result.truncate(composed.size() - waiting.size());
    if (!result.append(typed->view()) || characters_in(result.view()) > k_most_composed) return false;
    composed = std::move(result);
    return true;
}

// Belongs to the character before it.
bool extends(char32_t point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF) ||
           (point >= 0x0300 && point <= 0x036F) || (point >= 0x1AB0 && point <= 0x1AFF) ||
           (point >= 0x20D0 && point <= 0x20FF) || (point >= 0xFE20 && point <= 0xFE2F) || point == 0x3099 ||
           point == 0x309A;
}

// Takes one character with what belongs to it; of what is no UTF-8, a byte.
void take_character(std::string_view& text) {
    if (!take_code_point(text)) {
        text.remove_prefix(1);
        return;
    }
    while (!text.empty()) {
        std::string_view rest = text;
        const auto point = take_code_point(rest);
        if (!point || !extends(*point)) return;
        text = rest;
    }
}

}  // namespace

std::string_view key_text(Keyboard keyboard, std::uint8_t key) {
    switch (keyboard) {
        case Keyboard::Kana:
            return key < k_kana.size() ? k_kana[key] : std::string_view();
        case Keyboard::Romaji:
            return key < k_small_letters.size() ? k_small_letters[key] : std::string_view();
        case Keyboard::Latin:
            return key < k_capital_letters.size() ? k_capital_letters[key] : std::string_view();
        case Keyboard::Digits:
            return key < k_digits.size() ? k_digits[key] : std::string_view();
    }
    return {};
}

bool type_kana(SecretText& composed, Keyboard keyboard, std::uint8_t key) {
    switch (keyboard) {
        case Keyboard::Kana:
            if (key == k_voiced_key) return change(composed, &Shapes::voiced);
            if (key == k_half_voiced_key) return change(composed, &Shapes::half_voiced);
            if (key == k_small_key) return change(composed, &Shapes::small);
            if (key == k_kana_space) return false;
            return add_kana(composed, key_text(keyboard, key));
        case Keyboard::Romaji:
            if (key == k_long_vowel) return add_kana(composed, key_text(keyboard, key));
            if (key == k_space) return end_of_syllable(composed);
            if (key >= k_letter_keys) return false;
            return add_letter(composed, static_cast<char>('a' + key));
        case Keyboard::Latin:
        case Keyboard::Digits:
            return false;
    }
    return false;
}

SecretText settled_kana(const SecretText& composed) {
    const std::string_view waiting = letters_at_end(composed.view());
    SecretText settled(composed.view().substr(0, composed.size() - waiting.size()));
    if (waiting == "n") settled.append("ん");
    return settled;
}

SecretText katakana(const SecretText& hiragana) {
    SecretText result;
    for (std::string_view rest = hiragana.view(); !rest.empty();) {
        const std::string_view before = rest;
        const auto point = take_code_point(rest);
        if (!point) rest.remove_prefix(1);
        const std::string_view same = before.substr(0, before.size() - rest.size());
        const bool kana = point && ((*point >= 0x3041 && *point <= 0x3096) || *point == 0x309D || *point == 0x309E);
        if (!kana) {
            result.append(same);
            continue;
        }
        const char32_t other = *point + 0x60;
        const std::array bytes{static_cast<char>(0xE0U | (other >> 12U)),
                               static_cast<char>(0x80U | ((other >> 6U) & 0x3FU)),
                               static_cast<char>(0x80U | (other & 0x3FU))};
        result.append({bytes.data(), bytes.size()});
    }
    return result;
}

std::size_t characters_in(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) take_character(text);
    return count;
}

std::string_view first_characters(std::string_view text, std::size_t characters) {
    std::string_view rest = text;
    for (; characters > 0 && !rest.empty(); --characters) take_character(rest);
    return text.substr(0, text.size() - rest.size());
}

void drop_last_character(SecretText& text) {
    std::size_t last = 0;
    for (std::string_view rest = text.view(); !rest.empty(); take_character(rest)) last = text.size() - rest.size();
    text.truncate(last);
}

}  // namespace uketsuke::core
