#pragma once
// The answers of the simulated service as documents. Pure.

#include <chrono>
#include <string>
#include <vector>

#include "net/internal/declared_query.h"
#include "net/internal/simulated_document.h"
#include "net/simulator.h"

namespace uketsuke::net::internal {

struct AnswerParts {
    std::chrono::sys_seconds now{};
    const OqsRequest* request = nullptr;
    const SimulatedPerson* answered_as = nullptr;  ///< null: nobody is found
    const SimulatedPerson* holder = nullptr;       ///< the card's own person
    bool registered = true;
    SimulatorFaults faults;
    bool already_received = false;  ///< the same visit, under another key
};

/// What the service says to a reception: the person's results under the request's identifiers and consents.
std::string reception_answer(const AnswerParts& parts);
/// To a renewal or withdrawal: it is done, and nothing is said of any insurance.
std::string consents_answer(std::chrono::sys_seconds now, const OqsRequest& request);
/// SegmentOfResult 9, or 2 (処理中) without a code.
std::string short_answer(std::chrono::sys_seconds now, const std::string& key, SegmentOfResult segment,
                         const std::string& code = {}, const std::string& message = {});
/// The person of a card that nobody introduced.
const SimulatedPerson& generic_person();

struct Found {
    const SimulatedPerson* person;
    QualificationResult result;
};
/// Everybody whose result has the numbers and the birth date of a query document (UTF-8, facts 2.3): InsurerNumber
/// without its blanks, InsuredIdentificationNumber and Birthdate; symbol and branch where the query names them. Digits
/// are compared by value, be they wide or narrow.
std::vector<Found> found_by(const std::string& query, const std::vector<const SimulatedPerson*>& people,
                            std::chrono::sys_seconds now);
bool can_be_searched(const std::string& query);  ///< it has the three that are needed
/// Everybody born then whose kana or name is the one that was said, as reconcile() compares them.
std::vector<Found> found_by(const DeclaredQuery& said, const std::vector<const SimulatedPerson*>& people,
                            std::chrono::sys_seconds now);
bool can_be_searched(const DeclaredQuery& said);  ///< it has a birth date, and the kana or the name
/// The results of the fault answer_as instead; what they leave open is that of the one who was found.
std::vector<Found> answered_as(const SimulatedPerson& person, const std::vector<Found>& found);
/// 4 when it is nobody, 5 when they are two persons' results, else the person's own.
QualificationValidity validity_of(const std::vector<Found>& found);
std::string query_answer(const OqsRequest& request, const std::vector<Found>& found, std::chrono::sys_seconds now,
                         const SimulatorFaults& faults);

}  // namespace uketsuke::net::internal
