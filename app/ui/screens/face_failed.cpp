#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

struct Words {
    const char* title;
    const char* body;
    Picture picture;
    int number;  // E-FACE-n
};

Words words_for(const core::page::FaceFailed& page) {
    switch (page.outcome) {
        case core::FaceOutcome::TimedOut:
            return {"face_failed.timed_out.title", page.turn ? "face_failed.turn.body" : "face_failed.timed_out.body",
                    pictures::face_again, 2};
        case core::FaceOutcome::CameraFailed:
            return {"face_failed.camera.title", "face_failed.other_way", pictures::camera_off, 3};
        case core::FaceOutcome::NotLive:
            return {"face_failed.not_live.title", "face_failed.not_live.body", pictures::face_again, 4};
        case core::FaceOutcome::Match:
        case core::FaceOutcome::NoMatch:
            break;
    }
    return {"face_failed.no_match.title", page.hints ? "face_failed.no_match.body" : "face_failed.other_way",
            pictures::face_again, 1};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::FaceFailed& page) {
    const Words words = words_for(page);
    Scene scene;
    scene.title = {words.title};
    scene.body = {{words.body}};
    scene.figure = words.picture;
    scene.staff_here = true;
    const auto tone = [&scene] { return scene.choices.empty() ? Tone::Primary : Tone::Secondary; };
    if (page.retry) {
        scene.choices.push_back({.label = {"face_failed.retry"},
                                 .hint = {"face_failed.left", page.attempts_left},
                                 .icon = Icon::Retry,
                                 .tone = tone(),
                                 .intent = {Kind::Retry}});
    }
    if (page.pin) {
        scene.choices.push_back({.label = {"choose.pin"},
                                 .hint = {"choose.pin.hint"},
                                 .icon = Icon::Keypad,
                                 .tone = tone(),
                                 .intent = {Kind::ChoosePin}});
    }
    scene.choices.push_back({.label = {"common.call_staff"},
                             .hint = {"choose.staff.hint"},
                             .icon = Icon::Bell,
                             .tone = tone(),
                             .intent = {Kind::CallStaff}});
    scene.footnote = {{"common.face_number", words.number}};
    return scene;
}

}  // namespace uketsuke::ui
