// Who may include whom: house rules as two tables, every row with its because.
#pragma once

#include <string>
#include <vector>

#include "tests/house/source_tree.h"

namespace uketsuke::house {

// A folder of ours and the folders, or single headers, of ours that it may reach into (itself always). The longest
// matching row counts.
struct Room {
    std::string folder;
    std::vector<std::string> may_enter;
    std::string because;
};
const std::vector<Room>& rooms();

// Headers of a library and the folders that may include them. A name that ends in ".h" or ".hpp" is a whole name, any
// other the beginning of one.
struct Library {
    std::string name;
    std::vector<std::string> headers;
    std::vector<std::string> allowed_in;
    std::string because;
};
const std::vector<Library>& libraries();

// Standard headers that bring time, chance, threads or devices, and may not be in app/core.
const std::vector<std::string>& impure_headers();

Findings check_includes(const std::vector<File>& files);

// A header of card/, vision/ or net/ that app/ reaches, through whatever other headers, shows the standard library and
// tl::expected only.
Findings check_public_headers(const std::vector<File>& files);

// Words that a folder may not say.
struct ForbiddenWords {
    std::vector<std::string> folders;
    std::vector<std::string> words;
    std::string because;
};
const std::vector<ForbiddenWords>& forbidden_words();

Findings check_words(const std::vector<File>& files);

}  // namespace uketsuke::house
