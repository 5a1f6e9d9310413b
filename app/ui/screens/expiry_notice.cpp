#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

std::string body(const Canvas& canvas, const core::page::ExpiryNotice& page) {
    switch (page.standing) {
        case core::CertificateStanding::EligibilityOnly:
            return std::string(canvas.text("expiry.eligibility_only.body"));
        case core::CertificateStanding::Expired:
            return std::string(canvas.text("expiry.expired.body"));
        case core::CertificateStanding::Good:
        case core::CertificateStanding::ExpiresSoon:
            break;
    }
    if (page.days_left <= 0) return std::string(canvas.text("expiry.today.body"));
    return fill(canvas.text("expiry.soon.body"), "n", page.days_left);
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::ExpiryNotice& page) {
    chrome(canvas, view, {});
    const bool over = page.standing == core::CertificateStanding::EligibilityOnly ||
                      page.standing == core::CertificateStanding::Expired;
    const std::string words = body(canvas, page);
    Scene shown;
    shown.title = canvas.text(over ? "expiry.over.title" : "expiry.soon.title");
    shown.body = words;
    shown.picture = pictures::calendar;
    shown.aside = Notice{Tone::Caution, Icon::Info, canvas.text("expiry.renew"), false};
    shown.choices = {{.label = canvas.text("expiry.next"),
                      .hint = {},
                      .icon = Icon::Forward,
                      .tone = Tone::Primary,
                      .intent = {core::Intent::Kind::Next}}};
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
