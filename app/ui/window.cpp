#include "app/ui/window.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>

#include <SDL.h>
#include <SDL_opengl.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "app/ui/canvas_imgui.h"
#include "app/ui/draw_demo_bar.h"
#include "app/ui/keys.h"
#include "app/ui/png_file.h"
#include "app/ui/widgets.h"
#include "app/ui/window_imgui.h"

namespace uketsuke::ui {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds k_moving_frame{40};
constexpr std::chrono::milliseconds k_page_comes{140};
// Between two looks for input: short while somebody is busy with the screen, then longer. A finger waits half of one
// on average; looking every millisecond, as the library does, takes 2 % of a core.
constexpr std::chrono::milliseconds k_first_nap{2};
constexpr std::chrono::milliseconds k_longest_nap{20};

// Who hears the digits needs no ring that a neighbour could follow.
std::optional<core::Intent> shown_focus(const Guide& guide, const core::View& view) {
    const auto focus = guide.focus();
    const bool heard = view.private_voice && view.prefers(core::Preference::Voice);
    if (heard && focus && focus->kind == core::Intent::Kind::Digit) return std::nullopt;
    return focus;
}

// Whether the page shows what somebody is called or has typed.
bool is_personal(core::Screen screen) {
    using core::Screen;
    return screen == Screen::Accepted || screen == Screen::DeclarationText || screen == Screen::DeclarationDate ||
           screen == Screen::DeclarationReview || screen == Screen::CareList || screen == Screen::CarePatient;
}

// The keyboard and whether it has digits only: its places are then others.
std::optional<Keys> keyboard_of(const core::View& view) {
    const auto* text = std::get_if<core::page::DeclarationText>(&view.page);
    if (text == nullptr || view.sheet != core::Sheet::None) return std::nullopt;
    const auto field = text->question.field;
    return Keys{text->keyboard, field == core::DeclarationField::PostalCode || field == core::DeclarationField::Phone};
}

// All keys of a keyboard, and nothing else.
std::optional<Rect> keys_of(const std::vector<Drawn>& drawn) {
    std::optional<Rect> all;
    for (const Drawn& one : drawn) {
        if (!one.intent || one.intent->kind != core::Intent::Kind::TypeKey) continue;
        if (!all) all = one.rect;
        const float right = std::max(all->right(), one.rect.right());
        const float bottom = std::max(all->bottom(), one.rect.bottom());
        all->x = std::min(all->x, one.rect.x);
        all->y = std::min(all->y, one.rect.y);
        all->width = right - all->x;
        all->height = bottom - all->y;
    }
    return all;
}

void forget(std::vector<Drawn>& drawn) {
    for (Drawn& one : drawn) {
        one.label.resize(one.label.capacity());
        explicit_bzero(one.label.data(), one.label.size());
    }
    drawn.clear();
}

LayoutOptions options_for(const core::View& view, double density) {
    return {.density = density,
            .low = view.prefers(core::Preference::LowControls),
            .large = view.prefers(core::Preference::LargeType)};
}

// Thin, and only while somebody holds it: who has not heard of the corner sees nothing there.
void draw_corner(Canvas& canvas, float progress) {
    if (progress <= 0) return;
    const Rect corner = staff_corner_of(canvas.layout());
    const float radius = corner.width * 0.32F;
    const float line = corner.width * 0.07F;
    canvas.disc(corner.centre(), radius + line, canvas.palette()[Tone::Ground].fill);
    canvas.ring(corner.centre(), radius, canvas.palette()[Tone::Quiet].edge, line / 2);
    canvas.arc(corner.centre(), radius, -0.25F, progress - 0.25F, canvas.palette()[Tone::Primary].fill, line);
    // It grows although nothing else happens.
    static_cast<void>(canvas.seconds());
}

std::size_t mixed(std::size_t digest, const void* bytes, std::size_t size) {
    const std::string_view view(static_cast<const char*>(bytes), size);
    return digest * 0x9E3779B97F4A7C15U + std::hash<std::string_view>{}(view);
}

// Of everything that the picture depends on.
std::size_t digest_of(const ImDrawData& data, std::uint64_t camera_picture, std::uint64_t letters) {
    std::size_t digest = mixed(0, &camera_picture, sizeof camera_picture);
    digest = mixed(digest, &letters, sizeof letters);
    digest = mixed(digest, &data.DisplaySize, sizeof data.DisplaySize);
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        digest = mixed(digest, list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
        digest = mixed(digest, list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
    }
    return digest;
}

// Without a display server (on the bare screen, off-screen) SDL_WaitEventTimeout does not sleep: it looks again and
// again.
bool library_sleeps() {
    const char* driver = SDL_GetCurrentVideoDriver();
    return driver != nullptr && (driver == std::string_view("x11") || driver == std::string_view("wayland"));
}

bool wait_for_event(SDL_Event& event, std::chrono::milliseconds at_most) {
    if (library_sleeps()) return SDL_WaitEventTimeout(&event, static_cast<int>(at_most.count())) != 0;
    const auto end = Clock::now() + at_most;
    auto nap = k_first_nap;
    while (SDL_PollEvent(&event) == 0) {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        if (rest.count() <= 0) return false;
        SDL_Delay(static_cast<Uint32>(std::min(rest, nap).count()));
        nap = std::min(2 * nap, k_longest_nap);
    }
    return true;
}

}  // namespace

Window::Window(std::unique_ptr<Inside> inside) : m_inside(std::move(inside)) {}
Window::~Window() = default;

Window::Input Window::frame(const core::View& view, const Preview* preview, const DemoBar* demo) {
    Inside& in = *m_inside;
    const auto begun = Clock::now();
    in.make_current();
    ImGuiIO& io = ImGui::GetIO();
    SDL_GL_GetDrawableSize(in.window, &in.width, &in.height);

    const int page = page_id(view);
    const bool low = view.prefers(core::Preference::LowControls);
    const auto keyboard = keyboard_of(view);
    const bool turned = in.width != in.shown_width || in.height != in.shown_height;
    // What moved under the finger was not meant either, nor what it only woke.
    if (page != in.page || low != in.low || turned || view.dimmed != in.dimmed) {
        in.typing_on = keyboard && keyboard == in.keyboard && low == in.low && !turned && !view.dimmed;
        if (in.typing_on) {
            InputFeed::let_go(io);
        } else {
            in.input.forget(io);
        }
        in.deaf_until = begun + in.options.settle;
        in.low = low;
        in.dimmed = view.dimmed;
        in.shown_width = in.width;
        in.shown_height = in.height;
    }
    in.keyboard = keyboard;
    if (page != in.page) {
        in.page = page;
        in.changed = begun;
        // Nothing that the last patient read stays behind, and nothing personal its page.
        const bool named = std::exchange(in.named, is_personal(view.screen()));
        if (named || std::holds_alternative<core::page::Idle>(view.page)) in.fonts->forget();
    }
    in.woken = false;
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
        if (event.type == SDL_WINDOWEVENT) in.shown.reset();
        in.input.take(event, in.width, in.height);
    }

