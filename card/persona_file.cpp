#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <set>
#include <string_view>
#include <system_error>

#include "card/persona.h"

namespace uketsuke::card {
namespace {

// Reads one table: each key once, each value checked, and whatever was not asked for is an error at its line.
class Table {
  public:
    Table(const toml::table* table, std::string name, std::string path)
        : m_table(table), m_name(std::move(name)), m_path(std::move(path)) {}

    void text(const char* key, std::string& out, bool required) {
        const toml::node* node = take(key, required);
        if (node == nullptr) return;
        const auto value = node->value_exact<std::string>();
        if (!value || value->empty() || value->size() > 200) return report(*node, key, "wants a text");
        out = *value;
    }

    void digits(const char* key, std::string& out, std::size_t count, bool required) {
        text(key, out, required);
        const toml::node* node = find(key);
        if (node == nullptr || m_error) return;
        const bool good =
            out.size() == count && std::all_of(out.begin(), out.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!good) report(*node, key, "wants " + std::to_string(count) + " digits");
    }

    template <class T>
    void number(const char* key, T& out, std::int64_t least, std::int64_t most) {
        const toml::node* node = take(key, false);
        if (node == nullptr) return;
        const auto value = node->value_exact<std::int64_t>();
        if (!value || *value < least || *value > most) {
            return report(*node, key, "wants " + std::to_string(least) + " to " + std::to_string(most));
        }
        out = static_cast<T>(*value);
    }

    void flag(const char* key, bool& out) {
        const toml::node* node = take(key, false);
        if (node == nullptr) return;
        const auto value = node->value_exact<bool>();
        if (!value) return report(*node, key, "wants true or false");
        out = *value;
    }

    void date(const char* key, std::chrono::year_month_day& out, bool required) {
        const toml::node* node = take(key, required);
        if (node == nullptr) return;
        const auto value = node->value_exact<toml::date>();
        if (!value) return report(*node, key, "wants a date");
        out = {std::chrono::year{value->year}, std::chrono::month{value->month}, std::chrono::day{value->day}};
        if (!out.ok()) report(*node, key, "wants a date that exists");
    }

    // One of the words; the index of the word in the list.
    void word(const char* key, std::initializer_list<std::string_view> words, std::size_t& out, bool required) {
        const toml::node* node = take(key, required);
        if (node == nullptr) return;
        const auto value = node->value_exact<std::string>();
        const auto found = value ? std::find(words.begin(), words.end(), *value) : words.end();
        if (found == words.end()) {
            std::string list;
            for (const auto one : words) list += (list.empty() ? "" : ", ") + std::string(one);
            return report(*node, key, "wants one of: " + list);
        }
        out = static_cast<std::size_t>(found - words.begin());
    }

    bool has(const char* key) const { return find(key) != nullptr; }

    // The sub-table, or an empty one where it is not required.
    Table table(const char* key, bool required) {
        const toml::node* node = take(key, required);
        if (node != nullptr && !node->is_table()) report(*node, key, "wants a table");
        return {node != nullptr ? node->as_table() : nullptr, key, m_path};
    }

    // The first error of this table, unknown keys included.
    const std::optional<Error>& finish() {
        if (m_table == nullptr || m_error) return m_error;
        for (const auto& [key, node] : *m_table) {
            if (m_known.count(std::string(key.str())) == 0) {
                report(node, std::string(key.str()), "is an unknown key");
                break;
            }
        }
        return m_error;
    }

  private:
    const toml::node* find(const char* key) const { return m_table == nullptr ? nullptr : m_table->get(key); }

    const toml::node* take(const char* key, bool required) {
        m_known.insert(key);
        const toml::node* node = find(key);
        if (node == nullptr && required && !m_error) {
            const auto line = m_table == nullptr ? 1 : std::max<std::uint32_t>(1, m_table->source().begin.line);
            m_error = Error{Fault::BadConfig, 0, place(line) + "\"" + full(key) + "\" is missing"};
        }
        return m_error ? nullptr : node;
    }

    void report(const toml::node& node, const std::string& key, const std::string& what) {
        if (m_error) return;
        m_error = Error{Fault::BadConfig, 0, place(node.source().begin.line) + "\"" + full(key) + "\" " + what};
    }

    std::string place(std::uint32_t line) const { return m_path + ":" + std::to_string(line) + ": "; }
    std::string full(const std::string& key) const { return m_name.empty() ? key : m_name + "." + key; }

