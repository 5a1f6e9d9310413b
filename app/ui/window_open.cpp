#include <algorithm>
#include <string_view>

#include <SDL.h>
#include <SDL_opengl.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "app/ui/window_imgui.h"

namespace uketsuke::ui {

namespace {

constexpr int k_least_side = 320;
constexpr int k_largest_side = 8192;

std::string sdl_error(const char* what) {
    return std::string(what) + ": " + SDL_GetError();
}

bool has_sound_size(int width, int height) {
    return width >= k_least_side && height >= k_least_side && width <= k_largest_side && height <= k_largest_side;
}

void style_library() {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
    // Its own font is never seen; the library only wants to have one.
    io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors;
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.WindowRounding = 0;
    // Lines from geometry, not from its texture: of that only the white pixel is left.
    style.AntiAliasedLinesUseTex = false;
    style.CircleTessellationMaxError = 0.1F;
    style.CurveTessellationTol = 0.5F;
}

}  // namespace

Window::Inside::~Inside() {
    if (gl != nullptr) SDL_GL_MakeCurrent(window, gl);
    preview.reset();
    fonts.reset();
    if (library != nullptr) {
        ImGui::SetCurrentContext(library);
        if (renderer) ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext(library);
    }
    if (gl != nullptr) SDL_GL_DeleteContext(gl);
    if (window != nullptr) SDL_DestroyWindow(window);
    if (video) SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

tl::expected<void, std::string> Window::Inside::open_video() {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    // Fingers come as fingers alone: one tap must never be two.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    if (options.offscreen) SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return tl::unexpected(sdl_error("video"));
    video = true;
    wake_event = SDL_RegisterEvents(1);
    return {};
}

tl::expected<void, std::string> Window::Inside::open_window() {
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    width = options.width;
    height = options.height;
    Uint32 flags = SDL_WINDOW_OPENGL;
    SDL_Rect desktop{};
    if (!options.offscreen && SDL_GetDisplayUsableBounds(0, &desktop) == 0) {
        if (options.fullscreen) {
            // Without a window manager a full-screen window keeps the size that it was created with.
            SDL_GetDisplayBounds(0, &desktop);
            width = desktop.w;
            height = desktop.h;
        } else {
            const double fits = std::min({1.0, 0.96 * desktop.w / width, 0.92 * desktop.h / height});
            width = static_cast<int>(width * fits);
            height = static_cast<int>(height * fits);
        }
    }
    if (options.fullscreen && !options.offscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS;
    window =
        SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height, flags);
    if (window == nullptr) return tl::unexpected(sdl_error("window"));
    gl = SDL_GL_CreateContext(window);
    if (gl == nullptr) return tl::unexpected(sdl_error("OpenGL 3.2"));
    SDL_GL_SetSwapInterval(options.offscreen ? 0 : 1);
    if (options.fullscreen && !options.offscreen) SDL_ShowCursor(SDL_DISABLE);
    library = ImGui::CreateContext();
    ImGui::SetCurrentContext(library);
    style_library();
    renderer = ImGui_ImplOpenGL3_Init("#version 150");
    if (!renderer) return tl::unexpected<std::string>("OpenGL 3.2: its functions could not be loaded");
    if (!ImGui_ImplOpenGL3_CreateDeviceObjects()) return tl::unexpected<std::string>("OpenGL 3.2: no shaders");
    // Every shape samples one white pixel; smoothing it between neighbours is what the software renderer spends most
    // on.
    const auto white = reinterpret_cast<std::uintptr_t>(ImGui::GetIO().Fonts->TexID);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(white));
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    preview.emplace();
    return {};
}

// The library's off-screen windows keep the size they were made with: another one takes over what the first one drew
// with.
bool Window::Inside::resize(int to_width, int to_height) {
    if (!has_sound_size(to_width, to_height)) return false;
    if (to_width == width && to_height == height) return true;
    SDL_Window* turned = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                          to_width, to_height, SDL_WINDOW_OPENGL);
    if (turned == nullptr) return false;
    if (SDL_GL_MakeCurrent(turned, gl) != 0) {
        SDL_DestroyWindow(turned);
        return false;
    }
    SDL_DestroyWindow(window);
    window = turned;
    width = to_width;
    height = to_height;
    shown.reset();
    return true;
}

void Window::Inside::make_current() const {
    SDL_GL_MakeCurrent(window, gl);
    ImGui::SetCurrentContext(library);
}

void Window::Inside::clear_picture() const {
    const Colour ground = palette(theme)[Tone::Ground].fill;
    glViewport(0, 0, width, height);
    glClearColor(static_cast<float>(ground.red) / 255, static_cast<float>(ground.green) / 255,
                 static_cast<float>(ground.blue) / 255, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

void Window::Inside::draw_library_data() const {
    clear_picture();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glFinish();
}

tl::expected<std::unique_ptr<Window>, std::string> Window::open(const WindowOptions& options) {
    if (!has_sound_size(options.width, options.height)) {
        return tl::unexpected<std::string>("window size outside of 320–8192 pixels");
    }
    auto inside = std::make_unique<Inside>();
    inside->options = options;
    auto text = Text::load(options.asset_dir + "/locale");
    if (!text) return tl::unexpected(text.error());
    inside->text = std::move(*text);
    auto fonts = Typesetter::create(options.pictures);
    if (!fonts) return tl::unexpected(fonts.error());
    inside->fonts = std::move(*fonts);
    if (auto video = inside->open_video(); !video) return tl::unexpected(video.error());
    if (auto window = inside->open_window(); !window) return tl::unexpected(window.error());
    return std::unique_ptr<Window>(new Window(std::move(inside)));
}

}  // namespace uketsuke::ui
