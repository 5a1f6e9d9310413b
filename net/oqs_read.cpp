#include <algorithm>
#include <pugixml.hpp>

#include "net/internal/oqs_fields.h"
#include "net/internal/text_encoding.h"
#include "net/oqs_xml.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

using internal::Fields;

std::string text_of(const pugi::xml_node& node) {
    std::string text;
    for (const pugi::xml_node& child : node.children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
    }
    return text;
}

bool is_leaf(const pugi::xml_node& node) {
    const auto children = node.children();
    return std::none_of(children.begin(), children.end(),
                        [](const pugi::xml_node& child) { return child.type() == pugi::node_element; });
}

// A known path fills its field, the first time; everything else is kept under its path.
template <class Text>
void read_fields(const pugi::xml_node& node, const std::string& prefix, const Fields<Text>& fields,
                 OtherElements& other) {
    for (const pugi::xml_node& child : node.children()) {
        if (child.type() != pugi::node_element) continue;
        const std::string path = prefix + child.name();
        if (!is_leaf(child)) {
            read_fields(child, path + "/", fields, other);
            continue;
        }
        const auto known =
            std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == path; });
        if (known != fields.end() && known->second->empty()) {
            *known->second = text_of(child);
        } else {
            other.emplace(path, text_of(child));
        }
    }
}

std::string take(OtherElements& other, const std::string& path) {
    const auto found = other.find(path);
    if (found == other.end()) return "";
    std::string text = std::move(found->second);
    other.erase(found);
    return text;
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

Result<bool> load(std::string_view text, const XmlLimits& limits, pugi::xml_document& document) {
    if (text.size() > limits.bytes) {
        return fail(Fault::AnswerTooBig, "document: more than " + std::to_string(limits.bytes) + " bytes");
    }
    if (text.find('\0') != std::string_view::npos) return fail(Fault::BadAnswer, "document: it holds a zero byte");
    auto utf8 = internal::to_utf8(text);
    if (!utf8) return tl::unexpected(utf8.error());
    const pugi::xml_parse_result parsed = document.load_buffer(
        utf8->text.data(), utf8->text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
    wipe(utf8->text);
    if (!parsed) {
        return fail(Fault::BadAnswer,
                    std::string("document: ") + parsed.description() + " at byte " + std::to_string(parsed.offset));
    }
    if (auto shape = check_shape(document, limits); !shape) return tl::unexpected(shape.error());
    if (std::string_view(document.document_element().name()) != "XmlMsg") {
        return fail(Fault::BadAnswer, "document: its root is not XmlMsg");
    }
    return utf8->repaired;
}

void read_header(const pugi::xml_node& root, OqsHeader& header) {
    read_fields(root.child("MessageHeader"), "", internal::header_fields(header), header.other);
    header.segment_of_result = internal::segment_of(take(header.other, "SegmentOfResult"));
}

}  // namespace

Result<OqsAnswer> read_answer(std::string_view text, const XmlLimits& limits) {
    pugi::xml_document document;
    const auto loaded = load(text, limits, document);
    if (!loaded) return tl::unexpected(loaded.error());
    const pugi::xml_node root = document.document_element();
    if (!root.child("MessageHeader")) return fail(Fault::BadAnswer, "document: it has no MessageHeader");

    OqsAnswer answer;
    answer.text_repaired = *loaded;
    read_header(root, answer.header);
    const pugi::xml_node body = root.child("MessageBody");
    for (const pugi::xml_node& list : body.children("ResultList")) {
        for (const pugi::xml_node& node : list.children("ResultOfQualificationConfirmation")) {
            QualificationResult result;
            read_fields(node, "", internal::result_fields(result), result.other);
            answer.results.push_back(std::move(result));
        }
    }
    // The results were taken; what else stands in the body is its own.
    for (const pugi::xml_node& child : body.children()) {
        if (child.type() != pugi::node_element || std::string_view(child.name()) == "ResultList") continue;
        if (is_leaf(child)) {
            answer.other.emplace(child.name(), text_of(child));
        } else {
            read_fields(child, std::string(child.name()) + "/", Fields<std::string>{}, answer.other);
        }
    }
    for (const auto& [path, field] : internal::body_fields(answer)) *field = take(answer.other, std::string(path));
    answer.processing_status = internal::status_of(take(answer.other, "ProcessingResultStatus"));
    answer.validity = internal::validity_of(take(answer.other, "QualificationValidity"));
    return answer;
}

Result<OqsRequest> read_request(std::string_view text, const XmlLimits& limits) {
    pugi::xml_document document;
    const auto loaded = load(text, limits, document);
    if (!loaded) return tl::unexpected(loaded.error());
    const pugi::xml_node root = document.document_element();
    const pugi::xml_node search = root.child("MessageBody").child("QualificationConfirmSearchInfo");
    if (!root.child("MessageHeader") || !search) {
        return fail(Fault::BadAnswer, "document: it has no MessageHeader or no QualificationConfirmSearchInfo");
    }
    OqsRequest request;
    read_header(root, request.header);
    read_fields(search, "", internal::search_fields(request), request.other);
    read_fields(root.child("MessageBody").child("ReceptionConfirmation"), "", internal::confirmation_fields(request),
                request.other);
    return request;
}

}  // namespace uketsuke::net
