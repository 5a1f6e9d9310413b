// The named threads of the house (house: ui · card · camera · face · net · store): started here, joined in reverse.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace uketsuke::app {

class Threads {
  public:
    Threads() = default;
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
    ~Threads() { join(); }

    // `name` is what the system shows, at most 15 characters.
    // Background: whatever draws or answers a patient goes first when both want a core.
    enum class Importance : std::uint8_t { Usual, Background };
    void start(const std::string& name, std::function<void()> run, Importance importance = Importance::Usual);
    // Waits for all, the last one started first. What they run must have been told to stop before.
    void join();

  private:
    std::vector<std::thread> m_threads;
};

}  // namespace uketsuke::app
