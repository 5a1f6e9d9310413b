#include "card/attributes.h"

#include <string>

#include "card/dates.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

constexpr std::size_t k_longest_text = 512;

// Length of the UTF-8 sequence at the start of `bytes`; 0 when there is none that is well formed.
std::size_t sequence_length(std::span<const std::uint8_t> bytes) {
    const std::uint8_t lead = bytes[0];
    if (lead < 0x80) return lead < 0x20 || lead == 0x7F ? 0 : 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return 0;
    std::uint32_t point = lead & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
        point = point << 6 | (bytes[i] & 0x3F);
    }
    const bool shortest = (length == 2) || (length == 3 && point >= 0x800) || (length == 4 && point >= 0x10000);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return shortest && !surrogate && point <= 0x10FFFF ? length : 0;
}

bool is_text(std::span<const std::uint8_t> bytes) {
    if (bytes.size() > k_longest_text) return false;
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0) return false;
        bytes = bytes.subspan(length);
    }
    return true;
}

}  // namespace

Result<Attributes> parse_attributes(std::span<const std::uint8_t> file) {
    const auto start = find_ff20(file);
    if (!start) return fail(Fault::BadData, "attributes without FF20");
    const auto record = file.subspan(*start);
    const auto header = read_tlv_header(record);
    if (!header || header->size() > record.size()) return fail(Fault::BadData, "attributes cut short");
    const auto elements = parse_tlv(record.subspan(header->header_size, header->value_size));
    if (!elements) return fail(Fault::BadData, "attributes: " + elements.error().where);

    const auto name = find_tlv(*elements, 0xDF22);
    if (!name || name->value.empty()) return fail(Fault::BadData, "attributes without a name");
    const auto address = find_tlv(*elements, 0xDF23);
    if (!is_text(name->value) || (address && !is_text(address->value))) {
        return fail(Fault::BadData, "an attribute is no UTF-8 text or too long");
    }
    Attributes out;
    out.name = SecretText(name->value);
    if (address) out.address = SecretText(address->value);
    if (const auto birth = find_tlv(*elements, 0xDF24)) out.birth_date = parse_yyyymmdd(birth->value);
    if (const auto sex = find_tlv(*elements, 0xDF25)) out.sex = sex_from_card(sex->value);
    return out;
}

}  // namespace uketsuke::card
