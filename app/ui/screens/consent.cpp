#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

struct Words {
    const char* title;
    const char* body;
    const char* detail;
    Picture picture;
};

Words words_for(core::ConsentItem item) {
    switch (item) {
        case core::ConsentItem::Operation:
            return {"consent.operation.title", "consent.operation.body", "consent.operation.detail",
                    pictures::operation};
        case core::ConsentItem::HealthCheckup:
            return {"consent.checkup.title", "consent.checkup.body", "consent.checkup.detail",
                    pictures::health_checkup};
        case core::ConsentItem::MedicationDiagnosis:
            return {"consent.medication.title", "consent.medication.body", "consent.medication.detail",
                    pictures::medication};
    }
    return {"consent.operation.title", "consent.operation.body", "consent.operation.detail", pictures::operation};
}

Choice detail() {
    return {.label = {"consent.detail"}, .icon = Icon::Book, .tone = Tone::Quiet, .intent = {Kind::ShowDetail}};
}

Scene overview(bool visit) {
    Scene scene;
    scene.title = {visit ? "visit.consent.title" : "consent.overview.title"};
    scene.body = {{visit ? "visit.consent.body" : "consent.overview.body"}};
    scene.figure = Answers{{{{"consent.operation.name"}, {}, false, pictures::operation},
                            {{"consent.checkup.name"}, {}, false, pictures::health_checkup},
                            {{"consent.medication.name"}, {}, false, pictures::medication}}};
    scene.choices = {
        {.label = {"consent.all"}, .icon = Icon::CheckAll, .tone = Tone::Primary, .intent = {Kind::AgreeAll}},
        {.label = {"consent.none"}, .icon = Icon::Cross, .tone = Tone::Secondary, .intent = {Kind::DeclineAll}},
        {.label = {"consent.one_by_one"}, .icon = Icon::Forward, .tone = Tone::Secondary, .intent = {Kind::OneByOne}}};
    return scene;
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::Consent& page) {
    Scene scene;
    if (page.overview) {
        scene = overview(view.visit);
    } else {
        const Words words = words_for(page.item);
        scene.overline = {"consent.count", page.number, page.count};
        scene.title = {words.title};
        scene.body = {{words.body}};
        scene.figure = words.picture;
        scene.choices = {
            {.label = {"consent.agree"}, .icon = Icon::Check, .tone = Tone::Primary, .intent = {Kind::Agree}},
            {.label = {"consent.decline"}, .icon = Icon::Cross, .tone = Tone::Secondary, .intent = {Kind::Decline}}};
    }
    scene.pair_first = true;
    scene.more = detail();
    scene.footnote = {{"consent.footer"}};
    if (page.back) scene.back = {"consent.back"};
    return scene;
}

Scene consent_detail_sheet(const core::View& view, const core::page::Consent& page) {
    // At home it holds longer than a day.
    const Message who_sees{view.visit ? "visit.consent.detail" : "consent.all.detail"};
    Scene scene;
    scene.overline = {"consent.detail.title"};
    if (page.overview) {
        scene.title = {view.visit ? "visit.consent.title" : "consent.overview.title"};
        scene.body = {
            {"consent.operation.detail"}, {"consent.checkup.detail"}, {"consent.medication.detail"}, who_sees};
    } else {
        const Words words = words_for(page.item);
        scene.title = {words.title};
        scene.body = {{words.detail}, who_sees};
        scene.figure = words.picture;
    }
    scene.reading = true;
    scene.choices = {
        {.label = {"common.close"}, .icon = Icon::Back, .tone = Tone::Primary, .intent = {Kind::CloseSheet}}};
    return scene;
}

}  // namespace uketsuke::ui
