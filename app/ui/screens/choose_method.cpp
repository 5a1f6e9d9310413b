#include <utility>

#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

const char* why_no_face(core::FaceAbsence absence) {
    switch (absence) {
        case core::FaceAbsence::NoPhoto:
            return "choose.no_photo";
        case core::FaceAbsence::AttemptsUsed:
            return "choose.attempts_used";
        case core::FaceAbsence::Starting:
            return "choose.face_starting";
        case core::FaceAbsence::NoModels:
        case core::FaceAbsence::NoCamera:
        case core::FaceAbsence::Disabled:
            return "choose.no_face";
    }
    return "choose.no_face";
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::ChooseMethod& page) {
    chrome(canvas, view, {.back = {}, .call_staff_here = true});
    Scene shown;
    shown.picture = pictures::who_are_you;
    shown.footnote = canvas.text("choose.footer");
    shown.title = canvas.text(page.face || page.pin ? "choose.title" : "choose.staff_only.title");
    if (page.waiting) {
        shown.aside = Notice{Tone::Notice, Icon::Card, canvas.text("choose.waiting"), false};
    } else if (page.pin_locked && page.face) {
        shown.aside = Notice{Tone::Notice, Icon::Info, canvas.text("choose.pin_locked"), false};
    } else if (page.front_unread) {
        shown.aside = Notice{Tone::Notice, Icon::Card, canvas.text("choose.front_unread"), false};
    } else if (page.pin && page.face_absent) {
        shown.aside = Notice{Tone::Notice, Icon::Info, canvas.text(why_no_face(*page.face_absent)), false};
    } else if (!page.face && !page.pin) {
        shown.body = canvas.text("choose.staff_only.body");
    }
    auto tone = [usual = true]() mutable { return std::exchange(usual, false) ? Tone::Primary : Tone::Secondary; };
    if (page.face || page.face_withdrawn) {
        // Nothing may move under a finger that is on its way: what cannot be had any more keeps its place.
        shown.choices.push_back({.label = canvas.text("choose.face"),
                                 .hint = canvas.text(page.face ? "choose.face.hint" : "choose.face.withdrawn"),
                                 .icon = Icon::Face,
                                 .tone = page.face ? tone() : Tone::Secondary,
                                 .intent = {Kind::ChooseFace},
                                 .off = !page.face});
    }
    if (page.pin) {
        shown.choices.push_back({.label = canvas.text("choose.pin"),
                                 .hint = canvas.text("choose.pin.hint"),
                                 .icon = Icon::Keypad,
                                 .tone = tone(),
                                 .intent = {Kind::ChoosePin}});
    }
    shown.choices.push_back({.label = canvas.text("choose.staff"),
                             .hint = canvas.text("choose.staff.hint"),
                             .icon = Icon::Bell,
                             .tone = tone(),
                             .intent = {Kind::CallStaff}});
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
