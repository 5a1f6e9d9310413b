#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

const char* key_for(core::FaceGuidance guidance) {
    switch (guidance) {
        case core::FaceGuidance::Starting:
            return "guidance.starting";
        case core::FaceGuidance::LookHere:
            return "guidance.look_here";
        case core::FaceGuidance::NoFace:
            return "guidance.no_face";
        case core::FaceGuidance::SeveralFaces:
            return "guidance.several_faces";
        case core::FaceGuidance::ComeCloser:
            return "guidance.come_closer";
        case core::FaceGuidance::StepBack:
            return "guidance.step_back";
        case core::FaceGuidance::FaceForward:
            return "guidance.face_forward";
        case core::FaceGuidance::TooDark:
            return "guidance.too_dark";
        case core::FaceGuidance::TooBright:
            return "guidance.too_bright";
        case core::FaceGuidance::HoldStill:
            return "guidance.hold_still";
        case core::FaceGuidance::MoveToCentre:
            return "guidance.move_to_centre";
        case core::FaceGuidance::Backlit:
            return "guidance.backlit";
        case core::FaceGuidance::UncoverEyes:
            return "guidance.uncover_eyes";
        case core::FaceGuidance::TakeOffMask:
            return "guidance.take_off_mask";
        case core::FaceGuidance::TurnLeft:
            return "guidance.turn_left";
        case core::FaceGuidance::TurnRight:
            return "guidance.turn_right";
    }
    return "guidance.look_here";
}

const char* title_key(const core::page::Face& page) {
    if (asks_to_turn(page.guidance)) return "face.turn";
    return page.once_more ? "face.once_more" : "face.title";
}

}  // namespace

Scene scene_of(const core::View&, const core::page::Face& page) {
    Scene scene;
    scene.title = {title_key(page)};
    scene.figure = CameraPanel{page.guidance};
    const Icon icon = page.guidance == core::FaceGuidance::HoldStill ? Icon::Check : Icon::Face;
    scene.aside =
        Notice{all_is_well(page.guidance) ? Tone::Notice : Tone::Caution, icon, {{key_for(page.guidance)}}, true};
    if (page.hints) scene.footnote.push_back({"face.hints"});
    if (page.attempt <= 1) {
        scene.footnote.push_back({"face.photo"});
    } else {
        scene.footnote.push_back({"face.attempt", page.attempt, page.attempts});
    }
    scene.back = {"common.other_way"};
    return scene;
}

}  // namespace uketsuke::ui
