#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::DeclarationSaving&) {
    Scene scene;
    scene.title = {"form.saving.title"};
    scene.body = {{"form.saving.body"}};
    scene.figure = pictures::sending;
    return scene;
}

}  // namespace uketsuke::ui
