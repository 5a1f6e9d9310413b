// How long each step of a reception takes, and whose time it is: so that "it is slow" has an answer.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "app/core/passed.h"

namespace uketsuke::desk {

// Whose time: the four that can be slow, and the person, who may take it.
enum class Whose : std::uint8_t { Card, Camera, Network, Service, Person, Kiosk };
const char* name_of(Whose whose);  // "card", …

// Seconds, cumulative like Prometheus's.
struct Histogram {
    static constexpr std::array k_bounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0};
    std::array<std::uint64_t, k_bounds.size()> at_most{};
    std::uint64_t count = 0;
    double sum = 0;
    void add(double seconds);
};

class Metrics {
  public:
    void passed(const core::Passed& passed);                         // the ui thread
    void took(Whose whose, const char* step, double seconds);        // any thread
    void count(const std::string& name, const std::string& labels);  // any thread: a counter grows by one
    // A value that goes up and down.
    struct Gauge {
        std::string name;
        std::string help;
        double value = 0;
    };
    // Prometheus text format 0.0.4. Any thread.
    std::string text(const std::vector<Gauge>& gauges) const;

  private:
    using Moment = std::optional<core::Millis>;
    void begin(Moment& moment, const core::State& state) { moment = state.now; }
    void end(Moment& moment, const core::State& state, Whose whose, const char* step);
    void events(const core::Passed& passed);
    void effects(const core::Passed& passed);
    void screens(const core::Passed& passed);

    // The ui thread's: what has begun and not ended.
    Moment m_card_placed, m_card_recognised, m_camera_wanted, m_face_begun, m_pin_sent, m_photo_sent, m_sign_asked,
        m_commit_asked, m_committed, m_screen_entered;

    mutable std::mutex m_mutex;
    std::map<std::pair<std::string, std::string>, Histogram> m_steps;  // whose, step
    std::map<std::pair<std::string, std::string>, std::uint64_t> m_counters;
};

}  // namespace uketsuke::desk
