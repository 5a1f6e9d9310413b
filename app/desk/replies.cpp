#include "app/desk/replies.h"

#include <algorithm>
#include <charconv>

namespace uketsuke::desk {

using nlohmann::json;

net::DeskReply with(const json& value, int status) {
    net::DeskReply reply;
    reply.status = status;
    reply.body = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return reply;
}

net::DeskReply refuse(int status, const char* word) {
    return with({{"error", word}}, status);
}

std::optional<json> object_of(const std::string& body, std::initializer_list<std::string_view> known) {
    json value = body.empty() ? json::object() : json::parse(body, nullptr, false);
    if (!value.is_object()) return std::nullopt;
    for (const auto& member : value.items()) {
        if (std::find(known.begin(), known.end(), member.key()) == known.end()) return std::nullopt;
    }
    return value;
}

std::optional<std::string> text_in(const json& object, const char* member, std::size_t longest) {
    const auto found = object.find(member);
    if (found == object.end() || found->is_null()) return std::string();
    if (!found->is_string()) return std::nullopt;
    auto text = found->get<std::string>();
    if (text.size() > longest) return std::nullopt;
    return text;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (path.size() > 1 && path.front() == '/') {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end == 0 || parts.size() == 4) return {};
        parts.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return path.empty() ? parts : std::vector<std::string_view>{};
}

}  // namespace uketsuke::desk
