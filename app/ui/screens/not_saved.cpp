#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::NotSaved&) {
    Scene scene;
    scene.title = {view.visit ? "visit.not_saved.title" : "not_saved.title"};
    scene.body = {{view.visit ? "visit.ask.body" : "not_saved.body"}};
    scene.figure = view.visit ? pictures::last_try : pictures::desk;
    scene.aside = Notice{Tone::Caution, Icon::Card, {{"accepted.take"}}, true};
    scene.footnote = {{"common.kiosk_number", 1}};
    return scene;
}

}  // namespace uketsuke::ui
