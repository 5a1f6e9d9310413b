#include "app/ime/engine.h"

#include <anthy/anthy.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "app/core/keyboard.h"

namespace uketsuke::ime {
namespace {

constexpr int k_most_segments = static_cast<int>(core::k_most_composed);

// What it has to say may be personal.
void say_nothing(int, const char*) {}

anthy_context_t as_context(void* context) {
    return static_cast<anthy_context_t>(context);
}

core::SecretText candidate(anthy_context_t context, int segment, int index) {
    // Asked for its size first: into less room it writes half a character.
    const int size = anthy_get_segment(context, segment, index, nullptr, 0);
    std::array<char, core::SecretText::k_longest + 1> room{};
    if (size <= 0 || static_cast<std::size_t>(size) >= room.size()) return {};
    core::SecretText text;
    if (anthy_get_segment(context, segment, index, room.data(), size + 1) == size) {
        text = std::string_view(room.data(), static_cast<std::size_t>(size));
    }
    ::explicit_bzero(room.data(), room.size());
    return text;
}

}  // namespace

tl::expected<std::unique_ptr<Engine>, std::string> Engine::open() {
    static std::atomic_flag open;
    if (open.test_and_set()) return tl::unexpected<std::string>("libanthy is in use already");
    std::unique_ptr<Engine> engine(new Engine(open));
    anthy_set_logger(say_nothing, 0);
    // Nor is there a home whose own dictionaries and locks it would open.
    anthy_conf_override("HOME", "/nonexistent");
    if (anthy_init() != 0)
        return tl::unexpected<std::string>("the dictionary of libanthy is missing (Debian: anthy-common)");
    engine->m_begun = true;
    // The nameless personality keeps no history of what people choose.
    if (anthy_set_personality("") != 0) return tl::unexpected<std::string>("libanthy would keep what is typed");
    anthy_context_t context = anthy_create_context();
    if (context == nullptr) return tl::unexpected<std::string>("libanthy does not begin");
    engine->m_context = context;
    anthy_context_set_encoding(context, ANTHY_UTF8_ENCODING);
    return engine;
}

Engine::~Engine() {
    if (m_context != nullptr) {
        forget();
        anthy_release_context(as_context(m_context));
    }
    if (m_begun) anthy_quit();
    m_open.clear();
}

std::vector<Segment> Engine::segments(std::string_view hiragana) {
    std::vector<Segment> segments;
    anthy_context_t context = as_context(m_context);
    if (hiragana.empty() || core::characters_in(hiragana) > core::k_most_composed) return segments;
    std::array<char, core::SecretText::k_longest + 1> reading{};
    if (hiragana.size() >= reading.size()) return segments;
    std::copy(hiragana.begin(), hiragana.end(), reading.begin());
    anthy_conv_stat whole{};
    const bool converted = anthy_set_string(context, reading.data()) == 0 && anthy_get_stat(context, &whole) == 0;
    ::explicit_bzero(reading.data(), reading.size());
    if (!converted) return segments;
    for (int k = 0; k < std::min(whole.nr_segment, k_most_segments); ++k) {
        anthy_segment_stat stat{};
        if (anthy_get_segment_stat(context, k, &stat) != 0 || stat.seg_len <= 0) return {};
        Segment segment;
        segment.characters = static_cast<std::uint8_t>(std::min<int>(stat.seg_len, core::k_most_composed));
        const int most = std::min(stat.nr_candidate, static_cast<int>(k_most_candidates));
        for (int i = 0; i < most; ++i) {
            core::SecretText text = candidate(context, k, i);
            if (!text.empty()) segment.candidates.push_back(std::move(text));
        }
        if (segment.candidates.empty()) return {};
        segments.push_back(std::move(segment));
    }
    return segments;
}

void Engine::forget() {
    // Its own memory cannot be reached; a long reading takes the places of those before.
    static constexpr std::string_view k_other =
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらり";
    segments(k_other);
    anthy_reset_context(as_context(m_context));
}

}  // namespace uketsuke::ime
