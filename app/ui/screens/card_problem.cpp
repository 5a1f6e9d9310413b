#include "app/ui/pictures/pictures.h"
#include "app/ui/problem_words.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

Picture picture_of(core::CardTrouble trouble) {
    switch (trouble) {
        case core::CardTrouble::NotMyNumberCard:
        case core::CardTrouble::ResidentCard:
            return pictures::other_card;
        case core::CardTrouble::SmartphoneToken:
            return pictures::telephone;
        case core::CardTrouble::NoChip:
            return pictures::turn_card;
        case core::CardTrouble::TwoCards:
            return pictures::two_cards;
        case core::CardTrouble::Unreadable:
        case core::CardTrouble::Moved:
        case core::CardTrouble::SignatureRefused:
            return pictures::lay_card_again;
        case core::CardTrouble::CertificateExpired:
            return pictures::calendar;
        case core::CardTrouble::ReaderAway:
            return pictures::reader_off;
    }
    return pictures::lay_card_again;
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::CardProblem& page) {
    const ProblemWords words = view.visit ? words_at_home(page.trouble) : words_of(page.trouble);
    Scene scene;
    scene.title = {words.title};
    scene.body = {{words.body}};
    scene.figure = picture_of(page.trouble);
    scene.footnote = {{words.staff}};
    if (view.can_call_staff) {
        scene.staff_here = true;
        scene.choices = {{.label = {"common.call_staff"},
                          .icon = Icon::Bell,
                          .tone = Tone::Secondary,
                          .intent = {core::Intent::Kind::CallStaff}}};
    }
    return scene;
}

}  // namespace uketsuke::ui
