#include "card/front.h"

namespace uketsuke::card {

Result<NumberB> NoCardFront::read_number() {
    return fail(Fault::NotFound, "front of the card: no camera over it");
}

}  // namespace uketsuke::card
