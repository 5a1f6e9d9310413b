#include "card/front/number_reader.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <vector>

#include "card/dates.h"
#include "card/front/card_outline.h"
#include "card/front/field_reader.h"
#include "card/front/mats.h"

namespace uketsuke::card {

struct ReaderParts {
    std::unique_ptr<LineReader> lines;
};

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr double k_apart = 0.9;  // what dates that do not agree cost

// The two sides of a flat card that may be up.
struct Side {
    cv::Mat flat;
    int half_turns = 0;
};

cv::Rect turned(const cv::Rect& box, const cv::Mat& flat) {
    return {flat.cols - box.br().x, flat.rows - box.br().y, box.width, box.height};
}

// Lines that have about the length of a date are looked at first.
std::vector<cv::Rect> date_lines(std::vector<cv::Rect> lines) {
    const auto length = [](const cv::Rect& box) { return static_cast<double>(box.width) / box.height; };
    lines.erase(std::remove_if(lines.begin(), lines.end(),
                               [&](const cv::Rect& box) { return length(box) < 5 || length(box) > 28; }),
                lines.end());
    std::sort(lines.begin(), lines.end(), [&](const cv::Rect& a, const cv::Rect& b) {
        return std::abs(length(a) - 10.5) < std::abs(length(b) - 10.5);
    });
    return lines;
}

struct Dates {
    SureDate birth;
    SureDate expiry;
    cv::Rect expiry_line;  // on the side that is up
    int half_turns = 0;
};

struct Seen {
    std::optional<SureDate> birth;
    std::optional<SureDate> expiry;
};

// Two lines with the same kind of date: nothing says which one counts.
Result<void> keep(std::optional<SureDate>& kept, const Result<std::optional<SureDate>>& read, const char* what) {
    if (!read) return tl::make_unexpected(read.error());
    if (!*read) return {};
    if (kept && kept->day != (*read)->day) return fail(Fault::BadData, std::string(what) + " is read in two ways");
    if (!kept || kept->confidence < (*read)->confidence) kept = *read;
    return {};
}

Result<Dates> find_dates(LineReader& reader, const std::array<Side, 2>& sides, const std::vector<cv::Rect>& lines) {
    std::optional<std::size_t> up;
    Seen seen;
    bool glimpsed_birth = false;
    bool glimpsed_expiry = false;
    cv::Rect expiry_line;
    for (const cv::Rect& line : date_lines(lines)) {
        for (std::size_t i = 0; i < sides.size(); ++i) {
            if (up && *up != i) continue;
            const Side& side = sides.at(i);
            const cv::Rect box = i == 0 ? line : turned(line, side.flat);
            const ReadDates glance = glance_at_dates(reader, side.flat, box);
            if (!glance.any()) continue;
            up = i;
            if (glance.birth) {
                glimpsed_birth = true;
                const auto kept =
                    keep(seen.birth, read_date(reader, side.flat, box, find_birth, "the birth date"), "the birth date");
                if (!kept) return tl::make_unexpected(kept.error());
            }
            if (glance.expiry) {
                glimpsed_expiry = true;
                expiry_line = box;
                const auto kept = keep(seen.expiry, read_date(reader, side.flat, box, find_expiry, "the expiry date"),
                                       "the expiry date");
                if (!kept) return tl::make_unexpected(kept.error());
            }
        }
    }
    if (!glimpsed_birth && !glimpsed_expiry) {
        return fail(Fault::BadData, "the back lies upwards or no date is legible");
    }
    if (!seen.birth) return fail(Fault::BadData, "no birth date");
    if (!seen.expiry) return fail(Fault::BadData, "no expiry date");
    return Dates{*seen.birth, *seen.expiry, expiry_line, sides.at(*up).half_turns};
}

// A code that looks like the expiry year cannot be told from the year itself where the date's line fell apart.
bool may_be_the_year(const FourDigits& four, const SureCode& code, const SureDate& expiry, const cv::Rect& line) {
    if (code.digits.view() != std::to_string(int{expiry.day.year()})) return false;
    return four[0].y < line.br().y && four[0].br().y > line.y;
}

Result<SureCode> find_code(LineReader& reader, const cv::Mat& flat, const std::vector<FourDigits>& fours,
                           const Dates& dates) {
    std::optional<SureCode> code;
    for (const FourDigits& four : fours) {
        const auto read = read_code(reader, flat, four);
        if (!read) return tl::make_unexpected(read.error());
        if (!*read || may_be_the_year(four, **read, dates.expiry, dates.expiry_line)) continue;
        if (code) return fail(Fault::BadData, "more than one security code");
        code = *read;
    }
    if (!code) return fail(Fault::BadData, "no security code");
    return *code;
}

bool ends_on_a_birthday(year_month_day birth, year_month_day expiry) {
    return birthday_in(birth, expiry.year()) == expiry ||
           (birth.month() == expiry.month() && birth.day() == expiry.day());
}

Result<void> possible(const Dates& dates, std::optional<year_month_day> today) {
    if (sys_days{dates.birth.day} >= sys_days{dates.expiry.day}) {
        return fail(Fault::BadData, "the expiry date is not possible");
    }
    if (!today) return {};
    if (sys_days{dates.birth.day} > sys_days{*today}) return fail(Fault::BadData, "the birth date is not possible");
    const auto ends = dates.expiry.day.year();
    if (ends < today->year() - years{1} || ends > today->year() + years{11}) {
        return fail(Fault::BadData, "the expiry date is not possible");
    }
    return {};
}

Result<PrintedNumber> read_flat(LineReader& reader, const FlatCard& card, std::optional<year_month_day> today) {
    const Writing writing = find_writing(card.grey);
    if (!card.outlined && writing.lines.size() < 3) return fail(Fault::BadData, "no card in the picture");
    const std::array<Side, 2> sides{Side{card.grey, 0}, Side{upside_down(card.grey), 1}};
    const auto dates = find_dates(reader, sides, writing.lines);
    if (!dates) return tl::make_unexpected(dates.error());
    if (const auto fine = possible(*dates, today); !fine) return tl::make_unexpected(fine.error());

    const cv::Mat& flat = sides.at(static_cast<std::size_t>(dates->half_turns)).flat;
    const auto code =
        find_code(reader, flat, dates->half_turns == 0 ? writing.fours : find_writing(flat).fours, *dates);
    if (!code) return tl::make_unexpected(code.error());
    auto number = NumberB::make(dates->birth.day, dates->expiry.day.year(), code->digits.view());
    if (!number) return fail(Fault::BadData, "the birth date is not possible");
    const bool agree = ends_on_a_birthday(dates->birth.day, dates->expiry.day);
    const double least = std::min({dates->birth.confidence, dates->expiry.confidence, code->confidence});
    return PrintedNumber{std::move(*number), agree ? least : least * k_apart, (card.turns + 2 * dates->half_turns) % 4,
                         agree};
}

}  // namespace

NumberReader::NumberReader(std::unique_ptr<ReaderParts> parts) : m_parts(std::move(parts)) {}

NumberReader::~NumberReader() = default;

Result<std::unique_ptr<NumberReader>> NumberReader::open(const std::string& tessdata_folder) {
    auto lines = LineReader::open(tessdata_folder.empty() ? k_tessdata_folder : tessdata_folder);
    if (!lines) return tl::make_unexpected(lines.error());
    return std::unique_ptr<NumberReader>(
        new NumberReader(std::make_unique<ReaderParts>(ReaderParts{std::move(*lines)})));
}

Result<PrintedNumber> NumberReader::read(const FrontPicture& picture, std::optional<year_month_day> today) {
    if (const auto fits = check_picture(picture); !fits) return tl::make_unexpected(fits.error());
    try {
        return read_flat(*m_parts->lines, flatten_card(view_of(picture)), today);
    } catch (const cv::Exception&) {
        return fail(Fault::BadData, "the picture cannot be worked on");
    }
}

}  // namespace uketsuke::card
