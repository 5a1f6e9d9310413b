// What was said against what the service knows.

#include <algorithm>

#include "net/declaration.h"
#include "net/internal/declared_forms.h"
#include "net/internal/remark_checks.h"

namespace uketsuke::net {
namespace {

using internal::is_blank;

enum class Fit { Open, Same, Other };

Fit fit(bool open, bool same) {
    return open ? Fit::Open : (same ? Fit::Same : Fit::Other);
}

// The better of a value and its alternative.
Fit either(Fit a, Fit b) {
    if (a == Fit::Same || b == Fit::Same) return Fit::Same;
    return a == Fit::Other || b == Fit::Other ? Fit::Other : Fit::Open;
}

Fit of_name(const std::string& said, const std::string& known) {
    const auto a = internal::name_form(said), b = internal::name_form(known);
    return fit(a.empty() || b.empty(), internal::same(a.view(), b.view()));
}

Fit of_kana(const std::string& said, const std::string& known) {
    const auto a = internal::kana_form(said), b = internal::kana_form(known);
    return fit(a.empty() || b.empty(), internal::same(a.view(), b.view()));
}

Fit of_digits(const std::string& said, const std::string& known, std::size_t length) {
    const std::string a = internal::digits_of(said), b = internal::digits_of(known);
    return fit(a.size() != length || b.size() != length, a == b);
}

Fit of_sex(DeclaredSex said, const std::string& known) {
    const bool open = said == DeclaredSex::NotSaid || (known != "1" && known != "2");
    return fit(open, (said == DeclaredSex::Male) == (known == "1"));
}

Fit of_address(const std::string& said, const std::string& known) {
    if (is_blank(said) || is_blank(known)) return Fit::Open;
    return fit(false, internal::same_place(internal::place_of(said), internal::place_of(known)));
}

// By the first two of the eight digits (法別番号); six digits are 国民健康保険.
DeclaredInsurance kind_of(const std::string& insurer_number) {
    const std::string digits = internal::digits_of(insurer_number);
    if (digits.size() == 6) return DeclaredInsurance::NationalHealth;
    if (digits.size() != 8) return DeclaredInsurance::NotSaid;
    const std::string law = digits.substr(0, 2);
    const auto is_one_of = [&](std::initializer_list<const char*> laws) {
        return std::find(laws.begin(), laws.end(), law) != laws.end();
    };
    if (is_one_of({"00", "67"})) return DeclaredInsurance::NationalHealth;
    if (is_one_of({"39"})) return DeclaredInsurance::LaterElderly;
    if (is_one_of({"01", "02", "03", "04", "06", "63"})) return DeclaredInsurance::Employees;
    if (is_one_of({"31", "32", "33", "34", "72", "73", "74", "75"})) return DeclaredInsurance::MutualAid;
    return DeclaredInsurance::NotSaid;
}

Fit of_insurance(DeclaredInsurance said, const std::string& insurer_number) {
    const DeclaredInsurance known = kind_of(insurer_number);
    const bool open = said == DeclaredInsurance::NotSaid || said == DeclaredInsurance::DontKnow ||
                      known == DeclaredInsurance::NotSaid;
    return fit(open, said == known);
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

// As people call it, and as it is called.
std::string in_full(std::string name) {
    replace(name, "協会けんぽ", "健康保険協会");
    replace(name, "けんぽ", "健康保険");
    replace(name, "健保", "健康保険");
    replace(name, "国保", "国民健康保険");
    return name;
}

Fit of_insurer(const std::string& said, const std::string& known) {
    const auto a = internal::name_form(in_full(said)), b = internal::name_form(in_full(known));
    return fit(a.empty() || b.empty(), internal::one_holds_the_other(a.view(), b.view()));
}

// "030" is three tenths.
Fit of_ratio(int said, const std::string& known) {
    const std::string digits = internal::digits_of(known);
    const bool open = said == 0 || digits.size() != 3;
    return fit(open, !open && digits == "0" + std::to_string(said) + "0");
}

bool names_one_insurance(const OqsAnswer& answer) {
    const auto& results = answer.results;
    if (results.empty()) return false;
    return std::all_of(results.begin(), results.end(), [&](const QualificationResult& one) {
        return one.insurer_number == results[0].insurer_number &&
               one.insured_card_symbol == results[0].insured_card_symbol &&
               one.insured_identification_number == results[0].insured_identification_number &&
               one.insured_branch_number == results[0].insured_branch_number;
    });
}

// Valid or no longer valid, and of one person; else nothing can be compared.
std::optional<ClaimCase> claim_of(const OqsAnswer& answer) {
    if (!names_one_insurance(answer)) return std::nullopt;
    switch (answer.validity) {
        case QualificationValidity::Valid:
        case QualificationValidity::ValidUnregistered:
            return ClaimCase::CurrentNumber;
        case QualificationValidity::Invalid:
        case QualificationValidity::InvalidNewer:
            return ClaimCase::OldNumber;
        case QualificationValidity::NotFound:
        case QualificationValidity::Several:
        case QualificationValidity::Missing:
        case QualificationValidity::Unknown:
            break;
    }
    return std::nullopt;
}

}  // namespace

Reconciled reconcile(const Declaration& form, const OqsAnswer* answer) {
    Reconciled reconciled;
    const auto claim = answer == nullptr ? std::nullopt : claim_of(*answer);
    if (!claim) return reconciled;
    const QualificationResult& known = answer->results.front();
    const std::pair<DeclaredField, Fit> fields[] = {
        {DeclaredField::Name, either(of_name(form.name, known.name), of_name(form.name, known.name_of_other))},
        {DeclaredField::NameKana,
         either(of_kana(form.name_kana, known.name_kana), of_kana(form.name_kana, known.name_of_other_kana))},
        {DeclaredField::BirthDate, of_digits(form.birth_date, known.birthdate, 8)},
        {DeclaredField::Sex, either(of_sex(form.sex, known.sex1), of_sex(form.sex, known.sex2))},
        {DeclaredField::PostalCode, of_digits(form.postal_code, known.post_number, 7)},
        {DeclaredField::Address, of_address(form.address, known.address)},
        {DeclaredField::Insurance, of_insurance(form.insurance, known.insurer_number)},
        {DeclaredField::InsurerName, of_insurer(form.insurer_name, known.insurer_name)},
        {DeclaredField::Ratio, either(of_ratio(form.ratio_tenths, known.insured_partial_contribution_ratio),
                                      of_ratio(form.ratio_tenths, known.elderly_recipient.contribution_ratio))},
    };
    bool somebody_else = false;
    for (const auto& [field, how] : fields) {
        if (how != Fit::Other) continue;
        reconciled.differ.push_back(field);
        somebody_else = somebody_else || field == DeclaredField::BirthDate;
    }
    reconciled.result = reconciled.differ.empty() ? Reconciliation::Match : Reconciliation::Differs;
    const bool numbered = !is_blank(known.insurer_number) && !is_blank(known.insured_identification_number);
    if (numbered && !somebody_else) reconciled.claim = *claim;
    return reconciled;
}

}  // namespace uketsuke::net
