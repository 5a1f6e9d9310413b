#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::Registration&) {
    using Kind = core::Intent::Kind;
    Scene scene;
    scene.title = {"registration.title"};
    scene.body = {{"registration.body"}};
    scene.figure = pictures::register_card;
    scene.choices = {
        {.label = {"registration.register"}, .icon = Icon::Check, .tone = Tone::Primary, .intent = {Kind::Register}},
        {.label = {"registration.not"},
         .hint = {view.visit ? "" : "registration.not_hint"},
         .icon = Icon::Cross,
         .tone = Tone::Secondary,
         .intent = {Kind::NotRegister}}};
    return scene;
}

}  // namespace uketsuke::ui
