#include "net/internal/simulated_document.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <pugixml.hpp>

#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::string_view black_circle = "\xE2\x97\x8F";
constexpr std::string_view wide_blank = "\xE3\x80\x80";
constexpr const char* declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n";

class StringWriter : public pugi::xml_writer {
  public:
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
    std::string text = declaration;
};

bool read(const std::string& text, pugi::xml_document& document) {
    return static_cast<bool>(document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8));
}

std::string written(const pugi::xml_document& document) {
    StringWriter writer;
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return std::move(writer.text);
}

void set(pugi::xml_node parent, const char* name, const std::string& text) {
    pugi::xml_node node = parent.child(name);
    if (!node) node = parent.append_child(name);
    node.text().set(text.c_str());
}

// The tree of a document that we wrote ourselves: a few levels.
void write_days(pugi::xml_node node, std::chrono::sys_seconds now) {
    for (pugi::xml_node child : node.children()) {
        if (child.type() == pugi::node_pcdata) {
            child.set_value(day_of(child.value(), now).c_str());
        } else {
            write_days(child, now);
        }
    }
}

void expire(pugi::xml_node body, pugi::xml_node result, const DocumentChanges& changes) {
    const std::string yesterday = jst_date(changes.now - std::chrono::hours(24));
    switch (changes.expired) {
        case Expired::None:
            break;
        case Expired::Card:
            set(result, "InsuredCardExpirationDate", yesterday);
            break;
        case Expired::Qualification:
            set(body, "QualificationValidity", "2");
            set(result, "DisqualificationDate", yesterday);
            set(result, "ReasonOfLoss", "99");
            break;
    }
}

void change_result(pugi::xml_node body, pugi::xml_node result, const DocumentChanges& changes) {
    if (changes.hide_limit_amount) result.remove_child("LimitApplicationCertificateRelatedInfo");
    expire(body, result, changes);
    if (changes.black_circles < 1) return;
    for (const char* name : {"Name", "Address"}) {
        if (pugi::xml_node node = result.child(name)) {
            node.text().set(with_black_circles(node.text().get(), changes.black_circles).c_str());
        }
    }
}

std::size_t character_length(unsigned char first) {
    return first < 0x80 ? 1 : (first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2));
}

}  // namespace

std::string day_of(const std::string& text, std::chrono::sys_seconds now) {
    constexpr std::string_view today = "today";
    if (!text.starts_with(today)) return text;
    int days = 0;
    const char* end = text.data() + text.size();
    const char* from = text.data() + today.size();
    if (from != end) {
        const auto read = std::from_chars(*from == '+' ? from + 1 : from, end, days);
        if (read.ec != std::errc{} || read.ptr != end || days > 36'600 || days < -36'600) return text;
    }
    return jst_date(now + std::chrono::hours(24) * days);
}

std::string with_black_circles(const std::string& text, int n) {
    if (n < 1) return text;
    std::string out;
    int seen = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::string character = text.substr(at, character_length(static_cast<unsigned char>(text[at])));
        at += character.size();
        const bool counts = character != wide_blank && character != " ";
        const bool replaced = counts && ++seen % n == 0;
        out += replaced ? std::string(black_circle) : character;
    }
    return out;
}

std::string changed(const std::string& text, const DocumentChanges& changes) {
    const bool limit = changes.hide_limit_amount && text.find("<LimitApplicationCertificateRelatedInfo>") != text.npos;
    const bool any = limit || changes.duplicate || changes.black_circles > 0 || changes.expired != Expired::None ||
                     text.find(">today") != std::string::npos;
    pugi::xml_document document;
    if (!any || !read(text, document)) return text;
    pugi::xml_node body = document.document_element().child("MessageBody");
    pugi::xml_node list = body.child("ResultList");
    write_days(list, changes.now);
    const pugi::xml_node last = list.last_child();
    for (pugi::xml_node result = list.first_child(); result; result = result.next_sibling()) {
        change_result(body, result, changes);
        if (changes.duplicate) list.append_copy(result);
        if (result == last) break;
    }
    return written(document);
}

std::string readdressed(const std::string& text, const std::string& identifier) {
    pugi::xml_document document;
    if (!read(text, document)) return text;
    const pugi::xml_node root = document.document_element();
    set(root.child("MessageHeader"), "ArbitraryFileIdentifier", identifier);
    for (const pugi::xml_node& result : root.child("MessageBody").child("ResultList").children()) {
        set(result, "ArbitraryIdentifier", identifier);
    }
    return written(document);
}

std::string with_body_element(const std::string& text, const char* name, const std::string& value) {
    pugi::xml_document document;
    if (!read(text, document)) return text;
    set(document.document_element().child("MessageBody"), name, value);
    return written(document);
}

std::string search_text(const std::string& text, const char* name) {
    pugi::xml_document document;
    if (!read(text, document)) return "";
    return document.document_element().child("MessageBody").child("QualificationConfirmSearchInfo").child_value(name);
}

std::string in_shift_jis(const std::string& text) {
    pugi::xml_document document;
    if (!read(text, document)) return text;
    set(document.document_element().child("MessageHeader"), "CharacterCodeIdentifier", "1");
    std::string from = written(document).replace(0, std::string_view(declaration).size(),
                                                 "<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>\n");
    iconv_t converter = ::iconv_open("CP932", "UTF-8");
    if (converter == reinterpret_cast<iconv_t>(-1)) return text;
    std::string out;
    char* at = from.data();
    std::size_t left = from.size();
    std::array<char, 4096> chunk{};
    while (left > 0) {
        char* to = chunk.data();
        std::size_t room = chunk.size();
        const std::size_t rc = ::iconv(converter, &at, &left, &to, &room);
        const int error = errno;
        out.append(chunk.data(), chunk.size() - room);
        if (rc != static_cast<std::size_t>(-1) || error == E2BIG) continue;
        out += "\x81\x9C";  // ● in CP932
        const std::size_t length = std::min(left, character_length(static_cast<unsigned char>(*at)));
        at += length;
        left -= length;
    }
    ::iconv_close(converter);
    return out;
}

}  // namespace uketsuke::net::internal
