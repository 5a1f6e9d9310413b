// What is said of each trouble with a card: keys of the catalogues.
#pragma once

#include "app/core/vocabulary.h"

namespace uketsuke::ui {

struct ProblemWords {
    const char* title;  // the patient reads
    const char* body;   // and does
    const char* staff;  // staff read, on the same screen; starts with the code E-CARD-nn
};

ProblemWords words_of(core::CardTrouble trouble);
// Where there is no desk.
ProblemWords words_at_home(core::CardTrouble trouble);

}  // namespace uketsuke::ui
