#pragma once
// The durable queue of receptions: one SQLite file (WAL, synchronous=FULL, secure_delete), one row a request, payload
// and answer sealed with the row's id as associated data. "Accepted" may be shown only after enqueue() returned a
// value.
//
// One kiosk owns a file at a time (flock on "<path>.lock"). Inside the process any thread may call: calls are short and
// take turns. Lifetime: close (destroy) it after the threads that use it were joined.
//
//   due ──claim──▶ in flight ──delivered──▶ delivered ──retention──▶ gone
//    ▲                │ │ └────processing──▶ processing ──claim──▶ in flight (asks for the answer)
//    └──postpone──────┘ └─needs_staff──▶ needs staff ──retry──▶ due
//
// A crash in flight is harmless: opening the file, or the end of the lease, makes the row claimable again under the
// same id, and the service answers the same key with its first answer. That is also why only enqueue and the decisions
// of staff wait for the disk; the steps of a drain reach it with the next synced commit, checkpoint, or settle().

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "net/care.h"
#include "net/error.h"
#include "net/reception.h"
#include "net/remarks.h"
#include "net/sealing.h"
#include "net/wall_time.h"

namespace uketsuke::net {

enum class RequestState { Due, InFlight, Processing, Delivered, NeedsStaff };
const char* name_of(RequestState state);  ///< "due", "in flight", "processing", "delivered", "needs staff"

enum class OutboxAccess {
    Kiosk,        ///< takes the lock; makes the file; replaces a damaged one (keeping a copy)
    Maintenance,  ///< beside a running kiosk: list, show, retry; makes nothing, replaces nothing
    Inspection,   ///< only reads
};

struct OutboxOptions {
    OutboxAccess access = OutboxAccess::Kiosk;
    std::chrono::hours retention{24};  ///< delivered rows are purged after this; staff rows never by themselves
    /// Answers delivered while this is set wait to be written as files for the receipt computer (next_to_file()).
    bool file_answers = false;
    /// Requests are to be told of (next_to_notify()) when they are queued, and again when they are answered or need
    /// staff.
    bool notify = false;
    std::chrono::milliseconds busy_limit{2000};  ///< how long a call waits for a maintenance tool's transaction
    std::optional<std::uint32_t> page_limit;     ///< upper bound of the file in 4 KiB pages; none: the disk decides
};

enum class Postponed {
    NoAnswer,
    NoNetwork,         ///< nothing was sent: the request keeps its place however often
    ByTheService,      ///< it named the moment, so make_all_due() leaves the request alone
    UnreadableAnswer,  ///< counted: Claim::unreadable
};

struct Claim {
    SignedRequest request;       ///< without its form; personal: wipe after sending
    bool ask = false;            ///< the service said 処理中 before: ask for the answer instead of sending
    int attempt = 1;             ///< this is the n-th claim of the request since it was queued or retried by staff
    int unreadable = 0;          ///< so many of its answers could not be understood since then
    std::int64_t patient = 0;    ///< whom of continuing care it is about; 0: nobody
    bool with_patients = false;  ///< requests of this file go in their order
};

/// What staff have done about a request; kept with it.
enum class Mark : std::uint8_t {
    Seen,        ///< the arrival was noticed
    Declared,    ///< a self-declaration (被保険者資格申立書) was made for it
    Reconciled,  ///< and compared with what the service said later
    SetAside,    ///< it needs staff, and they have dealt with it otherwise
    Printed,     ///< the self-declaration, at the kiosk
};
inline constexpr std::size_t mark_count = 5;
const char* name_of(Mark mark);  ///< "seen", "declared", "reconciled", "set aside", "printed"

/// A row without its personal part.
struct RequestSummary {
    RequestId id;
    RequestState state = RequestState::Due;
    int attempts = 0;
    WallTime queued_at{};
    WallTime
        next_at{};  ///< when it may be claimed (due, processing), the lease's end (in flight), else the last change
    bool has_declaration = false;         ///< a form that was filled in at the kiosk is kept with it
    std::optional<WallTime> declared_at;  ///< when the form that is kept was stored; empty: none is
    bool asks_nothing = false;            ///< a declaration of its own with nothing to ask the service
    bool received_nobody = false;         ///< consents were renewed or withdrawn: no arrival
    std::string reason;      ///< why it waits or needs staff, what its answer meant; plain words, no personal value
    bool to_file = false;    ///< its answer waits to be written as a file
    bool to_notify = false;  ///< the clinic's own system waits to be told of it
    std::array<bool, mark_count> marks{};  ///< indexed by Mark
    bool has(Mark mark) const { return marks[static_cast<std::size_t>(mark)]; }
};

struct RequestDetail {
    RequestSummary summary;
    SignedRequest request;             ///< without its form: declaration()
    std::vector<std::uint8_t> answer;  ///< the service's document, empty until delivered or refused with one
};

struct OutboxCounts {
    std::int64_t due = 0, in_flight = 0, processing = 0, delivered = 0, needs_staff = 0;
    std::int64_t to_notify = 0;
    std::int64_t to_file = 0;  ///< of the delivered ones, those that wait to be written as a file
    std::int64_t waiting() const { return due + in_flight + processing; }
};

/// A delivered answer that waits to be written as a file for the receipt computer.
struct FilingTask {
    RequestId id;
    WallTime queued_at{};
    std::vector<std::uint8_t> answer;  ///< personal: wipe after writing
};

/// A request of which the clinic's own system is to be told: as it stands now. Personal: wipe() after use.
struct NotifyTask {
    RequestSummary summary;
    Method method = Method::Pin;
    ConsentsGiven consents;
    std::string holder_birthdate;      ///< as SignedRequest::holder_birthdate
    std::int64_t version = 0;          ///< grows with each thing to tell of this request
    int attempts = 0;                  ///< calls since the last thing to tell
    std::vector<std::uint8_t> answer;  ///< the service's document, or empty
};
void wipe(NotifyTask& task);

/// What open() did about a damaged file.
struct DamageReport {
    std::filesystem::path copy;  ///< where the damaged file was kept
    std::string why;
    std::int64_t rescued = 0;  ///< requests that could still be read and were carried over
};

struct OutboxCheck {
    std::int64_t rows = 0;
    std::vector<std::string> problems;  ///< empty: every page, index and seal holds
};

class Outbox {
  public:
    /// StorageBusy (another kiosk), StorageReadOnly, StorageFull, BadKey (sealed with another key; file untouched),
    /// StorageDamaged (only in Maintenance and Inspection), StorageFailed. Rows left in flight become claimable. A file
    /// of an earlier version is brought up to date by the kiosk; tools refuse it (StorageFailed) until then.
    static Result<std::unique_ptr<Outbox>> open(const std::filesystem::path& path, SealingKey key,
                                                const OutboxOptions& options = {});
    /// Without the key: counts(), list() and the structural part of verify() work; what needs the key gives BadKey.
    static Result<std::unique_ptr<Outbox>> open_without_key(const std::filesystem::path& path,
                                                            const OutboxOptions& options);
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// Set when open() found a damaged file; show it to staff.
    const std::optional<DamageReport>& damage() const;

