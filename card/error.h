// The card room's own words for what can go wrong, and the value that carries them.
// No message holds a personal value: `where` names a step, a file of the card, a reader or a configuration file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace uketsuke::card {

using Bytes = std::vector<std::uint8_t>;

enum class Fault : std::uint8_t {
    NoService,             // the PC/SC service (pcscd) is away
    NoReader,              // the service runs, no reader is plugged in
    NoCard,                // a reader, and nothing on it
    ReaderBusy,            // another program holds the card
    CardGone,              // the card left in the middle, or another one lies there now
    CardSilent,            // the card is there and gives no usable answer
    NoChip,                // something lies there and no chip answers: turned the wrong way, or it has none
    TwoCards,              // two cards at once: which one is meant cannot be known
    NotMyNumberCard,       // it answers, and has no JPKI application
    NotThisCard,           // this kind of card cannot do what was asked (an old resident card, a smartphone token)
    NotFound,              // a file or key that this card does not have
    NotAllowed,            // the card wants a PIN or 照合番号 first (6982, 6985, 6986)
    UnexpectedStatus,      // a status word that means nothing here; see Error::status_word
    BadData,               // what the card gave does not parse, or runs past its bounds
    PinLocked,             // no tries are left
    CounterChanged,        // the counter is not the expected one; nothing was sent
    FloorReached,          // too few tries of 照合番号B are left to spend one
    NumberRefused,         // 照合番号B was wrong, or this same number was refused before
    IssuerSignatureWrong,  // the issuer's signature over the face record does not verify: forged or damaged
    Crypto,                // OpenSSL refused
    BadConfig,             // a persona or a number that was given to us is wrong
    Transport,             // a socket to the virtual reader failed
};

// How a caller reacts. Retry: place the card again, the same step may work. Refusal: the card has answered, asking
// again changes nothing. Broken: device, service or configuration need staff.
enum class ErrorKind : std::uint8_t { Retry, Refusal, Broken };

struct Error {
    Fault fault{};
    std::uint16_t status_word = 0;  // ISO 7816 SW1 SW2 when the card answered, else 0
    std::string where;              // "SELECT of the JPKI application", "assets/personas/x.toml:3: unknown key \"pn\""
};

template <class T>
using Result = tl::expected<T, Error>;

ErrorKind kind_of(Fault fault);
// "card-gone": stable, for logs and JSON.
std::string_view name_of(Fault fault);
// "card-gone at READ BINARY of EF 000A (6F00)", plain English for staff and logs.
std::string describe(const Error& error);

tl::unexpected<Error> fail(Fault fault, std::string where, std::uint16_t status_word = 0);

}  // namespace uketsuke::card
