#include "net/webhook.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "net/internal/curl_call.h"
#include "net/internal/http_date.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net {
namespace {

constexpr std::size_t shortest_secret = 32;
constexpr std::size_t longest_secret = 1'024;
constexpr std::size_t answer_limit = 64 * 1'024;

struct UrlFree {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

struct Target {
    bool plain = false;
    std::string shown;  ///< scheme, host and port
};

Result<Target> target_of(const std::string& text) {
    const std::unique_ptr<CURLU, UrlFree> url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        return fail(Fault::BadOptions, "webhook: its url cannot be read");
    }
    const std::string scheme = part_of(url.get(), CURLUPART_SCHEME), host = part_of(url.get(), CURLUPART_HOST);
    const std::string port = part_of(url.get(), CURLUPART_PORT);
    // libcurl itself gives "localhost" this machine's addresses.
    const bool here = host == "127.0.0.1" || host == "localhost" || host == "[::1]";
    if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty()) {
        return fail(Fault::BadOptions, "webhook: a user in its url; what is told is signed instead");
    }
    if (scheme != "https" && !(scheme == "http" && here)) {
        return fail(Fault::BadOptions, "webhook: its url must be https, or http within this machine");
    }
    return Target{scheme == "http", "webhook " + scheme + "://" + host + (port.empty() ? "" : ":" + port)};
}

WebhookReply reply_of(int status) {
    if (status >= 200 && status < 300) return WebhookReply::Taken;
    // It says something about this message; everything else about an address, a key or a server that somebody will put
    // right.
    const bool about_the_message =
        status == 400 || status == 409 || status == 410 || status == 413 || status == 415 || status == 422;
    return about_the_message ? WebhookReply::Refused : WebhookReply::TryLater;
}

}  // namespace

Result<std::string> load_webhook_secret(const std::filesystem::path& file) {
    const auto bad = [&](const std::string& what) {
        return fail(Fault::BadKey, "webhook secret " + file.string() + ": " + what);
    };
    const internal::UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd.ok()) return bad(std::strerror(errno));
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode)) return bad("not a plain file");
    if ((info.st_mode & 0077) != 0) return bad("other users can read or change it; it needs mode 0600 (chmod 600)");
    std::array<char, longest_secret> bytes{};
    const ssize_t size = ::read(fd.get(), bytes.data(), bytes.size());
    if (size < 0) return bad(std::strerror(errno));
    std::string secret(bytes.data(), static_cast<std::size_t>(size));
    OPENSSL_cleanse(bytes.data(), bytes.size());
    secret.resize(std::min(secret.find_first_of("\r\n"), secret.size()));
    if (secret.size() >= shortest_secret) return secret;
    wipe(secret);
    return bad("its first line has fewer than 32 characters");
}

struct Webhook::Parts {
    WebhookOptions options;
    std::string shown;
    std::unique_ptr<internal::CurlCaller> caller;
    ~Parts() { wipe(options.secret); }
};

Webhook::Webhook(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Webhook::~Webhook() = default;

Result<std::unique_ptr<Webhook>> Webhook::create(const WebhookOptions& options) {
    if (options.secret.size() < shortest_secret) {
        return fail(Fault::BadOptions, "webhook: its secret has fewer than 32 bytes");
    }
    auto target = target_of(options.url);
    if (!target) return tl::unexpected(target.error());
    ServiceOptions call;
    call.url = options.url;
    call.ca_file = options.ca_file;
    call.connect_limit = options.connect_limit;
    call.total_limit = options.total_limit;
    call.answer_limit = answer_limit;
    internal::CallerKind kind;
    kind.shown = target->shown;
    kind.system_trust = true;
    kind.plain_http = target->plain;
    kind.answer_is_ignored = true;
    auto caller = internal::CurlCaller::create(call, kind);
    if (!caller) return tl::unexpected(Error{caller.error().fault, kind.shown + ": " + caller.error().where});
    auto parts = std::make_unique<Parts>();
    parts->options = options;
    parts->shown = kind.shown;
    parts->caller = std::move(*caller);
    return std::unique_ptr<Webhook>(new Webhook(std::move(parts)));
}

WebhookResult Webhook::post(const std::string& idempotency_key, const std::string& body, std::chrono::sys_seconds now) {
    Parts& p = *m_parts;
    const std::vector<std::string> headers{"Content-Type: application/json", "Idempotency-Key: " + idempotency_key,
                                           "Uketsuke-Signature: " + webhook_signature(p.options.secret, now, body)};
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
    auto answer = p.caller->call("", headers, bytes);
    WebhookResult result;
    if (!answer) {
        result.why = answer.error().where;
        return result;
    }
    wipe(answer->body);
    result.status = answer->head.status;
    result.reply = reply_of(result.status);
    result.retry_after = internal::parse_retry_after(answer->head.retry_after, answer->head.date);
    if (result.reply != WebhookReply::Taken) result.why = p.shown + ": HTTP " + std::to_string(result.status);
    return result;
}

void Webhook::cancel() {
    m_parts->caller->cancel();
}

}  // namespace uketsuke::net
