#include <algorithm>
#include <cstdint>
#include <pugixml.hpp>

#include "net/internal/oqs_fields.h"
#include "net/internal/text_encoding.h"
#include "net/internal/xml_document.h"
#include "net/oqs_xml.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

using internal::Fields;

bool is_leaf(const pugi::xml_node& node) {
    const auto children = node.children();
    return std::none_of(children.begin(), children.end(),
                        [](const pugi::xml_node& child) { return child.type() == pugi::node_element; });
}

// A document whose shape was checked, taken apart. What no field takes is kept, so that nothing is lost by being new.
class Reader {
  public:
    Reader(const pugi::xml_document& document, bool references) : m_document(document), m_references(references) {}
    bool repaired() const { return m_repaired; }
    pugi::xml_node root() const { return m_document.document_element(); }

    template <class Take>
    void each_child(const pugi::xml_node& node, OtherElements& other, Take take) {
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element && !take(child)) other.push_back(tree_of(child));
        }
    }

    // True when a field took it: the first that is not empty.
    template <class Text>
    bool read_field(const pugi::xml_node& node, const Fields<Text>& fields) {
        if (!is_leaf(node)) return false;
        const std::string_view name = node.name();
        const auto known =
            std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
        if (known == fields.end() || !known->second->empty()) return false;
        *known->second = text_of(node);
        return true;
    }

    template <class Text>
    void read_fields(const pugi::xml_node& node, const Fields<Text>& fields, OtherElements& other) {
        each_child(node, other, [&](const pugi::xml_node& child) { return read_field(child, fields); });
    }

    // True when the group took it; a second group of the same name is left to `other`.
    template <class Group, class FieldsOf>
    bool read_group(const pugi::xml_node& node, const char* name, Group& group, FieldsOf fields_of) {
        if (std::string_view(node.name()) != name || is_leaf(node) || !(group == Group{})) return false;
        read_fields(node, fields_of(group), group.other);
        return true;
    }

    void read_header(const pugi::xml_node& node, OqsHeader& header);
    QualificationResult read_result(const pugi::xml_node& node);

  private:
    bool read_specific_diseases(const pugi::xml_node& node, QualificationResult& result);

    std::string text_of(const pugi::xml_node& node) {
        std::string text;
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
        }
        // A character reference may name what is no character, or a line end that would not come back from writing.
        if (m_references) {
            m_repaired = internal::repair_utf8(text) || m_repaired;
            std::replace(text.begin(), text.end(), '\r', '\n');
        }
        return text;
    }

    OqsElement tree_of(const pugi::xml_node& node) {
        OqsElement element;
        element.name = node.name();
        element.text = text_of(node);
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element) element.children.push_back(tree_of(child));
        }
        // Between children, white space is layout.
        const bool layout = element.text.find_first_not_of(" \t\r\n") == std::string::npos;
        if (layout && !element.children.empty()) element.text.clear();
        return element;
    }

    const pugi::xml_document& m_document;
    bool m_references;
    bool m_repaired = false;
};

// The first value that is not empty; one that is in no list stays where it was.
template <class FromCode>
auto take_code(OtherElements& other, std::string_view name, FromCode from_code) {
    const auto is_code = [&](const OqsElement& element) { return element.name == name && element.children.empty(); };
    std::erase_if(other, [&](const OqsElement& element) { return is_code(element) && element.text.empty(); });
    const auto found = std::find_if(other.begin(), other.end(), is_code);
    const auto value = from_code(found == other.end() ? std::string_view() : std::string_view(found->text));
    if (found != other.end() && *code_of(value) != '\0') other.erase(found);
    return value;
}

void Reader::read_header(const pugi::xml_node& node, OqsHeader& header) {
    read_fields(node, internal::header_fields(header), header.other);
    header.segment_of_result = take_code(header.other, "SegmentOfResult", internal::segment_of);
}

