// The glyph atlas: one font a type role, holding exactly the characters that the catalogues need. Private to app/ui.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "app/ui/theme.h"

struct ImFont;

namespace uketsuke::ui {

struct Fonts {
    std::array<ImFont*, k_types> by_type{};
    ImFont* operator[](Type type) const { return by_type[static_cast<std::size_t>(type)]; }
};

struct FontFiles {
    std::string regular;
    std::string bold;
    int bold_index = 0;  // in a font collection
    int regular_index = 0;
};

// The font families found on this machine, best first: BIZ UDGothic, then Noto Sans CJK JP.
std::vector<FontFiles> installed_fonts();

// Code points that none of the installed fonts can draw.
std::set<char32_t> missing_glyphs(const std::vector<FontFiles>& families, const std::set<char32_t>& wanted);

// For every code point below `end`: whether one of the families has a glyph for it.
std::vector<bool> known_glyphs(const std::vector<FontFiles>& families, char32_t end);

// Replaces what the current ImGui context's atlas holds. Error: what font could not be used.
tl::expected<Fonts, std::string> build_fonts(const std::vector<FontFiles>& families, const std::set<char32_t>& wanted,
                                             const TypeScale& scale, float pixels_per_unit);

}  // namespace uketsuke::ui
