#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

const char* body_for(core::EndReason reason, bool visit) {
    switch (reason) {
        case core::EndReason::Stopped:
            return "take.stopped";
        case core::EndReason::TimedOut:
            return visit ? "visit.again" : "take.timed_out";
        case core::EndReason::Accepted:
            return "take.accepted";
        case core::EndReason::NotSaved:
            return visit ? "visit.ask.body" : "take.not_saved";
        case core::EndReason::CardTrouble:
        case core::EndReason::CardTaken:
            return visit ? "visit.again" : "take.trouble";
    }
    return "take.stopped";
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::TakeCard& page) {
    Scene scene;
    scene.title = {"take.title"};
    scene.body = {{body_for(page.reason, view.visit)}};
    scene.figure = pictures::take_card;
    return scene;
}

}  // namespace uketsuke::ui
