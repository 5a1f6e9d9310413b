// Typing into the form: what is composed, what is picked, what is taken back.
#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

using Field = DeclarationField;

constexpr std::size_t k_most_undo = 60;
constexpr std::size_t k_longest_text = 200;  // characters
constexpr std::size_t k_postal_code = 7;
constexpr std::size_t k_longest_phone = 15;
constexpr std::string_view k_wide_space = "　";

bool only_digits(Field field) {
    return field == Field::PostalCode || field == Field::Phone;
}

bool converts(Field field) {
    return field != Field::NameKana && !only_digits(field);
}

KanaHint hint_of(Field field) {
    if (field == Field::Name || field == Field::NameKana) return KanaHint::PersonName;
    return field == Field::Address || field == Field::PostalCode ? KanaHint::Place : KanaHint::Organisation;
}

bool is_space(std::string_view text) {
    return text == " " || text == k_wide_space;
}

bool ends_in_space(const SecretText& text) {
    return text.view().ends_with(k_wide_space) || text.view().ends_with(' ');
}

void snapshot(TextEntry& entry) {
    if (entry.undo.size() == k_most_undo) entry.undo.erase(entry.undo.begin());
    entry.undo.push_back({entry.text, entry.reading, entry.composed, entry.reading_whole, entry.word_done});
}

bool has_room(const SecretText& text, std::string_view more, std::size_t besides = 0) {
    return characters_in(text.view()) + characters_in(more) + (besides > 0 ? 1 : 0) <= k_longest_text &&
           text.size() + more.size() + besides <= SecretText::k_longest;
}

bool append(SecretText& text, std::string_view more) {
    return has_room(text, more) && text.append(more);
}

// What it can be until the engine answers, and without an engine: kana as it is.
void offer_kana(TextEntry& entry, const SecretText& reading) {
    const auto length = static_cast<std::uint8_t>(characters_in(reading.view()));
    const auto known = [&](const SecretText& text) {
        return std::any_of(entry.candidates.begin(), entry.candidates.end(), [&](const Candidate& candidate) {
            return candidate.text == text && candidate.reading == length;
        });
    };
    for (SecretText kana : {reading, katakana(reading)}) {
        if (!known(kana)) entry.candidates.push_back({std::move(kana), length});
    }
}

void composed_changed(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    entry.candidates.clear();
    entry.first_candidate = 0;
    if (entry.composed.empty() || !converts(declaring.field)) return;
    const SecretText reading = settled_kana(entry.composed);
    if (reading.empty()) return;
    offer_kana(entry, reading);
    flow.emit(effect::ConvertKana{declaring.id, reading, hint_of(declaring.field)});
}

// Family and given name are divided, however they are typed.
bool divides_name(const Declaring& declaring) {
    const TextEntry& entry = declaring.entry;
    return declaring.field == Field::Name && entry.word_done && !entry.text.empty() &&
           entry.text.view().find(k_wide_space) == std::string_view::npos;
}

// False, and nothing happens, where there is no room for it.
bool pick(Flow& flow, const Candidate& candidate) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    const SecretText reading = settled_kana(entry.composed);
    const std::string_view used = first_characters(reading.view(), candidate.reading);
    const bool divides = divides_name(declaring);
    const std::size_t divider = divides ? k_wide_space.size() : 0;
    if (!has_room(entry.text, candidate.text.view(), divider)) return false;
    const bool first = entry.text.empty();
    if (divides) {
        append(entry.text, k_wide_space);
        append(entry.reading, k_wide_space);
    }
    append(entry.text, candidate.text.view());
    if (declaring.field == Field::Name) append(entry.reading, katakana(SecretText(used)).view());
    entry.composed = SecretText(reading.view().substr(used.size()));
    // Who writes a rare name one ideograph at a time divides it by hand.
    entry.word_done = first && candidate.reading > 1;
    composed_changed(flow);
    return true;
}

// What is still composed, as the likeliest that stands for all of it.
bool settle(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    if (entry.composed.empty()) return true;
    const SecretText reading = settled_kana(entry.composed);
    const std::size_t length = characters_in(reading.view());
    const auto whole = std::find_if(entry.candidates.begin(), entry.candidates.end(),
                                    [&](const Candidate& candidate) { return candidate.reading == length; });
    if (whole != entry.candidates.end()) return pick(flow, Candidate(*whole));
    if (!append(entry.text, katakana(reading).view())) return false;
    entry.composed.clear();
    composed_changed(flow);
    return true;
}

bool postal_code_typed(Flow& flow, std::string_view digit) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    if (entry.text.size() >= k_postal_code) return false;
    snapshot(entry);
    entry.text.append(digit);
    if (entry.text.size() == k_postal_code) flow.emit(effect::LookUpPostalCode{declaring.id, entry.text});
    return true;
}

