#include "app/ui/input_imgui.h"

#include <cmath>

#include <SDL.h>
#include <imgui.h>

namespace uketsuke::ui {

namespace {

constexpr std::size_t k_most_waiting = 256;
constexpr std::uint32_t k_echo_ms = 400;
constexpr float k_echo_pixels = 12;

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

void InputFeed::push(Happened::Kind kind, float x, float y) {
    if (m_queue.size() < k_most_waiting) m_queue.push_back({kind, x, y, {}});
}

// Some window systems send a mouse's press after the finger's, for programs that know no fingers.
bool InputFeed::echoes(float x, float y, std::uint32_t at) const {
    return m_finger_seen && at - m_finger_at <= k_echo_ms && std::abs(x - m_finger_x) <= k_echo_pixels &&
           std::abs(y - m_finger_y) <= k_echo_pixels;
}

void InputFeed::finger(const SDL_Event& event, float width, float height) {
    const SDL_TouchFingerEvent& touch = event.tfinger;
    const float x = touch.x * width;
    const float y = touch.y * height;
    if (event.type == SDL_FINGERDOWN) {
        m_finger = m_touched = true;
        // Whose end was lost is not waited for: nothing else would be heard any more.
        const bool lost = m_pointer == Pointer::Finger &&
                          (touch.fingerId == m_finger_id || SDL_GetNumTouchFingers(touch.touchId) == 1);
        if (m_pointer != Pointer::None && !lost) return;
        if (lost) push(Happened::Kind::Release, -1, -1);
        m_pointer = Pointer::Finger;
        m_finger_id = touch.fingerId;
        push(Happened::Kind::Press, x, y);
    } else if (m_pointer != Pointer::Finger || touch.fingerId != m_finger_id) {
        return;
    } else if (event.type == SDL_FINGERMOTION) {
        push(Happened::Kind::Move, x, y);
    } else {
        m_pointer = Pointer::None;
        push(Happened::Kind::Release, x, y);
    }
    m_finger_seen = true;
    m_finger_x = x;
    m_finger_y = y;
    m_finger_at = touch.timestamp;
}

void InputFeed::mouse(const SDL_Event& event) {
    if (event.type == SDL_MOUSEMOTION) {
        if (event.motion.which == SDL_TOUCH_MOUSEID || m_pointer == Pointer::Finger) return;
        push(Happened::Kind::Move, static_cast<float>(event.motion.x), static_cast<float>(event.motion.y));
        return;
    }
    const SDL_MouseButtonEvent& button = event.button;
    if (button.which == SDL_TOUCH_MOUSEID) return;
    if (event.type == SDL_MOUSEBUTTONDOWN) m_finger = m_touched = true;
    if (button.button != SDL_BUTTON_LEFT) return;
    const auto x = static_cast<float>(button.x);
    const auto y = static_cast<float>(button.y);
    if (event.type == SDL_MOUSEBUTTONDOWN) {
        if (echoes(x, y, button.timestamp)) return;
        if (m_pointer == Pointer::Finger) push(Happened::Kind::Release, -1, -1);
        m_pointer = Pointer::Mouse;
        push(Happened::Kind::Press, x, y);
    } else if (m_pointer == Pointer::Mouse) {
        m_pointer = Pointer::None;
        push(Happened::Kind::Release, x, y);
    }
}

void InputFeed::take(const SDL_Event& event, int width, int height) {
    switch (event.type) {
        case SDL_QUIT:
            m_quit = true;
            return;
        case SDL_FINGERDOWN:
        case SDL_FINGERMOTION:
        case SDL_FINGERUP:
            return finger(event, static_cast<float>(width), static_cast<float>(height));
        case SDL_MOUSEMOTION:
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            return mouse(event);
        case SDL_KEYDOWN:
            // A key that lies pressed is nobody.
            if (event.key.repeat != 0) return;
            m_touched = true;
            if (const auto key = key_of(event.key.keysym); key && m_queue.size() < k_most_waiting) {
                m_queue.push_back({Happened::Kind::Key, 0, 0, *key});
            }
            return;
        default:
            return;
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
