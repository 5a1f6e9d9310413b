// One part of the number, read several times. Private to card/front.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "card/error.h"
#include "card/front/line_reader.h"
#include "card/front/text_lines.h"
#include "card/secret.h"

namespace uketsuke::card {

struct ReadDates {
    std::optional<FoundDate> birth;
    std::optional<FoundDate> expiry;
    bool any() const { return birth || expiry; }
};

// One quick reading of a line.
ReadDates glance_at_dates(LineReader& reader, const cv::Mat& flat, const cv::Rect& line);

struct SureDate {
    std::chrono::year_month_day day{};
    double confidence = 0;
};
using FindDate = std::optional<FoundDate> (*)(const std::vector<ReadSymbol>&);
// Three readings of a line, five when those differ. nullopt when fewer than three see a date; BadData `what` "is read
// in two ways" unless all that see one see the same, or four against one.
Result<std::optional<SureDate>> read_date(LineReader& reader, const cv::Mat& flat, const cv::Rect& line, FindDate find,
                                          const std::string& what);

struct SureCode {
    SecretText digits;
    double confidence = 0;
};
// Eight readings: two networks, forwards and backwards. nullopt when fewer than four see four digits; BadData unless
// they see the same, or seven against one.
Result<std::optional<SureCode>> read_code(LineReader& reader, const cv::Mat& flat, const FourDigits& four);

}  // namespace uketsuke::card
