#include "app/ui/guide.h"

#include <algorithm>
#include <cstdlib>

#include "app/ui/key_grid.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

// What is for staff stays on the screen, and nobody's name is ever spoken.
void add(std::vector<Message>& all, const Message& message) {
    const bool speakable = !message.empty() && !message.key.ends_with(".staff") && message.name.empty() &&
                           message.quoted.empty() && !message.date.said();
    if (speakable) all.push_back(message);
}

// What the page says by itself, without what can be chosen.
std::vector<Message> told_by(const Scene& scene) {
    std::vector<Message> told;
    add(told, scene.overline);
    add(told, scene.title);
    for (const Message& message : scene.body) add(told, message);
    if (scene.aside) {
        for (const Message& message : scene.aside->text) add(told, message);
    }
    if (const auto* answers = std::get_if<Answers>(&scene.figure)) {
        for (const auto& row : answers->rows) {
            add(told, row.question);
            add(told, row.answer);
        }
    }
    for (const Message& message : scene.footnote) add(told, message);
    return told;
}

void add_halt(std::vector<Halt>& halts, const Choice& choice) {
    if (choice.label.empty() || choice.off) return;
    if (!choice.spoken.empty()) {
        halts.push_back({choice.intent, choice.spoken});
    } else {
        halts.push_back({choice.intent, choice.label, choice.hint});
    }
}

// What a finger sees, an ear with headphones hears by its place.
Message key_words(core::Keyboard keyboard, std::uint8_t key) {
    constexpr int k_rows = 5;
    constexpr std::uint8_t k_letters = 26;
    switch (keyboard) {
        case core::Keyboard::Kana:
            return key < core::k_voiced_key ? Message{"voice.kana", key / k_rows + 1, key % k_rows + 1}
                                            : Message{"voice.key"};
        case core::Keyboard::Romaji:
        case core::Keyboard::Latin:
            return key < k_letters ? Message{"voice.letter", key + 1} : Message{"voice.key"};
        case core::Keyboard::Digits:
            return key < 10 ? Message{"voice.digit", key} : Message{"voice.key"};
    }
    return {"voice.key"};
}

void add_keys(std::vector<Halt>& halts, const TextPad& pad) {
    for (std::size_t i = 0; i < pad.candidates.size(); ++i) {
        halts.push_back({{Kind::PickCandidate, static_cast<std::uint8_t>(pad.first + i)},
                         {"voice.candidate", static_cast<int>(pad.first + i) + 1}});
    }
    if (pad.more && !pad.candidates.empty()) halts.push_back({{Kind::MoreCandidates}, {"keys.more"}});
    for (const KeyPlace& place : key_grid(pad.keyboard, pad.field, false).keys) {
        halts.push_back({{Kind::TypeKey, place.key}, key_words(pad.keyboard, place.key), {}, true});
    }
    for (const Choice& tool : pad.tools) add_halt(halts, tool);
}

void add_wheels(std::vector<Halt>& halts, const DateWheels& wheels) {
    for (const Wheel& wheel : wheels.wheels) {
        const auto at = static_cast<int>(wheel.at);
        const auto leap = static_cast<int>(wheel.leap);
        for (const int steps : {-leap, -2, -1, 0, 1, 2, leap}) {
            const int to = at + steps;
            if (to < 0 || to >= static_cast<int>(wheel.values.size()) || (std::abs(steps) > 2 && leap == 0)) continue;
            const Wheel::Value& value = wheel.values[static_cast<std::size_t>(to)];
            if (steps == 0 || halts.empty() || halts.back().intent != value.intent) {
                halts.push_back({value.intent, value.label, {}, true});
            }
        }
    }
}

// What the figure of the page lets one do.
void add_figure(std::vector<Halt>& halts, const Scene& scene) {
    if (const auto* pad = std::get_if<DigitPad>(&scene.figure); pad != nullptr && pad->ready) {
        for (const std::uint8_t digit : pad->order) {
            halts.push_back({{Kind::Digit, digit}, {"voice.digit", digit}, {}, true});
        }
        if (pad->entered > 0) halts.push_back({{Kind::Erase}, {"keypad.erase"}});
    }
    if (const auto* pad = std::get_if<TextPad>(&scene.figure)) add_keys(halts, *pad);
    if (const auto* wheels = std::get_if<DateWheels>(&scene.figure)) add_wheels(halts, *wheels);
    if (const auto* rows = std::get_if<FormRows>(&scene.figure)) {
        for (const auto& field : rows->fields) halts.push_back({field.intent, field.label});
    }
    if (const auto* list = std::get_if<PatientRows>(&scene.figure)) {
        for (const auto& row : list->rows) halts.push_back({row.intent, {"care.list.one", row.intent.number + 1}});
    }
}

int typed_so_far(const Scene& scene) {
    if (const auto* pad = std::get_if<DigitPad>(&scene.figure)) return pad->entered;
    if (const auto* pad = std::get_if<TextPad>(&scene.figure)) {
        return static_cast<int>(core::characters_in(pad->text.view()) + core::characters_in(pad->composed.view()));
    }
    return 0;
}

// Which question of the form it is.
int question_of(const core::Page& page) {
    const core::page::Question* question = nullptr;
    if (const auto* text = std::get_if<core::page::DeclarationText>(&page)) question = &text->question;
    if (const auto* date = std::get_if<core::page::DeclarationDate>(&page)) question = &date->question;
    if (const auto* choice = std::get_if<core::page::DeclarationChoice>(&page)) question = &choice->question;
    if (const auto* signature = std::get_if<core::page::DeclarationSignature>(&page)) question = &signature->question;
    return question == nullptr ? 0 : static_cast<int>(question->field) + 1;
}

}  // namespace

