// The chip's photo of the patient who is here, for staff who compare it with the face. In memory only, and gone with
// the session.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "app/core/vocabulary.h"
#include "vision/image.h"

namespace uketsuke::workers {

// Any thread. Holds one photo, since one patient is here. A session that was wiped takes nothing in any more: a slow
// worker cannot bring a patient back.
class PhotoShelf {
  public:
    PhotoShelf() = default;
    PhotoShelf(const PhotoShelf&) = delete;
    PhotoShelf& operator=(const PhotoShelf&) = delete;
    ~PhotoShelf();

    // Takes the picture over; one that is refused is overwritten.
    void put(core::SessionId session, vision::Image photo);
    // As a PNG, which the caller wipes (vision::wipe); nullopt: there is none of this session.
    std::optional<std::vector<std::uint8_t>> png_of(core::SessionId session) const;
    bool has(core::SessionId session) const;
    // Called after each put() that was taken, on its thread. Set before any thread runs.
    void set_kept(std::function<void()> kept) { m_kept = std::move(kept); }
    // Overwrites what is held of this session and of those before it.
    void wipe(core::SessionId session);
    bool empty() const;

  private:
    std::function<void()> m_kept;
    mutable std::mutex m_mutex;
    core::SessionId m_session{0};
    vision::Image m_photo;
    core::SessionId m_wiped_up_to{0};
};

}  // namespace uketsuke::workers
