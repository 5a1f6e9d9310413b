#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::PinLastTry& page) {
    using Kind = core::Intent::Kind;
    Scene scene;
    scene.title = {"pin_last.title"};
    scene.body = {{page.face ? "pin_last.body_face" : "pin_last.body_staff"}};
    scene.figure = pictures::last_try;
    scene.staff_here = true;
    if (page.face) {
        scene.choices.push_back(
            {.label = {"choose.face"}, .icon = Icon::Face, .tone = Tone::Primary, .intent = {Kind::ChooseFace}});
    }
    if (view.visit) {
        scene.body = {{"visit.pin.visual"}};
        scene.choices.push_back(visual_check(Tone::Primary));
    } else {
        scene.choices.push_back({.label = {"common.call_staff"},
                                 .icon = Icon::Bell,
                                 .tone = page.face ? Tone::Secondary : Tone::Primary,
                                 .intent = {Kind::CallStaff}});
    }
    scene.choices.push_back(
        {.label = {"pin_last.use"}, .icon = Icon::Keypad, .tone = Tone::Quiet, .intent = {Kind::UseLastTry}});
    return scene;
}

}  // namespace uketsuke::ui
