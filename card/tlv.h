// BER-TLV as the card's files use it: one- and two-byte tags (DF21, FF20), lengths of one to four bytes.
// Bounded: nothing outside the given bytes is read, nesting and element count are limited, nothing is copied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "card/error.h"

namespace uketsuke::card {

struct Tlv {
    std::uint16_t tag = 0;                  // 0x0030, 0xDF21
    std::span<const std::uint8_t> value{};  // points into the parsed bytes
    bool constructed() const { return ((tag > 0xFF ? tag >> 8 : tag) & 0x20) != 0; }
};

struct TlvHeader {
    std::uint16_t tag = 0;
    std::size_t header_size = 0;
    std::size_t value_size = 0;
    std::size_t size() const { return header_size + value_size; }
};

inline constexpr std::size_t k_tlv_largest_value = 1 << 20;  // bytes
inline constexpr std::size_t k_tlv_most_elements = 256;      // in one list
inline constexpr int k_tlv_deepest = 8;

// The header at the start of `bytes`; the value need not be there yet. BadData for tags of three bytes and more,
// indefinite or oversized lengths, and when the header itself is cut short.
Result<TlvHeader> read_tlv_header(std::span<const std::uint8_t> bytes);

// All elements of one level, in order; unknown tags are kept, the caller skips them. Trailing 00 or FF bytes are
// padding. BadData when a length runs past the end.
Result<std::vector<Tlv>> parse_tlv(std::span<const std::uint8_t> bytes);

// The first element with this tag.
std::optional<Tlv> find_tlv(const std::vector<Tlv>& elements, std::uint16_t tag);

// Checks a whole tree: every constructed element parses, no deeper than k_tlv_deepest. The number of elements.
Result<std::size_t> check_tlv_tree(std::span<const std::uint8_t> bytes, int depth = 0);

// Where the FF20 object starts: 0, 1 or 2 (some cards put up to two stray bytes before it, facts §1.7).
std::optional<std::size_t> find_ff20(std::span<const std::uint8_t> bytes);

// Writing, for the virtual card: appends tag, shortest length and value.
void append_tlv(Bytes& out, std::uint16_t tag, std::span<const std::uint8_t> value);

}  // namespace uketsuke::card
