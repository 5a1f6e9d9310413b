#include "card/virtual_chip.h"

#include <openssl/rand.h>

#include <algorithm>
#include <utility>

#include "card/simulation.h"

namespace uketsuke::card {
namespace {

constexpr std::array<std::uint8_t, 32> k_no_digest{};

}  // namespace

Bytes CardState::answer(std::span<const std::uint8_t> command) {
    const auto parsed = parse_command(command);
    if (!parsed) return status_answer(0x6700);
    if (parsed->ins == 0x2A ? parsed->cla != 0x80 : parsed->cla != 0x00) return status_answer(0x6E00);
    if (parsed->ins != 0xC0) pending.clear();
    return dispatch(*parsed);
}

Bytes CardState::dispatch(const VirtualCommand& command) {
    switch (command.ins) {
        case 0xA4:
            return select(command);
        case 0xB0:
            return read_binary(command);
        case 0xB2:
            return read_record(command);
        case 0xC0:
            return get_response(command);
        case 0x20:
            return verify(command);
        case 0x2A:
            return compute_signature(command);
        case 0x84:
            return get_challenge(command);
        case 0x82:
            return external_authenticate(command);
        default:
            return status_answer(0x6D00);
    }
}

void CardState::power_on() {
    for (auto& application : applications) {
        selected = &application;
        forget();
    }
    selected = nullptr;
    file.reset();
    since_reset = 0;
}

void CardState::forget() {
    if (selected != nullptr) {
        for (auto& [id, secret] : selected->secrets) secret.verified = false;
    }
    file.reset();
    challenge.clear();
    pending.clear();
    terminal_digest.reset();
}

Bytes CardState::select(const VirtualCommand& command) {
    if (command.p1 == 0x04) {
        const auto found = std::find_if(applications.begin(), applications.end(), [&](const auto& one) {
            return std::equal(one.aid.begin(), one.aid.end(), command.data.begin(), command.data.end());
        });
        if (found == applications.end()) return status_answer(0x6A82);
        forget();
        selected = &*found;
        return status_answer(0x9000);
    }
    if (command.p1 != 0x02 || command.data.size() != 2) return status_answer(0x6A82);
    if (selected == nullptr) return status_answer(0x6A82);
    const auto id = static_cast<std::uint16_t>(command.data[0] << 8 | command.data[1]);
    const bool there = selected->files.count(id) != 0 || selected->secrets.count(id) != 0 ||
                       selected->keys.count(id) != 0 || (id == 1 && !selected->records.empty());
    if (!there) return status_answer(0x6A82);
    file = id;
    return status_answer(0x9000);
}

Bytes CardState::read_binary(const VirtualCommand& command) {
    if (selected == nullptr) return status_answer(0x6986);
    std::size_t offset = static_cast<std::size_t>(command.p1 << 8 | command.p2);
    if ((command.p1 & 0x80) != 0) {
        const auto id = static_cast<std::uint16_t>(command.p1 & 0x1F);
        if (selected->files.count(id) == 0) return status_answer(0x6A82);
        file = id;
        offset = command.p2;
    }
    if (!file) return status_answer(0x6986);
    const auto found = selected->files.find(*file);
    if (found == selected->files.end()) return status_answer(0x6981);
    const VirtualFile& ef = found->second;
    const bool open =
        ef.opened_by.empty() || std::any_of(ef.opened_by.begin(), ef.opened_by.end(), [&](std::uint16_t id) {
            const auto secret = selected->secrets.find(id);
            return secret != selected->secrets.end() && secret->second.verified;
        });
    if (!open) return status_answer(0x6982);
    if (!command.le) return status_answer(0x6700);
    if (offset >= ef.content.size()) return status_answer(0x6B00);
    return give(std::span(ef.content).subspan(offset), *command.le);
}

Bytes CardState::give(std::span<const std::uint8_t> rest, std::size_t asked) {
    const std::size_t wanted = std::min(asked, rest.size());
    const std::size_t now = at_once(wanted);
    switch (persona.answers) {
        case AnswerStyle::Short:
            return data_answer(rest.first(now));
        case AnswerStyle::WrongLength:
            if (asked > now) return status_answer(0x6C00U | static_cast<unsigned>(now & 0xFF));
            return data_answer(rest.first(now));
        case AnswerStyle::MoreData:
            return in_parts(rest.first(wanted), now);
    }
    return status_answer(0x6F00);
}

std::size_t CardState::at_once(std::size_t wanted) const {
    return persona.largest_answer == 0 ? wanted : std::min(wanted, persona.largest_answer);
}

Bytes CardState::in_parts(std::span<const std::uint8_t> all, std::size_t now) {
    pending.assign(all.begin() + static_cast<std::ptrdiff_t>(now), all.end());
    if (pending.empty()) return data_answer(all);
    const std::size_t next = std::min<std::size_t>(pending.size(), 0xFF);
    return data_answer(all.first(now), 0x6100U | static_cast<unsigned>(next));
}

Bytes CardState::get_response(const VirtualCommand& command) {
    const Bytes rest = std::exchange(pending, {});
    if (rest.empty()) return status_answer(0x6985);
    if (!command.le) return status_answer(0x6700);
    return in_parts(rest, at_once(std::min(*command.le, rest.size())));
}

Bytes CardState::read_record(const VirtualCommand& command) const {
    if (selected == nullptr) return status_answer(0x6986);
    const auto found = selected->records.find(command.p1);
    if (found == selected->records.end() || (command.p2 != 0x0C && command.p2 != 0x04)) return status_answer(0x6A83);
    return data_answer(found->second);
}

Bytes CardState::verify(const VirtualCommand& command) {
    if (command.p1 != 0x00 || command.p2 != 0x80) return status_answer(0x6A86);
    if (selected == nullptr || !file) return status_answer(0x6986);
    const auto found = selected->secrets.find(*file);
    if (found == selected->secrets.end()) return status_answer(0x6A88);
    VirtualSecret& secret = found->second;
    const auto left = [&] { return status_answer(0x63C0U | static_cast<unsigned>(secret.tries)); };
    // A real card goes on telling the tries after a success, too (facts §1.5).
    if (command.data.empty()) return left();
    ++secrets;
    if (secret.tries == 0) return status_answer(0x6984);
    if (std::equal(secret.value.begin(), secret.value.end(), command.data.begin(), command.data.end())) {
        secret.tries = secret.limit;
        secret.verified = true;
        return status_answer(0x9000);
    }
    --secret.tries;
    secret.verified = false;
    return left();
}

Bytes CardState::compute_signature(const VirtualCommand& command) {
    if (selected == nullptr || !file) return status_answer(0x6986);
    const auto found = selected->keys.find(*file);
    if (found == selected->keys.end()) return status_answer(0x6A88);
    if (command.p1 != 0x00 || command.p2 != 0x80) return status_answer(0x6A86);
    if (command.data.empty() || command.data.size() > 245) return status_answer(0x6700);
    const VirtualKey& key = found->second;
    const auto secret = selected->secrets.find(key.opened_by);
    bool open = secret != selected->secrets.end() && secret->second.verified;
    if (!open && key.terminal_may_open && terminal_digest && command.data.size() == 51) {
        open = std::equal(terminal_digest->begin(), terminal_digest->end(), command.data.end() - 32);
    }
    terminal_digest.reset();
    if (!open) return status_answer(0x6982);
    const auto signature = sign_padded(key.key, command.data);
    return signature ? data_answer(*signature) : status_answer(0x6F00);
}

Bytes CardState::get_challenge(const VirtualCommand& command) {
    if (!command.le || *command.le < simulation::k_challenge_size) return status_answer(0x6700);
    challenge.resize(simulation::k_challenge_size);
    if (RAND_bytes(challenge.data(), static_cast<int>(challenge.size())) != 1) return status_answer(0x6F00);
    return data_answer(challenge);
}

Bytes CardState::external_authenticate(const VirtualCommand& command) {
    if (selected == nullptr || selected->keys.empty() || challenge.empty()) return status_answer(0x6985);
    const Bytes used = std::exchange(challenge, {});
    if (command.data.size() != simulation::k_request_size) return status_answer(0x6700);
    const openssl::ErrorsCleared cleared;
    const auto digest = command.data.subspan(1, 32);
    const auto signature = command.data.subspan(33);
    const auto message = simulation::message(used, command.data[0], digest);
    const openssl::KeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, terminal.data(), terminal.size()));
    const openssl::DigestContextPtr context(EVP_MD_CTX_new());
    const bool right =
        key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    if (!right) return status_answer(0x6300);
    terminal_digest = k_no_digest;
    std::copy(digest.begin(), digest.end(), terminal_digest->begin());
    return status_answer(0x9000);
}

}  // namespace uketsuke::card
