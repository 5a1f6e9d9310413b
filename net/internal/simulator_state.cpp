#include "net/internal/simulator_state.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace uketsuke::net::internal {
namespace {

using Json = nlohmann::ordered_json;

std::optional<Method> method_of(const std::string& name) {
    for (const Method method : {Method::Face, Method::Pin, Method::Visual}) {
        if (name == name_of(method)) return method;
    }
    return std::nullopt;
}

Json json_of(const ReceivedReception& r) {
    Json consents = Json::object();
    for (const Consent& consent : r.consents) consents[name_of(consent.item)] = consent.agreed;
    consents["limit_amount"] = r.limit_amount_provided;
    return Json{{"key", r.key},
                {"method", name_of(r.method)},
                {"person", r.person},
                {"consents", consents},
                {"times_received", r.times_received}};
}

ReceivedReception reception_of(const Json& json) {
    ReceivedReception r;
    r.key = json.at("key").get<std::string>();
    r.method = method_of(json.at("method").get<std::string>()).value_or(Method::Pin);
    r.person = json.at("person").get<std::string>();
    const Json& consents = json.at("consents");
    for (const ConsentItem item :
         {ConsentItem::Operation, ConsentItem::MedicationDiagnosis, ConsentItem::HealthCheckup}) {
        r.consents.push_back({item, consents.value(name_of(item), false), {}});
    }
    r.limit_amount_provided = consents.value("limit_amount", false);
    r.times_received = json.at("times_received").get<int>();
    return r;
}

}  // namespace

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
        for (const Json& item : all.at("receptions")) {
            BookEntry entry;
            entry.reception = reception_of(item);
            const std::string key = entry.reception.key;
            add(key, std::move(entry));
        }
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
    if (fresh) m_order.push_back(key);
    return place->second;
}

std::vector<ReceivedReception> ReceptionBook::receptions() const {
    std::vector<ReceivedReception> list;
    list.reserve(m_order.size());
    for (const std::string& key : m_order) list.push_back(m_entries.at(key).reception);
    return list;
}

std::string ReceptionBook::to_json() const {
    Json list = Json::array();
    for (const std::string& key : m_order) list.push_back(json_of(m_entries.at(key).reception));
    return Json{{"receptions", list}}.dump(2) + "\n";
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
    if (m_waiting && (m_order.size() <= small || std::chrono::steady_clock::now() - m_written >= pause)) write();
}

void ReceptionBook::write_if_waiting() {
    if (m_waiting) write();
}

}  // namespace uketsuke::net::internal
