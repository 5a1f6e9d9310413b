#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::NotSaved&) {
    Scene scene;
    scene.title = {"not_saved.title"};
    scene.body = {{"not_saved.body"}};
    scene.figure = pictures::desk;
    scene.aside = Notice{Tone::Caution, Icon::Card, {{"accepted.take"}}, true};
    scene.footnote = {{"common.kiosk_number", 1}};
    return scene;
}

}  // namespace uketsuke::ui
