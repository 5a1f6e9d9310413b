#include "app/desk/board.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace uketsuke::desk {
namespace {

using nlohmann::json;

core::WallTime seconds_of(net::WallTime at) {
    return std::chrono::floor<std::chrono::seconds>(at);
}

template <class T>
json number_or_null(const std::optional<T>& value) {
    return value ? json(static_cast<std::int64_t>(*value)) : json(nullptr);
}

json kiosk_json(const Board& board, const StaffNames& names) {
    const KioskNow& kiosk = board.kiosk;
    json allow = json::array();
    for (const auto purpose : kiosk.allowed) {
        allow.push_back(purpose == core::StaffPurpose::VisualCheck ? "visual" : core::name_of(purpose));
    }
    json visual = nullptr;
    if (kiosk.visual) {
        visual = {{"by", names.name_of(kiosk.visual->approval.who)},
                  {"reason", core::name_of(kiosk.visual->approval.reason)},
                  {"until", iso_time(kiosk.visual_until)}};
    }
    json stopped = nullptr;
    if (kiosk.stopped) {
        stopped = {{"by", names.name_of(kiosk.stopped->who)},
                   {"message", kiosk.stopped->message},
                   {"since", iso_time(kiosk.stopped_since)}};
    }
    return {{"screen", core::name_of(kiosk.screen)},
            {"since", iso_time(kiosk.since)},
            {"session", number_or_null(kiosk.session)},
            {"pin_tries", number_or_null(kiosk.pin_tries)},
            {"identified", kiosk.identified ? json(core::name_of(*kiosk.identified)) : json(nullptr)},
            {"face", name_of(kiosk.face)},
            {"photo", board.photo},
            {"allow", std::move(allow)},
            {"visual", std::move(visual)},
            {"stopped", std::move(stopped)}};
}

json arrival_json(const Arrival& arrival) {
    const net::RequestSummary& row = arrival.summary;
    json remarks = json::array();
    for (const auto remark : arrival.remarks) remarks.push_back(net::name_of(remark));
    const net::MeaningRow* meaning = arrival.meaning ? &net::row_of(*arrival.meaning) : nullptr;
    const bool told = meaning != nullptr && meaning->patient != net::PatientReads::Confirmed;
    const bool waits = arrival.state == ArrivalState::Queued && row.state != net::RequestState::InFlight;
    json declaration = nullptr;
    if (row.has(net::Mark::Declared)) declaration = "made";
    if (row.has(net::Mark::Reconciled)) declaration = "reconciled";
    json differs = json::array();
    if (arrival.check) {
        for (const auto field : arrival.check->differ) differs.push_back(net::name_of(field));
    }
    return {{"id", row.id.text()},
            {"at", iso_time(seconds_of(row.queued_at))},
            {"name", arrival.masked_name.empty() ? json(nullptr) : json(arrival.masked_name)},
            {"age", number_or_null(arrival.age)},
            {"method", net::name_of(arrival.method)},
            {"state", name_of(arrival.state)},
            {"number", told ? json(meaning->number) : json(nullptr)},
            {"meaning", meaning != nullptr ? json(meaning->name) : json(nullptr)},
            {"remarks", std::move(remarks)},
            {"seen", row.has(net::Mark::Seen)},
            {"declaration", std::move(declaration)},
            {"attempts", row.attempts},
            {"waits_until", waits ? json(iso_time(seconds_of(row.next_at))) : json(nullptr)},
            {"check", arrival.check ? json(net::name_of(arrival.check->result)) : json(nullptr)},
            {"differs", std::move(differs)},
            {"claim", arrival.check ? json(net::name_of(arrival.check->claim)) : json(nullptr)},
            {"printed", row.has(net::Mark::Printed)},
            {"can", actions_of(arrival)}};
}

std::optional<HandKind> hand_of(core::Screen screen) {
    if (screen == core::Screen::NotSaved) return HandKind::NotSaved;
    if (screen == core::Screen::PinLocked) return HandKind::PinLocked;
    if (screen == core::Screen::CardProblem) return HandKind::CardProblem;
    if (screen == core::Screen::FaceFailed) return HandKind::FaceFailed;
    return std::nullopt;
}

// Staff have dealt with it.
bool settled(const Arrival& arrival) {
    const net::RequestSummary& row = arrival.summary;
    // A form that was made before the service answered is to be compared with what it says now.
    return row.has(net::Mark::SetAside) || row.has(net::Mark::Reconciled);
}

// A reception may have waited long before its form was filled in.
core::WallTime declared_at(const net::RequestSummary& row) {
    return seconds_of(row.declared_at.value_or(row.queued_at));
}

// A form that is on no paper and that nobody has looked at.
bool nobody_has(const Arrival& arrival, const Board& board) {
    const net::RequestSummary& row = arrival.summary;
    const bool dealt_with = row.has(net::Mark::Printed) || row.has(net::Mark::Seen) || settled(arrival);
    return !dealt_with && board.now - declared_at(row) >= board.paper_takes;
}

}  // namespace

