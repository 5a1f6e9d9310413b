// The authority's OpenSSL objects and what is made with them. Private to the card room.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "card/error.h"
#include "card/issuer_signature.h"
#include "card/openssl_types.h"
#include "card/persona.h"

namespace uketsuke::card {

// 7 digits, 08 05, 3 digits, 4 zero bytes, as real ones are built (soltia48 src/data.rs). Invented: no real key's
// number begins with 9.
inline constexpr KeyId k_authority_key_id{'9', '0', '0', '0', '0', '2', '3', 8, 5, '0', '0', '1', 0, 0, 0, 0};
inline constexpr KeyId k_municipality_key_id{'9', '1', '3', '9', '9', '9', '0', 8, 5, '0', '0', '1', 0, 0, 0, 0};

struct AuthorityKeys {
    openssl::KeyPtr authority;
    openssl::KeyPtr municipality;    // signs the face records
    openssl::KeyPtr authentication;  // of every card: user authentication
    openssl::KeyPtr signature;       // of every card: signing, and the card's own key in its face record
    openssl::X509Ptr certificate;
    Bytes certificate_der;
    Bytes municipality_certificate;  // card-verifiable (7F21): what EF 0004 of 券面事項確認AP holds
};

enum class CertificateUse : std::uint8_t { Authentication, Signature };

// A certificate (DER) for the persona, issued by the authority.
Result<Bytes> issue_certificate(const AuthorityKeys& keys, const Persona& persona, CertificateUse use,
                                std::chrono::sys_seconds now);

// RSA with PKCS#1 v1.5 padding around `input` as it is (a DigestInfo, at most 245 bytes): 256 bytes.
Result<Bytes> sign_padded(EVP_PKEY* key, std::span<const std::uint8_t> input);
// RSASSA-PKCS1-v1_5 with SHA-256 over `message`.
Result<Bytes> sign_message(EVP_PKEY* key, std::span<const std::uint8_t> message);
// Modulus of an RSA key, 256 bytes, big endian.
Bytes modulus_of(const EVP_PKEY* key);

}  // namespace uketsuke::card
