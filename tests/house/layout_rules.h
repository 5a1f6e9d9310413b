// How long, how large, where and how: rules about files as such. Pure.
#pragma once

#include "tests/house/source_tree.h"

namespace uketsuke::house {

inline constexpr std::size_t k_longest_file = 400;           // lines; a longer one is usually two rooms in one
inline constexpr std::size_t k_highest_median = 150;         // lines
inline constexpr std::uintmax_t k_largest_file = 1'500'000;  // bytes; weights and photographs never belong here

Findings check_lengths(const std::vector<File>& files);
Findings check_sizes(const std::vector<File>& files);

// Only the folders and files that the house names stand at the top; every folder there has a README.md.
Findings check_top_level(const std::vector<File>& files);

// A file that begins with "#!" can be run; a bash script stops at an unset name.
Findings check_scripts(const std::vector<File>& files);

// No path of one developer's machine, no package host outside of documents.
Findings check_places(const std::vector<File>& files);

// Headers begin with "#pragma once"; file names are snake_case.
Findings check_names(const std::vector<File>& files);

}  // namespace uketsuke::house
