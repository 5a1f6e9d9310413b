#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "app/programs/match/commands.h"

namespace uketsuke::match {

struct AttacksOptions {
    std::filesystem::path photos;     // folder of photographs for the instruments that can be made of one; may be empty
    std::uint32_t identities = 100;   // living drawn persons
    std::uint32_t presentations = 6;  // of each attack instrument
    std::uint32_t seed = 1;
    int turns = 1;       // of the head, in the challenge
    int limit_s = 20;    // of one attempt; the kiosk's own default
    std::string only;    // one instrument's name; empty: all
    bool quick = false;  // a few of each, to see that it works
};

// Plays living drawn persons and presentation attacks through FaceAttempt, in virtual time at 15 frames a second, and
// prints the rates of ISO/IEC 30107-3 as JSON, a line an instrument. The identity is made to fit: the very picture that
// is presented is the reference and the threshold lets everybody pass, so that liveness alone decides; this is the
// worst case. "living" and "swapped-head" are played once more at the drawn persons' own operating point.
int attacks(const Common& common, const AttacksOptions& options);

}  // namespace uketsuke::match
