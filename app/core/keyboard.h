// Keys for fingers, and what typing them does to a text. Pure.
//
// What is typed in kana is composed first: it stands apart until one of its conversions is picked, or it is taken as it
// is. Digits and Latin letters are typed as they are.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/core/secret_text.h"

namespace uketsuke::core {

enum class Keyboard : std::uint8_t {
    Kana,    // 五十音: k_kana_keys
    Romaji,  // QWERTY, becomes kana: k_letter_keys
    Latin,   // QWERTY, capital letters as on a residence card: k_letter_keys
    Digits,  // and what addresses are numbered with: k_digit_keys
};
inline constexpr std::size_t k_keyboards = 4;
const char* name_of(Keyboard keyboard);  // "kana", "romaji", "latin", "digits"

// Keys by their number in Intent::TypeKey.
// Kana: ten columns of five, from あ, the last one わ を ん ー and a space; where a column has no kana there is no key.
// Then the keys that change the last kana: ゛, ゜, 小.
inline constexpr std::uint8_t k_voiced_key = 50;
inline constexpr std::uint8_t k_half_voiced_key = 51;
inline constexpr std::uint8_t k_small_key = 52;
inline constexpr std::uint8_t k_kana_keys = 53;
// Letters: a to z, then ー (Latin: -), then a space (in Romaji it ends a syllable: n, space, i → んい).
inline constexpr std::uint8_t k_letter_keys = 28;
// Digits: 0 to 9, -, 丁目, 番地, 番, 号, の, a space.
inline constexpr std::uint8_t k_digit_keys = 17;

// What stands on the key; empty: there is none.
std::string_view key_text(Keyboard keyboard, std::uint8_t key);

// One of the ways in which a reading, or its beginning, is written. Personal.
struct Candidate {
    SecretText text;
    std::uint8_t reading = 0;  // so many characters of the reading it stands for
    friend bool operator==(const Candidate&, const Candidate&) = default;
};
inline constexpr std::size_t k_most_candidates = 60;
inline constexpr std::size_t k_most_composed = 40;  // characters

// What a reading most likely is.
enum class KanaHint : std::uint8_t { PersonName, Place, Organisation };

// The composed text after a key: kana, and at its end Latin letters that are no kana yet. False: the key has no meaning
// there, or the composition is full.
bool type_kana(SecretText& composed, Keyboard keyboard, std::uint8_t key);
// With the letters at its end as kana as far as they are one: "さn" → "さん"; others are dropped.
SecretText settled_kana(const SecretText& composed);
SecretText katakana(const SecretText& hiragana);

std::size_t characters_in(std::string_view text);
// The first `characters` of a text, or all of it.
std::string_view first_characters(std::string_view text, std::size_t characters);
// Takes the last character off, with what belongs to it (variation selector, combining marks).
void drop_last_character(SecretText& text);

}  // namespace uketsuke::core
