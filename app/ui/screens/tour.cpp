#include <algorithm>
#include <limits>

#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

int shown_count(std::int64_t count) {
    return static_cast<int>(std::clamp<std::int64_t>(count, 0, std::numeric_limits<int>::max()));
}

Answers state_of(const core::page::Tour& page) {
    Answers state;
    if (!page.name.empty()) {
        state.rows.push_back(
            {.question = {"tour.who"}, .answer = {.key = "form.value", .quoted = page.name}, .sign = Icon::Person});
    }
    const int waiting = shown_count(page.waiting);
    state.rows.push_back(
        {.question = {"tour.waiting"},
         .answer = waiting == 0 ? Message{"tour.waiting.none"} : Message{"tour.waiting.count", waiting},
         .sign = waiting == 0 ? Icon::Check : Icon::Clock});
    if (page.power) {
        state.rows.push_back(
            {.question = {"tour.battery"},
             .answer = {page.power->charging ? "tour.battery.charging" : "tour.battery.level", page.power->percent},
             .sign = page.power->percent <= core::k_battery_low ? Icon::BatteryLow : Icon::Battery});
    }
    return state;
}

std::optional<Notice> notice_of(const core::page::Tour& page) {
    Notice notice{Tone::Caution, Icon::Warning, {}};
    const bool low = page.power && !page.power->charging && page.power->percent <= core::k_battery_low;
    if (low) notice.text.push_back({"tour.battery.low"});
    if (page.staff_note) notice.text.push_back(note_words(*page.staff_note));
    if (notice.text.empty()) return std::nullopt;
    return notice;
}

}  // namespace

// A patient may see it: it names nobody but who visits.
Scene scene_of(const core::View&, const core::page::Tour& page) {
    Scene scene;
    scene.title = {"tour.title"};
    scene.aside = notice_of(page);
    scene.figure = state_of(page);
    scene.choices = {{.label = {"tour.start"},
                      .hint = {"tour.start.hint"},
                      .icon = Icon::Card,
                      .tone = Tone::Primary,
                      .intent = {Kind::StartVisit}},
                     {.label = {"tour.list"},
                      .hint = {page.list_open ? "tour.list.hint" : "tour.list.locked"},
                      .icon = page.list_open ? Icon::Sheet : Icon::Lock,
                      .tone = Tone::Secondary,
                      .intent = {Kind::OpenCareList}}};
    scene.leave = {.label = {"tour.end"}, .icon = Icon::Stop, .tone = Tone::Quiet, .intent = {Kind::AskEndTour}};
    if (page.list_open) {
        scene.corner = {.label = {"tour.lock"}, .icon = Icon::Lock, .tone = Tone::Quiet, .intent = {Kind::LockTour}};
    }
    return scene;
}

Scene end_tour_sheet(const core::page::Tour& page) {
    Scene scene;
    scene.title = {"tour.end.title"};
    scene.body = {{"tour.end.body"}};
    if (page.waiting > 0) {
        scene.aside = Notice{Tone::Notice, Icon::Clock, {{"tour.end.waiting", shown_count(page.waiting)}}};
    }
    scene.choices = {
        {.label = {"tour.end.stay"}, .icon = Icon::Back, .tone = Tone::Primary, .intent = {Kind::CloseSheet}},
        {.label = {"tour.end.go"}, .icon = Icon::Stop, .tone = Tone::Secondary, .intent = {Kind::EndTour}}};
    scene.pair_first = true;
    return scene;
}

}  // namespace uketsuke::ui
