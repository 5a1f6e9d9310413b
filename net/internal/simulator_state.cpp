#include "net/internal/simulator_state.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "net/internal/hex.h"
#include "net/internal/oqs_fields.h"
#include "net/internal/simulated_checks.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const BookEntry& entry) {
    const ReceivedReception& r = entry.reception;
    Json consents = Json::object();
    for (const Consent& consent : r.consents) consents[name_of(consent.item)] = consent.agreed;
    consents["limit_amount"] = r.limit_amount_provided;
    Json json{{"key", r.key},
              {"method", name_of(r.method)},
              {"person", r.person},
              {"consents", consents},
              {"times_received", r.times_received},
              {"registration_wished", r.registration_wished},
              {"institution", r.institution},
              {"confirmed_at", jst_date_time(r.confirmed_at)},
              {"received_at", jst_date_time(r.received_at)}};
    if (!r.base.empty()) json["base"] = r.base;
    if (!r.visit.empty()) json["visit"] = r.visit;
    Json& times = json["consented_at"] = Json::object();
    for (const Consent& consent : r.consents) times[name_of(consent.item)] = jst_date_time(consent.at);
    if (entry.digests) {
        json["sha256"] = Json{{"call", to_hex(entry.digests->call)},
                              {"document", to_hex(entry.digests->body)},
                              {"signature", to_hex(entry.digests->signature)}};
    }
    return json;
}

std::chrono::sys_seconds moment_of(const Json& json, const char* key) {
    return parse_jst_date_time(json.value(key, "")).value_or(std::chrono::sys_seconds{});
}

Digest digest_of(const Json& json, const char* key) {
    return from_hex<32>(json.value(key, "")).value_or(Digest{});
}

BookEntry entry_of(const Json& json) {
    BookEntry entry;
    ReceivedReception& r = entry.reception;
    r.key = json.at("key").get<std::string>();
    r.method = method_of(json.at("method").get<std::string>()).value_or(Method::Pin);
    r.person = json.at("person").get<std::string>();
    const Json& consents = json.at("consents");
    const Json times = json.value("consented_at", Json::object());
    for (const ConsentItem item :
         {ConsentItem::Operation, ConsentItem::MedicationDiagnosis, ConsentItem::HealthCheckup}) {
        r.consents.push_back({item, consents.value(name_of(item), false), moment_of(times, name_of(item))});
    }
    r.limit_amount_provided = consents.value("limit_amount", false);
    r.times_received = json.at("times_received").get<int>();
    r.registration_wished = json.value("registration_wished", false);
    r.institution = json.value("institution", "");
    r.confirmed_at = moment_of(json, "confirmed_at");
    r.received_at = moment_of(json, "received_at");
    r.base = json.value("base", "");
    r.visit = json.value("visit", "");
    if (json.contains("sha256")) {
        const Json& digests = json.at("sha256");
        entry.digests =
            CallDigests{digest_of(digests, "call"), digest_of(digests, "document"), digest_of(digests, "signature")};
    }
    return entry;
}

Json json_of(const QueryEntry& entry) {
    const ReceivedQuery& q = entry.query;
    return {{"key", q.key},
            {"by", q.declared ? "declaration" : "numbers"},
            {"found", q.found},
            {"validity", code_of(q.validity)},
            {"times_received", q.times_received},
            {"received_at", jst_date_time(q.received_at)},
            {"sha256", to_hex(entry.digest)}};
}

QueryEntry query_of(const Json& json) {
    QueryEntry entry;
    entry.query.key = json.at("key").get<std::string>();
    entry.query.declared = json.value("by", "") == "declaration";
    entry.query.found = json.value("found", "");
    entry.query.validity = validity_of(json.value("validity", ""));
    entry.query.times_received = json.at("times_received").get<int>();
    entry.query.received_at = moment_of(json, "received_at");
    entry.digest = digest_of(json, "sha256");
    return entry;
}

}  // namespace

