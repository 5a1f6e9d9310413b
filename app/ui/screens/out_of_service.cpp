#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::OutOfService& page) {
    Scene scene;
    scene.figure = pictures::desk;
    if (page.by_staff) {
        scene.title = {"out.stopped.title"};
        if (!page.message.empty()) scene.body.push_back({.key = "out.message", .quoted = page.message});
        scene.body.push_back({"out.stopped.body"});
        return scene;
    }
    scene.title = {"out.title"};
    scene.body = {{"out.body"}};
    scene.footnote = {{"problem.reader_away.staff"}};
    return scene;
}

}  // namespace uketsuke::ui
