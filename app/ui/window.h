// The kiosk's window: shows a core::View and says what the person at it asked for.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "app/core/intent.h"
#include "app/core/view.h"
#include "app/ui/demo_bar.h"
#include "app/ui/drawn.h"
#include "app/ui/geometry.h"
#include "app/ui/message.h"
#include "app/ui/preview.h"

namespace uketsuke::ui {

struct WindowOptions {
    int width = 1080;  // pixels; ignored when full screen, shrunk in proportion when the desktop is smaller
    int height = 1920;
    bool fullscreen = false;
    bool offscreen = false;  // no display needed: pictures and tests. Nothing moves, so pictures are byte-stable
    std::string title = "Uketsuke";
    std::string asset_dir;  // holds locale/<language>/LC_MESSAGES/uketsuke.mo: the build folder, or share/uketsuke
    double scale = 1.0;     // the screen's pixels per inch ÷ 96: keeps main choices at 20 mm
    // A finger that comes down this soon after the page changed meant the page before, and is not heard.
    std::chrono::milliseconds settle{300};
    std::chrono::milliseconds corner_hold{2000};  // how long staff hold the corner that opens their check
    // False: frames are decided and recorded in drawn(), and never drawn; there is then no picture to be had. For tests
    // of where things stand.
    bool pictures = true;
};

// One owner. Everything but wake() on the thread that opened it.
class Window {
  public:
    // Errors say what could not be had: video, OpenGL, a font, a catalogue.
    static tl::expected<std::unique_ptr<Window>, std::string> open(const WindowOptions& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    struct Input {
        bool quit = false;
        std::optional<core::Intent> intent;
        std::optional<DemoAction> demo;
        bool touched = false;       // a finger or a key, whatever it meant
        std::vector<Message> said;  // what the voice should say now instead of what it says
    };
    // Takes the waiting input, draws one picture, shows it (where it differs from the one on the window). At most one
    // intent or demo action a frame; input that is left waits for the next one, and wait() then returns at once.
    // While the view is dimmed nothing is asked for: the first touch only wakes (Input::touched).
    // A frame that hands back an intent shows nothing: the next one shows what came of it, and wait() before it returns
    // at once.
    // `preview` and `demo` may be null.
    Input frame(const core::View& view, const Preview* preview, const DemoBar* demo);

    // Sleeps until there is input, wake() was called, or the time is over; less when the last frame showed something
    // that moves.
    void wait(std::chrono::milliseconds at_most);
    // Any thread, as long as the window lives.
    void wake();

    // Puts a finger on the window or lifts it, as a touch screen would; taken by the next frames. Window pixels.
    void touch(Point at, bool down);

    // Off-screen: the window has this size from the next frame on, as after a tablet was turned. Elsewhere the window
    // system says when. False: the size cannot be had, and the window keeps the one it has.
    bool resize(int width, int height);

    // The picture of the last frame. Error names the file.
    tl::expected<void, std::string> save_png(const std::string& path);
    // Its pixels: RGB, top row first; none without pictures.
    std::vector<std::uint8_t> pixels();
    int width() const;
    int height() const;

    const std::vector<Drawn>& drawn() const;
    std::chrono::nanoseconds build_time() const;  // of the last frame: deciding what to draw
    std::chrono::nanoseconds draw_time() const;   // of the last frame: until the graphics had drawn it
    // Clears and presents an empty picture of the same size; what a frame costs at least. Returns its draw time.
    std::chrono::nanoseconds empty_frame();

  private:
    struct Inside;
    explicit Window(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> m_inside;
};

}  // namespace uketsuke::ui
