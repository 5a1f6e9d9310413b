#include "vision/error.h"

namespace uketsuke::vision {

std::string_view to_string(Fault fault) {
    switch (fault) {
        case Fault::NotFound:
            return "not found";
        case Fault::Unreadable:
            return "unreadable";
        case Fault::TooLarge:
            return "too large";
        case Fault::Corrupt:
            return "corrupt";
        case Fault::Unsupported:
            return "unsupported";
        case Fault::NoFace:
            return "no face";
        case Fault::NoModel:
            return "no model";
        case Fault::BadModel:
            return "bad model";
        case Fault::BadTable:
            return "bad table of operating points";
        case Fault::NoPoint:
            return "no operating point";
    }
    return "unknown";
}

}  // namespace uketsuke::vision