bool digit_typed(Flow& flow, std::string_view key) {
    TextEntry& entry = flow.state.declaring->entry;
    const bool digit = key.size() == 1 && key[0] >= '0' && key[0] <= '9';
    if (flow.state.declaring->field == Field::PostalCode) return digit && postal_code_typed(flow, key);
    if ((!digit && key != "-") || entry.text.size() >= k_longest_phone) return false;
    snapshot(entry);
    entry.text.append(key);
    return true;
}

bool space_typed(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    if (entry.composed.empty() && (entry.text.empty() || ends_in_space(entry.text))) return false;
    snapshot(entry);
    const bool composed = !entry.composed.empty();
    if (!settle(flow)) {
        entry.undo.pop_back();
        return false;
    }
    // After a word the space has chosen it; a further one divides.
    if (composed && converts(declaring.field)) return true;
    append(entry.text, k_wide_space);
    if (declaring.field == Field::Name) append(entry.reading, k_wide_space);
    entry.word_done = false;
    return true;
}

bool undone(Flow& flow) {
    TextEntry& entry = flow.state.declaring->entry;
    if (entry.undo.empty()) return false;
    TextEntry::Before before = std::move(entry.undo.back());
    entry.undo.pop_back();
    entry.text = std::move(before.text);
    entry.reading = std::move(before.reading);
    entry.composed = std::move(before.composed);
    entry.reading_whole = before.reading_whole;
    entry.word_done = before.word_done;
    entry.not_found = false;
    composed_changed(flow);
    if (flow.state.declaring->field == Field::PostalCode && entry.text.size() == k_postal_code)
        flow.emit(effect::LookUpPostalCode{flow.state.declaring->id, entry.text});
    return true;
}

bool key_typed(Flow& flow, std::uint8_t key) {
    TextEntry& entry = flow.state.declaring->entry;
    const std::string_view text = key_text(entry.keyboard, key);
    if (only_digits(flow.state.declaring->field)) return digit_typed(flow, text);
    // In the middle of a syllable it only ends that.
    const bool in_syllable =
        !entry.composed.empty() &&
        std::string_view("abcdefghijklmnopqrstuvwxyz").find(entry.composed.view().back()) != std::string_view::npos;
    if (is_space(text) && !in_syllable) return space_typed(flow);
    if (entry.keyboard == Keyboard::Latin || entry.keyboard == Keyboard::Digits) {
        if (text.empty()) return false;
        snapshot(entry);
        if (!settle(flow) || !append(entry.text, text)) return undone(flow) && false;
        entry.reading_whole = false;
        entry.word_done = false;
        return true;
    }
    SecretText composed = entry.composed;
    if (!type_kana(composed, entry.keyboard, key)) return false;
    snapshot(entry);
    entry.composed = std::move(composed);
    composed_changed(flow);
    return true;
}

bool erased(Flow& flow) {
    TextEntry& entry = flow.state.declaring->entry;
    if (entry.composed.empty() && entry.text.empty()) return false;
    snapshot(entry);
    if (!entry.composed.empty()) {
        drop_last_character(entry.composed);
    } else {
        drop_last_character(entry.text);
        // The reading no longer follows from what stands there.
        entry.reading_whole = entry.text.empty();
        if (entry.reading_whole) entry.reading.clear();
        entry.word_done = false;
    }
    entry.not_found = false;
    composed_changed(flow);
    return true;
}

bool picked(Flow& flow, std::uint8_t index) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    if (index >= entry.candidates.size()) return false;
    if (declaring.field == Field::PostalCode) {
        take_place(declaring, entry.candidates[index].text);
        return true;
    }
    snapshot(entry);
    if (pick(flow, Candidate(entry.candidates[index]))) return true;
    entry.undo.pop_back();
    return false;
}

bool more_candidates(TextEntry& entry) {
    constexpr std::size_t k_shown = page::DeclarationText::k_candidates_shown;
    if (entry.candidates.size() <= k_shown) return false;
    entry.first_candidate += k_shown;
    if (entry.first_candidate >= entry.candidates.size()) entry.first_candidate = 0;
    return true;
}

Keyboard first_keyboard(const State& state, Field field) {
    if (only_digits(field)) return Keyboard::Digits;
    // The place is there already, and its number comes next.
    if (field == Field::Address && !state.declaring->form.address.empty()) return Keyboard::Digits;
    return in_japanese(state) || field != Field::Name ? Keyboard::Kana : Keyboard::Latin;
}

}  // namespace

std::array<bool, k_keyboards> keyboards_offered(DeclarationField field) {
    if (only_digits(field)) return {false, false, false, true};
    if (field == Field::NameKana) return {true, true, false, false};
    if (field == Field::Name) return {true, true, true, false};
    return {true, true, true, true};
}

