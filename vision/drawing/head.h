#pragma once

#include "vision/drawing/canvas.h"
#include "vision/drawing/pose.h"
#include "vision/synthetic.h"

namespace uketsuke::vision::drawing {

// One drawn person, in the order of painting. Each takes the same three: who, how they stand, and where to paint.
struct Sitter {
    const Traits& traits;
    const Appearance& person;
    const Pose& pose;
};

void draw_shoulders(Canvas& canvas, const Sitter& sitter);
void draw_hair_behind(Canvas& canvas, const Sitter& sitter);
void draw_head(Canvas& canvas, const Sitter& sitter);      // ears, skin, its relief and light
void draw_features(Canvas& canvas, const Sitter& sitter);  // on the skin, before the light
void draw_hair_front(Canvas& canvas, const Sitter& sitter);
// What is worn, as far as the person's Appearance says so; each takes its own light.
void draw_mask(Canvas& canvas, const Sitter& sitter);     // under the hair
void draw_glasses(Canvas& canvas, const Sitter& sitter);  // over it
void draw_hat(Canvas& canvas, const Sitter& sitter);

// The face's outline from the hairline's height to the chin.
Outline face_outline(const Sitter& sitter);
Colour darker(const Colour& colour, double factor);
Colour blended(const Colour& a, const Colour& b, double t);

}  // namespace uketsuke::vision::drawing
