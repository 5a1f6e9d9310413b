// What the simulated service does with continuing care: visits without a card, consents renewed and withdrawn, one
// visit received by several devices, and devices that were reported as lost.

#include "net/internal/care_list.h"
#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/internal/simulated_answer.h"
#include "net/internal/simulated_call.h"
#include "net/internal/simulated_service.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

std::chrono::sys_seconds moment_of(const OqsRequest& request) {
    return parse_jst_date_time(request.confirmed_at).value_or(std::chrono::sys_seconds{});
}

Consent consent_of(ConsentItem item, const ConsentTriple& triple) {
    return {item, triple.flag == "1", parse_jst_date_time(triple.at).value_or(std::chrono::sys_seconds{})};
}

// Of whoever agreed to nothing the day alone says it.
std::chrono::sys_seconds until_of(const OqsRequest& request, const CareWords& words) {
    const auto last = parse_jst_date_time(words.until + "235959");
    return end_of_consents(request).value_or(last.value_or(std::chrono::sys_seconds{}));
}

CareBase base_of(const OqsRequest& request, const CareWords& words, const std::string& person, bool by_pin,
                 const std::string& certificate_sha256) {
    CareBase base;
    base.key = request.arbitrary_identifier;
    base.institution = request.header.medical_institution_code;
    base.person = person;
    base.by_pin = by_pin;
    base.consents = consents_in(request);
    base.until = until_of(request, words);
    base.confirmed_at = moment_of(request);
    base.certificate_sha256 = certificate_sha256;
    return base;
}

}  // namespace

std::vector<Consent> consents_in(const OqsRequest& request) {
    return {consent_of(ConsentItem::Operation, request.operation),
            consent_of(ConsentItem::MedicationDiagnosis, request.diagnosis),
            consent_of(ConsentItem::HealthCheckup, request.health_checkup)};
}

std::optional<Refusal> SimulatedService::check_care(const ServiceCall& call, const ReadCall& parts) const {
    const OqsRequest& request = parts.request;
    if (request.arbitrary_identifier != call.key) {
        return Refusal{400, refused::identifier, "the document's identifier is not the Idempotency-Key"};
    }
    if (m_book.replayed_from(parts.digests, call.key) != nullptr) {
        return Refusal{409, refused::replayed, "this attested document came before, under another key"};
    }
    if (m_options.check_signatures) {
        const std::span<const std::uint8_t> body(reinterpret_cast<const std::uint8_t*>(call.body.data()),
                                                 call.body.size());
        const SignedParts attested{body, parts.signature, parts.certificate_der, parts.attestation};
        if (auto wrong = check_attested(parts.method, attested, m_options)) return wrong;
    }
    if (auto wrong = check_institution(request, call.client, m_options)) return wrong;
    const CareWords words = care_words(request);
    if (auto wrong = check_care_words(request, parts.method, words, service_time(), m_options)) return wrong;
    if (parts.method == Method::Withdrawal) return std::nullopt;
    const CareBase* base = m_book.care().find(request.header.medical_institution_code, words.base);
    if (base == nullptr) return Refusal{200, refused::no_base, "no reception of this institution that it rests on"};
    const CareBase* standing = m_book.care().standing(*base);
    if (standing == nullptr) return Refusal{200, refused::consents_withdrawn, "the consents were withdrawn"};
    if (parts.method == Method::Reinquiry && standing->until < moment_of(request)) {
        return Refusal{200, refused::consents_expired, "the consents' term had ended before this visit"};
    }
    if (words.treatment == Treatment::Online && !base->by_pin) {
        return Refusal{200, refused::online_visual, "online only for a card that was opened by its PIN"};
    }
    return std::nullopt;
}

BookEntry& SimulatedService::enter_care(const ReadCall& parts) {
    OqsRequest request = parts.request;
    const CareWords words = care_words(request);
    const std::string institution = request.header.medical_institution_code;
    CareBook& care = m_book.care();
    const CareBase* base = nullptr;
    for (const std::string& key : words.bases) {
        if (base == nullptr) base = care.find(institution, key);
    }
    const std::string person = base != nullptr ? base->person : std::string();
    const bool fresh = m_book.find(request.arbitrary_identifier) == nullptr;
    BookEntry& entry = enter_as(parts, request, person);
    switch (parts.method) {
        case Method::Reinquiry: {
            const CareBase* standing = base != nullptr ? care.standing(*base) : nullptr;
            if (base != nullptr) care.visited(*base, moment_of(request));
            keep_standing(request, standing != nullptr ? *standing : CareBase{});
            answer_consents(request, Standing::Good, service_time());
            entry.answer = answer_for(request, person, !entry.visit_of.empty());
            return entry;
        }
        case Method::ConsentRenewal:
            if (base != nullptr) care.add(base_of(request, words, person, base->by_pin, base->certificate_sha256));
            break;
        case Method::Withdrawal:
            for (const std::string& key : words.bases) {
                if (fresh) care.withdraw(institution, key, moment_of(request));
            }
            break;
        case Method::Face:
        case Method::Pin:
        case Method::Visual:
        case Method::Declaration:
            break;
    }
    entry.answer = consents_answer(service_time(), request);
    return entry;
}

