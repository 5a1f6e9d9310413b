#include "app/desk/health.h"

#include <algorithm>

namespace uketsuke::desk {
namespace {

constexpr double k_little_space = 1'000;  // MB: some hundred thousand receptions
constexpr double k_no_space = 100;
constexpr std::chrono::seconds k_queue_is_old{300};

bool holds(const KioskNow& kiosk, core::StaffNote note) {
    return kiosk.notes[static_cast<std::size_t>(note)];
}

PartHealth camera_of(const KioskNow& kiosk, bool configured) {
    if (!configured) return {"camera", PartState::Off, "not-there", std::nullopt};
    if (kiosk.camera_failing) return {"camera", PartState::Trouble, "no-picture", std::nullopt};
    if (!kiosk.networks_absent) return {"camera", PartState::Good, "works", std::nullopt};
    switch (*kiosk.networks_absent) {
        case core::FaceAbsence::NoModels:
            return {"camera", PartState::Notice, "no-models", std::nullopt};
        case core::FaceAbsence::NoCamera:
            return {"camera", PartState::Trouble, "no-picture", std::nullopt};
        case core::FaceAbsence::Starting:
            return {"camera", PartState::Notice, "starting", std::nullopt};
        case core::FaceAbsence::Disabled:
            return {"camera", PartState::Off, "switched-off", std::nullopt};
        case core::FaceAbsence::NoPhoto:
        case core::FaceAbsence::AttemptsUsed:
            break;  // of one card
    }
    return {"camera", PartState::Good, "works", std::nullopt};
}

PartHealth queue_of(const KioskNow& kiosk, const net::Outbox& outbox, net::WallTime now) {
    if (holds(kiosk, core::StaffNote::QueueDamaged)) return {"queue", PartState::Trouble, "was-damaged", std::nullopt};
    const auto counts = outbox.counts();
    if (!counts) return {"queue", PartState::Trouble, "unreadable", std::nullopt};
    if (counts->waiting() == 0) return {"queue", PartState::Good, "empty", 0};
    // Rows come oldest first, and those that wait are the youngest.
    double oldest = 0;
    if (const auto rows = outbox.latest(1'000)) {
        for (const auto& row : *rows) {
            const bool waits = row.state == net::RequestState::Due || row.state == net::RequestState::InFlight ||
                               row.state == net::RequestState::Processing;
            if (waits) oldest = std::max(oldest, std::chrono::duration<double>(now - row.queued_at).count());
        }
    }
    const bool old = oldest > static_cast<double>(k_queue_is_old.count());
    return {"queue", old ? PartState::Trouble : PartState::Notice, old ? "waits-long" : "waits", oldest};
}

PartHealth disk_of(const std::filesystem::path& folder) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (error) return {"disk", PartState::Trouble, "unreadable", std::nullopt};
    const double free = static_cast<double>(space.available) / 1e6;
    if (free < k_no_space) return {"disk", PartState::Trouble, "full", free};
    if (free < k_little_space) return {"disk", PartState::Notice, "little-space", free};
    return {"disk", PartState::Good, "works", free};
}

}  // namespace

const char* name_of(PartState state) {
    switch (state) {
        case PartState::Good:
            return "good";
        case PartState::Notice:
            return "notice";
        case PartState::Trouble:
            return "trouble";
        case PartState::Off:
            return "off";
    }
    return "";
}

std::vector<PartHealth> look_at_health(const KioskNow& kiosk, const net::Outbox& outbox, net::WallTime now,
                                       const AuditStanding& audit, const HealthOptions& options) {
    const auto plain = [](const char* part, bool trouble, const char* word) {
        return PartHealth{part, trouble ? PartState::Trouble : PartState::Good, trouble ? word : "works", std::nullopt};
    };
    const auto if_there = [&](const char* part, bool there, bool trouble, const char* word) {
        return there ? plain(part, trouble, word) : PartHealth{part, PartState::Off, "not-there", std::nullopt};
    };
    PartHealth clock = plain("clock", holds(kiosk, core::StaffNote::ClockWrong), "wrong");
    clock.value = static_cast<double>(options.clock_ahead().count());
    const std::string webhook = options.webhook_trouble ? options.webhook_trouble() : std::string();
    return {
        plain("reader", !kiosk.reader_there, "away"),
        camera_of(kiosk, options.camera),
        plain("network", holds(kiosk, core::StaffNote::ServiceAway), "service-away"),
        queue_of(kiosk, outbox, now),
        disk_of(options.disk),
        clock,
        plain("certificate", holds(kiosk, core::StaffNote::OwnCertificate), "refused"),
        if_there("receipt-computer", options.receipt_computer, holds(kiosk, core::StaffNote::FilesAway), "away"),
        if_there("webhook", options.webhook, !webhook.empty(), "not-taken"),
        plain("audit", audit.failing || !audit.intact, audit.failing ? "unwritable" : "altered"),
    };
}

PartState worst(const std::vector<PartHealth>& parts) {
    PartState found = PartState::Good;
    for (const auto& part : parts) {
        if (part.state != PartState::Off) found = std::max(found, part.state);
    }
    return found;
}

std::vector<Metrics::Gauge> gauges_of(const std::vector<PartHealth>& parts) {
    std::vector<Metrics::Gauge> gauges;
    for (const auto& part : parts) {
        std::string name = part.part;
        std::replace(name.begin(), name.end(), '-', '_');
        gauges.push_back({"uketsuke_" + name + "_up", "1: " + part.part + " works or is not used",
                          part.state == PartState::Trouble ? 0.0 : 1.0});
        if (part.part == "queue" && part.value) {
            gauges.push_back({"uketsuke_queue_oldest_seconds", "Age of the oldest request that waits", *part.value});
        } else if (part.part == "disk" && part.value) {
            gauges.push_back({"uketsuke_disk_free_megabytes", "Space left for the queue", *part.value});
        } else if (part.part == "clock" && part.value) {
            gauges.push_back(
                {"uketsuke_clock_ahead_seconds", "This machine's clock before the service's", *part.value});
        }
    }
    return gauges;
}

}  // namespace uketsuke::desk
