#include "app/ui/typesetter_pages.h"

#include <algorithm>
#include <array>

#include <SDL_opengl.h>

namespace uketsuke::ui {

namespace {

// Between neighbours, so that none is ever sampled with the other.
constexpr int k_gap = 1;

std::uint32_t empty_texture() {
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    // White as thick as the one channel says, tinted by the vertices' colour.
    const std::array<GLint, 4> white{GL_ONE, GL_ONE, GL_ONE, GL_RED};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, white.data());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, TextPages::k_page_width, TextPages::k_page_height, 0, GL_RED,
                 GL_UNSIGNED_BYTE, nullptr);
    return texture;
}

void overwrite(std::uint32_t texture, int rows) {
    if (rows <= 0) return;
    const std::vector<std::uint8_t> nothing(static_cast<std::size_t>(TextPages::k_page_width) *
                                            static_cast<std::size_t>(rows));
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, TextPages::k_page_width, rows, GL_RED, GL_UNSIGNED_BYTE, nothing.data());
}

}  // namespace

TextPages::~TextPages() {
    // Freed memory may be handed to others as it is.
    erase();
    for (const Page& page : m_pages) glDeleteTextures(1, &page.texture);
}

TextPages::Shelf* TextPages::shelf_for(Page& page, int width, int height) {
    Shelf* best = nullptr;
    for (Shelf& shelf : page.shelves) {
        const bool fits =
            shelf.height >= height && shelf.height <= height + height / 3 + 4 && shelf.used + width <= k_page_width;
        if (fits && (best == nullptr || shelf.height < best->height)) best = &shelf;
    }
    if (best != nullptr) return best;
    if (page.used + height + k_gap > k_page_height) return nullptr;
    page.shelves.push_back({page.used, height, 0});
    page.used += height + k_gap;
    return &page.shelves.back();
}

void TextPages::clear(Page& page) {
    overwrite(page.texture, page.used);
    page.shelves.clear();
    page.used = 0;
    page.filled = ++m_changes;
}

std::size_t TextPages::page_with_room(int width, int height) {
    std::size_t oldest = m_pages.size();
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (shelf_for(m_pages[i], width, height) != nullptr) return i;
        const bool idle = m_pages[i].frame != m_frame;
        if (idle && (oldest == m_pages.size() || m_pages[i].frame < m_pages[oldest].frame)) oldest = i;
    }
    if (m_pages.size() < k_pages || oldest == m_pages.size()) {
        m_pages.push_back({empty_texture(), ++m_changes, m_frame, 0, {}});
        return m_pages.size() - 1;
    }
    clear(m_pages[oldest]);
    return oldest;
}

std::optional<PageSlot> TextPages::put(const std::uint8_t* alpha, int stride, int width, int height) {
    if (width <= 0 || height <= 0 || width > k_page_width || height + k_gap > k_page_height) return std::nullopt;
    const std::size_t index = page_with_room(width, height);
    Page& page = m_pages[index];
    Shelf* shelf = shelf_for(page, width, height);
    if (shelf == nullptr || page.texture == 0) return std::nullopt;
    const PageSlot slot{index, page.filled, shelf->used, shelf->y, width, height};
    shelf->used += width + k_gap;
    page.frame = m_frame;
    ++m_changes;
    glBindTexture(GL_TEXTURE_2D, page.texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, stride);
    glTexSubImage2D(GL_TEXTURE_2D, 0, slot.x, slot.y, width, height, GL_RED, GL_UNSIGNED_BYTE, alpha);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    return slot;
}

bool TextPages::holds(const PageSlot& slot) {
    if (slot.page >= m_pages.size() || m_pages[slot.page].filled != slot.filled) return false;
    m_pages[slot.page].frame = m_frame;
    return true;
}

Tile TextPages::tile(const PageSlot& slot) const {
    const auto width = static_cast<float>(slot.width);
    const auto height = static_cast<float>(slot.height);
    return {m_pages.at(slot.page).texture,
            {0, 0, width, height},
            {static_cast<float>(slot.x) / k_page_width, static_cast<float>(slot.y) / k_page_height,
             width / k_page_width, height / k_page_height}};
}

void TextPages::begin_frame() {
    ++m_frame;
    while (m_pages.size() > k_pages) {
        clear(m_pages.back());
        glDeleteTextures(1, &m_pages.back().texture);
        m_pages.pop_back();
    }
}

void TextPages::erase() {
    for (Page& page : m_pages) {
        if (page.used > 0) clear(page);
    }
}

}  // namespace uketsuke::ui
