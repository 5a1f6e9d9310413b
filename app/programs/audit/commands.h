// What uketsuke-audit does; each command prints to standard output, troubles to standard error, and returns the exit
// code: 0 done (and intact), 1 trouble, 2 used wrongly.
#pragma once

#include <cstdint>
#include <string>

namespace uketsuke::audit {

struct Arguments {
    std::string log;
    std::string key;   // file; empty: the head is not checked
    std::string head;  // a hash noted earlier, 16 digits of it or more; empty: not asked
    std::string out;   // file; "-": standard output
    std::uint64_t lines = 20;
};

int verify(const Arguments& a);
int export_rows(const Arguments& a);
int list(const Arguments& a);

// A value as a cell that a spreadsheet shows and never computes.
std::string csv_cell(const std::string& text);

}  // namespace uketsuke::audit
