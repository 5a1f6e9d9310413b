#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

struct Words {
    const char* title;
    const char* body;
    Picture picture;
};

Words words_for(const core::page::FaceFailed& page) {
    switch (page.outcome) {
        case core::FaceOutcome::TimedOut:
            return {"face_failed.timed_out.title", page.turn ? "face_failed.turn.body" : "face_failed.timed_out.body",
                    pictures::face_again};
        case core::FaceOutcome::CameraFailed:
            return {"face_failed.camera.title", "face_failed.other_way", pictures::camera_off};
        case core::FaceOutcome::NotLive:
            return {"face_failed.not_live.title", "face_failed.not_live.body", pictures::face_again};
        case core::FaceOutcome::Match:
        case core::FaceOutcome::NoMatch:
            break;
    }
    return {"face_failed.no_match.title", page.hints ? "face_failed.no_match.body" : "face_failed.other_way",
            pictures::face_again};
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::FaceFailed& page) {
    chrome(canvas, view, {.back = {}, .call_staff_here = true});
    const Words words = words_for(page);
    const std::string left = fill(canvas.text("face_failed.left"), "n", page.attempts_left);
    Scene shown;
    shown.title = canvas.text(words.title);
    shown.body = canvas.text(words.body);
    shown.picture = words.picture;
    const auto tone = [&shown] { return shown.choices.empty() ? Tone::Primary : Tone::Secondary; };
    if (page.retry) {
        shown.choices.push_back({.label = canvas.text("face_failed.retry"),
                                 .hint = left,
                                 .icon = Icon::Retry,
                                 .tone = tone(),
                                 .intent = {Kind::Retry}});
    }
    if (page.pin) {
        shown.choices.push_back({.label = canvas.text("choose.pin"),
                                 .hint = canvas.text("choose.pin.hint"),
                                 .icon = Icon::Keypad,
                                 .tone = tone(),
                                 .intent = {Kind::ChoosePin}});
    }
    shown.choices.push_back({.label = canvas.text("common.call_staff"),
                             .hint = canvas.text("choose.staff.hint"),
                             .icon = Icon::Bell,
                             .tone = tone(),
                             .intent = {Kind::CallStaff}});
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
