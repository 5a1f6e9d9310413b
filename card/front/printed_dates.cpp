#include "card/front/printed_dates.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "card/dates.h"
#include "card/secret.h"

namespace uketsuke::card {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::size_t k_kanji = 3;  // bytes in UTF-8

// Steps through a line; the least confidence of what was accepted is kept.
class Cursor {
  public:
    Cursor(const std::vector<ReadSymbol>& line, std::size_t at) : m_line(line), m_at(at) {}

    bool take(std::string_view text) {
        if (m_at >= m_line.size() || m_line[m_at].text != text) return false;
        m_least = std::min(m_least, m_line[m_at].confidence);
        ++m_at;
        return true;
    }
    // As many digits as stand there, `most` at the most and `fewest` at least.
    std::optional<int> number(int fewest, int most) {
        int value = 0;
        int digits = 0;
        while (digits < most && m_at < m_line.size() && is_digit(m_line[m_at].text)) {
            value = value * 10 + (m_line[m_at].text[0] - '0');
            m_least = std::min(m_least, m_line[m_at].confidence);
            ++m_at;
            ++digits;
        }
        if (digits < fewest) return std::nullopt;
        return value;
    }
    float least() const { return m_least; }

  private:
    static bool is_digit(std::string_view text) { return text.size() == 1 && text[0] >= '0' && text[0] <= '9'; }

    const std::vector<ReadSymbol>& m_line;
    std::size_t m_at;
    float m_least = 1;
};

// 「 2月17日」 after a year that is already known.
std::optional<year_month_day> rest_of_date(Cursor& cursor, year in) {
    if (!cursor.take("年")) return std::nullopt;
    const auto months = cursor.number(1, 2);
    if (!months || !cursor.take("月")) return std::nullopt;
    const auto days = cursor.number(1, 2);
    if (!days || !cursor.take("日")) return std::nullopt;
    const year_month_day made{in, month{static_cast<unsigned>(*months)}, day{static_cast<unsigned>(*days)}};
    if (!made.ok()) return std::nullopt;
    return made;
}

std::optional<FoundDate> birth_at(const std::vector<ReadSymbol>& line, std::size_t at) {
    for (const Era& era : eras()) {
        Cursor cursor(line, at);
        if (!cursor.take(era.name.substr(0, k_kanji)) || !cursor.take(era.name.substr(k_kanji))) continue;
        const std::optional<int> of_era = cursor.take("元") ? std::optional<int>(1) : cursor.number(1, 2);
        if (!of_era || *of_era < 1) return std::nullopt;
        const auto born = rest_of_date(cursor, era.first.year() + std::chrono::years{*of_era - 1});
        if (!born || era_of(*born) != &era || !cursor.take("生")) return std::nullopt;
        return FoundDate{*born, cursor.least()};
    }
    return std::nullopt;
}

std::optional<FoundDate> expiry_at(const std::vector<ReadSymbol>& line, std::size_t at) {
    // Inside a longer number nothing begins.
    if (at > 0 && line[at - 1].text.size() == 1) return std::nullopt;
    Cursor cursor(line, at);
    const auto in = cursor.number(4, 4);
    if (!in || *in < 2015 || *in > 2199) return std::nullopt;
    const auto ends = rest_of_date(cursor, year{*in});
    if (!ends || !cursor.take("ま") || !cursor.take("で")) return std::nullopt;
    return FoundDate{*ends, cursor.least()};
}

template <class Find>
std::optional<FoundDate> only_one(const std::vector<ReadSymbol>& line, Find find) {
    std::optional<FoundDate> found;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const auto next = find(line, at);
        if (!next) continue;
        if (found && found->day != next->day) return std::nullopt;
        if (!found || next->confidence > found->confidence) found = next;
    }
    return found;
}

}  // namespace

std::string printed_birth(year_month_day day) {
    const Era* era = era_of(day);
    if (era == nullptr) return {};
    const int of_era = int{day.year()} - int{era->first.year()} + 1;
    std::array<char, 64> text{};
    std::string printed(era->name);
    std::snprintf(text.data(), text.size(), "%2d", of_era);
    printed += of_era == 1 ? "元" : text.data();
    std::snprintf(text.data(), text.size(), "年%2u月%2u日生", unsigned{day.month()}, unsigned{day.day()});
    return printed + text.data();
}

std::string printed_expiry(year_month_day day) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d年%2u月%2u日まで有効", int{day.year()}, unsigned{day.month()},
                  unsigned{day.day()});
    return text.data();
}

std::optional<FoundDate> find_birth(const std::vector<ReadSymbol>& line) {
    return only_one(line, birth_at);
}

std::optional<FoundDate> find_expiry(const std::vector<ReadSymbol>& line) {
    return only_one(line, expiry_at);
}

std::string_view date_characters() {
    return "0123456789年月日元生明治大正昭和平成令まで有効性別男女";
}

}  // namespace uketsuke::card
