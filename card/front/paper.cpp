#include "card/front/paper.h"

#include <pango/pangocairo.h>

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace uketsuke::card {
namespace {

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

}  // namespace

struct PaperSurface {
    PaperSurface(int width, int height, double pixels_per_mm)
        : scale(pixels_per_mm),
          surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
          cairo(cairo_create(surface)) {}
    ~PaperSurface() {
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    }
    PaperSurface(const PaperSurface&) = delete;
    PaperSurface& operator=(const PaperSurface&) = delete;

    void ink(double grey) const { cairo_set_source_rgb(cairo, grey, grey, grey); }

    double scale;
    cairo_surface_t* surface;
    cairo_t* cairo;
};

Paper::Paper(double width_mm, double height_mm, double pixels_per_mm, double grey)
    : m_surface(std::make_unique<PaperSurface>(static_cast<int>(std::lround(width_mm * pixels_per_mm)),
                                               static_cast<int>(std::lround(height_mm * pixels_per_mm)),
                                               pixels_per_mm)) {
    m_surface->ink(grey);
    cairo_paint(m_surface->cairo);
}

Paper::~Paper() = default;

double Paper::text(double x, double y, double size_mm, const std::string& utf8, const Type& type, double grey,
                   double wrap_mm) {
    const PaperSurface& paper = *m_surface;
    const std::unique_ptr<PangoLayout, Unref<PangoLayout>> layout(pango_cairo_create_layout(paper.cairo));
    const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), type.family.c_str());
    pango_font_description_set_absolute_size(font.get(), size_mm * paper.scale * PANGO_SCALE);
    if (type.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    const std::unique_ptr<PangoAttrList, FreeAttributes> attributes(pango_attr_list_new());
    pango_attr_list_insert(
        attributes.get(), pango_attr_letter_spacing_new(static_cast<int>(type.spacing_mm * paper.scale * PANGO_SCALE)));
    pango_layout_set_attributes(layout.get(), attributes.get());
    if (wrap_mm > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(wrap_mm * paper.scale * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_CHAR);
    }
    pango_layout_set_text(layout.get(), utf8.c_str(), static_cast<int>(utf8.size()));
    paper.ink(grey);
    cairo_move_to(paper.cairo, x * paper.scale, y * paper.scale);
    pango_cairo_show_layout(paper.cairo, layout.get());
    int width = 0;
    int height = 0;
    pango_layout_get_pixel_size(layout.get(), &width, &height);
    return width / paper.scale;
}

void Paper::fill(const cv::Rect2d& box, double grey) {
    const PaperSurface& paper = *m_surface;
    paper.ink(grey);
    cairo_rectangle(paper.cairo, box.x * paper.scale, box.y * paper.scale, box.width * paper.scale,
                    box.height * paper.scale);
    cairo_fill(paper.cairo);
}

void Paper::frame(const cv::Rect2d& box, double line_mm, double grey) {
    const PaperSurface& paper = *m_surface;
    paper.ink(grey);
    cairo_set_line_width(paper.cairo, line_mm * paper.scale);
    cairo_rectangle(paper.cairo, box.x * paper.scale, box.y * paper.scale, box.width * paper.scale,
                    box.height * paper.scale);
    cairo_stroke(paper.cairo);
}

void Paper::ellipse(cv::Point2d centre, cv::Size2d radii, double grey) {
    const PaperSurface& paper = *m_surface;
    paper.ink(grey);
    cairo_save(paper.cairo);
    cairo_translate(paper.cairo, centre.x * paper.scale, centre.y * paper.scale);
    cairo_scale(paper.cairo, radii.width * paper.scale, radii.height * paper.scale);
    cairo_arc(paper.cairo, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_restore(paper.cairo);
    cairo_fill(paper.cairo);
}

void Paper::circle(cv::Point2d centre, double radius, double line_mm, double grey) {
    const PaperSurface& paper = *m_surface;
    paper.ink(grey);
    cairo_set_line_width(paper.cairo, line_mm * paper.scale);
    cairo_new_path(paper.cairo);
    cairo_arc(paper.cairo, centre.x * paper.scale, centre.y * paper.scale, radius * paper.scale, 0,
              2 * std::numbers::pi);
    cairo_stroke(paper.cairo);
}

void Paper::wave(double middle, double height, double length, double phase, double line_mm, double grey) {
    const PaperSurface& paper = *m_surface;
    const double width = cairo_image_surface_get_width(paper.surface);
    paper.ink(grey);
    cairo_set_line_width(paper.cairo, line_mm * paper.scale);
    cairo_new_path(paper.cairo);
    for (double x = 0; x <= width; x += 8) {
        const double turn = 2 * std::numbers::pi * (x / paper.scale / length + phase);
        cairo_line_to(paper.cairo, x, (middle + height * std::sin(turn)) * paper.scale);
    }
    cairo_stroke(paper.cairo);
}

cv::Mat Paper::grey() const {
    const PaperSurface& paper = *m_surface;
    cairo_surface_flush(paper.surface);
    if (cairo_status(paper.cairo) != CAIRO_STATUS_SUCCESS) return {};
    const cv::Mat pixels(cairo_image_surface_get_height(paper.surface), cairo_image_surface_get_width(paper.surface),
                         CV_8UC4, cairo_image_surface_get_data(paper.surface),
                         static_cast<std::size_t>(cairo_image_surface_get_stride(paper.surface)));
    cv::Mat grey;
    cv::cvtColor(pixels, grey, cv::COLOR_BGRA2GRAY);
    return grey;
}

}  // namespace uketsuke::card
