// The files of the house as values, so that every rule can be tried on invented ones too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace uketsuke::house {

struct File {
    std::string path;  // from the root, with '/'
    std::string text;  // empty when larger than k_largest_read
    std::uintmax_t size = 0;
    bool executable = false;
};

inline constexpr std::uintmax_t k_largest_read = 2'000'000;

// Every plain file below root, in the order of their paths; not build/, .git/ and editors' caches.
std::vector<File> read_tree(const std::filesystem::path& root);

bool is_source(const File& file);  // .h or .cpp
bool is_below(const std::string& path, const std::string& folder);

std::vector<std::string> lines_of(const std::string& text);

// What a rule found: "app/core/step.cpp:3: …". Empty is good.
using Findings = std::vector<std::string>;

std::string joined(const Findings& findings);

}  // namespace uketsuke::house
