#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene languages_sheet(const core::View& view) {
    using Kind = core::Intent::Kind;
    Scene scene;
    scene.title = {"language.choose"};
    scene.list = true;
    for (std::size_t i = 0; i < core::k_languages.size(); ++i) {
        const bool now = core::k_languages[i] == view.language;
        Message name{core::k_languages[i] == core::Language::JapaneseFurigana ? "language.furigana_name"
                                                                              : "language.name"};
        name.language = core::k_languages[i];
        scene.choices.push_back({.label = name,
                                 .icon = now ? Icon::Check : Icon::None,
                                 .tone = now ? Tone::Primary : Tone::Secondary,
                                 .intent = {Kind::ChangeLanguage, static_cast<std::uint8_t>(i)}});
    }
    scene.back = {"common.close"};
    scene.back_intent = Kind::CloseSheet;
    return scene;
}

}  // namespace uketsuke::ui
