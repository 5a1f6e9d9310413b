// What there is to configure, in words: made from the same table as reading and checking.
#pragma once

#include <string>

namespace uketsuke::config {

// Markdown: a heading and a table of keys, types, defaults, ranges and explanations for every TOML table. It stands in
// kiosk-config/README.md, where a test compares it.
std::string configuration_reference();

// A whole configuration file: every key at its default below a comment that explains it. kiosk-config/counter.toml is
// this text with a counter's values.
std::string configuration_template();

}  // namespace uketsuke::config
