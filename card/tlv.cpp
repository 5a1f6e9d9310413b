#include "card/tlv.h"

#include <algorithm>
#include <string>

namespace uketsuke::card {
namespace {

constexpr std::uint8_t k_more_tag = 0x1F;

bool is_padding(std::span<const std::uint8_t> rest) {
    return std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0xFF; });
}

}  // namespace

Result<TlvHeader> read_tlv_header(std::span<const std::uint8_t> bytes) {
    std::size_t at = 0;
    const auto next = [&]() -> std::optional<std::uint8_t> {
        if (at >= bytes.size()) return std::nullopt;
        return bytes[at++];
    };
    TlvHeader header;
    const auto first = next();
    if (!first) return fail(Fault::BadData, "TLV tag cut short");
    header.tag = *first;
    if ((*first & k_more_tag) == k_more_tag) {
        const auto second = next();
        if (!second) return fail(Fault::BadData, "TLV tag cut short");
        if ((*second & 0x80) != 0) return fail(Fault::BadData, "TLV tag of more than two bytes");
        header.tag = static_cast<std::uint16_t>(*first << 8 | *second);
    }
    const auto length = next();
    if (!length) return fail(Fault::BadData, "TLV length cut short");
    header.value_size = *length;
    if (*length >= 0x80) {
        const int count = *length & 0x7F;
        if (count == 0 || count > 4) return fail(Fault::BadData, "TLV length form not allowed");
        header.value_size = 0;
        for (int i = 0; i < count; ++i) {
            const auto byte = next();
            if (!byte) return fail(Fault::BadData, "TLV length cut short");
            header.value_size = header.value_size << 8 | *byte;
        }
        if (header.value_size > k_tlv_largest_value) return fail(Fault::BadData, "TLV length too large");
    }
    header.header_size = at;
    return header;
}

Result<std::vector<Tlv>> parse_tlv(std::span<const std::uint8_t> bytes) {
    std::vector<Tlv> elements;
    while (!bytes.empty()) {
        if (bytes[0] == 0x00) {
            bytes = bytes.subspan(1);
            continue;
        }
        if (bytes[0] == 0xFF && (bytes.size() == 1 || bytes[1] == 0xFF)) {
            if (is_padding(bytes)) break;
            return fail(Fault::BadData, "TLV padding is followed by data");
        }
        const auto header = read_tlv_header(bytes);
        if (!header) return tl::unexpected(header.error());
        if (header->size() > bytes.size()) return fail(Fault::BadData, "TLV length runs past the end");
        if (elements.size() == k_tlv_most_elements) return fail(Fault::BadData, "too many TLV elements");
        elements.push_back({header->tag, bytes.subspan(header->header_size, header->value_size)});
        bytes = bytes.subspan(header->size());
    }
    return elements;
}

std::optional<Tlv> find_tlv(const std::vector<Tlv>& elements, std::uint16_t tag) {
    const auto found = std::find_if(elements.begin(), elements.end(), [&](const Tlv& e) { return e.tag == tag; });
    if (found == elements.end()) return std::nullopt;
    return *found;
}

Result<std::size_t> check_tlv_tree(std::span<const std::uint8_t> bytes, int depth) {
    if (depth > k_tlv_deepest) return fail(Fault::BadData, "TLV nested too deep");
    const auto elements = parse_tlv(bytes);
    if (!elements) return tl::unexpected(elements.error());
    std::size_t count = elements->size();
    for (const Tlv& element : *elements) {
        if (!element.constructed()) continue;
        const auto inner = check_tlv_tree(element.value, depth + 1);
        if (!inner) return inner;
        count += *inner;
    }
    return count;
}

std::optional<std::size_t> find_ff20(std::span<const std::uint8_t> bytes) {
    for (std::size_t start = 0; start <= 2 && start + 1 < bytes.size(); ++start) {
        if (bytes[start] == 0xFF && bytes[start + 1] == 0x20) return start;
    }
    return std::nullopt;
}

void append_tlv(Bytes& out, std::uint16_t tag, std::span<const std::uint8_t> value) {
    if (tag > 0xFF) out.push_back(static_cast<std::uint8_t>(tag >> 8));
    out.push_back(static_cast<std::uint8_t>(tag));
    const std::size_t size = value.size();
    if (size >= 0x10000) {
        out.insert(out.end(), {0x83, static_cast<std::uint8_t>(size >> 16)});
        out.push_back(static_cast<std::uint8_t>(size >> 8));
    } else if (size >= 0x100) {
        out.insert(out.end(), {0x82, static_cast<std::uint8_t>(size >> 8)});
    } else if (size >= 0x80) {
        out.push_back(0x81);
    }
    out.push_back(static_cast<std::uint8_t>(size));
    out.insert(out.end(), value.begin(), value.end());
}

}  // namespace uketsuke::card
