#include "net/remarks.h"

#include <algorithm>

namespace uketsuke::net {
namespace {

constexpr std::string_view black_circle = "\xE2\x97\x8F";  // ● stands for a character the service cannot write

bool has_replaced_character(const QualificationResult& result) {
    return result.name.find(black_circle) != std::string::npos ||
           result.address.find(black_circle) != std::string::npos;
}

}  // namespace

const char* name_of(Remark remark) {
    switch (remark) {
        case Remark::SideInformation:
            return "side information";
        case Remark::TextRepaired:
            return "text repaired";
        case Remark::CharacterReplaced:
            return "character replaced";
        case Remark::CharacterUnknown:
            return "character unknown";
        case Remark::NoResult:
            return "no result";
        case Remark::SeveralResults:
            return "several results";
        case Remark::QualificationDateMissing:
            return "qualification date missing";
        case Remark::QualificationNotYet:
            return "qualification not yet";
        case Remark::QualificationLost:
            return "qualification lost";
        case Remark::CardExpired:
            return "card expired";
        case Remark::NumberMissing:
            return "number missing";
        case Remark::BranchInsideNumber:
            return "branch inside number";
        case Remark::ContributionRatioMissing:
            return "contribution ratio missing";
        case Remark::LimitAmountMissing:
            return "limit amount missing";
        case Remark::ConsentNotAsGiven:
            return "consent not as given";
        case Remark::UnknownCode:
            return "unknown code";
    }
    return "unknown code";
}

std::vector<Remark> remarks_of(const OqsAnswer& answer, const RemarkContext& context) {
    (void)context;
    std::vector<Remark> remarks;
    const auto add = [&](bool holds, Remark remark) {
        if (holds) remarks.push_back(remark);
    };
    add(!answer.processing_code.empty() || !answer.processing_message.empty(), Remark::SideInformation);
    add(answer.text_repaired, Remark::TextRepaired);
    add(std::any_of(answer.results.begin(), answer.results.end(), has_replaced_character), Remark::CharacterReplaced);
    add(answer.results.empty(), Remark::NoResult);
    add(answer.results.size() > 1, Remark::SeveralResults);
    return remarks;
}

std::string words_for(const std::vector<Remark>& remarks) {
    std::string words;
    for (const Remark remark : remarks) words += (words.empty() ? "" : ", ") + std::string(name_of(remark));
    return words;
}

}  // namespace uketsuke::net
