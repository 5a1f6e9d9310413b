#include "net/eligibility_client.h"

#include <unistd.h>

#include <algorithm>

#include "net/internal/base64.h"
#include "net/internal/care_list.h"
#include "net/internal/curl_call.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

bool readable(const std::filesystem::path& file) {
    return ::access(file.c_str(), R_OK) == 0;
}

constexpr std::size_t longest_device = 64;
constexpr std::size_t lists_are_longer = 4;

// It becomes part of a header and of a path.
Result<void> check_device(const std::string& device) {
    const bool plain = std::all_of(device.begin(), device.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
    if (plain && device.size() <= longest_device) return {};
    return fail(Fault::BadOptions, "service: the device is not up to 64 letters, digits and hyphens");
}

bool is_institution(const std::string& code) {
    return code.size() == 10 && code.find_first_not_of("0123456789") == std::string::npos;
}

// Where an answer is expected and another status came: what it says about the two of us, and nothing else.
Error no_answer(const ReplyHead& head, const std::string& what) {
    const bool identity = head.status == 401 || head.status == 403;
    return {identity ? Fault::OwnIdentity : Fault::BadAnswer,
            "service: HTTP " + std::to_string(head.status) + " " + what};
}

Result<void> check(const ServiceOptions& options) {
    if (!options.url.starts_with("https://") || options.url.size() <= 8) {
        return fail(Fault::BadOptions, "service url \"" + options.url + "\": it must start with https://");
    }
    if (options.ca_file.empty() && options.ca_pem.empty()) {
        return fail(Fault::BadOptions, "service " + options.url + ": no CA is given to trust");
    }
    if (!options.ca_file.empty() && !readable(options.ca_file)) {
        return fail(Fault::BadOptions, "service CA file " + options.ca_file.string() + ": cannot be read");
    }
    if (options.ca_file.empty() && options.ca_pem.find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
        return fail(Fault::BadOptions, "service " + options.url + ": the CA is not PEM text");
    }
    for (const auto* file : {&options.client_certificate, &options.client_key}) {
        if (!file->empty() && !readable(*file)) {
            return fail(Fault::OwnIdentity, "client identity file " + file->string() + ": cannot be read");
        }
    }
    const bool token = !options.client_key_uri.empty();
    if (token && (!options.client_key_uri.starts_with("pkcs11:") || !options.client_key.empty())) {
        return fail(Fault::BadOptions,
                    "service " + options.url + ": the client key is a file, or an URI that starts with pkcs11:");
    }
    const bool half_files = options.client_certificate.empty() != (options.client_key.empty() && !token);
    const bool half_texts = options.client_certificate_pem.empty() != options.client_key_pem.empty();
    if (half_files || half_texts) {
        return fail(Fault::OwnIdentity,
                    "service " + options.url + ": a client certificate needs its key, and a key its certificate");
    }
    const bool no_time = options.connect_limit.count() <= 0 || options.total_limit.count() <= 0 ||
                         options.low_speed_limit.count() <= 0 || options.answer_limit == 0;
    if (no_time) return fail(Fault::BadOptions, "service " + options.url + ": every limit must be above zero");
    if (!options.institution_code.empty() && !is_institution(options.institution_code)) {
        return fail(Fault::BadOptions, "service " + options.url + ": the institution code is not 10 digits");
    }
    return check_device(options.device);
}

}  // namespace

struct EligibilityClient::Parts {
    std::unique_ptr<internal::CurlCaller> caller;
    std::string device;
    std::string institution_code;
    std::size_t answer_limit = 0;

    Result<Reply> understand(Result<internal::HttpAnswer> answer, bool asked) const {
        if (!answer) return tl::unexpected(answer.error());
        auto reply = understand_reply(answer->head, answer->body, asked);
        wipe(answer->body);
        return reply;
    }
};

