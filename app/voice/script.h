// From messages to clips: which recorded pieces make a sentence, and what each piece says.
//
// A text is cut at its numbers, so that "あと{n}回できます" needs one piece before, one after, and one for each number.
// In Japanese a number and its counter are one piece, because they change each other's sound (1回 is いっかい).
// Clips are named without folder and ending: "pin.tries.0", "number-3-kai", "number-12".
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/core/vocabulary.h"
#include "app/ui/message.h"
#include "app/ui/text.h"

namespace uketsuke::voice {

// Numbers up to here have a clip of their own; up to 999 hundreds and rest are said, above that digit by digit.
inline constexpr int k_last_whole_number = 120;

struct Prompt {
    std::string clip;
    std::string text;  // what it says: one line, no control characters
};

// The folder of the language's clips: its catalogue's, since Japanese sounds the same with furigana and without.
std::string_view folder_of(core::Language language);

// Whether a speech engine of kiosk-config/install-voice speaks the language. The others have tones only.
bool has_engine(core::Language language);

// The clips that say the message, in order. Empty when the catalogue lacks it, when it has a number that the message
// does not carry (half a sentence misleads), or when nothing of it can be spoken.
std::vector<std::string> clips_of(const ui::Text& text, core::Language language, const ui::Message& message);

// The message as one line of text: numbers filled in, no marks, no name.
std::string sentence_of(const ui::Text& text, core::Language language, const ui::Message& message);

// Every clip that the language's messages can need, sorted by name.
std::vector<Prompt> prompts(const ui::Text& text, core::Language language);

}  // namespace uketsuke::voice
