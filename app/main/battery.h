// The tablet's battery, as the kernel tells of it (Documentation/ABI/testing/sysfs-class-power).
#pragma once

#include <filesystem>
#include <optional>

#include "app/core/tour.h"

namespace uketsuke::app {

// Owner: the window's loop. Any one thread; read() may wait tens of milliseconds for the machine's controller.
class Battery {
  public:
    // The folder of the power supplies. One that is not there is a machine without a battery.
    explicit Battery(std::filesystem::path folder = "/sys/class/power_supply") : m_folder(std::move(folder)) {}

    // nullopt: there is no battery, or none that says how full it is. A pen's or a mouse's own battery is none of the
    // tablet's. Several count by how much each holds, where all of them say so. `charging`: some battery takes charge,
    // or the tablet runs from the mains and none is losing any.
    std::optional<core::Power> read() const;

  private:
    std::filesystem::path m_folder;
};

}  // namespace uketsuke::app
