#include "net/error.h"

namespace uketsuke::net {

const char* name_of(Fault fault) {
    switch (fault) {
        case Fault::StorageFull:
            return "storage full";
        case Fault::StorageDamaged:
            return "storage damaged";
        case Fault::StorageBusy:
            return "storage busy";
        case Fault::StorageReadOnly:
            return "storage read-only";
        case Fault::StorageFailed:
            return "storage failed";
        case Fault::NotFound:
            return "not found";
        case Fault::Conflict:
            return "conflict";
        case Fault::FolderAway:
            return "folder away";
        case Fault::BadKey:
            return "bad key";
        case Fault::BadPayload:
            return "bad payload";
        case Fault::NameUnknown:
            return "name unknown";
        case Fault::Unreachable:
            return "unreachable";
        case Fault::TlsRefused:
            return "tls refused";
        case Fault::OwnIdentity:
            return "own identity";
        case Fault::Timeout:
            return "timeout";
        case Fault::Cancelled:
            return "cancelled";
        case Fault::BadAnswer:
            return "bad answer";
        case Fault::AnswerTooBig:
            return "answer too big";
        case Fault::BadOptions:
            return "bad options";
        case Fault::Internal:
            return "internal";
    }
    return "internal";
}

}  // namespace uketsuke::net
