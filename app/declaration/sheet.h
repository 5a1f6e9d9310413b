// One sheet of paper that is drawn on and becomes a PDF. Private to app/declaration. Millimetres from the left upper
// corner; type in points.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/declaration/pen_curve.h"

namespace uketsuke::declaration {

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

enum class Align : std::uint8_t { Left, Centre };

struct Type {
    double size = 10;
    double smallest = 10;  // what does not fit is set smaller down to this
    bool bold = false;
    Align align = Align::Left;
    bool from_top = false;  // else in the middle of the box's height
    double spacing = 0;     // between the letters, in ems
    double grey = 0;        // 0 black, 1 white
};

struct SheetFacts {
    std::string title;  // nothing personal: the file carries it in clear
    std::string made;   // ISO 8601
};

class Sheet {
  public:
    static constexpr double k_width = 210;
    static constexpr double k_height = 297;

    // Error: no font is installed, or cairo refuses.
    static tl::expected<Sheet, std::string> a4(const SheetFacts& facts);
    Sheet(Sheet&&) noexcept;
    Sheet& operator=(Sheet&&) noexcept;
    ~Sheet();

    // On one line if a size down to four fifths allows it, else on as many lines as the box has room for. False, and
    // nothing is drawn, when it does not fit at the smallest size. What cannot be printed (line ends, turns of the
    // writing's direction) is left out.
    bool write(const Box& box, std::string_view text, const Type& type);
    // How wide it would be on one line.
    double width_of(std::string_view text, const Type& type);

    void frame(const Box& box, double line);
    void shade(const Box& box, double grey);  // 0 black, 1 white
    void line(double x1, double y1, double x2, double y2, double width, double grey = 0);
    void tick(const Box& box);
    // `field`: where it was written.
    void pen(const Box& field, const Curve& curve);

    // So far.
    int unknown_characters() const;
    // Once, at the end. Personal: wipe.
    tl::expected<std::vector<std::uint8_t>, std::string> finish();

  private:
    struct Parts;
    explicit Sheet(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::declaration
