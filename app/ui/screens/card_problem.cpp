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

Words words_for(core::CardTrouble trouble) {
    switch (trouble) {
        case core::CardTrouble::NotMyNumberCard:
            return {"problem.other_card.title", "problem.other_card.body", pictures::other_card};
        case core::CardTrouble::Unreadable:
            return {"problem.unreadable.title", "problem.unreadable.body", pictures::lay_card_again};
        case core::CardTrouble::Moved:
            return {"problem.moved.title", "problem.moved.body", pictures::lay_card_again};
        case core::CardTrouble::CertificateExpired:
            return {"problem.expired.title", "problem.expired.body", pictures::calendar};
        case core::CardTrouble::ReaderAway:
            return {"problem.reader_away.title", "problem.reader_away.body", pictures::reader_off};
        case core::CardTrouble::SignatureRefused:
            return {"problem.signature.title", "problem.signature.body", pictures::lay_card_again};
    }
    return {"problem.unreadable.title", "problem.unreadable.body", pictures::lay_card_again};
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::CardProblem& page) {
    chrome(canvas, view, {.back = {}, .call_staff_here = true});
    const Words words = words_for(page.trouble);
    Scene shown;
    shown.title = canvas.text(words.title);
    shown.body = canvas.text(words.body);
    shown.picture = words.picture;
    shown.choices = {{.label = canvas.text("common.call_staff"),
                      .hint = {},
                      .icon = Icon::Bell,
                      .tone = Tone::Secondary,
                      .intent = {core::Intent::Kind::CallStaff}}};
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
