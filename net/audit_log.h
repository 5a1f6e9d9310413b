#pragma once
// The clinic's record of what staff did: who, what, when and why. Append-only; each entry holds the hash of the one
// before it, and a sealed head beside the file says how far it had come, so that changing, removing, inserting,
// reordering and cutting off entries are found, and so are jumps of the machine's clock.
//
// One JSON object a line: {"n":12,"at":"2026-11-21T01:02:03.456Z","boot":"…","up_ms":…,"who":"sato","what":
// "visual-check armed","why":"face-and-pin-failed","on":"<request's id>","more":"…","before":"<hash>","hash":"<hash>"}
// hash: SHA-256 over the line without it. No patient's data: `on` is a request's random id, or digest().
//
// In a sealed log each line is sealed under the key, and written in base64: a file that shows neither names nor deeds.
// The hashes are those of the lines as above; plain and sealed lines may stand in one file.
//
// Several processes may append (the kiosk, and tools beside it): each append takes turns by flock.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"
#include "net/sealing.h"
#include "net/wall_time.h"

namespace uketsuke::net {

/// What is to be recorded. Every text at most 200 bytes of printable UTF-8: longer ones are cut at a character, control
/// characters become spaces.
struct AuditAct {
    std::string who{};   ///< a staff account, "kiosk code", "kiosk" for the program itself, "tool:<user>" for a program
    std::string what{};  ///< stable lower-case words: "visual-check armed"
    std::string why{};
    std::string on{};    ///< the request or thing it was done to
    std::string more{};  ///< e.g. the number of exported rows
    bool operator==(const AuditAct&) const = default;
};

struct AuditEntry {
    std::uint64_t number = 0;  ///< from 1
    WallTime at{};
    AuditAct act;
    std::string hash;  ///< lower-case hexadecimal
};

/// The moment, as the machine tells it. boot and up come from the kernel, which no one sets.
struct AuditMoment {
    WallTime wall{};
    std::string boot;              ///< of this start of the machine
    std::chrono::milliseconds up;  ///< since then, sleep included
};
AuditMoment audit_moment_now();

enum class AuditFinding {
    Unreadable,   ///< a line that is no entry
    Altered,      ///< the line's hash does not hold
    Broken,       ///< it does not follow the line before it: something was removed, inserted or reordered
    CutOff,       ///< the head knows of later entries
    HeadMissing,  ///< entries, and no head (or no entries and a head)
    HeadForeign,  ///< the head's seal does not hold: altered, or another key
    HeadOld,      ///< entries that the head does not know: an earlier head was put back, or entries were added
    ClockBack,    ///< later entry, earlier time
    ClockJump,    ///< within one start of the machine the wall clock moved by more than a second an hour, and at least
                  ///< by two seconds, more or less than time passed
};
const char* name_of(AuditFinding finding);  ///< "altered"

struct AuditProblem {
    AuditFinding finding{};
    std::uint64_t line = 0;  ///< of the file, from 1; 0: the file as a whole
    std::string says;        ///< plain English
};

struct AuditCheck {
    std::uint64_t entries = 0;
    std::string head;  ///< hash of the last entry: noted elsewhere, it proves later that nothing was rolled back
    std::vector<AuditProblem> problems;  ///< at most 100
    bool intact() const;                 ///< no problem but those of the clock
};

struct AuditOptions {
    std::function<AuditMoment()> now;        ///< empty: audit_moment_now
    std::uint64_t longest_file = 64u << 20;  ///< bytes; an append that would pass it fails with StorageFull
    bool sealed = false;                     ///< whether lines written here are sealed
};

/// The head is written before and after each line: before with the hash that the line will have. So a crash at any
/// moment leaves a log that verifies, and nobody without the key can add a line that does. A head that does not fit the
/// file is left as it is for good, so that what happened stays to be found; the log is then put away (file, head and
/// all) and a new one begun.
///
/// Any thread. A call waits at most two seconds for another process (StorageBusy).
class AuditLog {
  public:
    /// Makes file and head (0600) when both are missing. Another file that does not verify is left as it is, and
    /// appended to all the same: its problems stay to be found. A line that a crash left half written, which no head
    /// knows, is moved to "<path>.torn" and that is recorded.
    static Result<std::unique_ptr<AuditLog>> open(const std::filesystem::path& path, SealingKey key,
                                                  AuditOptions options = {});
    ~AuditLog();
    AuditLog(const AuditLog&) = delete;
    AuditLog& operator=(const AuditLog&) = delete;

    /// On disk when it returns. StorageFull and StorageFailed: not recorded.
    Result<void> append(const AuditAct& act);
    /// The latest, newest first; reads the file.
    Result<std::vector<AuditEntry>> latest(std::size_t at_most) const;
    /// The hash of the last entry known here, "" before the first. Its first 16 digits are enough for staff's eyes, and
    /// for uketsuke-audit verify --head.
    std::string head() const;
    std::uint64_t entries() const;
    /// A keyed digest of a patient's value (16 hexadecimal digits), the same for equal values while the key lasts.
    std::string digest(std::string_view value) const;

    struct Parts;

  private:
    explicit AuditLog(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

/// Reads the whole file, also while others append; without the key the head is not checked (and HeadForeign never
/// found), and sealed lines are not either: they are one Unreadable of the file as a whole, and not counted. A seal
/// that does not hold is Altered; with another key it is every sealed line's, beside HeadForeign.
Result<AuditCheck> verify_audit_log(const std::filesystem::path& path, const std::optional<SealingKey>& key);
/// After the key was changed: seals the lines that are sealed, and the head, anew; sealed lines that neither key opens
/// stay as they are. BadPayload when the head was not sealed with `from`. A call that was cut off is repeated.
Result<void> rekey_audit_log(const std::filesystem::path& path, const SealingKey& from, const SealingKey& into);
/// Every readable entry, oldest first, to `each` until it returns false. BadKey: there is a sealed one, and no key.
Result<void> read_audit_log(const std::filesystem::path& path, const std::function<bool(const AuditEntry&)>& each,
                            const std::optional<SealingKey>& key = std::nullopt);

}  // namespace uketsuke::net
