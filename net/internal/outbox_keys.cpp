#include <algorithm>
#include <array>

#include "net/internal/outbox_file.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::string_view check_name = "key check";
constexpr std::string_view file_key_name = "key of answered files";
constexpr std::array<std::uint8_t, 8> check_plain{'u', 'k', 'e', 't', 's', 'u', 'k', 'e'};

Result<void> store(const Database& database, std::string_view name, const std::vector<std::uint8_t>& value) {
    auto insert = database.prepare("INSERT OR REPLACE INTO facts(name, value) VALUES(?1, ?2)");
    if (!insert) return tl::unexpected(insert.error());
    return insert->bind(1, name).bind(2, value).run();
}

}  // namespace

Result<void> store_key_check(const Database& database, const SealingKey& key) {
    return store(database, check_name, seal(key, check_plain, check_name));
}

Result<void> check_key(const Database& database, const std::filesystem::path& path, const SealingKey& key,
                       bool may_write) {
    auto select = database.prepare("SELECT value FROM facts WHERE name = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, check_name).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return may_write ? store_key_check(database, key) : Result<void>{};
    if (!unseal(key, select->bytes(0), check_name)) {
        return fail(Fault::BadKey, "outbox " + path.string() + ": it was sealed with another key");
    }
    return {};
}

Result<SealingKey> load_file_key(const Database& database, const SealingKey& key) {
    auto select = database.prepare("SELECT value FROM facts WHERE name = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, file_key_name).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return SealingKey::random();
    auto plain = unseal(key, select->bytes(0), file_key_name);
    // Without it no answered file is known any more: they are answered once again, which loses nothing.
    if (!plain || plain->size() != SealingKey::size) return SealingKey::random();
    auto loaded = SealingKey::from_bytes(std::span<const std::uint8_t, SealingKey::size>(*plain));
    wipe(*plain);
    return loaded;
}

Result<void> store_file_key(const Database& database, const SealingKey& key, const SealingKey& file_key) {
    return store(database, file_key_name, seal(key, file_key.bytes(), file_key_name));
}

}  // namespace uketsuke::net::internal
