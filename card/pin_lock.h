// Locks the 4-digit PINs of a My Number card, as a municipal office does for a 顔認証マイナンバーカード: such a card is
// used by face or visual check, never by PIN. There is no way back here: no call unlocks, sets or changes a PIN, only
// the municipal office can. 照合番号A, 照合番号B and the signature password are left alone, so that photo and
// attributes stay readable. Source: the municipal procedures for the 顔認証マイナンバーカード (a PIN that is set is
// locked as it is; locking a locked card again succeeds); references: facts §1.2 and §1.3 (community knowledge, 住基AP:
// soltia48).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "card/channel.h"
#include "card/error.h"
#include "card/my_number_card.h"

namespace uketsuke::card {

enum class LockablePin : std::uint8_t {
    UserAuthentication,  // 利用者証明用: JPKI application, EF 0018
    TextInput,           // 券面入力補助用: D3921000310001010408, EF 0011
    Resident,            // 住民基本台帳用: D3921000310001010401, EF 001C
};
inline constexpr std::array k_lockable_pins{LockablePin::UserAuthentication, LockablePin::TextInput,
                                            LockablePin::Resident};
std::string_view name_of(LockablePin pin);  // "user-authentication", "text-input", "resident"

// Tries left, as the card said last; 0: locked. nullopt: the card has no such reference, was not asked, or did not say.
using TriesLeft = std::optional<int>;

// What is only looked at.
struct OtherTries {
    TriesLeft signature_password;  // JPKI application, EF 001B
    TriesLeft number_b;            // 券面事項確認AP, EF 0012
    TriesLeft common;              // 共通カードAP, EF 001C: not one of the three, left as it is
};

struct PinSurvey {
    CardKind kind = CardKind::Other;  // when not MyNumber, nothing else was asked
    std::string certificate_serial;   // of user authentication, hex; empty when there is none
    std::optional<std::chrono::sys_seconds> certificate_end;
    std::string card_serial;  // 共通カードAP, at most 15 printable characters; empty when the card does not tell
    std::array<TriesLeft, k_lockable_pins.size()> tries;  // in the order of k_lockable_pins
    OtherTries others;
};

// What lies there. Sends no PIN and spends no try. An error when an answer was lost or the token label is unreadable.
Result<PinSurvey> survey_pins(Channel& channel);

enum class PinLockState : std::uint8_t {
    Untouched,         // nothing was sent to it
    Absent,            // this card has no such PIN
    WasLockedAlready,  // the card said so before anything was sent
    Locked,            // by us; the card has confirmed it when asked again
    NotLocked,         // `after` tries are left: the card does not count as expected, see PinLockOutcome::trouble
    Unconfirmed,       // something was sent, and what became of it is not known; `after` is what was known before that
};
std::string_view name_of(PinLockState state);  // "untouched", …

struct PinLockOutcome {
    LockablePin pin{};
    PinLockState state = PinLockState::Untouched;
    TriesLeft before{};
    TriesLeft after{};               // as the card said last
    std::optional<Error> trouble{};  // what stood in the way: never set for Absent, WasLockedAlready and Locked
};

struct PinLockReport {
    std::array<PinLockOutcome, k_lockable_pins.size()> pins{PinLockOutcome{LockablePin::UserAuthentication},
                                                            PinLockOutcome{LockablePin::TextInput},
                                                            PinLockOutcome{LockablePin::Resident}};
    // A lost answer, after which nothing was sent any more; or the refusal of a card that is no My Number card
    // (NotMyNumberCard, NotThisCard), to which nothing was sent at all.
    std::optional<Error> stopped_by;
    OtherTries others;  // asked at the end

    // Every PIN that the card has is locked, the card has confirmed it, and there is at least one.
    bool complete() const;
};

// At most this many wrong PINs are sent to one reference: 3 that count, and some for a card that does not count what
// can be no PIN, or whose PIN is the very one that was sent.
inline constexpr int k_most_guesses = 12;

// Sends wrong PINs until the card says "locked". Before each the counter is asked; a locked PIN gets nothing. The first
// guess can be no PIN at all; where the card does not count that, four digits are taken, and others after a success
// (two different guesses cannot both be right). Identifies the card itself, by its token label, and refuses any other.
// The card stays selected and unverified; the channel's end resets it.
PinLockReport lock_pins(Channel& channel);

}  // namespace uketsuke::card
