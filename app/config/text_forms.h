// What a text in the configuration must look like. Internal to app/config; pure.
#pragma once

#include <string_view>

namespace uketsuke::config {

bool anything(std::string_view);
bool is_device(std::string_view text);
bool is_url(std::string_view text);
bool is_https(std::string_view text);
bool is_pkcs11(std::string_view text);
bool is_institution(std::string_view text);
bool is_address(std::string_view text);
bool are_names(std::string_view text);
bool is_webhook(std::string_view text);
bool are_ways(std::string_view text);
bool is_queue(std::string_view text);
bool is_hash(std::string_view text);
bool is_tour_code(std::string_view text);

}  // namespace uketsuke::config
