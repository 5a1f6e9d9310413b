#include "net/internal/simulator_people.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "net/internal/card_signature.h"
#include "net/internal/oqs_fields.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t largest_file = 1u << 20;
constexpr std::size_t most_people = 1000;
constexpr std::size_t most_results = 10;
constexpr std::size_t longest_text = 600;

// Elements of a result that stand in a table of their own (facts 2.4), beyond those with a field.
constexpr std::array<std::string_view, 17> nested_elements{
    "ElderlyRecipientCertificateInfo/ElderlyRecipientCertificateDate",
    "ElderlyRecipientCertificateInfo/ElderlyRecipientValidStartDate",
    "ElderlyRecipientCertificateInfo/ElderlyRecipientValidEndDate",
    "ElderlyRecipientCertificateInfo/ElderlyRecipientContributionRatio",
    "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificateClassification",
    "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificateDate",
    "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificateValidStartDate",
    "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificateValidEndDate",
    "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificateLongTermDate",
    "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificateClassificationFlag",
    "SpecificDiseasesCertificateRelatedConsFlg",
    "SpecificDiseasesCertificateRelatedConsTime",
    "SpecificDiseasesCertificateList/SpecificDiseasesCertificateInfo/SpecificDiseasesDiseaseCategory",
    "SpecificDiseasesCertificateList/SpecificDiseasesCertificateInfo/SpecificDiseasesCertificateDate",
    "SpecificDiseasesCertificateList/SpecificDiseasesCertificateInfo/SpecificDiseasesValidStartDate",
    "SpecificDiseasesCertificateList/SpecificDiseasesCertificateInfo/SpecificDiseasesValidEndDate",
    "SpecificDiseasesCertificateList/SpecificDiseasesCertificateInfo/SpecificDiseasesSelfPay",
};

constexpr std::array<std::string_view, 5> holder_elements{"Name", "NameKana", "Sex1", "Birthdate", "Address"};

struct Wrong {
    std::uint32_t line;
    std::string what;
};

// Reads the people of one file; the first thing that is wrong ends it.
class Reader {
  public:
    std::vector<SimulatedPerson> read(const toml::table& file) {
        std::vector<SimulatedPerson> people;
        for (const auto& [key, node] : file) {
            if (key.str() != "person") report(node, "unknown key \"" + std::string(key.str()) + "\"");
        }
        const toml::node* list = file.get("person");
        if (list == nullptr) return people;
        if (!list->is_array_of_tables() || list->as_array()->size() > most_people) {
            report(*list, "person wants [[person]] tables, " + std::to_string(most_people) + " at most");
            return people;
        }
        for (const toml::node& node : *list->as_array()) {
            people.push_back(person(*node.as_table()));
            if (m_wrong) break;
        }
        return people;
    }
    const std::optional<Wrong>& wrong() const { return m_wrong; }

  private:
    void report(const toml::node& node, const std::string& what) {
        if (!m_wrong) m_wrong = Wrong{std::max<std::uint32_t>(1, node.source().begin.line), what};
    }

    std::string text(const toml::node& node, const std::string& key) {
        const auto value = node.value_exact<std::string>();
        if (!value || value->size() > longest_text) {
            report(node, key + " wants a text of at most " + std::to_string(longest_text) + " bytes");
            return "";
        }
        return *value;
    }

    std::int64_t number(const toml::node& node, const std::string& key, std::int64_t least, std::int64_t most) {
        const auto value = node.value_exact<std::int64_t>();
        if (value && *value >= least && *value <= most) return *value;
        report(node, key + " wants " + std::to_string(least) + " to " + std::to_string(most));
        return least;
    }

    SimulatedPerson person(const toml::table& table) {
        SimulatedPerson one;
        for (const auto& [name, node] : table) {
            const std::string key(name.str());
            if (key == "id") {
                id(node, one);
            } else if (key == "label") {
                one.label = text(node, key);
            } else if (key == "serials") {
                serials(node, one);
            } else if (key == "registered") {
                const auto value = node.value_exact<bool>();
                if (!value) report(node, "registered wants true or false");
                one.registered = value.value_or(true);
            } else if (key == "validity") {
                one.validity = validity_of(std::to_string(number(node, key, 1, 6)));
            } else if (key == "processing_code") {
                one.processing_code = text(node, key);
            } else if (key == "processing_message") {
                one.processing_message = text(node, key);
            } else if (key == "error_code") {
                one.error_code = text(node, key);
            } else if (key == "error_message") {
                one.error_message = text(node, key);
            } else if (key == "encoding") {
                const std::string encoding = text(node, key);
                one.shift_jis = encoding == "shift_jis";
                if (!one.shift_jis && encoding != "utf-8") report(node, "encoding wants utf-8 or shift_jis");
            } else if (key == "black_circles") {
                one.black_circles = static_cast<int>(number(node, key, 0, 1000));
            } else if (key == "results") {
                results(node, one);
            } else {
                report(node, "unknown key \"" + key + "\"");
            }
        }
        if (one.id.empty()) report(table, "a person wants an id");
        return one;
    }

