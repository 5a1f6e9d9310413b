#include "app/ui/input_imgui.h"

#include <SDL.h>
#include <imgui.h>

namespace uketsuke::ui {

namespace {

constexpr std::size_t k_most_waiting = 256;

std::optional<Key> key_of(const SDL_Keysym& symbol) {
    const SDL_Keycode code = symbol.sym;
    if (code >= SDLK_0 && code <= SDLK_9) return Key{Key::Kind::Digit, static_cast<std::uint8_t>(code - SDLK_0)};
    if (code == SDLK_KP_0) return Key{Key::Kind::Digit, 0};
    if (code >= SDLK_KP_1 && code <= SDLK_KP_9) {
        return Key{Key::Kind::Digit, static_cast<std::uint8_t>(code - SDLK_KP_1 + 1)};
    }
    if (code == SDLK_BACKSPACE || code == SDLK_DELETE || code == SDLK_KP_BACKSPACE) return Key{Key::Kind::Erase, 0};
    if (code == SDLK_ESCAPE) return Key{Key::Kind::Escape, 0};
    if (code == SDLK_UP || code == SDLK_LEFT) return Key{Key::Kind::Previous, 0};
    if (code == SDLK_DOWN || code == SDLK_RIGHT) return Key{Key::Kind::Next, 0};
    if (code == SDLK_RETURN || code == SDLK_KP_ENTER) return Key{Key::Kind::Select, 0};
    if (code == SDLK_F1) return Key{Key::Kind::Listen, 0};
    return std::nullopt;
}

}  // namespace

void InputFeed::take(const SDL_Event& event) {
    if (event.type == SDL_QUIT) m_quit = true;
    const bool finger = event.type == SDL_MOUSEBUTTONDOWN;
    m_finger = m_finger || finger;
    // A key that lies pressed is nobody.
    m_touched = m_touched || finger || (event.type == SDL_KEYDOWN && event.key.repeat == 0);
    if (m_queue.size() >= k_most_waiting) return;
    if (event.type == SDL_MOUSEMOTION) {
        m_queue.push_back(
            {Happened::Kind::Move, static_cast<float>(event.motion.x), static_cast<float>(event.motion.y), {}});
    } else if ((event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_MOUSEBUTTONUP) &&
               event.button.button == SDL_BUTTON_LEFT) {
        m_queue.push_back({event.type == SDL_MOUSEBUTTONDOWN ? Happened::Kind::Press : Happened::Kind::Release,
                           static_cast<float>(event.button.x),
                           static_cast<float>(event.button.y),
                           {}});
    } else if (event.type == SDL_KEYDOWN && event.key.repeat == 0) {
        if (const auto key = key_of(event.key.keysym)) m_queue.push_back({Happened::Kind::Key, 0, 0, *key});
    }
}

void InputFeed::forget(ImGuiIO& io) {
    m_queue.clear();
    io.MouseDown[0] = false;
}

void InputFeed::let_go(ImGuiIO& io) {
    io.MouseDown[0] = false;
}

std::optional<Key> InputFeed::feed(ImGuiIO& io, const Deafness& deaf, bool pen) {
    const auto heard = [&deaf](float x, float y) {
        return !deaf.on || y >= deaf.above || (deaf.but && deaf.but->overlaps({x, y, 1, 1}));
    };
    while (!m_queue.empty()) {
        const Happened happened = m_queue.front();
        m_queue.pop_front();
        switch (happened.kind) {
            case Happened::Kind::Move:
                io.MousePos = {happened.x, happened.y};
                if (pen && io.MouseDown[0]) return std::nullopt;
                break;
            case Happened::Kind::Press:
                if (!heard(happened.x, happened.y)) break;
                io.MousePos = {happened.x, happened.y};
                io.MouseDown[0] = true;
                return std::nullopt;
            case Happened::Kind::Release:
                if (!io.MouseDown[0]) break;
                io.MousePos = {happened.x, happened.y};
                io.MouseDown[0] = false;
                return std::nullopt;
            case Happened::Kind::Key:
                if (!deaf.on) return happened.key;
                break;
        }
    }
    return std::nullopt;
}

}  // namespace uketsuke::ui
