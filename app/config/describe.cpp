#include <array>
#include <charconv>

#include "app/config/keys.h"

namespace uketsuke::config {
namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

std::string decimal(double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    std::string text(digits.data(), end);
    // A TOML float needs its point.
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

std::string in_quotes(std::string_view text) {
    return '"' + std::string{text} + '"';
}

std::string span(const std::string& least, const std::string& most) {
    return least + " to " + most;
}

std::string words_of(const WordField& field) {
    std::string text;
    for (std::size_t i = 0; i < field.words.size(); ++i) {
        if (i > 0) text += i + 1 == field.words.size() ? " or " : ", ";
        text += in_quotes(field.words[i]);
    }
    return text;
}

std::string start_of(Base base) {
    switch (base) {
        case Base::ConfigFile:
            return "relative to this file's folder";
        case Base::Assets:
            return "relative to asset_dir";
    }
    return {};
}

}  // namespace

std::string Key::full_name() const {
    return table.empty() ? std::string{name} : std::string{table} + '.' + std::string{name};
}

std::string type_of(const Key& key) {
    return std::visit(Overloaded{[](const BoolField&) -> std::string { return "true or false"; },
                                 [](const IntField&) -> std::string { return "whole number"; },
                                 [](const NumberField&) -> std::string { return "number"; },
                                 [](const TimeField&) -> std::string { return "whole number"; },
                                 [](const WordField&) -> std::string { return "word"; },
                                 [](const TextField& field) -> std::string {
                                     return field.number_too ? "whole number or text" : "text";
                                 },
                                 [](const PathField&) -> std::string { return "path"; }},
                      key.field);
}

std::string range_of(const Key& key) {
    return std::visit(
        Overloaded{[](const BoolField&) { return std::string{"true or false"}; },
                   [](const IntField& field) { return span(std::to_string(field.least), std::to_string(field.most)); },
                   [](const NumberField& field) {
                       return (field.above_least ? "above " : "") + span(decimal(field.least), decimal(field.most));
                   },
                   [](const TimeField& field) { return span(std::to_string(field.least), std::to_string(field.most)); },
                   [](const WordField& field) { return words_of(field); },
                   [](const TextField& field) { return std::string{field.form}; },
                   [](const PathField& field) { return start_of(field.base); }},
        key.field);
}

// As TOML writes it. The fields show their places only in a Config that may be written.
std::string value_in(Config& config, const Key& key) {
    return std::visit(
        Overloaded{[&](const BoolField& field) { return std::string{field.of(config) ? "true" : "false"}; },
                   [&](const IntField& field) { return std::to_string(field.of(config)); },
                   [&](const NumberField& field) { return decimal(field.of(config)); },
                   [&](const TimeField& field) { return std::to_string(field.get(config) / field.unit); },
                   [&](const WordField& field) { return in_quotes(field.words[field.get(config)]); },
                   [&](const TextField& field) -> std::string {
                       return field.number_too ? field.of(config) : in_quotes(field.of(config));
                   },
                   [&](const PathField& field) { return in_quotes(field.of(config).string()); }},
        key.field);
}

std::string default_of(const Key& key) {
    if (const auto* path = std::get_if<PathField>(&key.field)) return in_quotes(path->standard);
    Config standard;
    return value_in(standard, key);
}

std::string fingerprint_of(const Config& config) {
    Config copy = config;
    std::string text;
    for (const Key& key : keys()) text += key.full_name() + " = " + value_in(copy, key) + '\n';
    return text;
}

}  // namespace uketsuke::config
