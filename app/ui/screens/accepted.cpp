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

Words words_at_home(core::Outcome outcome) {
    switch (outcome) {
        case core::Outcome::Confirmed:
            return {"visit.done.title", nullptr, pictures::done, Tone::Done};
        case core::Outcome::Queued:
            return {"accepted.queued.title", "visit.queued.body", pictures::queued, Tone::Caution};
        case core::Outcome::SeeTheDesk:
            return {"visit.ask.title", "accepted.desk.body", pictures::last_try, Tone::Caution};
    }
    return {"accepted.queued.title", "visit.queued.body", pictures::queued, Tone::Caution};
}

// There is no desk: the device goes back to whoever brought it. Without a card, only staff have it in hand.
Scene at_home(const core::page::Accepted& page) {
    const Words words = words_at_home(page.outcome);
    Scene scene;
    if (!page.name.empty()) scene.overline = {.key = "accepted.name", .name = page.name};
    scene.title = {words.title};
    if (words.body != nullptr) scene.body.push_back({words.body});
    if (!page.without_card) scene.body.push_back({"visit.hand_back"});
    if (page.number > 0) {
        const Message number{"visit.number", page.number};
        (page.outcome == core::Outcome::SeeTheDesk ? scene.body : scene.footnote).push_back(number);
    }
    scene.figure = words.picture;
    if (!page.without_card) scene.aside = Notice{words.tone, Icon::Card, {{"accepted.take"}}, true};
    return scene;
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::Accepted& page) {
    if (view.visit) return at_home(page);
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
