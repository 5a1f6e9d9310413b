#include "app/ui/problem_words.h"

namespace uketsuke::ui {

ProblemWords words_of(core::CardTrouble trouble) {
    switch (trouble) {
        case core::CardTrouble::NotMyNumberCard:
            return {"problem.other_card.title", "problem.other_card.body", "problem.other_card.staff"};
        case core::CardTrouble::ResidentCard:
            return {"problem.resident_card.title", "problem.other_card.body", "problem.resident_card.staff"};
        case core::CardTrouble::SmartphoneToken:
            return {"problem.smartphone.title", "problem.smartphone.body", "problem.smartphone.staff"};
        case core::CardTrouble::NoChip:
            return {"problem.no_chip.title", "problem.no_chip.body", "problem.no_chip.staff"};
        case core::CardTrouble::TwoCards:
            return {"problem.two_cards.title", "problem.two_cards.body", "problem.two_cards.staff"};
        case core::CardTrouble::Unreadable:
            return {"problem.unreadable.title", "problem.unreadable.body", "problem.unreadable.staff"};
        case core::CardTrouble::Moved:
            return {"problem.moved.title", "problem.moved.body", "problem.moved.staff"};
        case core::CardTrouble::CertificateExpired:
            return {"problem.expired.title", "problem.expired.body", "problem.expired.staff"};
        case core::CardTrouble::ReaderAway:
            return {"problem.reader_away.title", "problem.reader_away.body", "problem.reader_away.staff"};
        case core::CardTrouble::SignatureRefused:
            return {"problem.signature.title", "problem.signature.body", "problem.signature.staff"};
    }
    return {"problem.unreadable.title", "problem.unreadable.body", "problem.unreadable.staff"};
}

ProblemWords words_at_home(core::CardTrouble trouble) {
    ProblemWords words = words_of(trouble);
    if (trouble == core::CardTrouble::CertificateExpired) words.body = "visit.unusable";
    if (trouble == core::CardTrouble::ReaderAway) words.body = "visit.ask.body";
    if (trouble == core::CardTrouble::SignatureRefused) words.staff = "problem.signature.visit.staff";
    return words;
}

}  // namespace uketsuke::ui
