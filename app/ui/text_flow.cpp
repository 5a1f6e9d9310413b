#include "app/ui/text_flow.h"

#include <algorithm>

namespace uketsuke::ui {

namespace {

struct Piece {
    std::string words;
    bool space_before = false;
};

std::vector<Piece> pieces_of(std::string_view paragraph) {
    std::vector<Piece> pieces(1);
    for (const char c : paragraph) {
        if (c == ' ' || c == '|') {
            pieces.push_back({"", c == ' '});
        } else {
            pieces.back().words.push_back(c);
        }
    }
    return pieces;
}

std::vector<std::string> greedy(const std::vector<Piece>& pieces, float width, const Measure& measure) {
    std::vector<std::string> lines(1);
    for (const Piece& piece : pieces) {
        const bool first = lines.back().empty();
        const std::string longer = lines.back() + (piece.space_before && !first ? " " : "") + piece.words;
        if (first || measure(longer) <= width) {
            lines.back() = longer;
        } else {
            lines.push_back(piece.words);
        }
    }
    return lines;
}

}  // namespace

std::vector<std::string> break_lines(std::string_view text, float width, const Measure& measure) {
    std::vector<std::string> all;
    while (true) {
        const auto end = text.find('\n');
        const std::vector<Piece> pieces = pieces_of(text.substr(0, end));
        std::vector<std::string> lines = greedy(pieces, width, measure);
        if (lines.size() > 1) {
            // The narrowest width that needs no further line makes the lines about equal.
            float low = 0;
            float high = width;
            for (int i = 0; i < 10; ++i) {
                const float middle = (low + high) / 2;
                std::vector<std::string> trial = greedy(pieces, middle, measure);
                const bool fits =
                    std::ranges::all_of(trial, [&](const std::string& line) { return measure(line) <= middle; });
                if (fits && trial.size() <= lines.size()) {
                    lines = std::move(trial);
                    high = middle;
                } else {
                    low = middle;
                }
            }
        }
        std::ranges::move(lines, std::back_inserter(all));
        if (end == std::string_view::npos) return all;
        text.remove_prefix(end + 1);
    }
}

}  // namespace uketsuke::ui
