#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::LayCard& page) {
    Scene scene;
    scene.title = {"visit.lay.title"};
    scene.body = {{"visit.lay.body"}};
    scene.figure = page.reader_there ? pictures::lay_card_at_home : pictures::reader_off;
    if (!page.reader_there) {
        scene.aside = Notice{Tone::Caution, Icon::Warning, {{"visit.lay.no_reader"}}};
    } else if (page.again) {
        scene.aside = Notice{Tone::Caution, Icon::Retry, {{"visit.lay.again"}}};
    }
    return scene;
}

}  // namespace uketsuke::ui