    /// On disk when it returns. The same request again is fine and changes nothing; other bytes under a known id are a
    /// Conflict. StorageFull leaves everything as it was and the next call may succeed. With Method::Declaration it is
    /// marked Declared; with an empty body it needs staff from the beginning and is never claimed. BadOptions: no id,
    /// a form that is too large, Method::Declaration without one.
    Result<void> enqueue(const SignedRequest& request, WallTime now);
    /// The same, and with it the patient in continuing care as they stand now, in one step to the disk. Whose
    /// `number` is 0 is the kept patient with this certificate_sha256, or else a new one. Of a kept patient, a request
    /// that is the patient's `base` brings that base with its consents, and what stood before goes to `earlier`; any
    /// other leaves the base as it is kept, but for a withdrawal. An empty name, kana and birth date stay as they were
    /// kept, and so does `trouble`. `latest` becomes the request, `result` Waiting. Returns the patient's number;
    /// NotFound: no such number; with `most_patients` kept already, those whom
    /// end_care(not_visited_since) would forget make room; without room the request is kept all the same, about nobody
    /// (0): that somebody was received matters more than the list. The
    /// same request again changes nothing of the patient.
    static constexpr std::size_t most_patients = 2000;
    Result<std::int64_t> enqueue(const SignedRequest& request, CarePatient patient, WallTime now,
                                 std::chrono::sys_seconds not_visited_since = {});
    /// Patients in continuing care, by kana and then by number; one whose seal does not hold is left out (verify()
    /// names it). A confirmed request that is no longer kept makes no result. Personal: wipe after use.
    Result<std::vector<CarePatient>> care() const;
    Result<CarePatient> care_patient(std::int64_t number) const;  ///< NotFound
    /// What was answered to a request of a patient. Name, kana and birth date are kept in any case. A confirmed base
    /// ends what stood before it (CarePatient::earlier), a refused one gives way to that. Consents that the service
    /// calls withdrawn or ended are so here, where the request rested on them. `result` is that of the latest request,
    /// but for `trouble`. False: it is nobody's.
    Result<bool> care_answered(const RequestId& id, const CareAnswer& answer);
    /// What the service keeps of the institution's patients, whichever of its devices received them, in one step to the
    /// disk: whose card is not known here is added (with no result), the others learn() it. Who has no certificate or
    /// base is left out; nobody is removed; beyond `most_patients` nobody is added. Returns how many changed; when none
    /// did, nothing is written.
    Result<std::int64_t> merge_care(std::span<const CarePatient> known_to_service);
    /// The relation with whoever was visited before that is over: the patients are forgotten. Never while a request
    /// about them is due, in flight or processing; with one that needs staff, or a conflict, only those who were not
    /// visited since the second moment either. Returns how many.
    Result<std::int64_t> end_care(std::chrono::sys_seconds not_visited_since,
                                  std::chrono::sys_seconds unsettled_since = {});

