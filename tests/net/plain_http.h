#pragma once
// One bare HTTP call to a simulator, and a reception sent that way: what the client would never send.

#include <curl/curl.h>

#include <string>
#include <vector>

#include "net/internal/base64.h"
#include "tests/net/support.h"

namespace uketsuke::net::testing {

struct PlainAnswer {
    long status = 0;
    std::string head;
    std::string body;

    // The value of a header, as it was sent.
    std::string header(const std::string& name) const {
        const std::size_t at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return "";
        const std::size_t from = at + name.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }
};

inline std::size_t append_to(char* data, std::size_t size, std::size_t n, void* out) {
    static_cast<std::string*>(out)->append(data, size * n);
    return size * n;
}

inline PlainAnswer plain_http(const ServiceOptions& service, const std::string& path, const std::string* body = nullptr,
                              const std::vector<std::string>& headers = {}) {
    PlainAnswer answer;
    CURL* curl = curl_easy_init();
    curl_blob ca{const_cast<char*>(service.ca_pem.data()), service.ca_pem.size(), CURL_BLOB_COPY};
    const std::string url = service.url + path;
    curl_slist* list = nullptr;
    for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &ca);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    if (body != nullptr) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body->data());
    }
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append_to);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.head);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, append_to);
    EXPECT_EQ(curl_easy_perform(curl), CURLE_OK);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_slist_free_all(list);
    curl_easy_cleanup(curl);
    return answer;
}

inline PlainAnswer plain_post(const ServiceOptions& service, const SignedRequest& request) {
    const std::string body(request.body.begin(), request.body.end());
    std::vector<std::string> headers{"Content-Type: application/xml", "Idempotency-Key: " + request.id.text(),
                                     "Uketsuke-Signature: " + internal::to_base64(request.signature),
                                     "Uketsuke-Certificate: " + internal::to_base64(request.certificate_der)};
    if (!request.attestation.empty()) {
        headers.push_back("Uketsuke-Attestation: " + internal::to_base64(request.attestation));
    }
    return plain_http(service, "/receptions", &body, headers);
}

// The service's code for it; "" when it was taken in.
inline std::string code_for(const ServiceOptions& service, const SignedRequest& request) {
    return must(read_answer(plain_post(service, request).body)).header.error_code;
}

inline OqsAnswer answer_for(const ServiceOptions& service, const SignedRequest& request) {
    return must(read_answer(plain_post(service, request).body));
}

// A practice reception whose document was changed before the card signed it.
inline SignedRequest signed_after(const Reception& reception, const std::string& from, const std::string& to) {
    std::string text = must(signed_text(reception));
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the document has no " + from);
    text.replace(at, from.size(), to);
    SignedRequest request;
    request.id = reception.id;
    request.method = reception.method;
    request.body.assign(text.begin(), text.end());
    request.signature = card().sign(text);
    request.certificate_der = reception.certificate_der;
    return request;
}

}  // namespace uketsuke::net::testing
