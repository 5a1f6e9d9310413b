#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/programs/card/commands.h"
#include "card/persona.h"

namespace uketsuke::card_tool {
namespace {

// The people are invented: their PINs and numbers are printed so that one can play them.
nlohmann::ordered_json json_of(const card::Persona& persona) {
    nlohmann::ordered_json out{{"id", persona.id}, {"label", persona.label}, {"label_en", persona.label_en}};
    out["kind"] = std::string(card::name_of(persona.kind));
    if (!persona.has_holder()) return out;
    out["name"] = persona.name;
    if (persona.has_authentication()) {
        out["pin"] = persona.pin;
        out["pin_tries"] = persona.pin_tries;
    }
    if (const auto number = persona.number_b()) {
        out["number_b"] = std::string(number->ascii().begin(), number->ascii().end());
    }
    out["serial"] = persona.serial_hex();
    return out;
}

}  // namespace

int personas(const PersonasOptions& options) {
    const auto all = card::load_personas(options.folder);
    if (!all) {
        fmt::print(stderr, "uketsuke-card: {}\n", describe(all.error()));
        return k_bad_input;
    }
    auto list = nlohmann::ordered_json::array();
    for (const auto& persona : *all) list.push_back(json_of(persona));
    if (options.json) {
        fmt::print("{}\n", list.dump());
        return k_done;
    }
    for (const auto& one : list) {
        fmt::print("{:<12} {}", one["id"].get<std::string>(), one["label_en"].get<std::string>());
        if (one.contains("pin")) fmt::print("; PIN {}", one["pin"].get<std::string>());
        if (one.contains("number_b")) fmt::print("; 照合番号B {}", one["number_b"].get<std::string>());
        fmt::print("\n");
    }
    return k_done;
}

}  // namespace uketsuke::card_tool
