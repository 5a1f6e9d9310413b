#include <pugixml.hpp>

#include "net/internal/oqs_fields.h"
#include "net/oqs_xml.h"

namespace uketsuke::net {
namespace {

// Elements with a common parent share it when they follow each other.
void append(pugi::xml_node node, std::string_view path, const std::string& text) {
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
        const std::string name(path.substr(0, slash));
        const pugi::xml_node last = node.last_child();
        node = last && name == last.name() ? last : node.append_child(name.c_str());
        path.remove_prefix(slash + 1);
    }
    node.append_child(std::string(path).c_str()).text().set(text.c_str());
}

void append_code(pugi::xml_node node, const char* name, const char* code) {
    if (*code != '\0') append(node, name, code);
}

template <class Text>
void append_fields(pugi::xml_node node, const internal::Fields<Text>& fields) {
    for (const auto& [path, text] : fields) {
        if (!text->empty()) append(node, path, *text);
    }
}

void append_others(pugi::xml_node node, const OtherElements& other) {
    for (const auto& [path, text] : other) append(node, path, text);
}

void append_header(pugi::xml_node root, const OqsHeader& header) {
    pugi::xml_node node = root.append_child("MessageHeader");
    append_fields(node, internal::header_fields(header));
    append_code(node, "SegmentOfResult", code_of(header.segment_of_result));
    append_others(node, header.other);
}

class StringWriter : public pugi::xml_writer {
  public:
    void write(const void* data, std::size_t size) override { m_text.append(static_cast<const char*>(data), size); }
    std::string take() { return std::move(m_text); }

  private:
    std::string m_text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n";
};

std::string to_text(const pugi::xml_document& document) {
    StringWriter writer;
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return writer.take();
}

}  // namespace

std::string write_answer(const OqsAnswer& answer) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("XmlMsg");
    append_header(root, answer.header);
    pugi::xml_node body = root.append_child("MessageBody");
    append_code(body, "ProcessingResultStatus", code_of(answer.processing_status));
    append_fields(body, internal::body_fields(answer));
    append_code(body, "QualificationValidity", code_of(answer.validity));
    append_others(body, answer.other);
    if (!answer.results.empty()) {
        pugi::xml_node list = body.append_child("ResultList");
        for (const QualificationResult& result : answer.results) {
            pugi::xml_node node = list.append_child("ResultOfQualificationConfirmation");
            append_fields(node, internal::result_fields(result));
            append_others(node, result.other);
        }
    }
    return to_text(document);
}

std::string write_request(const OqsRequest& request) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("XmlMsg");
    append_header(root, request.header);
    pugi::xml_node body = root.append_child("MessageBody");
    pugi::xml_node search = body.append_child("QualificationConfirmSearchInfo");
    append_fields(search, internal::search_fields(request));
    append_others(search, request.other);
    append_fields(body.append_child("ReceptionConfirmation"), internal::confirmation_fields(request));
    return to_text(document);
}

}  // namespace uketsuke::net
