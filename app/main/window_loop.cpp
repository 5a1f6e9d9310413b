#include "app/main/window_loop.h"

#include <memory>
#include <mutex>
#include <optional>

namespace uketsuke::app {
namespace {

// Nothing moves: only a bound, so that a countdown is redrawn and a signal is seen.
constexpr std::chrono::milliseconds k_longest_sleep{1'000};
constexpr std::chrono::milliseconds k_signal_check{250};

// A picture that the camera thread took for the visitor's own card, on its way to the ui thread.
struct Portrait {
    std::mutex mutex;
    std::optional<tl::expected<workers::SharedFrame, vision::CameraError>> taken;
};

ui::DemoBar bar_of(demo::Stage& stage) {
    ui::DemoBar bar;
    for (const auto& persona : stage.personas()) bar.cards.push_back({persona.id, persona.label});
    bar.cards.push_back({"sato+suzuki", "2枚"});
    for (const auto& sight : stage.sights().all()) bar.sights.push_back({sight, sight});
    bar.can_issue_own_card = stage.sights().webcam_there();
    return bar;
}

void refresh(ui::DemoBar& bar, demo::Stage& stage) {
    bar.card_now = stage.card_now();
    bar.sight_now = stage.sights().now();
    bar.network_up = stage.network_up();
}

void take_portrait(Runtime& runtime, const std::shared_ptr<Portrait>& portrait) {
    if (!runtime.furnished()) return;
    runtime.stage().look_at("webcam");
    runtime.workers().camera().take_still(
        [portrait, &events = runtime.events()](tl::expected<workers::SharedFrame, vision::CameraError> still) {
            {
                const std::lock_guard lock(portrait->mutex);
                portrait->taken = std::move(still);
            }
            events.wake();
        });
}

void perform(Runtime& runtime, const ui::DemoAction& action, const std::shared_ptr<Portrait>& portrait) {
    switch (action.kind) {
        case ui::DemoAction::Kind::PlaceCard:
            runtime.stage().place(action.id);
            return;
        case ui::DemoAction::Kind::RemoveCard:
            runtime.stage().remove();
            return;
        case ui::DemoAction::Kind::MoreCards:  // of the bar alone
            return;
        case ui::DemoAction::Kind::LookAt:
            runtime.stage().look_at(action.id);
            return;
        case ui::DemoAction::Kind::Network:
            runtime.network(action.id);
            return;
        case ui::DemoAction::Kind::IssueOwnCard:
            take_portrait(runtime, portrait);
            return;
    }
}

void issue_card(Runtime& runtime, Portrait& portrait) {
    std::optional<tl::expected<workers::SharedFrame, vision::CameraError>> taken;
    {
        const std::lock_guard lock(portrait.mutex);
        taken.swap(portrait.taken);
    }
    if (taken && *taken) runtime.stage().place_card_with_photo((**taken)->image);
}

}  // namespace

void run_window(Runtime& runtime, ui::Window& window, Sound& sound, Tablet& tablet, bool demo,
                const std::atomic<bool>& quit) {
    Kiosk& kiosk = runtime.kiosk();
    const auto portrait = std::make_shared<Portrait>();
    ui::DemoBar bar;
    if (demo) bar = bar_of(runtime.stage());
    runtime.events().set_wake([&window] { window.wake(); });
    while (!quit) {
        kiosk.pump();
        if (const auto headphones = sound.private_now()) kiosk.handle(core::event::HeadphonesChanged{*headphones});
        if (const auto power = tablet.power_now(kiosk.state())) kiosk.handle(*power);
        issue_card(runtime, *portrait);
        if (demo) refresh(bar, runtime.stage());
        const core::View view = kiosk.view();
        const auto frame = view.screen() == core::Screen::Face ? runtime.workers().camera().preview() : nullptr;
        ui::Preview preview;
        const bool shown = frame && frame->image.format == vision::PixelFormat::Rgb8;
        if (shown) preview = {frame->image.width, frame->image.height, frame->image.pixels, frame->sequence};
        const auto input = window.frame(view, shown ? &preview : nullptr, demo ? &bar : nullptr);
        sound.follow(view, input);
        tablet.follow(view);
        if (input.quit) break;
        if (input.touched) kiosk.handle(core::event::Touched{});
        if (input.demo && input.demo->kind == ui::DemoAction::Kind::MoreCards) {
            bar.first_card += ui::k_demo_cards_shown;
            if (bar.first_card >= bar.cards.size()) bar.first_card = 0;
        } else if (input.demo) {
            perform(runtime, *input.demo, portrait);
        }
        if (input.intent) {
            kiosk.handle(core::event::Tapped{*input.intent});
            continue;
        }
        const auto longest = view.seconds_left ? k_longest_sleep / 2 : k_longest_sleep;
        window.wait(std::min(kiosk.until_deadline(longest), k_signal_check));
    }
    runtime.events().set_wake({});
}

}  // namespace uketsuke::app
