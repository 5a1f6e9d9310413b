// kill -9 at random moments: a worker process queues and drains receptions and is killed; then everything is counted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace uketsuke::bench {

struct CrashResult {
    int kills = 0;
    std::int64_t acknowledged = 0;  // receptions that a worker said were on disk
    std::int64_t lost = 0;          // of them, not at the service in the end
    // Receptions at the service beyond one for each that a worker meant to queue: a key listed twice, or a key that
    // nobody made. (Other bytes under a known key are refused by the service and end as `trouble`.)
    std::int64_t doubled = 0;
    std::int64_t unfiled = 0;   // acknowledged, and no file of its answer for the receipt computer in the end
    std::int64_t to_staff = 0;  // retried by staff in the end: kills and half answers added up to a call for them
    std::int64_t resent = 0;    // keys that reached the service more than once: retried after a kill
    int unopened = 0;           // times that the outbox did not open, or was found damaged
    std::string trouble;        // the first thing that went wrong, in words; empty when nothing did
};

// Runs the simulated service and the workers as child processes: call it while this process has no other thread that
// might hold a lock. The moments come from `seed`. `folder` is used and left behind.
CrashResult run_crash_trial(const std::filesystem::path& folder, int kills, std::uint64_t seed);

}  // namespace uketsuke::bench
