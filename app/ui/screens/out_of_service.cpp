#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::OutOfService&) {
    Scene scene;
    scene.title = {"out.title"};
    scene.body = {{"out.body"}};
    scene.figure = pictures::desk;
    scene.footnote = {{"problem.reader_away.staff"}};
    return scene;
}

}  // namespace uketsuke::ui
