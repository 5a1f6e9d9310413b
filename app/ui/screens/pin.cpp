#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

Notice notice_of(const core::page::Pin& page) {
    const bool last = page.tries_left == 1;
    const Message tries = last ? Message{"pin.last"} : Message{"pin.tries", page.tries_left};
    if (page.checking) return {Tone::Notice, Icon::Info, {{"pin.checking"}}};
    if (!page.ready) return {Tone::Notice, Icon::Info, {{"pin.wait"}}};
    if (page.wrong) return {Tone::Caution, Icon::Warning, {{"pin.wrong"}, tries}};
    const Tone tone = last ? Tone::Danger : Tone::Notice;
    const Icon icon = last ? Icon::Warning : Icon::Info;
    if (page.after_face) return {tone, icon, {{"pin.after_face"}, tries}};
    return {tone, icon, {tries}};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::Pin& page) {
    Scene scene;
    scene.title = {"pin.title"};
    scene.aside = notice_of(page);
    // Where two lines are needed for the tries, they matter more than the hint.
    if (scene.aside->text.size() == 1) scene.footnote = {{page.ordered ? "pin.ordered" : "pin.hint"}};
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