std::optional<DeviceReport> read_device_report(const std::string& json) {
    const Json read = Json::parse(json, nullptr, false);
    if (!read.is_object() || !read.contains("device") || !read["device"].is_string()) return std::nullopt;
    DeviceReport report{read["device"].get<std::string>(), true};
    if (read.contains("lost")) {
        if (!read["lost"].is_boolean()) return std::nullopt;
        report.lost = read["lost"].get<bool>();
    }
    const bool plain = std::all_of(report.device.begin(), report.device.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
    return plain && !report.device.empty() && report.device.size() <= 64 ? std::optional(report) : std::nullopt;
}

Result<void> ReceptionBook::load(const std::filesystem::path& file) {
    m_file = file;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return write() ? Result<void>{}
                       : fail(Fault::BadOptions, "state file " + file.string() + ": cannot be written");
    std::ostringstream text;
    text << in.rdbuf();
    if (text.str().empty()) return {};
    try {
        const Json all = Json::parse(text.str());
        const auto take = [this](const Json& item, const std::string& visit_of) {
            BookEntry entry = entry_of(item);
            entry.visit_of = visit_of;
            remember(entry);
            const std::string key = entry.reception.key;
            add(key, std::move(entry));
        };
        for (const Json& item : all.at("receptions")) {
            take(item, "");
            const auto key = item.at("key").get<std::string>();
            for (const Json& other : item.value("other_keys", Json::array())) take(other, key);
        }
        for (const Json& item : all.value("consent_calls", Json::array())) take(item, "");
        m_care.load(all.value("care", Json::object()));
        for (const Json& device : all.value("lost_devices", Json::array())) set_lost(device.get<std::string>(), true);
        for (const Json& query : all.value("queries", Json::array())) add_query(query_of(query));
        for (const Json& call : all.value("refused", Json::array())) {
            refuse({call.at("key").get<std::string>(), call.at("code").get<std::string>(),
                    call.at("message").get<std::string>(), moment_of(call, "at")});
        }
        const Json cards = all.value("cards", Json::object());
        for (const auto& [digest, serial] : cards.items()) {
            know_card(digest, serial.get<std::string>());
        }
        for (const Json& serial : all.value("registered", Json::array())) register_card(serial.get<std::string>());
    } catch (const nlohmann::json::exception& error) {
        return fail(Fault::BadOptions, "state file " + file.string() + ": " + error.what());
    }
    return {};
}

BookEntry* ReceptionBook::find(const std::string& key) {
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? nullptr : &found->second;
}

BookEntry& ReceptionBook::add(const std::string& key, BookEntry entry) {
    const auto [place, fresh] = m_entries.insert_or_assign(key, std::move(entry));
    BookEntry& added = place->second;
    if (!fresh) return added;
    const Method method = added.reception.method;
    if (added.visit_of.empty()) {
        const bool consents = method == Method::ConsentRenewal || method == Method::Withdrawal;
        (consents ? m_consent_order : m_order).push_back(key);
        return added;
    }
    BookEntry* first = find(added.visit_of);
    if (first == nullptr) return added;
    first->reception.other_keys.push_back({key, added.reception.times_received});
    const bool later = added.reception.confirmed_at > first->reception.confirmed_at;
    if (later && !without_card(method)) {
        first->reception.consents = added.reception.consents;
        first->reception.limit_amount_provided = added.reception.limit_amount_provided;
    }
    return added;
}

void ReceptionBook::count(BookEntry& entry) {
    ++entry.reception.times_received;
    BookEntry* first = entry.visit_of.empty() ? nullptr : find(entry.visit_of);
    if (first == nullptr) return;
    for (ReceivedReception::OtherKey& other : first->reception.other_keys) {
        if (other.key == entry.reception.key) other.times_received = entry.reception.times_received;
    }
}

void ReceptionBook::set_lost(const std::string& device, bool lost) {
    if (!lost) m_lost.erase(device);
    if (lost && m_lost.size() < most_lost) m_lost.insert(device);
}

void ReceptionBook::remember(const BookEntry& entry) {
    if (!entry.digests) return;
    m_seen.emplace(entry.digests->body, entry.reception.key);
    m_seen.emplace(entry.digests->signature, entry.reception.key);
}

const std::string* ReceptionBook::replayed_from(const CallDigests& digests, const std::string& key) const {
    for (const Digest* digest : {&digests.body, &digests.signature}) {
        const auto found = m_seen.find(*digest);
        if (found != m_seen.end() && found->second != key) return &found->second;
    }
    return nullptr;
}

const BookEntry* ReceptionBook::earlier_than(const std::string& key) const {
    auto place = std::find(m_order.rbegin(), m_order.rend(), key);
    if (place == m_order.rend() || ++place == m_order.rend()) return nullptr;
    return &m_entries.at(*place);
}

std::vector<ReceivedReception> ReceptionBook::receptions() const {
    return listed(m_order);
}

std::vector<ReceivedReception> ReceptionBook::listed(const std::vector<std::string>& keys) const {
    std::vector<ReceivedReception> list;
    list.reserve(keys.size());
    for (const std::string& key : keys) list.push_back(m_entries.at(key).reception);
    return list;
}

QueryEntry* ReceptionBook::find_query(const std::string& key) {
    const auto found = m_queries.find(key);
    return found == m_queries.end() ? nullptr : &found->second;
}

QueryEntry& ReceptionBook::add_query(QueryEntry entry) {
    const std::string key = entry.query.key;
    const auto [place, fresh] = m_queries.insert_or_assign(key, std::move(entry));
    if (fresh) m_query_order.push_back(key);
    if (m_query_order.size() > most_queries) {
        m_queries.erase(m_query_order.front());
        m_query_order.pop_front();
    }
    return place->second;
}

std::vector<ReceivedQuery> ReceptionBook::queries() const {
    std::vector<ReceivedQuery> list;
    list.reserve(m_query_order.size());
    for (const std::string& key : m_query_order) list.push_back(m_queries.at(key).query);
    return list;
}

void ReceptionBook::refuse(RefusedCall call) {
    m_refused.push_back(std::move(call));
    if (m_refused.size() > most_refused) m_refused.pop_front();
}

void ReceptionBook::know_card(const std::string& certificate_sha256, const std::string& serial) {
    if (m_cards.size() < most_cards || m_cards.count(certificate_sha256) != 0) {
        m_cards.insert_or_assign(certificate_sha256, serial);
    }
}

std::optional<std::string> ReceptionBook::serial_of_card(const std::string& certificate_sha256) const {
    const auto found = m_cards.find(certificate_sha256);
    return found == m_cards.end() ? std::nullopt : std::optional(found->second);
}

std::string ReceptionBook::to_json() const {
    Json all{{"receptions", Json::array()}, {"queries", Json::array()}, {"refused", Json::array()}};
    for (const std::string& key : m_order) {
        const BookEntry& entry = m_entries.at(key);
        Json& json = all["receptions"].emplace_back(json_of(entry));
        for (const auto& other : entry.reception.other_keys) {
            json["other_keys"].push_back(json_of(m_entries.at(other.key)));
        }
    }
    for (const std::string& key : m_query_order) all["queries"].push_back(json_of(m_queries.at(key)));
    for (const RefusedCall& call : m_refused) {
        all["refused"].push_back(
            Json{{"key", call.key}, {"code", call.code}, {"message", call.message}, {"at", jst_date_time(call.at)}});
    }
    all["consent_calls"] = Json::array();
    for (const std::string& key : m_consent_order) all["consent_calls"].push_back(json_of(m_entries.at(key)));
    all["care"] = m_care.to_json();
    all["lost_devices"] = m_lost;
    all["cards"] = m_cards;
    all["registered"] = m_registered;
    // What came from outside need not be UTF-8.
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool ReceptionBook::write() {
    m_waiting = false;
    if (m_file.empty()) return true;
    const std::filesystem::path draft = m_file.string() + ".new";
    {
        std::ofstream out(draft, std::ios::binary | std::ios::trunc);
        out << to_json();
        if (!out.flush()) return false;
    }
    std::error_code error;
    std::filesystem::rename(draft, m_file, error);
    m_written = std::chrono::steady_clock::now();
    return !error;
}

void ReceptionBook::changed() {
    m_waiting = !m_file.empty();
    const bool few = m_entries.size() + m_query_order.size() <= small;
    if (m_waiting && (few || std::chrono::steady_clock::now() - m_written >= pause)) write();
}

void ReceptionBook::write_if_waiting() {
    if (m_waiting) write();
}

}  // namespace uketsuke::net::internal
