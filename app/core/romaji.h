// Letters that become kana: Hepburn's and Kunrei's spelling, and what people know from keyboards. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "app/core/secret_text.h"

namespace uketsuke::core {

// The small Latin letters that a text ends with.
std::string_view letters_at_end(std::string_view text);

// What becomes of waiting letters when another one comes: kana, then letters that are none yet. Those that can no
// longer become a kana go when a letter comes that begins another one. nullopt: no kana has that letter.
std::optional<SecretText> type_letter(std::string_view waiting, char letter);

// An n that waits becomes ん, so that a vowel can follow: けんいち. False: none waits.
bool end_of_syllable(SecretText& composed);

}  // namespace uketsuke::core
