#pragma once
// The one table of what an answer, or its absence, means: for the patient, for staff, and for the queue. net/README.md
// shows it; a test holds both together. Pure; any thread.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "net/eligibility_client.h"
#include "net/remarks.h"
#include "net/request_id.h"

namespace uketsuke::net {

enum class Meaning : std::uint8_t {
    Confirmed,          ///< valid insurance
    ConfirmedRemark,    ///< valid, and staff should read a remark
    InsuranceEnded,     ///< QualificationValidity 2
    InsuranceReplaced,  ///< 3
    NotFound,           ///< 4
    SeveralFound,       ///< 5
    Unclear,            ///< an answer without a validity that is known
    Processing,         ///< 処理中: SegmentOfResult 2, HTTP 202
    Busy,               ///< HTTP 408, 425, 429, 5xx
    NotKnownThere,      ///< asked for, and the service never got it
    Refused,            ///< SegmentOfResult 9, ProcessingResultStatus 2, other HTTP 4xx
    OtherRequest,       ///< the answer names another request
    OtherPerson,        ///< the answer is about somebody born on another day
    NameUnknown,        ///< DNS
    Unreachable,        ///< refused, reset, closed
    TimedOut,           ///< nothing in time
    Unreadable,         ///< garbage, cut, too long, a redirect
    ServiceUntrusted,   ///< the service's certificate is not the CA's, or no common TLS
    OwnIdentity,        ///< our certificate or key is missing, unreadable or refused
    Cancelled,          ///< the kiosk stops
    OwnFault,           ///< our options or storage
};

enum class PatientReads : std::uint8_t { Confirmed, ConfirmedLater, SeeTheDesk };

enum class NextStep : std::uint8_t {
    Nothing,
    ReadRemarks,      ///< staff
    AskForProof,      ///< staff: a newer proof of insurance
    SelfDeclaration,  ///< staff: 被保険者資格申立書
    ChooseResult,     ///< staff
    LookAtAnswer,     ///< staff
    RetryOrDeclare,   ///< staff: send again, or the form
    AskAgain,         ///< the queue, by itself
    SendAgain,        ///< the queue, by itself, under the same key
    CallIt,           ///< the queue goes on; the clinic's IT must act
};

struct MeaningRow {
    Meaning meaning;
    const char* name;  ///< stable: "insurance ended"
    int number;        ///< what a person says on the telephone: 12 for "N-12". Never given to another row
    PatientReads patient;
    NextStep next;
    const char* staff;  ///< one plain English sentence for tools and logs; what screens say is in assets/
};

std::span<const MeaningRow> meaning_table();  ///< in the order of the enumeration
const MeaningRow& row_of(Meaning meaning);
const char* name_of(Meaning meaning);
const char* name_of(PatientReads reads);
const char* name_of(NextStep next);

/// What the kiosk knows about the request that was answered.
struct Expected {
    RequestId id;
    std::string holder_birthdate;  ///< yyyyMMdd; empty: not known
    RemarkContext remarks;
};

struct Judgement {
    Meaning meaning = Meaning::Unclear;
    std::vector<Remark> remarks;  ///< of a decided answer, whatever its meaning
};

Judgement judge(const Reply& reply, const Expected& expected);
Meaning meaning_of(Fault fault);

}  // namespace uketsuke::net
