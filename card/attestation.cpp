#include "card/attestation.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "card/openssl_types.h"
#include "card/simulation.h"
#include "card/status_word.h"

namespace uketsuke::card {
namespace {

constexpr std::string_view k_phrase = "uketsuke simulated terminal: this key protects nothing";

std::array<std::uint8_t, 32> seed_of_phrase() {
    std::array<std::uint8_t, 32> seed{};
    EVP_Digest(k_phrase.data(), k_phrase.size(), seed.data(), nullptr, EVP_sha256(), nullptr);
    return seed;
}

openssl::KeyPtr terminal_key(const std::array<std::uint8_t, 32>& seed) {
    return openssl::KeyPtr(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
}

Result<Bytes> terminal_signature(const std::array<std::uint8_t, 32>& seed, std::span<const std::uint8_t> message) {
    const auto key = terminal_key(seed);
    const openssl::DigestContextPtr context(EVP_MD_CTX_new());
    Bytes signature(simulation::k_signature_size);
    std::size_t size = signature.size();
    if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
        return fail(Fault::Crypto, "the terminal's signature");
    }
    return signature;
}

}  // namespace

SimulatedAttestation::SimulatedAttestation() : m_seed(seed_of_phrase()) {}

std::array<std::uint8_t, 32> SimulatedAttestation::terminal_public_key() {
    const openssl::ErrorsCleared cleared;
    std::array<std::uint8_t, 32> raw{};
    const auto key = terminal_key(seed_of_phrase());
    std::size_t size = raw.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), raw.data(), &size) != 1) raw.fill(0);
    return raw;
}

Result<Bytes> SimulatedAttestation::attest(MyNumberCard& card, std::span<const std::uint8_t, 32> sha256,
                                           AttestationMethod method) {
    const openssl::ErrorsCleared cleared;
    const auto manufacturer = card.token_manufacturer();
    if (!manufacturer) return tl::unexpected(manufacturer.error());
    if (*manufacturer != simulation::k_manufacturer) {
        return fail(Fault::NotThisCard, "a real card is opened by the approved verifier only");
    }
    if (auto entered = card.enter_jpki(); !entered) return tl::unexpected(entered.error());
    const auto challenge =
        card.engine().expect_ok({0x00, 0x84, 0x00, 0x00, {}, simulation::k_challenge_size}, "GET CHALLENGE");
    if (!challenge) return tl::unexpected(challenge.error());
    if (challenge->size() != simulation::k_challenge_size) return fail(Fault::BadData, "GET CHALLENGE: wrong length");

    const auto message = simulation::message(*challenge, static_cast<std::uint8_t>(method), sha256);
    const auto signature = terminal_signature(m_seed, message);
    if (!signature) return tl::unexpected(signature.error());
    Bytes request{static_cast<std::uint8_t>(method)};
    request.insert(request.end(), sha256.begin(), sha256.end());
    request.insert(request.end(), signature->begin(), signature->end());
    const auto opened = card.engine().expect_ok({0x00, 0x82, 0x00, 0x00, request}, "EXTERNAL AUTHENTICATE");
    if (!opened) return tl::unexpected(opened.error());
    return card.sign(sha256);
}

Result<Bytes> SimulatedAttestation::vouch(std::string_view text) {
    const openssl::ErrorsCleared cleared;
    return terminal_signature(m_seed, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace uketsuke::card
