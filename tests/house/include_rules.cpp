#include "tests/house/include_rules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace uketsuke::house {
namespace {

struct Include {
    std::string name;
    bool ours = false;  // in quotes
    std::size_t line = 0;
};

std::optional<Include> parse_include(std::string line, std::size_t number) {
    const auto skip_spaces = [&] { line.erase(0, std::min(line.find_first_not_of(" \t"), line.size())); };
    const auto skip = [&](std::string_view word) {
        skip_spaces();
        if (!line.starts_with(word)) return false;
        line.erase(0, word.size());
        skip_spaces();
        return true;
    };
    if (!skip("#") || !skip("include") || line.empty()) return std::nullopt;
    const bool ours = line.front() == '"';
    const std::size_t end = line.find(ours ? '"' : '>', 1);
    if (end == std::string::npos) return std::nullopt;
    return Include{line.substr(1, end - 1), ours, number};
}

std::vector<Include> includes_of(const File& file) {
    std::vector<Include> includes;
    std::size_t number = 0;
    for (const std::string& line : lines_of(file.text)) {
        if (auto include = parse_include(line, ++number)) includes.push_back(*include);
    }
    return includes;
}

std::string where(const File& file, std::size_t line) {
    return file.path + ':' + std::to_string(line) + ": ";
}

const Room* room_of(const std::string& path) {
    const Room* best = nullptr;
    for (const Room& room : rooms()) {
        if (is_below(path, room.folder) && (best == nullptr || room.folder.size() > best->folder.size())) best = &room;
    }
    return best;
}

bool is_standard(const std::string& header) {
    return header.find_first_of("./") == std::string::npos;
}

const Library* library_of(const std::string& header) {
    for (const Library& library : libraries()) {
        for (const std::string& known : library.headers) {
            const bool whole = known.ends_with(".h") || known.ends_with(".hpp");
            if (whole ? header == known : header.starts_with(known)) return &library;
        }
    }
    return nullptr;
}

bool is_any_below(const std::string& path, const std::vector<std::string>& folders) {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& f) { return path == f || is_below(path, f); });
}

void check_ours(const File& file, const Include& include, Findings& findings) {
    const Room* room = room_of(file.path);
    const Room* target = room_of(include.name);
    if (target == nullptr) {
        findings.push_back(where(file, include.line) + "\"" + include.name +
                           "\" is no path from the root of the house");
    } else if (target != room && !is_any_below(include.name, room->may_enter)) {
        findings.push_back(where(file, include.line) + room->folder + " may not include \"" + include.name +
                           "\", because " + room->because);
    }
}

void check_library(const File& file, const Include& include, Findings& findings) {
    const bool core = is_below(file.path, "app/core");
    if (is_standard(include.name)) {
        const auto& impure = impure_headers();
        if (core && std::find(impure.begin(), impure.end(), include.name) != impure.end()) {
            findings.push_back(where(file, include.line) + "app/core may not include <" + include.name +
                               ">, because it has no time, chance, thread or device");
        }
        return;
    }
    const Library* library = library_of(include.name);
    if (library == nullptr) {
        findings.push_back(where(file, include.line) + "no row of tests/house/include_tables.cpp knows <" +
                           include.name + ">");
    } else if (!is_below(file.path, "tests") && !is_any_below(file.path, library->allowed_in)) {
        findings.push_back(where(file, include.line) + library->name + " may not be used here, because " +
                           library->because);
    }
}

}  // namespace

Findings check_includes(const std::vector<File>& files) {
    Findings findings;
    for (const File& file : files) {
        if (!is_source(file)) continue;
        if (room_of(file.path) == nullptr) {
            findings.push_back(file.path + ": stands in no room of the include table");
            continue;
        }
        for (const Include& include : includes_of(file)) {
            include.ours ? check_ours(file, include, findings) : check_library(file, include, findings);
        }
    }
    return findings;
}

Findings check_public_headers(const std::vector<File>& files) {
    std::map<std::string, const File*> by_path;
    std::vector<const File*> to_read;
    for (const File& file : files) {
        by_path[file.path] = &file;
        if (is_source(file) && is_below(file.path, "app")) to_read.push_back(&file);
    }
    const auto in_room = [](const std::string& path) { return is_any_below(path, {"card", "vision", "net"}); };
    Findings findings;
    std::set<std::string> reached;
    while (!to_read.empty()) {
        const File& file = *to_read.back();
        to_read.pop_back();
        for (const Include& include : includes_of(file)) {
            const auto found = by_path.find(include.name);
            if (include.ours && found != by_path.end() && in_room(include.name) &&
                reached.insert(include.name).second) {
                to_read.push_back(found->second);
            }
            const bool library = !include.ours && !is_standard(include.name) && include.name != "tl/expected.hpp";
            if (library && in_room(file.path)) {
                findings.push_back(where(file, include.line) + "a header that app/ reaches shows <" + include.name +
                                   ">, and so app/ depends on it");
            }
        }
    }
    return findings;
}

Findings check_words(const std::vector<File>& files) {
    Findings findings;
    for (const File& file : files) {
        if (!is_source(file)) continue;
        for (const ForbiddenWords& row : forbidden_words()) {
            if (!is_any_below(file.path, row.folders)) continue;
            std::size_t number = 0;
            for (const std::string& line : lines_of(file.text)) {
                ++number;
                for (const std::string& word : row.words) {
                    if (line.find(word) == std::string::npos) continue;
                    findings.push_back(where(file, number) + word + " may not stand here, because " + row.because);
                }
            }
        }
    }
    return findings;
}

}  // namespace uketsuke::house
