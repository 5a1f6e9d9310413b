#include "net/internal/curl_call.h"

#include <curl/curl.h>

#include <array>
#include <filesystem>

#include "net/internal/token_identity.h"
#include "net/internal/wiped_text.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {
namespace {

struct EasyFree {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiFree {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListFree {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Receiver {
    HttpAnswer answer;
    std::size_t limit = 0;
    bool too_big = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto* receiver = static_cast<Receiver*>(user);
    const std::size_t bytes = size * count;
    if (receiver->answer.body.size() + bytes > receiver->limit) {
        receiver->too_big = true;
        return 0;
    }
    append_wiping(receiver->answer.body, {data, bytes});
    return bytes;
}

// The value of the header line, when it has this name.
std::optional<std::string> header_value(std::string_view line, std::string_view name) {
    if (line.size() <= name.size() || curl_strnequal(line.data(), name.data(), name.size()) == 0) return std::nullopt;
    const std::string_view value = line.substr(name.size());
    const std::size_t first = value.find_first_not_of(" \t");
    const std::size_t last = value.find_last_not_of(" \t\r\n");
    if (first == std::string_view::npos || first > last) return std::nullopt;
    return std::string(value.substr(first, last - first + 1));
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
    const std::string_view line(data, size * count);
    ReplyHead& head = static_cast<Receiver*>(user)->answer.head;
    if (auto value = header_value(line, "retry-after:")) head.retry_after = std::move(*value);
    if (auto value = header_value(line, "date:")) head.date = std::move(*value);
    if (const auto value = header_value(line, "uketsuke-device-standing:")) head.device_lost = *value == "lost";
    return line.size();
}

Fault fault_of(int code) {
    // An int on purpose: CURLcode has values of every protocol, and a later libcurl adds more.
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return Fault::NameUnknown;
        case CURLE_COULDNT_CONNECT:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
            return Fault::Unreachable;
        case CURLE_OPERATION_TIMEDOUT:
            return Fault::Timeout;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_ISSUER_ERROR:
            return Fault::TlsRefused;
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_ENGINE_NOTFOUND:
        case CURLE_SSL_ENGINE_SETFAILED:
        case CURLE_SSL_ENGINE_INITFAILED:
            return Fault::OwnIdentity;
        case CURLE_SSL_CACERT_BADFILE:
            return Fault::BadOptions;
        case CURLE_PARTIAL_FILE:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return Fault::BadAnswer;
        case CURLE_OUT_OF_MEMORY:
        case CURLE_FAILED_INIT:
            return Fault::Internal;
    }
    return Fault::Unreachable;
}

// What libcurl's code alone does not tell apart.
Fault fault_by_words(int code, const std::string& why, bool token) {
    const auto says = [&why](const char* words) { return why.find(words) != std::string::npos; };
    // With TLS 1.3 the service judges our certificate after the handshake: the refusal arrives as a failed read.
    const bool broken = code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR || code == CURLE_SSL_CONNECT_ERROR;
    if (broken && says("alert") && says("certificate")) return Fault::OwnIdentity;
    // A token that was pulled out signs no handshake.
    if (token && says("PKCS#11")) return Fault::OwnIdentity;
    // A handshake that just ends is a broken network or a service that restarts: nothing was said about trust.
    const bool ended =
        says("reset by peer") || says("SSL_ERROR_SYSCALL") || says("unexpected eof") || says("Broken pipe");
    if (code == CURLE_SSL_CONNECT_ERROR && ended) return Fault::Unreachable;
    return fault_of(code);
}

curl_blob blob_of(const std::string& text) {
    return {const_cast<char*>(text.data()), text.size(), CURL_BLOB_COPY};  // copied at once, never written to
}

CURLcode use_token(CURL* /*easy*/, void* ssl_context, void* token) {
    return static_cast<const TokenIdentity*>(token)->use_in(ssl_context) ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

bool set_token(CURL* easy, TokenIdentity* token) {
    return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, use_token) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, token) == CURLE_OK;
}

CallTiming timing_of(CURL* easy) {
    curl_off_t connected = 0;
    curl_off_t sent = 0;
    curl_off_t total = 0;
    curl_easy_getinfo(easy, CURLINFO_APPCONNECT_TIME_T, &connected);
    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &sent);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &total);
    return {std::chrono::microseconds(connected), std::chrono::microseconds(total > sent ? total - sent : 0)};
}

