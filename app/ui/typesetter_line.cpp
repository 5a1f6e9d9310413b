#include "app/ui/typesetter_line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "app/ui/ruby.h"
#include "app/ui/text.h"

namespace uketsuke::ui {

namespace {

constexpr std::size_t k_longest_line = 4096;
constexpr int k_widest_picture = 16384;
constexpr float k_baseline = 0.88F;
constexpr float k_ruby_size = 0.5F;
constexpr float k_ruby_gap = 0.05F;
constexpr float k_ruby_space = 0.3F;

struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct FreeAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct FreeOptions {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

// Control characters, line and paragraph separators, and what turns the direction of writing.
bool drawn(char32_t point) {
    return point >= 0x20 && (point < 0x7F || point >= 0xA0) && (point < 0x2028 || point > 0x202E) &&
           (point < 0x2066 || point > 0x2069);
}

void append(std::string& words, char32_t point) {
    std::array<char, 6> bytes{};
    words.append(bytes.data(), static_cast<std::size_t>(g_unichar_to_utf8(point, bytes.data())));
}

std::string clean(std::string_view words) {
    std::string all;
    while (!words.empty() && all.size() < k_longest_line) {
        char32_t point = take_code_point(words);
        if (g_unichar_validate(point) == 0) point = 0xFFFD;
        if (drawn(point)) append(all, point);
    }
    return all;
}

// Characters that would look odd in different faces next to each other.
enum class Kin : std::uint8_t { Kanji, Letter, Other };

Kin kin_of(char32_t point) {
    if (like_kanji(point)) return Kin::Kanji;
    const bool letter = (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') ||
                        (point >= 0xC0 && point <= 0x36F) || (point >= 0x1E00 && point <= 0x1EFF);
    return letter ? Kin::Letter : Kin::Other;
}

// One character with the selectors of its shape.
std::vector<std::string> characters_of(std::string_view words) {
    std::vector<std::string> all;
    while (!words.empty()) {
        const char32_t point = take_code_point(words);
        if (all.empty() || !variation_selector(point)) all.emplace_back();
        append(all.back(), point);
    }
    return all;
}

float width_of(PangoLayout* layout) {
    PangoRectangle advance{};
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), nullptr, &advance);
    return static_cast<float>(advance.width) / PANGO_SCALE;
}

// A word of which the first face lacks a letter, or whose ideograph asks for a variant that only the second can draw,
// is set in the second face as a whole.
std::unique_ptr<PangoAttrList, FreeAttributes> second_face(std::string_view words, const std::string& family,
                                                           const Coverage& faces) {
    std::unique_ptr<PangoAttrList, FreeAttributes> list(pango_attr_list_new());
    std::size_t begin = 0;
    Kin kin = Kin::Other;
    bool lacks = false;
    const auto close = [&](std::size_t end) {
        if (lacks && kin != Kin::Other) {
            PangoAttribute* face = pango_attr_family_new(family.c_str());
            face->start_index = static_cast<guint>(begin);
            face->end_index = static_cast<guint>(end);
            pango_attr_list_insert(list.get(), face);
        }
        begin = end;
        lacks = false;
    };
    for (std::string_view rest = words; !rest.empty();) {
        const std::size_t at = words.size() - rest.size();
        const char32_t point = take_code_point(rest);
        const Kin now = kin_of(point);
        if (now != kin) close(at);
        kin = now;
        lacks = lacks || (!faces.has(0, point) && (faces.has(1, point) || variation_selector(point)));
    }
    close(words.size());
    return list;
}

}  // namespace

void UnrefObject::operator()(void* object) const {
    g_object_unref(object);
}

LineSetter::LineSetter(FontConfig config)
    : m_config(std::move(config)), m_fonts(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(m_fonts.get()), m_config.get());
    m_context.reset(pango_font_map_create_context(m_fonts.get()));
    const std::unique_ptr<cairo_font_options_t, FreeOptions> options(cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(m_context.get(), options.get());
    pango_context_set_round_glyph_positions(m_context.get(), FALSE);
    pango_context_set_base_dir(m_context.get(), PANGO_DIRECTION_LTR);
}

const Coverage& LineSetter::coverage(Script script) {
    return m_coverage.try_emplace(script, m_config, families(script)).first->second;
}

SetRun LineSetter::run(const std::string& letters, const TextStyle& style) {
    SetRun run;
    run.layout.reset(pango_layout_new(m_context.get()));
    PangoLayout* layout = run.layout.get();
    const Script script = script_of(style.language);
    const std::vector<std::string>& faces = families(script);
    std::string list;
    for (const std::string& face : faces) list += (list.empty() ? "" : ",") + face;
    const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), list.c_str());
    pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), static_cast<double>(style.pixels) * PANGO_SCALE);
    pango_layout_set_font_description(layout, font.get());
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, letters.data(), static_cast<int>(letters.size()));
    if (faces.size() > 1) {
        pango_layout_set_attributes(layout, second_face(letters, faces[1], coverage(script)).get());
    }
    return run;
}

