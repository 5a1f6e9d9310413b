#include "tests/ui/screens_fixture.h"

#include <cmath>
#include <stdexcept>

// Mesa keeps memory to itself when its driver is unloaded, from code that has no name any more and so cannot be
// suppressed by name: no leak search in the programs that open a window. ui_text_test keeps it.
extern "C" int __lsan_is_turned_off();  // NOLINT(bugprone-reserved-identifier)
extern "C" int __lsan_is_turned_off() {
    return 1;
}  // NOLINT(bugprone-reserved-identifier)

namespace uketsuke::ui::test {

namespace {

constexpr int k_width = 640;
constexpr int k_height = 480;

bool inside(double x, double y, double cx, double cy, double rx, double ry) {
    return std::pow((x - cx) / rx, 2) + std::pow((y - cy) / ry, 2) <= 1;
}

}  // namespace

namespace {

WindowOptions options_for(const WindowSize& size) {
    WindowOptions options;
    options.width = size.width;
    options.height = size.height;
    options.offscreen = true;
    options.asset_dir = UKETSUKE_BINARY_DIR;
    options.scale = size.density;
    options.settle = {};
    return options;
}

}  // namespace

tl::expected<std::unique_ptr<Window>, std::string> open_window(const WindowSize& size,
                                                               std::chrono::milliseconds settle) {
    WindowOptions options = options_for(size);
    options.settle = settle;
    return Window::open(options);
}

tl::expected<std::unique_ptr<Window>, std::string> open_places(const WindowSize& size) {
    WindowOptions options = options_for(size);
    options.pictures = false;
    return Window::open(options);
}

CameraPicture::CameraPicture() {
    m_rgb.resize(static_cast<std::size_t>(k_width) * k_height * 3);
    for (int y = 0; y < k_height; ++y) {
        for (int x = 0; x < k_width; ++x) {
            const double light = 0.75 + 0.25 * x / k_width;
            double red = 168;
            double green = 178;
            double blue = 176;
            if (inside(x, y, 320, 520, 230, 170)) red = 70, green = 92, blue = 120;
            if (inside(x, y, 320, 205, 118, 150)) red = 62, green = 52, blue = 48;
            if (inside(x, y, 320, 232, 104, 138)) red = 226, green = 184, blue = 158;
            if (inside(x, y, 278, 222, 13, 8) || inside(x, y, 362, 222, 13, 8)) red = 50, green = 40, blue = 38;
            if (inside(x, y, 320, 304, 34, 9)) red = 176, green = 96, blue = 92;
            const auto at = static_cast<std::size_t>(y * k_width + x) * 3;
            m_rgb[at] = static_cast<std::uint8_t>(red * light);
            m_rgb[at + 1] = static_cast<std::uint8_t>(green * light);
            m_rgb[at + 2] = static_cast<std::uint8_t>(blue * light);
        }
    }
}

Preview CameraPicture::preview() const {
    return {k_width, k_height, m_rgb, 1};
}

Window::Input show(Window& window, const Shot& shot) {
    static const CameraPicture camera;
    const Preview preview = camera.preview();
    return window.frame(shot.view, shot.camera ? &preview : nullptr, nullptr);
}

Window::Input tap(Window& window, const Shot& shot, Point at) {
    window.touch(at, true);
    window.touch(at, false);
    Window::Input down = show(window, shot);
    return down.intent ? down : show(window, shot);
}

std::optional<Rect> place_of(const Window& window, const core::Intent& intent) {
    for (const Drawn& drawn : window.drawn()) {
        if (drawn.kind == Drawn::Kind::Button && drawn.intent == intent) return drawn.rect;
    }
    return std::nullopt;
}

Shot shot_named(const std::string& name) {
    for (Shot& shot : gallery(core::Language::Japanese)) {
        if (shot.name == name) return shot;
    }
    throw std::logic_error("no shot " + name);
}

}  // namespace uketsuke::ui::test
