// The house behind the staff's page: answers its calls and says what it shows (README.md).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/desk/arrivals.h"
#include "app/desk/board.h"
#include "app/desk/health.h"
#include "app/desk/kiosk_watch.h"
#include "app/desk/metrics.h"
#include "app/desk/recorder.h"
#include "app/desk/staff_names.h"
#include "app/workers/event_queue.h"
#include "net/desk/desk_server.h"
#include "net/outbox.h"

namespace uketsuke::desk {

// What the desk works with; outlives it.
struct DeskParts {
    net::Outbox& outbox;
    Recorder& recorder;
    const KioskWatch& watch;
    std::function<std::optional<bool>(int number, core::StaffId by)> call_seen;
    StaffNames& names;
    Metrics& metrics;
    workers::EventQueue& events;
};

struct DeskOptions {
    HealthOptions health;
    bool visual_check = true;
    std::chrono::seconds visual_valid{120};
    std::string institution;              // as the form names it
    std::chrono::seconds paper_takes{0};  // a form that is older and not on paper needs a hand; 0: there is no printer
    std::function<net::WallTime()> now;
    std::function<bool(char32_t)> covers;
    std::function<bool(core::SessionId)> has_photo;
    std::function<std::optional<std::vector<std::uint8_t>>(core::SessionId)> photo;  // PNG
    std::function<void()> queue_changed;                                             // a request is due again
    std::function<void()> board_changed;
};

// The desk's thread.
class Desk final : public net::DeskHouse {
  public:
    Desk(DeskParts parts, DeskOptions options);

    net::DeskReply answer(const net::DeskCall& call) override;
    std::string board() override;
    net::DeskReply health() override;
    net::DeskReply metrics() override;

  private:
    std::vector<PartHealth> look_at_parts(const KioskNow& kiosk) const;
    Board look();
    std::optional<net::DeskReply> kiosk_call(const net::DeskCall& call);
    std::optional<net::DeskReply> arrival_call(const net::DeskCall& call);
    std::optional<net::DeskReply> manager_call(const net::DeskCall& call);

    net::DeskReply visual_check(const net::DeskCall& call);
    net::DeskReply withdraw(const net::DeskCall& call);
    net::DeskReply allow(const net::DeskCall& call);
    net::DeskReply card_photo(const net::DeskCall& call);
    net::DeskReply call_seen(const net::DeskCall& call, std::string_view number);
    net::DeskReply stop_reception(const net::DeskCall& call);
    net::DeskReply resume_reception(const net::DeskCall& call);

    net::DeskReply person(const net::DeskCall& call, const net::RequestId& id);
    net::DeskReply blank_declaration(const net::DeskCall& call);
    net::DeskReply declaration(const net::DeskCall& call, const net::RequestId& id);
    net::DeskReply mark(const net::DeskCall& call, const net::RequestId& id, net::Mark mark, std::string why = {});
    net::DeskReply retry(const net::DeskCall& call, const net::RequestId& id);
    net::DeskReply audit(const net::DeskCall& call);
    net::DeskReply export_arrivals(const net::DeskCall& call);

    // Tells the core; the page finds the ticket on the board.
    template <class E>
    net::DeskReply told(E event);
    bool record(const net::DeskCall& call, const char* what, std::string on, std::string why = {},
                std::string more = {});

    DeskParts m_parts;
    DeskOptions m_options;
    Arrivals m_arrivals;
    std::atomic<std::uint32_t> m_ticket{0};
};

}  // namespace uketsuke::desk
