// The camera picture in graphics memory. Private to app/ui; needs the window's OpenGL context to be current.
#pragma once

#include <cstdint>

#include "app/ui/canvas_imgui.h"
#include "app/ui/preview.h"

namespace uketsuke::ui {

class PreviewTexture {
  public:
    PreviewTexture() = default;
    ~PreviewTexture();
    PreviewTexture(const PreviewTexture&) = delete;
    PreviewTexture& operator=(const PreviewTexture&) = delete;

    // Loads a new picture, or erases the old one when there is none.
    void show(const Preview* preview);
    CameraImage image() const { return m_image; }

  private:
    void erase();

    CameraImage m_image;
    std::uint64_t m_sequence = 0;
    int m_width = 0;
    int m_height = 0;
};

}  // namespace uketsuke::ui
