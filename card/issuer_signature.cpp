#include "card/issuer_signature.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "card/openssl_types.h"
#include "card/secret.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

constexpr std::size_t k_id_size = std::tuple_size_v<KeyId>;
constexpr std::size_t k_body_size = 297;
constexpr std::size_t k_exponent_size = 3;
constexpr std::size_t k_longest_exponent = 8;
constexpr std::size_t k_rsa_size = 256;
constexpr std::size_t k_digest_size = 32;

using Digest = std::array<std::uint8_t, k_digest_size>;
using ParamBuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, openssl::Freed<&OSSL_PARAM_BLD_free>>;
using ParamsPtr = std::unique_ptr<OSSL_PARAM, openssl::Freed<&OSSL_PARAM_free>>;

Digest sha256(std::span<const std::uint8_t> message) {
    Digest digest{};
    EVP_Digest(message.data(), message.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return digest;
}

openssl::BnPtr number_of(std::span<const std::uint8_t> big_endian) {
    return openssl::BnPtr(BN_bin2bn(big_endian.data(), static_cast<int>(big_endian.size()), nullptr));
}

openssl::KeyPtr rsa_key(std::span<const std::uint8_t> modulus, std::span<const std::uint8_t> exponent) {
    if (modulus.size() != k_rsa_size || (modulus[0] & 0x80) == 0) return nullptr;
    if (exponent.empty() || exponent.size() > k_longest_exponent) return nullptr;
    const auto n = number_of(modulus);
    const auto e = number_of(exponent);
    if (!n || !e || !BN_is_odd(e.get()) || BN_is_one(e.get())) return nullptr;
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
        return nullptr;
    }
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const openssl::KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
        return nullptr;
    }
    return openssl::KeyPtr(key);
}

// What the padding of PKCS#1 v1.5 encloses; empty when the signature has not exactly that padding.
Bytes enclosed(EVP_PKEY* key, std::span<const std::uint8_t> signature) {
    if (key == nullptr || signature.size() != k_rsa_size) return {};
    const openssl::KeyContextPtr context(EVP_PKEY_CTX_new(key, nullptr));
    Bytes out(k_rsa_size);
    std::size_t size = out.size();
    if (!context || EVP_PKEY_verify_recover_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_verify_recover(context.get(), out.data(), &size, signature.data(), signature.size()) != 1) {
        return {};
    }
    out.resize(size);
    return out;
}

// DER of DigestInfo with SHA-256's name; the face record puts 96 bytes where 32 are usual.
Bytes digest_info(std::span<const std::uint8_t> digest) {
    constexpr std::array<std::uint8_t, 15> k_sha256{0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                    0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00};
    const std::size_t inner = k_sha256.size() + 2 + digest.size();
    Bytes out;
    out.reserve(2 + inner);
    out.push_back(0x30);
    out.push_back(static_cast<std::uint8_t>(inner));
    out.insert(out.end(), k_sha256.begin(), k_sha256.end());
    out.push_back(0x04);
    out.push_back(static_cast<std::uint8_t>(digest.size()));
    out.insert(out.end(), digest.begin(), digest.end());
    return out;
}

// The first element with this tag, header included: the same one that find_tlv() gives to whoever uses the value.
std::optional<std::span<const std::uint8_t>> as_written(std::span<const std::uint8_t> elements, std::uint16_t tag) {
    while (!elements.empty()) {
        if (elements[0] == 0x00) {
            elements = elements.subspan(1);
            continue;
        }
        const auto header = read_tlv_header(elements);
        if (!header || header->size() > elements.size()) return std::nullopt;
        if (header->tag == tag) return elements.first(header->size());
        elements = elements.subspan(header->size());
    }
    return std::nullopt;
}

struct SignedRecord {
    Bytes digests;  // 96 bytes
    std::span<const std::uint8_t> signature;
};

