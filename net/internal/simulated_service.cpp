#include "net/internal/simulated_service.h"

#include <openssl/sha.h>

#include "net/internal/base64.h"
#include "net/internal/hex.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

// Codes of the simulator's own refusals; the real list (別紙6-1) is not public.
constexpr const char* bad_document = "SIM-E0001";
constexpr const char* bad_signature = "SIM-E0002";
constexpr const char* bad_issuer = "SIM-E0003";
constexpr const char* other_bytes = "SIM-E0004";

std::string now_text() {
    return jst_date_time(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

ServiceAnswer refusal(int status, const std::string& key, const std::string& code, const std::string& message) {
    OqsAnswer answer;
    answer.header.process_execution_time = now_text();
    if (RequestId::parse(key)) answer.header.arbitrary_file_identifier = key;
    answer.header.segment_of_result = SegmentOfResult::Abnormal;
    answer.header.error_code = code;
    answer.header.error_message = message;
    answer.header.character_code_identifier = std::string("0");
    return {status, write_answer(answer), {}, Cut::None};
}

Digest digest_of(const ServiceCall& call) {
    Digest digest{};
    const std::string all = call.body + '\0' + call.signature + '\0' + call.certificate;
    SHA256(reinterpret_cast<const unsigned char*>(all.data()), all.size(), digest.data());
    return digest;
}

Consent consent_of(ConsentItem item, const ConsentTriple& triple) {
    return {item, triple.flag == "1", parse_jst_date_time(triple.at).value_or(std::chrono::sys_seconds{})};
}

std::optional<Method> method_of(const std::string& name) {
    for (const Method method : {Method::Face, Method::Pin, Method::Visual}) {
        if (name == name_of(method)) return method;
    }
    return std::nullopt;
}

QualificationResult generic_person() {
    QualificationResult result;
    result.insured_card_classification = "01";
    result.insurer_number = "00000000";
    result.insurer_name = "練習用保険者";
    result.insured_identification_number = "0000001";
    result.name = "練習　受付";
    result.name_kana = "ﾚﾝｼｭｳ ｳｹﾂｹ";
    result.sex1 = std::string("3");
    result.qualification_date = "20200401";
    result.insured_partial_contribution_ratio = "030";
    result.limit_application.classification_flag = "A03";
    return result;
}

}  // namespace

Result<std::unique_ptr<SimulatedService>> SimulatedService::create(const SimulatorOptions& options) {
    std::unique_ptr<SimulatedService> service(new SimulatedService(options));
    if (!options.card_ca_pem.empty()) {
        auto store = trust_store(options.card_ca_pem);
        if (!store) return fail(Fault::BadOptions, "card CA: " + store.error().where);
        service->m_card_store = std::move(*store);
    }
    if (!options.state_file.empty()) {
        if (auto loaded = service->m_book.load(options.state_file); !loaded) return tl::unexpected(loaded.error());
    }
    return service;
}

Cut SimulatedService::arrive(std::unique_lock<std::mutex>& lock) {
    ++m_calls;
    m_changed.notify_all();
    const SimulatorFaults faults = m_faults;
    if (faults.slow.count() > 0) m_changed.wait_for(lock, faults.slow, [this] { return m_stopping; });
    if (faults.down) return Cut::Before;
    if (faults.cut != Cut::None) return faults.cut;
    if (faults.flaky > 0.0 && std::uniform_real_distribution<double>(0.0, 1.0)(m_chance) < faults.flaky) {
        return static_cast<Cut>(1 + m_chance() % 3);
    }
    return Cut::None;
}

ServiceAnswer SimulatedService::post(const ServiceCall& call) {
    std::unique_lock lock(m_mutex);
    const Cut cut = arrive(lock);
    if (cut == Cut::Before) return {200, "", {}, cut};
    if (m_faults.status != 0) return {m_faults.status, "", m_faults.retry_after, cut};
    if (!m_faults.error.empty()) return refusal(200, call.key, m_faults.error, "simulated failure of the service");
    ServiceAnswer answer = take_in(call);
    answer.cut = cut;
    return answer;
}

ServiceAnswer SimulatedService::ask(const std::string& key) {
    std::unique_lock lock(m_mutex);
    const Cut cut = arrive(lock);
    if (cut == Cut::Before) return {200, "", {}, cut};
    if (m_faults.status != 0) return {m_faults.status, "", m_faults.retry_after, cut};
    BookEntry* entry = m_book.find(key);
    ServiceAnswer answer =
        entry != nullptr && !entry->answer.empty() ? answer_of(*entry) : ServiceAnswer{404, "", {}, Cut::None};
    answer.cut = cut;
    return answer;
}

ServiceAnswer SimulatedService::take_in(const ServiceCall& call) {
    const auto request = read_request(call.body);
    if (!RequestId::parse(call.key))
        return refusal(400, call.key, bad_document, "Idempotency-Key is not a version 4 UUID");
    if (!request) return refusal(400, call.key, bad_document, request.error().where);
    const auto method = method_of(request->method);
    if (request->arbitrary_identifier != call.key || !method) {
        return refusal(400, call.key, bad_document, "the identifier or the method of the document is not the call's");
    }
    const Digest digest = digest_of(call);
    BookEntry* known = m_book.find(call.key);
    if (known != nullptr && known->digest && *known->digest != digest) {
        return refusal(409, call.key, other_bytes, "the same key was sent with other bytes before");
    }
    const auto signature = from_base64(call.signature);
    const auto der = from_base64(call.certificate);
    if (!signature || !der) return refusal(400, call.key, bad_document, "a header is not base64");
    const auto certificate = read_certificate(*der);
    if (!certificate) return refusal(200, call.key, bad_signature, certificate.error().where);
    if (m_options.check_signatures) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(call.body.data());
        const auto signed_by = check_signature(certificate->get(), {bytes, call.body.size()}, *signature);
        if (!signed_by) return refusal(200, call.key, bad_signature, signed_by.error().where);
        Digest certificate_digest{};
        SHA256(der->data(), der->size(), certificate_digest.data());
        if (request->certificate_sha256 != to_hex(certificate_digest)) {
            return refusal(200, call.key, bad_signature, "the document names another certificate");
        }
    }
    if (m_card_store) {
        const auto issued = check_issuer(m_card_store.get(), certificate->get());
        if (!issued) return refusal(200, call.key, bad_issuer, issued.error().where);
    }

    const std::string serial = serial_of(certificate->get());
    if (known == nullptr) {
        BookEntry entry;
        ReceivedReception& r = entry.reception;
        r.key = call.key;
        r.method = *method;
        r.person = serial;
        r.consents = {consent_of(ConsentItem::Operation, request->operation),
                      consent_of(ConsentItem::MedicationDiagnosis, request->diagnosis),
                      consent_of(ConsentItem::HealthCheckup, request->health_checkup)};
        r.limit_amount_provided = request->limit_application_flag == "1";
        entry.processing_left = m_faults.processing;
        known = &m_book.add(call.key, std::move(entry));
    }
    known->digest = digest;
    // Only an entry from a state file has no answer yet: it is made once more from the same person.
    if (known->answer.empty()) known->answer = answer_for(*request, serial);
    ++known->reception.times_received;
    m_book.changed();
    return answer_of(*known);
}

