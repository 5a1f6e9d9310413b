#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View& view, const core::page::OutOfService& page) {
    Scene scene;
    scene.figure = view.visit ? pictures::reader_off : pictures::desk;
    if (page.by_staff) {
        scene.title = {"out.stopped.title"};
        if (!page.message.empty()) scene.body.push_back({.key = "out.message", .quoted = page.message});
        scene.body.push_back({view.visit ? "visit.ask.body" : "out.stopped.body"});
        return scene;
    }
    scene.title = {"out.title"};
    scene.body = {{view.visit ? "visit.ask.body" : "out.body"}};
    scene.footnote = {{"problem.reader_away.staff"}};
    return scene;
}

}  // namespace uketsuke::ui
