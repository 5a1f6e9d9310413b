// Years as people know their birthday: 昭和25年, or 1950. Pure.
#pragma once

#include <array>
#include <cstdint>

#include "app/core/declaration.h"

namespace uketsuke::core {

enum class Era : std::uint8_t { Western, Taisho, Showa, Heisei, Reiwa };
inline constexpr std::array k_eras{Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa, Era::Western};  // as offered

// A date on the wheels: always one that exists. Year within the era, from 1; of Era::Western the Gregorian year.
struct EraDate {
    Era era = Era::Showa;
    std::int16_t year = 1;
    std::uint8_t month = 1;
    std::uint8_t day = 1;
    friend bool operator==(const EraDate&, const EraDate&) = default;
};

// Of the whole years that the era has a day in, up to `today`'s (the day the form is filled in).
std::int16_t first_year(Era era);
std::int16_t last_year(Era era, const BirthDate& today);

// 1912-07-30 begins 大正, 1926-12-25 昭和, 1989-01-08 平成, 2019-05-01 令和. A day of 昭和64年 after 1989-01-07 is
// understood as 平成元年's, and so on: people write it on forms.
BirthDate gregorian(const EraDate& date);
// In the era of that day; before 大正, Western.
EraDate in_era(const BirthDate& date);
EraDate western(const BirthDate& date);

std::uint8_t days_in_month(std::int16_t gregorian_year, std::uint8_t month);

// The same day, or the nearest that exists within the era and not after `today`.
EraDate with_era(const EraDate& date, Era era, const BirthDate& today);
EraDate with_year(const EraDate& date, std::int16_t year, const BirthDate& today);
EraDate with_month(const EraDate& date, std::uint8_t month, const BirthDate& today);
EraDate with_day(const EraDate& date, std::uint8_t day, const BirthDate& today);

}  // namespace uketsuke::core
