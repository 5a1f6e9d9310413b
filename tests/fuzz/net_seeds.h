#pragma once

#include <string>
#include <utility>
#include <vector>

#include "card/error.h"

namespace uketsuke::fuzz {

// Documents and HTTP answers about invented people, by name.
std::vector<std::pair<std::string, card::Bytes>> oqs_xml_seeds();
std::vector<std::pair<std::string, card::Bytes>> http_answer_seeds();
// Requests to the desk and lines of its record.
std::vector<std::pair<std::string, card::Bytes>> desk_request_seeds();
std::vector<std::pair<std::string, card::Bytes>> audit_line_seeds();
std::vector<std::pair<std::string, card::Bytes>> declaration_seeds();
// Keyrings under the key that the target has.
std::vector<std::pair<std::string, card::Bytes>> keyring_seeds();
std::vector<std::pair<std::string, card::Bytes>> care_seeds();
std::vector<std::pair<std::string, card::Bytes>> care_list_seeds();

}  // namespace uketsuke::fuzz