    /// A withdrawal goes before everything else that is due. The request that waits longest among those whose time has
    /// come, now in flight until now + lease. Empty: none. A row whose seal does not hold goes to needs staff, its
    /// patient hears of it, and the next one is tried. Where patients are in continuing care, no request about one
    /// overtakes an earlier one about them, and a request that got no answer goes before those behind it: for its first
    /// few attempts, or as long as only the network is missing.
    Result<std::optional<Claim>> claim(WallTime now, std::chrono::milliseconds lease);
    /// The service's document is kept, sealed, until the retention ends. Repeating it is fine.
    /// `reason`: what the answer meant, for the list. Answers to what this object handed out are written a few
    /// together, by a later claim() or before any other call answers (settle() too): a crash before that only sends
    /// again.
    Result<void> delivered(const RequestId& id, std::span<const std::uint8_t> answer, WallTime now,
                           const std::string& reason = {});
    Result<void> processing(const RequestId& id, WallTime next_at, const std::string& reason);
    Result<void> postpone(const RequestId& id, WallTime next_at, const std::string& reason,
                          Postponed why = Postponed::NoAnswer);
    /// The service asked for by ask() does not know the key: send it again.
    Result<void> send_again(const RequestId& id, WallTime next_at, const std::string& reason);
    Result<void> needs_staff(const RequestId& id, const std::string& reason, std::span<const std::uint8_t> answer,
                             WallTime now);
    /// By staff: due now, attempts from zero. Conflict when it is delivered, in flight, or has nothing to ask.
    Result<void> retry(const RequestId& id, WallTime now);
    /// The network is back: what was postponed for want of it is due now. Returns how many.
    Result<std::int64_t> make_all_due(WallTime now);
    /// A request got through: what was postponed with Postponed::NoNetwork is due now. Returns how many.
    Result<std::int64_t> network_works(WallTime now);
    /// The clock was set: no wait that was measured by it means anything, not even one that the service named. Whatever
    /// waits is due now. Returns how many.
    Result<std::int64_t> forget_waits(WallTime now);

