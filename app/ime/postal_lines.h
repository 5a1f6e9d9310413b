// The lines of a file of postal codes, whatever its format. Pure but for the charset.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/ime/text_file.h"

namespace uketsuke::ime {

struct PostalLine {
    std::uint32_t code = 0;
    std::string region;               // prefecture and city; of SKK's list empty
    std::vector<std::string> places;  // towns of the region; of SKK's list whole places
};

enum class PostalFormat : std::uint8_t { Csv, Skk };

// Error: in words, without the file and the line. SKK's comments are for the caller to skip.
using PostalParse = tl::expected<PostalLine, std::string>;
PostalParse parse_postal_csv(
    std::string_view line);  // of Japan Post's ken_all: 15 columns, the first nine are looked at
PostalParse parse_postal_skk(std::string_view line);

// Exactly seven ASCII digits.
bool read_postal_code(std::string_view text, std::uint32_t& code);

// A town as it belongs into an address: without what stands in brackets, and without what only describes the table's
// row (以下に掲載がない場合, …の次に番地がくる場合, …一円).
std::string town_in_address(std::string_view town);
// More opened than closed: the row goes on in the next one.
bool is_open(std::string_view town);

}  // namespace uketsuke::ime
