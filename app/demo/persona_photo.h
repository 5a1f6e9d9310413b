// The photo on a persona's chip: the drawn person of its seed.
#pragma once

#include "card/error.h"
#include "card/persona.h"

namespace uketsuke::demo {

// Gray JPEG 2000 as a chip holds it; empty when it cannot be encoded. Any thread.
card::Bytes persona_photo(const card::Persona& persona);

}  // namespace uketsuke::demo
