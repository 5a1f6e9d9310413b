#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

struct Words {
    const char* title;
    const char* body;
    Picture picture;
};

Words words_for(core::Outcome outcome) {
    switch (outcome) {
        case core::Outcome::Confirmed:
            return {"accepted.confirmed.title", "accepted.confirmed.body", pictures::done};
        case core::Outcome::Queued:
            return {"accepted.queued.title", "accepted.queued.body", pictures::queued};
        case core::Outcome::SeeTheDesk:
            return {"accepted.desk.title", "accepted.desk.body", pictures::desk};
    }
    return {"accepted.confirmed.title", "accepted.confirmed.body", pictures::done};
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::Accepted& page) {
    chrome(canvas, view, {});
    const Words words = words_for(page.outcome);
    Scene shown;
    shown.title = canvas.text(words.title);
    std::string body(canvas.text(words.body));
    if (page.number > 0) body += "\n" + fill(canvas.text("accepted.number"), "n", page.number);
    shown.body = body;
    shown.picture = words.picture;
    const Tone tone = page.outcome == core::Outcome::Confirmed ? Tone::Done : Tone::Caution;
    shown.aside = Notice{tone, Icon::Card, canvas.text("accepted.take"), true};
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
