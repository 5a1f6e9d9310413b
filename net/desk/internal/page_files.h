#pragma once
// The page's files in memory: what a browser asks for is looked up by name, and no path reaches the disk.

#include <filesystem>
#include <map>
#include <string>

#include "net/error.h"

namespace uketsuke::net::internal {

struct PageFile {
    std::string type;
    std::string bytes;
};
using PageFiles = std::map<std::string, PageFile>;  ///< by path: "/app.js", and "/" for index.html

/// Plain files of known types, folders within included; links, hidden files and others are left out. At most 256 files
/// of 4 MiB each and 32 MiB together. BadOptions: more than that, an unreadable file, or no index.html.
Result<PageFiles> read_page_files(const std::filesystem::path& folder);

}  // namespace uketsuke::net::internal
