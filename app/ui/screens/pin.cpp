#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

std::optional<Notice> notice_of(const core::View& view, const core::page::Pin& page) {
    const bool last = page.tries_left == 1;
    const Message tries = last ? Message{"pin.last"} : Message{"pin.tries", page.tries_left};
    if (page.checking) return Notice{Tone::Notice, Icon::Info, {{"pin.checking"}}};
    if (!page.ready) return Notice{Tone::Notice, Icon::Info, {{"pin.wait"}}};
    // The card that counts them does not lie there yet.
    if (view.visit && page.tries_left <= 0) {
        if (!page.wrong) return std::nullopt;
        return Notice{Tone::Caution, Icon::Warning, {{"pin.wrong"}}};
    }
    if (page.wrong) return Notice{Tone::Caution, Icon::Warning, {{"pin.wrong"}, tries}};
    const Tone tone = last ? Tone::Danger : Tone::Notice;
    const Icon icon = last ? Icon::Warning : Icon::Info;
    if (page.after_face) return Notice{tone, icon, {{"pin.after_face"}, tries}};
    return Notice{tone, icon, {tries}};
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::Pin& page) {
    Scene scene;
    scene.title = {view.visit ? "visit.pin.title" : "pin.title"};
    scene.aside = notice_of(view, page);
    // Where two lines are needed for the tries, they matter more than the hint.
    if (!scene.aside || scene.aside->text.size() == 1) scene.footnote = {{page.ordered ? "pin.ordered" : "pin.hint"}};
    DigitPad pad;
    pad.order = page.order;
    pad.ready = page.ready && !page.checking;
    pad.entered = page.entered;
    pad.places = 4;
    scene.figure = pad;
    scene.back = {"common.other_way"};
    return scene;
}

}  // namespace uketsuke::ui
