#pragma once
// The file of a keyring (net/keyring.h) as bytes. Pure; any thread.
//
//   head  magic "UKTKEYR1", state, device 16, salt 16, memory 8, passes 1, wrong codes 2, wraps 1,
//         digest of the body 32, digest of the head 32
//   body  for each wrap: random id 16, the data key sealed under what follows from a code 73;
//         the book: who has which wrap, sealed under the data key
//
// Both digests are keyed with a key that follows from the device's, so that nobody without it sets the count back. The
// length tells how many members there are and nothing more: names are padded. In a destroyed file the body is noise.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {

inline constexpr std::size_t longest_keyring_file = std::size_t{64} << 10;
/// Bytes of the head; in the first sector of a disk.
inline constexpr std::size_t keyring_head_size = 8 + 1 + 16 + 16 + 8 + 1 + 2 + 1 + 32 + 32;
inline constexpr std::size_t longest_keyring_name = 100;  ///< bytes
inline constexpr std::size_t most_keyring_wraps = 32;
inline constexpr std::uint64_t least_keyring_memory = std::uint64_t{8} << 20;
inline constexpr std::uint64_t most_keyring_memory = std::uint64_t{1} << 30;
inline constexpr std::uint64_t most_keyring_passes = 10;

struct KeyringWrap {
    std::array<std::uint8_t, 16> id{};
    std::array<std::uint8_t, SealingKey::size + seal_overhead> sealed{};
    bool operator==(const KeyringWrap&) const = default;
};

struct KeyringFile {
    bool destroyed = false;
    std::array<std::uint8_t, 16> device{};
    std::array<std::uint8_t, 16> salt{};
    std::uint64_t memory = 0;  ///< bytes
    std::uint64_t passes = 0;
    std::uint32_t wrong_codes = 0;
    std::vector<KeyringWrap> wraps;
    std::vector<std::uint8_t> book;
    bool operator==(const KeyringFile&) const = default;
};

/// Bytes of the book's sealed form.
constexpr std::size_t keyring_book_size(std::size_t wraps) {
    return seal_overhead + 4 + wraps * (16 + 4 + 1 + longest_keyring_name);
}

/// `key`: the device's, from which the digests' key follows.
std::string encode_keyring(const KeyringFile& file, const SealingKey& key);
/// BadPayload: altered, cut, of another device, or with a cost of work that would hold the tablet up.
Result<KeyringFile> decode_keyring(std::span<const std::uint8_t> bytes, const SealingKey& key);
/// Bytes of a live file with both digests as they would have to be: for tests and fuzzing, which the digests would keep
/// from everything behind them.
std::string with_keyring_digests(std::string_view bytes, const SealingKey& key);

}  // namespace uketsuke::net::internal
