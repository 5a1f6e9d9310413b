#include "net/remarks.h"

#include <algorithm>

#include "net/internal/remark_checks.h"

namespace uketsuke::net {
namespace {

bool is_valid(const OqsAnswer& answer) {
    return answer.validity == QualificationValidity::Valid ||
           answer.validity == QualificationValidity::ValidUnregistered;
}

bool is_lost(const QualificationResult& result, const std::string& today) {
    const bool passed = internal::is_date(today) && internal::is_date(result.disqualification_date) &&
                        result.disqualification_date <= today;
    return passed || !internal::is_blank(result.reason_of_loss);
}

bool lacks_limit_amount(const QualificationResult& result) {
    return internal::is_blank(result.limit_application.classification_flag) &&
           internal::is_blank(result.limit_application.classification);
}

bool hides_branch(const QualificationResult& result) {
    return internal::is_blank(result.insured_branch_number) &&
           internal::ends_in_branch(result.insured_identification_number);
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
        case Remark::DateUnreadable:
            return "date unreadable";
    }
    return "unknown code";
}

ConsentsGiven consents_given(std::string_view signed_document) {
    const auto yes = [&](const std::string& element) {
        return signed_document.find("<" + element + ">1<") != std::string_view::npos;
    };
    return {yes("OperationInfoConsFlg"), yes("DiagnosisInfoConsFlg"), yes("SpecificHealthCheckupsInfoConsFlg"),
            yes("LimitApplicationCertificateRelatedConsFlg")};
}

std::vector<Remark> remarks_of(const OqsAnswer& answer, const RemarkContext& context) {
    std::vector<Remark> remarks;
    const auto add = [&](bool holds, Remark remark) {
        if (holds) remarks.push_back(remark);
    };
    const auto& results = answer.results;
    const auto any = [&](auto test) { return std::any_of(results.begin(), results.end(), test); };
    const bool valid = is_valid(answer);
    const std::string& today = context.today;
    using Result = QualificationResult;

    add(!answer.processing_code.empty() || !answer.processing_message.empty(), Remark::SideInformation);
    add(answer.text_repaired, Remark::TextRepaired);
    add(any(internal::has_replaced_character), Remark::CharacterReplaced);
    add(any([&](const Result& r) { return internal::has_unknown_character(r, context.covers); }),
        Remark::CharacterUnknown);
    add(valid && results.empty(), Remark::NoResult);
    add(results.size() > 1, Remark::SeveralResults);
    add(valid && any([](const Result& r) { return internal::is_blank(r.qualification_date); }),
        Remark::QualificationDateMissing);
    add(valid && any([&](const Result& r) { return internal::is_before(today, r.qualification_date); }),
        Remark::QualificationNotYet);
    add(valid && any([&](const Result& r) { return is_lost(r, today); }), Remark::QualificationLost);
    add(valid && any([&](const Result& r) { return internal::is_before(r.insured_card_expiration_date, today); }),
        Remark::CardExpired);
    add(valid && any([](const Result& r) {
            return internal::is_blank(r.insurer_number) || internal::is_blank(r.insured_identification_number);
        }),
        Remark::NumberMissing);
    add(any(hides_branch), Remark::BranchInsideNumber);
    add(valid && any([&](const Result& r) { return internal::lacks_contribution_ratio(r, context); }),
        Remark::ContributionRatioMissing);
    add(valid && context.consents && context.consents->limit_amount && any(lacks_limit_amount),
        Remark::LimitAmountMissing);
    add(context.consents && any([&](const Result& r) { return internal::consents_differ(r, *context.consents); }),
        Remark::ConsentNotAsGiven);
    add(internal::has_unknown_code(answer), Remark::UnknownCode);
    add(any(internal::has_unreadable_date), Remark::DateUnreadable);
    return remarks;
}

std::string words_for(const std::vector<Remark>& remarks) {
    std::string words;
    for (const Remark remark : remarks) words += (words.empty() ? "" : ", ") + std::string(name_of(remark));
    return words;
}

}  // namespace uketsuke::net
