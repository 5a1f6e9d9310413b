// The form between the core and the rooms that keep and print it.
#pragma once

#include "app/core/declaration.h"
#include "app/core/vocabulary.h"
#include "card/attributes.h"
#include "net/declaration.h"

namespace uketsuke::workers {

// Without its id and its page. Personal: wipe after use.
net::Declaration to_wire(const core::Declaration& form, core::WallTime made_at);

core::CardHolder holder_of(const card::Attributes& attributes);

}  // namespace uketsuke::workers
