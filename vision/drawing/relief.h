#pragma once

#include <vector>

#include "vision/drawing/head.h"

namespace uketsuke::vision::drawing {

// The light on a face: a round head with the bumps of a face on it, lit from above and a side. Built once a picture.
class Relief {
  public:
    explicit Relief(const Sitter& sitter);
    // Factor for the albedo at a pixel.
    double operator()(double x, double y) const;

  private:
    struct Bump {
        cv::Point2d centre;  // in the picture plane, roll undone
        double inverse_x = 0;
        double inverse_y = 0;
        double height = 0;
        double shadow = 0;
    };
    void add(double x, double y, double lift, double size_x, double size_y, double height, double shadow = 0);

    const Sitter& m_sitter;
    std::vector<Bump> m_bumps;
    cv::Vec3d m_light;
    cv::Point2d m_middle;
};

}  // namespace uketsuke::vision::drawing
