#include "app/ui/screens.h"

namespace uketsuke::ui {

Scene scene_of(const core::View&, const core::page::OtherWays&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::ShowToStaff&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::DeclarationText&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::DeclarationDate&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::DeclarationChoice&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::DeclarationSignature&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::DeclarationReview&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::DeclarationSaving&) {
    return {};
}

Scene scene_of(const core::View&, const core::page::DeclarationDone&) {
    return {};
}

}  // namespace uketsuke::ui
