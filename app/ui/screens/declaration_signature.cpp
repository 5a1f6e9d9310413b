#include "app/ui/declaration_words.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::DeclarationSignature& page) {
    using Kind = core::Intent::Kind;
    Scene scene = question_scene(page.question, field_question(page.question.field));
    scene.tool = true;
    scene.figure = SignatureField{page.signature};
    const bool nothing = page.signature.empty();
    scene.choices = {
        next_question(!nothing),
        {.label = {"keys.undo"}, .icon = Icon::Undo, .tone = Tone::Secondary, .intent = {Kind::Undo}, .off = nothing},
        {.label = {"form.signature.clear"},
         .icon = Icon::Erase,
         .tone = Tone::Secondary,
         .intent = {Kind::ClearSignature},
         .off = nothing}};
    if (page.question.may_skip) scene.choices.push_back(skip_question());
    return scene;
}

}  // namespace uketsuke::ui
