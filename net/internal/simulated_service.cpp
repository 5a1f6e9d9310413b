#include "net/internal/simulated_service.h"

#include <algorithm>

#include "net/internal/base64.h"
#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/internal/simulated_answer.h"
#include "net/internal/simulated_call.h"
#include "net/internal/simulator_faults.h"
#include "net/internal/simulator_people.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

CallDigests digests_of(const ServiceCall& call) {
    // Without a card every request is as unlike the others as its attestation is, or its document.
    const std::string& own = call.attestation.empty() ? call.body : call.attestation;
    return {sha256(call.body + '\0' + call.signature + '\0' + call.certificate + '\0' + call.attestation),
            sha256(call.body), sha256(call.signature.empty() ? own : call.signature)};
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::chrono::sys_seconds moment_of(const OqsRequest& request) {
    return parse_jst_date_time(request.confirmed_at).value_or(std::chrono::sys_seconds{});
}

Result<void> check_options(const SimulatorOptions& options) {
    const std::string& code = options.institution;
    if (!code.empty() && (code.size() != 10 || code.find_first_not_of("0123456789") != std::string::npos)) {
        return fail(Fault::BadOptions, "simulator: the institution is not 10 digits");
    }
    if (!options.terminal_public_key.empty() && options.terminal_public_key.size() != 32) {
        return fail(Fault::BadOptions, "simulator: the terminal's public key is not 32 bytes");
    }
    if (options.client_is_institution && !options.require_client_certificate) {
        return fail(Fault::BadOptions, "simulator: client_is_institution needs require_client_certificate");
    }
    if (options.clock_tolerance.count() < 0 || options.accept_for.count() <= 0) {
        return fail(Fault::BadOptions, "simulator: clock_tolerance or accept_for is out of its range");
    }
    return {};
}

}  // namespace

ReceivedReception reception_of(const OqsRequest& request, Method method, const std::string& serial,
                               std::chrono::sys_seconds now) {
    ReceivedReception r;
    r.key = request.arbitrary_identifier;
    r.method = method;
    r.person = serial;
    r.consents = consents_in(request);
    r.limit_amount_provided = request.limit_application_flag == "1";
    r.registration_wished = request.registration_wish == "1";
    r.institution = request.header.medical_institution_code;
    r.confirmed_at = moment_of(request);
    r.received_at = now;
    const CareWords words = care_words(request);
    r.base = words.base;
    r.visit = words.visit;
    return r;
}

Result<std::unique_ptr<SimulatedService>> SimulatedService::create(const SimulatorOptions& options) {
    if (auto checked = check_options(options); !checked) return tl::unexpected(checked.error());
    std::unique_ptr<SimulatedService> service(new SimulatedService(options));
    if (!options.card_ca_pem.empty()) {
        auto store = trust_store(options.card_ca_pem);
        if (!store) return fail(Fault::BadOptions, "card CA: " + store.error().where);
        service->m_card_store = std::move(*store);
    }
    if (!options.people_file.empty()) {
        const auto people = load_people(options.people_file);
        if (!people) return tl::unexpected(people.error());
        for (const SimulatedPerson& person : *people) service->add_person(person);
    }
    if (!options.state_file.empty()) {
        if (auto loaded = service->m_book.load(options.state_file); !loaded) return tl::unexpected(loaded.error());
    }
    return service;
}

std::chrono::sys_seconds SimulatedService::service_time() const {
    const auto now = m_options.now ? std::chrono::floor<std::chrono::seconds>(m_options.now())
                                   : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return now + m_faults.clock;
}

std::optional<ServiceAnswer> SimulatedService::arrive(std::unique_lock<std::mutex>& lock, const std::string& key,
                                                      Cut& cut) {
    ++m_calls;
    m_changed.notify_all();
    const SimulatorFaults faults = m_faults;
    if (faults.slow.count() > 0) m_changed.wait_for(lock, faults.slow, [this] { return m_stopping; });
    cut = faults.down ? Cut::Before : faults.cut;
    if (cut == Cut::None && faults.flaky > 0.0 &&
        std::uniform_real_distribution<double>(0.0, 1.0)(m_chance) < faults.flaky) {
        cut = static_cast<Cut>(1 + m_chance() % 3);
    }
    if (cut == Cut::Before) return ServiceAnswer{200, "", "", cut};
    if (m_faults.status != 0) return ServiceAnswer{m_faults.status, "", retry_after(), cut};
    if (m_faults.error.empty()) return std::nullopt;
    return refuse(key, {200, m_faults.error.c_str(), "simulated failure of the service"});
}

