#pragma once
// Telling the clinic's own system of each reception: one signed HTTPS POST, as a value (libcurl).
//   Content-Type: application/json
//   Idempotency-Key: <request's id>:<version of the row>
//   Uketsuke-Signature: t=<seconds since 1970>,v1=<HMAC-SHA256 in lower-case hexadecimal over "<t>.<body>">
// TLS 1.2 or newer (plain HTTP only within this machine), no redirect, no proxy from the environment. 2xx: taken.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/error.h"
#include "net/outbox.h"

namespace uketsuke::net {

/// The first line of a plain file that others cannot read (mode 0600), 32 bytes or more. BadKey.
Result<std::string> load_webhook_secret(const std::filesystem::path& file);

struct WebhookOptions {
    std::string url;                ///< never shown whole: its path may be a secret, too
    std::string secret;             ///< 32 bytes or more
    std::filesystem::path ca_file;  ///< empty: the system's
    std::chrono::milliseconds connect_limit{5'000};
    std::chrono::milliseconds total_limit{15'000};
};

enum class WebhookReply {
    Taken,     ///< 2xx
    TryLater,  ///< any other status, or no answer
    Refused,   ///< 400, 409, 410, 413, 415, 422: it will not be taken as it is
};

struct WebhookResult {
    WebhookReply reply = WebhookReply::TryLater;
    int status = 0;  ///< 0: no answer
    std::optional<std::chrono::seconds> retry_after;
    std::string why;  ///< plain English, no personal value
};

/// {"id","version","accepted_at","state":"queued|confirmed|see the
/// desk","method","meaning","remarks":[…],"person":{…}}. state and meaning by the table of net/meaning.h, as the
/// patient's screen; meaning null while nothing is decided, and for a declaration that had nothing to ask. person null
/// but where the service named exactly one, and it is this patient: name, name_kana, birth_date, sex, insurer_number,
/// symbol, number, branch. `covers`: as RemarkContext::covers. Personal: wipe after use.
std::string webhook_body(const NotifyTask& task, const std::function<bool(char32_t)>& covers = {});
/// The header's value for a body sent at `at`.
std::string webhook_signature(std::string_view secret, std::chrono::sys_seconds at, std::string_view body);
/// Whether a receiver should believe it: the signature holds and is not older or newer than `tolerance`.
bool webhook_signature_holds(std::string_view header, std::string_view secret, std::string_view body,
                             std::chrono::sys_seconds now, std::chrono::seconds tolerance);

/// One thread at a time for post(); cancel() from any.
class Webhook {
  public:
    /// BadOptions: an URL that is neither https nor http within this machine, or has a user in it; a short secret.
    static Result<std::unique_ptr<Webhook>> create(const WebhookOptions& options);
    ~Webhook();
    Webhook(const Webhook&) = delete;
    Webhook& operator=(const Webhook&) = delete;

    /// The answer's body is not read beyond some kilobytes, and not used.
    WebhookResult post(const std::string& idempotency_key, const std::string& body, std::chrono::sys_seconds now);
    /// The call in progress and every later one ends at once.
    void cancel();

    struct Parts;

  private:
    explicit Webhook(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::net
