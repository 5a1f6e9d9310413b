#include <string>

#include "app/ui/care_words.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using core::CareStanding;
using Kind = core::Intent::Kind;

Message name_of(const core::CareEntry& patient) {
    if (patient.name.empty()) return {"care.no_name"};
    return {.key = "care.name", .quoted = std::string(patient.name.view())};
}

// Withdrawn, nothing of it holds any more.
Answers::Row consent(const core::CareEntry& patient, core::ConsentItem item, const char* name) {
    const bool agreed = patient.agreed[static_cast<std::size_t>(item)] && patient.standing != CareStanding::Withdrawn;
    return {{name}, {agreed ? "summary.agreed" : "summary.declined"}, agreed};
}

// Why a visit without a card does not rest on anything.
Message why_not(CareStanding standing) {
    switch (standing) {
        case CareStanding::Valid:
            return {"care.reinquire.hint"};
        case CareStanding::Expired:
            return {"care.needs_renewal"};
        case CareStanding::Withdrawn:
            return {"care.needs_card"};
    }
    return {"care.needs_card"};
}

Choice reinquire(const core::page::CarePatient& page) {
    const CareStanding standing = page.patient.standing;
    return {.label = {"care.reinquire"},
            .hint = page.locked ? Message{"tour.list.locked"} : why_not(standing),
            .icon = Icon::Check,
            .tone = standing == CareStanding::Valid ? Tone::Primary : Tone::Secondary,
            .intent = {Kind::Reinquire, static_cast<std::uint8_t>(core::Treatment::HomeVisit)},
            .off = page.busy || page.locked || standing != CareStanding::Valid};
}

Choice online(const core::page::CarePatient& page) {
    return {.label = {"care.online"},
            .hint = {page.online ? "" : "care.online.no_pin"},
            .icon = Icon::Telephone,
            .tone = Tone::Secondary,
            .intent = {Kind::Reinquire, static_cast<std::uint8_t>(core::Treatment::Online)},
            .off = page.busy || page.locked || !page.online};
}

Choice renew(const core::page::CarePatient& page) {
    return {.label = {"care.renew"},
            .icon = Icon::Retry,
            .tone = page.patient.standing == CareStanding::Expired ? Tone::Primary : Tone::Secondary,
            .intent = {Kind::RenewConsents},
            .off = page.busy || page.locked};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::CarePatient& page) {
    const core::CareEntry& patient = page.patient;
    Scene scene;
    scene.back = {"common.back"};
    if (page.busy && patient.id == core::CareId{}) {
        // Who it is is being unsealed.
        scene.title = {"care.busy"};
        return scene;
    }
    if (!patient.kana.empty()) scene.overline = {.key = "form.value", .quoted = std::string(patient.kana.view())};
    scene.title = name_of(patient);
    if (patient.birth_date.said()) scene.body.push_back({.key = "care.born", .date = patient.birth_date});
    scene.body.push_back(standing_of(patient));
    if (patient.standing != CareStanding::Withdrawn) {
        scene.footnote = {{.key = "care.consented", .date = day_in_japan(patient.consented_at)}};
    }
    if (page.busy) {
        scene.aside = Notice{Tone::Notice, Icon::Info, {{"care.busy"}}};
    } else if (page.not_saved) {
        scene.aside = Notice{Tone::Caution, Icon::Warning, {{"care.not_saved"}}};
    } else {
        scene.aside = result_of(patient);
    }
    using core::ConsentItem;
    scene.figure = Answers{{consent(patient, ConsentItem::Operation, "consent.operation.name"),
                            consent(patient, ConsentItem::HealthCheckup, "consent.checkup.name"),
                            consent(patient, ConsentItem::MedicationDiagnosis, "consent.medication.name")}};
    scene.choices = {reinquire(page)};
    // Why it is not to be had is said where the card is the reason.
    if (page.online || (!patient.online_possible && patient.standing == CareStanding::Valid)) {
        scene.choices.push_back(online(page));
    }
    if (patient.standing != CareStanding::Withdrawn) {
        scene.choices.push_back(renew(page));
        scene.corner = {.label = {"care.withdraw"},
                        .icon = Icon::Cross,
                        .tone = Tone::Quiet,
                        .intent = {Kind::AskWithdraw},
                        .off = page.busy || page.locked};
    }
    scene.pair_first = scene.choices.size() > 1;
    return scene;
}

Scene withdraw_sheet(const core::page::CarePatient& page) {
    Scene scene;
    scene.overline = name_of(page.patient);
    scene.title = {"care.withdraw.title"};
    scene.body = {{"care.withdraw.body"}};
    scene.choices = {
        {.label = {"care.withdraw.stay"}, .icon = Icon::Back, .tone = Tone::Primary, .intent = {Kind::CloseSheet}},
        {.label = {"care.withdraw.go"},
         .icon = Icon::Cross,
         .tone = Tone::Secondary,
         .intent = {Kind::WithdrawConsents}}};
    scene.pair_first = true;
    return scene;
}

}  // namespace uketsuke::ui
