#include "app/config/text_forms.h"

#include "app/config/keys.h"
#include "app/config/staff_code.h"

namespace uketsuke::config {

bool anything(std::string_view) {
    return true;
}

bool is_device(std::string_view text) {
    if (text.starts_with("/")) return text.size() > 1;
    return !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_url(std::string_view text) {
    const std::size_t host = text.find("://");
    return text.empty() || (host != std::string_view::npos && host > 0 && host + 3 < text.size() &&
                            text.find(' ') == std::string_view::npos);
}

bool is_https(std::string_view text) {
    return text.empty() || (text.starts_with("https://") && is_url(text));
}

bool is_pkcs11(std::string_view text) {
    return text.empty() || (text.starts_with("pkcs11:") && text.find(' ') == std::string_view::npos);
}

bool is_institution(std::string_view text) {
    return text.empty() || (text.size() == 10 && text.find_first_not_of("0123456789") == std::string_view::npos);
}

bool is_address(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos && text.size() <= 45;
}

bool are_names(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:.- ") ==
           std::string_view::npos;
}

// Over the network only sealed; within this machine as the receiver likes it.
bool is_webhook(std::string_view text) {
    return is_https(text) || text.starts_with("http://127.0.0.1:") || text.starts_with("http://localhost:");
}

bool are_ways(std::string_view text) {
    return other_ways_of(text).has_value();
}

bool is_queue(std::string_view text) {
    return text.size() <= 127 && text.find_first_of(" /#?'\"\\") == std::string_view::npos;
}

bool is_hash(std::string_view text) {
    return text.empty() || is_staff_code_hash(std::string{text});
}

// As net/keyring.h takes them.
bool is_tour_code(std::string_view text) {
    return text.empty() ||
           (text.size() >= 6 && text.size() <= 12 && text.find_first_not_of("0123456789") == std::string_view::npos);
}

}  // namespace uketsuke::config
