#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "net/desk/internal/unicode.h"
#include "net/desk/staff_accounts.h"

namespace uketsuke::net {
namespace {

constexpr std::size_t k_shortest = 12;
constexpr std::size_t k_longest = 128;
constexpr std::size_t k_longest_name = 32;

struct Range {
    char32_t first;
    char32_t last;
};
// What stands beside letters above ASCII: signs, spaces, pictures, what has no width, what is private or unassigned.
constexpr std::array<Range, 13> k_no_letters{{{0x80, 0xBF},
                                              {0xD7, 0xD7},
                                              {0xF7, 0xF7},
                                              {0x2000, 0x2BFF},
                                              {0x2E00, 0x2E7F},
                                              {0x3000, 0x3004},
                                              {0x3008, 0x3030},
                                              {0xD800, 0xF8FF},
                                              {0xFE00, 0xFE6F},
                                              {0xFF00, 0xFF20},
                                              {0xFF3B, 0xFF40},
                                              {0xFF5B, 0xFF65},
                                              {0xFFE0, 0x1FFFF}}};

bool is_letter_or_digit(char32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (c >= 0xE0000) return false;
    return std::none_of(k_no_letters.begin(), k_no_letters.end(),
                        [&](const Range& r) { return c >= r.first && c <= r.last; });
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

constexpr std::array<std::string_view, 7> k_rows{"1234567890",
                                                 "abcdefghijklmnopqrstuvwxyz",
                                                 "qwertyuiop",
                                                 "asdfghjkl",
                                                 "zxcvbnm",
                                                 "qwertyuiopasdfghjklzxcvbnm",
                                                 "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"};

bool runs_along_a_row(std::string text) {
    for (int direction = 0; direction < 2; ++direction) {
        for (const std::string_view row : k_rows) {
            std::string endless;
            while (endless.size() < text.size() + row.size()) endless += row;
            if (endless.find(text) != std::string::npos) return true;
        }
        std::reverse(text.begin(), text.end());
    }
    return false;
}

// "abcabcabc" → "abc"; the text itself when nothing is repeated.
std::string repeated_part(const std::string& text) {
    for (std::size_t length = 1; length * 2 <= text.size(); ++length) {
        if (text.compare(length, std::string::npos, text, 0, text.size() - length) == 0) return text.substr(0, length);
    }
    return text;
}

// The stems of what people choose when twelve characters are asked; digits and signs around them change nothing.
constexpr std::array<std::string_view, 36> k_common{
    "password", "passw0rd",  "p@ssw0rd", "p@ssword",      "qwerty",   "qwertyuiop",
    "letmein",  "welcome",   "iloveyou", "administrator", "admin",    "changeme",
    "sunshine", "princess",  "football", "baseball",      "superman", "trustno",
    "monkey",   "dragon",    "computer", "internet",      "master",   "secret",
    "uketsuke", "reception", "clinic",   "hospital",      "mynumber", "mynumbercard",
    "hokensho", "hokenshou", "sakura",   "nihon",         "japan",    "correcthorsebatterystaple"};

std::string without_ends(std::string_view text) {
    const auto is_end = [](char c) { return c >= '!' && c <= '@'; };
    while (!text.empty() && is_end(text.back())) text.remove_suffix(1);
    while (!text.empty() && is_end(text.front())) text.remove_prefix(1);
    return std::string(text);
}

bool is_common(const std::string& text) {
    const auto known = [](const std::string& stem) {
        return std::find(k_common.begin(), k_common.end(), stem) != k_common.end();
    };
    const std::string stem = without_ends(text);
    return known(text) || known(stem) || known(repeated_part(stem)) || known(repeated_part(text));
}

}  // namespace

bool is_account_name(std::string_view name) {
    const auto characters = internal::code_points(name);
    if (!characters || characters->empty() || characters->size() > k_longest_name) return false;
    if (characters->front() == ' ' || characters->back() == ' ') return false;
    char32_t before = 0;
    for (const char32_t c : *characters) {
        const bool sign = c == '.' || c == '-' || c == '_' || (c == ' ' && before != ' ');
        if (!sign && !is_letter_or_digit(c)) return false;
        before = c;
    }
    return true;
}

std::optional<std::string> why_not_a_password(std::string_view password, std::string_view account) {
    const auto characters = internal::code_points(password);
    if (!characters) return "not-text";
    if (characters->size() < k_shortest) return "too-short";
    if (characters->size() > k_longest) return "too-long";
    if (std::all_of(characters->begin(), characters->end(), [&](char32_t c) { return c == characters->front(); })) {
        return "one-character";
    }
    const std::string text = lower(password);
    const std::string name = lower(account);
    // The name with little around it, or only repeated, is the name.
    if (!name.empty() &&
        (repeated_part(text) == name || (text.find(name) != std::string::npos && text.size() < name.size() + 6))) {
        return "account-name";
    }
    if (runs_along_a_row(text) || runs_along_a_row(repeated_part(text))) return "row";
    if (is_common(text)) return "common";
    return std::nullopt;
}

}  // namespace uketsuke::net
