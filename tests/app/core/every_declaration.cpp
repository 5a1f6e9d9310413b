#include "tests/app/core/every_declaration.h"

#include <gtest/gtest.h>

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

SecretText text(std::string_view words) {
    return SecretText(words);
}

Event tap(Kind kind, std::uint8_t value = 0) {
    return event::Tapped{Intent{kind, value}};
}

Event answered_or_tapped(std::mt19937& random, const State& state) {
    const Declaring& declaring = *state.declaring;
    const SecretText& composed = declaring.entry.composed;
    if (!composed.empty() && random() % 3 == 0) {
        const auto characters = static_cast<std::uint8_t>(characters_in(composed.view()));
        return event::KanaConverted{
            declaring.id, settled_kana(composed), {{text("山田"), characters}, {text("山"), 1}, {text("谷"), 200}}};
    }
    if (declaring.field == DeclarationField::PostalCode && declaring.entry.text.size() == 7 && random() % 2 == 0)
        return event::PostalCodeFound{declaring.id, declaring.entry.text, {text("東京都葛飾区新宿")}};
    if (declaring.field == DeclarationField::PostalCode && random() % 8 != 0)
        return tap(Kind::TypeKey, static_cast<std::uint8_t>(random() % 10));
    switch (random() % 10) {
        case 0:
            return tap(Kind::PickCandidate, static_cast<std::uint8_t>(random() % 4));
        case 1:
            return tap(Kind::Next);
        case 2:
            return tap(Kind::Skip);
        case 3:
            return tap(Kind::Erase);
        case 4:
            return tap(Kind::Undo);
        case 5:
            return tap(Kind::ChangeKeyboard, static_cast<std::uint8_t>(random() % 4));
        default:
            return tap(Kind::TypeKey, static_cast<std::uint8_t>(random() % k_kana_keys));
    }
}

}  // namespace

