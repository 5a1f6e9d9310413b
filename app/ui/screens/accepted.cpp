#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

struct Words {
    const char* title;
    const char* body;
    Picture picture;
    Tone tone;
};

Words words_for(core::Outcome outcome) {
    switch (outcome) {
        case core::Outcome::Confirmed:
            return {"accepted.confirmed.title", "accepted.confirmed.body", pictures::done, Tone::Done};
        case core::Outcome::Queued:
            return {"accepted.queued.title", "accepted.queued.body", pictures::queued, Tone::Caution};
        case core::Outcome::SeeTheDesk:
            return {"accepted.desk.title", "accepted.desk.body", pictures::desk, Tone::Caution};
    }
    return {"accepted.queued.title", "accepted.queued.body", pictures::queued, Tone::Caution};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::Accepted& page) {
    const Words words = words_for(page.outcome);
    Scene scene;
    if (!page.name.empty()) scene.overline = {.key = "accepted.name", .name = page.name};
    scene.title = {words.title};
    scene.body = {{words.body}};
    // What is later or at the desk has a number, so that nobody has to describe it.
    if (page.number > 0) {
        const Message number{"accepted.number", page.number};
        (page.outcome == core::Outcome::SeeTheDesk ? scene.body : scene.footnote).push_back(number);
    }
    scene.figure = words.picture;
    scene.aside = Notice{words.tone, Icon::Card, {{"accepted.take"}}, true};
    return scene;
}

}  // namespace uketsuke::ui
