#include "card/virtual_card.h"

#include <utility>

#include "card/attestation.h"
#include "card/virtual_chip.h"
#include "card/virtual_files.h"

namespace uketsuke::card {
namespace {

// READ BINARY addresses 32 KiB; the record around the photo takes up to 4 KiB of it.
constexpr std::size_t k_largest_photo = 28 * 1024;

}  // namespace

VirtualCard::VirtualCard(std::unique_ptr<CardState> state) : m_state(std::move(state)) {}
VirtualCard::~VirtualCard() = default;

Result<std::shared_ptr<VirtualCard>> VirtualCard::make(Persona persona, Bytes photo_jp2, std::chrono::sys_seconds now) {
    auto state = std::make_unique<CardState>();
    state->persona = std::move(persona);
    state->persona.lock_pins_of_face_authentication_card();
    if (state->persona.has_holder()) {
        if (state->persona.has_front() && (photo_jp2.empty() || photo_jp2.size() > k_largest_photo)) {
            return fail(Fault::BadConfig, "photo of persona " + state->persona.id + ": wants 1 to " +
                                              std::to_string(k_largest_photo) + " bytes");
        }
        auto authority = Authority::shared();
        if (!authority) return tl::unexpected(authority.error());
        state->authority = std::move(*authority);
        auto applications = make_applications(state->persona, state->authority->keys(), photo_jp2, now);
        if (!applications) return tl::unexpected(applications.error());
        state->applications = std::move(*applications);
        const auto& jpki = state->applications.front().files;
        if (const auto file = jpki.find(0x000A); file != jpki.end()) state->certificate = file->second.content;
        state->terminal = SimulatedAttestation::terminal_public_key();
    }
    return std::shared_ptr<VirtualCard>(new VirtualCard(std::move(state)));
}

Bytes VirtualCard::answer(std::span<const std::uint8_t> command) {
    CardState& card = *m_state;
    ++card.commands;
    ++card.since_reset;
    if (!has_chip()) return {};
    const std::uint32_t silent = card.persona.flaky.silent_every;
    Bytes out = card.answer(command);
    // The card has acted; it is the answer that gets lost.
    if (silent != 0 && card.commands % silent == 0) return {};
    return out;
}

void VirtualCard::reset() {
    m_state->power_on();
}

bool VirtualCard::has_chip() const {
    return m_state->persona.kind != PersonaKind::NoChip;
}

bool VirtualCard::wants_to_leave() const {
    const std::uint32_t limit = m_state->persona.flaky.gone_after;
    return limit != 0 && m_state->since_reset >= limit;
}

Bytes VirtualCard::atr() const {
    switch (m_state->persona.kind) {
        case PersonaKind::MyNumber:
        case PersonaKind::ResidentCard:  // a My Number card over contacts (facts §1.0)
            return {0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14};
        case PersonaKind::Smartphone:  // as contactless readers present ISO 14443-4 without historical bytes
            return {0x3B, 0x80, 0x80, 0x01, 0x01};
        case PersonaKind::OtherCard:  // a FeliCa transit card, as contactless readers present it
            return {0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00,
                    0x03, 0x06, 0x11, 0x00, 0x3B, 0x00, 0x00, 0x00, 0x00, 0x42};
        case PersonaKind::NoChip:
            break;
    }
    return {};
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