const char* name_of(HandKind kind) {
    switch (kind) {
        case HandKind::Call:
            return "call";
        case HandKind::NotSaved:
            return "not-saved";
        case HandKind::PinLocked:
            return "pin-locked";
        case HandKind::CardProblem:
            return "card-problem";
        case HandKind::FaceFailed:
            return "face-failed";
        case HandKind::Request:
            return "request";
        case HandKind::Answer:
            return "answer";
        case HandKind::Declaration:
            return "declaration";
        case HandKind::Device:
            return "device";
    }
    return "";
}

std::string iso_time(core::WallTime at) {
    const std::string plain = net::jst_date_time(at);
    if (plain.size() != 14) return {};
    return plain.substr(0, 4) + "-" + plain.substr(4, 2) + "-" + plain.substr(6, 2) + "T" + plain.substr(8, 2) + ":" +
           plain.substr(10, 2) + ":" + plain.substr(12, 2) + "+09:00";
}

std::vector<Hand> hands_of(const Board& board) {
    std::vector<Hand> hands;
    for (const auto& call : board.kiosk.calls) {
        if (!call.seen_by) hands.push_back({HandKind::Call, call.since, std::to_string(call.number)});
    }
    if (const auto kind = hand_of(board.kiosk.screen)) {
        hands.push_back({*kind, board.kiosk.since, ""});
    }
    for (const auto& arrival : board.arrivals) {
        if (arrival.state != ArrivalState::Problem || settled(arrival)) continue;
        const bool request = arrival.summary.state == net::RequestState::NeedsStaff;
        if (request && arrival.summary.asks_nothing) continue;  // nothing was refused: its form calls, if anything
        hands.push_back({request ? HandKind::Request : HandKind::Answer, seconds_of(arrival.summary.queued_at),
                         arrival.summary.id.text()});
    }
    for (const auto& form : board.declarations) {
        if (nobody_has(form, board)) {
            hands.push_back({HandKind::Declaration, declared_at(form.summary), form.summary.id.text()});
        }
    }
    for (const auto& part : board.health) {
        if (part.state == PartState::Trouble) hands.push_back({HandKind::Device, std::nullopt, part.part});
    }
    std::stable_sort(hands.begin(), hands.end(), [](const Hand& a, const Hand& b) { return a.kind < b.kind; });
    return hands;
}

std::vector<std::string> actions_of(const Arrival& arrival) {
    std::vector<std::string> can;
    const net::RequestSummary& row = arrival.summary;
    const bool waits = row.state == net::RequestState::Due || row.state == net::RequestState::Processing;
    if (!row.asks_nothing && (row.state == net::RequestState::NeedsStaff || waits)) can.emplace_back("retry");
    if (arrival.state == ArrivalState::Problem) can.emplace_back("set-aside");
    const bool declared = row.has(net::Mark::Declared);
    if (arrival.state != ArrivalState::Confirmed && !declared) can.emplace_back("declare");
    if (declared && !row.has(net::Mark::Reconciled)) can.emplace_back("reconcile");
    return can;
}

std::string board_json(const Board& board, const StaffNames& names) {
    json calls = json::array();
    for (const auto& call : board.kiosk.calls) {
        calls.push_back({{"number", call.number},
                         {"since", iso_time(call.since)},
                         {"screen", core::name_of(call.from)},
                         {"to_show", call.to_show ? json(core::name_of(*call.to_show)) : json(nullptr)},
                         {"seen_by", call.seen_by ? json(names.name_of(*call.seen_by)) : json(nullptr)}});
    }
    json hands = json::array();
    for (const auto& hand : hands_of(board)) {
        hands.push_back({{"kind", name_of(hand.kind)},
                         {"since", hand.since ? json(iso_time(*hand.since)) : json(nullptr)},
                         {"on", hand.on}});
    }
    json arrivals = json::array();
    for (const auto& arrival : board.arrivals) arrivals.push_back(arrival_json(arrival));
    json declarations = json::array();
    for (const auto& form : board.declarations) declarations.push_back(arrival_json(form));
    json health = json::array();
    for (const auto& part : board.health) {
        health.push_back({{"part", part.part},
                          {"state", name_of(part.state)},
                          {"says", part.says},
                          {"value", part.value ? json(*part.value) : json(nullptr)}});
    }
    json tickets = json::object();
    for (const auto& [ticket, result] : board.kiosk.tickets) {
        tickets[std::to_string(static_cast<std::uint32_t>(ticket))] = name_of(result);
    }
    const json all{{"now", iso_time(board.now)},
                   {"kiosk", kiosk_json(board, names)},
                   {"calls", std::move(calls)},
                   {"hands", std::move(hands)},
                   {"arrivals", std::move(arrivals)},
                   {"declarations", std::move(declarations)},
                   {"declared",
                    {{"confirmed", board.declared.confirmed},
                     {"differs", board.declared.differs},
                     {"not_confirmed", board.declared.not_confirmed}}},
                   {"health", std::move(health)},
                   {"tickets", std::move(tickets)},
                   {"policy", {{"visual", board.visual_check}, {"valid_s", board.visual_valid.count()}}}};
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace uketsuke::desk
