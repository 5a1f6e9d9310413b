#include <algorithm>
#include <string>

#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

constexpr int k_usual_code = 6;
constexpr int k_most_dots = 8;
constexpr int k_few_tries = 3;

Scene destroyed(const core::page::TourSignIn& page) {
    Scene scene;
    scene.title = {"tour.destroyed.title"};
    scene.body = {{page.from_afar ? "tour.destroyed.lost" : "tour.destroyed.codes"}, {"tour.destroyed.unsent"}};
    scene.aside = Notice{Tone::Caution, Icon::Info, {{"tour.destroyed.ask"}}};
    scene.figure = pictures::pin_locked;
    return scene;
}

// From the first wrong code on nobody shall be surprised by the last.
std::optional<Notice> notice_of(const core::page::TourSignIn& page) {
    if (page.checking) return Notice{Tone::Notice, Icon::Info, {{"pin.checking"}}};
    if (page.failed) return Notice{Tone::Danger, Icon::Warning, {{"tour.failed"}}};
    std::vector<Message> told;
    const bool few = page.tries_left && *page.tries_left <= k_few_tries;
    // Large, and nothing else beside it.
    if (page.wrong && !few) told.push_back({"staff.wrong"});
    if (page.tries_left) {
        told.push_back(*page.tries_left == 1 ? Message{"tour.left.one"} : Message{"tour.left", *page.tries_left});
    }
    if (told.empty()) return std::nullopt;
    return Notice{few ? Tone::Danger : Tone::Caution, Icon::Warning, std::move(told), few};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::TourSignIn& page) {
    if (page.destroyed) return destroyed(page);
    Scene scene;
    if (page.opened && !page.name.empty()) scene.overline = {.key = "tour.whose", .quoted = page.name};
    scene.title = {page.opened ? "tour.locked.title" : "tour.sign_in.title"};
    scene.aside = notice_of(page);
    if (!scene.aside) scene.body = {{"tour.sign_in.body"}};
    DigitPad pad;
    pad.order = k_keys_in_order;
    pad.ready = !page.checking;
    pad.entered = std::min<int>(page.entered, k_most_dots);
    pad.places = std::max(k_usual_code, pad.entered);
    scene.figure = pad;
    if (page.back) scene.back = {"common.back"};
    scene.choices = {{.label = {page.opened ? "tour.unlock" : "tour.open"},
                      .icon = page.opened ? Icon::Lock : Icon::Forward,
                      .tone = Tone::Primary,
                      .intent = {core::Intent::Kind::SignIn},
                      .off = page.checking || page.entered == 0}};
    return scene;
}

}  // namespace uketsuke::ui