ServiceAnswer SimulatedService::post(const ServiceCall& call) {
    std::unique_lock lock(m_mutex);
    Cut cut = Cut::None;
    if (auto done = arrive(lock, call.key, cut)) return *done;
    ServiceAnswer answer = take_in(call);
    answer.cut = cut;
    return answer;
}

ServiceAnswer SimulatedService::ask(const std::string& key) {
    std::unique_lock lock(m_mutex);
    Cut cut = Cut::None;
    if (auto done = arrive(lock, key, cut)) return *done;
    BookEntry* entry = m_book.find(key);
    ServiceAnswer answer =
        entry != nullptr && !entry->answer.empty() ? answer_of(*entry) : ServiceAnswer{404, "", "", Cut::None};
    answer.cut = cut;
    return answer;
}

ServiceAnswer SimulatedService::refuse(const std::string& key, const Refusal& refusal) {
    m_book.refuse({key.substr(0, 64), refusal.code, refusal.message, service_time()});
    m_book.changed();
    return {refusal.http_status,
            short_answer(service_time(), key, SegmentOfResult::Abnormal, refusal.code, refusal.message), "", Cut::None};
}

tl::expected<SimulatedService::ReadCall, Refusal> SimulatedService::read(const ServiceCall& call) {
    const auto unreadable = [](const std::string& why) { return tl::unexpected(Refusal{400, refused::document, why}); };
    if (!RequestId::parse(call.key)) return unreadable("Idempotency-Key is not a version 4 UUID");
    auto request = read_request(call.body);
    if (!request) return unreadable(request.error().where);
    const auto method = method_of(request->method);
    if (!method) return unreadable("the document names no method");
    if (is_about_consents(*method) != call.about_consents) return unreadable("this method is taken in elsewhere");
    auto signature = from_base64(call.signature);
    auto der = from_base64(call.certificate);
    auto attestation = from_base64(call.attestation);
    if (!signature || !der || !attestation) return unreadable("a header is not base64");
    return ReadCall{std::move(*request),     *method,         std::move(*signature), std::move(*der),
                    std::move(*attestation), digests_of(call)};
}

ServiceAnswer SimulatedService::take_in(const ServiceCall& call) {
    auto parts = read(call);
    if (!parts) return refuse(call.key, parts.error());
    BookEntry* known = m_book.find(call.key);
    const bool checked_before = known != nullptr && known->digests;
    if (checked_before && known->digests->call != parts->digests.call) {
        return refuse(call.key, {409, refused::other_bytes, "the same key was sent with other bytes before"});
    }
    if (known == nullptr && m_book.is_full()) return {503, "", retry_after(), Cut::None};
    const bool unanswered = known == nullptr || known->answer.empty();
    if (unanswered && without_card(parts->method)) {
        if (!checked_before) {
            if (const auto wrong = check_care(call, *parts)) return refuse(call.key, *wrong);
        }
        known = &enter_care(*parts);
    } else if (unanswered) {
        const auto certificate = read_certificate(parts->certificate_der);
        if (!certificate) return refuse(call.key, {200, refused::signature, certificate.error().where});
        // What was checked when it first came is not refused later for having become old.
        if (!checked_before) {
            if (const auto wrong = check(call, *parts, certificate->get())) return refuse(call.key, *wrong);
        }
        known = &enter(*parts, certificate->get());
    }
    m_book.count(*known);
    m_book.changed();
    return answer_of(*known);
}

