#include "card/virtual_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "card/card_image.h"
#include "card/dates.h"
#include "card/simulation.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

constexpr std::uint16_t k_auth_pin = 0x0018;
constexpr std::uint16_t k_sign_pin = 0x001B;
constexpr std::uint16_t k_text_pin = 0x0011;
constexpr std::uint16_t k_text_number_b = 0x0015;
constexpr std::uint16_t k_surface_number_b = 0x0012;
constexpr std::string_view k_municipality = "13999";  // no municipality has this number

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

VirtualSecret secret(std::string_view value, int limit, int tries) {
    return {SecretBytes(value.begin(), value.end()), limit, std::min(tries, limit), false};
}

std::string padded(std::string_view text, std::size_t size) {
    std::string out(text.substr(0, size));
    out.resize(size, ' ');
    return out;
}

Bytes token_info(const Persona& persona) {
    const std::string text = padded("JPKIAPICCTOKEN2", 32) + padded(simulation::k_manufacturer, 32) +
                             padded("simulated", 16) + padded(persona.serial_hex(), 16);
    Bytes out(text.begin(), text.end());
    out.resize(160, 0);
    return out;
}

// The first element of both records: where each of the others starts, u16 big endian, counted from the file's start.
// `elements` are the encoded elements that follow the table.
Bytes with_offsets(std::uint16_t outer_tag, std::uint16_t table_tag, const std::vector<Bytes>& elements) {
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
    append_tlv(value, table_tag, table);
    value.insert(value.end(), rest.begin(), rest.end());
    Bytes out;
    append_tlv(out, outer_tag, value);
    return out;
}

Bytes element(std::uint16_t tag, std::span<const std::uint8_t> value) {
    Bytes out;
    append_tlv(out, tag, value);
    return out;
}

Bytes element(std::uint16_t tag, std::string_view value) {
    return element(tag, bytes_of(value));
}

Bytes attributes(const Persona& persona) {
    const char sex = sex_on_card(persona.sex);
    return with_offsets(0xFF20, 0xDF21,
                        {element(0xDF22, persona.name), element(0xDF23, persona.address),
                         element(0xDF24, yyyymmdd(persona.birth_date)), element(0xDF25, std::string_view(&sex, 1))});
}

void append_sha256(Bytes& out, const std::vector<const Bytes*>& parts) {
    Bytes message;
    for (const Bytes* part : parts) message.insert(message.end(), part->begin(), part->end());
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest(message.data(), message.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    out.insert(out.end(), digest.begin(), digest.end());
}

Result<Bytes> face_record(const Persona& persona, const AuthorityKeys& keys, const Bytes& photo) {
    Bytes card_key;
    append_tlv(card_key, 0x90, std::array<std::uint8_t, 3>{1, 0, 1});
    append_tlv(card_key, 0x91, modulus_of(keys.signature.get()));
    const char sex = sex_on_card(persona.sex);
    const Bytes birth = element(0xDF22, yyyymmdd(persona.birth_date));
    const Bytes sexes = element(0xDF23, std::string_view(&sex, 1));
    const Bytes key = element(0xDF24, card_key);
    const Bytes name = element(0xDF25, draw_card_image(persona.name, 160, 24));
    const Bytes address = element(0xDF26, draw_card_image(persona.address, 240, 48));
    const Bytes picture = element(0xDF27, photo);
    Bytes digests;
    append_sha256(digests, {&birth, &sexes, &key});
    append_sha256(digests, {&name, &address});
    append_sha256(digests, {&picture});
    const auto signature = sign_message(keys.authority.get(), digests);
    if (!signature) return tl::unexpected(signature.error());
    return with_offsets(0xFF20, 0xDF21,
                        {birth, sexes, key, name, address, picture, element(0xDF28, *signature),
                         element(0xDF29, yyyymmdd(persona.card_expiry)),
                         element(0xDF2A, draw_card_image(persona.security_code, 24, 12))});
}

// EF 0004: the issuer's key that verifies the face record, in a card-verifiable shape of our own.
Bytes issuer_key(const AuthorityKeys& keys) {
    Bytes key;
    append_tlv(key, 0x81, modulus_of(keys.authority.get()));
    append_tlv(key, 0x82, std::array<std::uint8_t, 3>{1, 0, 1});
    return element(0x7F21, element(0x7F49, key));
}

Bytes surface_info() {
    Bytes value;
    append_tlv(value, 0xDF31, std::array<std::uint8_t, 4>{0, 0, 0, 1});
    append_tlv(value, 0xDF32, bytes_of("simulated-issuer"));
    append_tlv(value, 0xDF33, bytes_of("01"));
    append_tlv(value, 0xDF34, bytes_of(k_municipality));
    return element(0xFF30, value);
}

Bytes text_info() {
    Bytes value;
    append_tlv(value, 0xDF41, std::array<std::uint8_t, 4>{0, 0, 0, 1});
    append_tlv(value, 0xDF42, bytes_of("simulated-issuer"));
    return element(0xFF40, value);
}

Bytes common_record(const Persona& persona) {
    return element(0x01,
                   padded(persona.serial_hex(), 15) + std::string(k_municipality) + yyyymmdd(persona.card_expiry));
}

}  // namespace