// A connection stood, and the request was on its way.
bool has_begun(CURL* easy) {
    curl_off_t began = 0;
    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &began);
    return began > 0;
}

int version_of(CURL* easy) {
    long version = CURL_HTTP_VERSION_NONE;
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    switch (version) {
        case CURL_HTTP_VERSION_1_0:
            return 10;
        case CURL_HTTP_VERSION_1_1:
            return 11;
        case CURL_HTTP_VERSION_2_0:
            return 20;
    }
    return 0;
}

bool set_trust(CURL* easy, const ServiceOptions& o, bool system_trust) {
    if (system_trust && o.ca_file.empty() && o.ca_pem.empty()) return true;
    // Debian's build trusts /etc/ssl/certs by itself: a pinned CA means nothing beside it.
    bool ok = curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr) == CURLE_OK;
    if (!o.ca_file.empty()) {
        ok = ok && curl_easy_setopt(easy, CURLOPT_CAINFO, o.ca_file.c_str()) == CURLE_OK;
    } else {
        curl_blob ca = blob_of(o.ca_pem);
        ok = ok && curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr) == CURLE_OK &&
             curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca) == CURLE_OK;
    }
    if (!o.client_key_uri.empty()) return ok;
    if (!o.client_certificate.empty()) {
        return ok && curl_easy_setopt(easy, CURLOPT_SSLCERT, o.client_certificate.c_str()) == CURLE_OK &&
               curl_easy_setopt(easy, CURLOPT_SSLKEY, o.client_key.c_str()) == CURLE_OK;
    }
    if (!o.client_certificate_pem.empty()) {
        curl_blob certificate = blob_of(o.client_certificate_pem);
        curl_blob key = blob_of(o.client_key_pem);
        return ok && curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &certificate) == CURLE_OK &&
               curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &key) == CURLE_OK;
    }
    return ok;
}

bool set_limits(CURL* easy, const ServiceOptions& o, bool plain_http) {
    const auto set = [easy](CURLoption option, long value) {
        return curl_easy_setopt(easy, option, value) == CURLE_OK;
    };
    return set(CURLOPT_NOSIGNAL, 1) && set(CURLOPT_FOLLOWLOCATION, 0) && set(CURLOPT_SSL_VERIFYPEER, 1) &&
           set(CURLOPT_SSL_VERIFYHOST, 2) && set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2) &&
           set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS) && set(CURLOPT_TCP_KEEPALIVE, 1) &&
           set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(o.connect_limit.count())) &&
           set(CURLOPT_TIMEOUT_MS, static_cast<long>(o.total_limit.count())) && set(CURLOPT_LOW_SPEED_LIMIT, 16) &&
           set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(o.low_speed_limit.count())) &&
           curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, plain_http ? "http,https" : "https") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK;
}

}  // namespace

struct CurlCaller::Handles {
    std::unique_ptr<CURLM, MultiFree> multi;
    std::unique_ptr<CURL, EasyFree> easy;
    std::array<char, CURL_ERROR_SIZE> text{};
    // A handle that belongs to a multi must leave it before either is freed.
    bool inside = false;
    ~Handles() {
        if (inside) curl_multi_remove_handle(multi.get(), easy.get());
    }
};

Result<std::unique_ptr<CurlCaller>> CurlCaller::create(const ServiceOptions& options, const CallerKind& kind) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) return fail(Fault::Internal, "libcurl does not start");
    auto handles = std::make_unique<Handles>();
    handles->multi.reset(curl_multi_init());
    handles->easy.reset(curl_easy_init());
    if (!handles->multi || !handles->easy) return fail(Fault::Internal, "libcurl: out of memory");
    CURL* easy = handles->easy.get();
    std::unique_ptr<TokenIdentity> token;
    if (!options.client_key_uri.empty()) {
        auto loaded = TokenIdentity::load(options);
        if (!loaded) return tl::unexpected(loaded.error());
        token = std::move(*loaded);
    }
    if (!set_limits(easy, options, kind.plain_http) || !set_trust(easy, options, kind.system_trust) ||
        (token && !set_token(easy, token.get())) ||
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, handles->text.data()) != CURLE_OK) {
        return fail(Fault::BadOptions, "service: libcurl refuses an option (TLS 1.2, HTTPS or the CA)");
    }
    curl_multi_setopt(handles->multi.get(), CURLMOPT_MAXCONNECTS, 2L);
    return std::unique_ptr<CurlCaller>(new CurlCaller(options, kind, std::move(token), std::move(handles)));
}

