// One draw function a page; draw_screen() picks it. Each puts the chrome and the page on the canvas, nothing else.
#pragma once

#include "app/core/view.h"

namespace uketsuke::ui {

class Canvas;

void draw_screen(Canvas& canvas, const core::View& view);

void draw(Canvas& canvas, const core::View& view, const core::page::Idle& page);
void draw(Canvas& canvas, const core::View& view, const core::page::ReadingCard& page);
void draw(Canvas& canvas, const core::View& view, const core::page::CardProblem& page);
void draw(Canvas& canvas, const core::View& view, const core::page::ExpiryNotice& page);
void draw(Canvas& canvas, const core::View& view, const core::page::ChooseMethod& page);
void draw(Canvas& canvas, const core::View& view, const core::page::Face& page);
void draw(Canvas& canvas, const core::View& view, const core::page::FaceFailed& page);
void draw(Canvas& canvas, const core::View& view, const core::page::Pin& page);
void draw(Canvas& canvas, const core::View& view, const core::page::PinLastTry& page);
void draw(Canvas& canvas, const core::View& view, const core::page::PinLocked& page);
void draw(Canvas& canvas, const core::View& view, const core::page::CallStaff& page);
void draw(Canvas& canvas, const core::View& view, const core::page::StaffCheck& page);
void draw(Canvas& canvas, const core::View& view, const core::page::NumberEntry& page);
void draw(Canvas& canvas, const core::View& view, const core::page::Registration& page);
void draw(Canvas& canvas, const core::View& view, const core::page::Consent& page);
void draw(Canvas& canvas, const core::View& view, const core::page::LimitAmount& page);
void draw(Canvas& canvas, const core::View& view, const core::page::ConsentSummary& page);
void draw(Canvas& canvas, const core::View& view, const core::page::Submitting& page);
void draw(Canvas& canvas, const core::View& view, const core::page::Accepted& page);
void draw(Canvas& canvas, const core::View& view, const core::page::NotSaved& page);
void draw(Canvas& canvas, const core::View& view, const core::page::TakeCard& page);
void draw(Canvas& canvas, const core::View& view, const core::page::CardTaken& page);
void draw(Canvas& canvas, const core::View& view, const core::page::OutOfService& page);

}  // namespace uketsuke::ui
