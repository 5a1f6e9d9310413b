#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <vector>

#include "vision/drawing/traits.h"

namespace uketsuke::vision::drawing {

using Outline = std::vector<cv::Point2d>;  // pixels

// A smooth curve through the given points (Catmull-Rom), closed or open, with `steps` points a span.
Outline smooth(const Outline& through, bool closed, int steps = 8);

// Antialiased drawing into an RGB matrix that outlives it. Everything outside is cut off.
class Canvas {
  public:
    explicit Canvas(cv::Mat& rgb) : m_rgb(rgb) {}

    void fill(const Outline& outline, const Colour& colour);
    void line(const Outline& points, const Colour& colour, double width);
    void disc(const cv::Point2d& centre, double radius_x, double radius_y, double angle_deg, const Colour& colour);
    // Blends `colour` in with `alpha` inside the outline, its edge blurred by `sigma` pixels.
    void soft(const Outline& outline, const Colour& colour, double alpha, double sigma);
    // What `paint` draws shows only inside the outline.
    void inside(const Outline& outline, const std::function<void(Canvas&)>& paint);
    // Multiplies the pixels inside the outline by shade(x, y); shade is asked on every second pixel.
    void shade(const Outline& outline, const std::function<double(double, double)>& shade);

    cv::Mat& rgb() { return m_rgb; }

  private:
    cv::Rect bounds(const Outline& outline, double margin) const;
    cv::Mat mask_of(const Outline& outline, const cv::Rect& area) const;
    void blend(const cv::Rect& area, const cv::Mat& mask, const std::function<void(cv::Vec3b&, int, int, int)>& mix);

    cv::Mat& m_rgb;
};

}  // namespace uketsuke::vision::drawing
