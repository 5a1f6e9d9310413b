// The authority's OpenSSL objects and what is made with them. Private to the card room.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "card/error.h"
#include "card/openssl_types.h"
#include "card/persona.h"

namespace uketsuke::card {

struct AuthorityKeys {
    openssl::KeyPtr authority;
    openssl::KeyPtr authentication;  // of every card: user authentication
    openssl::KeyPtr signature;       // of every card: signing, and the card's own key in its face record
    openssl::X509Ptr certificate;
    Bytes certificate_der;
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
