#include <string>
#include <string_view>

#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

struct Words {
    const char* title;
    const char* body;
    Picture picture;
};

Words words_for(core::ConsentItem item) {
    switch (item) {
        case core::ConsentItem::Operation:
            return {"consent.operation.title", "consent.operation.body", pictures::operation};
        case core::ConsentItem::HealthCheckup:
            return {"consent.checkup.title", "consent.checkup.body", pictures::health_checkup};
        case core::ConsentItem::MedicationDiagnosis:
            return {"consent.medication.title", "consent.medication.body", pictures::medication};
    }
    return {"consent.operation.title", "consent.operation.body", pictures::operation};
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::Consent& page) {
    const std::string_view back = page.back ? canvas.text("consent.back") : std::string_view{};
    chrome(canvas, view, {.back = back, .call_staff_here = false});
    const Words words = words_for(page.item);
    const std::string count = fill(fill(canvas.text("consent.count"), "n", page.number), "m", page.count);
    Scene shown;
    shown.overline = count;
    shown.title = canvas.text(words.title);
    shown.body = canvas.text(words.body);
    shown.picture = words.picture;
    shown.footnote = canvas.text("consent.footer");
    shown.pair_first = true;
    shown.choices = {{.label = canvas.text("consent.agree"),
                      .hint = {},
                      .icon = Icon::Check,
                      .tone = Tone::Primary,
                      .intent = {Kind::Agree}},
                     {.label = canvas.text("consent.decline"),
                      .hint = {},
                      .icon = Icon::Cross,
                      .tone = Tone::Secondary,
                      .intent = {Kind::Decline}}};
    if (page.overview) {
        shown.choices.push_back({.label = canvas.text("consent.all"),
                                 .hint = {},
                                 .icon = Icon::CheckAll,
                                 .tone = Tone::Secondary,
                                 .intent = {Kind::AgreeAll}});
    }
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
