#include "vision/operating_point.h"

#include <toml++/toml.h>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

namespace uketsuke::vision {
namespace {

std::string at(const std::string& name, const toml::source_region& where) {
    return name + ":" + std::to_string(where.begin.line) + ": ";
}

tl::unexpected<Error> bad(const std::string& what) {
    return tl::unexpected(Error{Fault::BadTable, what});
}

constexpr std::string_view known_keys[] = {"name",     "model",       "threshold", "far",         "frr",
                                           "far_high", "worst_group", "data",      "measured_on", "demo"};

// One [[point]]; the error is a sentence without place.
tl::expected<OperatingPoint, std::string> read_point(const toml::table& table) {
    for (const auto& [key, value] : table) {
        bool known = false;
        for (const auto name : known_keys) known = known || key.str() == name;
        if (!known) return tl::unexpected("unknown key '" + std::string(key.str()) + "'");
    }
    OperatingPoint point;
    std::string missing;
    const auto text = [&](const char* key, std::string& into) {
        if (const auto value = table[key].value<std::string>(); value && !value->empty())
            into = *value;
        else if (missing.empty())
            missing = key;
    };
    const auto number = [&](const char* key, double& into) {
        if (const auto value = table[key].value<double>(); value && std::isfinite(*value))
            into = *value;
        else if (missing.empty())
            missing = key;
    };
    text("name", point.name);
    text("model", point.model);
    number("threshold", point.threshold);
    number("far", point.far);
    number("frr", point.frr);
    number("far_high", point.far_high);
    text("worst_group", point.worst_group);
    text("data", point.data);
    text("measured_on", point.measured_on);
    if (!missing.empty()) return tl::unexpected("key '" + missing + "' is missing or of the wrong type");
    if (table.contains("demo")) {
        const auto demo = table["demo"].value_exact<bool>();
        if (!demo) return tl::unexpected(std::string("key 'demo' must be true or false"));
        point.demo = *demo;
    }
    if (point.threshold <= 0 || point.threshold >= 100) return tl::unexpected(std::string("threshold is out of range"));
    for (const double rate : {point.far, point.frr, point.far_high})
        if (rate < 0 || rate > 1) return tl::unexpected(std::string("a rate lies outside 0 to 1"));
    return point;
}

}  // namespace

Result<std::vector<OperatingPoint>> parse_operating_points(std::string_view text, const std::string& name) {
    toml::table root;
    try {
        root = toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        return bad(at(name, error.source()) + std::string(error.description()));
    } catch (const std::exception& error) {
        return bad(name + ": " + error.what());
    }
    for (const auto& [key, value] : root)
        if (key.str() != "point") return bad(at(name, key.source()) + "unknown key '" + std::string(key.str()) + "'");
    const auto* list = root["point"].as_array();
    if (list == nullptr || list->empty()) return bad(name + ": no [[point]] in it");
    std::vector<OperatingPoint> points;
    std::set<std::string> names;
    for (const auto& entry : *list) {
        const auto* table = entry.as_table();
        if (table == nullptr) return bad(at(name, entry.source()) + "a point must be a table");
        auto point = read_point(*table);
        if (!point) return bad(at(name, table->source()) + point.error());
        if (!names.insert(point->name).second)
            return bad(at(name, table->source()) + "the name '" + point->name + "' is there twice");
        points.push_back(std::move(*point));
    }
    return points;
}

Result<std::vector<OperatingPoint>> load_operating_points(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return tl::unexpected(Error{Fault::NotFound, file.string() + ": cannot be opened"});
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) return tl::unexpected(Error{Fault::Unreadable, file.string() + ": cannot be read"});
    return parse_operating_points(text.str(), file.string());
}

Result<OperatingPoint> choose(const std::vector<OperatingPoint>& points, std::string_view model, double max_far,
                              bool demo) {
    const OperatingPoint* best = nullptr;
    const OperatingPoint* strictest = nullptr;
    for (const auto& point : points) {
        if (point.model != model || point.demo != demo) continue;
        if (strictest == nullptr || point.far < strictest->far) strictest = &point;
        if (point.far > max_far * (1 + 1e-9)) continue;
        if (best == nullptr || point.frr < best->frr) best = &point;
    }
    if (best != nullptr) return *best;
    std::ostringstream what;
    what << "model " << model << ": no operating point" << (demo ? " for drawn persons" : "")
         << " keeps false accepts at or below " << max_far;
    if (strictest != nullptr)
        what << "; the strictest measured is '" << strictest->name << "' at " << strictest->far;
    else
        what << "; none is measured for it";
    return tl::unexpected(Error{Fault::NoPoint, what.str()});
}

bool useful(const OperatingPoint& point, double max_frr) {
    return point.frr <= max_frr;
}

std::vector<std::string> models_with_points(const std::vector<OperatingPoint>& points, bool demo) {
    std::set<std::string> models;
    for (const auto& point : points)
        if (point.demo == demo) models.insert(point.model);
    return {models.begin(), models.end()};
}

}  // namespace uketsuke::vision
