#include "app/ui/declaration_words.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

Message answer_words(core::DeclarationField field, std::uint8_t index) {
    if (field == core::DeclarationField::Sex) return sex_words(static_cast<core::Sex>(index + 1));
    if (field == core::DeclarationField::InsuranceKind) {
        return insurance_words(static_cast<core::InsuranceKind>(index + 1));
    }
    return ratio_words(static_cast<std::uint8_t>(index + 1));
}

std::uint8_t answers_of(core::DeclarationField field) {
    if (field == core::DeclarationField::Sex) return 2;
    if (field == core::DeclarationField::InsuranceKind) return core::k_insurance_kinds - 1;
    return 3;
}

}  // namespace

Scene scene_of(const core::View&, const core::page::DeclarationChoice& page) {
    const core::DeclarationField field = page.question.field;
    Scene scene = question_scene(page.question, field_question(field));
    if (field == core::DeclarationField::ContributionRatio) scene.body = {{"form.ratio.hint"}};
    scene.list = true;
    for (std::uint8_t i = 0; i < page.answers && i < answers_of(field); ++i) {
        const bool chosen = page.chosen == i;
        scene.choices.push_back({.label = answer_words(field, i),
                                 .icon = chosen ? Icon::Check : Icon::None,
                                 .tone = chosen ? Tone::Primary : Tone::Secondary,
                                 .intent = {Kind::ChooseAnswer, i}});
    }
    if (page.question.may_skip) scene.choices.push_back(skip_question());
    return scene;
}

}  // namespace uketsuke::ui
