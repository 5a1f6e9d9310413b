// What a window holds. Private to app/ui.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/corner_hold.h"
#include "app/ui/guide.h"
#include "app/ui/input_imgui.h"
#include "app/ui/layout.h"
#include "app/ui/preview_imgui.h"
#include "app/ui/text.h"
#include "app/ui/theme.h"
#include "app/ui/typesetter.h"
#include "app/ui/window.h"

struct ImGuiContext;
struct SDL_Window;

namespace uketsuke::ui {

// Keys that stand where they stood are heard at once on the next page.
struct Keys {
    core::Keyboard keyboard{};
    bool only_digits = false;
    friend bool operator==(const Keys&, const Keys&) = default;
};

struct Window::Inside {
    WindowOptions options;
    SDL_Window* window = nullptr;
    void* gl = nullptr;
    ImGuiContext* library = nullptr;
    bool video = false;
    bool renderer = false;
    std::uint32_t wake_event = 0;
    std::atomic<bool> woken{false};

    Text text;
    std::unique_ptr<Typesetter> fonts;

    InputFeed input;
    Guide guide;
    CornerHold corner;
    Theme theme = Theme::Light;
    std::optional<PreviewTexture> preview;
    int page = -1;
    bool low = false;
    bool dimmed = false;
    int shown_width = 0;  // of the frame before
    int shown_height = 0;
    bool named = false;                               // the page that is shown may hold what is personal
    std::optional<Keys> keyboard;                     // of the page that is shown
    bool typing_on = false;                           // its keys stand where those of the page before stood
    std::optional<Rect> keys;                         // where they stand, pixels
    std::chrono::steady_clock::time_point seen{};     // when the last picture was drawn
    std::chrono::steady_clock::time_point changed{};  // when the page came
    std::chrono::steady_clock::time_point deaf_until{};
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last = std::chrono::steady_clock::now();
    bool moving = false;
    bool owed = false;                 // a picture was left out
    std::optional<std::size_t> shown;  // digest of the picture on the window; nullopt: it must be drawn anew
    int width = 0;
    int height = 0;
    std::vector<Drawn> drawn;
    std::chrono::nanoseconds build_time{};
    std::chrono::nanoseconds draw_time{};

    ~Inside();
    tl::expected<void, std::string> open_video();
    tl::expected<void, std::string> open_window();
    bool resize(int to_width, int to_height);
    void make_current() const;
    void draw_library_data() const;
    void clear_picture() const;
};

}  // namespace uketsuke::ui