ServiceAnswer SimulatedService::answer_of(BookEntry& entry) {
    if (entry.processing_left < 0 && m_faults.processing >= 0) entry.processing_left = 0;
    if (entry.processing_left == 0) return {200, entry.answer, {}, Cut::None};
    if (entry.processing_left > 0) --entry.processing_left;
    OqsAnswer waiting;
    waiting.header.process_execution_time = now_text();
    waiting.header.arbitrary_file_identifier = entry.reception.key;
    waiting.header.segment_of_result = SegmentOfResult::Processing;
    return {202, write_answer(waiting), m_faults.retry_after, Cut::None};
}

std::string SimulatedService::answer_for(const OqsRequest& request, const std::string& serial) const {
    OqsAnswer answer;
    answer.header.process_execution_time = now_text();
    answer.header.qualification_confirmation_date = request.header.qualification_confirmation_date;
    answer.header.medical_institution_code = request.header.medical_institution_code;
    answer.header.arbitrary_file_identifier = request.arbitrary_identifier;
    answer.header.reference_classification = std::string("1");
    answer.header.segment_of_result = SegmentOfResult::Normal;
    answer.header.character_code_identifier = std::string("0");
    answer.processing_status = ProcessingResultStatus::Normal;

    const auto person = m_people.find(serial);
    if (person != m_people.end()) {
        answer.validity = person->second.validity;
        answer.results = person->second.results;
        answer.processing_code = person->second.processing_code;
        answer.processing_message = person->second.processing_message;
    } else if (m_options.unknown_person == UnknownPerson::Valid) {
        answer.validity = QualificationValidity::Valid;
        answer.results = {generic_person()};
    } else {
        answer.validity = QualificationValidity::NotFound;
    }
    for (QualificationResult& result : answer.results) {
        result.health_checkup = request.health_checkup;
        result.pharmacists = request.pharmacists;
        result.diagnosis = request.diagnosis;
        result.operation = request.operation;
        result.limit_application_flag = request.limit_application_flag;
        result.limit_application_time = request.limit_application_time;
        if (request.limit_application_flag != "1") result.limit_application = {};
        result.arbitrary_identifier = request.arbitrary_identifier;
    }
    return write_answer(answer);
}

void SimulatedService::add_person(const SimulatedPerson& person) {
    const std::lock_guard lock(m_mutex);
    m_people.insert_or_assign(normal_serial(person.serial), person);
}

void SimulatedService::set_fault(const SimulatorFaults& faults) {
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

SimulatorFaults SimulatedService::fault() const {
    const std::lock_guard lock(m_mutex);
    return m_faults;
}

std::vector<ReceivedReception> SimulatedService::receptions() const {
    const std::lock_guard lock(m_mutex);
    return m_book.receptions();
}

std::string SimulatedService::state_json() const {
    const std::lock_guard lock(m_mutex);
    return m_book.to_json();
}

std::int64_t SimulatedService::calls() const {
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

bool SimulatedService::wait_for_calls(std::int64_t n, std::chrono::milliseconds limit) const {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, limit, [&] { return m_calls >= n; });
}

void SimulatedService::idle() {
    const std::lock_guard lock(m_mutex);
    m_book.write_if_waiting();
}

void SimulatedService::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_book.write_if_waiting();
    m_changed.notify_all();
}

}  // namespace uketsuke::net::internal
