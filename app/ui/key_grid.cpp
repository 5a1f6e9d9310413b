#include "app/ui/key_grid.h"

#include <array>
#include <string_view>

namespace uketsuke::ui {

namespace {

constexpr std::uint8_t k_kana_columns = 10;
constexpr std::uint8_t k_kana_rows = 5;

KeyGrid kana_table() {
    KeyGrid grid{.columns = 11, .rows = 5, .keys = {}};
    for (std::uint8_t key = 0; key < k_kana_columns * k_kana_rows; ++key) {
        if (core::key_text(core::Keyboard::Kana, key).empty()) continue;
        const auto column = static_cast<float>(k_kana_columns - key / k_kana_rows);
        grid.keys.push_back({key, column, static_cast<float>(key % k_kana_rows), 1});
    }
    for (std::uint8_t key = core::k_voiced_key; key <= core::k_small_key; ++key) {
        grid.keys.push_back({key, 0, static_cast<float>(key - core::k_voiced_key), 1});
    }
    return grid;
}

KeyGrid flat_kana() {
    KeyGrid grid{.columns = 15, .rows = 4, .keys = {}};
    for (std::uint8_t key = 0; key < k_kana_columns * k_kana_rows; ++key) {
        if (core::key_text(core::Keyboard::Kana, key).empty()) continue;
        const int column = key / k_kana_rows;
        grid.keys.push_back(
            {key, static_cast<float>(column % 3 * k_kana_rows + key % k_kana_rows), static_cast<float>(column / 3), 1});
    }
    for (std::uint8_t key = core::k_voiced_key; key <= core::k_small_key; ++key) {
        grid.keys.push_back({key, static_cast<float>(6 + 3 * (key - core::k_voiced_key)), 3, 3});
    }
    return grid;
}

KeyGrid letters() {
    // By their places on QWERTY: column, row.
    constexpr std::array<std::pair<float, float>, 26> k_places{
        {{0.5F, 1}, {5, 2},    {3, 2},    {2.5F, 1}, {2, 0}, {3.5F, 1}, {4.5F, 1}, {5.5F, 1}, {7, 0},
         {6.5F, 1}, {7.5F, 1}, {8.5F, 1}, {7, 2},    {6, 2}, {8, 0},    {9, 0},    {0, 0},    {3, 0},
         {1.5F, 1}, {4, 0},    {6, 0},    {4, 2},    {1, 0}, {2, 2},    {5, 0},    {1, 2}}};
    KeyGrid grid{.columns = 10, .rows = 3, .keys = {}};
    for (std::uint8_t key = 0; key < k_places.size(); ++key) {
        grid.keys.push_back({key, k_places[key].first, k_places[key].second, 1});
    }
    grid.keys.push_back({26, 0, 2, 1});
    grid.keys.push_back({27, 8, 2, 2});
    return grid;
}

KeyGrid digits(core::DeclarationField field) {
    constexpr std::uint8_t k_hyphen = 10;
    KeyGrid grid{.columns = 3, .rows = 4, .keys = {{0, 1, 3, 1}}};
    for (std::uint8_t digit = 1; digit <= 9; ++digit) {
        grid.keys.push_back({digit, static_cast<float>((digit - 1) % 3), static_cast<float>((digit - 1) / 3), 1});
    }
    if (field == core::DeclarationField::PostalCode) return grid;
    grid.keys.push_back({k_hyphen, 0, 3, 1});
    if (field == core::DeclarationField::Phone) return grid;
    // What addresses are numbered with, beside the digits, and the space below them.
    grid.columns = 5;
    for (std::uint8_t key = k_hyphen + 1; key + 1 < core::k_digit_keys; ++key) {
        const int at = key - k_hyphen - 1;
        grid.keys.push_back({key, static_cast<float>(3 + at % 2), static_cast<float>(at / 2), at == 4 ? 2.F : 1.F});
    }
    grid.keys.push_back({core::k_digit_keys - 1, 2, 3, 3});
    return grid;
}

}  // namespace

KeyGrid key_grid(core::Keyboard keyboard, core::DeclarationField field, bool flat) {
    switch (keyboard) {
        case core::Keyboard::Kana:
            return flat ? flat_kana() : kana_table();
        case core::Keyboard::Romaji:
        case core::Keyboard::Latin:
            return letters();
        case core::Keyboard::Digits:
            return digits(field);
    }
    return letters();
}

}  // namespace uketsuke::ui
