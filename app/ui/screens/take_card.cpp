#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

const char* body_for(core::EndReason reason) {
    switch (reason) {
        case core::EndReason::Stopped:
            return "take.stopped";
        case core::EndReason::TimedOut:
            return "take.timed_out";
        case core::EndReason::Accepted:
            return "take.accepted";
        case core::EndReason::NotSaved:
            return "take.not_saved";
        case core::EndReason::CardTrouble:
        case core::EndReason::CardTaken:
            return "take.trouble";
    }
    return "take.stopped";
}

}  // namespace

Scene scene_of(const core::View&, const core::page::TakeCard& page) {
    Scene scene;
    scene.title = {"take.title"};
    scene.body = {{body_for(page.reason)}};
    scene.figure = pictures::take_card;
    return scene;
}

}  // namespace uketsuke::ui
