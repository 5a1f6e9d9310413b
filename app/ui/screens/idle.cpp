#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

const char* words_for(core::StaffNote note) {
    switch (note) {
        case core::StaffNote::QueueDamaged:
            return "idle.note.queue_damaged";
        case core::StaffNote::ClockWrong:
            return "idle.note.clock_wrong";
        case core::StaffNote::OwnCertificate:
            return "idle.note.own_certificate";
        case core::StaffNote::FilesAway:
            return "idle.note.files_away";
        case core::StaffNote::ServiceAway:
            return "idle.note.service_away";
    }
    return "idle.note.service_away";
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::Idle& page) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("idle.title");
    shown.body = canvas.text("idle.body");
    shown.picture = pictures::lay_card;
    if (page.visual_armed) {
        shown.aside = Notice{Tone::Done, Icon::Eye, canvas.text("idle.visual_armed"), false};
    } else if (page.face_absent && *page.face_absent != core::FaceAbsence::Starting) {
        shown.aside = Notice{Tone::Notice, Icon::Info, canvas.text("idle.no_face"), false};
    }
    scene(canvas, shown);
    // For the desk, small and out of the patient's way: this screen has nothing else in its footer.
    if (page.staff_note) {
        canvas.words(canvas.layout().footer, Type::Small, Tone::Muted, Align::Left,
                     canvas.text(words_for(*page.staff_note)));
    }
}

}  // namespace uketsuke::ui
