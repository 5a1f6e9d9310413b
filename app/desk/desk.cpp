#include "app/desk/desk.h"

#include <utility>

#include "app/desk/replies.h"

namespace uketsuke::desk {

Desk::Desk(DeskParts parts, DeskOptions options)
    : m_parts(std::move(parts)),
      m_options(std::move(options)),
      m_arrivals(m_parts.outbox, {m_options.now, m_options.covers}) {}

std::vector<PartHealth> Desk::look_at_parts(const KioskNow& kiosk) const {
    const AuditStanding audit{m_parts.recorder.failing(), m_parts.recorder.intact()};
    return look_at_health(kiosk, m_parts.outbox, m_options.now(), audit, m_options.health);
}

Board Desk::look() {
    Board board;
    board.now = std::chrono::floor<std::chrono::seconds>(m_options.now());
    board.kiosk = m_parts.watch.now();
    board.photo = board.kiosk.session && m_options.has_photo && m_options.has_photo(*board.kiosk.session);
    auto lists = m_arrivals.lists();
    board.arrivals = std::move(lists.today);
    board.declarations = std::move(lists.declarations);
    board.declared = lists.declared;
    board.paper_takes = m_options.paper_takes;
    board.health = look_at_parts(board.kiosk);
    board.visual_check = m_options.visual_check;
    board.visual_valid = m_options.visual_valid;
    return board;
}

std::string Desk::board() {
    return board_json(look(), m_parts.names);
}

net::DeskReply Desk::answer(const net::DeskCall& call) {
    if (auto reply = kiosk_call(call)) return std::move(*reply);
    if (auto reply = arrival_call(call)) return std::move(*reply);
    if (auto reply = manager_call(call)) return std::move(*reply);
    return refuse(404, "not-here");
}

net::DeskReply Desk::health() {
    const auto parts = look_at_parts(m_parts.watch.now());
    nlohmann::json all = nlohmann::json::object();
    for (const auto& part : parts) all[part.part] = {{"state", name_of(part.state)}, {"says", part.says}};
    const PartState state = worst(parts);
    return with({{"state", name_of(state)}, {"parts", std::move(all)}}, state == PartState::Trouble ? 503 : 200);
}

net::DeskReply Desk::metrics() {
    auto gauges = gauges_of(look_at_parts(m_parts.watch.now()));
    if (const auto counts = m_parts.outbox.counts()) {
        gauges.push_back(
            {"uketsuke_queue_waiting", "Requests that wait for the service", static_cast<double>(counts->waiting())});
        gauges.push_back(
            {"uketsuke_queue_needs_staff", "Requests that wait for staff", static_cast<double>(counts->needs_staff)});
    }
    net::DeskReply reply;
    reply.status = 200;
    reply.type = "text/plain; version=0.0.4; charset=utf-8";
    reply.body = m_parts.metrics.text(gauges);
    return reply;
}

bool Desk::record(const net::DeskCall& call, const char* what, std::string on, std::string why, std::string more) {
    return m_parts.recorder.record_now({call.who.name, what, std::move(why), std::move(on), std::move(more)});
}

}  // namespace uketsuke::desk
