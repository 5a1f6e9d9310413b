#include "vision/virtual_camera.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace uketsuke::vision {
namespace {

using Clock = std::chrono::steady_clock;

Clock::duration period_of(const VirtualCameraOptions& options) {
    return std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(1 / std::clamp(options.frames_per_second, 0.1, 240.0)));
}

// A still may be a visitor's own face: its pixels go with the scene.
std::shared_ptr<const Scene> keep(Scene scene) {
    return {new Scene(std::move(scene)), [](Scene* old) {
                wipe(old->still);
                delete old;
            }};
}

Image flat(int width, int height, std::uint8_t tone, std::uint32_t take) {
    Image image{width, height, PixelFormat::Rgb8, {}};
    image.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, tone);
    // Enough noise that it is a white sensor and not a frozen one.
    std::uint32_t state = take * 2654435761U + 1;
    for (std::size_t i = 0; i < image.pixels.size(); i += 7) {
        state = state * 1664525U + 1013904223U;
        image.pixels[i] = static_cast<std::uint8_t>(tone > 127 ? tone - (state >> 30U) : tone + (state >> 30U));
    }
    return image;
}

// What a finger lets through: a dark glow from one side, that moves a little with the pulse, and a straining sensor.
Image finger(int width, int height, std::uint32_t take) {
    Image image = flat(width, height, 0, take);
    const double beat = 1 + 0.06 * std::sin(0.4 * take);
    std::uint32_t state = take * 2654435761U + 1;
    auto* pixel = image.pixels.data();
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column, pixel += 3) {
            state = state * 1664525U + 1013904223U;
            const double glow = beat * (26 + 34.0 * column / width + 12.0 * row / height);
            const double noise = static_cast<double>(state >> 28U) - 7.5;
            pixel[0] = static_cast<std::uint8_t>(std::clamp(1.5 * glow + noise, 0.0, 255.0));
            pixel[1] = static_cast<std::uint8_t>(std::clamp(0.5 * glow + noise, 0.0, 255.0));
            pixel[2] = static_cast<std::uint8_t>(std::clamp(0.4 * glow + noise, 0.0, 255.0));
        }
    }
    return image;
}

// What a failing driver may hand over.
Image garbled(int width, int height, std::uint32_t take) {
    switch (take % 4) {
        case 0:
            return {};
        case 1:  // cut off in the middle
            return {width, height, PixelFormat::Rgb8, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * 3)};
        case 2:
            return {width, height, PixelFormat::Gray8,
                    std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 99)};
        default:  // a size that no buffer stands behind
            return {1 << 30, 1 << 30, PixelFormat::Rgb8, std::vector<std::uint8_t>(12)};
    }
}

// A still fitted into the frame's size, its middle shown.
Image fitted(const Image& still, int width, int height) {
    const Image rgb = to_rgb(still);
    if (rgb.empty()) return {};
    const double factor = std::max(static_cast<double>(width) / rgb.width, static_cast<double>(height) / rgb.height);
    const Image large = resized(rgb, std::max(width, static_cast<int>(std::lround(rgb.width * factor))),
                                std::max(height, static_cast<int>(std::lround(rgb.height * factor))));
    Image out{width, height, PixelFormat::Rgb8, {}};
    out.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    const int left = (large.width - width) / 2;
    const int top = (large.height - height) / 2;
    for (int row = 0; row < height; ++row) {
        const auto from = large.pixels.begin() + (static_cast<std::ptrdiff_t>(top + row) * large.width + left) * 3;
        std::copy(from, from + width * 3, out.pixels.begin() + static_cast<std::ptrdiff_t>(row) * width * 3);
    }
    return out;
}

}  // namespace

Scene Scene::person(std::uint32_t identity) {
    Appearance appearance;
    appearance.identity = identity;
    return person(appearance);
}
Scene Scene::person(const Appearance& appearance) {
    return {Kind::People, {appearance}, {}};
}
Scene Scene::nobody() {
    return {Kind::People, {}, {}};
}
Scene Scene::of(Kind kind) {
    return {kind, {}, {}};
}
Scene Scene::picture(Image image) {
    return {Kind::Still, {}, std::move(image)};
}

