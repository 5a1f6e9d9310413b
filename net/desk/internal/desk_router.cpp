#include "net/desk/internal/desk_router.h"

#include <algorithm>
#include <array>
#include <exception>

#include "net/desk/internal/peer.h"

namespace uketsuke::net::internal {
namespace {

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

bool is_change(const Request& request) {
    return request.method != "GET";
}

bool is_file(const std::string& path) {
    return path != "/session" && path != "/password" && path != "/events" && path != "/health" && path != "/metrics" &&
           path != "/api" && !path.starts_with("/api/");
}

const char* methods_of(const std::string& path) {
    if (path == "/session") return "GET, POST, DELETE";
    if (path == "/password") return "POST";
    if (path.starts_with("/api/")) return "GET, POST, PUT, DELETE";
    return "GET";
}

bool is_allowed(const std::string& methods, const std::string& method) {
    return (method == "GET" || method == "POST" || method == "PUT" || method == "DELETE") &&
           methods.find(method) != std::string::npos;
}

// Headers whose meaning would depend on which of two is taken.
constexpr std::array<const char*, 10> k_once{
    "host",          "origin",       "cookie",         "content-type",      "content-length",
    "authorization", "x-csrf-token", "sec-fetch-site", "transfer-encoding", "expect"};

// Whether the length of the body could be read in two ways.
bool has_doubtful_length(const Request& request) {
    const std::string& coding = request.header("transfer-encoding");
    if (coding.empty()) return false;
    return lower(coding) != "chunked" || !request.header("content-length").empty() || request.version != "HTTP/1.1";
}

bool is_too_long(const std::string& length) {
    if (length.empty()) return false;
    if (length.find_first_not_of("0123456789") != std::string::npos || length.size() > 9) return true;
    return std::stoul(length) > DeskRouter::k_largest_body;
}

Answer reply_of(DeskReply&& reply) {
    Answer answer;
    answer.status = reply.status;
    answer.type = std::move(reply.type);
    answer.body = std::move(reply.body);
    answer.download = std::move(reply.download);
    return answer;
}

}  // namespace

const std::string& Request::header(const std::string& name) const {
    static const std::string k_none;
    const auto found = headers.find(name);
    return found == headers.end() ? k_none : found->second.front();
}

Answer refusal(int status, const char* word) {
    Answer answer;
    answer.status = status;
    answer.body = std::string(R"({"error":")") + word + "\"}";
    return answer;
}

DeskRouter::DeskRouter(const DeskServerOptions& options, PageFiles files, StaffAccounts& accounts, DeskHouse& house)
    : m_files(std::move(files)),
      m_accounts(accounts),
      m_house(house),
      m_names{"localhost", "127.0.0.1", "[::1]"},
      m_metrics_token(options.metrics_token),
      m_now(options.now),
      m_news(options.news),
      m_sessions(options.signed_in_idle, options.signed_in_longest),
      m_sign_in(options, accounts, m_sessions) {
    for (const std::string& name : options.names) m_names.insert(lower(name));
    if (!m_now) {
        m_now = [] {
            return std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now().time_since_epoch());
        };
    }
}

// A page of another name that was made to point here (DNS rebinding) is not ours.
bool DeskRouter::is_our_host(const Request& request) const {
    const auto host = host_name_of(request.header("host"));
    if (!host) return false;
    return m_names.contains(*host) || *host == request.local || *host == "[" + request.local + "]";
}

bool DeskRouter::comes_from_our_page(const Request& request) const {
    const std::string& site = request.header("sec-fetch-site");
    const bool navigation = !is_change(request) && site == "none";
    if (!site.empty() && site != "same-origin" && !navigation) return false;
    const std::string& origin = request.header("origin");
    return origin.empty() || lower(origin) == "https://" + lower(request.header("host"));
}

std::optional<Answer> DeskRouter::check_head(Request& request) {
    const auto refuse = [](int status, const char* word) {
        Answer answer = refusal(status, word);
        answer.close = true;
        return answer;
    };
    for (const char* name : k_once) {
        const auto found = request.headers.find(name);
        if (found != request.headers.end() && found->second.size() > 1) return refuse(400, "header-twice");
    }
    if (request.version != "HTTP/1.1" && request.version != "HTTP/1.0") return refuse(505, "version");
    if (has_doubtful_length(request)) return refuse(400, "doubtful-length");
    if (is_too_long(request.header("content-length"))) return refuse(413, "too-long");
    auto target = target_of(request.raw_target);
    if (!target) return refuse(400, "bad-target");
    request.target = std::move(*target);
    if (request.header("host").empty()) return refuse(400, "no-host");
    if (!is_our_host(request)) return refuse(421, "other-host");
    const std::string& path = request.target.path;
    const char* methods = methods_of(path);
    if (!is_allowed(methods, request.method)) {
        Answer answer = refuse(405, "method");
        answer.headers.emplace_back("Allow", methods);
        return answer;
    }
    const bool empty = request.header("transfer-encoding").empty() &&
                       (request.header("content-length").empty() || request.header("content-length") == "0");
    if (!is_change(request) && !empty) return refuse(400, "body");
    if (!is_file(path) && !comes_from_our_page(request)) return refuse(403, "cross-site");
    if (!empty && !is_json_type(request.header("content-type"))) return refuse(415, "not-json");
    return std::nullopt;
}

