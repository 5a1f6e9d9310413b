// 照合番号B: what opens the chip's photo and attributes without a PIN. 14 digits printed in parts on the card's front.
// Source: facts §1.3 (和暦 YYMMDD of birth, expiry year in 西暦, security code).
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "card/error.h"
#include "card/secret.h"

namespace uketsuke::card {

// A checked value; wiped when it goes.
class NumberB {
  public:
    // Example: 1980-02-17, 2035, "2285" → 55021720352285. BadConfig when a part is out of range.
    static Result<NumberB> make(std::chrono::year_month_day birth, std::chrono::year card_expiry,
                                std::string_view security_code);
    // 14 digits as typed by staff. BadConfig unless month, day and year are possible.
    static Result<NumberB> parse(std::string_view digits);

    std::span<const std::uint8_t> ascii() const { return m_digits; }  // 14 bytes '0' to '9'
    friend bool operator==(const NumberB&, const NumberB&) = default;

  private:
    explicit NumberB(SecretBytes digits) : m_digits(std::move(digits)) {}
    SecretBytes m_digits;
};

}  // namespace uketsuke::card
