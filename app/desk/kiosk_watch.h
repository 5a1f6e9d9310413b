// What the desk knows of the kiosk: fed by the ui thread after every step, read by any.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/core/passed.h"
#include "app/core/staff_view.h"

namespace uketsuke::desk {

// A patient asked for somebody.
struct StaffCall {
    int number = 0;  // of this run of the program, from 1
    core::WallTime since{};
    core::Screen from{};  // the screen it was asked from
    std::optional<core::SessionId> session;
    std::optional<core::StaffId> seen_by;
    core::WallTime seen_at{};
    std::optional<core::OtherWay> to_show;  // what there is to look at
};

enum class FaceStanding : std::uint8_t { Away, Offered, Failed };

// What became of an action.
enum class TicketResult : std::uint8_t {
    Done,
    TooLate,  // another card lies there, or none
    Refused,  // not possible now
};
const char* name_of(TicketResult result);  // "done", "too-late", "refused"
const char* name_of(FaceStanding face);    // "away", "offered", "failed"

struct KioskNow {
    core::Screen screen = core::Screen::Idle;
    core::WallTime since{};
    std::optional<core::SessionId> session;
    std::optional<int> pin_tries;
    std::optional<core::Method> identified;
    FaceStanding face = FaceStanding::Away;
    std::vector<core::StaffPurpose> allowed;  // what staff can allow now
    std::optional<core::VisualWaiting> visual;
    core::WallTime visual_until{};
    std::optional<core::Stopped> stopped;
    core::WallTime stopped_since{};
    std::vector<StaffCall> calls;
    bool reader_there = true;
    bool camera_failing = false;
    std::optional<core::FaceAbsence> networks_absent;
    std::array<bool, core::k_staff_notes> notes{};
    std::map<core::Ticket, TicketResult> tickets;  // the last 50
};

class KioskWatch {
  public:
    // `changed` is called on the ui thread when now() says something else than before.
    explicit KioskWatch(std::function<void()> changed) : m_changed(std::move(changed)) {}

    void passed(const core::Passed& passed);  // ui thread
    KioskNow now() const;                     // any thread

    // Any thread. Whether it is the newest one, whose patient may be told so; nullopt: no such call.
    std::optional<bool> call_seen(int number, core::StaffId by);

  private:
    void note_call(const core::Passed& passed, const core::effect::CallStaff& asked);
    bool note_ticket(const core::Passed& passed);
    bool take_state(const core::Passed& passed);
    bool forget_calls(const core::State& state);

    std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    KioskNow m_now;
    core::WallTime m_wall{};
    int m_calls = 0;
};

}  // namespace uketsuke::desk
