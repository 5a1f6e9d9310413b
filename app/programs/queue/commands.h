// What uketsuke-queue does; each command prints to standard output, troubles to standard error, and returns the exit
// code: 0 done, 1 trouble.
#pragma once

#include <string>

#include "net/outbox.h"

namespace uketsuke::queue {

struct Arguments {
    std::string database;
    std::string key;        // file; empty: what needs the key is refused
    std::string id;         // of one request; empty: all
    std::string new_key;    // file; empty: a fresh one that takes the old one's place
    std::string documents;  // folder; empty: none are written
    std::string audit;      // the kiosk's record of what staff did; empty: nothing is recorded
};

int list(const Arguments& a);
int show(const Arguments& a);
int retry(const Arguments& a);
int export_rows(const Arguments& a);
int verify(const Arguments& a);
int rotate_key(const Arguments& a);

}  // namespace uketsuke::queue
