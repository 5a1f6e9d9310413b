#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

Answers::Row consent_row(const char* question, bool agreed) {
    return {{question}, {agreed ? "summary.agreed" : "summary.declined"}, agreed};
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::ConsentSummary& page) {
    const auto agreed = [&page](core::ConsentItem item) { return page.agreed[static_cast<std::size_t>(item)]; };
    Answers answers;
    answers.rows = {consent_row("consent.operation.name", agreed(core::ConsentItem::Operation)),
                    consent_row("consent.checkup.name", agreed(core::ConsentItem::HealthCheckup)),
                    consent_row("consent.medication.name", agreed(core::ConsentItem::MedicationDiagnosis))};
    if (page.limit_amount) {
        answers.rows.push_back({{"summary.limit"},
                                {*page.limit_amount ? "summary.provided" : "summary.not_provided"},
                                *page.limit_amount});
    }
    if (page.registration_wished == true) {
        answers.rows.push_back({{"summary.registration"}, {"summary.registered"}, true});
    }
    Scene scene;
    scene.title = {view.visit ? "visit.summary.title" : "summary.title"};
    scene.figure = answers;
    scene.choices = {
        {.label = {view.visit ? "visit.summary.confirm" : "summary.confirm"},
         .icon = Icon::Check,
         .tone = Tone::Primary,
         .intent = {Kind::Confirm}},
        {.label = {"summary.change"}, .icon = Icon::Back, .tone = Tone::Secondary, .intent = {Kind::Back}}};
    scene.pair_first = true;
    return scene;
}

}  // namespace uketsuke::ui
