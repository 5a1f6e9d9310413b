#include "app/main/player.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "app/main/form_hands.h"
#include "app/ui/guide.h"
#include "app/voice/recorded_voice.h"

namespace uketsuke::app {
namespace {

using Clock = std::chrono::steady_clock;
using Held = tl::expected<void, std::string>;

constexpr std::chrono::milliseconds k_slice{20};
constexpr std::chrono::milliseconds k_keypad_wait{10'000};
constexpr std::chrono::milliseconds k_words_wait{10'000};

tl::unexpected<std::string> no(std::string why) {
    return tl::unexpected<std::string>(std::move(why));
}

// Somebody who works the keys and only hears.
struct Ear {
    explicit Ear(const ui::Text& text) : voice(text) {}

    void hear(const core::View& view) { say(guide.look(view), view.language); }
    void say(const std::vector<ui::Message>& said, core::Language language) {
        if (!said.empty()) voice.say(said, language);
    }

    ui::Guide guide;
    voice::RecordedVoice voice;
    std::size_t heard = 0;  // up to the last SPOKEN
};

core::Event from_desk(const command::Desk& c, const core::State& state) {
    constexpr core::StaffId k_who{1};
    const auto session = state.session ? std::optional(state.session->id) : std::nullopt;
    switch (c.kind) {
        case command::Desk::Kind::Visual:
            return core::event::StaffApproved{core::StaffPurpose::VisualCheck, k_who, c.reason, session};
        case command::Desk::Kind::Withdraw:
            return core::event::VisualWithdrawn{k_who};
        case command::Desk::Kind::Allow:
            return core::event::StaffApproved{c.purpose, k_who, core::VisualReason::Other, session};
        case command::Desk::Kind::Stop:
            return core::event::ReceptionStopped{k_who, c.message};
        case command::Desk::Kind::Resume:
            return core::event::ReceptionResumed{k_who};
        case command::Desk::Kind::Coming:
            return core::event::CallSeen{};
    }
    return core::event::CallSeen{};
}

// The hands, one command each.
class Hands {
  public:
    Hands(Runtime& runtime, const PlayOptions& options) : m_runtime(runtime), m_options(options), m_form(runtime) {
        if (options.text == nullptr) return;
        m_ear = std::make_shared<Ear>(*options.text);
        // What is shown only between two lines is heard, too.
        runtime.kiosk().watch([ear = std::weak_ptr<Ear>(m_ear)](const core::State& state) {
            if (const auto listening = ear.lock()) listening->hear(core::view_of(state));
        });
    }

    Held operator()(const command::NeedsFace&) { return {}; }
    Held operator()(const command::Desk& c) {
        m_runtime.kiosk().pump();
        m_runtime.kiosk().handle(from_desk(c, m_runtime.kiosk().state()));
        return {};
    }
    Held operator()(const command::Place& c) { return m_runtime.stage().place(c.persona); }
    Held operator()(const command::Remove&) { return m_runtime.stage().remove(); }
    Held operator()(const command::Front& c) { return m_runtime.stage().turn_front(c.look); }
    Held operator()(const command::Camera& c) { return m_runtime.stage().look_at(c.sight); }
    Held operator()(const command::Network& c) { return m_runtime.network(c.what); }
    Held operator()(const command::Reader& c) { return m_runtime.stage().plug_reader(c.plugged); }

    Held operator()(const command::Tap& c) {
        m_form.touch(c.intent);
        return {};
    }

    Held operator()(const command::Touch&) {
        m_runtime.kiosk().pump();
        m_runtime.kiosk().handle(core::event::Touched{});
        return {};
    }

    Held operator()(const command::PressKey& c) {
        if (!m_ear) return no("no sentences to speak");
        m_runtime.kiosk().pump();
        const auto tries = ui::halts_of(m_runtime.kiosk().view()).size() + 1;
        for (std::size_t i = 0; i < tries; ++i) {
            const core::View view = m_runtime.kiosk().view();
            m_ear->hear(view);
            if (c.until && m_ear->guide.focus() == c.until) return {};
            const auto pressed = m_ear->guide.press(c.key, view);
            m_ear->say(pressed.said, view.language);
            m_runtime.kiosk().handle(core::event::Touched{});
            if (pressed.intent) m_runtime.kiosk().handle(core::event::Tapped{*pressed.intent});
            if (!c.until) return {};
        }
        return no("the keys do not reach it on " + screen());
    }

    Held operator()(const command::Spoken& c) {
        if (!m_ear) return no("no sentences to speak");
        // The sentence that holds the words, from here on; the end when there is none.
        const auto find = [&](std::size_t from) {
            const auto& all = m_ear->voice.said();
            while (from < all.size() && all[from].text.find(c.text) == std::string::npos) ++from;
            return from;
        };
        if (c.never) {
            if (find(0) < m_ear->voice.said().size()) return no("it was spoken");
            return {};
        }
        std::size_t at = 0;
        if (!wait_for([&] { return (at = find(m_ear->heard)) < m_ear->voice.said().size(); }, k_words_wait)) {
            return no("these words were not spoken");
        }
        m_ear->heard = at + 1;
        return {};
    }

    Held operator()(const command::Headphones& c) {
        m_runtime.kiosk().pump();
        m_runtime.kiosk().handle(core::event::HeadphonesChanged{c.plugged});
        return {};
    }

    Held operator()(const command::TypePin& c) {
        const auto ready = [&] {
            const auto view = m_runtime.kiosk().view();
            const auto* page = std::get_if<core::page::Pin>(&view.page);
            return page && page->ready;
        };
        if (!wait_for(ready, k_keypad_wait)) return no("no keypad to type on; the screen is " + screen());
        type(c.digits);
        return {};
    }

    Held operator()(const command::TypeNumber& c) {
        const auto ready = [&] {
            const auto view = m_runtime.kiosk().view();
            const auto* page = std::get_if<core::page::NumberEntry>(&view.page);
            return page && page->possible && !page->checking;
        };
        if (!wait_for(ready, k_keypad_wait)) return no("no place to type a number; the screen is " + screen());
        type(c.digits);
        return {};
    }

    Held operator()(const command::StaffVisual& c) {
        m_runtime.kiosk().handle(core::event::StaffVisual{c.code});
        return {};
    }

    Held operator()(const command::Wait& c) {
        if (wait_for([&] { return m_runtime.kiosk().screen() == c.screen; }, c.at_most)) return {};
        return no(fmt::format("the screen is {} after {} ms", screen(), c.at_most.count()));
    }

    Held operator()(const command::ExpectScreen& c) {
        m_runtime.kiosk().pump();
        if (m_runtime.kiosk().screen() == c.screen) return {};
        return no("the screen is " + screen());
    }

    Held operator()(const command::ExpectText& c) {
        // What a worker finds out a moment later is shown a moment later.
        const auto deadline = Clock::now() + k_words_wait;
        do {
            auto window = drawn_window();
            if (!window) return no(window.error());
            std::string all;
            for (const auto& drawn : (*window)->drawn()) all += drawn.label + "\n";
            const bool shown = all.find(c.text) != std::string::npos;
            if (c.absent) return shown ? Held(no("these words are shown")) : Held();
            if (shown) return {};
            m_runtime.kiosk().pump_for(k_slice);
        } while (Clock::now() < deadline);
        return no(fmt::format("these words are not on {}", screen()));
    }

    Held operator()(const command::Shot& c) {
        if (m_options.shots.empty()) return {};
        auto window = drawn_window();
        if (!window) return no(window.error());
        std::error_code error;
        std::filesystem::create_directories(m_options.shots, error);
        return (*window)->save_png((std::filesystem::path(m_options.shots) / c.file).string());
    }

    Held operator()(const command::TypeText& c) { return m_form.type(c.text); }
    Held operator()(const command::Choose& c) { return m_form.choose(c.text); }
    Held operator()(const command::Wheel& c) { return m_form.wheel(c.date); }
    Held operator()(const command::Sign&) { return m_form.sign(); }
    Held operator()(const command::Touches& c) { return m_form.touches(c.most); }
    Held operator()(const command::Document& c) {
        if (m_options.shots.empty()) return {};
        return m_form.document(std::filesystem::path(m_options.shots) / c.file);
    }

    Held operator()(const command::TypeCode& c) {
        m_runtime.kiosk().pump();
        const bool tour = m_runtime.kiosk().screen() == core::Screen::TourSignIn;
        if (!tour && m_runtime.kiosk().screen() != core::Screen::StaffCheck) return no("no code is asked for");
        type(c.digits);
        if (tour) m_runtime.kiosk().handle(core::event::Tapped{core::Intent{core::Intent::Kind::SignIn}});
        return {};
    }
    Held operator()(const command::Battery& c) {
        m_runtime.kiosk().pump();
        m_runtime.kiosk().handle(core::event::PowerChanged{c.power});
        return {};
    }
    Held operator()(const command::Rotate&) {
        if (m_options.shots.empty()) return {};
        auto window = drawn_window();
        if (!window) return no(window.error());
        (*window)->resize((*window)->height(), (*window)->width());
        return {};
    }
    Held operator()(const command::Lost&) {
        Devices& devices = m_runtime.devices();
        if (!devices.simulator || devices.device.empty()) return no("nobody here reports a device");
        devices.simulator->set_device_lost(devices.device, true);
        return {};
    }
    Held operator()(const command::PowerCut&) {
        if (!m_runtime.tour_keeper()) return no("this kiosk cannot be switched off");
        m_runtime.cut_power();
        return {};
    }

    Held operator()(const command::Advance& c) {
        m_runtime.clock().advance(c.by);
        m_runtime.kiosk().pump();
        return {};
    }

  private:
    void type(const std::string& digits) {
        for (const char digit : digits) {
            m_runtime.kiosk().handle(
                core::event::Tapped{core::Intent{core::Intent::Kind::Digit, static_cast<std::uint8_t>(digit - '0')}});
        }
    }

    std::string screen() const { return core::name_of(m_runtime.kiosk().screen()); }

    template <class Condition>
    bool wait_for(const Condition& condition, std::chrono::milliseconds at_most) {
        const auto deadline = Clock::now() + at_most;
        m_runtime.kiosk().pump();
        while (!condition()) {
            if (Clock::now() >= deadline) return false;
            m_runtime.kiosk().pump_for(k_slice);
        }
        return true;
    }

    tl::expected<ui::Window*, std::string> drawn_window() {
        if (!m_options.window) return no("no window to draw on");
        auto window = m_options.window();
        if (!window) return window;
        m_runtime.kiosk().pump();
        const auto frame = m_runtime.furnished() ? m_runtime.workers().camera().preview() : nullptr;
        ui::Preview preview;
        if (frame && frame->image.format == vision::PixelFormat::Rgb8) {
            preview = {frame->image.width, frame->image.height, frame->image.pixels, frame->sequence};
        }
        (*window)->frame(m_runtime.kiosk().view(), preview.rgb.empty() ? nullptr : &preview, nullptr);
        return window;
    }

    Runtime& m_runtime;
    const PlayOptions& m_options;
    std::shared_ptr<Ear> m_ear;
    FormHands m_form;
};

}  // namespace

struct Player::Inside {
    Runtime& runtime;
    const PlayOptions& options;
    Hands hands{runtime, options};
};

Player::Player(Runtime& runtime, const PlayOptions& options)
    : m_inside(new Inside{.runtime = runtime, .options = options}) {}
Player::~Player() = default;

tl::expected<void, NotPlayed> Player::play(const ScenarioLine& line) {
    const auto absence = core::face_absence(m_inside->runtime.kiosk().state());
    if (std::holds_alternative<command::NeedsFace>(line.command) && absence) {
        return tl::unexpected(NotPlayed{true, fmt::format("line {}: face matching is not offered", line.number)});
    }
    const auto held = std::visit(m_inside->hands, line.command);
    if (!held) {
        return tl::unexpected(NotPlayed{false, fmt::format("line {}: {}: {}", line.number, line.text, held.error())});
    }
    return {};
}

tl::expected<void, NotPlayed> play(const Scenario& scenario, Runtime& runtime, const PlayOptions& options) {
    Player player(runtime, options);
    for (const auto& line : scenario) {
        auto held = player.play(line);
        if (!held) return held;
        if (options.say) {
            options.say(fmt::format("{:>7} ms  {:<28} {}", runtime.kiosk().state().now.count(), line.text,
                                    core::name_of(runtime.kiosk().screen())));
        }
    }
    return {};
}

}  // namespace uketsuke::app