    const auto width = static_cast<float>(in.width);
    const auto height = static_cast<float>(in.height);
    const float bar = demo != nullptr ? demo_bar_pixels(width, height) : 0;
    const Layout layout = Layout::of({0, 0, width, height - bar}, options_for(view, in.options.scale));
    in.fonts->begin_frame();
    const InputFeed::Deafness deaf{.on = begun < in.deaf_until || view.dimmed,
                                   .above = height - bar,
                                   .but = in.typing_on ? in.keys : std::optional<Rect>()};
    const auto key = in.input.feed(io, deaf, std::holds_alternative<core::page::DeclarationSignature>(view.page));

    Input result;
    result.touched = in.input.take_touched();
    result.said = in.guide.look(view);
    std::optional<core::Intent> walked;
    if (const auto step = key ? guide_key(*key) : std::nullopt) {
        Guide::Pressed pressed = in.guide.press(*step, view);
        if (!pressed.said.empty()) result.said = std::move(pressed.said);
        walked = pressed.intent;
    }
    if (in.input.take_finger()) in.guide.touched();
    in.theme = view.prefers(core::Preference::HighContrast) ? Theme::HighContrast : Theme::Light;

    io.DisplaySize = {width, height};
    io.DeltaTime =
        in.options.offscreen ? 1.F / 60 : std::max(1e-4F, std::chrono::duration<float>(begun - in.last).count());
    in.last = begun;
    forget(in.drawn);
    in.preview->show(preview);

    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::Begin("kiosk", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const double seconds = in.options.offscreen ? 0 : std::chrono::duration<double>(begun - in.started).count();
    CanvasParts parts{
        .layout = layout,
        .palette = palette(in.theme),
        .text = in.text,
        .fonts = *in.fonts,
        .language = view.language,
        .ruby = view.language == core::Language::JapaneseFurigana || view.language == core::Language::EasyJapanese,
        .camera = in.preview->image(),
        .focus = shown_focus(in.guide, view),
        .seconds = seconds,
        .page_id = page};
    Canvas canvas(parts, list, in.drawn);
    draw_screen(canvas, view);
    const bool in_corner = view.staff_corner && view.sheet == core::Sheet::None &&
                           layout.to_pixels(staff_corner_of(layout)).overlaps({io.MousePos.x, io.MousePos.y, 1, 1});
    if (in.corner.look(io.MouseDown[0], in_corner, begun, in.options.corner_hold)) {
        canvas.ask({core::Intent::Kind::OpenStaffCheck});
    }
    draw_corner(canvas, in.corner.progress());
    // A page comes up out of the ground rather than jumping into place.
    const float coming = in.options.offscreen ? 1 : std::chrono::duration<float>(begun - in.changed) / k_page_comes;
    if (coming < 1) canvas.cover(1 - coming);
    if (view.dimmed) canvas.dim();
    if (key) {
        if (const auto intent = intent_of(*key, view)) canvas.ask(*intent);
    }
    if (walked) canvas.ask(*walked);
    if (demo != nullptr) {
        const Layout below = demo_bar_layout(layout, {0, height - bar, width, bar});
        const CanvasParts bar_parts{.layout = below,
                                    .palette = parts.palette,
                                    .text = parts.text,
                                    .fonts = parts.fonts,
                                    .language = parts.language,
                                    .ruby = parts.ruby,
                                    .camera = {},
                                    .focus = {},
                                    .seconds = 0,
                                    .page_id = -1};
        Canvas bar_canvas(bar_parts, list, in.drawn);
        result.demo = draw_demo_bar(bar_canvas, *demo);
    }
    ImGui::End();
    ImGui::Render();
    const auto built = Clock::now();
    result.quit = in.input.quit();
    if (!result.demo) result.intent = canvas.asked();
    // The button let go again would be seen for no longer than drawing the page it leads to takes.
    in.owed = result.intent.has_value();
    in.keys = keys_of(in.drawn);
    // A pen that moves all the time is seen all the same.
    const bool writing = result.intent && result.intent->kind == core::Intent::Kind::PenMove;
    if (in.options.pictures && (!in.owed || (writing && begun - in.seen > k_moving_frame))) {
        in.seen = begun;
        // A kiosk shows the same picture for minutes: it is drawn once.
        const std::size_t digest =
            digest_of(*ImGui::GetDrawData(), preview != nullptr ? preview->sequence : 0, in.fonts->changes());
        const bool fresh = in.shown != digest;
        if (fresh) in.draw_library_data();
        in.draw_time = Clock::now() - built;
        if (fresh) SDL_GL_SwapWindow(in.window);
        in.shown = digest;
    } else {
        in.draw_time = {};
    }
    in.moving = canvas.moving() && !in.options.offscreen && !view.dimmed;
    in.build_time = built - begun;
    return result;
}

void Window::wait(std::chrono::milliseconds at_most) {
    Inside& in = *m_inside;
    if (in.input.waiting() || in.owed) return;
    if (in.moving) at_most = std::min(at_most, k_moving_frame);
    SDL_Event event;
    if (!wait_for_event(event, std::clamp<std::chrono::milliseconds>(at_most, {}, std::chrono::hours(1)))) return;
    if (event.type == in.wake_event) in.woken = false;
    if (event.type == SDL_WINDOWEVENT) in.shown.reset();
    in.input.take(event, in.width, in.height);
}

void Window::wake() {
    Inside& in = *m_inside;
    if (in.woken.exchange(true)) return;
    SDL_Event event{};
    event.type = in.wake_event;
    SDL_PushEvent(&event);
}

void Window::touch(Point at, bool down) {
    SDL_Event event{};
    event.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP;
    event.button.button = SDL_BUTTON_LEFT;
    event.button.state = down ? SDL_PRESSED : SDL_RELEASED;
    event.button.x = static_cast<Sint32>(std::lround(at.x));
    event.button.y = static_cast<Sint32>(std::lround(at.y));
    SDL_PushEvent(&event);
}

bool Window::resize(int width, int height) {
    return m_inside->options.offscreen && m_inside->resize(width, height);
}

std::vector<std::uint8_t> Window::pixels() {
    Inside& in = *m_inside;
    if (!in.options.pictures) return {};
    in.make_current();
    // What was shown is gone from the back buffer; the same commands draw it again.
    if (ImGui::GetDrawData() != nullptr) in.draw_library_data();
    const auto row = static_cast<std::size_t>(in.width) * 3;
    std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(in.height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, in.width, in.height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    std::vector<std::uint8_t> pixels;
    pixels.reserve(upside_down.size());
    for (auto end = upside_down.end(); end != upside_down.begin(); end -= static_cast<std::ptrdiff_t>(row)) {
        pixels.insert(pixels.end(), end - static_cast<std::ptrdiff_t>(row), end);
    }
    return pixels;
}

tl::expected<void, std::string> Window::save_png(const std::string& path) {
    return write_png(path, pixels(), width(), height());
}

std::chrono::nanoseconds Window::empty_frame() {
    Inside& in = *m_inside;
    in.make_current();
    const auto begun = Clock::now();
    in.shown.reset();
    in.clear_picture();
    glFinish();
    const auto cleared = Clock::now();
    SDL_GL_SwapWindow(in.window);
    return cleared - begun;
}

int Window::width() const {
    return m_inside->width;
}
int Window::height() const {
    return m_inside->height;
}
const std::vector<Drawn>& Window::drawn() const {
    return m_inside->drawn;
}
std::chrono::nanoseconds Window::build_time() const {
    return m_inside->build_time;
}
std::chrono::nanoseconds Window::draw_time() const {
    return m_inside->draw_time;
}

}  // namespace uketsuke::ui
