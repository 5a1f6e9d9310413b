#include <optional>
#include <utility>

#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

struct Absence {
    const char* words;
    int number;  // E-FACE-n; 0: nothing that staff could do
};

Absence why_no_face(core::FaceAbsence absence) {
    switch (absence) {
        case core::FaceAbsence::NoModels:
            return {"choose.no_face", 11};
        case core::FaceAbsence::NoCamera:
            return {"choose.no_face", 12};
        case core::FaceAbsence::NoPhoto:
            return {"choose.no_photo", 13};
        case core::FaceAbsence::AttemptsUsed:
            return {"choose.attempts_used", 14};
        case core::FaceAbsence::Disabled:
            return {"choose.no_face", 0};
        case core::FaceAbsence::Starting:
            return {"choose.face_starting", 0};
    }
    return {"choose.no_face", 0};
}

std::optional<Notice> aside_of(const core::page::ChooseMethod& page) {
    if (page.waiting) return Notice{Tone::Notice, Icon::Card, {{"choose.waiting"}}};
    if (page.pin_locked && page.face) return Notice{Tone::Notice, Icon::Info, {{"choose.pin_locked"}}};
    if (page.front_unread) return Notice{Tone::Notice, Icon::Card, {{"choose.front_unread"}}};
    if (page.pin && page.face_absent) return Notice{Tone::Notice, Icon::Info, {{why_no_face(*page.face_absent).words}}};
    return std::nullopt;
}

// Staff stand there, and no camera does.
Scene at_home(const core::page::ChooseMethod& page) {
    Scene scene;
    scene.title = {"choose.title"};
    if (page.waiting) scene.aside = Notice{Tone::Notice, Icon::Card, {{"choose.waiting"}}};
    if (page.pin_locked) scene.aside = Notice{Tone::Notice, Icon::Info, {{"choose.pin_locked"}}};
    scene.figure = pictures::who_are_you;
    if (page.pin) {
        scene.choices.push_back({.label = {"choose.pin"},
                                 .hint = {"choose.pin.hint"},
                                 .icon = Icon::Keypad,
                                 .tone = Tone::Primary,
                                 .intent = {Kind::ChoosePin}});
    }
    if (page.visual) scene.choices.push_back(visual_check(page.pin ? Tone::Secondary : Tone::Primary));
    scene.footnote = {{"choose.footer"}};
    return scene;
}

}  // namespace

Choice visual_check(Tone tone) {
    return {.label = {"visit.choose.visual"},
            .hint = {"visit.choose.visual.hint"},
            .icon = Icon::Eye,
            .tone = tone,
            .intent = {Kind::OpenStaffCheck}};
}

Scene scene_of(const core::View& view, const core::page::ChooseMethod& page) {
    if (view.visit) return at_home(page);
    Scene scene;
    const bool only_staff = !page.face && !page.pin;
    scene.title = {only_staff ? "choose.staff_only.title" : "choose.title"};
    scene.aside = aside_of(page);
    if (only_staff && !scene.aside) scene.body = {{"choose.staff_only.body"}};
    scene.figure = pictures::who_are_you;
    scene.staff_here = true;
    auto tone = [usual = true]() mutable { return std::exchange(usual, false) ? Tone::Primary : Tone::Secondary; };
    if (page.face || page.face_withdrawn) {
        // Nothing may move under a finger that is on its way: what cannot be had any more keeps its place.
        scene.choices.push_back({.label = {"choose.face"},
                                 .hint = {page.face ? "choose.face.hint" : "choose.face.withdrawn"},
                                 .icon = Icon::Face,
                                 .tone = page.face ? tone() : Tone::Secondary,
                                 .intent = {Kind::ChooseFace},
                                 .off = !page.face});
    }
    if (page.pin) {
        scene.choices.push_back({.label = {"choose.pin"},
                                 .hint = {"choose.pin.hint"},
                                 .icon = Icon::Keypad,
                                 .tone = tone(),
                                 .intent = {Kind::ChoosePin}});
    }
    scene.choices.push_back({.label = {"choose.staff"},
                             .hint = {"choose.staff.hint"},
                             .icon = Icon::Bell,
                             .tone = tone(),
                             .intent = {Kind::CallStaff}});
    scene.footnote = {{"choose.footer"}};
    if (page.face_absent && why_no_face(*page.face_absent).number > 0) {
        scene.footnote.push_back({"common.face_number", why_no_face(*page.face_absent).number});
    }
    return scene;
}

}  // namespace uketsuke::ui
