#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

using Field = DeclarationField;

page::DeclarationDate date_page(const State& state) {
    const Declaring& declaring = *state.declaring;
    page::DeclarationDate page;
    page.question = question_page(declaring);
    page.date = declaring.date;
    page.last_year = last_year(declaring.date.era, date_of(state.wall));
    const BirthDate day = gregorian(declaring.date);
    page.days = days_in_month(day.year, day.month);
    page.touched = declaring.date_touched || declaring.form.birth_date.said();
    return page;
}

// Which of the answers was given, from 1; 0: none.
int answer_given(const Declaring& declaring) {
    if (declaring.field == Field::Sex) return static_cast<int>(declaring.form.sex);
    if (declaring.field == Field::InsuranceKind) return static_cast<int>(declaring.form.insurance);
    return declaring.form.ratio_tenths;
}

page::DeclarationChoice choice_page(const Declaring& declaring) {
    page::DeclarationChoice page;
    page.question = question_page(declaring);
    page.answers = answers_of(declaring.field);
    const int given = answer_given(declaring);
    if (given > 0) page.chosen = static_cast<std::uint8_t>(given - 1);
    return page;
}

page::DeclarationReview review_page(const State& state) {
    page::DeclarationReview page;
    page.form = state.declaring->form;
    page.complete = !page.form.name.empty();
    page.not_saved = state.declaring->not_saved;
    page.asked = reviewed(page.form);
    page.today = date_of(state.wall);
    return page;
}

}  // namespace

Page declaration_page(const State& state) {
    if (!state.declaring) return page::Idle{};
    const Declaring& declaring = *state.declaring;
    if (state.screen == Screen::DeclarationText) return text_page(state);
    if (state.screen == Screen::DeclarationDate) return date_page(state);
    if (state.screen == Screen::DeclarationChoice) return choice_page(declaring);
    if (state.screen == Screen::DeclarationSignature)
        return page::DeclarationSignature{question_page(declaring), declaring.form.signature};
    if (state.screen == Screen::DeclarationReview) return review_page(state);
    if (state.screen == Screen::DeclarationSaving) return page::DeclarationSaving{};
    return page::DeclarationDone{declaring.printing};
}

}  // namespace uketsuke::core
