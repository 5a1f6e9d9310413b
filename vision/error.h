#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace uketsuke::vision {

// What went wrong, in this room's own words. A camera's troubles are CameraFault (camera.h), a face that cannot be
// used yet is Guidance (guidance.h): neither is an Error.
enum class Fault : std::uint8_t {
    NotFound,     // no such file or folder
    Unreadable,   // it is there but cannot be read
    TooLarge,     // bytes or dimensions beyond the bound; refused before decoding
    Corrupt,      // the bytes are not what their format promises
    Unsupported,  // a format, a processor or an option that this build does not handle
    NoFace,       // no face where there must be one (a card's photograph)
    NoModel,      // no network or landmark file to work with
    BadModel,     // a model file that is truncated or of another type
    BadTable,     // the table of operating points: syntax, a missing key, a value out of range
    NoPoint,      // no operating point measured for this model keeps the asked rate
};

// A fault and where it happened: the file's name and what its library said. Never anything of a face.
struct Error {
    Fault fault = Fault::Unreadable;
    std::string where;
};

template <typename T>
using Result = tl::expected<T, Error>;

// Stable English name of a fault ("no model"), for logs.
std::string_view to_string(Fault fault);

}  // namespace uketsuke::vision
