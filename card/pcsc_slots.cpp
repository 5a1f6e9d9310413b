#include "card/pcsc_slots.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace uketsuke::card::pcsc {
namespace {

bool is_letter_or_digit(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool has_word_sam(std::string_view text) {
    constexpr std::string_view k_sam = "SAM";
    for (auto at = text.find(k_sam); at != std::string_view::npos; at = text.find(k_sam, at + 1)) {
        const auto end = at + k_sam.size();
        const bool starts = at == 0 || !is_letter_or_digit(text[at - 1]);
        if (starts && (end == text.size() || !is_letter_or_digit(text[end]))) return true;
    }
    return false;
}

// "Maker Model XX" of "Maker Model XX YY".
std::optional<std::string_view> device_of(std::string_view name) {
    constexpr std::size_t k_end = 6;  // " XX YY"
    if (name.size() <= k_end) return std::nullopt;
    const auto end = name.substr(name.size() - k_end);
    const auto is_hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    const bool good =
        end[0] == ' ' && is_hex(end[1]) && is_hex(end[2]) && end[3] == ' ' && is_hex(end[4]) && is_hex(end[5]);
    if (!good) return std::nullopt;
    return name.substr(0, name.size() - 3);
}

}  // namespace

bool same_device(std::string_view one, std::string_view other) {
    const auto device = device_of(one);
    return device && device == device_of(other);
}

bool is_meant(std::string_view name, std::string_view name_part) {
    return name.find(name_part) != std::string_view::npos && (!has_word_sam(name) || has_word_sam(name_part));
}

Chosen choose(std::span<const Slot> slots) {
    if (slots.empty()) return {};
    const auto has_card = [](const Slot& slot) { return slot.card; };
    const auto first = std::find_if(slots.begin(), slots.end(), has_card);
    if (first == slots.end()) return {slots.front(), {}};
    const auto second = std::find_if(
        first + 1, slots.end(), [&](const Slot& slot) { return slot.card && same_device(slot.name, first->name); });
    return {*first, second == slots.end() ? Slot{} : *second};
}

}  // namespace uketsuke::card::pcsc
