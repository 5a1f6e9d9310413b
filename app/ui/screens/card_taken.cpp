#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::CardTaken& page) {
    Scene scene;
    scene.title = {page.accepted ? "taken.accepted.title" : "taken.cancelled.title"};
    if (view.visit) {
        scene.body = {{page.accepted ? "visit.hand_back" : "visit.again"}};
    } else {
        scene.body = {{page.accepted ? "taken.accepted.body" : "taken.cancelled.body"}};
    }
    scene.figure = page.accepted ? pictures::done : pictures::card_gone;
    return scene;
}

}  // namespace uketsuke::ui
