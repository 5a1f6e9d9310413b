#include "net/internal/http_date.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "net/backoff.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::array<std::string_view, 7> k_weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
// d is a digit, a a letter of a name; everything else stands for itself.
constexpr std::string_view k_shape = "aaa, dd aaa dddd dd:dd:dd GMT";

bool has_shape(std::string_view text) {
    if (text.size() != k_shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (k_shape[i] == 'd' ? !digit : (k_shape[i] != 'a' && k_shape[i] != text[i])) return false;
    }
    return true;
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

template <std::size_t n>
std::optional<unsigned> index_in(const std::array<std::string_view, n>& names, std::string_view name) {
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<unsigned>(found - names.begin());
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
    if (!has_shape(text)) return std::nullopt;
    const auto weekday = index_in(k_weekdays, text.substr(0, 3));
    const auto month = index_in(k_months, text.substr(8, 3));
    if (!weekday || !month) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{number(text.substr(12, 4))},
                                           std::chrono::month{*month + 1},
                                           std::chrono::day{static_cast<unsigned>(number(text.substr(5, 2)))}};
    const int hour = number(text.substr(17, 2));
    const int minute = number(text.substr(20, 2));
    const int second = number(text.substr(23, 2));
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    if (std::chrono::weekday{std::chrono::sys_days{date}}.c_encoding() != *weekday) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(std::min(second, 59));
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, std::string_view date) {
    long long seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size()) {
        const auto until = parse_http_date(text);
        const auto from = parse_http_date(date);
        if (!until || !from) return std::nullopt;
        seconds = std::max<long long>(0, (*until - *from).count());
    }
    if (seconds < 0) return std::nullopt;
    return std::chrono::seconds(std::min<long long>(seconds, longest_retry_after.count()));
}

}  // namespace uketsuke::net::internal
