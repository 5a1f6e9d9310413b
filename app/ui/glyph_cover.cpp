#include "app/ui/glyph_cover.h"

#include <memory>
#include <mutex>
#include <vector>

#include "app/ui/fonts_imgui.h"

namespace uketsuke::ui {
namespace {

// The ideographic planes end here; beyond are tags, variation selectors and private use.
constexpr char32_t k_end = 0x40000;
constexpr char32_t k_first_selector = 0xE0100;  // ideographic variation sequences: drawn with the character before
constexpr char32_t k_last_selector = 0xE01EF;

struct Cover {
    std::once_flag once;
    std::vector<FontFiles> families;
    std::vector<bool> known;
};

}  // namespace

std::function<bool(char32_t)> glyph_cover() {
    auto cover = std::make_shared<Cover>();
    cover->families = installed_fonts();
    if (cover->families.empty()) return {};
    return [cover](char32_t point) {
        std::call_once(cover->once, [&] { cover->known = known_glyphs(cover->families, k_end); });
        if (point < k_end) return static_cast<bool>(cover->known[point]);
        return point >= k_first_selector && point <= k_last_selector;
    };
}

}  // namespace uketsuke::ui
