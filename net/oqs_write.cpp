#include <algorithm>
#include <pugixml.hpp>

#include "net/internal/oqs_fields.h"
#include "net/internal/text_encoding.h"
#include "net/internal/wiped_text.h"
#include "net/oqs_xml.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

void append(pugi::xml_node node, const char* name, const char* text) {
    node.append_child(name).text().set(text);
}

void append_code(pugi::xml_node node, const char* name, const char* code) {
    if (*code != '\0') append(node, name, code);
}

template <class Text>
void append_fields(pugi::xml_node node, const internal::Fields<Text>& fields) {
    for (const auto& [name, text] : fields) {
        if (!text->empty()) append(node, std::string(name).c_str(), text->c_str());
    }
}

void append_others(pugi::xml_node node, const OtherElements& other) {
    for (const OqsElement& element : other) {
        pugi::xml_node child = node.append_child(element.name.c_str());
        if (!element.text.empty()) child.append_child(pugi::node_pcdata).set_value(element.text.c_str());
        append_others(child, element.children);
    }
}

template <class Group, class Text>
void append_group(pugi::xml_node node, const char* name, const Group& group, const internal::Fields<Text>& fields) {
    if (group == Group{}) return;
    pugi::xml_node child = node.append_child(name);
    append_fields(child, fields);
    append_others(child, group.other);
}

void append_header(pugi::xml_node root, const OqsHeader& header) {
    pugi::xml_node node = root.append_child("MessageHeader");
    append_fields(node, internal::header_fields(header));
    append_code(node, "SegmentOfResult", code_of(header.segment_of_result));
    append_others(node, header.other);
}

void append_result(pugi::xml_node list, const QualificationResult& result) {
    pugi::xml_node node = list.append_child("ResultOfQualificationConfirmation");
    append_fields(node, internal::result_fields(result));
    append_group(node, internal::elderly_recipient_name, result.elderly_recipient,
                 internal::elderly_recipient_fields(result.elderly_recipient));
    append_group(node, internal::limit_application_name, result.limit_application,
                 internal::limit_application_fields(result.limit_application));
    if (!result.specific_diseases.empty() || !result.other_in_specific_diseases.empty()) {
        pugi::xml_node diseases = node.append_child(internal::specific_diseases_list_name);
        for (const SpecificDiseasesCertificate& certificate : result.specific_diseases) {
            append_group(diseases, internal::specific_diseases_name, certificate,
                         internal::specific_diseases_fields(certificate));
        }
        append_others(diseases, result.other_in_specific_diseases);
    }
    append_others(node, result.other);
}

class StringWriter : public pugi::xml_writer {
  public:
    explicit StringWriter(const char* head) {
        m_text.reserve(most_documents);
        m_text = head;
    }
    void write(const void* data, std::size_t size) override {
        internal::append_wiping(m_text, {static_cast<const char*>(data), size});
    }
    std::string take() { return std::move(m_text); }

  private:
    static constexpr std::size_t most_documents = 4096;
    std::string m_text;
};

constexpr const char* utf8_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n";
constexpr const char* shift_jis_head = "<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>\n";

// In UTF-8, whatever the head says. It comes first: put before a text, it would leave a copy of the text behind.
std::string text_of(const pugi::xml_document& document, const char* head) {
    StringWriter writer(head);
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return writer.take();
}

std::string text_of(const OqsAnswer& answer, const char* head) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("XmlMsg");
    append_header(root, answer.header);
    pugi::xml_node body = root.append_child("MessageBody");
    append_code(body, "ProcessingResultStatus", code_of(answer.processing_status));
    append_fields(body, internal::body_fields(answer));
    append_code(body, "QualificationValidity", code_of(answer.validity));
    append_others(body, answer.other);
    if (!answer.results.empty() || !answer.other_in_list.empty()) {
        pugi::xml_node list = body.append_child("ResultList");
        for (const QualificationResult& result : answer.results) append_result(list, result);
        append_others(list, answer.other_in_list);
    }
    append_others(root, answer.other_in_message);
    return text_of(document, head);
}

std::string text_of(const OqsRequest& request, const char* head) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("XmlMsg");
    append_header(root, request.header);
    pugi::xml_node body = root.append_child("MessageBody");
    pugi::xml_node search = body.append_child("QualificationConfirmSearchInfo");
    append_fields(search, internal::search_fields(request));
    append_others(search, request.other);
    const auto fields = internal::confirmation_fields(request);
    const bool confirmed =
        !request.other_in_confirmation.empty() ||
        std::any_of(fields.begin(), fields.end(), [](const auto& field) { return !field.second->empty(); });
    if (confirmed) {
        pugi::xml_node confirmation = body.append_child("ReceptionConfirmation");
        append_fields(confirmation, fields);
        append_others(confirmation, request.other_in_confirmation);
    }
    append_others(body, request.other_in_body);
    append_others(root, request.other_in_message);
    return text_of(document, head);
}

template <class Document>
Result<OqsDocument> encode_as(Document document, Encoding encoding) {
    document.header.character_code_identifier = std::string(encoding == Encoding::Utf8 ? "0" : "1");
    std::string utf8 = text_of(document, encoding == Encoding::Utf8 ? utf8_head : shift_jis_head);
    wipe(document);
    if (encoding == Encoding::Utf8) return OqsDocument{std::move(utf8), false};
    auto converted = internal::to_cp932(utf8);
    wipe(utf8);
    if (!converted) return tl::unexpected(converted.error());
    return OqsDocument{std::move(converted->bytes), converted->characters_replaced};
}

}  // namespace

std::string write_answer(const OqsAnswer& answer) {
    return text_of(answer, utf8_head);
}

std::string write_request(const OqsRequest& request) {
    return text_of(request, utf8_head);
}

Result<OqsDocument> write_answer(const OqsAnswer& answer, Encoding encoding) {
    return encode_as(answer, encoding);
}

Result<OqsDocument> write_request(const OqsRequest& request, Encoding encoding) {
    return encode_as(request, encoding);
}

}  // namespace uketsuke::net
