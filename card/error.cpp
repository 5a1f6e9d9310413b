#include "card/error.h"

#include <array>
#include <utility>

namespace uketsuke::card {

ErrorKind kind_of(Fault fault) {
    switch (fault) {
        case Fault::NoCard:
        case Fault::ReaderBusy:
        case Fault::CardGone:
        case Fault::CardSilent:
        case Fault::NoChip:
        case Fault::TwoCards:
        case Fault::BadData:
        case Fault::CounterChanged:
            return ErrorKind::Retry;
        case Fault::NotMyNumberCard:
        case Fault::NotThisCard:
        case Fault::NotFound:
        case Fault::NotAllowed:
        case Fault::UnexpectedStatus:
        case Fault::PinLocked:
        case Fault::FloorReached:
        case Fault::NumberRefused:
        case Fault::IssuerSignatureWrong:
            return ErrorKind::Refusal;
        case Fault::NoService:
        case Fault::NoReader:
        case Fault::Crypto:
        case Fault::BadConfig:
        case Fault::Transport:
            return ErrorKind::Broken;
    }
    return ErrorKind::Broken;
}

std::string_view name_of(Fault fault) {
    switch (fault) {
        case Fault::NoService:
            return "no-service";
        case Fault::NoReader:
            return "no-reader";
        case Fault::NoCard:
            return "no-card";
        case Fault::ReaderBusy:
            return "reader-busy";
        case Fault::CardGone:
            return "card-gone";
        case Fault::CardSilent:
            return "card-silent";
        case Fault::NoChip:
            return "no-chip";
        case Fault::TwoCards:
            return "two-cards";
        case Fault::NotMyNumberCard:
            return "not-my-number-card";
        case Fault::NotThisCard:
            return "not-this-card";
        case Fault::NotFound:
            return "not-found";
        case Fault::NotAllowed:
            return "not-allowed";
        case Fault::UnexpectedStatus:
            return "unexpected-status";
        case Fault::BadData:
            return "bad-data";
        case Fault::PinLocked:
            return "pin-locked";
        case Fault::CounterChanged:
            return "counter-changed";
        case Fault::FloorReached:
            return "floor-reached";
        case Fault::NumberRefused:
            return "number-refused";
        case Fault::IssuerSignatureWrong:
            return "issuer-signature-wrong";
        case Fault::Crypto:
            return "crypto";
        case Fault::BadConfig:
            return "bad-config";
        case Fault::Transport:
            return "transport";
    }
    return "unknown";
}

std::string describe(const Error& error) {
    std::string text(name_of(error.fault));
    if (!error.where.empty()) text += ": " + error.where;
    if (error.status_word != 0) {
        static constexpr std::array<char, 17> k_hex{"0123456789ABCDEF"};
        text += " (";
        for (int shift = 12; shift >= 0; shift -= 4) text += k_hex[(error.status_word >> shift) & 0xF];
        text += ")";
    }
    return text;
}

tl::unexpected<Error> fail(Fault fault, std::string where, std::uint16_t status_word) {
    return tl::unexpected<Error>(Error{fault, status_word, std::move(where)});
}

}  // namespace uketsuke::card
