// What uketsuke-tour does; each command prints to standard output, troubles to standard error, and returns the exit
// code: 0 done, 1 trouble. Codes are read from standard input, one a line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace uketsuke::tour {

struct Arguments {
    std::string config;
    std::string name;          // of the member that is added
    std::uint32_t number = 0;  // of the member that is removed
    std::string source;        // the private key that is sealed
    std::size_t lines = 20;
};

int set_up(const Arguments& a);
int enrol(const Arguments& a);
int list(const Arguments& a);
int remove(const Arguments& a);
int seal_client_key(const Arguments& a);
int record(const Arguments& a);
int device(const Arguments& a);
int destroy(const Arguments& a);

}  // namespace uketsuke::tour
