#pragma once
// A file system for SQLite that fails on request and forgets unsynced writes at a power cut: SQLite's default VFS while
// it lives, so the product under test needs no hook. One thread at a time.

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <random>

#include "tests/net/support.h"

namespace uketsuke::net::testing {

enum class IoFault { Error, Full, ReadOnly, ShortRead };
enum class FaultLength { Once, ForEver };

/// The n-th call from arming on (counted from 0), or every call from it on, fails as `kind`.
struct IoFaultPlan {
    std::int64_t from = 0;
    IoFault kind = IoFault::Error;
    FaultLength length = FaultLength::Once;
};

class FaultVfs {
  public:
    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    void arm(const IoFaultPlan& plan);
    /// Stops failing; returns how many calls were made since arm().
    std::int64_t disarm();
    std::int64_t failed() const;  ///< calls that failed since arm()

    /// From now on writes are kept aside until their file is synced. What was written before is taken for durable.
    void hold_unsynced_writes();
    /// A disk that says it has synced and has not: what a test must notice.
    void ignore_syncs(bool ignore);
    std::int64_t changes() const;  ///< writes, truncations and syncs so far: moments at which power can fail
    /// From the n-th change on nothing reaches the disk any more.
    void cut_power_at(std::int64_t change);
    bool power_is_cut() const;
    /// Writes into `folder` what a cut leaves of the files opened since hold_unsynced_writes(): what was synced, and of
    /// the rest a random part, by sectors, some of them torn.
    void leave_after_cut(const std::filesystem::path& folder, std::mt19937_64& chance) const;

    struct State;

  private:
    State* m_state;
};

/// For thousands of outboxes: on memory where there is some, so that no disk is waited for.
ScratchFolder memory_folder();

}  // namespace uketsuke::net::testing
