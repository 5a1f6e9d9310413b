#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::LimitAmount&) {
    using Kind = core::Intent::Kind;
    Scene scene;
    scene.title = {"limit.title"};
    scene.body = {{"limit.body"}};
    scene.figure = pictures::limit_amount;
    scene.pair_first = true;
    scene.choices = {
        {.label = {"limit.provide"}, .icon = Icon::Check, .tone = Tone::Primary, .intent = {Kind::Provide}},
        {.label = {"limit.not"}, .icon = Icon::Cross, .tone = Tone::Secondary, .intent = {Kind::NotProvide}}};
    return scene;
}

}  // namespace uketsuke::ui
