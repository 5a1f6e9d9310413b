#include "app/main/sound.h"

#include <utility>

#include "app/voice/cues.h"

namespace uketsuke::app {
namespace {

voice::Output output_of(config::VoiceOutput output) {
    switch (output) {
        case config::VoiceOutput::Auto:
            return voice::Output::Auto;
        case config::VoiceOutput::Speaker:
            return voice::Output::Speaker;
        case config::VoiceOutput::Headphones:
            return voice::Output::Headphones;
    }
    return voice::Output::Speaker;
}

}  // namespace

Sound::Sound(const config::VoiceConfig& config, bool offered, const ui::Text& text,
             std::function<void(const std::string&)> notice)
    : m_config(config),
      m_notice(std::move(notice)),
      m_speaker(text, {.folder = config.folder, .key_tones = config.key_tones}) {
    if (!offered) return;
    const std::string missing = voice::ClipStore(config.folder).missing(text, core::Language::Japanese);
    if (!missing.empty()) m_notice(missing);
}

void Sound::follow(const core::View& view, const ui::Window::Input& input) {
    if (input.touched) m_speaker.tone(voice::Tone::Tap);
    if (!m_before || m_before->volume != view.volume) m_speaker.set_volume(view.volume);
    if (m_before) {
        if (const auto tone = voice::cue(*m_before, view)) m_speaker.tone(*tone);
        const bool silent = !view.prefers(core::Preference::Voice);
        const bool over = view.screen() == core::Screen::Idle && m_before->screen() != core::Screen::Idle;
        const bool overheard = m_before->private_voice && !view.private_voice;
        if (over || overheard || (silent && m_before->prefers(core::Preference::Voice))) m_speaker.hush();
    }
    if (!input.said.empty()) m_speaker.say(input.said, view.language);
    m_before = view;
    m_speaker.pump();
    for (const std::string& trouble : m_speaker.take_troubles()) m_notice(trouble);
}

std::optional<bool> Sound::private_now() {
    const bool only_the_patient = voice::is_private(output_of(m_config.output), m_jack.look());
    if (m_private == only_the_patient || (!m_private && !only_the_patient)) return std::nullopt;
    m_private = only_the_patient;
    return only_the_patient;
}

}  // namespace uketsuke::app
