#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vision/challenge.h"
#include "vision/geometry.h"
#include "vision/image.h"

namespace uketsuke::vision {

// What is held before the camera: a living (drawn) person, or a presentation attack instrument in the words of ISO/IEC
// 30107-3. Composed in true perspective for measuring and tests; never part of a decision.
enum class Instrument : std::uint8_t {
    Living,         // obeys with a human delay, speed and angle
    LivingIdle,     // does not turn
    PhotoStill,     // a print on a stand
    PhotoHeld,      // in a hand: tremor, shift, roll, nearer and farther
    PhotoTurned,    // about its vertical axis to the asked side, up to 30 degrees
    PhotoBent,      // round a cylinder of 6 cm, and turned
    PhotoSideways,  // moved sideways when asked
    PhotoTilted,    // rolled and tipped when asked
    ScreenHeld,     // telephone: border, glow, pixel grid
    ScreenTurned,   // tablet, turned when asked
    CutOut,         // an oval face before the room, turned when asked
    CutOutWorn,     // the same before a living person's head, whose shoulders show and who turns
    ReplayFrontal,  // a recording of a living person who looks ahead
    ReplayMoving,   // a recording of one who turns left and right by chance
    Puppet,         // a picture on a screen whose nose is dragged to the asked side
    SwappedHead,    // a photograph first, then another living head that obeys
};
std::string_view to_string(Instrument instrument);
std::vector<Instrument> all_instruments();
bool is_attack(Instrument instrument);
// Whether it can be made from a photograph; recordings and living heads need a drawn person.
bool from_photograph(Instrument instrument);

// Whom it shows.
struct Subject {
    std::uint32_t identity = 1;  // the drawn person; also the body and the other head of some instruments
    Image picture;               // the photograph shown, Rgb8; empty: the drawn person's own portrait
    FivePoints points;           // eyes and nose in it, and mouth; as FaceEngine::analyse_still says
};

// One presentation before a 640×480 camera, frame by frame. Deterministic in subject, seed and the calls. One thread;
// holds the picture until it is gone, wiped then.
class Presentation {
  public:
    // Without a picture `points` are not needed. A picture needs sound points.
    Presentation(Instrument instrument, Subject subject, std::uint32_t seed);
    ~Presentation();
    Presentation(const Presentation&) = delete;
    Presentation& operator=(const Presentation&) = delete;

    // The frame at `time`, which must not fall; `asked` is what the screen shows since the frame before.
    Image frame(std::chrono::milliseconds time, std::optional<Side> asked);

  private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::vision
