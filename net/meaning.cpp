#include "net/meaning.h"

#include <algorithm>
#include <array>

#include "net/internal/remark_checks.h"

namespace uketsuke::net {
namespace {

// Rows of a kind share the number's first digit; a number is never given to another row.
constexpr std::array k_table{
    MeaningRow{Meaning::Confirmed, "confirmed", 01, PatientReads::Confirmed, NextStep::Nothing,
               "the insurance is valid"},
    MeaningRow{Meaning::ConfirmedRemark, "confirmed with a remark", 02, PatientReads::Confirmed, NextStep::ReadRemarks,
               "the insurance is valid; read the remarks"},
    MeaningRow{Meaning::InsuranceEnded, "insurance ended", 11, PatientReads::SeeTheDesk, NextStep::AskForProof,
               "this insurance has ended: ask for a newer proof"},
    MeaningRow{Meaning::InsuranceReplaced, "insurance replaced", 12, PatientReads::SeeTheDesk, NextStep::AskForProof,
               "another insurance has replaced this one: ask for the new proof"},
    MeaningRow{Meaning::NotFound, "not found", 13, PatientReads::SeeTheDesk, NextStep::SelfDeclaration,
               "no insurance was found: other proof, or the self-declaration form"},
    MeaningRow{Meaning::SeveralFound, "several found", 14, PatientReads::SeeTheDesk, NextStep::ChooseResult,
               "several insurances were found: choose with the patient"},
    MeaningRow{Meaning::Unclear, "unclear", 15, PatientReads::SeeTheDesk, NextStep::LookAtAnswer,
               "the answer says nothing about validity: look at it"},
    MeaningRow{Meaning::Processing, "processing", 21, PatientReads::ConfirmedLater, NextStep::AskAgain,
               "the service is processing it"},
    MeaningRow{Meaning::Busy, "busy", 22, PatientReads::ConfirmedLater, NextStep::SendAgain, "the service is busy"},
    MeaningRow{Meaning::NotKnownThere, "not known there", 23, PatientReads::ConfirmedLater, NextStep::SendAgain,
               "the service does not know it; it is sent again"},
    MeaningRow{Meaning::Refused, "refused", 31, PatientReads::SeeTheDesk, NextStep::RetryOrDeclare,
               "the service refuses it: retry, or the self-declaration form"},
    MeaningRow{Meaning::OtherRequest, "other request", 32, PatientReads::SeeTheDesk, NextStep::RetryOrDeclare,
               "the answer belongs to another request"},
    MeaningRow{Meaning::OtherPerson, "other person", 33, PatientReads::SeeTheDesk, NextStep::LookAtAnswer,
               "the answer is about somebody with another date of birth"},
    MeaningRow{Meaning::NameUnknown, "name unknown", 41, PatientReads::ConfirmedLater, NextStep::SendAgain,
               "the name of the service has no address: the network or its name server"},
    MeaningRow{Meaning::Unreachable, "unreachable", 42, PatientReads::ConfirmedLater, NextStep::SendAgain,
               "the service cannot be reached"},
    MeaningRow{Meaning::TimedOut, "timed out", 43, PatientReads::ConfirmedLater, NextStep::SendAgain,
               "the service does not answer in time"},
    MeaningRow{Meaning::Unreadable, "unreadable", 44, PatientReads::ConfirmedLater, NextStep::SendAgain,
               "the answer cannot be read"},
    MeaningRow{Meaning::ServiceUntrusted, "service untrusted", 51, PatientReads::ConfirmedLater, NextStep::CallIt,
               "the service's certificate is not the expected one, or this kiosk's clock is wrong"},
    MeaningRow{Meaning::OwnIdentity, "own identity", 52, PatientReads::ConfirmedLater, NextStep::CallIt,
               "this kiosk's own certificate is missing, unreadable or refused"},
    MeaningRow{Meaning::Cancelled, "cancelled", 61, PatientReads::ConfirmedLater, NextStep::SendAgain,
               "the kiosk was stopping"},
    MeaningRow{Meaning::OwnFault, "own fault", 62, PatientReads::ConfirmedLater, NextStep::CallIt,
               "this kiosk's storage or settings are at fault"},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < k_table.size(); ++i) {
        if (static_cast<std::size_t>(k_table[i].meaning) != i) return false;
    }
    return k_table.size() == static_cast<std::size_t>(Meaning::OwnFault) + 1;
}
static_assert(in_order(), "a row for every meaning, in its order");

Meaning meaning_of_decided(const OqsAnswer& answer, bool remarks) {
    switch (answer.validity) {
        case QualificationValidity::Valid:
            return remarks ? Meaning::ConfirmedRemark : Meaning::Confirmed;
        case QualificationValidity::ValidUnregistered:
            return Meaning::ConfirmedRemark;
        case QualificationValidity::Invalid:
            return Meaning::InsuranceEnded;
        case QualificationValidity::InvalidNewer:
            return Meaning::InsuranceReplaced;
        case QualificationValidity::NotFound:
            return Meaning::NotFound;
        case QualificationValidity::Several:
            return Meaning::SeveralFound;
        case QualificationValidity::Missing:
        case QualificationValidity::Unknown:
            break;
    }
    return Meaning::Unclear;
}

// A birth date that is none proves nothing; it is a remark.
bool other_person(const OqsAnswer& answer, const std::string& birthdate) {
    return std::any_of(answer.results.begin(), answer.results.end(), [&](const QualificationResult& result) {
        return internal::is_before(result.birthdate, birthdate) || internal::is_before(birthdate, result.birthdate);
    });
}

}  // namespace

