#include <array>

#include "card/attributes.h"
#include "card/certificate.h"
#include "card/face_record.h"
#include "card/issuer_signature.h"
#include "card/jp2.h"
#include "card/tlv.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {
namespace {

void try_picture(Input bytes) {
    const auto size = card::jp2_size(bytes);
    if (!size) return;
    promise(size->width >= 1 && size->width <= 4096 && size->height >= 1 && size->height <= 4096, "picture size");
    promise(size->components >= 1 && size->components <= 4, "picture components");
}

}  // namespace

int run_tlv(Input bytes) {
    const auto input = exact_copy(bytes);
    const std::span<const std::uint8_t> all(input);
    const auto elements = card::parse_tlv(all);
    if (elements) {
        promise(elements->size() <= card::k_tlv_most_elements, "too many elements");
        std::size_t values = 0;
        for (const card::Tlv& element : *elements) {
            promise(element.value.data() >= all.data() &&
                        element.value.data() + element.value.size() <= all.data() + all.size(),
                    "a value outside of the bytes");
            values += element.value.size();
        }
        promise(values <= all.size(), "values overlap");
    }
    const auto count = card::check_tlv_tree(all);
    promise(!count || (elements && *count >= elements->size() && *count <= all.size()), "tree and list disagree");
    if (const auto start = card::find_ff20(all)) {
        promise(*start <= 2 && *start + 2 <= all.size(), "FF20 outside of the bytes");
    }
    return 0;
}

int run_face_record(Input bytes) {
    const auto input = exact_copy(bytes);
    try_picture(input);
    if (const auto record = card::parse_face_record(input)) {
        promise(!record->photo_jp2.empty() && record->photo_jp2.size() <= input.size(), "photo size");
        promise(!record->birth_date || record->birth_date->ok(), "birth date");
        promise(!record->card_expiry || record->card_expiry->ok(), "expiry");
        try_picture(record->photo_jp2);
    }
    return 0;
}

int run_attributes(Input bytes) {
    const auto input = exact_copy(bytes);
    if (const auto text = card::parse_attributes(input)) {
        promise(!text->name.empty() && text->name.view().size() <= 512, "name");
        promise(text->address.view().size() <= 512, "address");
        promise(!text->birth_date || text->birth_date->ok(), "birth date");
        for (const char c : text->name.view()) promise(static_cast<unsigned char>(c) >= 0x20, "a control character");
    }
    return 0;
}

int run_certificate(Input bytes) {
    const auto input = exact_copy(bytes);
    if (const auto certificate = card::parse_certificate(input)) {
        promise(!certificate->serial_hex.empty() && certificate->der == input, "serial number");
        const std::array<std::uint8_t, 32> digest{};
        const card::Bytes signature(256, 0x5A);
        promise(!card::signature_is_valid(*certificate, digest, signature), "anything passes for a signature");
    }
    return 0;
}

int run_issuer_key(Input bytes) {
    if (bytes.size() < 2) return 0;
    const std::size_t wanted = static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
    const auto rest = bytes.subspan(2);
    const auto record = exact_copy(rest.first(std::min(wanted, rest.size())));
    const auto file = exact_copy(rest.subspan(record.size()));
    if (const auto key = card::parse_issuer_key(file)) {
        promise(key->modulus.size() == 256 && key->signature.size() == 256, "key sizes");
    }
    promise(card::check_issuer(record, file, {}) != card::IssuerCheck::Vouched, "vouched for by nobody");
    return 0;
}

}  // namespace uketsuke::fuzz
