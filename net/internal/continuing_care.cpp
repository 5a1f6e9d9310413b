#include "net/internal/continuing_care.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "net/internal/consent_triples.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array items{ConsentItem::Operation, ConsentItem::MedicationDiagnosis, ConsentItem::HealthCheckup};

std::chrono::sys_seconds moment_of(const Json& json, const char* key) {
    return parse_jst_date_time(json.value(key, "")).value_or(std::chrono::sys_seconds{});
}

Json json_of(const CareBase& base) {
    Json consents = Json::object();
    Json times = Json::object();
    for (const Consent& consent : base.consents) {
        consents[name_of(consent.item)] = consent.agreed;
        times[name_of(consent.item)] = jst_date_time(consent.at);
    }
    Json json{{"key", base.key},
              {"institution", base.institution},
              {"person", base.person},
              {"by_pin", base.by_pin},
              {"consents", consents},
              {"consented_at", times},
              {"until", jst_date_time(base.until)},
              {"confirmed_at", jst_date_time(base.confirmed_at)},
              {"withdrawn", base.withdrawn},
              {"certificate_sha256", base.certificate_sha256}};
    if (base.withdrawn) json["withdrawn_at"] = jst_date_time(base.withdrawn_at);
    return json;
}

CareBase base_of(const Json& json) {
    CareBase base;
    base.key = json.at("key").get<std::string>();
    base.institution = json.at("institution").get<std::string>();
    base.person = json.at("person").get<std::string>();
    base.by_pin = json.value("by_pin", false);
    const Json consents = json.value("consents", Json::object());
    const Json times = json.value("consented_at", Json::object());
    for (const ConsentItem item : items) {
        base.consents.push_back({item, consents.value(name_of(item), false), moment_of(times, name_of(item))});
    }
    base.until = moment_of(json, "until");
    base.confirmed_at = moment_of(json, "confirmed_at");
    base.withdrawn = json.value("withdrawn", false);
    base.withdrawn_at = moment_of(json, "withdrawn_at");
    base.certificate_sha256 = json.value("certificate_sha256", "");
    return base;
}

std::string relation_of(const CareBase& base) {
    return base.institution + " " + base.person;
}

std::string text_of(const OtherElements& elements, const char* name) {
    const OqsElement* element = find_element(elements, name);
    return element == nullptr ? std::string() : element->text;
}

}  // namespace

const CareBase* CareBook::find(const std::string& institution, const std::string& key) const {
    const auto found = m_bases.find(key);
    return found == m_bases.end() || found->second.institution != institution ? nullptr : &found->second;
}

bool CareBook::add(CareBase base) {
    const std::string key = base.key;
    const auto [place, fresh] = m_bases.emplace(key, std::move(base));
    if (!fresh) return !place->second.withdrawn;
    m_order.push_back(key);
    for (const Withdrawal& withdrawal : m_withdrawals) {
        if (withdrawal.key == key && withdrawal.institution == place->second.institution) {
            carry_out(withdrawal, place->second);
        }
    }
    return !place->second.withdrawn;
}

void CareBook::withdraw(const std::string& institution, const std::string& key, std::chrono::sys_seconds at) {
    m_withdrawals.push_back({institution, key, at});
    if (const CareBase* base = find(institution, key)) carry_out(m_withdrawals.back(), *base);
}

void CareBook::carry_out(const Withdrawal& withdrawal, const CareBase& base) {
    const std::string person = base.person;
    for (auto& [key, one] : m_bases) {
        const bool theirs = one.institution == withdrawal.institution && one.person == person;
        if (!theirs || (one.confirmed_at > withdrawal.at && key != withdrawal.key)) continue;
        one.withdrawn = true;
        one.withdrawn_at = std::max(one.withdrawn_at, withdrawal.at);
    }
}

const CareBase* CareBook::standing(const CareBase& base) const {
    const CareBase* last = nullptr;
    for (const auto& [key, one] : m_bases) {
        if (one.institution != base.institution || one.person != base.person || one.withdrawn) continue;
        if (last == nullptr || one.confirmed_at > last->confirmed_at) last = &one;
    }
    return last;
}