BookEntry& SimulatedService::enter_as(const ReadCall& parts, const OqsRequest& request, const std::string& person) {
    const std::string& key = request.arbitrary_identifier;
    BookEntry* entry = m_book.find(key);
    if (entry == nullptr) {
        BookEntry fresh;
        fresh.reception = reception_of(request, parts.method, person, service_time());
        fresh.processing_left = m_faults.processing;
        const std::string& visit = fresh.reception.visit;
        if (!visit.empty() && !is_about_consents(parts.method)) {
            // Of another institution or person it is not the same visit, whatever the document says.
            const std::string identifier = fresh.reception.institution + " " + person + " " + visit;
            fresh.visit_of = m_book.care().visit(identifier, key);
        }
        entry = &m_book.add(key, std::move(fresh));
    }
    entry->digests = parts.digests;
    m_book.remember(*entry);
    return *entry;
}

bool SimulatedService::take_base(const OqsRequest& request, const std::string& person, Method method) {
    const CareWords words = care_words(request);
    const bool at_home = words.treatment == Treatment::HomeVisit || words.treatment == Treatment::Online;
    if (!at_home) return true;
    const CareBase base = base_of(request, words, person, method == Method::Pin, request.certificate_sha256);
    m_book.care().visited(base, base.confirmed_at);
    return m_book.care().add(base);
}

ServiceAnswer SimulatedService::continuing_care(const std::string& institution, const std::string& client) {
    std::unique_lock lock(m_mutex);
    Cut cut = Cut::None;
    if (auto done = arrive(lock, "", cut)) return *done;
    OqsRequest asked;
    asked.header.medical_institution_code = institution;
    if (const auto wrong = check_institution(asked, client, m_options)) return refuse("", *wrong);
    std::vector<CarePatient> patients;
    for (const CareBase* base : m_book.care().patients(institution)) {
        if (patients.size() == most_listed) break;
        if (!base->certificate_sha256.empty()) patients.push_back(listed(*base));
    }
    ServiceAnswer answer = sent(write_care_list(institution, service_time(), patients), false);
    answer.cut = cut;
    return answer;
}

CarePatient SimulatedService::listed(const CareBase& base) {
    CarePatient patient;
    patient.base = RequestId::parse(base.key).value_or(RequestId{});
    patient.certificate_sha256 = base.certificate_sha256;
    for (std::size_t i = 0; i < patient.consents.size() && i < base.consents.size(); ++i) {
        const Consent& given = base.consents[i];
        patient.consents[i] = base.withdrawn ? Consent{given.item, false, base.withdrawn_at} : given;
    }
    patient.consented_until = base.until;
    patient.withdrawn = base.withdrawn;
    patient.by_pin = base.by_pin;
    patient.last_visit = m_book.care().last_visit(base);
    // Whoever is asked about is told, as a visit would be answered.
    OqsRequest visit;
    visit.arbitrary_identifier = base.key;
    const auto answer = read_answer(answer_for(visit, base.person, false));
    if (answer && answer->results.size() == 1 && !answer->text_repaired) {
        patient.name = answer->results[0].name;
        patient.kana = answer->results[0].name_kana;
        patient.birth_date = answer->results[0].birthdate;
    }
    return patient;
}

ServiceAnswer SimulatedService::device(const std::string& device) {
    std::unique_lock lock(m_mutex);
    Cut cut = Cut::None;
    if (auto done = arrive(lock, "", cut)) return *done;
    return {m_book.is_lost(device) ? 410 : 204, "", "", cut};
}

void SimulatedService::set_device_lost(const std::string& device, bool lost) {
    const std::lock_guard lock(m_mutex);
    m_book.set_lost(device, lost);
    m_book.changed();
}

bool SimulatedService::is_device_lost(const std::string& device) const {
    const std::lock_guard lock(m_mutex);
    return m_book.is_lost(device);
}

std::vector<ReceivedReception> SimulatedService::consent_calls() const {
    const std::lock_guard lock(m_mutex);
    return m_book.consent_calls();
}

}  // namespace uketsuke::net::internal
