#pragma once
// What the service checks about a card's signature: RSA PKCS#1 v1.5 with SHA-256 over the document, and who issued the
// card. Pure apart from the clock that OpenSSL's chain check reads.

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "net/error.h"
#include "net/internal/openssl_handles.h"

namespace uketsuke::net::internal {

/// BadPayload when it is not one whole DER certificate.
Result<X509Ptr> read_certificate(std::span<const std::uint8_t> der);
/// The serial number, lower-case hexadecimal in whole bytes.
std::string serial_of(X509* certificate);
/// The end of its validity; the epoch where it states none that can be read.
std::chrono::sys_seconds not_after_of(X509* certificate);
/// The same spelling for a serial that a person typed: lower case, whole bytes, no leading zero bytes.
std::string normal_serial(const std::string& serial);

/// BadPayload when the signature is not by this certificate's key over these bytes.
Result<void> check_signature(X509* certificate, std::span<const std::uint8_t> body,
                             std::span<const std::uint8_t> signature);

/// One or more CA certificates from PEM; BadOptions when there is none.
Result<StorePtr> trust_store(const std::string& pem);
/// BadPayload when the store does not vouch for the certificate. Dates are left to the caller: an expired card is still
/// answered for some months (facts 3.4).
Result<void> check_issuer(X509_STORE* store, X509* certificate);

}  // namespace uketsuke::net::internal
