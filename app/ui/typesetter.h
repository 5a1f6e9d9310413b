// Sets words: measures them, breaks them into lines and keeps their pictures in graphics memory.
//
// Lengths are pixels. A line stands in its em box: as high as the style's size and as wide as the line's advance, with
// the baseline 0.88 of the height below its top whatever face a letter comes from. Nothing is hinted, so that lengths
// grow with the size. The same words in the same style give the same bytes.
// Owner: a window, one typesetter each, since the pictures belong to its OpenGL context. Thread: the window's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "app/core/vocabulary.h"
#include "app/ui/geometry.h"
#include "app/ui/text_flow.h"

namespace uketsuke::ui {

struct TextStyle {
    float pixels = 16;  // of the em; 4–512
    bool bold = false;
    core::Language language{};
    Ruby ruby = Ruby::Letters;
};

struct LineBox {
    float width = 0;  // advance
    Rect ink;         // what is inked, from the em box's upper left corner; readings stand above it
    bool ruby = false;
    int unknown_glyphs = 0;  // letters drawn as an empty box
};

// Coverage of each pixel, 0–255, row by row.
struct LinePicture {
    int left = 0;  // from the em box's upper left corner
    int top = 0;
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> alpha;
};

struct FlowedLine {
    std::string words;  // as Typesetter wants them: marks gone, readings kept
    float width = 0;
    bool ruby = false;
};

struct Flowed {
    std::vector<FlowedLine> lines;
    float width = 0;  // of the longest line
};

// A part of a line's picture in graphics memory, to be drawn pixel by pixel.
struct Tile {
    std::uint32_t texture = 0;
    Rect place;  // from the em box's upper left corner
    Rect part;   // of the texture, 0–1
};

struct PlacedLine {
    LineBox box;
    std::vector<Tile> tiles;
};

class Typesetter {
  public:
    // Refused, naming the packages, when no font for Japanese is installed. Draws nothing and needs no OpenGL yet.
    // Without pictures place() gives no tiles, and no OpenGL is needed ever.
    static tl::expected<std::unique_ptr<Typesetter>, std::string> create(bool pictures = true);
    // With the window's OpenGL context current, if place() was ever called; likewise the two below.
    ~Typesetter();
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    // A line is cut at 4096 bytes; control characters are left out, and bytes that are not UTF-8 become U+FFFD.
    LineBox measure(std::string_view line, const TextStyle& style);
    LinePicture picture(std::string_view line, const TextStyle& style);
    // As break_lines(); remembered.
    std::shared_ptr<const Flowed> flow(std::string_view text, const TextStyle& style, float width);

    // The line's picture, put into graphics memory if it is not there; remembered. Valid until the next call of this,
    // begin_frame() or forget(); the textures stay for the whole frame. With the OpenGL context current.
    const PlacedLine& place(std::string_view line, const TextStyle& style);
    // What was not drawn for long may go now.
    void begin_frame();
    // Overwrites and forgets every word that was ever set and its picture, in main and in graphics memory: after a
    // patient, and never between place() and the frame's drawing.
    void forget();
    // Grows whenever the textures' content changes.
    std::uint64_t changes() const;

  private:
    struct Inside;
    explicit Typesetter(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> m_inside;
};

}  // namespace uketsuke::ui
