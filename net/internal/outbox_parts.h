#pragma once
// What an Outbox holds. Every member after `mutex` is used only under it.

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

    mutable std::mutex mutex;
    std::optional<SealingKey> key;
    std::unique_ptr<internal::Database> database;
    internal::Statement insert;
    internal::Statement find;
    internal::Statement claim;
    internal::Statement claim_after_clock_change;
    internal::Statement finish;
    internal::Statement move;
    bool synced = true;     ///< nothing waits for settle()
    bool full_sync = true;  ///< the connection's synchronous setting

    Result<void> prepare();
    /// Chooses whether the next commit waits for the disk.
    Result<void> sync_commits(bool wait);
    Error error(Fault fault, const std::string& what) const;
    Error no_such(const RequestId& id) const { return error(Fault::NotFound, "no request " + id.text()); }
    Result<void> need_key() const;

    struct Step {
        RequestState to;
        WallTime next_at;
        const std::string& reason;
        bool ask = false;
        bool firm = false;
    };
    /// A transition out of InFlight; Conflict when the row is elsewhere.
    Result<void> leave_flight(const RequestId& id, const Step& step);
    Result<std::optional<Claim>> take(internal::Statement& statement, WallTime now, std::chrono::milliseconds lease);
};

namespace internal {

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

}  // namespace internal
}  // namespace uketsuke::net
