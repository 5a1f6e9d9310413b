// Dates as the card writes them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace uketsuke::card {

// "19440514". nullopt unless eight digits that make a real day between 1800 and 2200.
std::optional<std::chrono::year_month_day> parse_yyyymmdd(std::string_view text);
std::optional<std::chrono::year_month_day> parse_yyyymmdd(std::span<const std::uint8_t> ascii);
// "1944-05-14".
std::optional<std::chrono::year_month_day> parse_iso_date(std::string_view text);
std::string yyyymmdd(std::chrono::year_month_day day);
std::string iso_date(std::chrono::year_month_day day);

struct Era {
    std::string_view name;  // two kanji, three bytes each: "昭和"
    std::chrono::year_month_day first;
};
std::span<const Era> eras();  // from 令和 back to 明治
// The one that the day falls in; null before 明治 and for a day that does not exist.
const Era* era_of(std::chrono::year_month_day day);

// The six digits 和暦 YYMMDD: the year of the era that the day falls in. nullopt before 明治.
std::optional<std::string> era_yymmdd(std::chrono::year_month_day day);

// `years` after `day`; 29 February becomes 1 March in a common year, as Japanese law counts birthdays.
std::chrono::year_month_day birthday_in(std::chrono::year_month_day birth, std::chrono::year year);

}  // namespace uketsuke::card
