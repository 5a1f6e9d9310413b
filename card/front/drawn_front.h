// Pictures of invented persons' cards in the slot, for the demonstration, training and tests. Deterministic: the same
// persona and look give the same bytes on one machine (another version of a font may draw another picture).
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "card/front/picture.h"
#include "card/persona.h"

namespace uketsuke::card {

class VirtualReader;

// How the card lies and looks. Strengths run from 0 (none) to 1 (hardly anything is legible); what is outside of its
// range is brought to its nearest end.
struct FrontLook {
    int quarter_turns = 0;       // clockwise, 0 to 3 (others modulo 4): 0 upright
    double tilt_degrees = 0;     // clockwise, -45 to 45
    double wear = 0;             // scratches, fading, dirt
    double glare = 0;            // a bright band or spot
    bool glare_on_code = false;  // the spot lies over the security code
    double blur = 0;             // the lens is out of focus
    double noise = 0;            // the sensor's
    double shadow = 0;           // a hand's edge over a part of the card
    bool back = false;           // the back lies upwards; it carries no number
    std::uint32_t seed = 1;      // typeface, small moves of every text, perspective, where the wear is
};

// 1280 × 1024. A card that is no My Number card is drawn without the texts of one. BadData when nothing can be drawn
// (cairo, memory).
Result<FrontPicture> draw_front(const Persona& persona, const FrontLook& look);

// Sees what lies on a virtual reader, which must outlive it. Any thread. As with a camera no picture is like the one
// before: the first after set_look() is as the look says, the others lie aslant by less than a degree, always in the
// same order.
class DrawnFrontCamera : public FrontCamera {
  public:
    explicit DrawnFrontCamera(const VirtualReader& reader, FrontLook look = {}) : m_reader(reader), m_look(look) {}

    void set_look(const FrontLook& look);
    // NoCard when nothing lies there.
    Result<FrontPicture> take() override;

  private:
    const VirtualReader& m_reader;
    std::mutex m_mutex;
    FrontLook m_look;
    std::size_t m_taken = 0;
};

}  // namespace uketsuke::card
