#include "tests/house/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

namespace uketsuke::house {
namespace {

namespace fs = std::filesystem;

bool is_passed_over(const fs::path& folder) {
    static const std::array<std::string, 5> k_names{"build", ".git", ".cache", ".vscode", ".idea"};
    return std::find(k_names.begin(), k_names.end(), folder.filename().string()) != k_names.end();
}

File read_one(const fs::directory_entry& entry, const fs::path& root) {
    File file{entry.path().lexically_relative(root).generic_string(), {}, entry.file_size(), false};
    file.executable = (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
    if (file.size > k_largest_read) return file;
    std::ifstream stream(entry.path(), std::ios::binary);
    file.text.assign(std::istreambuf_iterator<char>(stream), {});
    return file;
}

}  // namespace

std::vector<File> read_tree(const fs::path& root) {
    std::vector<File> files;
    for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
        if (entry->is_directory() && is_passed_over(entry->path())) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file() && !entry->is_symlink()) {
            files.push_back(read_one(*entry, root));
        }
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
    return files;
}

bool is_source(const File& file) {
    return file.path.ends_with(".h") || file.path.ends_with(".cpp");
}

bool is_below(const std::string& path, const std::string& folder) {
    return path.starts_with(folder + '/');
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string joined(const Findings& findings) {
    std::string text;
    for (const std::string& finding : findings) text += finding + '\n';
    return text;
}

}  // namespace uketsuke::house