void open_text(Flow& flow) {
    State& state = flow.state;
    Declaring& declaring = *state.declaring;
    TextEntry& entry = declaring.entry;
    entry = TextEntry{};
    entry.text = *text_of(declaring.form, declaring.field);
    if (declaring.field == Field::Name) entry.reading = declaring.form.name_kana;
    entry.reading_whole = entry.text.empty() || !entry.reading.empty();
    entry.keyboard = first_keyboard(state, declaring.field);
    if (declaring.field == Field::PostalCode && entry.text.size() == k_postal_code)
        flow.emit(effect::LookUpPostalCode{declaring.id, entry.text});
}

bool text_said(const Declaring& declaring) {
    const TextEntry& entry = declaring.entry;
    if (declaring.field == Field::PostalCode) return entry.text.size() == k_postal_code;
    if (!settled_kana(entry.composed).empty()) return true;
    const std::string_view text = entry.text.view();
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with(k_wide_space)) {
            at += k_wide_space.size();
        } else if (text[at] == ' ') {
            ++at;
        } else {
            return true;
        }
    }
    return false;
}

void keep_text(Flow& flow) {
    Declaring& declaring = *flow.state.declaring;
    TextEntry& entry = declaring.entry;
    if (entry.place_taken) return;
    settle(flow);
    while (ends_in_space(entry.text)) drop_last_character(entry.text);
    while (ends_in_space(entry.reading)) drop_last_character(entry.reading);
    // Half a postal code is of no use to anybody.
    if (declaring.field == Field::PostalCode && entry.text.size() != k_postal_code) entry.text.clear();
    SecretText& kept = *text_of(declaring.form, declaring.field);
    if (kept.view() == entry.text.view()) return;
    kept = entry.text;
    if (declaring.field == Field::NameKana) declaring.kana_typed = !kept.empty();
    if (declaring.field != Field::Name || declaring.kana_typed) return;
    // A reading that somebody typed for itself stays; one of half a name is asked for.
    declaring.form.name_kana = entry.reading_whole ? entry.reading : SecretText();
}

bool text_tapped(Flow& flow, const Intent& intent) {
    TextEntry& entry = flow.state.declaring->entry;
    using Kind = Intent::Kind;
    if (intent.kind == Kind::TypeKey) return key_typed(flow, intent.value);
    // From a number pad beside the screen.
    if (intent.kind == Kind::Digit) {
        return intent.value <= 9 && entry.keyboard == Keyboard::Digits && key_typed(flow, intent.value);
    }
    if (intent.kind == Kind::Erase) return erased(flow);
    if (intent.kind == Kind::Undo) return undone(flow);
    if (intent.kind == Kind::PickCandidate) return picked(flow, intent.value);
    if (intent.kind == Kind::MoreCandidates) return more_candidates(entry);
    if (intent.kind != Kind::ChangeKeyboard) return false;
    const auto offered = keyboards_offered(flow.state.declaring->field);
    if (intent.value >= offered.size() || !offered[intent.value]) return false;
    entry.keyboard = static_cast<Keyboard>(intent.value);
    return true;
}

void kana_converted(Flow& flow, const event::KanaConverted& converted) {
    TextEntry& entry = flow.state.declaring->entry;
    if (flow.state.screen != Screen::DeclarationText || !converts(flow.state.declaring->field)) return;
    const SecretText reading = settled_kana(entry.composed);
    // Typed on meanwhile, or picked: the answer to that comes.
    if (reading.empty() || reading != converted.reading) return;
    const std::size_t length = characters_in(reading.view());
    entry.candidates.clear();
    for (const Candidate& candidate : converted.candidates) {
        const bool usable = candidate.reading > 0 && candidate.reading <= length && !candidate.text.empty();
        if (usable && entry.candidates.size() < k_most_candidates) entry.candidates.push_back(candidate);
    }
    offer_kana(entry, reading);
    if (entry.first_candidate >= entry.candidates.size()) entry.first_candidate = 0;
}

page::DeclarationText text_page(const State& state) {
    const Declaring& declaring = *state.declaring;
    const TextEntry& entry = declaring.entry;
    page::DeclarationText page;
    page.question = question_page(declaring);
    page.keyboard = entry.keyboard;
    page.offered = keyboards_offered(declaring.field);
    page.text = entry.text;
    page.composed = declaring.field == Field::NameKana ? katakana(entry.composed) : entry.composed;
    for (const Candidate& candidate : entry.candidates) page.candidates.push_back(candidate.text);
    page.first_candidate = entry.first_candidate;
    page.not_found = entry.not_found;
    page.can_undo = !entry.undo.empty();
    page.can_erase = !entry.text.empty() || !entry.composed.empty();
    page.can_go_on = text_said(declaring);
    return page;
}

}  // namespace uketsuke::core
