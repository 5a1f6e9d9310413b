#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::Submitting&) {
    Scene scene;
    scene.title = {"submitting.title"};
    scene.body = {{"submitting.body"}};
    scene.figure = pictures::sending;
    return scene;
}

}  // namespace uketsuke::ui