Answer DeskRouter::answer(Request& request) {
    if (!request.body.empty() && !is_bounded_json(request.body)) return refusal(400, "bad-body");
    const std::string& path = request.target.path;
    if (path == "/session") return session(request);
    if (path == "/password") return password(request);
    if (path == "/events") return events(request);
    if (path == "/health" || path == "/metrics") return measured(request);
    if (path.starts_with("/api/")) return api(request);
    return file(request);
}

Session* DeskRouter::session_of(const Request& request, bool touch) {
    const auto id = cookie_of(request.header("cookie"), k_cookie);
    if (!id) return nullptr;
    Session* session = m_sessions.find(*id, m_now(), touch);
    if (session != nullptr && session->generation != m_accounts.generation(session->who.name)) {
        m_sessions.end(*id);
        return nullptr;
    }
    return session;
}

bool DeskRouter::is_signed_in(const SessionKey& key) {
    const Session* session = m_sessions.find(key, m_now());
    return session != nullptr && session->generation == m_accounts.generation(session->who.name);
}

std::optional<Answer> DeskRouter::check_signed_in(const Request& request, const Session* session) const {
    if (session == nullptr) return refusal(401, "signed-out");
    if (is_change(request) && !same_secret(request.header("x-csrf-token"), session->csrf)) return refusal(403, "csrf");
    return std::nullopt;
}

Answer DeskRouter::file(const Request& request) const {
    const auto found = m_files.find(request.target.path);
    if (found == m_files.end()) return refusal(404, "not-found");
    Answer answer;
    answer.status = 200;
    answer.type = found->second.type;
    answer.body = found->second.bytes;
    return answer;
}

Answer DeskRouter::session(Request& request) {
    if (request.method == "POST") return m_sign_in.begin(request, m_now());
    const Session* session = session_of(request, true);
    if (auto refused = check_signed_in(request, session)) return *refused;
    Answer answer;
    if (request.method == "GET") {
        answer.status = 200;
        answer.body = session_json(*session);
        return answer;
    }
    if (m_news) m_news({DeskNews::Kind::SignedOut, session->who.name, request.peer});
    m_sessions.end(*cookie_of(request.header("cookie"), k_cookie));
    answer.headers.emplace_back("Set-Cookie", cookie_with({}));
    return answer;
}

Answer DeskRouter::password(Request& request) {
    Session* session = session_of(request, true);
    if (auto refused = check_signed_in(request, session)) return *refused;
    return m_sign_in.change_password(request, *cookie_of(request.header("cookie"), k_cookie), *session, m_now());
}

Answer DeskRouter::events(const Request& request) {
    // A browser opens the stream again by itself: that nobody touches anything stays true.
    const Session* session = session_of(request, false);
    if (auto refused = check_signed_in(request, session)) return *refused;
    if (session->must_change) return refusal(403, "must-change");
    Answer answer;
    answer.kind = Answer::Kind::Stream;
    answer.session = Sessions::key_of(*cookie_of(request.header("cookie"), k_cookie));
    return answer;
}

bool DeskRouter::may_measure(const Request& request) const {
    if (is_loopback(request.peer)) return true;
    return !m_metrics_token.empty() && same_secret(request.header("authorization"), "Bearer " + m_metrics_token);
}

Answer DeskRouter::measured(const Request& request) {
    if (!may_measure(request)) return refusal(403, "not-from-here");
    try {
        return reply_of(request.target.path == "/health" ? m_house.health() : m_house.metrics());
    } catch (const std::exception&) {
        return refusal(503, "unavailable");
    }
}

Answer DeskRouter::api(Request& request) {
    const Session* session = session_of(request, true);
    if (auto refused = check_signed_in(request, session)) return *refused;
    if (session->must_change) return refusal(403, "must-change");
    DeskCall call;
    call.method = request.method;
    call.path = request.target.path.substr(std::string_view("/api").size());
    call.query = request.target.query;
    call.body = std::move(request.body);
    call.who = session->who;
    call.address = request.peer;
    try {
        return reply_of(m_house.answer(call));
    } catch (const std::exception&) {
        return refusal(503, "unavailable");
    }
}

}  // namespace uketsuke::net::internal
