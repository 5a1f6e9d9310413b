// A sheet to print on: cairo and pango behind millimetres and grey levels. Private to card/front.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>

namespace uketsuke::card {

struct PaperSurface;  // cairo's, in the .cpp

class Paper {
  public:
    Paper(double width_mm, double height_mm, double pixels_per_mm, double grey);
    ~Paper();
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;

    struct Type {
        std::string family;
        bool bold = false;
        double spacing_mm = 0;  // between letters
    };
    // x, y: left upper corner; size_mm: the em. wrap_mm 0: one line. Grey 0 is black. Answers the width.
    double text(double x, double y, double size_mm, const std::string& utf8, const Type& type, double grey = 0.1,
                double wrap_mm = 0);
    void fill(const cv::Rect2d& box, double grey);
    void frame(const cv::Rect2d& box, double line_mm, double grey);
    void ellipse(cv::Point2d centre, cv::Size2d radii, double grey);
    void circle(cv::Point2d centre, double radius, double line_mm, double grey);
    // A wave along the sheet: y = middle + height × sin(2π (x / length + phase)).
    void wave(double middle, double height, double length, double phase, double line_mm, double grey);

    cv::Mat grey() const;  // 8 bit; empty when cairo failed

  private:
    std::unique_ptr<PaperSurface> m_surface;
};

}  // namespace uketsuke::card
