#include "card/dates.h"

#include <array>
#include <cstdio>

namespace uketsuke::card {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

std::optional<int> number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<year_month_day> make(std::string_view y, std::string_view m, std::string_view d) {
    const auto years = number(y);
    const auto months = number(m);
    const auto days = number(d);
    if (!years || !months || !days || *years < 1800 || *years > 2200) return std::nullopt;
    const year_month_day made{year{*years}, month{static_cast<unsigned>(*months)}, day{static_cast<unsigned>(*days)}};
    if (!made.ok()) return std::nullopt;
    return made;
}

std::string format(const char* pattern, int y, unsigned m, unsigned d) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), pattern, y, m, d);
    return text.data();
}

}  // namespace

std::optional<year_month_day> parse_yyyymmdd(std::string_view text) {
    if (text.size() != 8) return std::nullopt;
    return make(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
}

std::optional<year_month_day> parse_yyyymmdd(std::span<const std::uint8_t> ascii) {
    return parse_yyyymmdd(std::string_view(reinterpret_cast<const char*>(ascii.data()), ascii.size()));
}

std::optional<year_month_day> parse_iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return make(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
}

std::string yyyymmdd(year_month_day day) {
    return format("%04d%02u%02u", int{day.year()}, unsigned{day.month()}, unsigned{day.day()});
}

std::string iso_date(year_month_day day) {
    return format("%04d-%02u-%02u", int{day.year()}, unsigned{day.month()}, unsigned{day.day()});
}

std::span<const Era> eras() {
    static constexpr std::array<Era, 5> k_eras{{
        {"令和", year{2019} / month{5} / day{1}},
        {"平成", year{1989} / month{1} / day{8}},
        {"昭和", year{1926} / month{12} / day{25}},
        {"大正", year{1912} / month{7} / day{30}},
        {"明治", year{1868} / month{1} / day{25}},
    }};
    return k_eras;
}

const Era* era_of(year_month_day day) {
    if (!day.ok()) return nullptr;
    for (const Era& era : eras()) {
        if (sys_days{day} >= sys_days{era.first}) return &era;
    }
    return nullptr;
}

std::optional<std::string> era_yymmdd(year_month_day day) {
    const Era* era = era_of(day);
    if (era == nullptr) return std::nullopt;
    const int year_of_era = int{day.year()} - int{era->first.year()} + 1;
    if (year_of_era > 99) return std::nullopt;
    return format("%02d%02u%02u", year_of_era, unsigned{day.month()}, unsigned{day.day()});
}

year_month_day birthday_in(year_month_day birth, std::chrono::year year) {
    const year_month_day same_day = year / birth.month() / birth.day();
    if (same_day.ok()) return same_day;
    return year / month{3} / day{1};
}

}  // namespace uketsuke::card
