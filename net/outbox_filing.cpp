#include <sodium.h>

#include <array>
#include <set>
#include <string>

#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using FileDigest = std::array<std::uint8_t, 32>;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Keyed, so that a name in the file can neither be read nor guessed and tried.
FileDigest digest_of(const SealingKey& key, std::span<const std::uint8_t> name,
                     std::span<const std::uint8_t> contents) {
    FileDigest digest{};
    crypto_generichash_blake2b_state state;
    const std::uint64_t length = name.size();
    crypto_generichash_blake2b_init(&state, key.bytes().data(), key.bytes().size(), digest.size());
    crypto_generichash_blake2b_update(&state, reinterpret_cast<const unsigned char*>(&length), sizeof length);
    crypto_generichash_blake2b_update(&state, name.data(), name.size());
    crypto_generichash_blake2b_update(&state, contents.data(), contents.size());
    crypto_generichash_blake2b_final(&state, digest.data(), digest.size());
    return digest;
}

}  // namespace

Result<std::optional<FilingTask>> Outbox::next_to_file() const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    for (std::int64_t last = -1;;) {
        const auto found = p.oldest_to_file.bind(1, last).row();
        if (!found) return tl::unexpected(found.error());
        if (!*found) return std::optional<FilingTask>{};
        last = p.oldest_to_file.integer(0);
        const std::string text = p.oldest_to_file.text(1);
        const auto id = RequestId::parse(text);
        auto answer = unseal(*p.key, p.oldest_to_file.bytes(3), internal::answer_of(text));
        const WallTime queued_at = internal::moment(p.oldest_to_file.integer(2));
        p.oldest_to_file.reset();
        // verify() names an answer whose seal does not hold; the others are filed all the same.
        if (id && answer) return std::optional<FilingTask>({*id, queued_at, std::move(*answer)});
    }
}

Result<void> Outbox::filed(const RequestId& id) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    return p.together(true, [&]() -> Result<void> {
        if (auto done = p.filed.bind(1, id.text()).run(); !done) return done;
        return p.database->changes() > 0 ? Result<void>{} : p.unless_missing(id, {});
    });
}

Result<const SealingKey*> Outbox::Parts::need_file_key() {
    if (auto held = need_key(); !held) return tl::unexpected(held.error());
    if (!file_key) {
        auto loaded = internal::load_file_key(*database, *key);
        if (!loaded) return tl::unexpected(loaded.error());
        file_key = std::move(*loaded);
    }
    return &*file_key;
}

Result<bool> Outbox::file_is_answered(const std::string& name, std::span<const std::uint8_t, 32> digest) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    const auto key = p.need_file_key();
    if (!key) return tl::unexpected(key.error());
    auto select = p.database->prepare("SELECT contents FROM answered_files WHERE name = ?1");
    if (!select) return tl::unexpected(select.error());
    const FileDigest by = digest_of(**key, bytes_of(name), {});
    const auto found = select->bind(1, by).row();
    if (!found) return tl::unexpected(found.error());
    const FileDigest contents = digest_of(**key, bytes_of(name), digest);
    const auto known = select->bytes(0);
    return *found && std::equal(known.begin(), known.end(), contents.begin(), contents.end());
}

Result<void> Outbox::remember_answered_file(const std::string& name, std::span<const std::uint8_t, 32> digest,
                                            WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    const auto key = p.need_file_key();
    if (!key) return tl::unexpected(key.error());
    return p.together(true, [&]() -> Result<void> {
        if (auto stored = internal::store_file_key(*p.database, *p.key, **key); !stored) return stored;
        auto insert =
            p.database->prepare("INSERT OR REPLACE INTO answered_files(name, contents, at) VALUES(?1, ?2, ?3)");
        if (!insert) return tl::unexpected(insert.error());
        const FileDigest by = digest_of(**key, bytes_of(name), {});
        const FileDigest contents = digest_of(**key, bytes_of(name), digest);
        return insert->bind(1, by).bind(2, contents).bind(3, internal::stamp(now)).run();
    });
}

Result<std::int64_t> Outbox::forget_answered_files_except(std::span<const std::string> names) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    const auto key = p.need_file_key();
    if (!key) return tl::unexpected(key.error());
    std::set<std::string> kept;
    for (const std::string& name : names) {
        const FileDigest by = digest_of(**key, bytes_of(name), {});
        kept.emplace(by.begin(), by.end());
    }
    std::vector<std::string> gone;
    auto select = p.database->prepare("SELECT name FROM answered_files");
    if (!select) return tl::unexpected(select.error());
    for (;;) {
        const auto more = select->row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        const auto bytes = select->bytes(0);
        std::string name(bytes.begin(), bytes.end());
        if (!kept.contains(name)) gone.push_back(std::move(name));
    }
    if (gone.empty()) return 0;
    auto done = p.together(false, [&]() -> Result<void> {
        auto remove = p.database->prepare("DELETE FROM answered_files WHERE name = ?1");
        if (!remove) return tl::unexpected(remove.error());
        for (const std::string& name : gone) {
            if (auto removed = remove->bind(1, bytes_of(name)).run(); !removed) return removed;
        }
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return static_cast<std::int64_t>(gone.size());
}

}  // namespace uketsuke::net