Result<std::vector<VirtualApplication>> make_applications(const Persona& persona, const AuthorityKeys& keys,
                                                          const Bytes& photo_jp2, std::chrono::sys_seconds now) {
    const auto number_b = persona.number_b();
    if (!number_b) return tl::unexpected(number_b.error());
    const auto number_text =
        std::string_view(reinterpret_cast<const char*>(number_b->ascii().data()), number_b->ascii().size());
    const auto user_certificate = issue_certificate(keys, persona, CertificateUse::Authentication, now);
    if (!user_certificate) return tl::unexpected(user_certificate.error());
    const auto record = face_record(persona, keys, photo_jp2);
    if (!record) return tl::unexpected(record.error());

    VirtualApplication jpki;
    jpki.aid = {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
    jpki.files[0x0002] = {keys.certificate_der, {}};
    jpki.files[0x0006] = {token_info(persona), {}};
    jpki.files[0x000A] = {*user_certificate, {}};
    jpki.files[0x000B] = {keys.certificate_der, {}};
    jpki.secrets[k_auth_pin] = secret(persona.pin, 3, persona.pin_tries);
    jpki.keys[0x0017] = {keys.authentication.get(), k_auth_pin, true};
    jpki.files[0x0008] = {{0x8F, 0x8F, 0x00}, {}};
    if (persona.signature_certificate) {
        const auto certificate = issue_certificate(keys, persona, CertificateUse::Signature, now);
        if (!certificate) return tl::unexpected(certificate.error());
        jpki.files[0x0001] = {*certificate, {k_sign_pin}};
        jpki.secrets[k_sign_pin] = secret(persona.signature_password, 5, 5);
        jpki.keys[0x001A] = {keys.signature.get(), k_sign_pin, false};
    } else {
        jpki.files[0x0008].content[0] = 0x00;
    }

    VirtualApplication text;
    text.aid = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08};
    text.files[0x0002] = {attributes(persona), {k_text_pin, k_text_number_b}};
    text.files[0x0005] = {text_info(), {}};
    text.secrets[k_text_pin] = secret(persona.pin, 3, persona.face_authentication_card ? 0 : 3);
    text.secrets[k_text_number_b] = secret(number_text, 10, persona.number_b_tries);

    VirtualApplication surface;
    surface.aid = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
    surface.files[0x0002] = {*record, {k_surface_number_b}};
    surface.files[0x0003] = {surface_info(), {}};
    surface.files[0x0004] = {issuer_key(keys), {}};
    surface.secrets[k_surface_number_b] = secret(number_text, 10, persona.number_b_tries);

    VirtualApplication common;
    common.aid = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};
    common.records[1] = common_record(persona);

    std::vector<VirtualApplication> applications;
    for (VirtualApplication* one : {&jpki, &text, &surface, &common}) applications.push_back(std::move(*one));
    return applications;
}

}  // namespace uketsuke::card
