#include "card/virtual_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "card/dates.h"
#include "card/simulation.h"
#include "card/tlv.h"
#include "card/virtual_records.h"

namespace uketsuke::card {
namespace {

constexpr std::uint16_t k_auth_pin = 0x0018;
constexpr std::uint16_t k_sign_pin = 0x001B;
constexpr std::uint16_t k_text_pin = 0x0011;
constexpr std::uint16_t k_text_number_b = 0x0015;
constexpr std::uint16_t k_surface_number_b = 0x0012;
constexpr std::uint16_t k_resident_pin = 0x001C;
constexpr std::string_view k_municipality = "13999";  // no municipality has this number
// The information files of the 券面 applications name a key that is not the one in EF 0004; what it is for is unknown.
constexpr KeyId k_other_key_id{'9', '0', '0', '0', '0', '2', '4', 8, 5, '0', '0', '1', 0, 0, 0, 0};

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

std::string_view token_label(const Persona& persona) {
    switch (persona.kind) {
        case PersonaKind::MyNumber:
            return "JPKIAPICCTOKEN2";
        case PersonaKind::ResidentCard:
            return "JPKIAPICCTOKEN";
        case PersonaKind::Smartphone:
            return persona.telephone == Telephone::IPhone ? "JPKIAPIOSTOKEN" : "JPKIAPGPSETOKEN";
        case PersonaKind::OtherCard:
        case PersonaKind::NoChip:
            break;
    }
    return {};
}

Bytes token_info(const Persona& persona) {
    const std::string text = padded(token_label(persona), 32) + padded(simulation::k_manufacturer, 32) +
                             padded("simulated", 16) + padded(persona.serial_hex(), 16);
    Bytes out(text.begin(), text.end());
    out.resize(160, 0);
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

Bytes surface_info() {
    Bytes value;
    append_tlv(value, 0xDF31, std::array<std::uint8_t, 4>{0, 0, 0, 1});
    append_tlv(value, 0xDF32, k_other_key_id);
    append_tlv(value, 0xDF33, bytes_of("01"));
    append_tlv(value, 0xDF34, bytes_of(k_municipality));
    return element(0xFF30, value);
}

Bytes text_info() {
    Bytes value;
    append_tlv(value, 0xDF41, std::array<std::uint8_t, 4>{0, 0, 0, 1});
    append_tlv(value, 0xDF42, k_other_key_id);
    return element(0xFF40, value);
}

Bytes common_record(const Persona& persona) {
    return element(0x01,
                   padded(persona.serial_hex(), 15) + std::string(k_municipality) + yyyymmdd(persona.card_expiry));
}

// The signing certificate and its key.
Result<void> add_signing(VirtualApplication& jpki, const Persona& persona, const AuthorityKeys& keys,
                         std::chrono::sys_seconds now) {
    const auto certificate = issue_certificate(keys, persona, CertificateUse::Signature, now);
    if (!certificate) return tl::unexpected(certificate.error());
    jpki.files[0x0001] = {*certificate, {k_sign_pin}};
    jpki.secrets[k_sign_pin].tries = 5;
    jpki.keys[0x001A] = {keys.signature.get(), k_sign_pin, false};
    jpki.files[0x0008].content[0] = 0x8F;
    return {};
}

Result<void> add_authentication(VirtualApplication& jpki, const Persona& persona, const AuthorityKeys& keys,
                                std::chrono::sys_seconds now) {
    const auto certificate = issue_certificate(keys, persona, CertificateUse::Authentication, now);
    if (!certificate) return tl::unexpected(certificate.error());
    jpki.files[0x000A] = {*certificate, {}};
    jpki.files[0x000B] = {keys.certificate_der, {}};
    jpki.secrets[k_auth_pin] = secret(persona.pin, 3, persona.pin_tries);
    jpki.keys[0x0017] = {keys.authentication.get(), k_auth_pin, true};
    jpki.files[0x0008].content[1] = 0x8F;
    return {};
}

Result<VirtualApplication> make_jpki(const Persona& persona, const AuthorityKeys& keys, std::chrono::sys_seconds now) {
    VirtualApplication jpki;
    jpki.aid = {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
    jpki.files[0x0002] = {keys.certificate_der, {}};
    jpki.files[0x0006] = {token_info(persona), {}};
    jpki.files[0x0008] = {{0x00, 0x00, 0x00}, {}};
    // The reference is there without a certificate, too (OpenSC takes nothing else for a card), and opens nothing.
    jpki.secrets[k_sign_pin] = secret(persona.signature_password, 5, 0);
    if (persona.signature_certificate) {
        if (auto added = add_signing(jpki, persona, keys, now); !added) return tl::unexpected(added.error());
    }
    // The card of the former generation could sign documents; authentication came with the My Number card.
    if (persona.has_authentication()) {
        if (auto added = add_authentication(jpki, persona, keys, now); !added) return tl::unexpected(added.error());
    }
    return jpki;
}

}  // namespace

Result<std::vector<VirtualApplication>> make_applications(const Persona& persona, const AuthorityKeys& keys,
                                                          const Bytes& photo_jp2, std::chrono::sys_seconds now) {
    std::vector<VirtualApplication> applications;
    if (!persona.has_holder()) return applications;
    auto jpki = make_jpki(persona, keys, now);
    if (!jpki) return tl::unexpected(jpki.error());
    applications.push_back(std::move(*jpki));
    if (!persona.has_front()) return applications;

    const auto number_b = persona.number_b();
    if (!number_b) return tl::unexpected(number_b.error());
    const auto number_text =
        std::string_view(reinterpret_cast<const char*>(number_b->ascii().data()), number_b->ascii().size());
    auto record = make_face_record(persona, keys, photo_jp2);
    if (!record) return tl::unexpected(record.error());

    VirtualApplication text;
    text.aid = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08};
    text.files[0x0002] = {make_attributes(persona), {k_text_pin, k_text_number_b}};
    text.files[0x0005] = {text_info(), {}};
    text.secrets[k_text_pin] = secret(persona.pin, 3, persona.text_pin_tries);
    text.secrets[k_text_number_b] = secret(number_text, 10, persona.number_b_tries);

    VirtualApplication surface;
    surface.aid = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
    surface.files[0x0002] = {std::move(*record), {k_surface_number_b}};
    surface.files[0x0003] = {surface_info(), {}};
    surface.files[0x0004] = {keys.municipality_certificate, {}};
    surface.secrets[k_surface_number_b] = secret(number_text, 10, persona.number_b_tries);

    VirtualApplication resident;
    resident.aid = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01};
    resident.secrets[k_resident_pin] = secret(persona.pin, 3, persona.resident_pin_tries);

    VirtualApplication common;
    common.aid = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};
    common.records[1] = common_record(persona);

    for (VirtualApplication* one : {&text, &surface, &resident, &common}) applications.push_back(std::move(*one));
    return applications;
}

}  // namespace uketsuke::card
