#include "card/status_word.h"

#include <utility>

namespace uketsuke::card {
namespace {

Fault fault_of(Status status) {
    switch (status) {
        case Status::Locked:
            return Fault::PinLocked;
        case Status::NotAllowed:
            return Fault::NotAllowed;
        case Status::NotFound:
            return Fault::NotFound;
        case Status::NotSupported:
            return Fault::NotThisCard;
        case Status::EndOfFile:
            return Fault::BadData;
        case Status::Ok:
        case Status::MoreData:
        case Status::WrongLength:
        case Status::TriesLeft:
        case Status::Refused:
        case Status::Other:
            return Fault::UnexpectedStatus;
    }
    return Fault::UnexpectedStatus;
}

}  // namespace

Status status_of(std::uint16_t status_word) {
    switch (status_word) {
        case 0x9000:
            return Status::Ok;
        case 0x6B00:
        case 0x6282:
            return Status::EndOfFile;
        case 0x6300:
            return Status::Refused;
        case 0x63C0:
        case 0x6983:
        case 0x6984:
            return Status::Locked;
        case 0x6982:
        case 0x6985:
        case 0x6986:
            return Status::NotAllowed;
        case 0x6A82:
        case 0x6A83:
        case 0x6A88:
            return Status::NotFound;
        case 0x6700:
        case 0x6A80:
        case 0x6A81:
        case 0x6A86:
        case 0x6D00:
        case 0x6E00:
            return Status::NotSupported;
        default:
            break;
    }
    if ((status_word & 0xFF00) == 0x6100) return Status::MoreData;
    if ((status_word & 0xFF00) == 0x6C00) return Status::WrongLength;
    if ((status_word & 0xFFF0) == 0x63C0) return Status::TriesLeft;
    return Status::Other;
}

std::optional<int> tries_in(std::uint16_t status_word) {
    const Status status = status_of(status_word);
    if (status == Status::Locked) return 0;
    if (status == Status::TriesLeft) return status_word & 0x0F;
    return std::nullopt;
}

Error error_of(std::uint16_t status_word, std::string where) {
    return {fault_of(status_of(status_word)), status_word, std::move(where)};
}

}  // namespace uketsuke::card
