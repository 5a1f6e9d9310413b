#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "vision/drawing/canvas.h"
#include "vision/synthetic.h"

namespace uketsuke::vision::drawing {

// A place on or about the head, in half widths of an average head: x to the picture's right, y down, z towards the
// camera; the origin lies in the head's middle at the height of the eyes.
using Place = cv::Vec3d;

// From the head to the picture: turn, then parallel projection.
class Pose {
  public:
    Pose(const Appearance& person, int width, int height);

    cv::Point2d operator()(const Place& place) const;
    Outline operator()(const std::vector<Place>& places) const;
    double unit() const { return m_unit; }  // pixels of one half width
    double roll_deg() const { return m_roll_deg; }
    // Back from a pixel to the picture plane through the head's middle, roll undone.
    cv::Point2d plane(double x, double y) const;
    Place turned(const Place& place) const;  // yaw and pitch only

    // z of the face's surface in front of (x, y), before the nose and lips.
    static double surface(double x, double y);
    static Place on_face(double x, double y, double lift = 0) { return {x, y, surface(x, y) + lift}; }

  private:
    double m_unit;
    double m_roll_deg;
    cv::Point2d m_centre;
    double m_cos_yaw, m_sin_yaw, m_cos_pitch, m_sin_pitch, m_cos_roll, m_sin_roll;
};

}  // namespace uketsuke::vision::drawing
