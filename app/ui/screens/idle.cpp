#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

Message note_words(core::StaffNote note) {
    switch (note) {
        case core::StaffNote::QueueDamaged:
            return {"idle.note.queue_damaged"};
        case core::StaffNote::ClockWrong:
            return {"idle.note.clock_wrong"};
        case core::StaffNote::OwnCertificate:
            return {"idle.note.own_certificate"};
        case core::StaffNote::FilesAway:
            return {"idle.note.files_away"};
        case core::StaffNote::ServiceAway:
            return {"idle.note.service_away"};
    }
    return {"idle.note.service_away"};
}

Scene scene_of(const core::View&, const core::page::Idle& page) {
    Scene scene;
    scene.title = {"idle.title"};
    scene.body = {{"idle.body"}};
    scene.figure = pictures::lay_card;
    if (page.visual_armed) {
        scene.aside = Notice{Tone::Done, Icon::Eye, {{"idle.visual_armed"}}};
    } else if (page.face_absent && *page.face_absent != core::FaceAbsence::Starting) {
        scene.aside = Notice{Tone::Notice, Icon::Info, {{"idle.no_face"}}};
    }
    if (page.staff_note) scene.for_staff = {note_words(*page.staff_note)};
    return scene;
}

}  // namespace uketsuke::ui
