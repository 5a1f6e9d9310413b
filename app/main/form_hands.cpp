#include "app/main/form_hands.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <numbers>
#include <vector>

namespace uketsuke::app {
namespace {

using Kind = core::Intent::Kind;

constexpr std::chrono::seconds k_wait{10};
constexpr std::chrono::milliseconds k_slice{20};

tl::unexpected<std::string> no(std::string why) {
    return tl::unexpected<std::string>(std::move(why));
}

core::Intent on_key(std::uint8_t key) {
    return core::Intent{Kind::TypeKey, key};
}

// The keys that make one character on this keyboard: its own, or a kana and what changes it. Empty: none do.
std::vector<std::uint8_t> keys_of(core::Keyboard keyboard, std::string_view character) {
    for (int key = 0; key < 256; ++key) {
        const auto plain = static_cast<std::uint8_t>(key);
        if (core::key_text(keyboard, plain) == character) return {plain};
    }
    if (keyboard != core::Keyboard::Kana) return {};
    for (std::uint8_t key = 0; key < core::k_voiced_key; ++key) {
        for (std::uint8_t change = core::k_voiced_key; change < core::k_kana_keys; ++change) {
            core::SecretText made;
            if (core::type_kana(made, keyboard, key) && core::type_kana(made, keyboard, change) && made == character)
                return {key, change};
        }
    }
    return {};
}

}  // namespace

FormHands::FormHands(Runtime& runtime) : m_runtime(runtime) {
    runtime.kiosk().observe([stored = std::weak_ptr(m_stored)](const core::Passed& passed) {
        const auto* e = std::get_if<core::event::DeclarationStored>(&passed.event);
        const auto last = stored.lock();
        if (e && last) *last = e->request;
    });
}

void FormHands::touch(const core::Intent& intent) {
    m_touches = intent.kind == Kind::Declare ? 0 : m_touches + 1;
    m_runtime.kiosk().pump();
    m_runtime.kiosk().handle(core::event::Tapped{intent});
}

std::optional<core::page::DeclarationText> FormHands::page() const {
    const core::View view = m_runtime.kiosk().view();
    const auto* page = std::get_if<core::page::DeclarationText>(&view.page);
    return page ? std::optional(*page) : std::nullopt;
}

FormHands::Held FormHands::type(const std::string& text) {
    for (std::string_view left = text; !left.empty();) {
        const auto shown = page();
        if (!shown) return no(fmt::format("no keyboard on {}", core::name_of(m_runtime.kiosk().screen())));
        // Some keys write more than one character: 丁目.
        auto keyboard = shown->keyboard;
        std::vector<std::uint8_t> keys;
        std::string_view written;
        for (std::size_t length = 2; keys.empty() && length > 0; --length) {
            written = core::first_characters(left, length);
            keyboard = shown->keyboard;
            keys = keys_of(keyboard, written);
            for (std::size_t other = 0; keys.empty() && other < core::k_keyboards; ++other) {
                keyboard = static_cast<core::Keyboard>(other);
                if (shown->offered[other]) keys = keys_of(keyboard, written);
            }
        }
        if (keys.empty()) return no("a character that no key of this page has");
        left.remove_prefix(written.size());
        if (keyboard != shown->keyboard) touch(core::Intent{Kind::ChangeKeyboard, static_cast<std::uint8_t>(keyboard)});
        for (const std::uint8_t key : keys) touch(on_key(key));
    }
    return {};
}

FormHands::Held FormHands::choose(const std::string& words) {
    const auto deadline = std::chrono::steady_clock::now() + k_wait;
    do {
        const auto shown = page();
        if (!shown) return no(fmt::format("nothing to choose on {}", core::name_of(m_runtime.kiosk().screen())));
        const auto& all = shown->candidates;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& text) { return text == words; });
        if (found != all.end()) {
            const auto index = static_cast<std::size_t>(found - all.begin());
            constexpr std::size_t k_shown = core::page::DeclarationText::k_candidates_shown;
            while (page() && (index < page()->first_candidate || index >= page()->first_candidate + k_shown))
                touch(core::Intent{Kind::MoreCandidates});
            touch(core::Intent{Kind::PickCandidate, static_cast<std::uint8_t>(index)});
            return {};
        }
        m_runtime.kiosk().pump_for(k_slice);
    } while (std::chrono::steady_clock::now() < deadline);
    return no("these words are not offered");
}

FormHands::Held FormHands::wheel(const core::EraDate& date) {
    const auto shown = [&]() -> std::optional<core::EraDate> {
        const core::View view = m_runtime.kiosk().view();
        const auto* page = std::get_if<core::page::DeclarationDate>(&view.page);
        return page ? std::optional(page->date) : std::nullopt;
    };
    if (!shown()) return no(fmt::format("no wheels on {}", core::name_of(m_runtime.kiosk().screen())));
    if (shown()->era != date.era) touch({Kind::SetEra, static_cast<std::uint8_t>(date.era)});
    if (shown()->year != date.year) touch({Kind::SetYear, 0, date.year});
    if (shown()->month != date.month) touch({Kind::SetMonth, date.month});
    if (shown()->day != date.day) touch({Kind::SetDay, date.day});
    if (shown() != date) return no("there is no such day");
    return {};
}

// Two waves and a line under them.
FormHands::Held FormHands::sign() {
    if (m_runtime.kiosk().screen() != core::Screen::DeclarationSignature)
        return no(fmt::format("nothing to sign on {}", core::name_of(m_runtime.kiosk().screen())));
    const auto draw = [&](double from, double to, double middle, double height) {
        constexpr int k_points = 60;
        for (int i = 0; i <= k_points; ++i) {
            const double part = static_cast<double>(i) / k_points;
            const double x = from + (to - from) * part;
            const double y = middle + height * std::sin(part * 6 * std::numbers::pi) * (1 - part / 2);
            touch({i == 0 ? Kind::PenDown : Kind::PenMove,
                   0,
                   0,
                   {static_cast<std::uint16_t>(x), static_cast<std::uint16_t>(y)}});
        }
        m_touches -= k_points;  // a finger that stays down
    };
    draw(1'200, 4'600, 4'700, 2'600);
    draw(5'200, 8'800, 4'900, 2'200);
    draw(1'500, 8'900, 8'200, 150);
    return {};
}

FormHands::Held FormHands::touches(int most) {
    const int counted = std::exchange(m_touches, 0);
    if (counted > most) return no(fmt::format("it took {} touches", counted));
    return {};
}

FormHands::Held FormHands::document(const std::filesystem::path& file) {
    const auto id = *m_stored ? net::RequestId::parse((*m_stored)->text) : std::nullopt;
    if (!id) return no("no form was stored");
    auto bytes = m_runtime.devices().outbox->declaration(*id);
    if (!bytes) return no(bytes.error().where);
    auto form = net::decode_declaration(*bytes);
    net::wipe(*bytes);
    if (!form) return no(form.error().where);
    const bool has_page = !form->page.empty();
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(form->page.data()), static_cast<std::streamsize>(form->page.size()));
    out.close();
    net::wipe(*form);
    if (!has_page) return no("the form has no page");
    if (!out) return no(file.string() + " cannot be written");
    return {};
}

}  // namespace uketsuke::app
