#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "app/ui/care_words.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

Message quoted(const char* key, const core::SecretText& text) {
    return {.key = key, .quoted = std::string(text.view())};
}

PatientRows::Row row_of(const core::CareEntry& patient, std::size_t index) {
    PatientRows::Row row;
    if (patient.name.empty()) {
        // Two whose names the service has not said yet are told apart by when they were received.
        row.name = {"care.no_name"};
        row.kana = {.key = "care.first_visit",
                    .quoted = time_in_japan(patient.last_visit),
                    .date = day_in_japan(patient.last_visit)};
    } else {
        row.name = quoted("care.name", patient.name);
        if (!patient.kana.empty()) row.kana = quoted("form.value", patient.kana);
    }
    if (patient.birth_date.said()) row.born = {.key = "care.born", .date = patient.birth_date};
    if (patient.standing == core::CareStanding::Valid) {
        row.until = {.key = "care.until", .date = day_in_japan(patient.consented_until)};
    }
    CareSign sign = sign_of(patient);
    row.sign = std::move(sign.words);
    row.icon = sign.icon;
    row.tone = sign.tone;
    row.intent = {Kind::PickPatient, 0, static_cast<std::int16_t>(index)};
    return row;
}

Scene nobody_yet() {
    Scene scene;
    scene.title = {"care.list.empty.title"};
    scene.body = {{"care.list.empty"}};
    scene.figure = pictures::who_are_you;
    scene.back = {"common.back"};
    return scene;
}

Scene being_opened() {
    Scene scene;
    scene.title = {"care.list.title"};
    scene.back = {"common.back"};
    return scene;
}

Choice more_patients(const core::page::CareList& page) {
    const std::size_t after = page.first + page.shown.size();
    const std::size_t rest = page.count > after ? page.count - after : 0;
    const auto next = static_cast<int>(std::min(rest, core::page::CareList::k_shown));
    return {.label = next > 0 ? Message{"care.more", next} : Message{"care.first"},
            .icon = next > 0 ? Icon::Down : Icon::Up,
            .tone = Tone::Secondary,
            .intent = {Kind::MorePatients}};
}

}  // namespace

Scene scene_of(const core::View&, const core::page::CareList& page) {
    if (page.loading) return being_opened();
    if (page.count == 0) return nobody_yet();
    Scene scene;
    scene.tool = true;
    scene.title = {"care.list.title"};
    const auto count = static_cast<int>(page.count);
    const bool part = page.count > page.shown.size();
    scene.overline =
        part ? Message{"care.list.range", static_cast<int>(page.first) + 1, count} : Message{"care.list.all", count};
    PatientRows rows;
    for (std::size_t i = 0; i < page.shown.size(); ++i) rows.rows.push_back(row_of(page.shown[i], page.first + i));
    if (page.conflicts > 0) rows.counts.push_back({"care.list.conflicts", static_cast<int>(page.conflicts)});
    if (page.waiting > 0) {
        constexpr std::int64_t k_most = std::numeric_limits<int>::max();
        rows.counts.push_back({"care.list.waiting", static_cast<int>(std::min(page.waiting, k_most))});
    }
    scene.figure = std::move(rows);
    if (part) scene.choices = {more_patients(page)};
    scene.back = {"common.back"};
    return scene;
}

}  // namespace uketsuke::ui
