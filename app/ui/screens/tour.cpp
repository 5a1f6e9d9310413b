#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::TourSignIn&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::Tour&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::CareList&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::CarePatient&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::LayCard&) {
    return {};
}

}  // namespace uketsuke::ui
