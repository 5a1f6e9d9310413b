#include <winscard.h>

#include <algorithm>
#include <array>

#include "card/pcsc.h"

namespace uketsuke::card::pcsc {
namespace {

// What the service says about itself, about a reader, about a card; then what cannot come from the calls we make, or
// only by a mistake of ours: whatever it was, the answer is lost.
constexpr std::array k_codes{
    CodeFault{SCARD_E_NO_SERVICE, Fault::NoService},
    CodeFault{SCARD_E_SERVICE_STOPPED, Fault::NoService},
    CodeFault{SCARD_E_SERVER_TOO_BUSY, Fault::NoService},
    CodeFault{SCARD_E_SYSTEM_CANCELLED, Fault::NoService},
    CodeFault{SCARD_E_INVALID_HANDLE, Fault::NoService},
    CodeFault{SCARD_E_NO_MEMORY, Fault::NoService},
    CodeFault{SCARD_E_UNKNOWN_RES_MNG, Fault::NoService},
    CodeFault{SCARD_F_COMM_ERROR, Fault::NoService},
    CodeFault{SCARD_F_INTERNAL_ERROR, Fault::NoService},
    CodeFault{SCARD_F_UNKNOWN_ERROR, Fault::NoService},
    CodeFault{SCARD_F_WAITED_TOO_LONG, Fault::NoService},

    CodeFault{SCARD_E_UNKNOWN_READER, Fault::NoReader},
    CodeFault{SCARD_E_READER_UNAVAILABLE, Fault::NoReader},
    CodeFault{SCARD_E_NO_READERS_AVAILABLE, Fault::NoReader},
    CodeFault{SCARD_E_READER_UNSUPPORTED, Fault::NoReader},
    CodeFault{SCARD_E_DUPLICATE_READER, Fault::NoReader},

    CodeFault{SCARD_E_NO_SMARTCARD, Fault::CardGone},
    CodeFault{SCARD_W_REMOVED_CARD, Fault::CardGone},
    CodeFault{SCARD_W_RESET_CARD, Fault::CardGone},
    CodeFault{SCARD_E_SHARING_VIOLATION, Fault::CardSilent},
    CodeFault{SCARD_E_NOT_TRANSACTED, Fault::CardSilent},
    CodeFault{SCARD_E_TIMEOUT, Fault::CardSilent},
    CodeFault{SCARD_E_NOT_READY, Fault::CardSilent},
    CodeFault{SCARD_E_COMM_DATA_LOST, Fault::CardSilent},
    CodeFault{SCARD_E_PROTO_MISMATCH, Fault::CardSilent},
    CodeFault{SCARD_E_INVALID_ATR, Fault::CardSilent},
    CodeFault{SCARD_E_CARD_UNSUPPORTED, Fault::CardSilent},
    CodeFault{SCARD_E_UNKNOWN_CARD, Fault::CardSilent},
    CodeFault{SCARD_W_UNSUPPORTED_CARD, Fault::CardSilent},
    CodeFault{SCARD_W_UNRESPONSIVE_CARD, Fault::CardSilent},
    CodeFault{SCARD_W_UNPOWERED_CARD, Fault::CardSilent},

    CodeFault{SCARD_E_CANCELLED, Fault::CardSilent},
    CodeFault{SCARD_E_INVALID_PARAMETER, Fault::CardSilent},
    CodeFault{SCARD_E_INVALID_TARGET, Fault::CardSilent},
    CodeFault{SCARD_E_INVALID_VALUE, Fault::CardSilent},
    CodeFault{SCARD_E_INSUFFICIENT_BUFFER, Fault::CardSilent},
    CodeFault{SCARD_E_PCI_TOO_SMALL, Fault::CardSilent},
    CodeFault{SCARD_E_CANT_DISPOSE, Fault::CardSilent},
    CodeFault{SCARD_E_UNSUPPORTED_FEATURE, Fault::CardSilent},
    CodeFault{SCARD_E_ICC_INSTALLATION, Fault::CardSilent},
    CodeFault{SCARD_E_ICC_CREATEORDER, Fault::CardSilent},
    CodeFault{SCARD_E_DIR_NOT_FOUND, Fault::CardSilent},
    CodeFault{SCARD_E_FILE_NOT_FOUND, Fault::CardSilent},
    CodeFault{SCARD_E_NO_DIR, Fault::CardSilent},
    CodeFault{SCARD_E_NO_FILE, Fault::CardSilent},
    CodeFault{SCARD_E_NO_ACCESS, Fault::CardSilent},
    CodeFault{SCARD_E_WRITE_TOO_MANY, Fault::CardSilent},
    CodeFault{SCARD_E_BAD_SEEK, Fault::CardSilent},
    CodeFault{SCARD_E_INVALID_CHV, Fault::CardSilent},
    CodeFault{SCARD_E_NO_SUCH_CERTIFICATE, Fault::CardSilent},
    CodeFault{SCARD_E_CERTIFICATE_UNAVAILABLE, Fault::CardSilent},
    CodeFault{SCARD_E_NO_KEY_CONTAINER, Fault::CardSilent},
    CodeFault{SCARD_W_SECURITY_VIOLATION, Fault::CardSilent},
    CodeFault{SCARD_W_WRONG_CHV, Fault::CardSilent},
    CodeFault{SCARD_W_CHV_BLOCKED, Fault::CardSilent},
    CodeFault{SCARD_W_EOF, Fault::CardSilent},
    CodeFault{SCARD_W_CANCELLED_BY_USER, Fault::CardSilent},
    CodeFault{SCARD_W_CARD_NOT_AUTHENTICATED, Fault::CardSilent},
};

}  // namespace

std::span<const CodeFault> known_codes() {
    return k_codes;
}

Fault fault_of(LONG code) {
    const auto found = std::find_if(k_codes.begin(), k_codes.end(), [&](const auto& one) { return one.code == code; });
    return found == k_codes.end() ? Fault::CardSilent : found->fault;
}

Fault connect_fault_of(LONG code) {
    switch (code) {
        case SCARD_E_NO_SMARTCARD:
        case SCARD_W_REMOVED_CARD:
            return Fault::NoCard;
        case SCARD_W_UNRESPONSIVE_CARD:
        case SCARD_W_UNPOWERED_CARD:
            return Fault::NoChip;
        case SCARD_E_SHARING_VIOLATION:
            return Fault::ReaderBusy;
        default:
            return fault_of(code);
    }
}

Error error_of(LONG code, const std::string& where) {
    return {fault_of(code), 0, where + ": " + pcsc_stringify_error(code)};
}

bool context_is_lost(LONG code) {
    return code != SCARD_S_SUCCESS && fault_of(code) == Fault::NoService;
}

}  // namespace uketsuke::card::pcsc
