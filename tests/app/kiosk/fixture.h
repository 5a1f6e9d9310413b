// A whole kiosk on the demonstration's devices, in a folder of its own, without a window.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/config/config.h"
#include "app/main/runtime.h"

namespace uketsuke::app::test {

// Removed with everything in it.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

class KioskTest : public ::testing::Test {
  protected:
    using Kind = core::Intent::Kind;

    KioskTest();
    // The threads are joined first: until then they hand in notices.
    ~KioskTest() override { stop(); }

    // Starts the runtime from m_config; the test fails when it cannot.
    void start();
    std::string start_error();
    void stop() { m_runtime.reset(); }

    bool until(core::Screen screen, std::chrono::milliseconds at_most = std::chrono::seconds{20});
    template <class Condition>
    bool wait(const Condition& condition, std::chrono::milliseconds at_most = std::chrono::seconds{20}) {
        const auto deadline = std::chrono::steady_clock::now() + at_most;
        m_runtime->kiosk().pump();
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            m_runtime->kiosk().pump_for(std::chrono::milliseconds{20});
        }
        return true;
    }
    void tap(Kind kind, std::uint8_t value = 0);
    void type(const std::string& digits);
    void place(const std::string& persona);
    void receive_by_pin(const std::string& persona, const std::string& pin);
    std::string notices() const;
    bool models_there() const;

    Folder m_folder;
    config::Config m_config;
    std::unique_ptr<Runtime> m_runtime;

  private:
    mutable std::mutex m_mutex;
    std::string m_notices;
};

}  // namespace uketsuke::app::test
