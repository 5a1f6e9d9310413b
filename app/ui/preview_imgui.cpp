#include "app/ui/preview_imgui.h"

#include <cstddef>
#include <vector>

#include <SDL_opengl.h>

namespace uketsuke::ui {

namespace {

constexpr int k_largest_side = 8192;

bool sound(const Preview& preview) {
    return preview.width > 0 && preview.height > 0 && preview.width <= k_largest_side &&
           preview.height <= k_largest_side &&
           preview.rgb.size() == static_cast<std::size_t>(preview.width) * static_cast<std::size_t>(preview.height) * 3;
}

}  // namespace

PreviewTexture::~PreviewTexture() {
    erase();
}

void PreviewTexture::erase() {
    if (m_image.texture == 0) return;
    // Freed memory may be handed to others as it is: the face is overwritten first.
    const std::vector<std::uint8_t> black(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height) * 3);
    glBindTexture(GL_TEXTURE_2D, m_image.texture);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, m_width, m_height, GL_RGB, GL_UNSIGNED_BYTE, black.data());
    glDeleteTextures(1, &m_image.texture);
    m_image = {};
    m_sequence = 0;
}

void PreviewTexture::show(const Preview* preview) {
    if (preview == nullptr || !sound(*preview)) {
        erase();
        return;
    }
    if (m_image.texture != 0 && (preview->width != m_width || preview->height != m_height)) erase();
    if (m_image.texture != 0 && preview->sequence == m_sequence) return;
    const bool fresh = m_image.texture == 0;
    if (fresh) {
        glGenTextures(1, &m_image.texture);
        m_width = preview->width;
        m_height = preview->height;
        m_image.aspect = static_cast<float>(m_width) / static_cast<float>(m_height);
    }
    glBindTexture(GL_TEXTURE_2D, m_image.texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    if (fresh) {
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, m_width, m_height, 0, GL_RGB, GL_UNSIGNED_BYTE, preview->rgb.data());
    } else {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, m_width, m_height, GL_RGB, GL_UNSIGNED_BYTE, preview->rgb.data());
    }
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    m_sequence = preview->sequence;
}

}  // namespace uketsuke::ui