std::vector<const CareBase*> CareBook::patients(const std::string& institution) const {
    std::map<std::string, const CareBase*> last;  // by person
    for (const auto& [key, one] : m_bases) {
        if (one.institution != institution) continue;
        const CareBase*& known = last[one.person];
        if (known == nullptr || one.confirmed_at > known->confirmed_at) known = &one;
    }
    std::vector<const CareBase*> found;
    found.reserve(last.size());
    for (const auto& [person, base] : last) {
        const CareBase* stands = standing(*base);
        found.push_back(stands != nullptr ? stands : base);
    }
    std::stable_sort(found.begin(), found.end(), [this](const CareBase* one, const CareBase* other) {
        return last_visit(*one) > last_visit(*other);
    });
    return found;
}

void CareBook::visited(const CareBase& base, std::chrono::sys_seconds at) {
    auto& last = m_last_visits[relation_of(base)];
    last = std::max(last, at);
}

std::chrono::sys_seconds CareBook::last_visit(const CareBase& base) const {
    const auto found = m_last_visits.find(relation_of(base));
    // A book that was kept before visits were.
    return found == m_last_visits.end() ? base.confirmed_at : found->second;
}

std::string CareBook::visit(const std::string& identifier, const std::string& key) {
    const auto [place, fresh] = m_visits.emplace(identifier, key);
    return place->second == key ? std::string() : place->second;
}

Json CareBook::to_json() const {
    Json json{{"bases", Json::array()}, {"withdrawals", Json::array()}, {"visits", m_visits}};
    for (const std::string& key : m_order) json["bases"].push_back(json_of(m_bases.at(key)));
    for (const Withdrawal& one : m_withdrawals) {
        json["withdrawals"].push_back(
            Json{{"base", one.key}, {"institution", one.institution}, {"at", jst_date_time(one.at)}});
    }
    Json& last = json["last_visits"] = Json::object();
    for (const auto& [relation, at] : m_last_visits) last[relation] = jst_date_time(at);
    return json;
}

void CareBook::load(const Json& json) {
    for (const Json& one : json.value("bases", Json::array())) {
        CareBase base = base_of(one);
        const std::string key = base.key;
        if (m_bases.emplace(key, std::move(base)).second) m_order.push_back(key);
    }
    for (const Json& one : json.value("withdrawals", Json::array())) {
        m_withdrawals.push_back(
            {one.at("institution").get<std::string>(), one.at("base").get<std::string>(), moment_of(one, "at")});
    }
    const Json visits = json.value("visits", Json::object());
    for (const auto& [identifier, key] : visits.items()) m_visits.emplace(identifier, key.get<std::string>());
    const Json last = json.value("last_visits", Json::object());
    for (const auto& [relation, at] : last.items()) m_last_visits.emplace(relation, moment_of(last, relation.c_str()));
}

CareWords care_words(const OqsRequest& request) {
    CareWords words;
    const std::string flag = text_of(request.other, treatment_name);
    for (const Treatment treatment : {Treatment::Outpatient, Treatment::HomeVisit, Treatment::Online}) {
        if (flag == std::to_string(static_cast<int>(treatment))) words.treatment = treatment;
    }
    words.until = text_of(request.other, consent_date_to_name);
    for (const OqsElement& element : request.other_in_confirmation) {
        if (element.name == base_reception_name) words.bases.push_back(element.text);
    }
    if (!words.bases.empty()) words.base = words.bases.front();
    words.visit = text_of(request.other_in_confirmation, visit_identifier_name);
    return words;
}

std::optional<std::chrono::sys_seconds> end_of_consents(const OqsRequest& request) {
    std::optional<std::chrono::sys_seconds> end;
    for (const ConsentTriple* triple :
         {&request.operation, &request.pharmacists, &request.diagnosis, &request.health_checkup}) {
        if (triple->flag != "1") continue;
        const auto till = parse_jst_date_time(triple->available_till);
        if (!till || (end && *end != *till)) return std::nullopt;
        end = till;
    }
    return end;
}

void keep_standing(OqsRequest& request, const CareBase& standing) {
    const auto keep = [&](ConsentItem item, ConsentTriple& triple) {
        const bool agreed = std::any_of(standing.consents.begin(), standing.consents.end(),
                                        [item](const Consent& one) { return one.item == item && one.agreed; });
        if (agreed && triple.flag == "1") return;
        triple.flag = std::string("0");
        triple.available_till.clear();
    };
    keep(ConsentItem::Operation, request.operation);
    keep(ConsentItem::MedicationDiagnosis, request.pharmacists);
    keep(ConsentItem::MedicationDiagnosis, request.diagnosis);
    keep(ConsentItem::HealthCheckup, request.health_checkup);
}

}  // namespace uketsuke::net::internal
