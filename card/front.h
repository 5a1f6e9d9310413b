// Where 照合番号B comes from: the front of the card, seen from outside. On a kiosk a camera over the slot reads it;
// staff may type it (card/front/camera_front.h, card/number_b.h).
#pragma once

#include "card/error.h"
#include "card/number_b.h"

namespace uketsuke::card {

class CardFront {
  public:
    CardFront() = default;
    CardFront(const CardFront&) = delete;
    CardFront& operator=(const CardFront&) = delete;
    virtual ~CardFront() = default;

    // The number printed on the card that lies there now. NoCard when none does, BadData when it cannot be read with
    // certainty: then nothing may be sent to the card.
    virtual Result<NumberB> read_number() = 0;
    // Whether a number may be expected at all; false: read_number() need not be asked.
    virtual bool reads() const { return true; }
};

// For readers without a camera over the slot: always NotFound, so that the photo stays closed.
class NoCardFront : public CardFront {
  public:
    Result<NumberB> read_number() override;
    bool reads() const override { return false; }
};

}  // namespace uketsuke::card