int page_id(const core::View& view) {
    const auto* consent = std::get_if<core::page::Consent>(&view.page);
    const auto* list = std::get_if<core::page::CareList>(&view.page);
    const int question = consent == nullptr ? question_of(view.page) : consent->overview ? 7 : consent->number;
    // Other patients in the same places are another page to a finger.
    const int part = list == nullptr ? question : static_cast<int>(list->first / core::page::CareList::k_shown % 64);
    return (static_cast<int>(view.page.index()) * 64 + part) * 8 + static_cast<int>(view.sheet);
}

std::vector<Halt> halts_of(const core::View& view) {
    const Scene scene = scene_of(view);
    std::vector<Halt> halts;
    for (const Choice& choice : scene.choices) add_halt(halts, choice);
    add_figure(halts, scene);
    if (scene.more) add_halt(halts, *scene.more);
    for (const Choice& choice : footer_of(view, scene)) add_halt(halts, choice);
    for (const Choice& choice : rail_of(view)) add_halt(halts, choice);
    return halts;
}

std::optional<core::Intent> Guide::focus() const {
    if (!m_focused || m_at >= m_halts.size()) return std::nullopt;
    return m_halts[m_at].intent;
}

std::vector<Message> Guide::whole_page(const core::View& view) const {
    std::vector<Message> words = told_by(scene_of(view));
    if (view.screen() == core::Screen::Idle) words.push_back({"voice.keys"});
    if (view.screen() == core::Screen::Pin && !view.private_voice) words.push_back({"voice.pin_keys"});
    return words;
}

std::vector<Message> Guide::what_changed(const core::View& view) {
    const Scene scene = scene_of(view);
    std::vector<Message> now = told_by(scene);
    std::vector<Message> fresh;
    for (const Message& message : now) {
        if (std::ranges::find(m_told, message) == m_told.end()) fresh.push_back(message);
    }
    m_told = std::move(now);
    const bool text = std::holds_alternative<TextPad>(scene.figure);
    const int entered = typed_so_far(scene);
    if (entered > m_entered) fresh.push_back({text ? "voice.typed" : "pin.spoken_entered", entered});
    if (entered < m_entered && entered > 0) fresh.push_back({"voice.erased"});
    m_entered = entered;
    if (view.seconds_left && !m_counting) fresh.push_back({"common.countdown", *view.seconds_left});
    m_counting = view.seconds_left.has_value();
    if (view.staff_called && !m_called) fresh.push_back({"common.staff_called"});
    m_called = view.staff_called;
    // The page that waits for them says it itself.
    const bool coming = view.staff_called && view.staff_coming;
    if (coming && !m_coming) fresh.push_back({"common.staff_coming"});
    m_coming = coming;
    return fresh;
}

std::vector<Message> Guide::look(const core::View& view) {
    const int page = page_id(view);
    const bool another = page != m_page;
    const auto focused = focus();
    m_halts = halts_of(view);
    if (another) {
        m_page = page;
        m_at = 0;
        m_focused = false;
    } else if (focused) {
        // What was in front of the finger stays there, wherever it moved. What is gone cannot be pressed, and nothing
        // else takes its place.
        const auto same = std::ranges::find(m_halts, *focused, &Halt::intent);
        m_focused = same != m_halts.end();
        m_at = m_focused ? static_cast<std::size_t>(same - m_halts.begin()) : 0;
    }
    std::vector<Message> changed = what_changed(view);
    const bool speaks = view.prefers(core::Preference::Voice);
    const bool begins = speaks && !m_spoke;
    const bool ends = !speaks && m_spoke && !another;
    m_spoke = speaks;
    if (!speaks) return ends ? std::vector<Message>{{"voice.off"}} : std::vector<Message>{};
    if (!another && !begins) return changed;
    std::vector<Message> words = whole_page(view);
    if (begins) words.insert(words.begin(), Message{"voice.on"});
    return words;
}

std::vector<Message> Guide::halt_words(const core::View& view) const {
    if (m_at >= m_halts.size() || !view.prefers(core::Preference::Voice)) return {};
    const Halt& halt = m_halts[m_at];
    if (halt.digit && !view.private_voice) {
        return {{halt.intent.kind == Kind::TypeKey ? "voice.key_hidden" : "voice.digit_hidden"}};
    }
    std::vector<Message> words{halt.label};
    if (!halt.hint.empty()) words.push_back(halt.hint);
    words.push_back({"voice.position", static_cast<int>(m_at) + 1, static_cast<int>(m_halts.size())});
    return words;
}

Guide::Pressed Guide::press(GuideKey key, const core::View& view) {
    m_halts = halts_of(view);
    Pressed pressed;
    const bool speaks = view.prefers(core::Preference::Voice);
    switch (key) {
        case GuideKey::Listen:
            if (speaks) {
                pressed.said = whole_page(view);
            } else if (view.voice_offered) {
                pressed.intent =
                    core::Intent{Kind::ChangePreference, static_cast<std::uint8_t>(core::Preference::Voice)};
            }
            return pressed;
        case GuideKey::Select:
            pressed.intent = focus();
            return pressed;
        case GuideKey::Next:
        case GuideKey::Previous:
            break;
    }
    if (m_halts.empty()) return pressed;
    if (!m_focused) {
        m_at = key == GuideKey::Next ? 0 : m_halts.size() - 1;
    } else {
        m_at = (m_at + (key == GuideKey::Next ? 1 : m_halts.size() - 1)) % m_halts.size();
    }
    m_focused = true;
    pressed.said = halt_words(view);
    return pressed;
}

}  // namespace uketsuke::ui
