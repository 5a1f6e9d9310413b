// The drawn pictures of the screens: what to do, or what happened, without a word.
#pragma once

#include "app/core/vocabulary.h"
#include "app/ui/geometry.h"

namespace uketsuke::ui {

class Canvas;

namespace pictures {

// The card and the reader (card_pictures.cpp).
void lay_card(Canvas& canvas, const Rect& into);
void lay_card_at_home(Canvas& canvas, const Rect& into);  // on a small reader beside the tablet
void card_reading(Canvas& canvas, const Rect& into);
void take_card(Canvas& canvas, const Rect& into);
void card_gone(Canvas& canvas, const Rect& into);
void other_card(Canvas& canvas, const Rect& into);
void lay_card_again(Canvas& canvas, const Rect& into);
void reader_off(Canvas& canvas, const Rect& into);
void two_cards(Canvas& canvas, const Rect& into);
void turn_card(Canvas& canvas, const Rect& into);
void telephone(Canvas& canvas, const Rect& into);

// People (people_pictures.cpp).
void who_are_you(Canvas& canvas, const Rect& into);
void staff_coming(Canvas& canvas, const Rect& into);
void desk(Canvas& canvas, const Rect& into);
void face_again(Canvas& canvas, const Rect& into);
void camera_off(Canvas& canvas, const Rect& into);
void show_telephone(Canvas& canvas, const Rect& into);
void show_sheet(Canvas& canvas, const Rect& into);

// Signs (sign_pictures.cpp).
void done(Canvas& canvas, const Rect& into);
void queued(Canvas& canvas, const Rect& into);
void sending(Canvas& canvas, const Rect& into);
void pin_locked(Canvas& canvas, const Rect& into);
void last_try(Canvas& canvas, const Rect& into);
void calendar(Canvas& canvas, const Rect& into);
void limit_amount(Canvas& canvas, const Rect& into);
void register_card(Canvas& canvas, const Rect& into);

// What the consent is about (consent_pictures.cpp).
void operation(Canvas& canvas, const Rect& into);
void health_checkup(Canvas& canvas, const Rect& into);
void medication(Canvas& canvas, const Rect& into);

}  // namespace pictures
}  // namespace uketsuke::ui
