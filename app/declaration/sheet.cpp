#include "app/declaration/sheet.h"

#include <cairo-pdf.h>
#include <string.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "app/declaration/fonts.h"

namespace uketsuke::declaration {
namespace {

constexpr double k_points = 72 / 25.4;   // a millimetre
constexpr double k_line_height = 1.25;   // of the type's size
constexpr double k_one_line_from = 0.8;  // smaller than this share, two lines are easier to read
constexpr double k_step = 0.5;
constexpr std::size_t k_largest = 2u << 20;

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
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
using Layout = std::unique_ptr<PangoLayout, Unref<PangoLayout>>;

// Never leaves a copy behind where it grows out of its place.
cairo_status_t append(void* to, const unsigned char* bytes, unsigned int count) {
    auto& pdf = *static_cast<std::vector<std::uint8_t>*>(to);
    if (pdf.size() + count > k_largest) return CAIRO_STATUS_WRITE_ERROR;
    if (pdf.size() + count > pdf.capacity()) {
        std::vector<std::uint8_t> roomier;
        roomier.reserve(std::max<std::size_t>(2 * (pdf.size() + count), 256u << 10));
        roomier.assign(pdf.begin(), pdf.end());
        explicit_bzero(pdf.data(), pdf.size());
        pdf.swap(roomier);
    }
    pdf.insert(pdf.end(), bytes, bytes + count);
    return CAIRO_STATUS_SUCCESS;
}

bool printed(gunichar point) {
    return point >= 0x20 && (point < 0x7F || point >= 0xA0) && (point < 0x2028 || point > 0x202E) &&
           (point < 0x2066 || point > 0x2069);
}

// 〓 stands for a broken character wherever Japanese is set in type.
std::string clean(std::string_view text) {
    gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    std::string all;
    for (const gchar* at = valid; *at != 0; at = g_utf8_next_char(at)) {
        const gunichar point = g_utf8_get_char(at);
        if (point == 0xFFFD) {
            all.append("〓");
        } else if (printed(point)) {
            all.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
        }
    }
    explicit_bzero(valid, strlen(valid));
    g_free(valid);
    return all;
}

}  // namespace

struct Sheet::Parts {
    std::vector<std::uint8_t> pdf;
    std::unique_ptr<cairo_surface_t, FreeSurface> surface;
    std::unique_ptr<cairo_t, FreeCairo> cairo;
    std::unique_ptr<PangoContext, Unref<PangoContext>> context;
    int unknown = 0;

    ~Parts() {
        cairo.reset();
        surface.reset();
        explicit_bzero(pdf.data(), pdf.size());
    }