std::optional<SignedRecord> signed_record(std::span<const std::uint8_t> file) {
    const auto start = find_ff20(file);
    if (!start) return std::nullopt;
    const auto header = read_tlv_header(file.subspan(*start));
    if (!header || header->size() > file.size() - *start) return std::nullopt;
    const auto elements = file.subspan(*start + header->header_size, header->value_size);
    const auto parsed = parse_tlv(elements);
    if (!parsed) return std::nullopt;
    const auto signature = find_tlv(*parsed, 0xDF28);
    if (!signature || signature->value.size() != k_rsa_size) return std::nullopt;
    SignedRecord out{{}, signature->value};
    const std::array<std::vector<std::uint16_t>, 3> groups{{{0xDF22, 0xDF23, 0xDF24}, {0xDF25, 0xDF26}, {0xDF27}}};
    for (const auto& group : groups) {
        SecretBytes message;
        for (const std::uint16_t tag : group) {
            const auto element = as_written(elements, tag);
            if (!element) return std::nullopt;
            message.insert(message.end(), element->begin(), element->end());
        }
        const Digest digest = sha256(message);
        out.digests.insert(out.digests.end(), digest.begin(), digest.end());
    }
    return out;
}

}  // namespace

std::string_view name_of(IssuerCheck check) {
    switch (check) {
        case IssuerCheck::NotChecked:
            return "not-checked";
        case IssuerCheck::NotPossible:
            return "not-possible";
        case IssuerCheck::Consistent:
            return "consistent";
        case IssuerCheck::Vouched:
            return "vouched";
        case IssuerCheck::Wrong:
            return "wrong";
    }
    return "not-checked";
}

Result<IssuerKey> parse_issuer_key(std::span<const std::uint8_t> file) {
    const auto unknown = [] { return fail(Fault::BadData, "issuer's key (EF 0004): unknown shape"); };
    const auto outer = parse_tlv(file);
    if (!outer || outer->size() != 1 || outer->front().tag != 0x7F21) return unknown();
    const auto parts = parse_tlv(outer->front().value);
    if (!parts || parts->size() != 2) return unknown();
    const auto body = find_tlv(*parts, 0x5F4E);
    const auto signature = find_tlv(*parts, 0x5F37);
    if (!body || body->value.size() != k_body_size || !signature || signature->value.size() != k_rsa_size) {
        return unknown();
    }
    const auto numbers = parse_tlv(body->value.subspan(2 * k_id_size));
    if (!numbers || numbers->size() != 2) return unknown();
    const auto exponent = find_tlv(*numbers, 0x90);
    const auto modulus = find_tlv(*numbers, 0x91);
    if (!exponent || exponent->value.size() != k_exponent_size || !modulus || modulus->value.size() != k_rsa_size) {
        return unknown();
    }
    IssuerKey key;
    std::copy_n(body->value.begin(), k_id_size, key.issuer_id.begin());
    std::copy_n(body->value.begin() + k_id_size, k_id_size, key.subject_id.begin());
    key.exponent.assign(exponent->value.begin(), exponent->value.end());
    key.modulus.assign(modulus->value.begin(), modulus->value.end());
    key.signed_part.assign(body->value.begin(), body->value.end());
    key.signature.assign(signature->value.begin(), signature->value.end());
    return key;
}

IssuerCheck check_issuer(std::span<const std::uint8_t> record, std::span<const std::uint8_t> key_file,
                         std::span<const KnownIssuer> known) {
    const openssl::ErrorsCleared cleared;
    const auto key = parse_issuer_key(key_file);
    const auto content = signed_record(record);
    if (!key || !content) return IssuerCheck::NotPossible;
    const auto card_key = rsa_key(key->modulus, key->exponent);
    if (!card_key) return IssuerCheck::NotPossible;

    const Bytes found = enclosed(card_key.get(), content->signature);
    if (found != digest_info(content->digests) && found != digest_info(sha256(content->digests))) {
        return IssuerCheck::Wrong;
    }
    const auto issuer =
        std::find_if(known.begin(), known.end(), [&](const KnownIssuer& one) { return one.key_id == key->issuer_id; });
    if (issuer == known.end()) return IssuerCheck::Consistent;
    const auto issuer_key = rsa_key(issuer->modulus, issuer->exponent);
    // Badly configured, which says nothing about the card.
    if (!issuer_key) return IssuerCheck::Consistent;
    const bool vouched = enclosed(issuer_key.get(), key->signature) == digest_info(sha256(key->signed_part));
    return vouched ? IssuerCheck::Vouched : IssuerCheck::Wrong;
}

}  // namespace uketsuke::card