void LineSetter::place(SetLine& line, SetRun run, float x, int baseline) const {
    PangoLayout* layout = run.layout.get();
    PangoRectangle ink{};
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink, nullptr);
    const auto units = [](int length) { return static_cast<float>(length) / PANGO_SCALE; };
    if (ink.width > 0 && ink.height > 0) {
        const Rect here{x + units(ink.x), static_cast<float>(baseline) + units(ink.y), units(ink.width),
                        units(ink.height)};
        const Rect& old = line.box.ink;
        const bool first = old.width <= 0;
        const float left = first ? here.x : std::min(old.x, here.x);
        const float top = first ? here.y : std::min(old.y, here.y);
        const float right = first ? here.right() : std::max(old.right(), here.right());
        const float bottom = first ? here.bottom() : std::max(old.bottom(), here.bottom());
        line.box.ink = {left, top, right - left, bottom - top};
    }
    line.box.unknown_glyphs += pango_layout_get_unknown_glyphs_count(layout);
    run.x = x;
    run.baseline = baseline;
    line.runs.push_back(std::move(run));
}

void LineSetter::set_with_reading(SetLine& line, const std::string& base, const std::string& reading,
                                  const TextStyle& style) {
    TextStyle small = style;
    small.pixels = std::max(4.F, style.pixels * k_ruby_size);
    small.bold = false;
    SetRun above = run(reading, small);
    SetRun below = run(base, style);
    const float letters_width = width_of(above.layout.get());
    // Two readings side by side stay two.
    const float above_width = letters_width + small.pixels * k_ruby_space;
    const float below_width = width_of(below.layout.get());
    const float left = line.box.width;
    const float width = std::max(above_width, below_width);
    const int baseline = static_cast<int>(std::lround(style.pixels * k_baseline));
    const float descent = small.pixels * (1 - k_baseline) + style.pixels * k_ruby_gap;
    place(line, std::move(above), left + (width - letters_width) / 2, -static_cast<int>(std::lround(descent)));
    const std::vector<std::string> characters = characters_of(base);
    if (above_width <= below_width || characters.size() < 2) {
        place(line, std::move(below), left + (width - below_width) / 2, baseline);
    } else {
        // Half a space at either end, a whole one between two characters.
        const float space = (width - below_width) / static_cast<float>(characters.size());
        float x = left + space / 2;
        for (const std::string& character : characters) {
            SetRun one = run(character, style);
            const float advance = width_of(one.layout.get());
            place(line, std::move(one), x, baseline);
            x += advance + space;
        }
    }
    line.box.width += width;
    line.box.ruby = true;
}

SetLine LineSetter::set(std::string_view words, const TextStyle& asked) {
    TextStyle style = asked;
    style.pixels = std::clamp(asked.pixels, 4.F, 512.F);
    pango_context_set_language(m_context.get(), pango_language_from_string(shaper_language(style.language)));
    SetLine line;
    const std::string cleaned = clean(words);
    const std::vector<RubyRun> runs =
        style.ruby == Ruby::Read ? ruby_runs(cleaned) : std::vector<RubyRun>{{.base = cleaned, .ruby = {}}};
    for (const RubyRun& part : runs) {
        if (!part.ruby.empty()) {
            set_with_reading(line, part.base, part.ruby, style);
            continue;
        }
        SetRun plain = run(part.base, style);
        const float width = width_of(plain.layout.get());
        place(line, std::move(plain), line.box.width, static_cast<int>(std::lround(style.pixels * k_baseline)));
        line.box.width += width;
    }
    return line;
}

LinePicture LineSetter::paint(const SetLine& line) {
    LinePicture picture;
    const Rect& ink = line.box.ink;
    if (ink.width <= 0 || ink.height <= 0) return picture;
    // Letters are moved to whole pixels, and smoothing colours one beyond.
    picture.left = static_cast<int>(std::floor(ink.x)) - 2;
    picture.top = static_cast<int>(std::floor(ink.y)) - 2;
    picture.width = std::min(k_widest_picture, static_cast<int>(std::ceil(ink.right())) + 2 - picture.left);
    picture.height = static_cast<int>(std::ceil(ink.bottom())) + 2 - picture.top;
    const int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, picture.width);
    picture.alpha.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(picture.height), 0);
    const std::unique_ptr<cairo_surface_t, FreeSurface> surface(cairo_image_surface_create_for_data(
        picture.alpha.data(), CAIRO_FORMAT_A8, picture.width, picture.height, stride));
    {
        const std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
        for (const SetRun& run : line.runs) {
            cairo_move_to(cairo.get(), static_cast<double>(run.x) - picture.left, run.baseline - picture.top);
            pango_cairo_show_layout_line(cairo.get(), pango_layout_get_line_readonly(run.layout.get(), 0));
        }
    }
    cairo_surface_flush(surface.get());
    // The rows without cairo's padding.
    for (int y = 1; y < picture.height && stride != picture.width; ++y) {
        std::copy_n(picture.alpha.begin() + static_cast<std::ptrdiff_t>(y) * stride, picture.width,
                    picture.alpha.begin() + static_cast<std::ptrdiff_t>(y) * picture.width);
    }
    const std::size_t size = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    std::fill(picture.alpha.begin() + static_cast<std::ptrdiff_t>(size), picture.alpha.end(), std::uint8_t{0});
    picture.alpha.resize(size);
    return picture;
}

}  // namespace uketsuke::ui
