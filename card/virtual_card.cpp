#include "card/virtual_card.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "card/attestation.h"
#include "card/authority.h"
#include "card/simulation.h"
#include "card/virtual_files.h"

namespace uketsuke::card {
namespace {

// READ BINARY addresses 32 KiB; the record around the photo takes up to 4 KiB of it.
constexpr std::size_t k_largest_photo = 28 * 1024;
constexpr std::array<std::uint8_t, 32> k_no_digest{};

struct Parsed {
    std::uint8_t cla = 0, ins = 0, p1 = 0, p2 = 0;
    std::span<const std::uint8_t> data;
    std::optional<std::size_t> le;
};

// The seven cases of ISO 7816-4, short and extended.
std::optional<Parsed> parse(std::span<const std::uint8_t> command) {
    if (command.size() < 4) return std::nullopt;
    Parsed out{command[0], command[1], command[2], command[3], {}, std::nullopt};
    auto body = command.subspan(4);
    if (body.empty()) return out;
    const bool extended = body[0] == 0 && body.size() >= 3;
    const auto u16 = [](std::span<const std::uint8_t> at) { return static_cast<std::size_t>(at[0] << 8 | at[1]); };
    const std::size_t le_size = extended ? 2 : 1;
    const std::size_t le_all = extended ? 0x10000 : 0x100;
    const auto le_at = [&](std::span<const std::uint8_t> at) {
        const std::size_t value = extended ? u16(at) : at[0];
        return value == 0 ? le_all : value;
    };
    if (extended) body = body.subspan(1);
    if (body.size() == le_size) {
        out.le = le_at(body);
        return out;
    }
    const std::size_t lc = extended ? u16(body) : body[0];
    body = body.subspan(le_size);
    if (lc == 0 || body.size() < lc) return std::nullopt;
    out.data = body.first(lc);
    body = body.subspan(lc);
    if (body.size() == le_size) {
        out.le = le_at(body);
    } else if (!body.empty()) {
        return std::nullopt;
    }
    return out;
}

Bytes status(unsigned word) {
    return {static_cast<std::uint8_t>(word >> 8), static_cast<std::uint8_t>(word)};
}

Bytes with_data(std::span<const std::uint8_t> data, unsigned word = 0x9000) {
    Bytes out(data.begin(), data.end());
    out.push_back(static_cast<std::uint8_t>(word >> 8));
    out.push_back(static_cast<std::uint8_t>(word));
    return out;
}

}  // namespace

struct CardState {
    Persona persona;
    std::shared_ptr<const Authority> authority;
    std::vector<VirtualApplication> applications;
    Bytes certificate;
    std::array<std::uint8_t, 32> terminal{};

    VirtualApplication* selected = nullptr;
    std::optional<std::uint16_t> file;
    Bytes challenge;
    std::optional<std::array<std::uint8_t, 32>> terminal_digest;  // the one digest a terminal has opened
    std::uint64_t commands = 0;
    std::uint64_t since_reset = 0;
    std::uint64_t secrets = 0;

    void forget() {
        if (selected != nullptr) {
            for (auto& [id, secret] : selected->secrets) secret.verified = false;
        }
        file.reset();
        challenge.clear();
        terminal_digest.reset();
    }

    Bytes select(const Parsed& command) {
        if (command.p1 == 0x04) {
            const auto found = std::find_if(applications.begin(), applications.end(), [&](const auto& one) {
                return std::equal(one.aid.begin(), one.aid.end(), command.data.begin(), command.data.end());
            });
            if (found == applications.end()) return status(0x6A82);
            forget();
            selected = &*found;
            return status(0x9000);
        }
        if (command.p1 != 0x02 || command.data.size() != 2) return status(0x6A82);
        if (selected == nullptr) return status(0x6A82);
        const auto id = static_cast<std::uint16_t>(command.data[0] << 8 | command.data[1]);
        const bool there = selected->files.count(id) != 0 || selected->secrets.count(id) != 0 ||
                           selected->keys.count(id) != 0 || (id == 1 && !selected->records.empty());
        if (!there) return status(0x6A82);
        file = id;
        return status(0x9000);
    }

