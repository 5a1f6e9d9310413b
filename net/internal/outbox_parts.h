#pragma once
// What an Outbox holds. Every member after `mutex` is used only under it.

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "net/internal/outbox_file.h"
#include "net/internal/sqlite.h"
#include "net/outbox.h"

namespace uketsuke::net {

struct Outbox::Parts {
    std::filesystem::path path;
    OutboxOptions options;
    internal::UniqueFd lock;
    std::optional<DamageReport> damage;
    std::atomic<std::uint64_t> changes{0};

    mutable std::mutex mutex;
    std::optional<SealingKey> key;
    std::optional<SealingKey> file_key;  ///< of file_is_answered(); loaded when first needed
    std::unique_ptr<internal::Database> database;
    internal::Statement begin, commit;
    internal::Statement insert, insert_payload, find;
    internal::Statement next, next_after_clock_change, take_off, land;
    internal::Statement finish, finish_row, keep_answer, drop_answer;
    internal::Statement move, postpone;
    mutable internal::Statement count, count_to_file, count_open_forms, first_time, oldest_to_file;
    internal::Statement filed;
    mutable internal::Statement summary_row;
    internal::Statement next_notify, notified, notify_later;
    mutable internal::Statement count_to_notify, first_notify;
    internal::Statement next_withdrawal, next_in_turn, oldest_held;
    mutable internal::Statement first_time_in_turn, patient_of;
    /// Requests may be about patients in continuing care. A counter's file has none, and pays nothing for them.
    bool with_care = false;
    bool with_withdrawals = false;

    /// Rows this process has claimed, so that their answer needs no search.
    struct Flying {
        std::string id;
        std::int64_t seq;
        bool to_file;  ///< its answer is one for the receipt computer, where there is one
        bool told;     ///< the clinic's own system is told of it, where there is one
    };
    std::vector<Flying> flying;
    /// Answers of such rows that are not in the file yet. Every call but claim(), delivered() and enqueue() writes them
    /// first, so nobody in this process sees the difference; a crash only repeats the sending.
    struct Delivery {
        std::int64_t seq;
        WallTime at;
        std::string reason;
        bool to_file;
        bool told;
        std::vector<std::uint8_t> sealed;
    };
    std::vector<Delivery> pending;
    std::optional<WallTime> first_lease_end;  ///< no lease of this process ends before; empty: no claim yet
    bool synced = true;                       ///< nothing waits for settle()
    bool full_sync = true;                    ///< the connection's synchronous setting

    Result<void> prepare();
    Result<void> prepare_views();
    Result<void> prepare_notifications();
    Result<void> prepare_care();
    Result<std::vector<RequestSummary>> summaries(const std::string& text, std::int64_t limit);
    Result<RequestSummary> summary_by_seq(std::int64_t seq) const;
    /// Empty and a seq: that row's seal does not hold. Empty and zero: none waits.
    Result<std::optional<NotifyTask>> notify_candidate(WallTime now, std::int64_t& seq);
    /// Chooses whether the next commit waits for the disk.
    Result<void> sync_commits(bool wait);
    /// Runs `steps` in one transaction: all of them, or none and the first error. `wait`: on disk when it returns.
    template <class Steps>
    Result<void> together(bool wait, Steps steps) {
        if (auto set = sync_commits(wait); !set) return set;
        if (auto begun = begin.run(); !begun) return begun;
        const std::int64_t before = database->total_changes();
        Result<void> done = steps();
        if (done) done = commit.run();
        if (!done) {
            database->undo();
        } else if (database->total_changes() != before) {
            // A commit of nothing waits for no disk, and brings nothing there that was written before.
            synced = wait;
            ++changes;
        }
        return done;
    }
    /// Rows whose lease has ended wait again.
    Result<void> land_overdue(WallTime now);
    void note_flight(const SignedRequest& request, std::int64_t seq);
    bool pending_is_due(WallTime now) const;
    /// Inside a transaction; the caller clears `pending` once it is committed.
    Result<void> write_pending();
    /// In a transaction of their own. After a failure they wait on.
    Result<void> flush();
    Error error(Fault fault, const std::string& what) const;
    Result<void> is_at_rest(const RequestId& id);
    Error no_such(const RequestId& id) const { return error(Fault::NotFound, "no request " + id.text()); }
    Error not_in_flight(const RequestId& id) const {
        return error(Fault::Conflict, "request " + id.text() + " is not in flight");
    }
    /// NotFound when there is no such row, else `otherwise`.
    Result<void> unless_missing(const RequestId& id, Result<void> otherwise);
    Result<void> need_key() const;
    Result<const SealingKey*> need_file_key();

