#pragma once
// One HTTPS call over libcurl's multi interface, so that another thread can end it at once.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "net/eligibility_client.h"
#include "net/error.h"

namespace uketsuke::net::internal {

struct HttpAnswer {
    ReplyHead head;
    std::string body;
};

class TokenIdentity;

/// In what a call to another server than the service differs.
struct CallerKind {
    std::string shown;               ///< who is called, in messages; empty: "service <url>"
    bool system_trust = false;       ///< without a CA of its own the system's are believed
    bool plain_http = false;         ///< http is allowed, too
    bool answer_is_ignored = false;  ///< a body that is too long is left unread, and the status counts
};

/// Keeps its connections. call() from one thread at a time; cancel() and resume() from any.
class CurlCaller {
  public:
    static Result<std::unique_ptr<CurlCaller>> create(const ServiceOptions& options, const CallerKind& kind = {});
    ~CurlCaller();
    CurlCaller(const CurlCaller&) = delete;
    CurlCaller& operator=(const CurlCaller&) = delete;

    /// POST with a body, GET without. `headers` are whole "Name: value" lines. The body is read where it stands, and
    /// no copy of it is kept here. `answer_limit`: of this answer; 0: as of every other (ServiceOptions).
    Result<HttpAnswer> call(const std::string& path, const std::vector<std::string>& headers,
                            std::optional<std::span<const std::uint8_t>> body = std::nullopt,
                            std::size_t answer_limit = 0);
    void cancel();
    void resume();

  private:
    struct Handles;
    CurlCaller(ServiceOptions options, CallerKind kind, std::unique_ptr<TokenIdentity> token,
               std::unique_ptr<Handles> handles);
    /// `exceeded`: the limit that the answer went beyond; 0: none.
    Result<HttpAnswer> finish(int curl_code, std::size_t exceeded, bool begun, HttpAnswer answer) const;

    ServiceOptions m_options;
    CallerKind m_kind;
    std::unique_ptr<TokenIdentity> m_token;  ///< outlives the handles, whose connections use its key
    std::unique_ptr<Handles> m_handles;
    std::atomic<bool> m_cancelled{false};
};

}  // namespace uketsuke::net::internal
