// Windows for the tests: one a size and theme, opened once; nullptr with the reason where there is no off-screen
// OpenGL.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/preview.h"
#include "app/ui/window.h"
#include "tests/ui/gallery.h"

namespace uketsuke::ui::test {

struct WindowSize {
    const char* name;
    int width;
    int height;
    double density = 1;  // pixels per inch ÷ 96
};

// A way in which patients may want the screens.
struct Wish {
    const char* name;  // "", "-large"
    core::Preferences preferences;
};
inline constexpr core::Preferences k_plain{};
inline constexpr core::Preferences k_large{true, false, false, false};
inline constexpr core::Preferences k_contrast{false, true, false, false};
inline constexpr core::Preferences k_low{false, false, true, false};
inline constexpr core::Preferences k_everything{true, true, true, true};
inline constexpr WindowSize k_portrait{"portrait", 1080, 1920};
inline constexpr WindowSize k_landscape{"landscape", 1280, 800};
inline constexpr WindowSize k_wide{"wide", 1920, 1080};
// A tablet of 10.1 inches, where 20 mm are 117 pixels.
inline constexpr WindowSize k_tablet{"tablet", 1280, 800, 1.55};
inline constexpr WindowSize k_tablet_portrait{"tablet-portrait", 800, 1280, 1.55};
// A tablet at the bedside: 10.1 inches with more pixels than the layouts have units.
inline constexpr WindowSize k_bedside_portrait{"bedside-portrait", 1200, 1920, 1.5};
inline constexpr WindowSize k_bedside_landscape{"bedside-landscape", 1920, 1200, 1.5};
// The same layouts at half the pixels, where only places and meanings are looked at.
inline constexpr WindowSize k_small_portrait{"small_portrait", 540, 960, 0.5};
inline constexpr WindowSize k_small_landscape{"small_landscape", 640, 400, 0.5};

// Settles nothing and moves nothing. Error: why there is no window.
tl::expected<std::unique_ptr<Window>, std::string> open_window(const WindowSize& size,
                                                               std::chrono::milliseconds settle = {});

// Draws nothing: for tests that look at places and meanings.
tl::expected<std::unique_ptr<Window>, std::string> open_places(const WindowSize& size);

// A drawn person before the camera, RGB 640 × 480.
class CameraPicture {
  public:
    CameraPicture();
    Preview preview() const;

  private:
    std::vector<std::uint8_t> m_rgb;
};

// Draws the shot once, with the camera's picture where it has one.
Window::Input show(Window& window, const Shot& shot);

// Puts a finger down there, lifts it, and draws until both were taken.
Window::Input tap(Window& window, const Shot& shot, Point at);
// Where the button for the intent was drawn last; nullopt: nowhere.
std::optional<Rect> place_of(const Window& window, const core::Intent& intent);

// In Japanese. Throws std::logic_error when the gallery has none of that name.
Shot shot_named(const std::string& name);

}  // namespace uketsuke::ui::test
