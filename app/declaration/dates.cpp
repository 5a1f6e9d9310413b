#include "app/declaration/dates.h"

#include <fmt/format.h>

#include <chrono>

namespace uketsuke::declaration {
namespace {

struct Era {
    int from;  // yyyyMMdd
    const char* name;
};
constexpr Era k_eras[] = {
    {20190501, "令和"}, {19890108, "平成"}, {19261225, "昭和"}, {19120730, "大正"}, {18680125, "明治"}};

bool is_day(int date) {
    return std::chrono::year_month_day{std::chrono::year{date / 10'000},
                                       std::chrono::month{static_cast<unsigned>(date / 100 % 100)},
                                       std::chrono::day{static_cast<unsigned>(date % 100)}}
        .ok();
}

}  // namespace

std::string day_in_words(std::string_view date) {
    if (date.size() != 8 || date.find_first_not_of("0123456789") != std::string_view::npos) return {};
    int day = 0;
    for (const char digit : date) day = day * 10 + (digit - '0');
    if (!is_day(day)) return {};
    const std::string month_and_day = fmt::format("{}月{}日", day / 100 % 100, day % 100);
    for (const Era& era : k_eras) {
        if (day < era.from) continue;
        const int year = day / 10'000 - era.from / 10'000 + 1;
        return fmt::format("{}{}年{}（{}年）", era.name, year == 1 ? "元" : std::to_string(year), month_and_day,
                           day / 10'000);
    }
    return fmt::format("{}年{}", day / 10'000, month_and_day);
}

}  // namespace uketsuke::declaration
