#include <string>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pen.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

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

bool asks_to_turn(core::FaceGuidance guidance) {
    return guidance == core::FaceGuidance::TurnLeft || guidance == core::FaceGuidance::TurnRight;
}

bool all_is_well(core::FaceGuidance guidance) {
    return guidance == core::FaceGuidance::HoldStill || guidance == core::FaceGuidance::LookHere ||
           guidance == core::FaceGuidance::Starting || asks_to_turn(guidance);
}

// Where the head belongs: light upon dark, so that it shows on every picture.
void outline(Canvas& canvas, const Rect& picture, bool well) {
    const Point centre{picture.centre().x, picture.y + picture.height * 0.49F};
    const float ry = picture.height * 0.36F;
    const float rx = ry * 0.76F;
    const std::vector<Point> head = ellipse_points(centre, rx, ry);
    const float line = canvas.layout().upright ? 9.F : 7.F;
    canvas.path(head, Colour{0, 0, 0, 150}, line * 1.9F, true);
    canvas.path(head, well ? canvas.palette()[Art::Card] : canvas.palette()[Art::Accent], line, true);
}

// The picture is a mirror: the patient's left is on its left.
void turn_arrow(Canvas& canvas, const Rect& picture, bool to_left) {
    const Pen pen(canvas, picture);
    const auto x = [to_left](float from_edge) { return to_left ? from_edge : 100 - from_edge; };
    const auto shaft = [&](float grow) {
        return std::vector<Point>{pen.at(x(24 + grow), 48 - 4 - grow), pen.at(x(13), 48 - 4 - grow),
                                  pen.at(x(13), 48 + 4 + grow), pen.at(x(24 + grow), 48 + 4 + grow)};
    };
    const auto head = [&](float grow) {
        return std::vector<Point>{pen.at(x(15 + grow), 48 - 12 - 2 * grow), pen.at(x(1 - grow), 48),
                                  pen.at(x(15 + grow), 48 + 12 + 2 * grow)};
    };
    // A dark rim, so that it shows on every picture.
    for (const float grow : {1.5F, 0.F}) {
        const Colour colour = grow > 0 ? canvas.palette()[Art::DeviceDark] : canvas.palette()[Art::Accent];
        canvas.polygon(shaft(grow), colour);
        canvas.polygon(head(grow), colour);
    }
}

const char* title_key(const core::page::Face& page) {
    if (asks_to_turn(page.guidance)) return "face.turn";
    return page.once_more ? "face.once_more" : "face.title";
}

void camera_panel(Canvas& canvas, const Rect& rect, core::FaceGuidance guidance) {
    const float radius = canvas.layout().spacing.radius;
    canvas.fill(rect, canvas.palette()[Art::Line], radius + 4);
    const Rect inner = rect.inset(5);
    canvas.fill(inner, canvas.palette()[Art::DeviceDark], radius);
    if (canvas.camera().texture != 0) {
        canvas.camera_picture(inner, radius);
    } else {
        const Pen pen(canvas, inner);
        pen.person(50, 24, 58, pen.colour(Art::Device));
    }
    outline(canvas, inner, all_is_well(guidance));
    if (asks_to_turn(guidance)) turn_arrow(canvas, inner, guidance == core::FaceGuidance::TurnLeft);
}

std::string small_words(const Canvas& canvas, const core::page::Face& page) {
    std::string words;
    if (page.hints) words = std::string(canvas.text("face.hints")) + "\n";
    if (page.attempt <= 1) return words + std::string(canvas.text("face.photo"));
    return words + fill(fill(canvas.text("face.attempt"), "n", page.attempt), "m", page.attempts);
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::Face& page) {
    chrome(canvas, view, {.back = canvas.text("common.other_way"), .call_staff_here = false});
    const Layout& layout = canvas.layout();
    const Rect& content = layout.content;
    const float gap = layout.spacing.gap;
    const bool well = all_is_well(page.guidance);
    const std::string_view guidance = canvas.text(key_for(page.guidance));
    const Tone tone = well ? Tone::Notice : Tone::Caution;
    const Icon icon = page.guidance == core::FaceGuidance::HoldStill ? Icon::Check : Icon::Face;
    const Notice advice{tone, icon, guidance, true};
    const std::string small = small_words(canvas, page);
    const std::string_view title_words = canvas.text(title_key(page));
    if (layout.upright) {
        const float title = canvas.words(content, Type::Title, Tone::Ground, Align::Centre, title_words);
        const float foot = canvas.flow(Type::Small, small, content.width).height;
        const float panel = notice_height(canvas, content.width, advice);
        const float top = content.y + title + gap;
        const float height = content.height - title - panel - foot - 3.2F * gap;
        camera_panel(canvas, {content.x, top, content.width, height}, page.guidance);
        notice(canvas, {content.x, top + height + gap, content.width, panel}, advice);
        canvas.words({content.x, content.bottom() - foot, content.width, foot}, Type::Small, Tone::Muted, Align::Centre,
                     small);
        return;
    }
    const float half = (content.width - 3 * gap) / 2;
    camera_panel(canvas, {content.x, content.y, half, content.height}, page.guidance);
    Rect rect{content.x + half + 3 * gap, content.y, half, content.height};
    const float title = canvas.flow(Type::Title, title_words, half).height;
    const float total =
        title + gap * 1.4F + notice_height(canvas, half, advice) + gap + canvas.flow(Type::Small, small, half).height;
    rect.y += (rect.height - total) / 2;
    rect.y += canvas.words(rect, Type::Title, Tone::Ground, Align::Left, title_words) + gap * 1.4F;
    rect.y += notice(canvas, rect, advice) + gap;
    canvas.words(rect, Type::Small, Tone::Muted, Align::Left, small);
}

}  // namespace uketsuke::ui
