#include <algorithm>
#include <array>

#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

constexpr int k_usual_code = 4;
constexpr int k_most_dots = 8;

}  // namespace

Scene scene_of(const core::View&, const core::page::StaffCheck& page) {
    Scene scene;
    scene.title = {"staff.title"};
    if (page.paused) {
        scene.aside = Notice{Tone::Caution, Icon::Warning, {{"staff.paused"}}};
    } else if (page.checking) {
        scene.aside = Notice{Tone::Notice, Icon::Info, {{"pin.checking"}}};
    } else if (page.wrong) {
        scene.aside = Notice{Tone::Caution, Icon::Warning, {{"staff.wrong"}}};
        // On a tablet it counts like a code that opens it.
        if (page.tries_left == 1) scene.aside->text.push_back({"tour.left.one"});
        if (page.tries_left.value_or(0) > 1) scene.aside->text.push_back({"tour.left", *page.tries_left});
    } else {
        scene.body = {{"staff.body"}};
    }
    DigitPad pad;
    pad.order = k_keys_in_order;
    pad.ready = !page.checking && !page.paused;
    pad.entered = std::min<int>(page.entered, k_most_dots);
    pad.places = std::max(k_usual_code, pad.entered);
    scene.figure = pad;
    scene.back = {"common.back"};
    scene.staff_here = true;
    if (!pad.ready) return scene;
    scene.choices = {
        {.label = {"staff.confirm"}, .icon = Icon::Eye, .tone = Tone::Primary, .intent = {Kind::ShowVisualReasons}}};
    // Never both: the number opens a photo that is closed, the challenge is waived for one that is open.
    if (page.type_number || page.waive_challenge) {
        scene.choices.push_back({.label = {page.type_number ? "staff.type_number" : "staff.waive_challenge"},
                                 .icon = page.type_number ? Icon::Card : Icon::Face,
                                 .tone = Tone::Secondary,
                                 .intent = {page.type_number ? Kind::TypeNumber : Kind::WaiveChallenge}});
    }
    if (page.ordered_keypad) {
        scene.choices.push_back({.label = {"staff.ordered_keypad"},
                                 .icon = Icon::Keypad,
                                 .tone = Tone::Secondary,
                                 .intent = {Kind::AllowOrderedKeypad}});
    }
    return scene;
}

Scene visual_reasons_sheet(const core::View& view) {
    using core::VisualReason;
    struct Reason {
        VisualReason reason;
        const char* words;
        Icon icon;
    };
    constexpr std::array<Reason, core::k_visual_reasons> k_reasons{{
        {VisualReason::FaceAndPinFailed, "staff.reason.face_and_pin", Icon::Face},
        {VisualReason::Condition, "staff.reason.condition", Icon::Info},
        {VisualReason::DeviceTrouble, "staff.reason.device", Icon::Warning},
        {VisualReason::Other, "staff.reason.other", Icon::Eye},
    }};
    Scene scene;
    scene.title = {"staff.reasons.title"};
    scene.body = {{"staff.reasons.body"}};
    scene.list = true;
    for (const Reason& one : k_reasons) {
        // At home nobody is asked for the face.
        const bool pin = view.visit && one.reason == VisualReason::FaceAndPinFailed;
        scene.choices.push_back({.label = {pin ? "staff.reason.pin" : one.words},
                                 .icon = pin ? Icon::Keypad : one.icon,
                                 .tone = Tone::Secondary,
                                 .intent = {Kind::ConfirmVisual, static_cast<std::uint8_t>(one.reason)}});
    }
    scene.back = {"common.back"};
    scene.back_intent = Kind::CloseSheet;
    scene.staff_here = true;
    return scene;
}

}  // namespace uketsuke::ui
