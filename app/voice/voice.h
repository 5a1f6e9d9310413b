// What the kiosk says and which tones it plays, without how.
//
// One thread, the ui's. Nothing here blocks or fails: a kiosk that cannot sound is still a kiosk. What is said never
// holds a person's name: Message::name is left out by every implementation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/core/vocabulary.h"
#include "app/ui/message.h"

namespace uketsuke::voice {

enum class Tone : std::uint8_t {
    Tap,  // the same for every place that is touched and for every digit: a neighbour must not hear which
    Confirm,
    Attention,
    Done,
    CallStaff,
};
inline constexpr std::size_t k_tones = 5;

const char* name_of(Tone tone);  // "tap", "call-staff": for timelines

// A message as it was said.
struct Speech {
    core::Language language{};
    std::string key;
    int n = ui::Message::k_no_number;
    int m = ui::Message::k_no_number;
    std::string text;  // without marks, with its numbers, without a name
};

class Voice {
  public:
    Voice() = default;
    Voice(const Voice&) = delete;
    Voice& operator=(const Voice&) = delete;
    virtual ~Voice() = default;

    // Says the messages one after the other; whatever is being said is broken off. An empty list is hush().
    virtual void say(const std::vector<ui::Message>& messages, core::Language language) = 0;
    // Sounds at once, over what is being said.
    virtual void tone(Tone tone) = 0;
    // Breaks off and forgets what is being said: what ends a session calls this.
    virtual void hush() = 0;
    // core::k_quietest to core::k_loudest, outside of it the nearer end.
    virtual void set_volume(int step) = 0;
};

}  // namespace uketsuke::voice
