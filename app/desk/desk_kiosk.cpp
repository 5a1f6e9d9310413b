// What the page asks of the kiosk. The core decides; the page finds on the board what became of it.
#include <array>
#include <utility>

#include "app/desk/desk.h"
#include "app/desk/replies.h"

namespace uketsuke::desk {
namespace {

// Bytes of a message that is at most k_longest characters long.
constexpr std::size_t k_longest_message = core::event::ReceptionStopped::k_longest * 4;

constexpr std::uint64_t k_most_calls = 1'000'000;

std::optional<core::VisualReason> reason_named(const std::string& name) {
    for (std::size_t i = 0; i < core::k_visual_reasons; ++i) {
        const auto reason = static_cast<core::VisualReason>(i);
        if (name == core::name_of(reason)) return reason;
    }
    return std::nullopt;
}

std::optional<core::StaffPurpose> allowance_named(const std::string& name) {
    for (const auto purpose :
         {core::StaffPurpose::OrderedKeypad, core::StaffPurpose::WaiveChallenge, core::StaffPurpose::TypeNumber}) {
        if (name == core::name_of(purpose)) return purpose;
    }
    return std::nullopt;
}

// The member "session": absent or null is no session; nullopt when it is something else.
std::optional<std::optional<core::SessionId>> session_in(const nlohmann::json& object) {
    const auto found = object.find("session");
    if (found == object.end() || found->is_null()) return std::optional<core::SessionId>{};
    if (!found->is_number_unsigned()) return std::nullopt;
    return std::optional(static_cast<core::SessionId>(found->get<std::uint64_t>()));
}

std::size_t characters_in(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return count;
}

}  // namespace

template <class E>
net::DeskReply Desk::told(E event) {
    const std::uint32_t ticket = ++m_ticket;
    if constexpr (requires { event.ticket; }) event.ticket = static_cast<core::Ticket>(ticket);
    m_parts.events.post(std::move(event));
    return with({{"ticket", ticket}}, 202);
}

std::optional<net::DeskReply> Desk::kiosk_call(const net::DeskCall& call) {
    const auto parts = parts_of(call.path);
    if (parts.empty()) return std::nullopt;
    if (parts.size() == 3 && parts[0] == "calls" && parts[2] == "seen" && call.method == "POST") {
        return call_seen(call, parts[1]);
    }
    if (parts.size() != 1) return std::nullopt;
    if (parts[0] == "visual-checks" && call.method == "POST") return visual_check(call);
    if (parts[0] == "visual-checks" && call.method == "DELETE") return withdraw(call);
    if (parts[0] == "allowances" && call.method == "POST") return allow(call);
    if (parts[0] == "card-photo" && call.method == "GET") return card_photo(call);
    if (parts[0] == "reception-stop" && (call.method == "PUT" || call.method == "DELETE")) {
        if (call.who.role != net::Role::Manager) return refuse(403, "managers-only");
        return call.method == "PUT" ? stop_reception(call) : resume_reception(call);
    }
    return std::nullopt;
}

net::DeskReply Desk::visual_check(const net::DeskCall& call) {
    if (!m_options.visual_check) return refuse(403, "not-configured");
    // Who identified whom must be known afterwards.
    if (m_parts.recorder.failing()) return refuse(503, "no-record");
    const auto body = object_of(call.body, {"reason", "session", "confirmed"});
    if (!body) return refuse(400, "not-understood");
    const auto name = text_in(*body, "reason", 40);
    const auto reason = name ? reason_named(*name) : std::nullopt;
    const auto session = session_in(*body);
    if (!reason || !session || body->value("confirmed", nlohmann::json()) != true) return refuse(400, "not-understood");
    core::event::StaffApproved approved;
    approved.purpose = core::StaffPurpose::VisualCheck;
    approved.who = m_parts.names.id_of(call.who.name);
    approved.reason = *reason;
    approved.session = *session;
    return told(std::move(approved));
}

net::DeskReply Desk::withdraw(const net::DeskCall& call) {
    core::event::VisualWithdrawn withdrawn;
    withdrawn.who = m_parts.names.id_of(call.who.name);
    return told(std::move(withdrawn));
}

net::DeskReply Desk::allow(const net::DeskCall& call) {
    if (m_parts.recorder.failing()) return refuse(503, "no-record");
    const auto body = object_of(call.body, {"purpose", "session"});
    if (!body) return refuse(400, "not-understood");
    const auto name = text_in(*body, "purpose", 40);
    const auto purpose = name ? allowance_named(*name) : std::nullopt;
    const auto session = session_in(*body);
    if (!purpose || !session || !*session) return refuse(400, "not-understood");
    core::event::StaffApproved approved;
    approved.purpose = *purpose;
    approved.who = m_parts.names.id_of(call.who.name);
    approved.session = *session;
    return told(std::move(approved));
}

net::DeskReply Desk::card_photo(const net::DeskCall& call) {
    const auto asked = call.query.find("session");
    const auto number = asked == call.query.end() ? std::nullopt : number_in(asked->second);
    if (!number) return refuse(400, "not-understood");
    const auto session = static_cast<core::SessionId>(*number);
    const auto now = m_parts.watch.now().session;
    if (!m_options.photo || now != session) return refuse(404, "not-here");
    auto picture = m_options.photo(session);
    if (!picture) return refuse(404, "not-here");
    if (!record(call, "photo of the card looked at", "visit " + std::to_string(*number))) {
        net::wipe(*picture);
        return refuse(503, "no-record");
    }
    net::DeskReply reply;
    reply.status = 200;
    reply.type = "image/png";
    reply.body.assign(picture->begin(), picture->end());
    net::wipe(*picture);
    return reply;
}

net::DeskReply Desk::call_seen(const net::DeskCall& call, std::string_view number) {
    const auto asked = number_in(number);
    const auto who = m_parts.names.id_of(call.who.name);
    const auto newest =
        asked && *asked <= k_most_calls ? m_parts.call_seen(static_cast<int>(*asked), who) : std::nullopt;
    if (!newest) return refuse(404, "not-here");
    // Whoever called before them is told nothing by this screen, and they nothing by that call.
    if (*newest) m_parts.events.post(core::event::CallSeen{});
    return {};
}

net::DeskReply Desk::stop_reception(const net::DeskCall& call) {
    if (m_parts.recorder.failing()) return refuse(503, "no-record");
    const auto body = object_of(call.body, {"message"});
    auto message = body ? text_in(*body, "message", k_longest_message) : std::nullopt;
    if (!message || characters_in(*message) > core::event::ReceptionStopped::k_longest) {
        return refuse(400, "not-understood");
    }
    return told(core::event::ReceptionStopped{m_parts.names.id_of(call.who.name), std::move(*message), {}});
}

net::DeskReply Desk::resume_reception(const net::DeskCall& call) {
    return told(core::event::ReceptionResumed{m_parts.names.id_of(call.who.name), {}});
}

}  // namespace uketsuke::desk
