#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

struct Words {
    const char* body;
    const char* paper;  // nullptr: the patient need not know about it
    Tone tone;
};

Words words_for(core::Printing printing) {
    switch (printing) {
        case core::Printing::None:
            return {"form.done.body", nullptr, Tone::Done};
        case core::Printing::Running:
            return {"form.done.body", "form.done.printing", Tone::Notice};
        case core::Printing::Done:
            return {"form.done.body", "form.done.printed", Tone::Done};
        case core::Printing::Failed:
            return {"form.done.body", "form.done.at_the_desk", Tone::Notice};
    }
    return {"form.done.body", nullptr, Tone::Done};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::DeclarationDone& page) {
    const Words words = words_for(page.printing);
    Scene scene;
    scene.title = {"form.done.title"};
    scene.body = {{words.body}};
    scene.figure = pictures::done;
    if (words.paper != nullptr) scene.aside = Notice{words.tone, Icon::Sheet, {{words.paper}}};
    return scene;
}

}  // namespace uketsuke::ui