    Bytes read_binary(const Parsed& command) {
        if (selected == nullptr) return status(0x6986);
        std::size_t offset = static_cast<std::size_t>(command.p1 << 8 | command.p2);
        if ((command.p1 & 0x80) != 0) {
            const auto id = static_cast<std::uint16_t>(command.p1 & 0x1F);
            if (selected->files.count(id) == 0) return status(0x6A82);
            file = id;
            offset = command.p2;
        }
        if (!file) return status(0x6986);
        const auto found = selected->files.find(*file);
        if (found == selected->files.end()) return status(0x6981);
        const VirtualFile& ef = found->second;
        const bool open =
            ef.opened_by.empty() || std::any_of(ef.opened_by.begin(), ef.opened_by.end(), [&](std::uint16_t id) {
                const auto secret = selected->secrets.find(id);
                return secret != selected->secrets.end() && secret->second.verified;
            });
        if (!open) return status(0x6982);
        if (!command.le) return status(0x6700);
        if (offset >= ef.content.size()) return status(0x6B00);
        const std::size_t size = std::min(*command.le, ef.content.size() - offset);
        return with_data(std::span(ef.content).subspan(offset, size));
    }

    Bytes read_record(const Parsed& command) const {
        if (selected == nullptr) return status(0x6986);
        const auto found = selected->records.find(command.p1);
        if (found == selected->records.end() || (command.p2 != 0x0C && command.p2 != 0x04)) return status(0x6A83);
        return with_data(found->second);
    }

    Bytes verify(const Parsed& command) {
        if (command.p1 != 0x00 || command.p2 != 0x80) return status(0x6A86);
        if (selected == nullptr || !file) return status(0x6986);
        const auto found = selected->secrets.find(*file);
        if (found == selected->secrets.end()) return status(0x6A88);
        VirtualSecret& secret = found->second;
        const auto left = [&] { return status(0x63C0U | static_cast<unsigned>(secret.tries)); };
        // A real card goes on telling the tries after a success, too (facts §1.5).
        if (command.data.empty()) return left();
        ++secrets;
        if (secret.tries == 0) return status(0x6984);
        if (std::equal(secret.value.begin(), secret.value.end(), command.data.begin(), command.data.end())) {
            secret.tries = secret.limit;
            secret.verified = true;
            return status(0x9000);
        }
        --secret.tries;
        secret.verified = false;
        return left();
    }

    Bytes compute_signature(const Parsed& command) {
        if (selected == nullptr || !file) return status(0x6986);
        const auto found = selected->keys.find(*file);
        if (found == selected->keys.end()) return status(0x6A88);
        if (command.p1 != 0x00 || command.p2 != 0x80) return status(0x6A86);
        if (command.data.empty() || command.data.size() > 245) return status(0x6700);
        const VirtualKey& key = found->second;
        const auto secret = selected->secrets.find(key.opened_by);
        bool open = secret != selected->secrets.end() && secret->second.verified;
        if (!open && key.terminal_may_open && terminal_digest && command.data.size() == 51) {
            open = std::equal(terminal_digest->begin(), terminal_digest->end(), command.data.end() - 32);
        }
        terminal_digest.reset();
        if (!open) return status(0x6982);
        const auto signature = sign_padded(key.key, command.data);
        return signature ? with_data(*signature) : status(0x6F00);
    }

    Bytes get_challenge(const Parsed& command) {
        if (!command.le || *command.le < simulation::k_challenge_size) return status(0x6700);
        challenge.resize(simulation::k_challenge_size);
        if (RAND_bytes(challenge.data(), static_cast<int>(challenge.size())) != 1) return status(0x6F00);
        return with_data(challenge);
    }