EligibilityClient::EligibilityClient(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
EligibilityClient::~EligibilityClient() = default;

Result<std::unique_ptr<EligibilityClient>> EligibilityClient::create(const ServiceOptions& options) {
    if (auto checked = check(options); !checked) return tl::unexpected(checked.error());
    ServiceOptions cleaned = options;
    while (cleaned.url.ends_with('/')) cleaned.url.pop_back();
    auto caller = internal::CurlCaller::create(cleaned);
    wipe(cleaned.client_key_pem);
    if (!caller) return tl::unexpected(caller.error());
    auto parts = std::make_unique<Parts>();
    parts->caller = std::move(*caller);
    parts->device = cleaned.device;
    parts->institution_code = cleaned.institution_code;
    parts->answer_limit = cleaned.answer_limit;
    return std::unique_ptr<EligibilityClient>(new EligibilityClient(std::move(parts)));
}

Result<Reply> EligibilityClient::send(const SignedRequest& request) {
    std::vector<std::string> headers{"Content-Type: application/xml", "Idempotency-Key: " + request.id.text()};
    if (!without_card(request.method)) {
        headers.push_back("Uketsuke-Signature: " + internal::to_base64(request.signature));
        headers.push_back("Uketsuke-Certificate: " + internal::to_base64(request.certificate_der));
    }
    if (!request.attestation.empty()) {
        headers.push_back("Uketsuke-Attestation: " + internal::to_base64(request.attestation));
    }
    const bool consents = request.method == Method::ConsentRenewal || request.method == Method::Withdrawal;
    auto answer = m_parts->caller->call(consents ? "/consents" : "/receptions", headers, request.body);
    for (std::string& header : headers) wipe(header);
    return m_parts->understand(std::move(answer), false);
}

Result<Reply> EligibilityClient::ask(const RequestId& id) {
    return m_parts->understand(m_parts->caller->call("/receptions/" + id.text(), {}), true);
}

Result<Reply> EligibilityClient::query(const RequestId& id, std::string_view document) {
    const std::span<const std::uint8_t> body(reinterpret_cast<const std::uint8_t*>(document.data()), document.size());
    return m_parts->understand(
        m_parts->caller->call("/queries", {"Content-Type: application/xml", "Idempotency-Key: " + id.text()}, body),
        false);
}

Result<RegistrationReply> EligibilityClient::registration(const std::string& certificate_sha256) {
    auto reply = m_parts->understand(m_parts->caller->call("/registrations/" + certificate_sha256, {}), true);
    if (!reply) return tl::unexpected(reply.error());
    RegistrationReply said{Registration::Unknown, reply->service_time};
    if (reply->kind != ReplyKind::Answered || !reply->answer) return said;
    const OqsElement* element = find_element(reply->answer->other, "HealthCardRegistration");
    if (element != nullptr && element->text == "1") said.registration = Registration::Registered;
    if (element != nullptr && element->text == "2") said.registration = Registration::NotRegistered;
    return said;
}

void wipe(CareReply& reply) {
    for (CarePatient& patient : reply.patients) wipe(patient);
    reply.patients.clear();
}

Result<CareReply> EligibilityClient::continuing_care() {
    const std::string& institution = m_parts->institution_code;
    if (institution.empty()) return fail(Fault::BadOptions, "service: no institution to ask for");
    auto answer = m_parts->caller->call("/continuing-care", {"Uketsuke-Institution: " + institution}, std::nullopt,
                                        lists_are_longer * m_parts->answer_limit);
    if (!answer) return tl::unexpected(answer.error());
    CareReply reply;
    reply.device_lost = answer->head.device_lost;
    Result<void> understood;
    if (reply.device_lost) {
        // Nothing is to come to a device that is about to be destroyed.
    } else if (answer->head.status != 200) {
        understood = tl::unexpected(no_answer(answer->head, "does not tell the patients in continuing care"));
    } else if (auto patients = internal::read_care_list(answer->body, institution)) {
        reply.patients = std::move(*patients);
    } else {
        understood = tl::unexpected(patients.error());
    }
    wipe(answer->body);
    return understood ? Result<CareReply>(std::move(reply)) : tl::unexpected(understood.error());
}

Result<bool> EligibilityClient::device_lost() {
    if (m_parts->device.empty()) return fail(Fault::BadOptions, "service: no device to ask about");
    auto answer = m_parts->caller->call("/devices/" + m_parts->device, {});
    if (!answer) return tl::unexpected(answer.error());
    wipe(answer->body);
    const ReplyHead& head = answer->head;
    if (head.device_lost || head.status == 410) return true;
    if (head.status == 204 || head.status == 200) return false;
    return tl::unexpected(no_answer(head, "does not say how this device stands"));
}

void EligibilityClient::cancel() {
    m_parts->caller->cancel();
}
void EligibilityClient::resume() {
    m_parts->caller->resume();
}

}  // namespace uketsuke::net
