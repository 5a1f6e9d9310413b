#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::PinLocked& page) {
    using Kind = core::Intent::Kind;
    Scene scene;
    scene.title = {"pin_locked.title"};
    scene.body = {{"pin_locked.body"}};
    scene.figure = pictures::pin_locked;
    scene.staff_here = true;
    if (page.face) {
        scene.choices.push_back({.label = {"choose.face"},
                                 .hint = {"choose.face.hint"},
                                 .icon = Icon::Face,
                                 .tone = Tone::Primary,
                                 .intent = {Kind::ChooseFace}});
    }
    if (view.visit) {
        scene.choices.push_back(visual_check(Tone::Primary));
    } else {
        scene.choices.push_back({.label = {"common.call_staff"},
                                 .hint = {"choose.staff.hint"},
                                 .icon = Icon::Bell,
                                 .tone = page.face ? Tone::Secondary : Tone::Primary,
                                 .intent = {Kind::CallStaff}});
    }
    scene.footnote = {{"common.card_number", 12}};
    return scene;
}

}  // namespace uketsuke::ui
