#include "tests/app/ime/touches.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_shown = 6;  // candidates at a time, as on the page

// The keys for one kana: itself, or another one and its mark.
std::vector<std::uint8_t> keys_of(std::string_view kana) {
    for (std::uint8_t key = 0; key < core::k_voiced_key; ++key) {
        if (core::key_text(core::Keyboard::Kana, key) == kana) return {key};
    }
    for (std::uint8_t key = 0; key < core::k_voiced_key; ++key) {
        for (const auto mark : {core::k_voiced_key, core::k_half_voiced_key, core::k_small_key}) {
            core::SecretText text;
            if (!core::type_kana(text, core::Keyboard::Kana, key)) break;
            if (core::type_kana(text, core::Keyboard::Kana, mark) && text == kana) return {key, mark};
        }
    }
    ADD_FAILURE() << "no keys for " << kana;
    return {};
}

int pick(std::size_t index) {
    return 1 + static_cast<int>(index / k_shown);
}

}  // namespace

int touches_of_kana(std::string_view hiragana) {
    core::SecretText composed;
    int touches = 0;
    for (std::string_view rest = hiragana; !rest.empty();) {
        const auto kana = core::first_characters(rest, 1);
        rest.remove_prefix(kana.size());
        for (const auto key : keys_of(kana)) {
            EXPECT_TRUE(core::type_kana(composed, core::Keyboard::Kana, key));
            ++touches;
        }
    }
    EXPECT_EQ(composed, hiragana);
    return touches;
}

int touches_of_digits(std::string_view text) {
    int touches = 0;
    while (!text.empty()) {
        std::string_view best;
        for (std::uint8_t key = 0; key < core::k_digit_keys; ++key) {
            const auto words = core::key_text(core::Keyboard::Digits, key);
            if (text.starts_with(words) && words.size() > best.size()) best = words;
        }
        if (best.empty()) {
            ADD_FAILURE() << "no key for " << text;
            return touches;
        }
        text.remove_prefix(best.size());
        ++touches;
    }
    return touches;
}

Counted touches_of(Converter& converter, core::KanaHint hint, const std::vector<Piece>& pieces) {
    Counted counted;
    bool digits = false;
    for (const Piece& piece : pieces) {
        if (piece.reading.empty() != digits) {
            digits = !digits;
            ++counted.switches;
        }
        if (digits) {
            counted.keys += touches_of_digits(piece.text);
            continue;
        }
        counted.keys += touches_of_kana(piece.reading);
        const auto found = converter.convert(piece.reading, hint);
        const auto at = std::find_if(found.begin(), found.end(), [&](const auto& one) {
            return one.text == piece.text && one.reading == core::characters_in(piece.reading);
        });
        if (at == found.end()) {
            counted.found = false;
        } else {
            counted.picks += pick(static_cast<std::size_t>(at - found.begin()));
        }
    }
    return counted;
}

Counted touches_of_postal_code(const PostalCodes& codes, std::string_view code, std::string_view place) {
    Counted counted;
    counted.keys = touches_of_digits(code);
    const auto places = codes.find(code);
    const auto at = std::find(places.begin(), places.end(), place);
    counted.found = at != places.end();
    if (counted.found) counted.picks = pick(static_cast<std::size_t>(at - places.begin()));
    return counted;
}

}  // namespace uketsuke::ime