bool Reader::read_specific_diseases(const pugi::xml_node& node, QualificationResult& result) {
    if (std::string_view(node.name()) != internal::specific_diseases_list_name || is_leaf(node)) return false;
    each_child(node, result.other_in_specific_diseases, [&](const pugi::xml_node& child) {
        SpecificDiseasesCertificate certificate;
        const bool taken = read_group(child, internal::specific_diseases_name, certificate,
                                      [](auto& group) { return internal::specific_diseases_fields(group); });
        if (taken && !(certificate == SpecificDiseasesCertificate{})) {
            result.specific_diseases.push_back(std::move(certificate));
        }
        return taken;
    });
    return true;
}

QualificationResult Reader::read_result(const pugi::xml_node& node) {
    QualificationResult result;
    const auto fields = internal::result_fields(result);
    each_child(node, result.other, [&](const pugi::xml_node& child) {
        return read_field(child, fields) ||
               read_group(child, internal::limit_application_name, result.limit_application,
                          [](auto& group) { return internal::limit_application_fields(group); }) ||
               read_group(child, internal::elderly_recipient_name, result.elderly_recipient,
                          [](auto& group) { return internal::elderly_recipient_fields(group); }) ||
               read_specific_diseases(child, result);
    });
    return result;
}

// Walks without recursion, so that the limits hold before anything recursive looks at the tree.
Result<void> check_shape(const pugi::xml_document& document, const XmlLimits& limits) {
    std::size_t elements = 0;
    int depth = 0;
    pugi::xml_node node = document.first_child();
    while (node) {
        if (node.type() == pugi::node_doctype) return fail(Fault::BadAnswer, "document: it has a DOCTYPE");
        if (node.type() == pugi::node_element && ++elements > limits.elements) {
            return fail(Fault::BadAnswer, "document: more than " + std::to_string(limits.elements) + " elements");
        }
        if (node.first_child()) {
            node = node.first_child();
            if (++depth > limits.depth) {
                return fail(Fault::BadAnswer, "document: nested deeper than " + std::to_string(limits.depth));
            }
            continue;
        }
        while (node && !node.next_sibling()) {
            node = node.parent();
            --depth;
        }
        node = node.next_sibling();
    }
    return {};
}

// A reference to the zero character would end a text early, unseen. pugixml counts in 32 bits and wraps.
bool refers_to_zero(std::string_view text) {
    for (std::size_t at = text.find("&#"); at != std::string_view::npos; at = text.find("&#", at)) {
        at += 2;
        const bool hexadecimal = text.substr(at).starts_with('x');
        if (hexadecimal) ++at;
        const std::size_t begin = at;
        std::uint32_t value = 0;
        for (; at < text.size(); ++at) {
            const char lower = static_cast<char>(text[at] | 0x20);
            const bool letter = hexadecimal && lower >= 'a' && lower <= 'f';
            if (!letter && (text[at] < '0' || text[at] > '9')) break;
            const int digit = letter ? lower - 'a' + 10 : text[at] - '0';
            value = value * (hexadecimal ? 16U : 10U) + static_cast<std::uint32_t>(digit);
        }
        if (value == 0 && at > begin && at < text.size() && text[at] == ';') return true;
    }
    return false;
}

}  // namespace

Result<internal::LoadedDocument> internal::load_document(std::string_view text, const XmlLimits& limits,
                                                         pugi::xml_document& document) {
    if (text.size() > limits.bytes) {
        return fail(Fault::AnswerTooBig, "document: more than " + std::to_string(limits.bytes) + " bytes");
    }
    if (text.find('\0') != std::string_view::npos) return fail(Fault::BadAnswer, "document: it holds a zero byte");
    auto utf8 = internal::to_utf8(text);
    if (!utf8) return tl::unexpected(utf8.error());
    const LoadedDocument loaded{utf8->repaired, utf8->text.find("&#") != std::string::npos};
    if (loaded.references && refers_to_zero(utf8->text)) {
        wipe(utf8->text);
        return fail(Fault::BadAnswer, "document: it refers to the zero character");
    }
    constexpr unsigned options = pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single;
    const pugi::xml_parse_result parsed =
        document.load_buffer(utf8->text.data(), utf8->text.size(), options, pugi::encoding_utf8);
    wipe(utf8->text);
    if (!parsed) {
        return fail(Fault::BadAnswer,
                    std::string("document: ") + parsed.description() + " at byte " + std::to_string(parsed.offset));
    }
    if (auto shape = check_shape(document, limits); !shape) return tl::unexpected(shape.error());
    if (std::string_view(document.document_element().name()) != "XmlMsg") {
        return fail(Fault::BadAnswer, "document: its root is not XmlMsg");
    }
    return loaded;
}

