#include "app/main/backlight.h"

#include <algorithm>
#include <utility>

#include "app/main/small_file.h"

namespace uketsuke::app {

Backlight::Backlight(std::filesystem::path folder, int percent, Trouble trouble)
    : m_folder(std::move(folder)), m_percent(std::clamp(percent, 1, 100)), m_trouble(std::move(trouble)) {}

Backlight::~Backlight() {
    restore();
}

void Backlight::follow(bool dimmed) {
    if (m_folder.empty() || dimmed == m_dimmed) return;
    m_dimmed = dimmed;
    if (dimmed) {
        dim();
    } else {
        restore();
    }
}

void Backlight::dim() {
    const auto full = read_number(m_folder / "max_brightness");
    if (!full || *full == 0 || *full > INT32_MAX) return fail(m_folder / "max_brightness");
    const auto now = read_number(m_folder / "brightness");
    if (!now) return fail(m_folder / "brightness");
    const auto wanted = std::max<std::int64_t>(1, *full * m_percent / 100);
    if (*now <= wanted) return;
    if (!write_number(m_folder / "brightness", wanted)) return fail(m_folder / "brightness");
    m_before = now;
}

void Backlight::restore() {
    if (!m_before) return;
    const auto before = *std::exchange(m_before, std::nullopt);
    if (!write_number(m_folder / "brightness", before)) fail(m_folder / "brightness");
}

void Backlight::fail(const std::filesystem::path& file) {
    if (std::exchange(m_told, true) || !m_trouble) return;
    m_trouble("the screen's light cannot be dimmed: " + file.string());
}

}  // namespace uketsuke::app
