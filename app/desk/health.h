// How the kiosk is: what each part says of itself, for the page, for /health and for /metrics.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/desk/kiosk_watch.h"
#include "app/desk/metrics.h"
#include "net/outbox.h"

namespace uketsuke::desk {

enum class PartState : std::uint8_t { Good, Notice, Trouble, Off };
const char* name_of(PartState state);  // "good", …

struct PartHealth {
    std::string part;  // "reader"
    PartState state = PartState::Good;
    std::string says;             // a stable word; assets/desk has its sentence
    std::optional<double> value;  // seconds, megabytes or a count, as the word says
};

struct AuditStanding {
    bool failing = false;  // it cannot be written
    bool intact = true;    // it is as it was written
};

struct HealthOptions {
    bool camera = true;  // configured
    bool receipt_computer = false;
    bool webhook = false;
    std::filesystem::path disk;  // the outbox's folder
    std::function<std::chrono::seconds()> clock_ahead;
    std::function<std::string()> webhook_trouble;  // empty: it goes well; may itself be empty
};

// Looks at the disk and the queue: some microseconds to milliseconds. Any thread.
std::vector<PartHealth> look_at_health(const KioskNow& kiosk, const net::Outbox& outbox, net::WallTime now,
                                       const AuditStanding& audit, const HealthOptions& options);
// "good", "notice" or "trouble": the worst of them.
PartState worst(const std::vector<PartHealth>& parts);
std::vector<Metrics::Gauge> gauges_of(const std::vector<PartHealth>& parts);

}  // namespace uketsuke::desk
