#pragma once
// What can go wrong in net/, as a value. Every fallible call of the room returns Result<T>.

#include <string>
#include <tl/expected.hpp>

namespace uketsuke::net {

enum class Fault {
    // Outbox
    StorageFull,      ///< no space (disk, quota or page limit); the call changed nothing, the outbox stays usable
    StorageDamaged,   ///< the file is not a database, or an index or page does not hold
    StorageBusy,      ///< another kiosk holds this outbox
    StorageReadOnly,  ///< the file or its folder cannot be written
    StorageFailed,    ///< any other I/O failure
    NotFound,         ///< no request with that id
    Conflict,         ///< the same id with other bytes, or a step that the request's state forbids
    // The receipt computer's folders
    FolderAway,  ///< not there, not mounted, or its server does not answer: what waits for it goes on waiting
    // Keys and payloads
    BadKey,      ///< key file missing, unsafe or of the wrong length; or not the key this outbox was sealed with
    BadPayload,  ///< bytes that are not what they should be (truncated, altered, too long)
    // Service
    NameUnknown,   ///< the service's name has no address (DNS)
    Unreachable,   ///< refused, reset, or closed without an answer
    TlsRefused,    ///< the service's certificate is not the one we trust, or no common TLS version
    OwnIdentity,   ///< our own client certificate or key does not load: our fault, never "no insurance"
    Timeout,       ///< nothing within the limit; the outcome is unknown, so the same key is sent again
    Cancelled,     ///< cancel() was called
    BadAnswer,     ///< an answer that cannot be understood (garbage XML, truncated, a redirect)
    AnswerTooBig,  ///< more bytes than allowed
    // Set-up
    BadOptions,  ///< options that cannot work, named in `where`
    Internal,    ///< a library refused something that always works
};

struct Error {
    Fault fault = Fault::Internal;
    std::string where;    ///< what and where in plain English; never a personal value
    bool unsent = false;  ///< of a call of the service: it never began, so it says nothing of the request
};

template <class T>
using Result = tl::expected<T, Error>;

/// A short stable word for a fault ("storage full"), for staff texts and tests.
const char* name_of(Fault fault);

inline tl::unexpected<Error> fail(Fault fault, std::string where) {
    return tl::unexpected<Error>(Error{fault, std::move(where)});
}

}  // namespace uketsuke::net