    void id(const toml::node& node, SimulatedPerson& one) {
        one.id = text(node, "id");
        const bool good = !one.id.empty() && one.id.size() <= 40 &&
                          one.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
        if (!good) return report(node, "id wants 1 to 40 of a-z, 0-9 and -");
        if (!m_ids.insert(one.id).second) report(node, "the id \"" + one.id + "\" came before");
    }

    void serials(const toml::node& node, SimulatedPerson& one) {
        const toml::array* list = node.as_array();
        if (list == nullptr || list->size() > 10) return report(node, "serials wants a list of 10 at most");
        for (const toml::node& entry : *list) {
            const std::string serial = text(entry, "a serial");
            const bool good = !serial.empty() && serial.size() <= 40 &&
                              serial.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
            if (!good) return report(entry, "a serial wants 1 to 40 hexadecimal digits");
            if (!m_serials.insert(normal_serial(serial)).second) report(entry, "the serial " + serial + " came before");
            if (one.serial.empty()) {
                one.serial = serial;
            } else {
                one.other_serials.push_back(serial);
            }
        }
    }

    void results(const toml::node& node, SimulatedPerson& one) {
        const toml::array* list = node.as_array();
        const bool tables = list != nullptr && (list->empty() || node.is_array_of_tables());
        if (!tables || list->size() > most_results) {
            return report(node,
                          "results wants [[person.results]] tables, " + std::to_string(most_results) + " at most");
        }
        for (const toml::node& entry : *list) one.results.push_back(result(*entry.as_table(), one));
    }

    // By way of a document, so that whatever the room keeps of an element, it keeps of this one.
    QualificationResult result(const toml::table& table, SimulatedPerson& one) {
        pugi::xml_document document;
        pugi::xml_node root = document.append_child("XmlMsg");
        root.append_child("MessageHeader");
        elements(table, "",
                 root.append_child("MessageBody")
                     .append_child("ResultList")
                     .append_child("ResultOfQualificationConfirmation"),
                 one);
        std::ostringstream text;
        document.save(text, "", pugi::format_raw);
        auto answer = read_answer(text.str());
        if (answer && answer->results.size() == 1) return std::move(answer->results.front());
        report(table, "these results are no document");
        return {};
    }

    // A table inside is an element with elements of its own, a list of tables several of them.
    void elements(const toml::table& table, const std::string& prefix, pugi::xml_node parent, SimulatedPerson& one) {
        for (const auto& [key, node] : table) {
            const std::string name(key.str());
            const std::string path = prefix + name;
            const bool group = node.is_table() || node.is_array();
            if (group ? !is_group(path) : !is_result_element(path)) {
                return report(node, "unknown element \"" + path + "\"");
            }
            if (const toml::table* inner = node.as_table()) {
                elements(*inner, path + "/", parent.append_child(name.c_str()), one);
            } else if (const toml::array* list = node.as_array()) {
                if (!node.is_array_of_tables() || list->size() > most_results) {
                    return report(node, path + " wants tables, " + std::to_string(most_results) + " at most");
                }
                for (const toml::node& entry : *list) {
                    elements(*entry.as_table(), path + "/", parent.append_child(name.c_str()), one);
                }
            } else {
                const std::string value = text(node, path);
                if (!value.empty()) parent.append_child(name.c_str()).text().set(value.c_str());
                if (value.empty() && is_of_the_holder(path)) one.blanks.push_back(path);
            }
        }
    }

    static bool is_group(const std::string& path) {
        const auto below = [&](std::string_view known) { return known.starts_with(path + "/"); };
        return std::any_of(nested_elements.begin(), nested_elements.end(), below);
    }

    std::set<std::string> m_ids;
    std::set<std::string> m_serials;
    std::optional<Wrong> m_wrong;
};

}  // namespace

bool is_result_element(const std::string& path) {
    if (std::find(nested_elements.begin(), nested_elements.end(), path) != nested_elements.end()) return true;
    QualificationResult result;
    const auto fields = result_fields(result);
    return std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.first == path; });
}

bool is_of_the_holder(const std::string& path) {
    return std::find(holder_elements.begin(), holder_elements.end(), path) != holder_elements.end();
}

Result<std::vector<SimulatedPerson>> read_people(const std::string& text, const std::string& name) {
    const auto at = [&](std::uint32_t line, std::string_view what) {
        return fail(Fault::BadOptions, name + ":" + std::to_string(line) + ": " + std::string(what));
    };
    try {
        Reader reader;
        std::vector<SimulatedPerson> people = reader.read(toml::parse(text));
        if (reader.wrong()) return at(reader.wrong()->line, reader.wrong()->what);
        return people;
    } catch (const toml::parse_error& error) {
        return at(error.source().begin.line, error.description());
    }
}

Result<std::vector<SimulatedPerson>> load_people(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(largest_file + 1, '\0');
    if (!in || !in.read(text.data(), static_cast<std::streamsize>(text.size())).eof()) {
        return fail(Fault::BadOptions, "people file " + file.string() +
                                           (in ? ": more than " + std::to_string(largest_file) + " bytes"
                                               : std::string(": cannot be read")));
    }
    text.resize(static_cast<std::size_t>(in.gcount()));
    return read_people(text, file.string());
}

}  // namespace uketsuke::net::internal
