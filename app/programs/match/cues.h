#pragma once

#include "app/programs/match/attacks.h"

namespace uketsuke::match {

// Plays the same presentations through the cues of vision/texture.h alone and prints, as JSON, a line a series: in how
// many presentations each cue found its surface, with 95 % intervals, the distribution of the grid's measure, and the
// median time of each cue and of the optical flow (vision/presentation.h). Besides the instruments: "living-moving",
// drawn persons who sway widely before a room full of straight edges, and, with a folder of photographs, each of them
// as one frame, one whose face is as large as a visitor's. Odd seeds take half of the people in them, even seeds the
// other half: limits are chosen on one, rates reported of the other.
int cues(const Common& common, const AttacksOptions& options);

}  // namespace uketsuke::match
