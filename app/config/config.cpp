#include "app/config/config.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "app/config/check.h"
#include "app/config/keys.h"
#include "app/config/suggest.h"
#include "app/config/value.h"

namespace uketsuke::config {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t k_largest_file = 256 * 1024;

// Collects what is wrong and keeps what stands first in the file.
class Faults {
  public:
    explicit Faults(std::string file) : m_file(std::move(file)) {}

    void add(int line, std::string what) {
        if (m_first && m_first->line <= line) return;
        m_first = ConfigError{m_file, line, std::move(what)};
    }
    const std::optional<ConfigError>& first() const { return m_first; }

  private:
    std::string m_file;
    std::optional<ConfigError> m_first;
};

int line_of(const toml::node& node) {
    return static_cast<int>(node.source().begin.line);
}

int line_of(const toml::key& key) {
    return static_cast<int>(key.source().begin.line);
}

const Key* find_key(std::string_view table, std::string_view name) {
    const auto found = std::find_if(keys().begin(), keys().end(),
                                    [&](const Key& key) { return key.table == table && key.name == name; });
    return found == keys().end() ? nullptr : &*found;
}

// Where a key stands, else its table, else the file.
int line_of(const toml::table& root, const Key& key) {
    const toml::table* table = key.table.empty() ? &root : root.get_as<toml::table>(key.table);
    if (table == nullptr) return 0;
    const toml::node* node = table->get(key.name);
    return node != nullptr ? line_of(*node) : line_of(*table);
}

// "unknown key 'card.raeder' (did you mean 'reader'?)"
std::string unknown_key(std::string_view table, std::string_view name) {
    std::vector<std::string_view> here;
    std::string_view elsewhere;
    for (const Key& key : keys()) {
        if (key.table == table) here.push_back(key.name);
        if (key.name == name) elsewhere = key.table;
    }
    std::string what = "unknown key '" + (table.empty() ? "" : std::string{table} + '.') + std::string{name} + '\'';
    if (const auto meant = nearest(name, here)) {
        what += " (did you mean '" + std::string{*meant} + "'?)";
    } else if (!elsewhere.empty()) {
        what += " (it belongs in [" + std::string{elsewhere} + "])";
    }
    return what;
}

std::string unknown_table(std::string_view name) {
    std::vector<std::string_view> tables;
    for (const Key& key : keys()) {
        if (!key.table.empty() && (tables.empty() || tables.back() != key.table)) tables.push_back(key.table);
    }
    std::string what = "unknown table '" + std::string{name} + '\'';
    if (const auto meant = nearest(name, tables)) what += " (did you mean '" + std::string{*meant} + "'?)";
    return what;
}

bool is_table(std::string_view name) {
    return !name.empty() && !about_table(name).empty();
}

void look_for_strangers(const toml::table& root, Faults& faults) {
    for (const auto& [key, node] : root) {
        const std::string_view name = key.str();
        const auto* table = node.as_table();
        if (!is_table(name)) {
            if (find_key("", name) != nullptr) continue;
            faults.add(line_of(key), table != nullptr ? unknown_table(name) : unknown_key("", name));
        } else if (table == nullptr) {
            faults.add(line_of(key), '\'' + std::string{name} + "' must be a table");
        } else {
            for (const auto& [inner, value] : *table) {
                if (find_key(name, inner.str()) == nullptr) faults.add(line_of(inner), unknown_key(name, inner.str()));
            }
        }
    }
}

Config read_values(const toml::table& root, const fs::path& folder, Faults& faults) {
    Config config;
    for (const Key& key : keys()) {
        put_standard(key, folder, config);
        const toml::table* table = key.table.empty() ? &root : root.get_as<toml::table>(key.table);
        const toml::node* node = table == nullptr ? nullptr : table->get(key.name);
        if (node == nullptr) continue;
        if (auto what = put_value(key, *node, folder, config)) faults.add(line_of(*node), std::move(*what));
    }
    return config;
}

tl::expected<std::string, ConfigError> read_file(const fs::path& file) {
    const auto failed = [&](std::string what) {
        return tl::unexpected<ConfigError>({file.string(), 0, std::move(what)});
    };
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status)) return failed("there is no such file");
    if (!fs::is_regular_file(status)) return failed("not a plain file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return failed("cannot be opened for reading");
    // One byte more than allowed tells a file that grew since.
    std::string text(k_largest_file + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad()) return failed("cannot be read");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > k_largest_file) return failed("larger than 256 KiB");
    return text;
}

}  // namespace

std::string ConfigError::text() const {
    return file + (line > 0 ? ':' + std::to_string(line) : "") + ": " + what;
}

tl::expected<Config, ConfigError> parse_config(const std::string& toml, const fs::path& file) {
    Faults faults(file.string());
    toml::table root;
    try {
        root = toml::parse(std::string_view{toml});
    } catch (const toml::parse_error& error) {
        return tl::unexpected<ConfigError>(
            {file.string(), static_cast<int>(error.source().begin.line), std::string{error.description()}});
    }
    std::error_code error;
    const fs::path folder = fs::absolute(file, error).parent_path();
    if (error) return tl::unexpected<ConfigError>({file.string(), 0, "its folder cannot be found"});

    look_for_strangers(root, faults);
    Config config = read_values(root, folder, faults);
    // Where there is a page, its people may have codes of their own.
    config.policy.other_ways = other_ways_of(config.declaration.ways).value_or(core::all_other_ways());
    config.policy.visual_check =
        !config.staff.visual_check_code_hash.empty() || !config.desk.address.empty() || config.visit.enabled;
    // What the flow needs of [visit] and of the screen's light.
    if (config.visit.enabled) {
        config.policy.visit =
            core::VisitPolicy{config.visit.lock_after, config.visit.tour_longest, config.visit.online};
    }
    if (config.display.dim_after.count() > 0) config.policy.dim_after = config.display.dim_after;
    config.policy.challenge_waiver =
        config.policy.visual_check && config.face.enabled && config.face.challenge == ChallengeRule::StaffMayWaive;
    // Defaults stand in for what could not be read, so contradictions are looked for only among good values.
    if (faults.first()) return tl::unexpected<ConfigError>(*faults.first());
    for (auto& [full_name, what] : contradictions(config)) {
        const auto key = std::find_if(keys().begin(), keys().end(),
                                      [&, &name = full_name](const Key& k) { return k.full_name() == name; });
        faults.add(key == keys().end() ? 0 : line_of(root, *key), std::move(what));
    }
    if (faults.first()) return tl::unexpected<ConfigError>(*faults.first());
    return config;
}

tl::expected<Config, ConfigError> load_config(const fs::path& file) {
    auto text = read_file(file);
    if (!text) return tl::unexpected<ConfigError>(std::move(text.error()));
    return parse_config(*text, file);
}

}  // namespace uketsuke::config
