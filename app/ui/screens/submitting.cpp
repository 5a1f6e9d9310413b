#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::Submitting& page) {
    Scene scene;
    scene.title = {"submitting.title"};
    scene.body = {{page.without_card ? "form.saving.body" : "submitting.body"}};
    scene.figure = pictures::sending;
    return scene;
}

}  // namespace uketsuke::ui
