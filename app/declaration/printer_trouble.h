// What a printer says of itself (IPP printer-state-reasons, RFC 8011 5.4.12 and the CUPS backends' own words), as
// trouble. Pure. Private to app/declaration.
#pragma once

#include <optional>
#include <string_view>

#include "app/declaration/printer.h"

namespace uketsuke::declaration {

// NoPaper or Offline; nullopt: it prints all the same. With or without "-error", "-warning", "-report".
std::optional<Printed> trouble_of(std::string_view reason);

// A network printer that is switched off has no reason, only a sentence of the CUPS backends, in the language of the
// machine: English and Japanese are known here. Offline or nullopt.
std::optional<Printed> trouble_in(std::string_view message);

}  // namespace uketsuke::declaration
