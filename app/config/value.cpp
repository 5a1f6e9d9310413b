#include "app/config/value.h"

#include <algorithm>

#include "app/config/suggest.h"

namespace uketsuke::config {
namespace {

namespace fs = std::filesystem;

std::string kind_of(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "an array";
        case toml::node_type::string:
            return "text";
        case toml::node_type::integer:
            return "a whole number";
        case toml::node_type::floating_point:
            return "a number with a point";
        case toml::node_type::boolean:
            return "true or false";
        case toml::node_type::date:
        case toml::node_type::time:
        case toml::node_type::date_time:
            return "a date or time";
        case toml::node_type::none:
            break;
    }
    return "nothing";
}

// Control characters would reach a log or a terminal; NUL would cut the text short.
bool is_plain(std::string_view text) {
    return text.size() <= k_longest_text &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

fs::path resolve(std::string_view text, const PathField& field, const fs::path& folder, const Config& config) {
    if (text.empty()) return {};
    const fs::path& start = field.base == Base::Assets ? config.asset_dir : folder;
    return (start / fs::path{text}).lexically_normal();
}

// Each overload: true when the node had the right type and range.
class Putter {
  public:
    Putter(const toml::node& node, const fs::path& folder, Config& config)
        : m_node(node), m_folder(folder), m_config(config) {}

    bool operator()(const BoolField& field) {
        return take<bool>([&](bool value) { field.of(m_config) = value; });
    }

    bool operator()(const IntField& field) {
        return take_whole(field.least, field.most, [&](int value) { field.of(m_config) = value; });
    }

    bool operator()(const TimeField& field) {
        return take_whole(field.least, field.most, [&](int value) { field.set(m_config, value * field.unit); });
    }

    bool operator()(const NumberField& field) {
        if (!m_node.is_number()) return wrong_type();
        const double value = m_node.value_or(0.0);
        // Written so that NaN is out of range.
        const bool enough = field.above_least ? value > field.least : value >= field.least;
        if (!(enough && value <= field.most)) return out_of_range();
        field.of(m_config) = value;
        return true;
    }

    bool operator()(const WordField& field) {
        const auto* word = m_node.as_string();
        if (word == nullptr) return wrong_type();
        const auto found = std::find(field.words.begin(), field.words.end(), word->get());
        if (found == field.words.end()) {
            if (const auto meant = nearest(word->get(), field.words)) m_hint = std::string{*meant};
            return out_of_range();
        }
        field.set(m_config, static_cast<std::size_t>(found - field.words.begin()));
        return true;
    }

    bool operator()(const TextField& field) {
        if (field.number_too && m_node.is_integer()) {
            const std::string digits = std::to_string(m_node.value_or<std::int64_t>(-1));
            return field.fits(digits) ? (field.of(m_config) = digits, true) : out_of_range();
        }
        const auto* text = m_node.as_string();
        if (text == nullptr) return wrong_type();
        if (!is_plain(text->get()) || !field.fits(text->get())) return out_of_range();
        field.of(m_config) = text->get();
        return true;
    }

    bool operator()(const PathField& field) {
        const auto* text = m_node.as_string();
        if (text == nullptr) return wrong_type();
        if (!is_plain(text->get())) return out_of_range();
        field.of(m_config) = resolve(text->get(), field, m_folder, m_config);
        return true;
    }

    bool has_wrong_type() const { return m_wrong_type; }
    const std::string& hint() const { return m_hint; }

  private:
    template <class T, class Put>
    bool take(const Put& put) {
        const auto value = m_node.value_exact<T>();
        if (!value) return wrong_type();
        put(*value);
        return true;
    }

    template <class Put>
    bool take_whole(int least, int most, const Put& put) {
        const auto value = m_node.value_exact<std::int64_t>();
        if (!value) return wrong_type();
        if (*value < least || *value > most) return out_of_range();
        put(static_cast<int>(*value));
        return true;
    }

    bool wrong_type() {
        m_wrong_type = true;
        return false;
    }
    bool out_of_range() const { return false; }

    const toml::node& m_node;
    const fs::path& m_folder;
    Config& m_config;
    bool m_wrong_type = false;
    std::string m_hint;
};

}  // namespace

std::optional<std::string> put_value(const Key& key, const toml::node& node, const fs::path& folder, Config& config) {
    Putter putter(node, folder, config);
    if (std::visit(putter, key.field)) return std::nullopt;
    const std::string name = '\'' + key.full_name() + '\'';
    if (putter.has_wrong_type()) return name + " is " + kind_of(node) + ", must be " + type_of(key);
    // The value itself is not repeated: it may be an address with a password or a hash.
    std::string what = name + " is out of range, must be " + range_of(key);
    if (std::holds_alternative<PathField>(key.field))
        what = name + " holds control characters or is too long for a path";
    if (!putter.hint().empty()) what += " (did you mean \"" + putter.hint() + "\"?)";
    return what;
}

void put_standard(const Key& key, const fs::path& folder, Config& config) {
    if (const auto* field = std::get_if<PathField>(&key.field)) {
        field->of(config) = resolve(field->standard, *field, folder, config);
    }
}

}  // namespace uketsuke::config
