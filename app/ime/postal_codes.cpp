#include "app/ime/postal_codes.h"

#include <algorithm>
#include <limits>

#include "app/ime/postal_lines.h"
#include "app/ime/text_file.h"

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_most_bytes = std::size_t{64} << 20U;
constexpr std::size_t k_most_lines = 400'000;
constexpr std::size_t k_longest_place = 400;  // bytes of UTF-8
constexpr std::size_t k_most_continued = 60;  // lines of one town
constexpr std::size_t k_most_found = 30;

struct Kind {
    PostalFormat format = PostalFormat::Csv;
    Encoding encoding = Encoding::Utf8;
};

// By the first line that is no remark, and by the first one with more than ASCII in it.
tl::expected<Kind, std::string> kind_of(std::string_view text) {
    if (text.starts_with("PK\x03\x04")) return tl::unexpected<std::string>("is a zip archive: unpack it first");
    Kind kind;
    bool format = false;
    for (std::size_t lines = 0; !text.empty() && lines < k_most_lines; ++lines) {
        const std::string_view line = take_line(text);
        if (!format && !line.empty() && !line.starts_with(';')) {
            format = true;
            kind.format = line.find(',') != std::string_view::npos ? PostalFormat::Csv : PostalFormat::Skk;
        }
        const bool beyond = std::any_of(line.begin(), line.end(), [](char c) { return (c & '\x80') != 0; });
        if (!beyond || !format) continue;
        if (!is_utf8(line)) {
            kind.encoding = kind.format == PostalFormat::Csv ? Encoding::ShiftJis : Encoding::EucJp;
        }
        return kind;
    }
    if (!format) return tl::unexpected<std::string>("is empty");
    return kind;
}

}  // namespace

tl::expected<PostalCodes, std::string> PostalCodes::load(const std::filesystem::path& file) {
    const auto read = read_bounded(file, k_most_bytes);
    if (!read) return tl::unexpected(read.error());
    std::string_view rest = *read;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    const auto kind = kind_of(rest);
    if (!kind) return tl::unexpected(file.string() + " " + kind.error());

    PostalCodes table;
    Charset charset(kind->encoding);
    const auto add = [&](std::uint32_t code, const std::string& place) {
        const auto at = static_cast<std::uint32_t>(table.m_text.size());
        table.m_text.append(place);
        table.m_places.push_back({code, at, static_cast<std::uint16_t>(place.size())});
    };
    PostalLine open;  // a town that goes on in the next line
    std::size_t continued = 0;
    const auto close = [&] {
        if (continued > 0) add(open.code, open.region + town_in_address(open.places.front()));
        continued = 0;
    };
    std::size_t number = 0;
    const auto broken = [&](const std::string& what) {
        return tl::unexpected(file.string() + " line " + std::to_string(number) + ": " + what);
    };
    while (!rest.empty()) {
        if (++number > k_most_lines) return broken("there are too many lines");
        const std::string_view line = take_line(rest);
        if (line.empty() || (kind->format == PostalFormat::Skk && line.starts_with(';'))) continue;
        const auto text = charset.line_to_utf8(line);
        if (!text) return broken("it is too long, or not in the encoding of the lines before");
        const bool csv = kind->format == PostalFormat::Csv;
        auto parsed = csv ? parse_postal_csv(*text) : parse_postal_skk(*text);
        if (!parsed) return broken(parsed.error());
        for (const std::string& place : parsed->places) {
            if (parsed->region.size() + place.size() > k_longest_place) return broken("its place is too long");
        }
        if (!csv) {
            for (const std::string& place : parsed->places) add(parsed->code, town_in_address(place));
            continue;
        }
        const std::string& town = parsed->places.front();
        if (continued > 0 && continued < k_most_continued && open.code == parsed->code &&
            open.region == parsed->region) {
            ++continued;
            open.places.front().append(town);
            if (!is_open(open.places.front())) close();
            continue;
        }
        close();
        if (is_open(town)) {
            open = std::move(*parsed);
            continued = 1;
        } else {
            add(parsed->code, parsed->region + town_in_address(town));
        }
    }
    close();
    if (table.m_places.empty()) return tl::unexpected(file.string() + " holds no postal code");
    std::stable_sort(table.m_places.begin(), table.m_places.end(),
                     [](const Place& a, const Place& b) { return a.code < b.code; });
    table.m_places.shrink_to_fit();
    table.m_text.shrink_to_fit();
    return table;
}

std::vector<std::string> PostalCodes::find(std::string_view code) const {
    std::vector<std::string> places;
    std::uint32_t number = 0;
    if (!read_postal_code(code, number)) return places;
    auto at = std::lower_bound(m_places.begin(), m_places.end(), number,
                               [](const Place& place, std::uint32_t wanted) { return place.code < wanted; });
    for (; at != m_places.end() && at->code == number && places.size() < k_most_found; ++at) {
        std::string place = m_text.substr(at->at, at->length);
        if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(std::move(place));
    }
    return places;
}

}  // namespace uketsuke::ime
