#include "net/desk/internal/replies.h"

#include <sodium.h>

#include <array>
#include <memory>

namespace uketsuke::net::internal {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 9> k_headers{
    {{"Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; media-src "
      "'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"},
     {"X-Content-Type-Options", "nosniff"},
     {"Referrer-Policy", "no-referrer"},
     {"Strict-Transport-Security", "max-age=31536000"},
     {"Cache-Control", "no-store"},
     {"Cross-Origin-Opener-Policy", "same-origin"},
     {"Cross-Origin-Resource-Policy", "same-origin"},
     {"X-Frame-Options", "DENY"},
     {"Permissions-Policy",
      "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=(), "
      "publickey-credentials-get=()"}}};

void overwrite(void* cls) {
    const std::unique_ptr<std::string> body(static_cast<std::string*>(cls));
    sodium_memzero(body->data(), body->size());
}

// What a house says goes into a header only as plain text.
bool is_plain(const std::string& text) {
    for (const char c : text) {
        if (c < 0x20 || c > 0x7e) return false;
    }
    return !text.empty();
}

}  // namespace

void add_common_headers(MHD_Response* response) {
    for (const auto& [name, value] : k_headers) MHD_add_response_header(response, name, value);
}

MHD_Result send(MHD_Connection* connection, Answer&& answer) {
    auto body = std::make_unique<std::string>(std::move(answer.body));
    const bool has_body = !body->empty();
    const std::size_t size = body->size();
    char* data = body->data();
    MHD_Response* response = MHD_create_response_from_buffer_with_free_callback_cls(size, data, &overwrite, body.get());
    if (response == nullptr) {
        sodium_memzero(data, size);
        return MHD_NO;
    }
    [[maybe_unused]] const auto* owned_by_response = body.release();
    add_common_headers(response);
    if (has_body) {
        const std::string& type = answer.type;
        MHD_add_response_header(response, "Content-Type", is_plain(type) ? type.c_str() : "application/octet-stream");
    }
    if (!answer.download.empty()) {
        const std::string disposition = "attachment; filename=\"" + safe_download_name(answer.download) + "\"";
        MHD_add_response_header(response, "Content-Disposition", disposition.c_str());
    }
    for (const auto& [name, value] : answer.headers) {
        MHD_add_response_header(response, name.c_str(), value.c_str());
    }
    if (answer.close) MHD_add_response_header(response, "Connection", "close");
    const bool sane = answer.status >= 200 && answer.status <= 599;
    const auto queued = MHD_queue_response(connection, sane ? static_cast<unsigned>(answer.status) : 500u, response);
    MHD_destroy_response(response);
    return queued;
}

}  // namespace uketsuke::net::internal
