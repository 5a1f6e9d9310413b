#include "net/desk/internal/request_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "net/desk/internal/unicode.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t k_longest_target = 2048;
constexpr std::size_t k_most_query = 16;
constexpr int k_deepest = 16;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_unwanted(unsigned char c) {
    return c < 0x20 || c == 0x7f || c == '\\';
}

// nullopt for a wrong escape and for what no part of a target may hold once decoded.
std::optional<std::string> decoded(std::string_view text, bool in_query) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (is_unwanted(static_cast<unsigned char>(c))) return std::nullopt;
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            if (is_unwanted(static_cast<unsigned char>(c)) || (c == '/' && !in_query)) return std::nullopt;
            i += 2;
        } else if (c == '+' && in_query) {
            c = ' ';
        }
        result += c;
    }
    if (!code_points(result)) return std::nullopt;
    return result;
}

bool has_only_plain_parts(std::string_view path) {
    std::size_t begin = 1;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, end - begin);
        if (part == "." || part == ".." || (part.empty() && path.size() > 1)) return false;
        begin = end + 1;
    }
    return true;
}

bool add_query(std::string_view text, std::map<std::string, std::string>& query) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view member = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (member.empty()) continue;
        const std::size_t equals = std::min(member.find('='), member.size());
        const auto name = decoded(member.substr(0, equals), true);
        const auto value = decoded(member.substr(std::min(equals + 1, member.size())), true);
        if (!name || !value || query.size() >= k_most_query || !query.emplace(*name, *value).second) return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool is_host_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Target> target_of(std::string_view raw) {
    if (raw.empty() || raw.front() != '/' || raw.size() > k_longest_target) return std::nullopt;
    const std::size_t question = std::min(raw.find('?'), raw.size());
    auto path = decoded(raw.substr(0, question), false);
    if (!path || !has_only_plain_parts(*path)) return std::nullopt;
    Target target{std::move(*path), {}};
    if (question < raw.size() && !add_query(raw.substr(question + 1), target.query)) return std::nullopt;
    return target;
}

std::optional<std::string> host_name_of(std::string_view header) {
    const std::string text = lower(header);
    if (text.empty() || text.size() > 255) return std::nullopt;
    std::size_t end = 0;
    if (text.front() == '[') {
        end = text.find(']');
        if (end == std::string::npos) return std::nullopt;
        const std::string inside = text.substr(1, end - 1);
        if (inside.empty() || inside.find_first_not_of("0123456789abcdef:.") != std::string::npos) return std::nullopt;
        ++end;
    } else {
        while (end < text.size() && is_host_character(text[end])) ++end;
    }
    if (end == 0) return std::nullopt;
    if (end < text.size() && (text[end] != ':' || !is_port(std::string_view(text).substr(end + 1))))
        return std::nullopt;
    return text.substr(0, end);
}

std::optional<std::string> cookie_of(std::string_view header, std::string_view name) {
    std::optional<std::string> found;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(';'), header.size());
        const std::string_view pair = trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        if (found) return std::nullopt;
        found = std::string(pair.substr(equals + 1));
    }
    return found;
}

bool is_json_type(std::string_view content_type) {
    const std::string text = lower(content_type);
    const std::size_t semicolon = std::min(text.find(';'), text.size());
    if (trimmed(std::string_view(text).substr(0, semicolon)) != "application/json") return false;
    if (semicolon == text.size()) return true;
    const std::string_view parameter = trimmed(std::string_view(text).substr(semicolon + 1));
    return parameter == "charset=utf-8" || parameter == "charset=\"utf-8\"";
}

bool is_bounded_json(std::string_view body) {
    if (body.find('\0') != std::string_view::npos) return false;
    int depth = 0;
    bool quoted = false;
    bool escaped = false;
    for (const char c : body) {
        if (quoted) {
            if (c == '"' && !escaped) quoted = false;
            escaped = c == '\\' && !escaped;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > k_deepest) return false;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return nlohmann::json::accept(body);
}

std::string safe_download_name(std::string_view name) {
    std::string result(name.substr(0, 80));
    for (char& c : result) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                           c == '_' || c == '-';
        if (!plain) c = '-';
    }
    if (!result.empty() && result.front() == '.') result.front() = '-';
    return result;
}

}  // namespace uketsuke::net::internal
