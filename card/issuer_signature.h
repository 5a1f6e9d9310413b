// The issuer's signature over the face record, and the key that it is checked with.
//
// DF28 of the face record is RSA with PKCS#1 v1.5 padding around a DigestInfo that names SHA-256 and holds 96 bytes:
// SHA-256(DF22 ‖ DF23 ‖ DF24) ‖ SHA-256(DF25 ‖ DF26) ‖ SHA-256(DF27), each element with its tag and length as written.
// One SHA-256 over these 96 bytes is accepted as well: the shape is known from one observer only (facts §1.6).
// DF29 (card expiry) and DF2A (security code) are not signed.
//
// EF 0004 of the 券面事項確認AP, free: 7F21 { 5F4E: 16 bytes issuer's key id, 16 bytes subject's key id, 90 exponent,
// 91 modulus (297 bytes in all); 5F37: 256 bytes RSASSA-PKCS1-v1_5 with SHA-256 over these 297 bytes }. The key that
// signed it is not on the card: without it the card vouches for itself only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "card/error.h"

namespace uketsuke::card {

using KeyId = std::array<std::uint8_t, 16>;

// What EF 0004 holds. Numbers are big endian.
struct IssuerKey {
    KeyId issuer_id{};   // which key signed this one
    KeyId subject_id{};  // which key this is
    Bytes exponent;      // 3 bytes
    Bytes modulus;       // 256 bytes
    Bytes signed_part;   // the 297 bytes under the signature
    Bytes signature;     // 256 bytes
};

// A key that is trusted for having been configured, not for having been on the card.
struct KnownIssuer {
    KeyId key_id{};  // all 16 bytes count
    Bytes modulus;   // 256 bytes, big endian
    Bytes exponent;  // 1 to 8 bytes, big endian, odd and at least 3
};

enum class IssuerCheck : std::uint8_t {
    NotChecked,
    NotPossible,  // EF 0004, DF28 or a signed element is absent or of an unknown shape
    Consistent,   // the record verifies with the key on the card: the data are whole, the key itself is not vouched for
    Vouched,      // and the key on the card verifies with a known issuer's
    Wrong,        // a signature does not verify: forged or damaged
};
std::string_view name_of(IssuerCheck check);  // "not-checked", "not-possible", "consistent", "vouched", "wrong"

// BadData for every other shape.
Result<IssuerKey> parse_issuer_key(std::span<const std::uint8_t> file);

// record: EF 0002 of the 券面事項確認AP, up to two stray bytes before FF20 allowed; key_file: EF 0004, empty when the
// card has none. A known issuer counts only when the card names it, and then its signature must verify; one whose
// numbers are no RSA key of 2,048 bits is passed over.
IssuerCheck check_issuer(std::span<const std::uint8_t> record, std::span<const std::uint8_t> key_file,
                         std::span<const KnownIssuer> known);

}  // namespace uketsuke::card
