#include "app/ui/fonts_imgui.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include <imgui.h>
#include <stb_truetype.h>

namespace uketsuke::ui {

namespace {

constexpr std::array<const char*, 2> k_font_roots{"/usr/share/fonts", "/usr/local/share/fonts"};

// ImWchar has 16 bits here.
constexpr char32_t k_last_drawable = 0xFFFF;

bool drawable(char32_t point) {
    return point >= 0x20 && point <= k_last_drawable;
}

std::vector<ImWchar> ranges_of(const std::set<char32_t>& wanted) {
    std::vector<ImWchar> ranges;
    for (const char32_t point : wanted) {
        if (!drawable(point)) continue;
        const auto c = static_cast<ImWchar>(point);
        if (!ranges.empty() && ranges.back() + 1 == c) {
            ranges.back() = c;
        } else {
            ranges.push_back(c);
            ranges.push_back(c);
        }
    }
    ranges.push_back(0);
    return ranges;
}

std::vector<char> bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// A font file read for looking up which glyphs it has; one that cannot be used has none.
class FontTable {
  public:
    FontTable(const std::string& path, int index) : m_bytes(bytes_of(path)) {
        const auto* data = reinterpret_cast<const unsigned char*>(m_bytes.data());
        const int offset = m_bytes.empty() ? -1 : stbtt_GetFontOffsetForIndex(data, index);
        m_usable = offset >= 0 && stbtt_InitFont(&m_info, data, offset) != 0;
    }
    bool has(char32_t point) const { return m_usable && stbtt_FindGlyphIndex(&m_info, static_cast<int>(point)) != 0; }

  private:
    std::vector<char> m_bytes;
    stbtt_fontinfo m_info{};
    bool m_usable = false;
};

std::set<char32_t> without_known(std::set<char32_t> wanted, const std::string& path, int index) {
    const FontTable table(path, index);
    std::erase_if(wanted, [&table](char32_t point) { return drawable(point) && table.has(point); });
    return wanted;
}

}  // namespace

std::vector<FontFiles> installed_fonts() {
    std::vector<FontFiles> found;
    const auto take = [&found](const std::string& regular, const std::string& bold) {
        std::error_code ignored;
        if (std::filesystem::exists(regular, ignored) && std::filesystem::exists(bold, ignored)) {
            found.push_back({regular, bold, 0, 0});
        }
    };
    for (const std::string root : k_font_roots) {
        take(root + "/truetype/bizud-gothic/BIZUDPGothic-Regular.ttf",
             root + "/truetype/bizud-gothic/BIZUDPGothic-Bold.ttf");
    }
    for (const std::string root : k_font_roots) {
        // The first font of these collections is the Japanese one.
        take(root + "/opentype/noto/NotoSansCJK-Regular.ttc", root + "/opentype/noto/NotoSansCJK-Bold.ttc");
    }
    return found;
}

std::vector<bool> known_glyphs(const std::vector<FontFiles>& families, char32_t end) {
    std::vector<bool> known(end, false);
    for (const FontFiles& family : families) {
        const FontTable table(family.regular, family.regular_index);
        for (char32_t point = 0; point < end; ++point) known[point] = known[point] || table.has(point);
    }
    return known;
}

std::set<char32_t> missing_glyphs(const std::vector<FontFiles>& families, const std::set<char32_t>& wanted) {
    std::set<char32_t> missing_regular = wanted;
    std::set<char32_t> missing_bold = wanted;
    for (const FontFiles& family : families) {
        missing_regular = without_known(std::move(missing_regular), family.regular, family.regular_index);
        missing_bold = without_known(std::move(missing_bold), family.bold, family.bold_index);
    }
    missing_regular.merge(missing_bold);
    return missing_regular;
}

tl::expected<Fonts, std::string> build_fonts(const std::vector<FontFiles>& families, const std::set<char32_t>& wanted,
                                             const TypeScale& scale, float pixels_per_unit) {
    if (families.empty()) {
        return tl::unexpected<std::string>(
            "no font for Japanese is installed: fonts-morisawa-bizud-gothic or fonts-noto-cjk");
    }
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    // What the first family lacks is looked up in the next; a family that adds nothing is not even opened.
    std::set<char32_t> missing = wanted;
    std::vector<std::pair<FontFiles, std::vector<ImWchar>>> sources;
    for (const FontFiles& family : families) {
        std::set<char32_t> still = missing_glyphs({family}, missing);
        std::set<char32_t> here;
        std::ranges::set_difference(missing, still, std::inserter(here, here.end()));
        if (!here.empty()) sources.emplace_back(family, ranges_of(here));
        missing = std::move(still);
    }
    const std::vector<ImWchar> digits{'0', '9', 0};
    Fonts fonts;
    for (std::size_t i = 0; i < k_types; ++i) {
        const float pixels = std::max(8.F, std::round(scale.sizes[i] * pixels_per_unit));
        for (const auto& [family, ranges] : sources) {
            ImFontConfig config;
            config.OversampleH = 1;
            config.OversampleV = 1;
            config.PixelSnapH = false;
            config.MergeMode = fonts.by_type[i] != nullptr;
            config.FontNo = k_bold[i] ? family.bold_index : family.regular_index;
            const std::string& path = k_bold[i] ? family.bold : family.regular;
            const bool only_digits = static_cast<Type>(i) == Type::Digit;
            if (only_digits && config.MergeMode) continue;
            ImFont* font =
                atlas.AddFontFromFileTTF(path.c_str(), pixels, &config, only_digits ? digits.data() : ranges.data());
            if (font == nullptr) return tl::unexpected<std::string>("font " + path + ": cannot be read");
            fonts.by_type[i] = font;
        }
    }
    // `ranges` and `digits` are read only while building.
    if (!atlas.Build()) return tl::unexpected<std::string>("the glyph atlas could not be built");
    return fonts;
}

}  // namespace uketsuke::ui
