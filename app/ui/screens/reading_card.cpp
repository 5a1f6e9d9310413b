#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::ReadingCard&) {
    Scene scene;
    scene.title = {"reading.title"};
    scene.body = {{"reading.body"}};
    scene.figure = pictures::card_reading;
    return scene;
}

}  // namespace uketsuke::ui
