#include <utility>

#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

struct Words {
    const char* label;
    const char* hint;
    Icon icon;
};

Words words_for(core::OtherWay way) {
    switch (way) {
        case core::OtherWay::PortalScreen:
            return {"ways.portal", "ways.portal.hint", Icon::Telephone};
        case core::OtherWay::InsurerNotice:
            return {"ways.notice", "ways.notice.hint", Icon::Sheet};
        case core::OtherWay::EarlierVisits:
            return {"ways.visits", "ways.visits.hint", Icon::Bell};
    }
    return {"ways.visits", "ways.visits.hint", Icon::Bell};
}

}  // namespace

Choice other_ways(Tone tone) {
    return {.label = {"ways.button"}, .icon = Icon::Forward, .tone = tone, .intent = {Kind::ShowOtherWays}};
}

Scene scene_of(const core::View&, const core::page::OtherWays& page) {
    Scene scene;
    scene.title = {"ways.title"};
    scene.body = {{"ways.body"}};
    scene.figure = pictures::desk;
    auto tone = [usual = true]() mutable { return std::exchange(usual, false) ? Tone::Primary : Tone::Secondary; };
    for (const core::OtherWay way : page.ways) {
        const Words words = words_for(way);
        scene.choices.push_back({.label = {words.label},
                                 .hint = {words.hint},
                                 .icon = words.icon,
                                 .tone = tone(),
                                 .intent = {Kind::ChooseWay, static_cast<std::uint8_t>(way)}});
    }
    scene.choices.push_back({.label = {"ways.declare"},
                             .hint = {"ways.declare.hint"},
                             .icon = Icon::Write,
                             .tone = tone(),
                             .intent = {Kind::Declare}});
    scene.back = {"common.back"};
    return scene;
}

}  // namespace uketsuke::ui
