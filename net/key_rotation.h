#pragma once
// A new key for a kiosk's outbox: everything in it is sealed anew, all or nothing. The kiosk must be stopped. Any
// thread, one at a time.
//
// Where the key is a file of the kiosk ("outbox.key"), the new one is made beside it ("outbox.key.next") and on the
// disk before the first row changes; every row changes in one transaction; then the new file takes the old one's name.
// A crash leaves one of the two keys fitting: finish_key_rotation() finds which and ends what was begun, so a kiosk
// calls it before it loads its key.
// Where the key is a credential of the service manager, rotate_key_to() takes the new one from a file, and who owns the
// credential exchanges it.

#include <cstdint>
#include <filesystem>

#include "net/error.h"

namespace uketsuke::net {

struct KeyRotation {
    std::int64_t rows = 0;         ///< requests that the outbox holds under the new key
    bool was_done_before = false;  ///< an earlier rotation had sealed them already; only its end was missing
    /// A tool had the outbox open and keeps old sealed bytes in its "-wal" until the next kiosk has closed the file.
    bool old_bytes_remain = false;
};

/// StorageBusy (a kiosk runs), BadKey (`key_file` is not the outbox's, unsafe, or missing), BadPayload (a row cannot be
/// unsealed: nothing was changed), and what Outbox::open() may say.
Result<KeyRotation> rotate_key(const std::filesystem::path& outbox, const std::filesystem::path& key_file);
/// The same with a key that exists; neither file is touched.
Result<KeyRotation> rotate_key_to(const std::filesystem::path& outbox, const std::filesystem::path& key_file,
                                  const std::filesystem::path& new_key_file);
/// Ends a rotation that a crash cut: true when there was one. Cheap when there was none.
Result<bool> finish_key_rotation(const std::filesystem::path& outbox, const std::filesystem::path& key_file);

}  // namespace uketsuke::net
