// What the PC/SC reader and its channel share. Private to the card room.
#pragma once

#include <winscard.h>

#include <memory>
#include <span>
#include <string>

#include "card/channel.h"
#include "card/error.h"

namespace uketsuke::card::pcsc {

// Our word for what a call to a connected card returned, CardSilent for a code that is not known: only words that
// Channel::transmit may return, since whatever it was, the answer is lost.
Fault fault_of(LONG code);
// The same for SCardConnect, where no session is lost yet: a card that has gone is NoCard, one that does not answer the
// reset is NoChip, one that another program holds is ReaderBusy.
Fault connect_fault_of(LONG code);

struct CodeFault {
    LONG code;
    Fault fault;
};
// Every SCARD_E_, SCARD_W_ and SCARD_F_ code of pcsclite.h with its fault.
std::span<const CodeFault> known_codes();

// `where` names the call and the reader.
Error error_of(LONG code, const std::string& where);
// True when the context cannot be used any more: the service died, restarted, or is out of order.
bool context_is_lost(LONG code);

// Connects exclusively; the channel disconnects with a reset.
Result<std::unique_ptr<Channel>> connect(SCARDCONTEXT context, const std::string& reader);

}  // namespace uketsuke::card::pcsc