    Bytes external_authenticate(const Parsed& command) {
        if (selected == nullptr || selected->keys.empty() || challenge.empty()) return status(0x6985);
        const Bytes used = std::exchange(challenge, {});
        if (command.data.size() != simulation::k_request_size) return status(0x6700);
        const openssl::ErrorsCleared cleared;
        const auto digest = command.data.subspan(1, 32);
        const auto signature = command.data.subspan(33);
        const auto message = simulation::message(used, command.data[0], digest);
        const openssl::KeyPtr key(
            EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, terminal.data(), terminal.size()));
        const openssl::DigestContextPtr context(EVP_MD_CTX_new());
        const bool right =
            key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
            EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
        if (!right) return status(0x6300);
        terminal_digest = k_no_digest;
        std::copy(digest.begin(), digest.end(), terminal_digest->begin());
        return status(0x9000);
    }
};

VirtualCard::VirtualCard(std::unique_ptr<CardState> state) : m_state(std::move(state)) {}
VirtualCard::~VirtualCard() = default;

Result<std::shared_ptr<VirtualCard>> VirtualCard::make(Persona persona, Bytes photo_jp2, std::chrono::sys_seconds now) {
    auto state = std::make_unique<CardState>();
    state->persona = std::move(persona);
    if (state->persona.kind == PersonaKind::MyNumber) {
        if (photo_jp2.empty() || photo_jp2.size() > k_largest_photo) {
            return fail(Fault::BadConfig, "photo of persona " + state->persona.id + ": wants 1 to " +
                                              std::to_string(k_largest_photo) + " bytes");
        }
        auto authority = Authority::shared();
        if (!authority) return tl::unexpected(authority.error());
        state->authority = std::move(*authority);
        auto applications = make_applications(state->persona, state->authority->keys(), photo_jp2, now);
        if (!applications) return tl::unexpected(applications.error());
        state->applications = std::move(*applications);
        state->certificate = state->applications.front().files.at(0x000A).content;
        state->terminal = SimulatedAttestation::terminal_public_key();
    }
    return std::shared_ptr<VirtualCard>(new VirtualCard(std::move(state)));
}

Bytes VirtualCard::answer(std::span<const std::uint8_t> command) {
    CardState& card = *m_state;
    ++card.commands;
    ++card.since_reset;
    const std::uint32_t silent = card.persona.flaky.silent_every;
    const auto parsed = parse(command);
    Bytes out;
    if (!parsed) {
        out = status(0x6700);
    } else if (parsed->ins == 0x2A ? parsed->cla != 0x80 : parsed->cla != 0x00) {
        out = status(0x6E00);
    } else {
        switch (parsed->ins) {
            case 0xA4:
                out = card.select(*parsed);
                break;
            case 0xB0:
                out = card.read_binary(*parsed);
                break;
            case 0xB2:
                out = card.read_record(*parsed);
                break;
            case 0x20:
                out = card.verify(*parsed);
                break;
            case 0x2A:
                out = card.compute_signature(*parsed);
                break;
            case 0x84:
                out = card.get_challenge(*parsed);
                break;
            case 0x82:
                out = card.external_authenticate(*parsed);
                break;
            default:
                out = status(0x6D00);
                break;
        }
    }
    // The card has acted; it is the answer that gets lost.
    if (silent != 0 && card.commands % silent == 0) return {};
    return out;
}

void VirtualCard::reset() {
    for (auto& application : m_state->applications) {
        m_state->selected = &application;
        m_state->forget();
    }
    m_state->selected = nullptr;
    m_state->since_reset = 0;
}

bool VirtualCard::wants_to_leave() const {
    const std::uint32_t limit = m_state->persona.flaky.gone_after;
    return limit != 0 && m_state->since_reset >= limit;
}

Bytes VirtualCard::atr() const {
    // A My Number card over contacts (facts §1.0); a FeliCa transit card as contactless readers present it.
    if (m_state->persona.kind == PersonaKind::MyNumber) return {0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14};
    return {0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00,
            0x03, 0x06, 0x11, 0x00, 0x3B, 0x00, 0x00, 0x00, 0x00, 0x42};
}

const Persona& VirtualCard::persona() const {
    return m_state->persona;
}
std::uint64_t VirtualCard::commands() const {
    return m_state->commands;
}
std::uint64_t VirtualCard::secrets_received() const {
    return m_state->secrets;
}
const Bytes& VirtualCard::certificate_der() const {
    return m_state->certificate;
}

}  // namespace uketsuke::card
