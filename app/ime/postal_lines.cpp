#include "app/ime/postal_lines.h"

#include <algorithm>

#include "app/core/keyboard.h"

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_code_column = 2;
constexpr std::size_t k_prefecture_column = 6;
constexpr std::size_t k_city_column = 7;
constexpr std::size_t k_town_column = 8;
constexpr std::size_t k_least_columns = 9;
constexpr std::size_t k_most_columns = 40;

bool opens(std::string_view character) {
    return character == "（" || character == "(";
}
bool closes(std::string_view character) {
    return character == "）" || character == ")";
}

template <class Each>
void each_character(std::string_view text, const Each& each) {
    while (!text.empty()) {
        const std::string_view character = core::first_characters(text, 1);
        each(character);
        text.remove_prefix(character.size());
    }
}

tl::expected<std::vector<std::string>, std::string> columns_of(std::string_view line) {
    std::vector<std::string> columns;
    for (bool more = true; more;) {
        std::string column;
        if (line.starts_with('"')) {
            line.remove_prefix(1);
            for (;;) {
                const std::size_t quote = line.find('"');
                if (quote == std::string_view::npos) return tl::unexpected<std::string>("a quote is not closed");
                column.append(line.substr(0, quote));
                line.remove_prefix(quote + 1);
                if (!line.starts_with('"')) break;
                column += '"';
                line.remove_prefix(1);
            }
            if (!line.empty() && !line.starts_with(',')) {
                return tl::unexpected<std::string>("after a quote there is no comma");
            }
        } else {
            column = line.substr(0, line.find(','));
            line.remove_prefix(column.size());
        }
        more = line.starts_with(',');
        if (more) line.remove_prefix(1);
        columns.push_back(std::move(column));
        if (columns.size() > k_most_columns) return tl::unexpected<std::string>("it has too many columns");
    }
    return columns;
}

}  // namespace

bool read_postal_code(std::string_view text, std::uint32_t& code) {
    if (text.size() != 7) return false;
    std::uint32_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    code = number;
    return true;
}

PostalParse parse_postal_csv(std::string_view line) {
    auto columns = columns_of(line);
    if (!columns) return tl::unexpected(columns.error());
    if (columns->size() < k_least_columns) {
        return tl::unexpected("it has " + std::to_string(columns->size()) + " columns, not 15");
    }
    PostalLine result;
    if (!read_postal_code((*columns)[k_code_column], result.code)) {
        return tl::unexpected<std::string>("its third column is no postal code of seven digits");
    }
    if ((*columns)[k_prefecture_column].empty() || (*columns)[k_city_column].empty()) {
        return tl::unexpected<std::string>("it names no prefecture or no city");
    }
    result.region = (*columns)[k_prefecture_column] + (*columns)[k_city_column];
    result.places.push_back(std::move((*columns)[k_town_column]));
    return result;
}

PostalParse parse_postal_skk(std::string_view line) {
    PostalLine result;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !read_postal_code(line.substr(0, space), result.code)) {
        return tl::unexpected<std::string>("it does not begin with a postal code of seven digits");
    }
    std::string_view rest = line.substr(space + 1);
    if (rest.size() < 3 || !rest.starts_with('/') || !rest.ends_with('/')) {
        return tl::unexpected<std::string>("its places do not stand between slashes");
    }
    for (rest.remove_prefix(1); !rest.empty();) {
        const std::string_view field = rest.substr(0, rest.find('/'));
        rest.remove_prefix(field.size() + 1);
        const std::string_view place = field.substr(0, field.find(';'));
        if (!place.empty()) result.places.emplace_back(place);
    }
    if (result.places.empty()) return tl::unexpected<std::string>("it names no place");
    return result;
}

std::string town_in_address(std::string_view town) {
    constexpr std::string_view k_whole = "一円";
    if (town == "以下に掲載がない場合" || town.find("の次に") != std::string_view::npos) return {};
    std::string kept;
    std::size_t depth = 0;
    each_character(town, [&](std::string_view character) {
        if (opens(character)) {
            ++depth;
        } else if (closes(character)) {
            if (depth > 0) --depth;
        } else if (depth == 0) {
            kept.append(character);
        }
    });
    if (kept.size() > k_whole.size() && kept.ends_with(k_whole)) return {};
    // Several in one row, or from one to another: what they have in common.
    if (kept.find("～") != std::string::npos || kept.find("〜") != std::string::npos ||
        kept.find("、") != std::string::npos) {
        kept.resize(std::min({kept.find("第"), kept.find("、"), kept.find("～"), kept.find("〜"), kept.size()}));
    }
    return kept;
}

bool is_open(std::string_view town) {
    int depth = 0;
    each_character(town, [&](std::string_view character) {
        if (opens(character)) ++depth;
        if (closes(character)) --depth;
    });
    return depth > 0;
}

}  // namespace uketsuke::ime