std::span<const MeaningRow> meaning_table() {
    return k_table;
}

const MeaningRow& row_of(Meaning meaning) {
    return k_table.at(static_cast<std::size_t>(meaning));
}

const char* name_of(Meaning meaning) {
    return row_of(meaning).name;
}

const char* name_of(PatientReads reads) {
    switch (reads) {
        case PatientReads::Confirmed:
            return "accepted";
        case PatientReads::ConfirmedLater:
            return "accepted, confirmed later";
        case PatientReads::SeeTheDesk:
            return "accepted, please see the desk";
    }
    return "accepted";
}

const char* name_of(NextStep next) {
    switch (next) {
        case NextStep::Nothing:
            return "nothing";
        case NextStep::ReadRemarks:
            return "staff read the remarks";
        case NextStep::AskForProof:
            return "staff ask for a newer proof";
        case NextStep::SelfDeclaration:
            return "staff offer the self-declaration form";
        case NextStep::ChooseResult:
            return "staff choose the result";
        case NextStep::LookAtAnswer:
            return "staff look at the answer";
        case NextStep::RetryOrDeclare:
            return "staff retry, or offer the form";
        case NextStep::AskAgain:
            return "asked again by itself";
        case NextStep::SendAgain:
            return "sent again by itself";
        case NextStep::CallIt:
            return "sent again by itself; IT acts";
    }
    return "nothing";
}

Judgement judge(const Reply& reply, const Expected& expected) {
    Judgement judgement;
    if (reply.answer) {
        const std::string& named = reply.answer->header.arbitrary_file_identifier;
        if (!named.empty() && named != expected.id.text()) return {Meaning::OtherRequest, {}};
        if (other_person(*reply.answer, expected.holder_birthdate)) return {Meaning::OtherPerson, {}};
    }
    switch (reply.kind) {
        case ReplyKind::Answered:
            if (!reply.answer) return judgement;
            judgement.remarks = remarks_of(*reply.answer, expected.remarks);
            judgement.meaning = meaning_of_decided(*reply.answer, !judgement.remarks.empty());
            return judgement;
        case ReplyKind::Processing:
            judgement.meaning = Meaning::Processing;
            return judgement;
        case ReplyKind::TryLater:
            judgement.meaning = Meaning::Busy;
            return judgement;
        case ReplyKind::UnknownKey:
            judgement.meaning = Meaning::NotKnownThere;
            return judgement;
        case ReplyKind::Refused:
            judgement.meaning = Meaning::Refused;
            return judgement;
    }
    return judgement;
}

Meaning meaning_of(Fault fault) {
    switch (fault) {
        case Fault::NameUnknown:
            return Meaning::NameUnknown;
        case Fault::Unreachable:
            return Meaning::Unreachable;
        case Fault::Timeout:
            return Meaning::TimedOut;
        case Fault::BadAnswer:
        case Fault::AnswerTooBig:
            return Meaning::Unreadable;
        case Fault::TlsRefused:
            return Meaning::ServiceUntrusted;
        case Fault::OwnIdentity:
            return Meaning::OwnIdentity;
        case Fault::Cancelled:
            return Meaning::Cancelled;
        case Fault::BadOptions:
        case Fault::BadKey:
        case Fault::BadPayload:
        case Fault::StorageFull:
        case Fault::StorageDamaged:
        case Fault::StorageBusy:
        case Fault::StorageReadOnly:
        case Fault::StorageFailed:
        case Fault::FolderAway:
        case Fault::NotFound:
        case Fault::Conflict:
        case Fault::Internal:
            return Meaning::OwnFault;
    }
    return Meaning::OwnFault;
}

}  // namespace uketsuke::net
