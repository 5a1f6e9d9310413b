#include "app/voice/headphone_jack.h"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace uketsuke::voice {
namespace {

constexpr std::size_t k_most_devices = 256;
// A new device may be opened only after udev has set its owner, which does not change the folder again.
constexpr int k_searches_after_change = 5;

using SwitchBits = std::array<std::uint8_t, SW_MAX / 8 + 1>;

bool has_headphone_bit(const SwitchBits& bits) {
    return (bits[SW_HEADPHONE_INSERT / 8] >> (SW_HEADPHONE_INSERT % 8) & 1U) != 0;
}

}  // namespace

class EvdevJack::Device {
  public:
    explicit Device(const std::filesystem::path& path)
        : m_file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    ~Device() {
        if (m_file >= 0) ::close(m_file);
    }
    Jack look(const AskSwitch& ask) const { return m_file < 0 ? Jack::Absent : ask(m_file); }

  private:
    int m_file;
};

Jack ask_evdev(int file) {
    SwitchBits bits{};
    if (::ioctl(file, EVIOCGBIT(EV_SW, bits.size()), bits.data()) < 0 || !has_headphone_bit(bits)) return Jack::Absent;
    bits.fill(0);
    if (::ioctl(file, EVIOCGSW(bits.size()), bits.data()) < 0) return Jack::Absent;
    return has_headphone_bit(bits) ? Jack::Plugged : Jack::Empty;
}

EvdevJack::EvdevJack(std::filesystem::path folder, AskSwitch ask)
    : m_folder(std::move(folder)), m_ask(std::move(ask)) {}

EvdevJack::~EvdevJack() = default;

bool EvdevJack::folder_changed() {
    struct stat status {};
    if (::stat(m_folder.c_str(), &status) != 0) return std::exchange(m_changed_at, -1) != -1;
    const std::int64_t changed_at = status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec;
    return std::exchange(m_changed_at, changed_at) != changed_at;
}

// Only devices with the switch stay open: keyboards are none of ours.
void EvdevJack::find_devices() {
    m_devices.clear();
    std::error_code error;
    std::filesystem::directory_iterator entry(m_folder, error);
    for (std::size_t seen = 0; !error && entry != std::filesystem::directory_iterator{} && seen < k_most_devices;
         entry.increment(error), ++seen) {
        if (!entry->path().filename().string().starts_with("event")) continue;
        auto device = std::make_unique<Device>(entry->path());
        if (device->look(m_ask) != Jack::Absent) m_devices.push_back(std::move(device));
    }
}

Jack EvdevJack::look() {
    if (folder_changed()) m_searches = k_searches_after_change;
    if (m_searches > 0) {
        --m_searches;
        find_devices();
    }
    Jack jack = Jack::Absent;
    for (const auto& device : m_devices) jack = std::max(jack, device->look(m_ask));
    return jack;
}

bool is_private(Output output, Jack jack) {
    switch (output) {
        case Output::Auto:
            return jack == Jack::Plugged;
        case Output::Speaker:
            return false;
        case Output::Headphones:
            return true;
    }
    return false;
}

}  // namespace uketsuke::voice
