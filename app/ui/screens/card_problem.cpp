#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/problem_words.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

Picture picture_of(core::CardTrouble trouble) {
    switch (trouble) {
        case core::CardTrouble::NotMyNumberCard:
            return pictures::other_card;
        case core::CardTrouble::ResidentCard:
            return pictures::other_card;
        case core::CardTrouble::SmartphoneToken:
            return pictures::telephone;
        case core::CardTrouble::NoChip:
            return pictures::turn_card;
        case core::CardTrouble::TwoCards:
            return pictures::two_cards;
        case core::CardTrouble::Unreadable:
            return pictures::lay_card_again;
        case core::CardTrouble::Moved:
            return pictures::lay_card_again;
        case core::CardTrouble::CertificateExpired:
            return pictures::calendar;
        case core::CardTrouble::ReaderAway:
            return pictures::reader_off;
        case core::CardTrouble::SignatureRefused:
            return pictures::lay_card_again;
    }
    return pictures::lay_card_again;
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::CardProblem& page) {
    chrome(canvas, view, {.back = {}, .call_staff_here = true});
    const ProblemWords words = words_of(page.trouble);
    Scene shown;
    shown.title = canvas.text(words.title);
    shown.body = canvas.text(words.body);
    shown.picture = picture_of(page.trouble);
    shown.footnote = canvas.text(words.staff);
    shown.choices = {{.label = canvas.text("common.call_staff"),
                      .hint = {},
                      .icon = Icon::Bell,
                      .tone = Tone::Secondary,
                      .intent = {core::Intent::Kind::CallStaff}}};
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
