#include <algorithm>

#include "app/ui/declaration_words.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

Wheel numbers(const char* name, const char* each, int first, int last, int at, Kind kind) {
    Wheel wheel;
    wheel.name = {name};
    for (int value = first; value <= last; ++value) {
        wheel.values.push_back({{each, value}, {kind, static_cast<std::uint8_t>(value)}});
    }
    wheel.at = static_cast<std::size_t>(std::clamp(at, first, last) - first);
    wheel.share = 0.95F;
    return wheel;
}

Wheel eras(core::Era at) {
    Wheel wheel;
    wheel.name = {"form.wheel.era"};
    for (const core::Era era : core::k_eras) {
        if (era == at) wheel.at = wheel.values.size();
        wheel.values.push_back({era_words(era), {Kind::SetEra, static_cast<std::uint8_t>(era)}});
    }
    wheel.share = 1.05F;
    return wheel;
}

Wheel years(const core::page::DeclarationDate& page) {
    Wheel wheel;
    wheel.name = {"form.wheel.year"};
    const int first = core::first_year(page.date.era);
    const int last = std::clamp<int>(page.last_year, first, first + 400);
    for (int year = first; year <= last; ++year) {
        wheel.values.push_back({{"form.year", year}, {Kind::SetYear, 0, static_cast<std::int16_t>(year)}});
    }
    wheel.at = static_cast<std::size_t>(std::clamp<int>(page.date.year, first, last) - first);
    wheel.leap = 10;
    wheel.share = 1.1F;
    return wheel;
}

}  // namespace

Scene scene_of(const core::View&, const core::page::DeclarationDate& page) {
    Scene scene = question_scene(page.question, field_question(page.question.field));
    scene.tool = true;
    DateWheels wheels;
    wheels.touched = page.touched;
    wheels.wheels = {eras(page.date.era), years(page),
                     numbers("form.wheel.month", "form.month", 1, 12, page.date.month, Kind::SetMonth),
                     numbers("form.wheel.day", "form.day", 1, page.days, page.date.day, Kind::SetDay)};
    if (page.touched) {
        const core::BirthDate date = core::gregorian(page.date);
        const core::EraDate said = core::in_era(date);
        wheels.readout = {era_year_words(said.era, said.year),
                          {"form.same_as", date.year},
                          {"form.month", date.month},
                          {"form.day", date.day}};
        if (said.era == core::Era::Western) wheels.readout.erase(wheels.readout.begin() + 1);
    } else {
        wheels.readout = {{"form.birth_date.hint"}};
    }
    scene.figure = std::move(wheels);
    scene.choices = {next_question(page.touched)};
    if (page.question.may_skip) scene.choices.push_back(skip_question());
    return scene;
}

}  // namespace uketsuke::ui
