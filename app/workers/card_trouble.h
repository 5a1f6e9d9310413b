// What a fault of the card room means to the patient: the one table from card::Fault to the core's words.
#pragma once

#include "app/core/vocabulary.h"
#include "card/error.h"
#include "card/my_number_card.h"

namespace uketsuke::workers {

// Pure; any thread. A card that is none of ours tells which kind it is by the name in error.where.
core::CardTrouble trouble_of(const card::Error& error);

// The same while the reception is being signed: a card that answers and does not sign is a trouble of its own.
core::CardTrouble signing_trouble_of(const card::Error& error);

core::PinOutcome pin_outcome_of(const card::PinAnswer& answer);
core::NumberOutcome number_outcome_of(const card::PinAnswer& answer);

}  // namespace uketsuke::workers
