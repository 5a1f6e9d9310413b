#include "net/internal/care_answer.h"

#include <algorithm>

namespace uketsuke::net::internal {
namespace {

CareConflict conflict_of_refusal(const std::string& code) {
    if (code == care_code::consents_withdrawn) return CareConflict::ConsentsWithdrawn;
    if (code == care_code::consents_expired) return CareConflict::ConsentsExpired;
    if (code == care_code::no_base) return CareConflict::NoRelation;
    return CareConflict::Refused;
}

// Whoever was received is named only as one person, and as the service wrote it: the name is shown at the next visit,
// and staff would look for another one.
bool names_one_person(const OqsAnswer& answer) {
    if (answer.results.empty() || answer.text_repaired) return false;
    const QualificationResult& first = answer.results.front();
    return std::all_of(answer.results.begin(), answer.results.end(), [&](const QualificationResult& one) {
        return one.name == first.name && one.name_kana == first.name_kana && one.birthdate == first.birthdate;
    });
}

void judge(Meaning meaning, const std::string& code, CareAnswer& said) {
    said.result = CareResult::Conflict;
    said.conflict = CareConflict::Refused;
    switch (meaning) {
        case Meaning::Confirmed:
        case Meaning::ConfirmedRemark:
            said.result = CareResult::Confirmed;
            said.conflict = code == care_code::already_received ? CareConflict::ReceivedElsewhere : CareConflict::None;
            return;
        case Meaning::InsuranceEnded:
        case Meaning::InsuranceReplaced:
        case Meaning::NotFound:
        case Meaning::SeveralFound:
        case Meaning::Unclear:
            said.conflict = CareConflict::NotInsured;
            return;
        case Meaning::Processing:
        case Meaning::Busy:
        case Meaning::NotKnownThere:
        case Meaning::NameUnknown:
        case Meaning::Unreachable:
        case Meaning::TimedOut:
        case Meaning::ServiceUntrusted:
        case Meaning::OwnIdentity:
        case Meaning::Cancelled:
            said.result = CareResult::Waiting;
            said.conflict = CareConflict::None;
            return;
        case Meaning::Refused:
            said.conflict = conflict_of_refusal(code);
            return;
        case Meaning::OtherRequest:
        case Meaning::OtherPerson:
        case Meaning::Unreadable:
        case Meaning::OwnFault:
            return;
    }
}

}  // namespace

CareAnswer care_answer(Meaning meaning, const std::string& code, const OqsAnswer* answer) {
    CareAnswer said;
    judge(meaning, code, said);
    said.meaning = row_of(meaning).number;
    if (answer != nullptr && meaning != Meaning::SeveralFound && names_one_person(*answer)) {
        const QualificationResult& result = answer->results.front();
        said.name = result.name;
        said.kana = result.name_kana;
        said.birth_date = result.birthdate;
    }
    return said;
}

}  // namespace uketsuke::net::internal
