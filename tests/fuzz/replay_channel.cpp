#include "tests/fuzz/replay_channel.h"

#include <algorithm>
#include <array>

#include "card/status_word.h"

namespace uketsuke::fuzz {
namespace {

using card::Bytes;

const Bytes k_jpki{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
const Bytes k_resident{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01};
const Bytes k_surface{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
const Bytes k_text{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08};

struct Secret {
    std::string_view name;
    const Bytes& aid;
    std::uint16_t file;
    std::size_t size;  // of what is sent to it
};
const std::array k_secrets{
    Secret{"user-authentication", k_jpki, 0x0018, 4},   Secret{"text-input", k_text, 0x0011, 4},
    Secret{"resident", k_resident, 0x001C, 4},          Secret{"number-b", k_surface, 0x0012, 14},
    Secret{"number-b of the text", k_text, 0x0015, 14},
};

bool is_forbidden(const Bytes& aid, std::uint16_t file) {
    const bool text = aid == k_text && (file == 0x0001 || file == 0x0014);
    const bool surface = aid == k_surface && (file == 0x0001 || file == 0x0005 || file == 0x0013);
    return text || surface;
}

}  // namespace

Bytes next_record(Input script, std::size_t& at) {
    if (at >= script.size()) return {};
    std::size_t length = script[at++];
    if (length == 0xFF) {
        if (script.size() - at < 2) {
            at = script.size();
            return {};
        }
        length = static_cast<std::size_t>(script[at]) << 8 | script[at + 1];
        at += 2;
    }
    length = std::min(length, script.size() - at);
    const auto record = script.subspan(at, length);
    at += length;
    return exact_copy(record);
}

void append_record(Bytes& script, Input record) {
    if (record.size() >= 0xFF) {
        script.insert(script.end(), {0xFF, static_cast<std::uint8_t>(record.size() >> 8)});
    }
    script.push_back(static_cast<std::uint8_t>(record.size()));
    script.insert(script.end(), record.begin(), record.end());
}

ReplayOptions ReplayOptions::from(std::uint8_t byte) {
    ReplayOptions options;
    options.run = static_cast<Run>(byte & 3);
    options.extended_reads = (byte & 4) != 0;
    options.end = static_cast<End>(std::min((byte >> 3) & 3, 2));
    return options;
}

Bytes ReplayChannel::next_answer() {
    if (m_at >= m_script.size()) {
        switch (m_options.end) {
            case ReplayOptions::End::Lost:
                return {};
            case ReplayOptions::End::LastAnswer:
                return m_last;
            case ReplayOptions::End::Again:
                m_at = 0;
                break;
        }
    }
    m_last = next_record(m_script, m_at);
    return m_last;
}

card::Result<Bytes> ReplayChannel::transmit(std::span<const std::uint8_t> command) {
    promise(!m_lost, "something was sent after a lost answer");
    const std::size_t sessions = m_options.run == ReplayOptions::Run::SurveyAndLock ? 2 : 1;
    promise(++m_exchanges <= sessions * card::k_most_exchanges, "the card keeps the session busy for ever");
    look_at(command);
    Bytes answer = next_answer();
    if (answer.size() < 2) m_lost = true;
    if (answer.empty()) return card::fail(card::Fault::CardGone, "replayed");
    if (!m_lost) take(static_cast<std::uint16_t>(answer[answer.size() - 2] << 8 | answer.back()));
    return answer;
}

void ReplayChannel::look_at(std::span<const std::uint8_t> command) {
    promise(command.size() >= 4, "a command of less than four bytes");
    const std::uint8_t ins = command[1];
    promise(command[0] == (ins == 0x2A ? 0x80 : 0x00), "a foreign class");
    constexpr std::array<std::uint8_t, 6> k_allowed{0xA4, 0xB0, 0xB2, 0x20, 0xC0, 0x2A};
    promise(std::find(k_allowed.begin(), k_allowed.end(), ins) != k_allowed.end(), "a foreign instruction");
    if (ins == 0xC0) return;  // the rest of the answer before
    m_command.assign(command.begin(), command.end());
    if (ins == 0xA4 && command[2] == 0x02) {
        promise(command.size() == 7, "SELECT of an EF");
        const auto file = static_cast<std::uint16_t>(command[5] << 8 | command[6]);
        promise(!is_forbidden(m_selected.aid, file), "the My Number or 照合番号A was selected");
    }
    if (ins != 0x20 || command.size() == 4) return;
    const auto secret = std::find_if(k_secrets.begin(), k_secrets.end(), [&](const Secret& one) {
        return one.aid == m_selected.aid && one.file == m_selected.file;
    });
    promise(secret != k_secrets.end(), "VERIFY with data of something that is no PIN of ours");
    promise(command[4] == secret->size && command.size() == 5 + secret->size, "VERIFY with a wrong length");
    const auto told = m_tries.find(m_selected);
    promise(told != m_tries.end(), "VERIFY without asking the counter");
    promise(told->second > 0, "VERIFY on a locked counter");
    if (m_options.run == ReplayOptions::Run::Session) {
        promise(secret->name != "text-input" && secret->name != "resident", "a session sent the wrong PIN");
    } else {
        promise(secret->size == 4, "照合番号B was sent while locking");
        promise(m_options.run != ReplayOptions::Run::Survey, "a survey sent a PIN");
    }
    m_tries.erase(told);
}

void ReplayChannel::take(std::uint16_t status_word) {
    const card::Status status = card::status_of(status_word);
    if (status == card::Status::MoreData || m_command.empty()) return;
    const Bytes command = std::exchange(m_command, {});
    if (command[1] == 0xA4 && status == card::Status::Ok) {
        if (command[2] == 0x04) m_selected = Place{Bytes(command.begin() + 5, command.end()), 0};
        if (command[2] == 0x02) m_selected.file = static_cast<std::uint16_t>(command[5] << 8 | command[6]);
    }
    if (command[1] != 0x20 || command.size() != 4) return;
    m_tries.erase(m_selected);
    if (const auto tries = card::tries_in(status_word)) m_tries[m_selected] = *tries;
    if (status == card::Status::Ok) m_tries[m_selected] = 1;  // verified, so not locked
}

std::optional<int> ReplayChannel::tries_told(std::string_view reference) const {
    for (const Secret& one : k_secrets) {
        if (one.name != reference) continue;
        const auto told = m_tries.find(Place{one.aid, one.file});
        if (told != m_tries.end()) return told->second;
    }
    return std::nullopt;
}

}  // namespace uketsuke::fuzz
