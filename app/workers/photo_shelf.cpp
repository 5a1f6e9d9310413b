#include "app/workers/photo_shelf.h"

#include <algorithm>
#include <utility>

namespace uketsuke::workers {

PhotoShelf::~PhotoShelf() {
    vision::wipe(m_photo);
}

void PhotoShelf::put(core::SessionId session, vision::Image photo) {
    {
        const std::lock_guard lock(m_mutex);
        if (session <= m_wiped_up_to || session < m_session || !photo.sound()) {
            vision::wipe(photo);
            return;
        }
        vision::wipe(m_photo);
        m_photo = std::move(photo);
        m_session = session;
    }
    if (m_kept) m_kept();
}

std::optional<std::vector<std::uint8_t>> PhotoShelf::png_of(core::SessionId session) const {
    const std::lock_guard lock(m_mutex);
    if (m_session != session || m_photo.empty()) return std::nullopt;
    auto png = vision::encode_png(m_photo);
    if (!png) return std::nullopt;
    return std::move(*png);
}

void PhotoShelf::wipe(core::SessionId session) {
    const std::lock_guard lock(m_mutex);
    m_wiped_up_to = std::max(m_wiped_up_to, session);
    if (m_session <= m_wiped_up_to) vision::wipe(m_photo);
}

bool PhotoShelf::has(core::SessionId session) const {
    const std::lock_guard lock(m_mutex);
    return m_session == session && !m_photo.pixels.empty();
}

bool PhotoShelf::empty() const {
    const std::lock_guard lock(m_mutex);
    return m_photo.empty();
}

}  // namespace uketsuke::workers
