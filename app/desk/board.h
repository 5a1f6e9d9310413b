// The board: everything the page shows, as one JSON object (README.md). Pure.
#pragma once

#include <string>
#include <vector>

#include "app/desk/arrivals.h"
#include "app/desk/health.h"
#include "app/desk/kiosk_watch.h"
#include "app/desk/staff_names.h"

namespace uketsuke::desk {

// What needs a hand, worst first.
enum class HandKind : std::uint8_t {
    Call,
    NotSaved,
    PinLocked,
    CardProblem,
    FaceFailed,
    Request,
    Answer,
    Declaration,
    Device
};
const char* name_of(HandKind kind);  // "call", …

struct Hand {
    HandKind kind{};
    std::optional<core::WallTime> since;
    std::string on;  // call number, request id or part
};

struct Board {
    core::WallTime now{};
    KioskNow kiosk;
    bool photo = false;  // of the card that lies there
    std::vector<Arrival> arrivals;
    std::vector<Arrival> declarations;  // whose form is not reconciled, of any day
    DeclaredCounts declared;
    std::chrono::seconds paper_takes{0};  // so long after it was stored a form may still come out of the printer
    std::vector<PartHealth> health;
    bool visual_check = true;
    std::chrono::seconds visual_valid{120};
};

std::vector<Hand> hands_of(const Board& board);
// What staff can do about it: "retry", "set-aside", "declare", "reconcile".
std::vector<std::string> actions_of(const Arrival& arrival);
// One line. Names of people are masked in it, and whatever is no UTF-8 is replaced.
std::string board_json(const Board& board, const StaffNames& names);
// "2026-11-21T10:15:03+09:00"
std::string iso_time(core::WallTime at);

}  // namespace uketsuke::desk
