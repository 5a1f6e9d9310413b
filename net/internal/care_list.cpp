#include "net/internal/care_list.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "net/internal/consent_triples.h"
#include "net/internal/hex.h"
#include "net/internal/text_encoding.h"
#include "net/internal/wiped_text.h"
#include "net/internal/xml_document.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

constexpr const char* list_name = "ContinuingCareList";
constexpr const char* patient_name = "ContinuingCarePatient";
constexpr XmlLimits list_limits{longest_care_list, 6, 40 * most_listed};

struct ItemNames {
    ConsentItem item;
    const char* flag;
    const char* at;
    const char* till;
};
constexpr std::array<ItemNames, 3> items{{
    {ConsentItem::Operation, "OperationInfoConsFlg", "OperationInfoConsTime", "OperationInfoAvailableTime"},
    {ConsentItem::MedicationDiagnosis, "DiagnosisInfoConsFlg", "DiagnosisInfoConsTime", "DiagnosisInfoAvailableTime"},
    {ConsentItem::HealthCheckup, "SpecificHealthCheckupsInfoConsFlg", "SpecificHealthCheckupsInfoConsTime",
     "SpecificHealthCheckupsInfoAvailableTime"},
}};

void append(pugi::xml_node node, const char* name, const std::string& text) {
    if (!text.empty()) node.append_child(name).text().set(text.c_str());
}

void append_patient(pugi::xml_node list, const CarePatient& patient) {
    pugi::xml_node node = list.append_child(patient_name);
    append(node, base_reception_name, patient.base.text());
    append(node, "CertificateSha256", patient.certificate_sha256);
    append(node, "Name", patient.name);
    append(node, "NameKana", patient.kana);
    append(node, "Birthdate", patient.birth_date);
    for (const ItemNames& names : items) {
        const auto consent = std::find_if(patient.consents.begin(), patient.consents.end(),
                                          [&](const Consent& one) { return one.item == names.item; });
        if (consent == patient.consents.end()) continue;
        append(node, names.flag, consent->agreed ? "1" : "0");
        append(node, names.at, jst_date_time(consent->at));
        if (consent->agreed) append(node, names.till, jst_date_time(patient.consented_until));
    }
    append(node, consent_date_to_name, jst_date(patient.consented_until));
    append(node, "Withdrawn", patient.withdrawn ? "1" : "0");
    append(node, "WithoutPin", !patient.by_pin ? "1" : "0");
    append(node, "LastVisit", jst_date_time(patient.last_visit));
}

class Writer : public pugi::xml_writer {
  public:
    void write(const void* data, std::size_t size) override {
        append_wiping(text, {static_cast<const char*>(data), size});
    }
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n";
};

// The text of the only child of this name; empty: there is none, or there are several, or not all of it is text.
void take_text(const pugi::xml_node& node, const char* name, std::string& into) {
    const pugi::xml_node child = node.child(name);
    if (!child || child.next_sibling(name)) return;
    for (const pugi::xml_node& part : child.children()) {
        append_wiping(into, part.value());
    }
    constexpr std::string_view unreadable = "\xEF\xBF\xBD";
    if (!repair_utf8(into) && into.find(unreadable) == std::string::npos) return;
    wipe(into);
    into.clear();
}

std::string_view code(const pugi::xml_node& node, const char* name) {
    return node.child_value(name);
}

std::optional<bool> flag(const pugi::xml_node& node, const char* name) {
    const std::string_view text = code(node, name);
    if (text == "0" || text == "1") return text == "1";
    return std::nullopt;
}

std::optional<std::chrono::sys_seconds> moment(std::string_view text) {
    const auto at = parse_jst_date_time(text);
    return at && at->time_since_epoch().count() > 0 ? at : std::nullopt;
}