namespace {

// The first of each name is taken; what else stands beside them is kept.
bool is_first(const pugi::xml_node& node, const char* name) {
    return std::string_view(node.name()) == name && node == node.parent().child(name);
}

}  // namespace

Result<OqsAnswer> read_answer(std::string_view text, const XmlLimits& limits) {
    pugi::xml_document document;
    const auto loaded = internal::load_document(text, limits, document);
    if (!loaded) return tl::unexpected(loaded.error());
    Reader reader(document, loaded->references);
    if (!reader.root().child("MessageHeader")) return fail(Fault::BadAnswer, "document: it has no MessageHeader");

    OqsAnswer answer;
    const auto fields = internal::body_fields(answer);
    const auto take_from_list = [&](const pugi::xml_node& node) {
        if (std::string_view(node.name()) != "ResultOfQualificationConfirmation") return false;
        answer.results.push_back(reader.read_result(node));
        return true;
    };
    const auto take_from_body = [&](const pugi::xml_node& node) {
        if (std::string_view(node.name()) != "ResultList") return reader.read_field(node, fields);
        reader.each_child(node, answer.other_in_list, take_from_list);
        return true;
    };
    reader.each_child(reader.root(), answer.other_in_message, [&](const pugi::xml_node& node) {
        if (is_first(node, "MessageHeader")) {
            reader.read_header(node, answer.header);
            return true;
        }
        if (!is_first(node, "MessageBody")) return false;
        reader.each_child(node, answer.other, take_from_body);
        return true;
    });
    answer.processing_status = take_code(answer.other, "ProcessingResultStatus", internal::status_of);
    answer.validity = take_code(answer.other, "QualificationValidity", internal::validity_of);
    answer.text_repaired = loaded->repaired || reader.repaired();
    return answer;
}

Result<OqsRequest> read_request(std::string_view text, const XmlLimits& limits) {
    pugi::xml_document document;
    const auto loaded = internal::load_document(text, limits, document);
    if (!loaded) return tl::unexpected(loaded.error());
    Reader reader(document, loaded->references);
    const pugi::xml_node root = reader.root();
    if (!root.child("MessageHeader") || !root.child("MessageBody").child("QualificationConfirmSearchInfo")) {
        return fail(Fault::BadAnswer, "document: it has no MessageHeader or no QualificationConfirmSearchInfo");
    }
    OqsRequest request;
    const auto take_from_body = [&](const pugi::xml_node& node) {
        if (is_first(node, "QualificationConfirmSearchInfo")) {
            reader.read_fields(node, internal::search_fields(request), request.other);
            return true;
        }
        if (!is_first(node, "ReceptionConfirmation") || is_leaf(node)) return false;
        reader.read_fields(node, internal::confirmation_fields(request), request.other_in_confirmation);
        return true;
    };
    reader.each_child(root, request.other_in_message, [&](const pugi::xml_node& node) {
        if (is_first(node, "MessageHeader")) {
            reader.read_header(node, request.header);
            return true;
        }
        if (!is_first(node, "MessageBody")) return false;
        reader.each_child(node, request.other_in_body, take_from_body);
        return true;
    });
    return request;
}

}  // namespace uketsuke::net
