// What the PC/SC reader and its channel share. Private to the card room.
#pragma once

#include <winscard.h>

#include <memory>
#include <string>

#include "card/channel.h"
#include "card/error.h"

namespace uketsuke::card::pcsc {

// Our word for what SCard* returned. `where` names the call and the reader.
Error error_of(LONG code, const std::string& where);
// True when the context cannot be used any more: the service died or restarted.
bool context_is_lost(LONG code);

// Connects exclusively; the channel disconnects with a reset.
Result<std::unique_ptr<Channel>> connect(SCARDCONTEXT context, const std::string& reader);

}  // namespace uketsuke::card::pcsc
