#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::CardTaken& page) {
    Scene scene;
    scene.title = {page.accepted ? "taken.accepted.title" : "taken.cancelled.title"};
    scene.body = {{page.accepted ? "taken.accepted.body" : "taken.cancelled.body"}};
    scene.figure = page.accepted ? pictures::done : pictures::card_gone;
    return scene;
}

}  // namespace uketsuke::ui
