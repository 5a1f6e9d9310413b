#include "app/voice/recorded_voice.h"

#include <algorithm>

#include "app/voice/script.h"

namespace uketsuke::voice {
namespace {

template <class Value>
void remember(std::vector<Value>& list, Value value) {
    if (list.size() >= RecordedVoice::k_most) list.erase(list.begin());
    list.push_back(std::move(value));
}

}  // namespace

void RecordedVoice::say(const std::vector<ui::Message>& messages, core::Language language) {
    m_saying.clear();
    for (const ui::Message& message : messages) {
        if (message.empty()) continue;
        m_saying.push_back(
            {language, std::string{message.key}, message.n, message.m, sentence_of(m_text, language, message)});
        remember(m_said, m_saying.back());
    }
}

void RecordedVoice::tone(Tone tone) {
    remember(m_tones, tone);
}

void RecordedVoice::hush() {
    m_saying.clear();
}

void RecordedVoice::set_volume(int step) {
    m_volume = std::clamp<int>(step, core::k_quietest, core::k_loudest);
}

void RecordedVoice::forget() {
    m_said.clear();
    m_saying.clear();
    m_tones.clear();
}

}  // namespace uketsuke::voice