    Result<OutboxCounts> counts() const;
    /// Oldest first, at most `limit`.
    Result<std::vector<RequestSummary>> list(std::int64_t limit = 1000) const;
    /// Newest first, at most `limit`.
    Result<std::vector<RequestSummary>> latest(std::int64_t limit) const;
    /// By staff; on disk when it returns. retry() takes SetAside away. NotFound; Conflict: SetAside of a request that
    /// is still on its way.
    Result<void> mark(const RequestId& id, Mark mark, bool on, WallTime now);
    /// Grows with every change that this object made to a row: who draws the list looks again when it did.
    std::uint64_t changes() const;
    Result<RequestDetail> show(const RequestId& id) const;
    Result<OutboxCheck> verify() const;
    /// Keeps the form, encode(Declaration), with a reception that is here, and marks it Declared; on disk when it
    /// returns. Another form for the same reception takes the place of the first. A form that is not the one that is
    /// kept takes away the marks Printed, Reconciled, Seen and SetAside: staff are called again. NotFound; BadOptions:
    /// empty, or too large.
    Result<void> declare(const RequestId& reception, std::span<const std::uint8_t> declaration, WallTime now);
    /// The form that is kept with a request. NotFound when there is none; BadPayload: its seal is broken. Personal:
    /// wipe after use.
    Result<std::vector<std::uint8_t>> declaration(const RequestId& id) const;
    /// The rows whose form was not reconciled yet, the newest row first, at most `limit`.
    Result<std::vector<RequestSummary>> open_forms(std::int64_t limit) const;
    Result<std::int64_t> open_form_count() const;  ///< how many there are
    /// The earliest moment at which claim() may find something; empty: nothing waits.
    Result<std::optional<WallTime>> next_time() const;

    /// The oldest answer that waits to be filed; empty: none. One whose seal does not hold is passed over (verify()
    /// names it).
    Result<std::optional<FilingTask>> next_to_file() const;
    /// It is a file now, and the disk knows before this returns. Repeating it is fine.
    Result<void> filed(const RequestId& id);

    /// The request that waits longest to be told of and whose time has come; empty: none. One whose seal does not hold
    /// is given up (verify() names it).
    Result<std::optional<NotifyTask>> next_to_notify(WallTime now);
    /// It was told as of this version (a later one waits on), and the disk knows before this returns. NotFound.
    Result<void> notified(const RequestId& id, std::int64_t version);
    /// It was not taken: again from `next_at` on, or never (until there is more to tell) when empty. NotFound.
    Result<void> notify_later(const RequestId& id, std::int64_t version, std::optional<WallTime> next_at);
    /// When next_to_notify() may find something; empty: nothing waits.
    Result<std::optional<WallTime>> next_notify_time() const;

    /// Request files of the receipt computer that were answered, by name and digest of their contents; neither can be
    /// read from the outbox's file. Remembering is on disk when it returns; another content under a known name takes
    /// the place of the first.
    Result<bool> file_is_answered(const std::string& name, std::span<const std::uint8_t, 32> digest);
    Result<void> remember_answered_file(const std::string& name, std::span<const std::uint8_t, 32> digest,
                                        WallTime now);
    /// The files that are no longer there may be forgotten. Returns how many were.
    Result<std::int64_t> forget_answered_files_except(std::span<const std::string> names);

    /// Deletes delivered rows, and rows for staff whose form was reconciled, older than the retention, unless a form is
    /// kept with them that is not reconciled, or they wait to be filed (for ever) or to be told of (seven days at
    /// most), and gives the space back. Returns how many.
    Result<std::int64_t> purge(WallTime now);
    /// Brings unsynced steps of a drain to the disk. Cheap when there are none.
    Result<void> settle();
    /// Seals every row anew under another key, all or none; net/key_rotation.h does it to a kiosk's files.
    Result<void> change_key(SealingKey key);

    struct Parts;

  private:
    explicit Outbox(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::net
