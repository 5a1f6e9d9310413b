// Which questions the form asks, in which order, on which screen.
#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

using Field = DeclarationField;

// What whoever says this of the insurance is asked besides; the summary takes more.
bool asked_for_office(InsuranceKind kind) {
    return kind == InsuranceKind::Employees || kind == InsuranceKind::MutualAid || kind == InsuranceKind::DontKnow;
}

bool asked_for_insurer(InsuranceKind kind) {
    return asked_for_office(kind) || kind == InsuranceKind::NationalHealth;
}

// Who is insured through no employer has none to name.
bool makes_sense(const Declaration& form, Field field) {
    if (field != Field::OfficeName || said(form, field)) return true;
    return form.insurance != InsuranceKind::NationalHealth && form.insurance != InsuranceKind::LaterElderly;
}

// A reading follows from what was typed, and a postal code only serves the address.
bool asked_in_turn(const Declaring& declaring, Field field) {
    const Declaration& form = declaring.form;
    if (!makes_sense(form, field)) return false;
    if (field == Field::InsurerName) return asked_for_insurer(form.insurance) || said(form, field);
    if (field == Field::OfficeName) return asked_for_office(form.insurance) || said(form, field);
    if (field == Field::NameKana) return said(form, Field::Name) && !said(form, field);
    if (field == Field::PostalCode) return !said(form, Field::Address) || said(form, field);
    return true;
}

}  // namespace

std::vector<DeclarationField> questions(const Declaring& declaring) {
    std::vector<Field> fields;
    for (std::size_t i = 0; i < k_declaration_fields; ++i) {
        const auto field = static_cast<Field>(i);
        if (field == declaring.field || asked_in_turn(declaring, field)) fields.push_back(field);
    }
    return fields;
}

std::optional<DeclarationField> question_before(const Declaring& declaring) {
    std::optional<Field> found;
    for (const Field field : questions(declaring)) {
        if (field < declaring.field) found = field;
    }
    return found;
}

Screen screen_of(DeclarationField field) {
    switch (field) {
        case Field::Name:
        case Field::NameKana:
        case Field::PostalCode:
        case Field::Address:
        case Field::Phone:
        case Field::InsurerName:
        case Field::OfficeName:
            return Screen::DeclarationText;
        case Field::BirthDate:
            return Screen::DeclarationDate;
        case Field::Sex:
        case Field::InsuranceKind:
        case Field::ContributionRatio:
            return Screen::DeclarationChoice;
        case Field::Signature:
            return Screen::DeclarationSignature;
    }
    return Screen::DeclarationReview;
}

bool in_japanese(const State& state) {
    const Language language = state.choice.language;
    return language == Language::Japanese || language == Language::JapaneseFurigana ||
           language == Language::EasyJapanese;
}

BirthDate date_of(WallTime wall) {
    using namespace std::chrono;
    // Everybody here lives by Japan's clock.
    const year_month_day day{floor<days>(wall + hours{9})};
    return {static_cast<std::int16_t>(static_cast<int>(day.year())),
            static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
            static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

page::Question question_page(const Declaring& declaring) {
    const std::vector<Field> fields = questions(declaring);
    page::Question question;
    question.field = declaring.field;
    const auto at = std::find(fields.begin(), fields.end(), declaring.field);
    question.number = static_cast<int>(at - fields.begin()) + 1;
    question.count = static_cast<int>(fields.size());
    question.from_review = declaring.from_review;
    question.may_skip = declaring.field != Field::Name;
    question.back = declaring.from_review || question_before(declaring).has_value();
    return question;
}

std::vector<DeclarationField> reviewed(const Declaration& form) {
    std::vector<Field> fields;
    for (std::size_t i = 0; i < k_declaration_fields; ++i) {
        if (makes_sense(form, static_cast<Field>(i))) fields.push_back(static_cast<Field>(i));
    }
    return fields;
}

}  // namespace uketsuke::core
