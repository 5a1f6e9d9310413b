#pragma once
// A request as it came and what is answered to it: values between the connections and the router.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "net/desk/internal/request_text.h"
#include "net/desk/internal/sessions.h"

namespace uketsuke::net::internal {

struct Request {
    std::string method;
    std::string version;  ///< "HTTP/1.1"
    std::string raw_target;
    std::map<std::string, std::vector<std::string>> headers;  ///< by lower-case name
    std::string body;
    std::string peer;       ///< the browser's address
    std::string local;      ///< ours on this connection
    Target target;          ///< filled by DeskRouter::check_head
    bool admitted = false;  ///< its sign-in try was counted already

    /// Empty when it is absent.
    const std::string& header(const std::string& name) const;
};

struct Answer {
    enum class Kind : std::uint8_t {
        Reply,
        Stream,  ///< the live events of `session`
        Wait,    ///< ask again when its turn for an Argon2id run comes
    };
    Kind kind = Kind::Reply;
    int status = 204;
    std::string type = "application/json";
    std::string body;
    std::string download;
    std::vector<std::pair<std::string, std::string>> headers;
    SessionKey session{};
    bool close = false;  ///< what comes after it on the connection cannot be trusted
};

Answer refusal(int status, const char* word);

}  // namespace uketsuke::net::internal