std::optional<Refusal> SimulatedService::check(const ServiceCall& call, const ReadCall& parts,
                                               X509* certificate) const {
    const OqsRequest& request = parts.request;
    if (m_book.replayed_from(parts.digests, call.key) != nullptr) {
        return Refusal{409, refused::replayed, "this signed document came before, under another key"};
    }
    if (request.arbitrary_identifier != call.key) {
        return Refusal{400, refused::identifier, "the document's identifier is not the Idempotency-Key"};
    }
    if (m_options.check_signatures) {
        const SignedParts signed_parts{bytes_of(call.body), parts.signature, parts.certificate_der, parts.attestation};
        if (auto wrong = check_signed(request, parts.method, signed_parts, certificate, m_options)) return wrong;
    }
    if (m_card_store) {
        const auto issued = check_issuer(m_card_store.get(), certificate);
        if (!issued) return Refusal{200, refused::issuer, issued.error().where};
    }
    if (auto wrong = check_institution(request, call.client, m_options)) return wrong;
    if (auto wrong = check_times(request, service_time(), m_options)) return wrong;
    if (standing_of(not_after_of(certificate), moment_of(request)) == Standing::Ended) {
        return Refusal{200, refused::card_expired, "the card's certificate ended months ago"};
    }
    if (care_words(request).treatment == Treatment::Online && parts.method != Method::Pin) {
        return Refusal{200, refused::online_visual, "online only for a card that was opened by its PIN"};
    }
    return std::nullopt;
}

BookEntry& SimulatedService::enter(const ReadCall& parts, X509* certificate) {
    OqsRequest request = parts.request;
    const std::string serial = serial_of(certificate);
    BookEntry& entry = enter_as(parts, request, serial);
    m_book.know_card(to_hex(sha256(parts.certificate_der)), serial);
    const bool registrable = person_of(serial) != nullptr || m_options.unknown_person == UnknownPerson::Valid;
    if (request.registration_wish == "1" && registrable) m_book.register_card(serial);
    // Consents that were withdrawn before they arrived were none.
    const bool stand = take_base(request, serial, parts.method);
    answer_consents(request,
                    stand ? standing_of(not_after_of(certificate), moment_of(request)) : Standing::EligibilityOnly,
                    service_time());
    // An entry from a state file has no answer yet: it is made once more from the same person.
    entry.answer = answer_for(request, serial, !entry.visit_of.empty());
    return entry;
}

ServiceAnswer SimulatedService::answer_of(BookEntry& entry) {
    if (entry.processing_left < 0 && m_faults.processing >= 0) entry.processing_left = 0;
    const std::string& key = entry.reception.key;
    if (entry.processing_left != 0) {
        if (entry.processing_left > 0) --entry.processing_left;
        return {202, short_answer(service_time(), key, SegmentOfResult::Processing), retry_after(), Cut::None};
    }
    const Person person = person_of(entry.reception.person);
    const bool shift_jis = person && person->shift_jis;
    if (!m_faults.other_request) return sent(entry.answer, shift_jis);
    const BookEntry* earlier = m_book.earlier_than(key);
    if (earlier != nullptr && !earlier->answer.empty()) return sent(earlier->answer, shift_jis);
    return sent(readdressed(entry.answer, make_request_id().text()), shift_jis);
}

ServiceAnswer SimulatedService::sent(std::string document, bool shift_jis) const {
    if (shift_jis || m_faults.shift_jis) document = in_shift_jis(document);
    return {200, std::move(document), "", Cut::None};
}

std::string SimulatedService::answer_for(const OqsRequest& request, const std::string& serial, bool again) {
    static const Person generic(std::shared_ptr<void>(), &generic_person());
    Person holder = person_of(serial);
    if (!holder && m_options.unknown_person == UnknownPerson::Valid) holder = generic;
    const Person as = m_faults.answer_as.empty() ? holder : person_called(m_faults.answer_as);
    AnswerParts parts;
    parts.now = service_time();
    parts.request = &request;
    parts.answered_as = as.get();
    parts.holder = holder.get();
    parts.registered = as == nullptr || as->registered || m_book.is_registered(serial);
    parts.faults = m_faults;
    parts.already_received = again;
    if (as && parts.registered && !as->error_code.empty()) {
        return short_answer(parts.now, request.arbitrary_identifier, SegmentOfResult::Abnormal, as->error_code,
                            as->error_message);
    }
    return reception_answer(parts);
}

}  // namespace uketsuke::net::internal
