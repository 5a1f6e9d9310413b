#include "net/internal/keyring_file.h"

#include <sodium.h>

#include <algorithm>
#include <string_view>

#include "net/internal/byte_parts.h"

namespace uketsuke::net::internal {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;

constexpr std::string_view magic = "UKTKEYR1";
constexpr std::size_t head_size = keyring_head_size;

std::string_view text_of(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Digest digest_of(const SealingKey& key, std::string_view purpose, std::span<const std::uint8_t> bytes) {
    const SealingKey mine = key.derive(purpose);
    Digest digest{};
    crypto_generichash_blake2b(digest.data(), digest.size(), bytes.data(), bytes.size(), mine.bytes().data(),
                               SealingKey::size);
    return digest;
}

Digest head_digest(const SealingKey& key, std::span<const std::uint8_t> head) {
    return digest_of(key, "keyring head", head);
}

Digest body_digest(const SealingKey& key, std::span<const std::uint8_t> body) {
    return digest_of(key, "keyring body", body);
}

bool same(std::span<const std::uint8_t> a, const Digest& b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), b.size()) == 0;
}

Bytes body_of(const KeyringFile& file) {
    Bytes body;
    for (const KeyringWrap& wrap : file.wraps) {
        body.insert(body.end(), wrap.id.begin(), wrap.id.end());
        body.insert(body.end(), wrap.sealed.begin(), wrap.sealed.end());
    }
    body.insert(body.end(), file.book.begin(), file.book.end());
    return body;
}

Bytes head_of(const KeyringFile& file, const SealingKey& key, std::span<const std::uint8_t> body) {
    Bytes head(magic.begin(), magic.end());
    put_number(head, file.destroyed ? 1 : 0, 1);
    head.insert(head.end(), file.device.begin(), file.device.end());
    head.insert(head.end(), file.salt.begin(), file.salt.end());
    put_number(head, file.memory, 8);
    put_number(head, file.passes, 1);
    put_number(head, file.wrong_codes, 2);
    put_number(head, file.wraps.size(), 1);
    const Digest over_body = body_digest(key, body);
    head.insert(head.end(), over_body.begin(), over_body.end());
    const Digest over_head = head_digest(key, head);
    head.insert(head.end(), over_head.begin(), over_head.end());
    return head;
}

bool take(PartReader& reader, std::span<std::uint8_t> out) {
    std::span<const std::uint8_t> part;
    if (!reader.take(out.size(), part)) return false;
    std::copy(part.begin(), part.end(), out.begin());
    return true;
}

bool take_body(PartReader& reader, std::size_t wraps, KeyringFile& file) {
    file.wraps.resize(wraps);
    for (KeyringWrap& wrap : file.wraps) {
        if (!take(reader, wrap.id) || !take(reader, wrap.sealed)) return false;
    }
    std::span<const std::uint8_t> book;
    if (!reader.take(keyring_book_size(wraps), book)) return false;
    file.book.assign(book.begin(), book.end());
    return reader.done();
}

bool take_head(std::span<const std::uint8_t> bytes, const SealingKey& key, KeyringFile& file, std::size_t& wraps,
               std::span<const std::uint8_t>& over_body) {
    PartReader reader(bytes);
    std::span<const std::uint8_t> start;
    std::span<const std::uint8_t> over_head;
    std::uint8_t state = 0;
    const bool read = reader.take(magic.size(), start) && reader.take_number(1, state) && take(reader, file.device) &&
                      take(reader, file.salt) && reader.take_number(8, file.memory) &&
                      reader.take_number(1, file.passes) && reader.take_number(2, file.wrong_codes) &&
                      reader.take_number(1, wraps) && reader.take(sizeof(Digest), over_body) &&
                      reader.take(sizeof(Digest), over_head);
    file.destroyed = state == 1;
    return read && text_of(start) == magic && state <= 1 &&
           same(over_head, head_digest(key, bytes.first(head_size - sizeof(Digest))));
}

bool is_bearable(const KeyringFile& file) {
    return file.memory >= least_keyring_memory && file.memory <= most_keyring_memory && file.passes >= 1 &&
           file.passes <= most_keyring_passes;
}

}  // namespace

std::string encode_keyring(const KeyringFile& file, const SealingKey& key) {
    const Bytes body = body_of(file);
    return std::string(text_of(head_of(file, key, body))).append(text_of(body));
}

Result<KeyringFile> decode_keyring(std::span<const std::uint8_t> bytes, const SealingKey& key) {
    const auto damaged = [](const char* what) { return fail(Fault::BadPayload, std::string("keyring: ") + what); };
    if (bytes.size() < head_size || bytes.size() > longest_keyring_file)
        return damaged("its length is none it can have");
    KeyringFile file;
    std::size_t wraps = 0;
    std::span<const std::uint8_t> over_body;
    if (!take_head(bytes, key, file, wraps, over_body)) return damaged("altered, or of another device's key");
    if (!is_bearable(file)) return damaged("it asks for more or less work than a tablet does");
    if (file.destroyed && (wraps != 0 || !same(over_body, body_digest(key, {})))) return damaged("altered");
    if (file.destroyed) return file;
    const auto body = bytes.subspan(head_size);
    PartReader reader(body);
    if (wraps == 0 || wraps > most_keyring_wraps || !same(over_body, body_digest(key, body)) ||
        !take_body(reader, wraps, file)) {
        return damaged("altered or cut");
    }
    return file;
}

std::string with_keyring_digests(std::string_view bytes, const SealingKey& key) {
    std::string right(bytes);
    if (right.size() < head_size) return right;
    const auto all = bytes_of(right);
    const Digest over_body = body_digest(key, all.subspan(head_size));
    right.replace(head_size - 2 * sizeof(Digest), sizeof(Digest), text_of(over_body));
    const Digest over_head = head_digest(key, bytes_of(right).first(head_size - sizeof(Digest)));
    right.replace(head_size - sizeof(Digest), sizeof(Digest), text_of(over_head));
    return right;
}

}  // namespace uketsuke::net::internal
