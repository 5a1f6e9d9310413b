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

// The six digits 和暦 YYMMDD: the year of the era that the day falls in (明治 1868-01-25, 大正 1912-07-30,
// 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01). nullopt before 明治.
std::optional<std::string> era_yymmdd(std::chrono::year_month_day day);

// `years` after `day`; 29 February becomes 1 March in a common year, as Japanese law counts birthdays.
std::chrono::year_month_day birthday_in(std::chrono::year_month_day birth, std::chrono::year year);

}  // namespace uketsuke::card
