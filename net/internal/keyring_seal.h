#pragma once
// What a code opens in a keyring's file (keyring_file.h). Pure but for the time that a code's work takes; any thread.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"
#include "net/internal/keyring_file.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {

/// Who has which wrap.
struct KeyringBook {
    struct Entry {
        std::array<std::uint8_t, 16> wrap{};
        std::uint32_t number = 0;
        std::string name;
    };
    std::uint32_t next = 1;  ///< number of the next member
    std::vector<Entry> entries;
};

/// What follows from a code and the device's key: Argon2id with the file's salt and cost, then BLAKE2b keyed with what
/// follows from the device's key. Internal: not enough memory for it.
Result<SealingKey> keyring_code_key(const KeyringFile& file, const SealingKey& device_key, std::string_view code);

KeyringWrap wrap_data_key(const KeyringFile& file, const SealingKey& code_key, const SealingKey& data_key);

struct OpenedWrap {
    SealingKey data_key;
    std::array<std::uint8_t, 16> wrap{};
};
/// Every wrap is tried, also after one that opened.
std::optional<OpenedWrap> open_wrap(const KeyringFile& file, const SealingKey& code_key);

/// One entry for each wrap of the file; names of at most longest_keyring_name bytes.
std::vector<std::uint8_t> seal_book(const KeyringFile& file, const SealingKey& data_key, const KeyringBook& book);
/// BadKey: it is another keyring's data key.
Result<KeyringBook> open_book(const KeyringFile& file, const SealingKey& data_key);

}  // namespace uketsuke::net::internal
