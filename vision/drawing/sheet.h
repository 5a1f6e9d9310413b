#pragma once

#include <opencv2/core.hpp>

namespace uketsuke::vision::drawing {

// A sheet of paper or glass before a pinhole camera: centimetres, x to the picture's right, y down, z away from the
// camera; angles in degrees.
struct SheetPose {
    double x = 0;
    double y = 0;
    double z = 40;
    double yaw_deg = 0;  // positive: its right edge goes away, as a head's that turns its nose to the picture's right
    double pitch_deg = 0;
    double roll_deg = 0;
    double bend_cm = 0;  // radius of the upright cylinder it is bent round; 0: flat
};

// The picture that the sheet shows: one pixel of it is `cm_per_pixel`; `centre` lies at the pose's place.
struct Sheet {
    cv::Mat rgb;
    cv::Mat alpha;  // CV_8UC1 of the same size, or empty: opaque
    double cm_per_pixel = 0.05;
    cv::Point2d centre;
    double eye_cm = 6.3;  // between the eyes that it shows
};

constexpr double focal_pixels = 554;  // of a 640 pixel wide picture: 60 degrees

// Paints the sheet over the picture, 640×480.
void paint_sheet(cv::Mat& rgb, const Sheet& sheet, const SheetPose& pose);

}  // namespace uketsuke::vision::drawing
