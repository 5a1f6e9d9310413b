#include "card/front.h"

#include "card/virtual_reader.h"

namespace uketsuke::card {

Result<NumberB> VirtualCardFront::read_number() {
    const auto card = m_reader.placed();
    if (!card) return fail(Fault::NoCard, "front of the card");
    if (!card->persona().has_front()) return fail(Fault::BadData, "front of the card: no number");
    return card->persona().number_b();
}

Result<NumberB> NoCardFront::read_number() {
    return fail(Fault::NotFound, "front of the card: no camera over it");
}

}  // namespace uketsuke::card
