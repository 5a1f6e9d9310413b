#include "app/core/japanese_era.h"

#include <algorithm>
#include <tuple>

namespace uketsuke::core {
namespace {

struct Span {
    std::int16_t before_first_year;  // the Gregorian year that is year 0 of it
    BirthDate first, last;
};

constexpr std::int16_t k_first_western_year = 1900;
constexpr std::int16_t k_no_end = 9999;

const Span& span_of(Era era) {
    static constexpr std::array<Span, 5> k_spans{{{0, {k_first_western_year, 1, 1}, {k_no_end, 12, 31}},
                                                  {1911, {1912, 7, 30}, {1926, 12, 24}},
                                                  {1925, {1926, 12, 25}, {1989, 1, 7}},
                                                  {1988, {1989, 1, 8}, {2019, 4, 30}},
                                                  {2018, {2019, 5, 1}, {k_no_end, 12, 31}}}};
    return k_spans.at(static_cast<std::size_t>(era));
}

bool before(const BirthDate& a, const BirthDate& b) {
    return std::tie(a.year, a.month, a.day) < std::tie(b.year, b.month, b.day);
}

BirthDate existing(int year, std::uint8_t month, std::uint8_t day) {
    BirthDate date;
    date.year = static_cast<std::int16_t>(std::clamp<int>(year, 1, k_no_end));
    date.month = std::clamp<std::uint8_t>(month, 1, 12);
    date.day = std::clamp<std::uint8_t>(day, 1, days_in_month(date.year, date.month));
    return date;
}

EraDate as(Era era, const BirthDate& date) {
    return {era, static_cast<std::int16_t>(date.year - span_of(era).before_first_year), date.month, date.day};
}

EraDate nearest(Era era, int gregorian_year, std::uint8_t month, std::uint8_t day, const BirthDate& today) {
    const Span& span = span_of(era);
    BirthDate date = existing(gregorian_year, month, day);
    if (before(today, date)) date = today;
    if (before(span.last, date)) date = span.last;
    // A clock that says a day before the era must not lead out of it.
    if (before(date, span.first)) date = span.first;
    return as(era, date);
}

int gregorian_year(Era era, std::int16_t year) {
    return span_of(era).before_first_year + year;
}

}  // namespace

std::int16_t first_year(Era era) {
    return era == Era::Western ? k_first_western_year : std::int16_t{1};
}

std::int16_t last_year(Era era, const BirthDate& today) {
    const Span& span = span_of(era);
    const std::int16_t last = std::min(span.last.year, today.year);
    return std::max(first_year(era), static_cast<std::int16_t>(last - span.before_first_year));
}

BirthDate gregorian(const EraDate& date) {
    return existing(gregorian_year(date.era, date.year), date.month, date.day);
}

EraDate in_era(const BirthDate& date) {
    for (const Era era : {Era::Reiwa, Era::Heisei, Era::Showa, Era::Taisho}) {
        if (!before(date, span_of(era).first)) return as(era, date);
    }
    return western(date);
}

EraDate western(const BirthDate& date) {
    return as(Era::Western, date);
}

std::uint8_t days_in_month(std::int16_t gregorian_year, std::uint8_t month) {
    static constexpr std::array<std::uint8_t, 12> k_days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = gregorian_year % 4 == 0 && (gregorian_year % 100 != 0 || gregorian_year % 400 == 0);
    if (month == 2 && leap) return 29;
    return k_days.at(std::clamp<std::size_t>(month, 1, 12) - 1);
}

EraDate with_era(const EraDate& date, Era era, const BirthDate& today) {
    const BirthDate same = gregorian(date);
    return nearest(era, same.year, same.month, same.day, today);
}

EraDate with_year(const EraDate& date, std::int16_t year, const BirthDate& today) {
    return nearest(date.era, gregorian_year(date.era, year), date.month, date.day, today);
}

EraDate with_month(const EraDate& date, std::uint8_t month, const BirthDate& today) {
    return nearest(date.era, gregorian_year(date.era, date.year), month, date.day, today);
}

EraDate with_day(const EraDate& date, std::uint8_t day, const BirthDate& today) {
    return nearest(date.era, gregorian_year(date.era, date.year), date.month, day, today);
}

}  // namespace uketsuke::core
