#include "net/internal/keyring_seal.h"

#include <sodium.h>

#include <algorithm>

#include "net/internal/byte_parts.h"
#include "net/internal/hex.h"

namespace uketsuke::net::internal {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Plain = std::array<std::uint8_t, SealingKey::size>;

static_assert(sizeof(KeyringFile::salt) == crypto_pwhash_argon2id_SALTBYTES);

// So that neither a wrap nor a book of another device, or of another member, fits.
std::string place_of(const KeyringFile& file, const KeyringWrap& wrap) {
    return "keyring wrap " + to_hex(file.device) + " " + to_hex(wrap.id);
}

std::string place_of_book(const KeyringFile& file) {
    return "keyring book " + to_hex(file.device);
}

SealingKey book_key(const SealingKey& data_key) {
    return data_key.derive("keyring book");
}

bool take_entry(PartReader& reader, KeyringBook::Entry& entry) {
    std::span<const std::uint8_t> wrap;
    std::span<const std::uint8_t> name;
    std::uint8_t length = 0;
    if (!reader.take(entry.wrap.size(), wrap) || !reader.take_number(4, entry.number) ||
        !reader.take_number(1, length) || !reader.take(longest_keyring_name, name) || length > name.size()) {
        return false;
    }
    std::copy(wrap.begin(), wrap.end(), entry.wrap.begin());
    entry.name.assign(name.begin(), name.begin() + length);
    return true;
}

}  // namespace

Result<SealingKey> keyring_code_key(const KeyringFile& file, const SealingKey& device_key, std::string_view code) {
    Plain worked{};
    if (crypto_pwhash_argon2id(worked.data(), worked.size(), code.data(), code.size(), file.salt.data(), file.passes,
                               static_cast<std::size_t>(file.memory), crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
        return fail(Fault::Internal, "keyring: not enough memory to try a code");
    }
    const SealingKey secret = device_key.derive("keyring code");
    Plain mixed{};
    crypto_generichash_blake2b(mixed.data(), mixed.size(), worked.data(), worked.size(), secret.bytes().data(),
                               SealingKey::size);
    SealingKey key = SealingKey::from_bytes(mixed);
    sodium_memzero(worked.data(), worked.size());
    sodium_memzero(mixed.data(), mixed.size());
    return key;
}

KeyringWrap wrap_data_key(const KeyringFile& file, const SealingKey& code_key, const SealingKey& data_key) {
    KeyringWrap wrap;
    randombytes_buf(wrap.id.data(), wrap.id.size());
    const std::string place = place_of(file, wrap);
    const Bytes sealed = seal(code_key.derive(place), data_key.bytes(), place);
    std::copy(sealed.begin(), sealed.end(), wrap.sealed.begin());
    return wrap;
}

std::optional<OpenedWrap> open_wrap(const KeyringFile& file, const SealingKey& code_key) {
    std::optional<OpenedWrap> opened;
    for (const KeyringWrap& wrap : file.wraps) {
        const std::string place = place_of(file, wrap);
        auto plain = unseal(code_key.derive(place), wrap.sealed, place);
        if (!plain) continue;
        if (!opened && plain->size() == SealingKey::size) {
            opened = OpenedWrap{SealingKey::from_bytes(std::span(*plain).first<SealingKey::size>()), wrap.id};
        }
        wipe(*plain);
    }
    return opened;
}

std::vector<std::uint8_t> seal_book(const KeyringFile& file, const SealingKey& data_key, const KeyringBook& book) {
    Bytes plain;
    plain.reserve(keyring_book_size(book.entries.size()));
    put_number(plain, book.next, 4);
    for (const KeyringBook::Entry& entry : book.entries) {
        plain.insert(plain.end(), entry.wrap.begin(), entry.wrap.end());
        put_number(plain, entry.number, 4);
        put_number(plain, entry.name.size(), 1);
        plain.insert(plain.end(), entry.name.begin(), entry.name.end());
        plain.resize(plain.size() + longest_keyring_name - entry.name.size());
    }
    Bytes sealed = seal(book_key(data_key), plain, place_of_book(file));
    wipe(plain);
    return sealed;
}

Result<KeyringBook> open_book(const KeyringFile& file, const SealingKey& data_key) {
    auto plain = unseal(book_key(data_key), file.book, place_of_book(file));
    if (!plain) return fail(Fault::BadKey, "keyring: this is not its data key");
    PartReader reader(*plain);
    KeyringBook book;
    book.entries.resize(file.wraps.size());
    bool read = reader.take_number(4, book.next);
    for (KeyringBook::Entry& entry : book.entries) read = read && take_entry(reader, entry);
    read = read && reader.done();
    wipe(*plain);
    if (!read) return fail(Fault::BadPayload, "keyring: its book is none");
    return book;
}

}  // namespace uketsuke::net::internal
