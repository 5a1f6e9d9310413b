#include "app/ui/text_flow.h"

#include <algorithm>
#include <iterator>

#include "app/ui/line_ends.h"
#include "app/ui/ruby.h"

namespace uketsuke::ui {

namespace {

struct Piece {
    std::string words;
    bool space_before = false;
    float width = 0;
};

struct Line {
    std::string words;
    float width = 0;
};

struct Paragraph {
    std::vector<Piece> pieces;
    float space = 0;
};

bool fit(const std::vector<Line>& lines, float width) {
    return std::ranges::all_of(lines, [width](const Line& line) { return line.width <= width; });
}

// Cut at ' ' and '|', but not inside of a reading or of its base.
std::vector<Piece> pieces_of(std::string_view paragraph, Ruby ruby) {
    std::vector<Piece> pieces(1);
    std::string raw;
    const auto cut = [&](bool space) {
        pieces.back().words.append(raw);
        raw.clear();
        pieces.push_back({"", space});
    };
    const auto part = [&](std::string_view words) {
        for (const char c : words) {
            if (c == ' ' || c == '|') {
                cut(c == ' ');
            } else {
                raw.push_back(c);
            }
        }
    };
    if (ruby == Ruby::Letters) {
        part(paragraph);
    } else {
        for (RubyRun& run : ruby_runs(paragraph)) {
            if (run.ruby.empty()) {
                part(run.base);
                continue;
            }
            std::erase(run.base, '|');
            std::erase(run.ruby, '|');
            raw += written(run);
        }
    }
    pieces.back().words.append(raw);
    return pieces;
}

// The places of line_ends() in what stands on the line, moved to the words with their readings.
std::vector<std::string> cut_anywhere(const std::string& words, Ruby ruby) {
    const std::vector<RubyRun> runs =
        ruby == Ruby::Read ? ruby_runs(words) : std::vector<RubyRun>{{.base = words, .ruby = {}}};
    std::string base;
    for (const RubyRun& run : runs) base += run.base;
    const std::vector<std::size_t> ends = line_ends(base);
    std::vector<std::string> parts(1);
    std::size_t begin = 0;
    for (const RubyRun& run : runs) {
        const std::size_t past = begin + run.base.size();
        if (std::ranges::binary_search(ends, begin)) parts.emplace_back();
        if (!run.ruby.empty()) {
            parts.back() += written(run);
        } else {
            std::size_t from = begin;
            for (auto end = std::ranges::upper_bound(ends, begin); end != ends.end() && *end < past; ++end) {
                parts.back() += base.substr(from, *end - from);
                parts.emplace_back();
                from = *end;
            }
            parts.back() += base.substr(from, past - from);
        }
        begin = past;
    }
    return parts;
}

std::vector<Piece> finer(const std::vector<Piece>& pieces, Ruby ruby) {
    std::vector<Piece> all;
    for (const Piece& piece : pieces) {
        bool space = piece.space_before;
        for (std::string& part : cut_anywhere(piece.words, ruby)) {
            all.push_back({std::move(part), space});
            space = false;
        }
    }
    return all;
}

std::vector<Line> greedy(const Paragraph& paragraph, float width) {
    std::vector<Line> lines(1);
    for (const Piece& piece : paragraph.pieces) {
        const bool first = lines.back().words.empty();
        const float space = piece.space_before && !first ? paragraph.space : 0;
        if (first || lines.back().width + space + piece.width <= width) {
            if (space > 0) lines.back().words += ' ';
            lines.back().words += piece.words;
            lines.back().width += space + piece.width;
        } else {
            lines.push_back({piece.words, piece.width});
        }
    }
    return lines;
}

// The narrowest width that needs no further line makes the lines about equal.
std::vector<Line> balanced(const Paragraph& paragraph, float width) {
    std::vector<Line> lines = greedy(paragraph, width);
    if (lines.size() == 1) return lines;
    float low = 0;
    float high = width;
    for (int i = 0; i < 10; ++i) {
        const float middle = (low + high) / 2;
        std::vector<Line> trial = greedy(paragraph, middle);
        if (fit(trial, middle) && trial.size() <= lines.size()) {
            lines = std::move(trial);
            high = middle;
        } else {
            low = middle;
        }
    }
    return lines;
}

std::vector<Line> laid_out(std::vector<Piece> pieces, float width, const Measure& measure) {
    Paragraph paragraph{std::move(pieces), 0};
    for (Piece& piece : paragraph.pieces) piece.width = piece.words.empty() ? 0 : measure(piece.words);
    if (std::ranges::any_of(paragraph.pieces, &Piece::space_before)) paragraph.space = measure(" ");
    std::vector<Line> lines = balanced(paragraph, width);
    // Letters of neighbouring pieces may stand a little closer or further apart than the pieces measured alone.
    float room = width;
    for (int i = 0; i < 2; ++i) {
        float excess = 0;
        for (Line& line : lines) {
            line.width = line.words.empty() ? 0 : measure(line.words);
            const bool single = std::ranges::any_of(paragraph.pieces,
                                                    [&line](const Piece& piece) { return piece.words == line.words; });
            if (!single) excess = std::max(excess, line.width - width);
        }
        if (excess <= 0) break;
        room -= excess;
        lines = balanced(paragraph, room);
    }
    return lines;
}

std::vector<Line> lines_of(std::string_view words, float width, const Measure& measure, Ruby ruby) {
    const std::vector<Piece> pieces = pieces_of(words, ruby);
    std::vector<Line> lines = laid_out(pieces, width, measure);
    const bool marked = words.find('|') != std::string_view::npos;
    if (marked || (lines.size() == 1 && fit(lines, width))) return lines;
    std::vector<Piece> more = finer(pieces, ruby);
    if (more.size() == pieces.size()) return lines;
    std::vector<Line> other = laid_out(std::move(more), width, measure);
    // Who puts spaces between Japanese words does so for readers who need the words whole, more than a line less.
    const bool spaced = std::ranges::any_of(pieces, &Piece::space_before);
    const bool better = fit(other, width) && (!fit(lines, width) || (!spaced && other.size() < lines.size()));
    return better || (!fit(lines, width) && !fit(other, width)) ? other : lines;
}

}  // namespace

std::vector<std::string> break_lines(std::string_view text, float width, const Measure& measure, Ruby ruby) {
    std::vector<std::string> all;
    while (true) {
        const auto end = text.find('\n');
        for (Line& line : lines_of(text.substr(0, end), width, measure, ruby)) all.push_back(std::move(line.words));
        if (end == std::string_view::npos) return all;
        text.remove_prefix(end + 1);
    }
}

}  // namespace uketsuke::ui
