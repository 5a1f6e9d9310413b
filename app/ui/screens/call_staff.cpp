#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::CallStaff& page) {
    Scene scene;
    scene.title = {"call.title"};
    scene.body = {{page.after_face ? "call.after_face" : "call.body"}};
    scene.figure = pictures::staff_coming;
    scene.back = {"common.back"};
    scene.staff_here = true;
    // For a member of staff: small, in the corner where a patient looks for nothing.
    if (page.staff_check) {
        scene.corner = Choice{.label = {"call.staff"},
                              .icon = Icon::Eye,
                              .tone = Tone::Quiet,
                              .intent = {core::Intent::Kind::OpenStaffCheck}};
    }
    return scene;
}

}  // namespace uketsuke::ui
