#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

Message body(const core::page::ExpiryNotice& page, bool visit) {
    switch (page.standing) {
        case core::CertificateStanding::EligibilityOnly:
            return {"expiry.eligibility_only.body"};
        case core::CertificateStanding::Expired:
            return {visit ? "visit.unusable" : "expiry.expired.body"};
        case core::CertificateStanding::Good:
        case core::CertificateStanding::ExpiresSoon:
            break;
    }
    if (page.days_left <= 0) return {"expiry.today.body"};
    return {"expiry.soon.body", page.days_left};
}

}  // namespace

Scene scene_of(const core::View& view, const core::page::ExpiryNotice& page) {
    const bool over = page.standing == core::CertificateStanding::EligibilityOnly ||
                      page.standing == core::CertificateStanding::Expired;
    Scene scene;
    scene.title = {over ? "expiry.over.title" : "expiry.soon.title"};
    scene.body = {body(page, view.visit)};
    scene.figure = pictures::calendar;
    scene.aside = Notice{Tone::Caution, Icon::Info, {{"expiry.renew"}}};
    scene.choices = {
        {.label = {"expiry.next"}, .icon = Icon::Forward, .tone = Tone::Primary, .intent = {core::Intent::Kind::Next}}};
    return scene;
}

}  // namespace uketsuke::ui
