#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

// In the language that is spoken now, since nobody may be able to say the other.
const char* spoken_name(core::Language language) {
    switch (language) {
        case core::Language::Japanese:
            return "language.spoken.japanese";
        case core::Language::JapaneseFurigana:
            return "language.spoken.furigana";
        case core::Language::EasyJapanese:
            return "language.spoken.easy";
        case core::Language::English:
            return "language.spoken.english";
        case core::Language::Chinese:
            return "language.spoken.chinese";
        case core::Language::Korean:
            return "language.spoken.korean";
        case core::Language::Vietnamese:
            return "language.spoken.vietnamese";
        case core::Language::Portuguese:
            return "language.spoken.portuguese";
    }
    return "language.spoken.japanese";
}

}  // namespace

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
                                 .intent = {Kind::ChangeLanguage, static_cast<std::uint8_t>(i)},
                                 .spoken = {spoken_name(core::k_languages[i])}});
    }
    scene.back = {"common.close"};
    scene.back_intent = Kind::CloseSheet;
    return scene;
}

}  // namespace uketsuke::ui
