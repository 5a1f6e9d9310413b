#include "app/voice/speaker.h"

#include <SDL.h>

#include <algorithm>
#include <utility>

#include "app/voice/script.h"
#include "app/voice/shaping.h"
#include "app/voice/tones.h"

namespace uketsuke::voice {
namespace {

constexpr int k_rate = k_clip_rate;
constexpr int k_buffer = 512;   // samples: a tone starts within 43 ms
constexpr int k_fade = 120;     // samples, 5 ms
constexpr int k_between = 450;  // milliseconds between two messages
constexpr int k_within = 30;    // milliseconds between two clips of a message
constexpr std::size_t k_longest = std::size_t{k_rate} * 90;
constexpr std::uint64_t k_retry_ms = 60'000;
constexpr std::size_t k_most_reports = 100;

std::size_t samples_of(int milliseconds) {
    return static_cast<std::size_t>(k_rate) * static_cast<std::size_t>(milliseconds) / 1000;
}

void play(void* mixer, Uint8* out, int bytes) {
    // SDL hands out buffers aligned for their format.
    static_cast<Mixer*>(mixer)->mix(reinterpret_cast<std::int16_t*>(out),
                                    static_cast<std::size_t>(bytes) / sizeof(std::int16_t));
}

}  // namespace

// Keeps SDL's audio thread out of the mixer; nothing to do without a device.
class Speaker::Lock {
  public:
    explicit Lock(std::uint32_t device) : m_device(device) {
        if (m_device != 0) SDL_LockAudioDevice(m_device);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() {
        if (m_device != 0) SDL_UnlockAudioDevice(m_device);
    }

  private:
    std::uint32_t m_device;
};

Speaker::Speaker(const ui::Text& text, SpeakerOptions options)
    : m_text(text), m_options(std::move(options)), m_clips(m_options.folder), m_mixer(k_fade) {
    m_mixer.set_volume(m_options.volume);
    for (std::size_t i = 0; i < k_tones; ++i) {
        m_tones.push_back(tone_sound(static_cast<Tone>(i), k_rate).samples);
    }
    open_device();
}

Speaker::~Speaker() {
    if (m_device != 0) SDL_CloseAudioDevice(m_device);
    if (m_subsystem) SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

void Speaker::open_device() {
    m_tried_at = SDL_GetTicks64();
    m_subsystem = m_subsystem || SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    if (m_subsystem) {
        SDL_AudioSpec wanted{};
        wanted.freq = k_rate;
        wanted.format = AUDIO_S16SYS;
        wanted.channels = 1;
        wanted.samples = k_buffer;
        wanted.callback = &play;
        wanted.userdata = &m_mixer;
        m_device = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
    }
    if (m_device == 0) report(std::string{"voice: no sound device, the kiosk is silent: "} + SDL_GetError());
}

// A device that was unplugged is given up; another is looked for, though not so often that the screen would stutter.
bool Speaker::has_device() {
    if (m_device != 0 && SDL_GetAudioDeviceStatus(m_device) == SDL_AUDIO_STOPPED) {
        SDL_CloseAudioDevice(std::exchange(m_device, 0));
        m_mixer.hush();
        m_running = false;
        report("voice: the sound device went away");
        open_device();
    } else if (m_device == 0 && SDL_GetTicks64() - m_tried_at >= k_retry_ms) {
        m_tried_at = SDL_GetTicks64();
        // Libraries below complain on standard error about every vain try.
        if (!m_subsystem || SDL_GetNumAudioDevices(0) != 0) open_device();
    }
    return m_device != 0;
}

void Speaker::run() {
    m_running = true;
    SDL_PauseAudioDevice(m_device, 0);
}

void Speaker::add_clips(const std::vector<std::string>& clips, core::Language language, Samples& samples) {
    const std::size_t before = samples.size();
    samples.resize(before + (before > 0 ? samples_of(k_between) : 0));
    for (const std::string& clip : clips) {
        auto sound = m_clips.load(language, clip);
        // Converting takes longer than the ui may wait.
        if (sound && sound->rate != k_rate) sound = tl::unexpected(clip + ": its rate is not that of rendered clips");
        if (!sound) {
            report("voice: not said, " + std::move(sound.error()));
            samples.resize(before);
            return;
        }
        samples.insert(samples.end(), sound->samples.begin(), sound->samples.end());
        samples.resize(samples.size() + samples_of(k_within));
    }
    if (clips.empty() || samples.size() > k_longest) samples.resize(before);
}

void Speaker::say(const std::vector<ui::Message>& messages, core::Language language) {
    std::vector<std::vector<std::string>> scripts;
    for (const ui::Message& message : messages) {
        if (message.empty()) continue;
        if (has_engine(language)) scripts.push_back(clips_of(m_text, language, message));
    }
    if (!has_device()) return;
    for (const auto& clips : scripts) {
        for (const std::string& clip : clips) m_clips.read_ahead(language, clip);
    }
    Samples speech;
    for (const auto& clips : scripts) add_clips(clips, language, speech);
    const bool something = !speech.empty();
    {
        const Lock lock(m_device);
        m_mixer.say(speech);
    }
    if (something) run();
}

void Speaker::tone(Tone tone) {
    if ((tone == Tone::Tap && !m_options.key_tones) || !has_device()) return;
    Samples samples = m_tones[static_cast<std::size_t>(tone)];
    {
        const Lock lock(m_device);
        m_mixer.tone(samples);
    }
    run();
}

void Speaker::hush() {
    const Lock lock(m_device);
    m_mixer.hush();
}

void Speaker::set_volume(int step) {
    const Lock lock(m_device);
    m_mixer.set_volume(step);
}

void Speaker::pump() {
    if (!m_running) return;
    bool silent = false;
    {
        const Lock lock(m_device);
        silent = m_mixer.silent();
    }
    if (!silent) return;
    SDL_PauseAudioDevice(m_device, 1);
    m_running = false;
}

void Speaker::report(std::string trouble) {
    if (m_reported.size() >= k_most_reports || !m_reported.insert(trouble).second) return;
    m_troubles.push_back(std::move(trouble));
}

std::vector<std::string> Speaker::take_troubles() {
    return std::exchange(m_troubles, {});
}

}  // namespace uketsuke::voice
