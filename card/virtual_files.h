// What a virtual card holds: applications with files, secrets and keys (facts §1.1 to §1.3). Private to the card room.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

#include "card/authority_keys.h"
#include "card/error.h"
#include "card/persona.h"
#include "card/secret.h"

namespace uketsuke::card {

struct VirtualFile {
    Bytes content;
    std::vector<std::uint16_t> opened_by;  // any of these secrets; empty: free
};

struct VirtualSecret {
    SecretBytes value;
    int limit = 0;
    int tries = 0;
    bool verified = false;
};

struct VirtualKey {
    EVP_PKEY* key = nullptr;  // owned by the authority
    std::uint16_t opened_by = 0;
    bool terminal_may_open = false;
};

struct VirtualApplication {
    Bytes aid;
    std::map<std::uint16_t, VirtualFile> files;
    std::map<std::uint16_t, VirtualSecret> secrets;
    std::map<std::uint16_t, VirtualKey> keys;
    std::map<std::uint8_t, Bytes> records;  // of EF 0001, by record number
};

// The applications of the persona's card or telephone: none for an OtherCard and NoChip. Holds no My Number: the files
// that would hold it are not there. photo_jp2 is used for a My Number card alone.
Result<std::vector<VirtualApplication>> make_applications(const Persona& persona, const AuthorityKeys& keys,
                                                          const Bytes& photo_jp2, std::chrono::sys_seconds now);

}  // namespace uketsuke::card
