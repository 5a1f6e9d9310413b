// What the simulated attestation and the virtual card have to agree on. Private to the card room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "card/error.h"

namespace uketsuke::card::simulation {

inline constexpr std::string_view k_manufacturer = "Uketsuke virtual card";  // in EF 0006
inline constexpr std::size_t k_challenge_size = 8;
inline constexpr std::size_t k_signature_size = 64;  // Ed25519
inline constexpr std::size_t k_request_size = 1 + 32 + k_signature_size;

// challenge ‖ method ‖ digest: what the terminal signs.
inline Bytes message(std::span<const std::uint8_t> challenge, std::uint8_t method,
                     std::span<const std::uint8_t> sha256) {
    Bytes out(challenge.begin(), challenge.end());
    out.push_back(method);
    out.insert(out.end(), sha256.begin(), sha256.end());
    return out;
}

}  // namespace uketsuke::card::simulation
