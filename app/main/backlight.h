// The screen's own light, of a folder under /sys/class/backlight whose `brightness` this user may write.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace uketsuke::app {

// One owner, one thread. Destroyed while it is dimmed, it gives the light back.
class Backlight {
  public:
    // Told once what is wrong, with the file's name; the picture is dimmed all the same.
    using Trouble = std::function<void(const std::string& what)>;

    // An empty folder: nothing is ever written. `percent` of max_brightness, 1 to 100, is what dimming leaves, never
    // nothing, since some panels go out at 0; a screen that is darker already is left as it is.
    Backlight(std::filesystem::path folder, int percent, Trouble trouble);
    ~Backlight();
    Backlight(const Backlight&) = delete;
    Backlight& operator=(const Backlight&) = delete;

    // Writes when it changes only.
    void follow(bool dimmed);

  private:
    void dim();
    void restore();
    void fail(const std::filesystem::path& file);

    std::filesystem::path m_folder;
    int m_percent;
    Trouble m_trouble;
    bool m_dimmed = false;
    bool m_told = false;
    std::optional<std::int64_t> m_before;  // what it was, while it is dimmed
};

}  // namespace uketsuke::app
