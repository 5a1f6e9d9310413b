#include "app/core/masked_name.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "app/core/code_points.h"

namespace uketsuke::core {
namespace {

constexpr std::size_t k_most_parts = 6;
constexpr int k_most_circles = 3;
constexpr std::size_t k_most_marks = 3;  // on one character
constexpr std::string_view k_circle = "○";

// What belongs to the character before it.
bool is_mark(char32_t point) {
    constexpr std::array<std::pair<char32_t, char32_t>, 8> k_ranges{{{0x0300, 0x036F},
                                                                     {0x180B, 0x180D},
                                                                     {0x1AB0, 0x1AFF},
                                                                     {0x1DC0, 0x1DFF},
                                                                     {0x20D0, 0x20FF},
                                                                     {0x3099, 0x309A},
                                                                     {0xFE00, 0xFE0F},
                                                                     {0xE0100, 0xE01EF}}};
    for (const auto& [first, last] : k_ranges) {
        if (point >= first && point <= last) return true;
    }
    return false;
}

using Character = std::string_view;  // with its marks
using Part = std::vector<Character>;

// nullopt: nothing that can be shown.
std::optional<std::vector<Part>> parts_of(std::string_view name) {
    if (name.size() > ShownName::k_longest) return std::nullopt;
    std::vector<Part> parts;
    bool fresh = true;
    std::size_t marks = 0;
    while (!name.empty()) {
        const char* start = name.data();
        const auto point = take_code_point(name);
        if (!point || is_control(*point)) return std::nullopt;
        const auto length = static_cast<std::size_t>(name.data() - start);
        if (*point == U' ' || *point == U'\u3000') {
            fresh = true;
        } else if (is_mark(*point)) {
            if (fresh || ++marks > k_most_marks) return std::nullopt;
            Character& last = parts.back().back();
            last = {last.data(), last.size() + length};
        } else {
            if (std::exchange(fresh, false)) parts.emplace_back();
            parts.back().emplace_back(start, length);
            marks = 0;
        }
    }
    if (parts.empty() || parts.size() > k_most_parts) return std::nullopt;
    return parts;
}

}  // namespace

std::string masked_name(std::string_view name) {
    const auto parts = parts_of(name);
    std::string masked;
    if (!parts) return masked;
    // In one piece, so that no earlier one stays behind in the heap.
    masked.reserve(name.size() + k_most_parts * (1 + k_most_circles * k_circle.size()));
    for (const Part& part : *parts) {
        if (!masked.empty()) masked += ' ';
        masked += part.front();
        int circles = 0;
        for (std::size_t i = 1; i < part.size() && circles < k_most_circles; ++i, ++circles) masked += k_circle;
    }
    return masked;
}

ShownName shown_name(std::string_view name, NameDisplay display) {
    std::string text;
    switch (display) {
        case NameDisplay::None:
            break;
        case NameDisplay::Masked:
            text = masked_name(name);
            break;
        case NameDisplay::Full:
            text.reserve(name.size() + 1);
            for (const Part& part : parts_of(name).value_or(std::vector<Part>{})) {
                if (!text.empty()) text += ' ';
                for (const Character& character : part) text += character;
            }
            break;
    }
    ShownName shown(text);
    explicit_bzero(text.data(), text.size());
    return shown;
}

}  // namespace uketsuke::core
