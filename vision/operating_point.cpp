#include "vision/operating_point.h"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "vision/models.h"

namespace uketsuke::vision {
namespace {

std::string at(const std::string& name, const toml::source_region& where) {
    return name + ":" + std::to_string(where.begin.line) + ": ";
}

tl::unexpected<Error> bad(const std::string& what) {
    return tl::unexpected(Error{Fault::BadTable, what});
}

constexpr std::array<std::string_view, 13> known_keys{"name", "model",       "weights", "threshold", "certain",
                                                      "far",  "far_high",    "frr",     "frr_high",  "worst_group",
                                                      "data", "measured_on", "use"};
constexpr std::array uses{Use::Patients, Use::SecondSign, Use::Demo, Use::Evaluation};

// Reads the keys of one [[point]] and remembers the first that is missing or of the wrong type.
class Keys {
  public:
    explicit Keys(const toml::table& table) : m_table(table) {}
    void text(const char* key, std::string& into) {
        if (const auto value = m_table[key].value<std::string>(); value && !value->empty())
            into = *value;
        else
            miss(key);
    }
    void number(const char* key, double& into) {
        if (const auto value = m_table[key].value<double>(); value && std::isfinite(*value))
            into = *value;
        else
            miss(key);
    }
    void numbers(const char* key, std::vector<double>& into) {
        const auto* list = m_table[key].as_array();
        if (list == nullptr) return miss(key);
        into.clear();
        for (const auto& entry : *list) {
            const auto value = entry.value<double>();
            if (!value) return miss(key);
            into.push_back(*value);
        }
    }
    void use(const char* key, Use& into) {
        const auto value = m_table[key].value<std::string>();
        const auto at =
            std::find_if(uses.begin(), uses.end(), [&](Use one) { return value && to_string(one) == *value; });
        if (at == uses.end()) return miss(key);
        into = *at;
    }
    const std::string& missing() const { return m_missing; }

  private:
    void miss(const char* key) {
        if (m_missing.empty()) m_missing = key;
    }
    const toml::table& m_table;
    std::string m_missing;
};

// What is wrong with a point whose keys are all there; empty when nothing is.
std::string complaint_about(const OperatingPoint& point) {
    const auto models = models_of(point.model);
    if (models.empty()) return "model '" + point.model + "' is no combination of known networks";
    if (point.weights.size() != models.size())
        return std::to_string(point.weights.size()) + " weights for " + std::to_string(models.size()) + " networks";
    for (const double weight : point.weights)
        if (!std::isfinite(weight) || weight <= 0 || weight > 1e6) return "weights must be positive";
    if (point.threshold <= 0 || point.threshold >= 100) return "threshold is out of range";
    if (point.certain < 0 || point.certain > point.threshold) return "certain lies outside 0 to threshold";
    for (const double rate : {point.far, point.frr, point.far_high, point.frr_high})
        if (rate < 0 || rate > 1) return "a rate lies outside 0 to 1";
    if (point.use != Use::Evaluation && evaluation_only(point.model))
        return "model '" + point.model + "' may be evaluated only, its use cannot be " +
               std::string(to_string(point.use));
    return {};
}

// One [[point]]; the error is a sentence without place.
tl::expected<OperatingPoint, std::string> read_point(const toml::table& table) {
    for (const auto& [key, value] : table)
        if (std::find(known_keys.begin(), known_keys.end(), key.str()) == known_keys.end())
            return tl::unexpected("unknown key '" + std::string(key.str()) + "'");
    OperatingPoint point;
    Keys keys(table);
    keys.text("name", point.name);
    keys.text("model", point.model);
    keys.numbers("weights", point.weights);
    keys.number("threshold", point.threshold);
    keys.number("certain", point.certain);
    keys.number("far", point.far);
    keys.number("far_high", point.far_high);
    keys.number("frr", point.frr);
    keys.number("frr_high", point.frr_high);
    keys.text("worst_group", point.worst_group);
    keys.text("data", point.data);
    keys.text("measured_on", point.measured_on);
    keys.use("use", point.use);
    if (!keys.missing().empty())
        return tl::unexpected("key '" + keys.missing() + "' is missing or has no value that it can have");
    if (auto what = complaint_about(point); !what.empty()) return tl::unexpected(std::move(what));
    return point;
}

}  // namespace

std::string_view to_string(Use use) {
    switch (use) {
        case Use::Patients:
            return "patients";
        case Use::SecondSign:
            return "second-sign";
        case Use::Demo:
            return "demo";
        case Use::Evaluation:
            return "evaluation";
    }
    return "unknown";
}

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

Result<OperatingPoint> choose(const std::vector<OperatingPoint>& points, const std::vector<std::string>& combinations,
                              double max_far, Use use) {
    const OperatingPoint* best = nullptr;
    const OperatingPoint* strictest = nullptr;
    for (const auto& point : points) {
        if (point.use != use || std::find(combinations.begin(), combinations.end(), point.model) == combinations.end())
            continue;
        if (strictest == nullptr || point.far < strictest->far) strictest = &point;
        if (point.far > max_far * (1 + 1e-9)) continue;
        if (best == nullptr || point.frr < best->frr ||
            (point.frr == best->frr && point.weights.size() < best->weights.size()))
            best = &point;
    }
    if (best != nullptr) return *best;
    std::ostringstream what;
    what << "no operating point for " << to_string(use) << " keeps false accepts at or below " << max_far << " with";
    for (const auto& combination : combinations) what << ' ' << combination;
    if (combinations.empty()) what << " no network at all";
    if (strictest != nullptr)
        what << "; the strictest measured is '" << strictest->name << "' at " << strictest->far;
    else
        what << "; none is measured";
    return tl::unexpected(Error{Fault::NoPoint, what.str()});
}

bool useful(const OperatingPoint& point, double max_frr) {
    return point.frr <= max_frr;
}

}  // namespace uketsuke::vision
