#include <algorithm>
#include <array>

#include "app/ui/declaration_words.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

const char* words_for(core::Keyboard keyboard) {
    switch (keyboard) {
        case core::Keyboard::Kana:
            return "keys.kana";
        case core::Keyboard::Romaji:
            return "keys.romaji";
        case core::Keyboard::Latin:
            return "keys.latin";
        case core::Keyboard::Digits:
            return "keys.digits";
    }
    return "keys.kana";
}

Message told_instead_of_candidates(const core::page::DeclarationText& page) {
    if (page.not_found) return {"form.postal_code.unknown"};
    if (page.question.field == core::DeclarationField::PostalCode) return {"form.postal_code.hint"};
    if (page.question.field == core::DeclarationField::Phone) return {"form.phone.hint"};
    if (page.question.field == core::DeclarationField::NameKana) return {"form.name_kana.hint"};
    return {"keys.candidates"};
}

}  // namespace

Choice skip_question() {
    return {.label = {"form.skip"}, .icon = Icon::Skip, .tone = Tone::Quiet, .intent = {Kind::Skip}};
}

Choice next_question(bool possible) {
    return {
        .label = {"form.next"}, .icon = Icon::Forward, .tone = Tone::Primary, .intent = {Kind::Next}, .off = !possible};
}

Scene question_scene(const core::page::Question& question, Message title) {
    Scene scene;
    scene.overline = {question.may_skip ? "form.count" : "form.count_needed", question.number, question.count};
    scene.title = std::move(title);
    if (question.back) scene.back = {"common.back"};
    return scene;
}

Scene scene_of(const core::View&, const core::page::DeclarationText& page) {
    Scene scene = question_scene(page.question, field_question(page.question.field));
    scene.tool = true;
    TextPad pad;
    pad.field = page.question.field;
    pad.keyboard = page.keyboard;
    pad.text = page.text;
    pad.composed = page.composed;
    pad.first = std::min(page.first_candidate, page.candidates.size());
    const std::size_t past =
        std::min(pad.first + core::page::DeclarationText::k_candidates_shown, page.candidates.size());
    pad.candidates.assign(page.candidates.begin() + static_cast<std::ptrdiff_t>(pad.first),
                          page.candidates.begin() + static_cast<std::ptrdiff_t>(past));
    pad.more = page.candidates.size() > core::page::DeclarationText::k_candidates_shown;
    pad.told = told_instead_of_candidates(page);
    pad.tools = {{.label = {"keys.erase"},
                  .icon = Icon::Erase,
                  .tone = Tone::Secondary,
                  .intent = {Kind::Erase},
                  .off = !page.can_erase},
                 {.label = {"keys.undo"},
                  .icon = Icon::Undo,
                  .tone = Tone::Secondary,
                  .intent = {Kind::Undo},
                  .off = !page.can_undo}};
    for (std::uint8_t i = 0; i < core::k_keyboards; ++i) {
        if (!page.offered[i] || static_cast<core::Keyboard>(i) == page.keyboard) continue;
        pad.tools.push_back({.label = {words_for(static_cast<core::Keyboard>(i))},
                             .tone = Tone::Quiet,
                             .intent = {Kind::ChangeKeyboard, i}});
    }
    scene.figure = std::move(pad);
    scene.choices = {next_question(page.can_go_on)};
    if (page.question.may_skip) scene.choices.push_back(skip_question());
    return scene;
}

}  // namespace uketsuke::ui
