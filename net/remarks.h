#pragma once
// What staff should look at in an answer although the patient is accepted: each a name, never a silent guess.
// Pure; any thread. The complaints behind each one: domain facts 4.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/oqs_xml.h"

namespace uketsuke::net {

enum class Remark {
    SideInformation,    ///< a ProcessingResultCode or message on a success, e.g. a card that expires soon
    TextRepaired,       ///< bytes that were no text became U+FFFD
    CharacterReplaced,  ///< ● (or 〓, U+FFFD) in a name or address: a character the service cannot write
    CharacterUnknown,   ///< a character that RemarkContext::covers does not know: check it on the receipt computer
    NoResult,           ///< valid, and nobody in the list
    SeveralResults,     ///< more than one result: staff choose
    QualificationDateMissing,  ///< no 資格取得日
    QualificationNotYet,       ///< 資格取得日 is later than the visit
    QualificationLost,         ///< 資格喪失日 on or before the visit, or a reason of loss, although called valid
    CardExpired,               ///< the insured card's expiration date has passed
    NumberMissing,             ///< no insurer number or no insured identification number
    BranchInsideNumber,        ///< the number seems to end in a branch number, and the branch's own element is empty
    ContributionRatioMissing,  ///< 負担割合 blank, neither on the card nor on the certificate of the elderly, and the
                               ///< law does not say it (as it does before school age and on medical assistance)
    LimitAmountMissing,  ///< limit-amount information was provided by the patient and the answer has none
    ConsentNotAsGiven,   ///< the answer states another consent than the patient gave, or one that has run out
    UnknownCode,         ///< a code that is not in the list of its element
    DateUnreadable,      ///< a date that is none, which is compared with nothing
};
/// A stable lower-case word group for tools, files and tests: "character replaced".
const char* name_of(Remark remark);

/// As the signed request says.
struct ConsentsGiven {
    bool operation = false;
    bool medication_diagnosis = false;
    bool health_checkup = false;
    bool limit_amount = false;  ///< 限度額情報を提供する
    bool operator==(const ConsentsGiven&) const = default;
};
/// Of a document as signed_text() writes it, and of no other: it has one spelling, and is searched without being
/// parsed. What it does not say was not given.
ConsentsGiven consents_given(std::string_view signed_document);

struct RemarkContext {
    std::string today;                        ///< yyyyMMdd in Japan
    std::function<bool(char32_t)> covers;     ///< whether this kiosk can draw it; empty: not asked
    std::optional<ConsentsGiven> consents{};  ///< empty: not compared
};

/// In the order of the enumeration, each at most once, of all results together. Empty for an ordinary answer. What only
/// a valid insurance can lack is asked of a valid one (1, 6): nobody needs a share or a date of none.
std::vector<Remark> remarks_of(const OqsAnswer& answer, const RemarkContext& context);

/// "character replaced, branch inside number"
std::string words_for(const std::vector<Remark>& remarks);

}  // namespace uketsuke::net
