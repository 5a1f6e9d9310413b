#include <charconv>

#include <fmt/format.h>

#include "app/main/scenario_words.h"

namespace uketsuke::app {
namespace {

constexpr int k_last_patient = 9'999;

std::optional<std::uint8_t> preference(const std::string& word) {
    for (std::uint8_t value = 0; value < core::k_preferences; ++value) {
        if (word == core::name_of(static_cast<core::Preference>(value))) return value;
    }
    return std::nullopt;
}

// The value of an intent that names it by a word.
template <class Value>
std::optional<std::uint8_t> named(const std::string& word, std::size_t values) {
    for (std::size_t value = 0; value < values; ++value) {
        if (word == core::name_of(static_cast<Value>(value))) return static_cast<std::uint8_t>(value);
    }
    return std::nullopt;
}

// Of what is touched on a form and before it.
std::optional<std::uint8_t> form_value(core::Intent::Kind kind, const std::string& word) {
    using Kind = core::Intent::Kind;
    if (kind == Kind::ChooseWay) return named<core::OtherWay>(word, core::k_other_ways);
    if (kind == Kind::EditField) return named<core::DeclarationField>(word, core::k_declaration_fields);
    if (kind == Kind::ChangeKeyboard) return named<core::Keyboard>(word, core::k_keyboards);
    if (kind != Kind::ChooseAnswer && kind != Kind::PickCandidate) return std::nullopt;
    const auto index = number(word, 255);
    return index ? std::optional(static_cast<std::uint8_t>(*index)) : std::nullopt;
}

// Which patient of the list, and what the visit is for.
std::optional<core::Intent> tour_intent(core::Intent::Kind kind, const std::string& word) {
    using Kind = core::Intent::Kind;
    core::Intent intent{kind};
    if (kind == Kind::PickPatient) {
        const auto index = number(word, k_last_patient);
        if (!index) return std::nullopt;
        intent.number = static_cast<std::int16_t>(*index);
        return intent;
    }
    if (kind != Kind::Reinquire || (word != "home" && word != "online")) return std::nullopt;
    intent.value = static_cast<std::uint8_t>(word == "home" ? core::Treatment::HomeVisit : core::Treatment::Online);
    return intent;
}

}  // namespace

std::optional<int> number(const std::string& word, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || value < 0 || value > most) return std::nullopt;
    return value;
}

bool all_digits(const std::string& word) {
    return !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
}

std::string rest(const Words& words) {
    std::string text;
    for (std::size_t i = 1; i < words.size(); ++i) text += (i > 1 ? " " : "") + words[i];
    return text;
}

std::optional<core::VisualReason> visual_reason(const std::string& word) {
    for (std::uint8_t value = 0; value < core::k_visual_reasons; ++value) {
        const auto reason = static_cast<core::VisualReason>(value);
        if (word == core::name_of(reason)) return reason;
    }
    return std::nullopt;
}

Parsed tap(const Words& words) {
    const auto kind = core::intent_named(words[1]);
    if (!kind) return no(fmt::format("no intent '{}'", words[1]));
    core::Intent intent{*kind};
    if (*kind == core::Intent::Kind::ChangeLanguage) {
        if (words.size() != 3) return no("TAP language <name, such as en or zh_CN>");
        for (std::size_t i = 0; i < core::k_languages.size(); ++i) {
            if (words[2] == core::name_of(core::k_languages[i])) intent.value = static_cast<std::uint8_t>(i);
        }
        if (words[2] != core::name_of(core::k_languages[intent.value])) return no("no language '" + words[2] + "'");
    } else if (*kind == core::Intent::Kind::ChangePreference) {
        const auto value = words.size() == 3 ? preference(words[2]) : std::nullopt;
        if (!value) return no("TAP preference large|contrast|low|voice");
        intent.value = *value;
    } else if (*kind == core::Intent::Kind::Digit) {
        const auto digit = words.size() == 3 ? number(words[2], 9) : std::nullopt;
        if (!digit) return no("TAP digit 0…9");
        intent.value = static_cast<std::uint8_t>(*digit);
    } else if (*kind == core::Intent::Kind::ConfirmVisual) {
        const auto reason = words.size() == 3 ? visual_reason(words[2]) : core::VisualReason::Other;
        if (!reason) return no(fmt::format("TAP confirm-visual [{}]", k_reasons));
        intent.value = static_cast<std::uint8_t>(*reason);
    } else if (*kind == core::Intent::Kind::PickPatient || *kind == core::Intent::Kind::Reinquire) {
        const auto meant = words.size() == 3 ? tour_intent(*kind, words[2]) : std::nullopt;
        if (!meant) return no("TAP patient <index in the list>, or TAP reinquire home|online");
        intent = *meant;
    } else if (const auto value = words.size() == 3 ? form_value(*kind, words[2]) : std::nullopt) {
        intent.value = *value;
    } else if (words.size() != 2) {
        return no(fmt::format("TAP {} takes no value", words[1]));
    }
    return command::Tap{intent};
}

}  // namespace uketsuke::app
