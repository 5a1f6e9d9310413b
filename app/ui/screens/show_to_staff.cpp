#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

struct Words {
    const char* title;
    const char* body;
    Picture picture;
};

Words words_for(core::OtherWay way) {
    switch (way) {
        case core::OtherWay::PortalScreen:
            return {"show.portal.title", "show.portal.body", pictures::show_telephone};
        case core::OtherWay::InsurerNotice:
            return {"show.notice.title", "show.notice.body", pictures::show_sheet};
        case core::OtherWay::EarlierVisits:
            return {"show.visits.title", "show.visits.body", pictures::staff_coming};
    }
    return {"show.visits.title", "show.visits.body", pictures::staff_coming};
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::ShowToStaff& page) {
    const Words words = words_for(page.way);
    Scene scene;
    scene.title = {words.title};
    scene.body = {{words.body}};
    scene.figure = words.picture;
    scene.aside = Notice{Tone::Done, Icon::Bell, {{view.staff_coming ? "call.coming" : "show.called"}}};
    scene.choices = {{.label = {"ways.declare"},
                      .icon = Icon::Write,
                      .tone = Tone::Secondary,
                      .intent = {core::Intent::Kind::Declare}}};
    scene.back = {"common.back"};
    scene.staff_here = true;
    return scene;
}

}  // namespace uketsuke::ui
