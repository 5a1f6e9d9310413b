// Questions without a card: a receipt computer's by numbers, and a self-declaration's by what somebody said.

#include <algorithm>

#include "net/internal/declared_query.h"
#include "net/internal/sha256.h"
#include "net/internal/simulated_answer.h"
#include "net/internal/simulated_service.h"

namespace uketsuke::net::internal {
namespace {

std::string ids_of(const std::vector<Found>& found) {
    std::string ids;
    const SimulatedPerson* last = nullptr;
    for (const Found& one : found) {
        if (one.person != last && !one.person->id.empty()) ids += (ids.empty() ? "" : " ") + one.person->id;
        last = one.person;
    }
    return ids;
}

std::string words_of(const OqsRequest& request, const std::optional<DeclaredQuery>& said) {
    if (said) return said->birthdate + " " + said->name_kana + " " + said->name;
    return request.birthdate + " " + request.insurer_number + " " + request.insured_identification_number;
}

bool is_one_person(const std::vector<Found>& found) {
    return !found.empty() &&
           std::all_of(found.begin(), found.end(), [&](const Found& one) { return one.person == found[0].person; });
}

}  // namespace

ServiceAnswer SimulatedService::query(const std::string& key, const std::string& document) {
    std::unique_lock lock(m_mutex);
    Cut cut = Cut::None;
    if (auto done = arrive(lock, key, cut)) return *done;
    ServiceAnswer answer = answer_query(key, document);
    answer.cut = cut;
    return answer;
}

ServiceAnswer SimulatedService::answer_query(const std::string& key, const std::string& document) {
    if (!RequestId::parse(key)) {
        return refuse(key, {400, refused::document, "Idempotency-Key is not a version 4 UUID"});
    }
    const Digest digest = sha256(document);
    QueryEntry* known = m_book.find_query(key);
    if (known != nullptr && known->digest != digest) {
        return refuse(key, {409, refused::other_bytes, "the same key was sent with other bytes before"});
    }
    if (known == nullptr || known->answer.empty()) {
        const auto request = read_request(document);
        if (!request) return refuse(key, {200, refused::document, request.error().where});
        if (!m_options.institution.empty() && request->header.medical_institution_code != m_options.institution) {
            return refuse(key, {200, refused::institution, "this institution is not served here"});
        }
        QueryEntry entry = known == nullptr ? QueryEntry{} : *known;
        entry.digest = digest;
        entry.query.key = key;
        if (known == nullptr) entry.query.received_at = service_time();
        if (const auto wrong = decide(entry, *request)) return refuse(key, *wrong);
        if (known == nullptr && entry.query.declared) entry.processing_left = m_faults.processing;
        known = &m_book.add_query(std::move(entry));
    }
    ++known->query.times_received;
    m_book.changed();
    return answer_of(*known);
}

std::optional<Refusal> SimulatedService::decide(QueryEntry& entry, const OqsRequest& request) const {
    const auto now = service_time();
    const auto said = declared_query(request);
    const std::string document = write_request(request);
    std::vector<Found> found;
    if (said) {
        if (request.arbitrary_identifier != entry.query.key) {
            return Refusal{400, refused::identifier, "the document's identifier is not the Idempotency-Key"};
        }
        if (!can_be_searched(*said)) {
            return Refusal{200, refused::query, "a declared person needs Birthdate, and Name or NameKana"};
        }
        found = found_by(*said, everybody(), now);
        if (const Person as = person_called(m_faults.answer_as)) found = answered_as(*as, found);
    } else {
        if (!can_be_searched(document)) {
            return Refusal{200, refused::query, "a query needs InsurerNumber, InsuredIdentificationNumber, Birthdate"};
        }
        found = found_by(document, everybody(), now);
    }
    entry.query.declared = said.has_value();
    entry.query.asked = words_of(request, said);
    entry.query.found = ids_of(found);
    entry.query.validity = validity_of(found);
    const SimulatedPerson* one = said && is_one_person(found) ? found[0].person : nullptr;
    entry.shift_jis = one != nullptr && one->shift_jis;
    entry.answer =
        one != nullptr && !one->error_code.empty()
            ? short_answer(now, entry.query.key, SegmentOfResult::Abnormal, one->error_code, one->error_message)
            : query_answer(request, found, now, m_faults);
    return std::nullopt;
}

ServiceAnswer SimulatedService::answer_of(QueryEntry& entry) {
    if (entry.processing_left < 0 && m_faults.processing >= 0) entry.processing_left = 0;
    if (entry.processing_left != 0) {
        if (entry.processing_left > 0) --entry.processing_left;
        return {202, short_answer(service_time(), entry.query.key, SegmentOfResult::Processing), retry_after(),
                Cut::None};
    }
    return sent(entry.answer, entry.shift_jis);
}

std::vector<const SimulatedPerson*> SimulatedService::everybody() const {
    std::vector<const SimulatedPerson*> people;
    people.reserve(m_people.size());
    for (const Person& person : m_people) people.push_back(person.get());
    return people;
}

}  // namespace uketsuke::net::internal