    struct Candidate {
        std::int64_t seq = 0;
        std::string id;
        bool intact = false;
        bool unaskable = false;  ///< intact, and there is nothing to ask the service
        Claim claim;
    };
    /// `bound`: the parameter of the statement, a moment or a row.
    Result<std::optional<Candidate>> candidate(internal::Statement& select, std::int64_t bound);
    Result<std::optional<Candidate>> candidate_at(WallTime now);
    /// Of a file with patients: a withdrawal first, nobody's later request before an earlier one, and a request that
    /// only wants a network before those behind it.
    Result<std::optional<Candidate>> candidate_in_turn(WallTime now);

    /// Both: `patient` null means that the request is about nobody in continuing care. The patient's number, or 0.
    Result<std::int64_t> enqueue(const SignedRequest& request, const CarePatient* patient, WallTime now,
                                 std::chrono::sys_seconds not_visited_since = {});
    /// Inside its transaction. 0: there is no room.
    Result<std::int64_t> keep_patient(CarePatient patient, const RequestId& latest,
                                      std::chrono::sys_seconds not_visited_since);
    /// The number for one more patient; empty: `most_patients` are kept.
    Result<std::optional<std::int64_t>> find_room() const;
    /// Inside a transaction: as end_care().
    Result<std::int64_t> forget_patients(std::chrono::sys_seconds not_visited_since,
                                         std::chrono::sys_seconds unsettled_since);
    /// Inside a transaction: a request that can never be sent.
    Result<void> tell_patient_of_lost(const std::string& id);
    /// NotFound, BadPayload.
    Result<CarePatient> read_patient(std::int64_t number) const;
    Result<void> write_patient(const CarePatient& patient);
    /// Every patient whose seal holds, in the order of their numbers.
    Result<std::vector<CarePatient>> every_patient() const;
    /// Only that one, or none when its seal is broken.
    Result<std::vector<CarePatient>> one_patient(std::int64_t number) const;
    /// Staff have had the request sent once more.
    Result<void> waits_again(const RequestId& id);
    /// What was confirmed by a request that is no longer kept is no result any more.
    Result<void> forget_old_result(CarePatient& patient) const;
    Result<void> verify_patients(std::vector<std::string>& problems) const;
    Result<void> reseal_patients(const SealingKey& into) const;
    /// About whom a request is; 0: nobody. NotFound: no such request.
    Result<std::int64_t> patient_number(const RequestId& id) const;
    struct OfPatient {
        std::int64_t number = 0;  ///< 0: nobody
        std::int64_t seq = 0;
        bool is_reception = false;
    };
    Result<OfPatient> of_patient(const RequestId& id) const;
    /// Inside a transaction: what was answered to a request of theirs. False: it is nobody's.
    Result<bool> tell_patient(const RequestId& id, const CareAnswer& answer);