    const toml::table* m_table;
    std::string m_name;
    std::string m_path;
    std::set<std::string> m_known;
    std::optional<Error> m_error;
};

void read_person(Table& table, Persona& persona) {
    std::size_t sex = 0;
    table.text("name", persona.name, true);
    table.text("address", persona.address, true);
    table.date("birth_date", persona.birth_date, true);
    table.word("sex", {"male", "female", "not-applicable"}, sex, true);
    table.number("face_seed", persona.face_seed, 0, std::numeric_limits<std::uint32_t>::max());
    table.flag("registered", persona.registered);
    constexpr std::array<Sex, 3> k_sexes{Sex::Male, Sex::Female, Sex::NotApplicable};
    persona.sex = k_sexes[sex];
}

// What every chip with a JPKI application has.
void read_chip(Table& table, Persona& persona) {
    table.digits("pin", persona.pin, 4, false);
    table.number("pin_tries", persona.pin_tries, 0, 3);
    table.flag("signature_certificate", persona.signature_certificate);
    std::size_t answers = 0;
    table.number("largest_answer", persona.largest_answer, 32, 256);
    table.word("answers", {"short", "61xx", "6cxx"}, answers, false);
    constexpr std::array<AnswerStyle, 3> k_styles{AnswerStyle::Short, AnswerStyle::MoreData, AnswerStyle::WrongLength};
    persona.answers = k_styles[answers];
}

void read_front_and_records(Table& table, Persona& persona) {
    table.date("expiry", persona.card_expiry, true);
    table.digits("security_code", persona.security_code, 4, true);
    table.number("number_b_tries", persona.number_b_tries, 0, 10);
    table.number("text_pin_tries", persona.text_pin_tries, 0, 3);
    table.number("resident_pin_tries", persona.resident_pin_tries, 0, 3);
    table.flag("face_authentication", persona.face_authentication_card);
    std::size_t shape = 0;
    std::size_t signature = 0;
    table.word("record_shape", {"new", "old"}, shape, false);
    table.word("issuer_signature", {"good", "wrong", "absent"}, signature, false);
    persona.record_shape = shape == 0 ? RecordShape::New : RecordShape::Old;
    constexpr std::array<IssuerSignature, 3> k_signatures{IssuerSignature::Good, IssuerSignature::Wrong,
                                                          IssuerSignature::Absent};
    persona.issuer_signature = k_signatures[signature];
}

void read_card(Table& table, Persona& persona) {
    read_chip(table, persona);
    if (persona.has_front()) read_front_and_records(table, persona);
    if (persona.kind == PersonaKind::Smartphone) {
        std::size_t telephone = 0;
        table.word("telephone", {"iphone", "android"}, telephone, false);
        persona.telephone = telephone == 0 ? Telephone::IPhone : Telephone::Android;
    }
}

void read_certificate(Table& table, CertificateTerm& term) {
    using Rule = CertificateTerm::Rule;
    if (table.has("days_left")) {
        term.rule = Rule::DaysFromNow;
        table.number("days_left", term.days, -3650, 3650);
    } else if (table.has("not_after")) {
        term.rule = Rule::OnDay;
        table.date("not_after", term.day, true);
    } else {
        term.rule = Rule::FifthBirthday;
        term.days = 365;
        table.number("issued_days_ago", term.days, 0, 3650);
        table.flag("renewed", term.renewed);
    }
}

void read_behaviour(Table& table, Persona& persona) {
    int delay = 0;
    table.number("apdu_delay_ms", delay, 0, 2000);
    table.number("silent_every", persona.flaky.silent_every, 0, 100'000);
    table.number("gone_after", persona.flaky.gone_after, 0, 100'000);
    persona.apdu_delay = std::chrono::milliseconds(delay);
}

}  // namespace

Result<Persona> load_persona(const std::string& path) {
    toml::table file;
    try {
        file = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        return fail(Fault::BadConfig,
                    path + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
    Persona persona;
    persona.id = std::filesystem::path(path).stem().string();
    Table top(&file, "", path);
    std::size_t kind = 0;
    top.text("label", persona.label, true);
    top.text("label_en", persona.label_en, true);
    constexpr std::array<PersonaKind, 5> k_kinds{PersonaKind::MyNumber, PersonaKind::OtherCard,
                                                 PersonaKind::ResidentCard, PersonaKind::Smartphone,
                                                 PersonaKind::NoChip};
    top.word("kind",
             {name_of(k_kinds[0]), name_of(k_kinds[1]), name_of(k_kinds[2]), name_of(k_kinds[3]), name_of(k_kinds[4])},
             kind, true);
    persona.kind = k_kinds[kind];

    std::vector<Table> tables;
    tables.push_back(top.table("behaviour", false));
    read_behaviour(tables.back(), persona);
    if (persona.has_holder()) {
        tables.push_back(top.table("person", true));
        read_person(tables.back(), persona);
        tables.push_back(top.table("card", persona.has_front()));
        read_card(tables.back(), persona);
        tables.push_back(top.table("certificate", false));
        read_certificate(tables.back(), persona.certificate);
    }
    if (const auto& error = top.finish()) return tl::unexpected(*error);
    for (Table& table : tables) {
        if (const auto& error = table.finish()) return tl::unexpected(*error);
    }
    persona.lock_pins_of_face_authentication_card();
    if (persona.has_front()) {
        if (auto number = persona.number_b(); !number) {
            return fail(Fault::BadConfig, path + ":1: " + number.error().where);
        }
    }
    return persona;
}

Result<std::vector<Persona>> load_personas(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> paths;
    for (auto entry = std::filesystem::directory_iterator(folder, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (entry->path().extension() == ".toml") paths.push_back(entry->path().string());
    }
    if (error) return fail(Fault::BadConfig, folder + ": " + error.message());
    std::sort(paths.begin(), paths.end());
    std::vector<Persona> personas;
    personas.reserve(paths.size());
    for (const std::string& path : paths) {
        auto persona = load_persona(path);
        if (!persona) return tl::unexpected(persona.error());
        personas.push_back(std::move(*persona));
    }
    return personas;
}

}  // namespace uketsuke::card
