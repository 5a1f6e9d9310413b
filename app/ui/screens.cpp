#include "app/ui/screens.h"

#include <variant>

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

Choice preference(const core::View& view, core::Preference which, const char* label, const char* spoken, Icon icon) {
    return {.label = {label},
            .icon = icon,
            .tone = Tone::Quiet,
            .intent = {Kind::ChangePreference, static_cast<std::uint8_t>(which)},
            .on = view.prefers(which),
            .spoken = {spoken}};
}

// Prominent where the patient would else leave unsure, quiet where most people need it not, beside the words where the
// page has choices of its own.
void offer_other_ways(const core::View& view, Scene& scene) {
    const bool waits = view.screen() == core::Screen::Idle;
    if (scene.choices.size() > 1) {
        if (!scene.more) scene.more = other_ways(Tone::Quiet);
        return;
    }
    Choice offer = other_ways(waits ? Tone::Quiet : scene.choices.empty() ? Tone::Primary : Tone::Secondary);
    if (waits) offer.label = {"idle.other_ways"};
    // The reception stands; what is missing is the insurance.
    const bool received = view.screen() == core::Screen::Accepted || view.screen() == core::Screen::CardTaken;
    if (received) offer.label = {"accepted.other_ways"};
    scene.choices.push_back(std::move(offer));
}

}  // namespace

bool asks_to_turn(core::FaceGuidance guidance) {
    return guidance == core::FaceGuidance::TurnLeft || guidance == core::FaceGuidance::TurnRight;
}

bool all_is_well(core::FaceGuidance guidance) {
    return guidance == core::FaceGuidance::HoldStill || guidance == core::FaceGuidance::LookHere ||
           guidance == core::FaceGuidance::Starting || asks_to_turn(guidance);
}

Choice staff_corner() {
    return {.label = {"call.staff"}, .icon = Icon::Eye, .tone = Tone::Quiet, .intent = {Kind::OpenStaffCheck}};
}

Scene scene_of(const core::View& view) {
    const auto* consent = std::get_if<core::page::Consent>(&view.page);
    if (view.sheet == core::Sheet::Languages) return languages_sheet(view);
    if (view.sheet == core::Sheet::ConsentDetail && consent != nullptr) return consent_detail_sheet(view, *consent);
    if (view.sheet == core::Sheet::VisualReasons) return visual_reasons_sheet(view);
    if (view.sheet == core::Sheet::LeaveForm) return leave_form_sheet();
    const auto* patient = std::get_if<core::page::CarePatient>(&view.page);
    if (view.sheet == core::Sheet::WithdrawConsents && patient != nullptr) return withdraw_sheet(*patient);
    const auto* tour = std::get_if<core::page::Tour>(&view.page);
    if (view.sheet == core::Sheet::EndTour && tour != nullptr) return end_tour_sheet(*tour);
    Scene scene = std::visit([&](const auto& page) { return scene_of(view, page); }, view.page);
    if (view.other_ways_offered) offer_other_ways(view, scene);
    // For a member of staff: small, in the corner where a patient looks for nothing.
    if (view.can_open_staff_check) scene.corner = staff_corner();
    return scene;
}

std::array<Choice, 3> footer_of(const core::View& view, const Scene& scene) {
    std::array<Choice, 3> footer;
    if (scene.leave) {
        footer[0] = *scene.leave;
    } else if (view.can_stop) {
        const bool over = view.screen() == core::Screen::Accepted || view.screen() == core::Screen::ShowToStaff ||
                          view.screen() == core::Screen::DeclarationDone;
        footer[0] = {.label = {over ? "common.finish" : "common.stop"},
                     .icon = Icon::Stop,
                     .tone = Tone::Quiet,
                     .intent = {Kind::Stop}};
    }
    if (!scene.back.empty()) {
        footer[1] = {.label = scene.back, .icon = Icon::Back, .tone = Tone::Quiet, .intent = {scene.back_intent}};
    }
    if (scene.corner) {
        footer[2] = *scene.corner;
    } else if (view.can_call_staff && !scene.staff_here) {
        footer[2] = {
            .label = {"common.call_staff"}, .icon = Icon::Bell, .tone = Tone::Quiet, .intent = {Kind::CallStaff}};
    }
    return footer;
}

std::vector<Choice> rail_of(const core::View& view) {
    using core::Preference;
    std::vector<Choice> rail;
    rail.push_back({.label = {"language.button"},
                    .icon = Icon::Globe,
                    .tone = Tone::Quiet,
                    .intent = {view.sheet == core::Sheet::Languages ? Kind::CloseSheet : Kind::ShowLanguages},
                    .on = view.sheet == core::Sheet::Languages,
                    .spoken = {"language.choose"}});
    rail.push_back(preference(view, Preference::LargeType, "rail.large", "rail.large.spoken", Icon::LargeType));
    rail.push_back(preference(view, Preference::HighContrast, "rail.contrast", "rail.contrast.spoken", Icon::Contrast));
    rail.push_back(preference(view, Preference::LowControls, "rail.low", "rail.low.spoken", Icon::Lower));
    if (!view.voice_offered) return rail;
    rail.push_back(preference(view, Preference::Voice, "rail.voice", "rail.voice.spoken", Icon::Speaker));
    if (view.prefers(Preference::Voice)) {
        rail.push_back({.label = {"rail.volume", view.volume},
                        .icon = Icon::Volume,
                        .tone = Tone::Quiet,
                        .intent = {Kind::ChangeVolume},
                        .spoken = {"rail.volume.spoken", view.volume}});
    }
    return rail;
}

}  // namespace uketsuke::ui