    struct Step {
        RequestState to;
        WallTime next_at;
        const std::string& reason;
        bool ask = false;
        bool firm = false;
    };
    /// A transition out of InFlight; Conflict when the row is elsewhere. `answer`: kept with it, when there is one.
    Result<void> leave_flight(const RequestId& id, const Step& step, std::span<const std::uint8_t> answer = {});
    /// Inside the transaction of enqueue(): the form of a new row, and what follows from it for the row.
    Result<void> add_form(std::int64_t seq, const SignedRequest& request, std::span<const std::uint8_t> sealed,
                          WallTime now);
    /// What stands under a known id is what was given again.
    Result<void> same_as_known(const SignedRequest& request, std::span<const std::uint8_t> plain);
    /// The form of a row as it was given; nothing: none is kept. BadPayload: its seal does not hold.
    Result<std::optional<std::vector<std::uint8_t>>> read_form(const RequestId& id);
    /// Keeps `answer` sealed beside the row, or none when it is empty.
    Result<void> store_answer(std::int64_t seq, const RequestId& id, std::span<const std::uint8_t> answer);
};

namespace internal {

/// Values of requests.firm: what a moment that a row waits for rests on.
inline constexpr std::int64_t own_wait = 0, firm_wait = 1, network_wait = 2;
inline std::int64_t wait_code(Postponed why) {
    switch (why) {
        case Postponed::NoNetwork:
            return network_wait;
        case Postponed::ByTheService:
            return firm_wait;
        case Postponed::NoAnswer:
        case Postponed::UnreadableAnswer:
            break;
    }
    return own_wait;
}

inline std::int64_t stamp(WallTime at) {
    return at.time_since_epoch().count();
}
inline WallTime moment(std::int64_t stamp) {
    return WallTime(std::chrono::milliseconds(stamp));
}
inline std::int64_t code(RequestState state) {
    return static_cast<std::int64_t>(state);
}
RequestState state_of(std::int64_t code);

inline std::int64_t bit(Mark mark) {
    return std::int64_t{1} << static_cast<int>(mark);
}

/// No wait that the program itself sets is longer; a row further away was stamped by a clock that has since been set
/// back.
inline constexpr std::chrono::hours longest_wait{4};

/// Values of requests.to_notify.
inline constexpr std::int64_t nothing_to_tell = 0, to_be_told = 1, not_taken = 2;

/// Bytes of a reason that are kept.
inline constexpr std::size_t longest_reason = 300;

/// What an answer is bound to.
inline std::string answer_of(const std::string& id) {
    return id + " answer";
}

/// What a form is bound to.
inline std::string form_of(const std::string& id) {
    return id + " declaration";
}

/// Values of declarations.kind.
enum class FormKind : std::int64_t {
    WithReception = 0,  ///< beside a reception that was signed by a card
    Asking = 1,         ///< its request asks the service by what it says
    Unaskable = 2,      ///< it says too little: its request is never sent
};
inline std::int64_t code(FormKind kind) {
    return static_cast<std::int64_t>(kind);
}
FormKind form_kind_of(const SignedRequest& request);

/// What a patient in continuing care is bound to.
inline std::string care_of(std::int64_t number) {
    return "care " + std::to_string(number);
}

/// Values of requests.kind.
enum class RequestKind : std::int64_t {
    Reception = 0,   ///< or a declaration
    Renewal = 1,     ///< of consents: nobody is received
    Withdrawal = 2,  ///< likewise, and it goes first
};
inline std::int64_t code(RequestKind kind) {
    return static_cast<std::int64_t>(kind);
}
inline RequestKind request_kind_of(Method method) {
    switch (method) {
        case Method::Face:
        case Method::Pin:
        case Method::Visual:
        case Method::Declaration:
        case Method::Reinquiry:
            break;
        case Method::ConsentRenewal:
            return RequestKind::Renewal;
        case Method::Withdrawal:
            return RequestKind::Withdrawal;
    }
    return RequestKind::Reception;
}
inline constexpr std::string_view unaskable_reason = "too little was said to ask the service";
/// An answer to a declaration is no reader's result, and one about consents no result at all: neither is filed.
inline bool is_filed(const SignedRequest& request) {
    return request.method != Method::Declaration && request_kind_of(request.method) == RequestKind::Reception;
}
/// An arrival, of which the clinic's own system is told.
inline bool is_told(const SignedRequest& request) {
    return request_kind_of(request.method) == RequestKind::Reception;
}

}  // namespace internal
}  // namespace uketsuke::net
