#include "tests/card/fixtures.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace uketsuke::card::testing {

Bytes hex(std::string_view text) {
    Bytes out;
    int half = -1;
    for (const char c : text) {
        if (c == ' ') continue;
        const std::string_view digits = "0123456789ABCDEF";
        const auto value = static_cast<int>(digits.find(static_cast<char>(c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c)));
        if (half < 0) {
            half = value;
        } else {
            out.push_back(static_cast<std::uint8_t>(half << 4 | value));
            half = -1;
        }
    }
    return out;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string out;
    for (const std::uint8_t byte : bytes) {
        out += "0123456789ABCDEF"[byte >> 4];
        out += "0123456789ABCDEF"[byte & 0xF];
    }
    return out;
}

Bytes test_photo(std::size_t filler) {
    Bytes photo =
        hex("0000000C 6A502020 0D0A870A 00000014 66747970 6A703220 00000000 6A703220"
            "0000002D 6A703268 00000016 69686472 00000140 000000F0 0001 07 07 00 00"
            "0000000F 636F6C72 01 00 00 00000011 00000000 6A703263");
    for (std::size_t i = 0; i < filler; ++i) photo.push_back(static_cast<std::uint8_t>(i * 31 + i / 251));
    return photo;
}

Persona test_persona() {
    using std::chrono::day;
    using std::chrono::month;
    using std::chrono::year;
    Persona persona;
    persona.id = "test";
    persona.label = "test";
    persona.label_en = "test";
    persona.name = "試験　太郎";
    persona.address = "東京都架空区みどり町１丁目２番３号";
    persona.birth_date = year{1980} / month{2} / day{17};
    persona.sex = Sex::Male;
    persona.security_code = "2285";
    persona.card_expiry = year{2035} / month{2} / day{17};
    persona.certificate.days = 400;
    return persona;
}

std::string persona_path(const std::string& id) {
    return std::string(UKETSUKE_SOURCE_DIR) + "/assets/personas/" + id + ".toml";
}

std::chrono::sys_seconds test_now() {
    return std::chrono::sys_days{std::chrono::year{2026} / std::chrono::month{11} / std::chrono::day{21}};
}

std::shared_ptr<VirtualCard> make_card(Persona persona, std::size_t photo_filler) {
    auto card = VirtualCard::make(std::move(persona), test_photo(photo_filler), test_now());
    if (!card) throw std::runtime_error(describe(card.error()));
    return *card;
}

Result<Bytes> ScriptedChannel::transmit(std::span<const std::uint8_t> command) {
    sent.push_back(to_hex(command));
    if (m_answers.empty()) return fail(Fault::CardSilent, "the script has ended");
    const std::string answer = m_answers.front();
    m_answers.pop_front();
    if (answer.empty()) return fail(Fault::CardGone, "scripted");
    return hex(answer);
}

Result<Bytes> CardChannel::transmit(std::span<const std::uint8_t> command) {
    sent.emplace_back(command.begin(), command.end());
    Bytes answer = m_card.answer(command);
    if (m_tamper) return m_tamper(sent.size() - 1, command, std::move(answer));
    return answer;
}

std::size_t CardChannel::secrets_sent() const {
    return static_cast<std::size_t>(
        std::count_if(sent.begin(), sent.end(), [](const Bytes& one) { return one[1] == 0x20 && one.size() > 4; }));
}

}  // namespace uketsuke::card::testing
