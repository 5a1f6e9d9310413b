#include "app/ui/line_ends.h"

#include <pango/pango.h>

#include "app/ui/ruby.h"
#include "app/ui/text.h"

namespace uketsuke::ui {

namespace {

constexpr std::size_t k_longest = 1U << 14U;

bool kana(char32_t point) {
    return point >= 0x3041 && point <= 0x30FF;
}

// Small kana, the long mark and iteration marks: whether they may begin a line is a matter of taste, and ours is no.
bool leans_back(char32_t point) {
    constexpr std::u32string_view k_small = U"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々〻";
    return k_small.find(point) != std::u32string_view::npos || (point >= 0x31F0 && point <= 0x31FF);
}

}  // namespace

std::vector<std::size_t> line_ends(std::string_view words) {
    if (words.size() > k_longest || g_utf8_validate(words.data(), static_cast<gssize>(words.size()), nullptr) == 0) {
        return {};
    }
    std::vector<char32_t> points;
    std::vector<std::size_t> offsets;
    bool ideographic = false;
    for (std::string_view rest = words; !rest.empty();) {
        offsets.push_back(words.size() - rest.size());
        points.push_back(take_code_point(rest));
        ideographic = ideographic || like_kanji(points.back()) || kana(points.back());
    }
    if (!ideographic) return {};
    std::vector<PangoLogAttr> places(points.size() + 1);
    pango_get_log_attrs(words.data(), static_cast<int>(words.size()), -1, pango_language_from_string("ja"),
                        places.data(), static_cast<int>(places.size()));
    std::vector<std::size_t> ends;
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (places[i].is_line_break != 0 && !leans_back(points[i])) ends.push_back(offsets[i]);
    }
    return ends;
}

}  // namespace uketsuke::ui