bool take_consents(const pugi::xml_node& node, CarePatient& patient) {
    std::optional<std::chrono::sys_seconds> until;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const ItemNames& names = items[i];
        const auto at = moment(code(node, names.at));
        // 2: their time has passed, 3: could not be asked.
        const std::string_view flag = code(node, names.flag);
        const bool agreed = flag == "1";
        if (!at || flag.size() != 1 || flag < "0" || flag > "3") return false;
        patient.consents[i] = {names.item, agreed && !patient.withdrawn, *at};
        if (!agreed) continue;
        const auto till = moment(code(node, names.till));
        if (!till) return false;
        until = std::min(until.value_or(*till), *till);
    }
    if (!until) until = moment(std::string(code(node, consent_date_to_name)) + "235959");
    if (until) patient.consented_until = *until;
    return until.has_value();
}

bool take_patient(const pugi::xml_node& node, CarePatient& patient) {
    const auto base = RequestId::parse(code(node, base_reception_name));
    const auto withdrawn = flag(node, "Withdrawn");
    const auto without_pin = flag(node, "WithoutPin");
    const auto last_visit = moment(code(node, "LastVisit"));
    if (!base || !withdrawn || !without_pin || !last_visit) return false;
    patient.base = *base;
    patient.withdrawn = *withdrawn;
    patient.by_pin = !*without_pin;
    patient.last_visit = *last_visit;
    take_text(node, "CertificateSha256", patient.certificate_sha256);
    if (!from_hex<32>(patient.certificate_sha256) || !take_consents(node, patient)) return false;
    take_text(node, "Name", patient.name);
    take_text(node, "NameKana", patient.kana);
    take_text(node, "Birthdate", patient.birth_date);
    // Whatever a birth date is, it is a day.
    if (!parse_jst_date_time(patient.birth_date + "000000")) {
        wipe(patient.birth_date);
        patient.birth_date.clear();
    }
    return true;
}

}  // namespace

std::string write_care_list(const std::string& institution_code, std::chrono::sys_seconds now,
                            std::span<const CarePatient> patients) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("XmlMsg");
    pugi::xml_node header = root.append_child("MessageHeader");
    append(header, "ProcessExecutionTime", jst_date_time(now));
    append(header, "MedicalInstitutionCode", institution_code);
    append(header, "SegmentOfResult", code_of(SegmentOfResult::Normal));
    append(header, "CharacterCodeIdentifier", "0");
    pugi::xml_node list = root.append_child("MessageBody").append_child(list_name);
    for (const CarePatient& patient : patients.first(std::min(patients.size(), most_listed))) {
        append_patient(list, patient);
    }
    Writer writer;
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return std::move(writer.text);
}

Result<std::vector<CarePatient>> read_care_list(std::string_view text, const std::string& institution_code) {
    pugi::xml_document document;
    if (const auto loaded = load_document(text, list_limits, document); !loaded) {
        return tl::unexpected(loaded.error());
    }
    const pugi::xml_node root = document.document_element();
    const pugi::xml_node header = root.child("MessageHeader");
    if (code(header, "SegmentOfResult") != code_of(SegmentOfResult::Normal)) {
        return fail(Fault::BadAnswer, "document: the service does not tell the patients in continuing care");
    }
    if (code(header, "MedicalInstitutionCode") != institution_code) {
        return fail(Fault::BadAnswer, "document: these are another institution's patients");
    }
    const pugi::xml_node list = root.child("MessageBody").child(list_name);
    if (!list) return fail(Fault::BadAnswer, "document: it has no list of patients");
    std::vector<CarePatient> patients;
    const auto nodes = list.children(patient_name);
    // A growing vector would leave short texts behind in freed memory.
    patients.reserve(std::min(most_listed, static_cast<std::size_t>(std::distance(nodes.begin(), nodes.end()))));
    for (const pugi::xml_node& node : nodes) {
        if (patients.size() == most_listed) break;
        if (take_patient(node, patients.emplace_back())) continue;
        wipe(patients.back());
        patients.pop_back();
    }
    return patients;
}

}  // namespace uketsuke::net::internal
