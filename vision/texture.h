#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "vision/geometry.h"
#include "vision/image.h"

namespace uketsuke::vision {

// What carries a face that is no head's. Words for staff and the log.
enum class Surface : std::uint8_t {
    None,    // nothing found, which is no proof of a head
    Screen,  // a pixel grid over the face
    Sheet,   // straight borders about the face move with it
};
std::string_view to_string(Surface surface);

// What the last frame told.
struct TextureCues {
    // How far the strongest regular pattern of the face stands out of its spectrum, in decibels, median of the last
    // `grid_frames`; 0 before there are so many. Noise and skin lie about 12.
    double grid = 0;
    // Sides of the face, 0 to 4, with a long straight edge that keeps its place to the face while the face moves.
    int sides = 0;
};

// Limits, chosen on other persons and photographs than the rates of vision/README.md are of.
struct TextureOptions {
    double grid_low = 0.08;  // cycles a pixel: coarser patterns are a face's own
    double grid_high = 0.45;
    double grid_limit = 24;    // decibels; refuses alone
    int grid_frames = 9;       // of which more than half must reach it; 0: this cue is left out
    double strong_step = 16;   // gray levels across an edge that counts wholly
    double least_share = 0.7;  // of a side's length that must be such an edge
    // An edge's place against the face's, over up to 60 frames in which it was followed, in a picture 320 pixels wide.
    double largest_step = 2.5;  // pixels from one frame to the next
    int tracked_frames = 12;
    double least_move = 1.0;  // pixels, standard deviation of the face's way across the edge
    double least_correlation = 0.8;
    double least_slope = 0.6;  // pixels of the edge for one of the face
    double largest_slope = 1.6;
    int sides = 3;          // refuse alone
    int border_frames = 5;  // in a row; 0: this cue is left out
};

// Tells a face on a screen or a sheet by what it is shown on: the pixels' grid, and straight borders that move with it.
// Either is enough to refuse: no living person was ever refused by one where it was measured, drawn persons for the
// borders, photographs too for the grid (vision/README.md). Neither is needed: a fine screen, a sheet larger than the
// picture, cut out, or one that does not move shows nothing. A frame of 640×480 takes 0.9 ms for the grid and 0.5 ms
// for the borders. Keeps where edges were, nothing of the picture. One thread.
//
// What moves with the head but stands behind it, such as the back of a wheelchair, is no sheet while less than three of
// its sides are straight and seen; a camera that is itself moved makes every room move with the face.
class TextureMeter {
  public:
    explicit TextureMeter(TextureOptions options = {});
    ~TextureMeter();
    TextureMeter(const TextureMeter&) = delete;
    TextureMeter& operator=(const TextureMeter&) = delete;

    // A usable frame (guidance Ok) of one continuous track. An unsound frame, a face narrower than 64 pixels or one not
    // in the picture, or points without a place, change nothing. Frames of another size start anew.
    TextureCues observe(const Image& frame, const Box& face, const FivePoints& points);
    // Once found it stays so until reset().
    Surface surface() const;
    void reset();

  private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::vision
