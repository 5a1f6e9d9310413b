#include "card/pin_lock.h"

#include <algorithm>
#include <span>
#include <utility>

#include "card/apdu.h"
#include "card/secret.h"
#include "card/status_word.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

using Aid = std::array<std::uint8_t, 10>;
constexpr Aid k_jpki{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
constexpr Aid k_resident{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01};
constexpr Aid k_surface{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
constexpr Aid k_text{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08};
constexpr Aid k_common{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};

constexpr int k_pin_limit = 3;  // of a fresh 4-digit PIN
constexpr std::size_t k_card_serial_size = 15;

struct Reference {
    const Aid& aid;
    std::uint16_t file;
    std::string_view name;
};
constexpr Reference k_signature_password{k_jpki, 0x001B, "signature password"};
constexpr Reference k_number_b{k_surface, 0x0012, "照合番号B"};
constexpr Reference k_common_pin{k_common, 0x001C, "PIN of 共通カードAP"};

Reference reference_of(LockablePin pin) {
    switch (pin) {
        case LockablePin::UserAuthentication:
            return {k_jpki, 0x0018, "user-authentication PIN"};
        case LockablePin::TextInput:
            return {k_text, 0x0011, "券面入力補助 PIN"};
        case LockablePin::Resident:
            break;
    }
    return {k_resident, 0x001C, "住基 PIN"};
}

// False: this card has no such reference. A refused SELECT leaves what was selected before, so that the caller must
// send nothing more.
Result<bool> select(ApduEngine& engine, const Reference& reference) {
    const std::string where = "SELECT of the " + std::string(reference.name);
    auto selected = engine.select_application(reference.aid, where);
    if (selected) selected = engine.select_file(reference.file, where);
    if (selected) return true;
    if (!engine.broken() && selected.error().fault == Fault::NotFound) return false;
    return tl::unexpected(selected.error());
}

// The counter of the selected reference.
Result<TriesLeft> tries_left(ApduEngine& engine, const Reference& reference) {
    const std::string where = "tries left of the " + std::string(reference.name);
    const auto answer = engine.exchange({0x00, 0x20, 0x00, 0x80}, where);
    if (!answer) return tl::unexpected(answer.error());
    if (const auto tries = tries_in(answer->status_word)) return TriesLeft{*tries};
    const Status status = status_of(answer->status_word);
    // ISO 7816-4 lets a card say 9000 when the reference is verified already; a success has restored the counter.
    if (status == Status::Ok) return TriesLeft{k_pin_limit};
    if (status == Status::NotFound) return TriesLeft{};
    return tl::unexpected(error_of(answer->status_word, where));
}

// For the record only: what the card does not tell is left open.
TriesLeft look_at(ApduEngine& engine, const Reference& reference) {
    const auto there = select(engine, reference);
    if (!there || !*there) return std::nullopt;
    return tries_left(engine, reference).value_or(TriesLeft{});
}

OtherTries look_at_others(ApduEngine& engine) {
    OtherTries others;
    others.signature_password = look_at(engine, k_signature_password);
    others.number_b = look_at(engine, k_number_b);
    others.common = look_at(engine, k_common_pin);
    return others;
}

std::string read_card_serial(ApduEngine& engine) {
    constexpr std::string_view k_where = "record of 共通カードAP";
    if (!engine.select_application(k_common, k_where)) return {};
    const auto record = engine.expect_ok({0x00, 0xB2, 0x01, 0x0C, {}, 256}, k_where);
    if (!record) return {};
    const auto elements = parse_tlv(*record);
    if (!elements) return {};
    const auto found = find_tlv(*elements, 0x01);
    if (!found || found->value.size() < k_card_serial_size) return {};
    std::string text;
    for (const std::uint8_t byte : found->value.first(k_card_serial_size)) {
        if (byte < 0x20 || byte >= 0x7F) return {};
        text += static_cast<char>(byte);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

// Wrong PINs, one after the other: first what can be no PIN, then two that cannot both be the right one.
class Guesses {
  public:
    std::span<const std::uint8_t> now() const { return m_now; }
    void next() {
        m_even = !m_even;
        const std::string_view digits = m_even ? "7318" : "4095";
        m_now.assign(digits.begin(), digits.end());
    }

  private:
    SecretBytes m_now = SecretBytes(4, std::uint8_t{'*'});
    bool m_even = false;
};

PinLockOutcome& end_with(PinLockOutcome& out, PinLockState state) {
    out.state = state;
    return out;
}

PinLockOutcome& end_with(PinLockOutcome& out, PinLockState state, Error trouble) {
    out.trouble = std::move(trouble);
    return end_with(out, state);
}

PinLockOutcome lock_one(ApduEngine& engine, LockablePin pin) {
    const Reference reference = reference_of(pin);
    PinLockOutcome out{pin};
    const auto there = select(engine, reference);
    if (!there) return end_with(out, PinLockState::Untouched, there.error());
    if (!*there) return end_with(out, PinLockState::Absent);
    Guesses guesses;
    for (int sent = 0;; ++sent) {
        const bool fresh = sent == 0;
        const auto asked = tries_left(engine, reference);
        if (!asked) return end_with(out, fresh ? PinLockState::Untouched : PinLockState::Unconfirmed, asked.error());
        if (!*asked) {
            if (fresh) return end_with(out, PinLockState::Absent);
            return end_with(out, PinLockState::Unconfirmed,
                            Error{Fault::NotFound, 0, "the card no longer knows the " + std::string(reference.name)});
        }
        const int tries = **asked;
        // Not counted, or it was the right one and has restored the counter: the same again would lead nowhere.
        if (!fresh && tries >= *out.after) guesses.next();
        if (fresh) out.before = tries;
        out.after = tries;
        if (tries == 0) return end_with(out, fresh ? PinLockState::WasLockedAlready : PinLockState::Locked);
        if (tries > k_pin_limit) {
            // Whatever this is, a 4-digit PIN it is not.
            return end_with(out, PinLockState::NotLocked,
                            Error{Fault::NotThisCard, 0,
                                  "the " + std::string(reference.name) + " has " + std::to_string(tries) + " tries"});
        }
        if (sent == k_most_guesses) {
            return end_with(out, PinLockState::NotLocked,
                            Error{Fault::UnexpectedStatus, 0,
                                  "the " + std::string(reference.name) + " does not count wrong entries"});
        }
        const auto answer =
            engine.exchange({0x00, 0x20, 0x00, 0x80, guesses.now()}, "VERIFY of the " + std::string(reference.name));
        // What the card said to it is not looked at: its counter says it better.
        if (!answer) return end_with(out, PinLockState::Unconfirmed, answer.error());
    }
}

}  // namespace

std::string_view name_of(LockablePin pin) {
    switch (pin) {
        case LockablePin::UserAuthentication:
            return "user-authentication";
        case LockablePin::TextInput:
            return "text-input";
        case LockablePin::Resident:
            return "resident";
    }
    return "resident";
}

std::string_view name_of(PinLockState state) {
    switch (state) {
        case PinLockState::Untouched:
            return "untouched";
        case PinLockState::Absent:
            return "absent";
        case PinLockState::WasLockedAlready:
            return "was-locked-already";
        case PinLockState::Locked:
            return "locked";
        case PinLockState::NotLocked:
            return "not-locked";
        case PinLockState::Unconfirmed:
            return "unconfirmed";
    }
    return "unconfirmed";
}

bool PinLockReport::complete() const {
    const auto is_locked = [](const PinLockOutcome& one) {
        return one.state == PinLockState::Locked || one.state == PinLockState::WasLockedAlready;
    };
    return std::any_of(pins.begin(), pins.end(), is_locked) &&
           std::all_of(pins.begin(), pins.end(),
                       [&](const PinLockOutcome& one) { return is_locked(one) || one.state == PinLockState::Absent; });
}

Result<PinSurvey> survey_pins(Channel& channel) {
    MyNumberCard session(channel);
    const auto kind = session.identify();
    if (!kind) return tl::unexpected(kind.error());
    PinSurvey survey;
    survey.kind = *kind;
    if (*kind != CardKind::MyNumber) return survey;
    if (const auto certificate = session.read_certificate()) {
        survey.certificate_serial = certificate->serial_hex;
        survey.certificate_end = certificate->not_after;
    }
    ApduEngine& engine = session.engine();
    survey.card_serial = read_card_serial(engine);
    for (std::size_t i = 0; i < k_lockable_pins.size(); ++i) {
        survey.tries[i] = look_at(engine, reference_of(k_lockable_pins[i]));
    }
    survey.others = look_at_others(engine);
    if (engine.broken()) return tl::unexpected(*engine.broken());
    return survey;
}

PinLockReport lock_pins(Channel& channel) {
    PinLockReport report;
    MyNumberCard session(channel);
    const auto kind = session.identify();
    if (!kind) {
        report.stopped_by = kind.error();
        return report;
    }
    if (*kind != CardKind::MyNumber) {
        const Fault fault = *kind == CardKind::Other ? Fault::NotMyNumberCard : Fault::NotThisCard;
        report.stopped_by = Error{fault, 0, "token label: " + std::string(name_of(*kind))};
        return report;
    }
    ApduEngine& engine = session.engine();
    for (PinLockOutcome& one : report.pins) {
        one = lock_one(engine, one.pin);
        if (engine.broken()) break;
    }
    if (!engine.broken()) report.others = look_at_others(engine);
    report.stopped_by = engine.broken();
    return report;
}

}  // namespace uketsuke::card
