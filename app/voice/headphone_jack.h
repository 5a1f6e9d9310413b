// Whether headphones are plugged in: then, and only then, may anything personal be spoken.
//
// Source: Linux input event codes, SW_HEADPHONE_INSERT; evdev ioctls EVIOCGBIT and EVIOCGSW (linux/input.h).
// One thread, the ui's; nothing blocks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace uketsuke::voice {

enum class Jack : std::uint8_t {
    Absent,  // the machine does not tell
    Empty,
    Plugged,
};

// What an open input device says about its headphone switch; Absent when it has none or is gone.
using AskSwitch = std::function<Jack(int file)>;
Jack ask_evdev(int file);

// Every input device with such a switch: one that is plugged counts. Devices that come or go are noticed.
class EvdevJack {
  public:
    explicit EvdevJack(std::filesystem::path folder = "/dev/input", AskSwitch ask = &ask_evdev);
    ~EvdevJack();
    EvdevJack(const EvdevJack&) = delete;
    EvdevJack& operator=(const EvdevJack&) = delete;

    // As it is now. Some microseconds; meant for before every view, and so before anything personal is said.
    Jack look();

  private:
    class Device;

    void find_devices();
    bool folder_changed();

    std::filesystem::path m_folder;
    AskSwitch m_ask;
    std::vector<std::unique_ptr<Device>> m_devices;
    std::int64_t m_changed_at = -1;  // nanoseconds of the folder's last change
    int m_searches = 0;              // that are still due
};

// Where sound goes, as the clinic configured it.
enum class Output : std::uint8_t {
    Auto,        // headphones when the jack says so
    Speaker,     // everybody may hear, whatever the jack says
    Headphones,  // a receiver or headphones that the jack does not know
};

// Whether only the patient hears: what personal speech depends on.
bool is_private(Output output, Jack jack);

}  // namespace uketsuke::voice
