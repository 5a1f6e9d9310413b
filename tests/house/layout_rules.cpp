#include "tests/house/layout_rules.h"

#include <algorithm>
#include <regex>
#include <set>

namespace uketsuke::house {
namespace {

const std::set<std::string>& allowed_folders() {
    static const std::set<std::string> k_folders{"app", "assets", "card", "kiosk-config", "net", "tests", "vision"};
    return k_folders;
}

const std::set<std::string>& allowed_files() {
    static const std::set<std::string> k_files{"CMakeLists.txt", "CMakePresets.json", "README.md"};
    return k_files;
}

bool is_allowed_at_top(const std::string& path) {
    const std::size_t slash = path.find('/');
    const std::string top = path.substr(0, slash);
    if (top.starts_with('.')) return true;
    return slash == std::string::npos ? allowed_files().contains(top) : allowed_folders().contains(top);
}

bool has(const std::vector<File>& files, const std::string& path) {
    return std::any_of(files.begin(), files.end(), [&](const File& file) { return file.path == path; });
}

bool is_document(const File& file) {
    return file.path.ends_with(".md");
}

}  // namespace

Findings check_lengths(const std::vector<File>& files) {
    Findings findings;
    std::vector<std::size_t> lengths;
    for (const File& file : files) {
        if (!is_source(file)) continue;
        lengths.push_back(lines_of(file.text).size());
        if (lengths.back() > k_longest_file) {
            findings.push_back(file.path + ": " + std::to_string(lengths.back()) + " lines, at most " +
                               std::to_string(k_longest_file));
        }
    }
    if (lengths.empty()) return findings;
    const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::nth_element(lengths.begin(), middle, lengths.end());
    if (*middle > k_highest_median) {
        findings.push_back("the median file has " + std::to_string(*middle) + " lines, at most " +
                           std::to_string(k_highest_median));
    }
    return findings;
}

Findings check_sizes(const std::vector<File>& files) {
    Findings findings;
    for (const File& file : files) {
        if (file.size > k_largest_file) findings.push_back(file.path + ": " + std::to_string(file.size) + " bytes");
    }
    return findings;
}

Findings check_top_level(const std::vector<File>& files) {
    Findings findings;
    for (const File& file : files) {
        if (!is_allowed_at_top(file.path)) findings.push_back(file.path + ": does not belong at the top of the house");
    }
    for (const std::string& folder : allowed_folders()) {
        const bool used =
            std::any_of(files.begin(), files.end(), [&](const File& f) { return is_below(f.path, folder); });
        if (used && !has(files, folder + "/README.md")) findings.push_back(folder + "/ has no README.md");
    }
    if (!has(files, "README.md")) findings.push_back("there is no README.md");
    if (!has(files, ".ci/run")) findings.push_back("there is no .ci/run");
    return findings;
}

Findings check_scripts(const std::vector<File>& files) {
    Findings findings;
    for (const File& file : files) {
        if (!file.text.starts_with("#!")) continue;
        if (!file.executable) findings.push_back(file.path + ": is a script and cannot be run (chmod +x)");
        const auto lines = lines_of(file.text);
        static const std::regex k_careful("set -[a-z]*u.*");
        const bool bash = lines.front().find("bash") != std::string::npos;
        const bool careful = std::any_of(lines.begin(), lines.end(),
                                         [](const std::string& line) { return std::regex_match(line, k_careful); });
        if (bash && !careful) findings.push_back(file.path + ": does not stop at an unset name (set -euo pipefail)");
    }
    return findings;
}

Findings check_places(const std::vector<File>& files) {
    // Put together here, so that the patterns do not find themselves.
    static const std::regex k_machine(
        "/"
        "(work|farm)/|/tmp/"
        "research");
    static const std::regex k_host(
        "(deb|security|registry)[.][a-z]+[.]"
        "org");
    Findings findings;
    for (const File& file : files) {
        if (file.text.find('\0') != std::string::npos) continue;
        std::size_t number = 0;
        for (const std::string& line : lines_of(file.text)) {
            ++number;
            const bool machine = line.find('/') != std::string::npos && std::regex_search(line, k_machine);
            const bool host =
                !is_document(file) && line.find(".org") != std::string::npos && std::regex_search(line, k_host);
            if (!machine && !host) continue;
            findings.push_back(file.path + ':' + std::to_string(number) +
                               (machine ? ": names a place on one machine" : ": names a package host"));
        }
    }
    return findings;
}

Findings check_names(const std::vector<File>& files) {
    static const std::regex k_snake_case("[a-z][a-z0-9_]*[.](h|cpp)");
    Findings findings;
    for (const File& file : files) {
        if (!is_source(file)) continue;
        const std::string name = file.path.substr(file.path.rfind('/') + 1);
        if (!std::regex_match(name, k_snake_case)) findings.push_back(file.path + ": is not snake_case");
        const bool header = file.path.ends_with(".h");
        if (header && file.text.find("#pragma once\n") == std::string::npos) {
            findings.push_back(file.path + ": has no '#pragma once'");
        }
    }
    return findings;
}

}  // namespace uketsuke::house
