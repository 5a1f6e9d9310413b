#include "net/wall_time.h"

#include <array>
#include <cstdio>

namespace uketsuke::net {
namespace {

constexpr std::chrono::hours jst_offset{9};

struct Civil {
    int year;
    unsigned month, day;
    int hour, minute, second;
};

Civil civil(std::chrono::sys_seconds at) {
    const auto local = at + jst_offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{local - day};
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            static_cast<int>(time.hours().count()),
            static_cast<int>(time.minutes().count()),
            static_cast<int>(time.seconds().count())};
}

int digits(std::string_view text) {
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value;
}

}  // namespace

std::string jst_date(std::chrono::sys_seconds at) {
    return jst_date_time(at).substr(0, 8);
}

std::string jst_date_time(std::chrono::sys_seconds at) {
    const Civil c = civil(at);
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d%02u%02u%02d%02d%02d", c.year, c.month, c.day,
                                     c.hour, c.minute, c.second);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<std::chrono::sys_seconds> parse_jst_date_time(std::string_view text) {
    if (text.size() != 14 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{digits(text.substr(0, 4))},
                                           std::chrono::month{static_cast<unsigned>(digits(text.substr(4, 2)))},
                                           std::chrono::day{static_cast<unsigned>(digits(text.substr(6, 2)))}};
    const int hour = digits(text.substr(8, 2));
    const int minute = digits(text.substr(10, 2));
    const int second = digits(text.substr(12, 2));
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) - jst_offset;
}

}  // namespace uketsuke::net
