#include "card/virtual_records.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "card/card_image.h"
#include "card/dates.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

constexpr std::uint16_t k_record = 0xFF20;
constexpr std::uint16_t k_offsets = 0xDF21;
constexpr std::uint16_t k_unknown = 0xDF3C;  // nothing that is known has this tag
constexpr std::array<std::uint8_t, 2> k_stray{0x00, 0x00};
// DER of a DigestInfo that names SHA-256 and holds 96 bytes where 32 are usual, up to these bytes.
constexpr std::array<std::uint8_t, 19> k_three_digests{0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                       0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x60};

// An element with the length form of its shape.
class Writer {
  public:
    explicit Writer(RecordShape shape) : m_shape(shape) {}

    Bytes element(std::uint16_t tag, std::span<const std::uint8_t> value) const {
        Bytes out;
        if (m_shape == RecordShape::New) {
            append_tlv(out, tag, value);
            return out;
        }
        out.reserve(value.size() + 5);
        const std::size_t size = value.size();
        const std::size_t wide = tag;
        for (const std::size_t byte :
             std::array<std::size_t, 5>{wide >> 8, wide & 0xFF, 0x82, size >> 8, size & 0xFF}) {
            out.push_back(static_cast<std::uint8_t>(byte));
        }
        out.insert(out.end(), value.begin(), value.end());
        return out;
    }

    Bytes element(std::uint16_t tag, std::string_view value) const {
        return element(tag, std::span(reinterpret_cast<const std::uint8_t*>(value.data()), value.size()));
    }

  private:
    RecordShape m_shape;
};

// The first element of a new record: where each of the others starts, u16 big endian, counted from the file's start.
Bytes with_offsets(const std::vector<Bytes>& elements) {
    const std::size_t table_size = elements.size() * 2;
    std::size_t inner = 3 + table_size;
    for (const Bytes& element : elements) inner += element.size();
    std::size_t at = 2 + (inner < 0x80 ? 1 : inner < 0x100 ? 2 : 3) + 3 + table_size;
    Bytes table;
    Bytes rest;
    for (const Bytes& element : elements) {
        table.push_back(static_cast<std::uint8_t>(at >> 8));
        table.push_back(static_cast<std::uint8_t>(at));
        at += element.size();
        rest.insert(rest.end(), element.begin(), element.end());
    }
    Bytes value;
    append_tlv(value, k_offsets, table);
    value.insert(value.end(), rest.begin(), rest.end());
    Bytes out;
    append_tlv(out, k_record, value);
    return out;
}

Bytes after_stray_bytes(const Writer& writer, const std::vector<Bytes>& elements) {
    Bytes value;
    for (const Bytes& element : elements) value.insert(value.end(), element.begin(), element.end());
    Bytes out(k_stray.begin(), k_stray.end());
    const Bytes record = writer.element(k_record, value);
    out.insert(out.end(), record.begin(), record.end());
    return out;
}

void append_sha256(Bytes& out, const std::vector<const Bytes*>& parts) {
    Bytes message;
    for (const Bytes* part : parts) message.insert(message.end(), part->begin(), part->end());
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest(message.data(), message.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    out.insert(out.end(), digest.begin(), digest.end());
}

}  // namespace

Bytes make_attributes(const Persona& persona) {
    const Writer writer(persona.record_shape);
    const char sex = sex_on_card(persona.sex);
    const Bytes name = writer.element(0xDF22, persona.name);
    const Bytes address = writer.element(0xDF23, persona.address);
    const Bytes birth = writer.element(0xDF24, yyyymmdd(persona.birth_date));
    const Bytes sexes = writer.element(0xDF25, std::string_view(&sex, 1));
    if (persona.record_shape == RecordShape::New) return with_offsets({name, address, birth, sexes});
    return after_stray_bytes(writer, {birth, sexes, writer.element(k_unknown, "old"), name, address});
}

Result<Bytes> make_face_record(const Persona& persona, const AuthorityKeys& keys, const Bytes& photo_jp2) {
    const Writer writer(persona.record_shape);
    Bytes card_key;
    append_tlv(card_key, 0x90, std::array<std::uint8_t, 3>{1, 0, 1});
    append_tlv(card_key, 0x91, modulus_of(keys.signature.get()));
    const char sex = sex_on_card(persona.sex);
    const Bytes birth = writer.element(0xDF22, yyyymmdd(persona.birth_date));
    const Bytes sexes = writer.element(0xDF23, std::string_view(&sex, 1));
    const Bytes key = writer.element(0xDF24, card_key);
    const Bytes name = writer.element(0xDF25, draw_card_image(persona.name, 160, 24));
    const Bytes address = writer.element(0xDF26, draw_card_image(persona.address, 240, 48));
    const Bytes picture = writer.element(0xDF27, photo_jp2);
    const Bytes expiry = writer.element(0xDF29, yyyymmdd(persona.card_expiry));
    const Bytes code = writer.element(0xDF2A, draw_card_image(persona.security_code, 24, 12));

    Bytes signed_picture = picture;
    if (persona.issuer_signature == IssuerSignature::Wrong) signed_picture.back() ^= 0x01;
    Bytes digests(k_three_digests.begin(), k_three_digests.end());
    append_sha256(digests, {&birth, &sexes, &key});
    append_sha256(digests, {&name, &address});
    append_sha256(digests, {&signed_picture});
    std::vector<Bytes> signature;
    if (persona.issuer_signature != IssuerSignature::Absent) {
        const auto made = sign_padded(keys.municipality.get(), digests);
        if (!made) return tl::unexpected(made.error());
        signature.push_back(writer.element(0xDF28, *made));
    }

    std::vector<Bytes> elements;
    if (persona.record_shape == RecordShape::New) {
        elements = {birth, sexes, key, name, address, picture};
        elements.insert(elements.end(), signature.begin(), signature.end());
        elements.insert(elements.end(), {expiry, code});
        return with_offsets(elements);
    }
    elements = {expiry, code, picture, writer.element(k_unknown, "old"), name, address, birth, sexes, key};
    elements.insert(elements.end(), signature.begin(), signature.end());
    return after_stray_bytes(writer, elements);
}

}  // namespace uketsuke::card
