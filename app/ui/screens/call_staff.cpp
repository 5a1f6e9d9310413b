#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::CallStaff& page) {
    Scene scene;
    scene.title = {view.staff_coming ? "call.coming" : "call.title"};
    scene.body = {{page.after_face ? "call.after_face" : "call.body"}};
    scene.figure = pictures::staff_coming;
    scene.back = {"common.back"};
    scene.staff_here = true;
    if (page.staff_check) scene.corner = staff_corner();
    return scene;
}

}  // namespace uketsuke::ui
