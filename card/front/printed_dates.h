// The two dates of the front, as they are printed and as they are found in a line of read text. Private to card/front.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace uketsuke::card {

// 「昭和55年 2月17日生」; 「元年」 for the first year. Empty before 明治.
std::string printed_birth(std::chrono::year_month_day day);
// 「2035年 2月17日まで有効」.
std::string printed_expiry(std::chrono::year_month_day day);

// A character of a line as the text reader saw it. UTF-8, one code point.
struct ReadSymbol {
    std::string text;
    float confidence = 0;  // 0 to 1
};

struct FoundDate {
    std::chrono::year_month_day day{};
    float confidence = 0;  // the least of the symbols that the date is made of
};

// Looks for 「era year 年 month 月 day 日 生」, anywhere in the line, spaces ignored. Only days that exist and that
// fall into the era that is named, so that a misread digit of the year is often noticed. Two different ones: nullopt.
std::optional<FoundDate> find_birth(const std::vector<ReadSymbol>& line);
// Looks for 「four digits 年 month 月 day 日まで」, as above.
std::optional<FoundDate> find_expiry(const std::vector<ReadSymbol>& line);

// Every character that the two patterns need, for the text reader.
std::string_view date_characters();

}  // namespace uketsuke::card