CurlCaller::CurlCaller(ServiceOptions options, CallerKind kind, std::unique_ptr<TokenIdentity> token,
                       std::unique_ptr<Handles> handles)
    : m_options(std::move(options)),
      m_kind(std::move(kind)),
      m_token(std::move(token)),
      m_handles(std::move(handles)) {}

CurlCaller::~CurlCaller() {
    wipe(m_options.client_key_pem);
}

void CurlCaller::cancel() {
    m_cancelled = true;
    curl_multi_wakeup(m_handles->multi.get());
}

void CurlCaller::resume() {
    m_cancelled = false;
}

Result<HttpAnswer> CurlCaller::call(const std::string& path, const std::vector<std::string>& headers,
                                    std::optional<std::span<const std::uint8_t>> body, std::size_t answer_limit) {
    CURL* easy = m_handles->easy.get();
    CURLM* multi = m_handles->multi.get();
    Receiver receiver;
    receiver.limit = answer_limit != 0 ? answer_limit : m_options.answer_limit;
    std::unique_ptr<curl_slist, ListFree> list(curl_slist_append(nullptr, "Expect:"));
    const auto add = [&list](const std::string& header) {
        curl_slist* longer = curl_slist_append(list.get(), header.c_str());
        if (longer == nullptr) return false;
        [[maybe_unused]] auto* same = list.release();
        list.reset(longer);
        return true;
    };
    bool added = m_options.device.empty() || add("Uketsuke-Device: " + m_options.device);
    for (const std::string& header : headers) added = added && add(header);
    if (!added) return fail(Fault::Internal, "libcurl: out of memory");
    const std::string url = m_options.url + path;
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &receiver);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &receiver);
    if (body) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->data());
    } else {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    m_handles->text[0] = '\0';
    if (curl_multi_add_handle(multi, easy) != CURLM_OK) return fail(Fault::Internal, "libcurl: add_handle");
    m_handles->inside = true;
    int running = 1;
    int code = CURLE_ABORTED_BY_CALLBACK;
    while (running > 0 && !m_cancelled) {
        if (curl_multi_perform(multi, &running) != CURLM_OK) break;
        if (running > 0 && !m_cancelled) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
    }
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg == CURLMSG_DONE) code = message->data.result;
    }
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    receiver.answer.head.status = static_cast<int>(status);
    receiver.answer.head.http_version = version_of(easy);
    receiver.answer.head.timing = timing_of(easy);
    const bool begun = has_begun(easy);
    curl_multi_remove_handle(multi, easy);
    m_handles->inside = false;
    // The pointers above are about to go.
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, nullptr);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, nullptr);
    return finish(code, receiver.too_big ? receiver.limit : 0, begun, std::move(receiver.answer));
}

Result<HttpAnswer> CurlCaller::finish(int code, std::size_t exceeded, bool begun, HttpAnswer answer) const {
    if (code == CURLE_OK) return answer;
    wipe(answer.body);
    if (exceeded != 0 && m_kind.answer_is_ignored) return answer;
    if (m_cancelled && code == CURLE_ABORTED_BY_CALLBACK) return fail(Fault::Cancelled, "service: cancelled");
    const std::string who = m_kind.shown.empty() ? "service " + m_options.url : m_kind.shown;
    if (exceeded != 0) {
        return fail(Fault::AnswerTooBig, who + ": an answer of more than " + std::to_string(exceeded) + " bytes");
    }
    const std::string why =
        m_handles->text[0] != '\0' ? m_handles->text.data() : curl_easy_strerror(static_cast<CURLcode>(code));
    Error error{fault_by_words(code, why, m_token != nullptr), who + ": " + why};
    error.unsent = !begun;
    return tl::unexpected(std::move(error));
}

}  // namespace uketsuke::net::internal