VirtualCamera::VirtualCamera(Scene scene, VirtualCameraOptions options)
    : m_options(options),
      m_check(options.blank),
      m_due(Clock::now()),
      m_start(m_due),
      m_scene(keep(std::move(scene))) {}

VirtualCamera::~VirtualCamera() {
    VirtualCamera::close();
    wipe(m_last);
}

void VirtualCamera::show(Scene scene) {
    {
        const std::lock_guard lock(m_mutex);
        m_scene = keep(std::move(scene));
        ++m_change;
    }
    m_changed.notify_all();
}

void VirtualCamera::close() {
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
}

tl::expected<Frame, CameraError> VirtualCamera::next(std::chrono::milliseconds timeout) {
    const auto fault = [](CameraFault kind, const char* what) {
        return tl::unexpected(CameraError{kind, std::string("virtual camera: ") + what});
    };
    const auto until = Clock::now() + timeout;
    std::shared_ptr<const Scene> scene;
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            if (m_closed) return fault(CameraFault::Closed, "closed");
            scene = m_scene;
            // The scene before belongs to the past: what was frozen or absent a moment ago starts anew.
            if (m_change != m_seen_change) m_check.reset();
            m_seen_change = m_change;
            if (scene->kind == Scene::Kind::Absent) return fault(CameraFault::NotThere, "unplugged");
            const bool silent = scene->kind == Scene::Kind::Silent;
            const auto now = Clock::now();
            if (!silent && now >= m_due) break;
            if (now >= until) return fault(CameraFault::NoFrame, "no frame within the timeout");
            m_changed.wait_until(lock, silent ? until : std::min(m_due, until));
        }
    }
    const auto now = Clock::now();
    m_due = std::max(m_due + period_of(m_options), now);
    Frame frame{render(*scene, now), ++m_sequence, now};
    if (const auto bad = m_check.observe(frame.image, now)) {
        wipe(frame.image);
        return fault(bad->fault, bad->where.c_str());
    }
    return frame;
}

Image VirtualCamera::render(const Scene& scene, Clock::time_point now) {
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_start);
    const auto take = static_cast<std::uint32_t>(m_sequence);
    const int width = m_options.width;
    const int height = m_options.height;
    switch (scene.kind) {
        case Scene::Kind::White:
            return flat(width, height, 252, take);
        case Scene::Kind::Black:
            return flat(width, height, 4, take);
        case Scene::Kind::Covered:
            return finger(width, height, take);
        case Scene::Kind::Garbled:
            return garbled(width, height, take);
        case Scene::Kind::Resizing:
            return draw_people({}, width + 16 * static_cast<int>(1 + take % 5), height, take);
        case Scene::Kind::Frozen:
            if (m_last.empty()) m_last = draw_people({}, width, height);
            return m_last;
        case Scene::Kind::Still: {
            wipe(m_last);
            m_last = fitted(scene.still, width, height);
            std::uint32_t state = take * 2654435761U + 1;
            for (auto& value : m_last.pixels) {
                state = state * 1664525U + 1013904223U;
                value = static_cast<std::uint8_t>(std::clamp(value + static_cast<int>(state >> 30U) - 1, 0, 255));
            }
            return m_last;
        }
        case Scene::Kind::People: {
            std::vector<Appearance> people = scene.people;
            for (auto& person : people) {
                if (m_options.moving) person = animate(person, since);
                person.take += take;
            }
            wipe(m_last);
            m_last = draw_people(people, width, height, people.empty() ? take : people.front().take,
                                 people.empty() ? 1.5 : people.front().noise);
            return m_last;
        }
        case Scene::Kind::Absent:
        case Scene::Kind::Silent:
            break;
    }
    return {};
}

}  // namespace uketsuke::vision
