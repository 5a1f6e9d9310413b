// Pictures of words in graphics memory, many to a texture. Private to app/ui; needs the window's OpenGL context to be
// current wherever it says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/ui/typesetter.h"

namespace uketsuke::ui {

// Where a picture lies; worthless as soon as its page was cleared.
struct PageSlot {
    std::size_t page = 0;
    std::uint64_t filled = 0;  // which filling of the page
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

class TextPages {
  public:
    static constexpr int k_page_width = 2048;
    static constexpr int k_page_height = 1024;
    // 8 MiB. Only a frame that draws more than fits takes more pages, and gives them back with the next.
    static constexpr std::size_t k_pages = 4;

    TextPages() = default;
    ~TextPages();  // context
    TextPages(const TextPages&) = delete;
    TextPages& operator=(const TextPages&) = delete;

    // A picture of at most a page's size, cut out of rows of `stride` bytes. Context. nullopt: larger than a page, or
    // no texture is to be had.
    std::optional<PageSlot> put(const std::uint8_t* alpha, int stride, int width, int height);
    // False: it is gone. True keeps its page for this frame.
    bool holds(const PageSlot& slot);
    Tile tile(const PageSlot& slot) const;  // at 0, 0

    // Pages used from now on stay until the next call. Context.
    void begin_frame();
    // Overwrites everything. Context.
    void erase();
    std::uint64_t changes() const { return m_changes; }

  private:
    struct Shelf {
        int y = 0;
        int height = 0;
        int used = 0;
    };
    struct Page {
        std::uint32_t texture = 0;
        std::uint64_t filled = 0;
        std::uint64_t frame = 0;  // last used
        int used = 0;
        std::vector<Shelf> shelves;
    };

    Shelf* shelf_for(Page& page, int width, int height);
    void clear(Page& page);
    std::size_t page_with_room(int width, int height);

    std::vector<Page> m_pages;
    std::uint64_t m_frame = 1;
    std::uint64_t m_changes = 0;
};

}  // namespace uketsuke::ui
