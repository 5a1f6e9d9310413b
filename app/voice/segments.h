// A text cut into what is said as it stands and the numbers between. Internal to app/voice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace uketsuke::voice {

enum class Grammar : std::uint8_t { Japanese, Other };

// A Japanese counter: what it does to the sound of a number is in the clips of both together, as far as that matters.
struct Counter {
    std::string_view written;
    std::string_view code;   // in names of clips
    std::string_view said;   // how an engine reads it right after a number
    std::string_view alone;  // how it sounds after a number above `together`; empty: it is left out there
    int together;            // up to this number both are one clip
};

struct Segment {
    std::string words;                 // of a piece between numbers; may hold nothing that can be spoken
    char number = 0;                   // 'n' or 'm': a number stands here instead of words
    const Counter* counter = nullptr;  // what follows the number and is said with it; null for nothing
    bool is_number() const { return number != 0; }
};

// Pieces of words and numbers take turns, starting and ending with words. Line marks, ruby and {name} with its
// honorific are gone; the end of a line is a pause.
std::vector<Segment> segments_of(std::string_view text, Grammar grammar);

// Whether any letter or digit of any script is in it.
bool can_be_spoken(std::string_view words);

// Null when it is no counter.
const Counter* counter_written(std::string_view written);

}  // namespace uketsuke::voice