std::vector<Event> every_declaration_event(DeclarationId id) {
    std::vector<Event> events;
    CardHolder holder{text("佐藤　花子"), {1950, 4, 1}, Sex::Female, text("東京都葛飾区新宿３－４－５")};
    events.emplace_back(event::CardHolderKnown{id, holder});
    events.emplace_back(event::KanaConverted{id, text("やま"), {{text("山"), 2}}});
    events.emplace_back(event::PostalCodeFound{id, text("1250051"), {text("東京都葛飾区新宿")}});
    events.emplace_back(event::PostalCodeFound{id, text("1250051"), {}});
    events.emplace_back(event::DeclarationStored{id, RequestId{"form"}, true});
    events.emplace_back(event::DeclarationStored{id, RequestId{"form"}, false});
    events.emplace_back(event::DeclarationNotStored{id});
    events.emplace_back(event::DeclarationPrinted{id, true});
    events.emplace_back(event::DeclarationPrinted{id, false});
    for (const std::int16_t year : {-5, 0, 1, 64, 1899, 1950, 2026, 9'999}) {
        events.emplace_back(event::Tapped{Intent{Kind::SetYear, 0, year}});
    }
    for (const std::uint16_t at : {0, 5'000, 65'535}) {
        events.emplace_back(event::Tapped{Intent{Kind::PenDown, 0, 0, {at, at}}});
        events.emplace_back(event::Tapped{Intent{Kind::PenMove, 0, 0, {at, 1}}});
    }
    return events;
}

Event sensible_for_declaration(std::mt19937& random, const State& state) {
    if (state.screen == Screen::OtherWays) {
        return random() % 3 == 0 ? tap(Kind::ChooseWay, static_cast<std::uint8_t>(random() % 4)) : tap(Kind::Declare);
    }
    if (state.screen == Screen::ShowToStaff) return tap(random() % 3 == 0 ? Kind::Back : Kind::Declare);
    if (state.screen == Screen::DeclarationText) return answered_or_tapped(random, state);
    if (state.screen == Screen::DeclarationDate) {
        if (random() % 2 == 0) return tap(Kind::Next);
        return event::Tapped{Intent{Kind::SetYear, 0, static_cast<std::int16_t>(random() % 70)}};
    }
    if (state.screen == Screen::DeclarationChoice)
        return tap(random() % 4 == 0 ? Kind::Skip : Kind::ChooseAnswer, static_cast<std::uint8_t>(random() % 5));
    if (state.screen == Screen::DeclarationSignature) {
        if (random() % 2 == 0) return tap(state.declaring->form.signature.empty() ? Kind::Skip : Kind::Next);
        return event::Tapped{Intent{Kind::PenDown, 0, 0, {100, 200}}};
    }
    if (state.screen == Screen::DeclarationReview) {
        if (random() % 3 == 0) return tap(Kind::EditField, static_cast<std::uint8_t>(random() % 12));
        return tap(Kind::Confirm);
    }
    if (state.screen == Screen::DeclarationSaving) {
        if (random() % 4 == 0) return event::DeclarationNotStored{state.declaring->id};
        return event::DeclarationStored{state.declaring->id, RequestId{"form"}, random() % 2 == 0};
    }
    return tap(Kind::Stop);
}

void DeclarationWatch::before(const State& state, const Event& event) {
    m_event = describe(event);
    m_before = state.declaring ? std::optional(state.declaring->id) : std::nullopt;
    if (const auto* e = std::get_if<event::Committed>(&event)) m_receptions_on_disk.insert(e->request.text);
    if (const auto* e = std::get_if<event::DeclarationStored>(&event)) {
        const auto id = static_cast<std::uint64_t>(e->declaration);
        if (m_handed_in.erase(id) > 0) m_on_disk.insert(id);
    }
    if (const auto* e = std::get_if<event::DeclarationNotStored>(&event))
        m_handed_in.erase(static_cast<std::uint64_t>(e->declaration));
}

void DeclarationWatch::after(const State& state, const Effects& effects) {
    int wipes = 0;
    for (const auto& effect : effects) {
        if (const auto* e = std::get_if<effect::WipeDeclaration>(&effect)) {
            ++wipes;
            EXPECT_TRUE(m_before == e->declaration) << "a wipe of a form that nobody was filling in";
            EXPECT_TRUE(m_wiped.insert(static_cast<std::uint64_t>(e->declaration)).second) << "wiped twice";
        }
        if (const auto* e = std::get_if<effect::StoreDeclaration>(&effect)) {
            EXPECT_FALSE(e->form.name.empty()) << "handed in without a name";
            EXPECT_EQ(m_wiped.count(static_cast<std::uint64_t>(e->declaration)), 0U);
            m_handed_in.insert(static_cast<std::uint64_t>(e->declaration));
            if (e->reception) {
                EXPECT_EQ(m_receptions_on_disk.count(e->reception->text), 1U) << "a form for what is not on disk";
            }
        }
    }
    const bool another = !state.declaring || m_before != state.declaring->id;
    EXPECT_EQ(wipes, m_before && another ? 1 : 0) << name_of(state.screen);
    const bool on_form = state.screen >= Screen::DeclarationText && state.screen <= Screen::DeclarationDone;
    EXPECT_EQ(state.declaring.has_value(), on_form) << name_of(state.screen) << " " << m_event;
    if (state.declaring) filling_in(state);
}

void DeclarationWatch::filling_in(const State& state) {
    const Declaring& declaring = *state.declaring;
    EXPECT_FALSE(state.session) << "a card and a form at once";
    if (state.screen == Screen::DeclarationDone) {
        EXPECT_EQ(m_on_disk.count(static_cast<std::uint64_t>(declaring.id)), 1U) << "done before it was on disk";
    }
    if (state.screen == Screen::DeclarationSaving) {
        EXPECT_FALSE(view_of(state).can_stop);
    }
    EXPECT_LE(declaring.entry.undo.size(), 60U);
    EXPECT_LE(declaring.entry.candidates.size(), k_most_candidates + 2);
    EXPECT_LE(characters_in(declaring.entry.composed.view()), k_most_composed);
    if (declaring.form.birth_date.said()) {
        EXPECT_GE(declaring.form.birth_date.day, 1);
        EXPECT_LE(declaring.form.birth_date.day,
                  days_in_month(declaring.form.birth_date.year, declaring.form.birth_date.month));
    }
    const View view = view_of(state);
    if (const auto* page = std::get_if<page::DeclarationText>(&view.page)) {
        EXPECT_TRUE(page->offered[static_cast<std::size_t>(page->keyboard)]);
        EXPECT_TRUE(page->candidates.empty() || page->first_candidate < page->candidates.size());
        EXPECT_GE(page->question.number, 1);
        EXPECT_LE(page->question.number, page->question.count);
    }
}

}  // namespace uketsuke::core::test
