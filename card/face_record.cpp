#include "card/face_record.h"

#include <algorithm>
#include <array>

#include "card/dates.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

constexpr std::size_t k_largest_picture = 64 * 1024;
constexpr std::array<std::uint8_t, 8> k_jp2_start{0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20};
constexpr std::array<std::uint8_t, 8> k_png_start{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

template <std::size_t N>
bool starts_with(std::span<const std::uint8_t> bytes, const std::array<std::uint8_t, N>& start) {
    return bytes.size() >= N && std::equal(start.begin(), start.end(), bytes.begin());
}

SecretBytes png_in(const std::vector<Tlv>& elements, std::uint16_t tag) {
    const auto found = find_tlv(elements, tag);
    if (!found || found->value.size() > k_largest_picture || !starts_with(found->value, k_png_start)) return {};
    return {found->value.begin(), found->value.end()};
}

SecretBytes bytes_in(const std::vector<Tlv>& elements, std::uint16_t tag, std::size_t most) {
    const auto found = find_tlv(elements, tag);
    if (!found || found->value.size() > most) return {};
    return {found->value.begin(), found->value.end()};
}

}  // namespace

std::string_view name_of(Sex sex) {
    switch (sex) {
        case Sex::Unknown:
            return "unknown";
        case Sex::Male:
            return "male";
        case Sex::Female:
            return "female";
        case Sex::NotApplicable:
            return "not-applicable";
    }
    return "unknown";
}

Sex sex_from_card(std::span<const std::uint8_t> ascii) {
    if (ascii.size() != 1) return Sex::Unknown;
    if (ascii[0] == '1') return Sex::Male;
    if (ascii[0] == '2') return Sex::Female;
    if (ascii[0] == '9') return Sex::NotApplicable;
    return Sex::Unknown;
}

char sex_on_card(Sex sex) {
    switch (sex) {
        case Sex::Male:
            return '1';
        case Sex::Female:
            return '2';
        case Sex::NotApplicable:
            return '9';
        case Sex::Unknown:
            return '0';
    }
    return '0';
}

Result<FaceRecord> parse_face_record(std::span<const std::uint8_t> file) {
    const auto start = find_ff20(file);
    if (!start) return fail(Fault::BadData, "face record without FF20");
    const auto record = file.subspan(*start);
    const auto header = read_tlv_header(record);
    if (!header || header->size() > record.size()) return fail(Fault::BadData, "face record cut short");
    const auto elements = parse_tlv(record.subspan(header->header_size, header->value_size));
    if (!elements) return fail(Fault::BadData, "face record: " + elements.error().where);

    const auto photo = find_tlv(*elements, 0xDF27);
    if (!photo) return fail(Fault::BadData, "face record without a photo");
    if (photo->value.size() > k_largest_picture || !starts_with(photo->value, k_jp2_start)) {
        return fail(Fault::BadData, "the photo in the face record is no JPEG 2000 file");
    }
    FaceRecord out;
    out.photo_jp2.assign(photo->value.begin(), photo->value.end());
    if (const auto birth = find_tlv(*elements, 0xDF22)) out.birth_date = parse_yyyymmdd(birth->value);
    if (const auto sex = find_tlv(*elements, 0xDF23)) out.sex = sex_from_card(sex->value);
    if (const auto expiry = find_tlv(*elements, 0xDF29)) out.card_expiry = parse_yyyymmdd(expiry->value);
    out.name_png = png_in(*elements, 0xDF25);
    out.address_png = png_in(*elements, 0xDF26);
    out.security_code_png = png_in(*elements, 0xDF2A);
    out.issuer_signature = bytes_in(*elements, 0xDF28, 512);
    return out;
}

}  // namespace uketsuke::card
