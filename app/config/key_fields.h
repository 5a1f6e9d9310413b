// How a row of the table of keys names its place in Config. Internal to app/config.
#pragma once

#include <utility>

#include "app/config/keys.h"

namespace uketsuke::config {

using std::chrono::milliseconds;

inline constexpr milliseconds k_ms{1};
inline constexpr milliseconds k_seconds{1'000};
inline constexpr milliseconds k_minutes{std::chrono::minutes{1}};
inline constexpr milliseconds k_hours{std::chrono::hours{1}};
inline constexpr milliseconds k_days{std::chrono::hours{24}};

template <class Section, class T>
Place<T> at(Section Config::*section, T Section::*member) {
    return [section, member](Config& config) -> T& { return config.*section.*member; };
}

template <class Section, class Duration>
TimeField time_at(Section Config::*section, Duration Section::*member, milliseconds unit, int least, int most) {
    return {[=](const Config& config) { return milliseconds{config.*section.*member}; },
            [=](Config& config, milliseconds value) {
                config.*section.*member = std::chrono::duration_cast<Duration>(value);
            },
            unit, least, most};
}

template <class Section, class Word>
WordField word_at(Section Config::*section, Word Section::*member, std::vector<std::string_view> words) {
    return {[=](const Config& config) { return static_cast<std::size_t>(config.*section.*member); },
            [=](Config& config, std::size_t index) { config.*section.*member = static_cast<Word>(index); },
            std::move(words)};
}

// The rows of [visit].
void add_visit_keys(std::vector<Key>& keys);

}  // namespace uketsuke::config
