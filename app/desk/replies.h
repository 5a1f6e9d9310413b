// Answers of the desk and what it reads of its calls' bodies. Private to app/desk.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/desk/desk_server.h"

namespace uketsuke::desk {

net::DeskReply refuse(int status, const char* word);  // {"error":"<word>"}
net::DeskReply with(const nlohmann::json& value, int status = 200);

// The object of a body; nullopt when it is none, or has a member that is not among `known`.
std::optional<nlohmann::json> object_of(const std::string& body, std::initializer_list<std::string_view> known);
// A text of at most `longest` bytes; empty when it is missing; nullopt when it is something else.
std::optional<std::string> text_in(const nlohmann::json& object, const char* member, std::size_t longest);
// A whole number from 0; nullopt when it is none.
std::optional<std::uint64_t> number_in(std::string_view text);
// "/arrivals/3f/seen" → {"arrivals","3f","seen"}; at most 4 parts, none empty; else empty.
std::vector<std::string_view> parts_of(std::string_view path);

}  // namespace uketsuke::desk
