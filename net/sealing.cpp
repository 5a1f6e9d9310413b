#include "net/sealing.h"

#include <sodium.h>

namespace uketsuke::net {
namespace {

constexpr std::uint8_t sealed_version = 1;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SealingKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(seal_overhead == 1 + nonce_size + tag_size);

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

std::vector<std::uint8_t> seal(const SealingKey& key, std::span<const std::uint8_t> plain,
                               std::string_view associated) {
    std::vector<std::uint8_t> out(seal_overhead + plain.size());
    out[0] = sealed_version;
    std::uint8_t* nonce = out.data() + 1;
    randombytes_buf(nonce, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, nullptr, plain.data(), plain.size(),
                                               bytes_of(associated), associated.size(), nullptr, nonce,
                                               key.bytes().data());
    return out;
}

Result<std::vector<std::uint8_t>> unseal(const SealingKey& key, std::span<const std::uint8_t> sealed,
                                         std::string_view associated) {
    if (sealed.size() < seal_overhead) return fail(Fault::BadPayload, "sealed bytes: cut short");
    if (sealed[0] != sealed_version) return fail(Fault::BadPayload, "sealed bytes: unknown version");
    const auto nonce = sealed.subspan(1, nonce_size);
    const auto cipher = sealed.subspan(1 + nonce_size);
    std::vector<std::uint8_t> plain(cipher.size() - tag_size);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, cipher.data(), cipher.size(),
                                                   bytes_of(associated), associated.size(), nonce.data(),
                                                   key.bytes().data()) != 0) {
        return fail(Fault::BadPayload, "sealed bytes: altered, for another request, or under another key");
    }
    return plain;
}

void wipe(std::vector<std::uint8_t>& bytes) {
    if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
    bytes.clear();
}

void wipe(std::string& text) {
    if (!text.empty()) sodium_memzero(text.data(), text.size());
    text.clear();
}

}  // namespace uketsuke::net
