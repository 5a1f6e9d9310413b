#include "card/front/field_reader.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "card/front/mats.h"

namespace uketsuke::card {
namespace {

// How a line is shown to the network. The differences are what makes a second reading worth something.
struct Way {
    double height;   // pixels of the ink
    double margin;   // of the ink's height
    bool two_tones;  // black and white
};
constexpr std::array<Way, 5> k_ways{
    {{26, 0.14, false}, {44, 0.06, false}, {40, 0.10, true}, {34, 0.12, false}, {24, 0.06, true}}};
constexpr std::size_t k_first_ways = 3;  // the others are asked when these do not see the same

cv::Mat shown(const cv::Mat& flat, const cv::Rect& box, const Way& way) {
    const int margin = static_cast<int>(way.margin * box.height + 1);
    const cv::Rect wide(box.x - 2 * margin, box.y - margin, box.width + 4 * margin, box.height + 2 * margin);
    cv::Mat line = secret_mat();
    flat(wide & cv::Rect(0, 0, flat.cols, flat.rows)).copyTo(line);
    if (way.two_tones) {
        cv::GaussianBlur(line, line, {3, 3}, 0);
        cv::threshold(line, line, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    }
    const double scale = way.height / box.height;
    cv::Mat sized = secret_mat();
    cv::resize(line, sized, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    cv::normalize(sized, sized, 0, 255, cv::NORM_MINMAX);
    return sized;
}

// How the security code is set anew: digits that stand far apart, as in their box, are seen doubled or not at all.
struct Row {
    double gap;  // between digits, of their height
    double height;
    bool two_tones;
    bool backwards;
};
constexpr std::array<Row, 4> k_rows{
    {{0.16, 40, false, false}, {0.16, 32, true, true}, {0.24, 32, false, false}, {0.10, 24, false, true}}};
constexpr double k_edge = 0.2;  // paper above and below, of the digits' height

std::uint8_t paper_of(const cv::Mat& flat, const cv::Rect& box) {
    cv::Mat levels = secret_mat();
    flat(box).copyTo(levels);
    levels = levels.reshape(0, 1);
    cv::sort(levels, levels, cv::SORT_EVERY_ROW | cv::SORT_ASCENDING);
    return levels.at<std::uint8_t>(levels.cols * 9 / 10);
}

cv::Mat set_anew(const cv::Mat& flat, const FourDigits& four, const Row& how) {
    const cv::Rect around = four[0] | four[1] | four[2] | four[3];
    const int gap = std::max(2, static_cast<int>(how.gap * around.height));
    const int edge = static_cast<int>(k_edge * around.height) + 1;
    const int margin = std::min({std::max(2, around.height / 12), gap / 2, edge});
    int width = gap;
    for (const cv::Rect& digit : four) width += digit.width + gap;
    cv::Mat row = secret_mat({width + 2 * edge, around.height + 2 * edge}, CV_8U);
    row.setTo(paper_of(flat, around));
    int x = edge + gap;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Rect& digit = four.at(how.backwards ? 3 - i : i);
        const cv::Rect from =
            cv::Rect(digit.x - margin, around.y - margin, digit.width + 2 * margin, around.height + 2 * margin) &
            cv::Rect(0, 0, flat.cols, flat.rows);
        flat(from).copyTo(row(cv::Rect(x - margin, edge - margin, from.width, from.height)));
        x += digit.width + gap;
    }
    return row;
}

struct ReadCode {
    SecretText digits;
    float confidence = 1;
};

std::optional<ReadCode> four_digits(const std::vector<ReadSymbol>& line, bool backwards) {
    if (line.size() != 4) return std::nullopt;
    SecretBytes digits;
    ReadCode read;
    for (const ReadSymbol& symbol : line) {
        if (symbol.text.size() != 1 || symbol.text[0] < '0' || symbol.text[0] > '9') return std::nullopt;
        digits.push_back(static_cast<std::uint8_t>(symbol.text[0]));
        read.confidence = std::min(read.confidence, symbol.confidence);
    }
    if (backwards) std::reverse(digits.begin(), digits.end());
    read.digits = SecretText(std::span<const std::uint8_t>(digits));
    return read;
}

// What the readings of one field saw.
template <class Value>
struct Votes {
    struct Vote {
        Value value;
        std::size_t count = 0;
        float best = 0;  // the reading with the fewest doubts
    };
    std::vector<Vote> votes;
    std::size_t asked = 0;
    std::size_t seen = 0;

    void add(const Value& value, float confidence) {
        ++seen;
        auto vote = std::find_if(votes.begin(), votes.end(), [&](const Vote& one) { return one.value == value; });
        if (vote == votes.end()) vote = votes.insert(votes.end(), Vote{value});
        ++vote->count;
        vote->best = std::max(vote->best, confidence);
    }
    const Vote* first() const {
        const auto most = std::max_element(votes.begin(), votes.end(),
                                           [](const Vote& a, const Vote& b) { return a.count < b.count; });
        return most == votes.end() ? nullptr : &*most;
    }
    std::size_t against() const { return votes.empty() ? 0 : seen - first()->count; }
    double confidence() const {
        const double share = static_cast<double>(first()->count) / static_cast<double>(asked);
        return share * (0.75 + 0.25 * first()->best);
    }
};

}  // namespace

ReadDates glance_at_dates(LineReader& reader, const cv::Mat& flat, const cv::Rect& line) {
    const auto symbols = reader.dates(shown(flat, line, k_ways[0]));
    return {find_birth(symbols), find_expiry(symbols)};
}

Result<std::optional<SureDate>> read_date(LineReader& reader, const cv::Mat& flat, const cv::Rect& line, FindDate find,
                                          const std::string& what) {
    Votes<std::chrono::year_month_day> votes;
    for (const Way& way : k_ways) {
        if (votes.asked == k_first_ways && votes.seen == k_first_ways && votes.against() == 0) break;
        ++votes.asked;
        if (const auto found = find(reader.dates(shown(flat, line, way)))) votes.add(found->day, found->confidence);
    }
    // One reading against four is a slip; less than that is doubt.
    if (votes.against() > 1 || (votes.against() == 1 && votes.first()->count < 4)) {
        return fail(Fault::BadData, what + " is read in two ways");
    }
    if (votes.seen < k_first_ways) return std::nullopt;
    return SureDate{votes.first()->value, votes.confidence()};
}

Result<std::optional<SureCode>> read_code(LineReader& reader, const cv::Mat& flat, const FourDigits& four) {
    Votes<SecretText> votes;
    const auto ask = [&](const cv::Mat& line, bool backwards) {
        for (const auto& symbols : {reader.digits(line), reader.japanese_digits(line)}) {
            ++votes.asked;
            if (const auto read = four_digits(symbols, backwards)) votes.add(read->digits, read->confidence);
        }
    };
    for (const Row& how : k_rows) {
        const cv::Mat row = set_anew(flat, four, how);
        ask(shown(row, {0, 0, row.cols, row.rows}, {how.height, 0, how.two_tones}), how.backwards);
    }
    // Letters that are no digits are seen as some by a few readings.
    if (votes.seen * 2 < votes.asked) return std::nullopt;
    if (votes.against() > 1 || (votes.against() == 1 && votes.first()->count < 7)) {
        return fail(Fault::BadData, "the security code is read in two ways");
    }
    return SureCode{votes.first()->value, votes.confidence()};
}

}  // namespace uketsuke::card