    // width: in millimetres; 0: one line.
    Layout layout(const std::string& text, const Type& type, double size, double width) const {
        Layout set(pango_layout_new(context.get()));
        const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
        pango_font_description_set_family(font.get(), k_families);
        pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
        pango_font_description_set_weight(font.get(), type.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(set.get(), font.get());
        const std::unique_ptr<PangoAttrList, FreeAttributes> attributes(pango_attr_list_new());
        pango_attr_list_insert(attributes.get(), pango_attr_line_height_new_absolute(
                                                     static_cast<int>(size * k_line_height * PANGO_SCALE)));
        // A hyphen at the end of a line would be one of the value's.
        pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
        if (type.spacing > 0) {
            pango_attr_list_insert(attributes.get(),
                                   pango_attr_letter_spacing_new(static_cast<int>(type.spacing * size * PANGO_SCALE)));
        }
        pango_layout_set_attributes(set.get(), attributes.get());
        pango_layout_set_auto_dir(set.get(), FALSE);
        pango_layout_set_wrap(set.get(), PANGO_WRAP_WORD_CHAR);
        if (width > 0) pango_layout_set_width(set.get(), static_cast<int>(width * k_points * PANGO_SCALE));
        pango_layout_set_text(set.get(), text.c_str(), static_cast<int>(text.size()));
        return set;
    }

    static std::array<double, 2> extent(PangoLayout* set) {
        int width = 0;
        int height = 0;
        pango_layout_get_size(set, &width, &height);
        return {width / k_points / PANGO_SCALE, height / k_points / PANGO_SCALE};
    }

    Layout fitted(const Box& box, const std::string& text, const Type& type) const {
        const double least = std::max(type.smallest, type.size * k_one_line_from);
        for (double size = type.size; size >= least; size -= k_step) {
            Layout set = layout(text, type, size, 0);
            const auto [width, height] = extent(set.get());
            if (width <= box.width && height <= box.height) return set;
        }
        for (double size = type.size; size >= type.smallest; size -= k_step) {
            Layout set = layout(text, type, size, box.width);
            const auto [width, height] = extent(set.get());
            if (width <= box.width && height <= box.height) return set;
        }
        return nullptr;
    }

    void ink(double grey) const { cairo_set_source_rgb(cairo.get(), grey, grey, grey); }
    void path(const Box& box) const {
        cairo_rectangle(cairo.get(), box.x * k_points, box.y * k_points, box.width * k_points, box.height * k_points);
    }
};

Sheet::Sheet(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Sheet::Sheet(Sheet&&) noexcept = default;
Sheet& Sheet::operator=(Sheet&&) noexcept = default;
Sheet::~Sheet() = default;

tl::expected<Sheet, std::string> Sheet::a4(const SheetFacts& facts) {
    PangoFontMap* fonts = form_fonts();
    if (fonts == nullptr) return tl::unexpected<std::string>("no font for the form is installed");
    auto parts = std::make_unique<Parts>();
    parts->surface.reset(
        cairo_pdf_surface_create_for_stream(&append, &parts->pdf, k_width * k_points, k_height * k_points));
    cairo_surface_t* surface = parts->surface.get();
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, facts.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "uketsuke");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, facts.made.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, facts.made.c_str());
    parts->cairo.reset(cairo_create(surface));
    if (cairo_status(parts->cairo.get()) != CAIRO_STATUS_SUCCESS) {
        return tl::unexpected<std::string>("the page cannot be opened");
    }
    parts->context.reset(pango_font_map_create_context(fonts));
    pango_context_set_language(parts->context.get(), pango_language_from_string("ja"));
    // Paper has no pixels to round to.
    pango_context_set_round_glyph_positions(parts->context.get(), FALSE);
    const std::unique_ptr<cairo_font_options_t, FreeOptions> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(parts->context.get(), options.get());
    return Sheet(std::move(parts));
}

bool Sheet::write(const Box& box, std::string_view text, const Type& type) {
    std::string words = clean(text);
    const Layout set = m_parts->fitted(box, words, type);
    explicit_bzero(words.data(), words.size());
    if (set == nullptr) return false;
    const auto [width, height] = Parts::extent(set.get());
    const double x = type.align == Align::Centre ? box.x + (box.width - width) / 2 : box.x;
    const double y = type.from_top ? box.y : box.y + (box.height - height) / 2;
    m_parts->ink(type.grey);
    cairo_move_to(m_parts->cairo.get(), x * k_points, y * k_points);
    pango_cairo_show_layout(m_parts->cairo.get(), set.get());
    m_parts->unknown += pango_layout_get_unknown_glyphs_count(set.get());
    return true;
}

double Sheet::width_of(std::string_view text, const Type& type) {
    return Parts::extent(m_parts->layout(clean(text), type, type.size, 0).get())[0];
}

void Sheet::frame(const Box& box, double line) {
    m_parts->ink(0);
    cairo_set_line_width(m_parts->cairo.get(), line * k_points);
    m_parts->path(box);
    cairo_stroke(m_parts->cairo.get());
}

void Sheet::shade(const Box& box, double grey) {
    m_parts->ink(grey);
    m_parts->path(box);
    cairo_fill(m_parts->cairo.get());
}

void Sheet::line(double x1, double y1, double x2, double y2, double width, double grey) {
    m_parts->ink(grey);
    cairo_set_line_width(m_parts->cairo.get(), width * k_points);
    cairo_move_to(m_parts->cairo.get(), x1 * k_points, y1 * k_points);
    cairo_line_to(m_parts->cairo.get(), x2 * k_points, y2 * k_points);
    cairo_stroke(m_parts->cairo.get());
}

void Sheet::tick(const Box& box) {
    cairo_t* cairo = m_parts->cairo.get();
    const auto at = [&box](double x, double y) {
        return std::pair{(box.x + x * box.width) * k_points, (box.y + y * box.height) * k_points};
    };
    const auto [x1, y1] = at(0.15, 0.45);
    const auto [x2, y2] = at(0.45, 0.80);
    const auto [x3, y3] = at(1.10, -0.10);
    m_parts->ink(0);
    cairo_save(cairo);
    cairo_set_line_width(cairo, 0.18 * box.width * k_points);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_line_to(cairo, x3, y3);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

void Sheet::pen(const Box& field, const Curve& curve) {
    cairo_t* cairo = m_parts->cairo.get();
    const double scale = field.width * k_points;
    const auto x = [&](const Dot& dot) { return field.x * k_points + dot.x * scale; };
    const auto y = [&](const Dot& dot) { return field.y * k_points + dot.y * scale; };
    m_parts->ink(0);
    cairo_save(cairo);
    cairo_set_line_width(cairo, 0.55 * k_points);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_move_to(cairo, x(curve.begin), y(curve.begin));
    // A line without length is a dot: its caps are round.
    if (curve.pieces.empty()) cairo_line_to(cairo, x(curve.begin), y(curve.begin));
    for (const Piece& piece : curve.pieces) {
        cairo_curve_to(cairo, x(piece.leave), y(piece.leave), x(piece.arrive), y(piece.arrive), x(piece.end),
                       y(piece.end));
    }
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

int Sheet::unknown_characters() const {
    return m_parts->unknown;
}

tl::expected<std::vector<std::uint8_t>, std::string> Sheet::finish() {
    cairo_show_page(m_parts->cairo.get());
    cairo_surface_finish(m_parts->surface.get());
    if (cairo_surface_status(m_parts->surface.get()) != CAIRO_STATUS_SUCCESS) {
        return tl::unexpected<std::string>("the page cannot be written");
    }
    return std::move(m_parts->pdf);
}

}  // namespace uketsuke::declaration
