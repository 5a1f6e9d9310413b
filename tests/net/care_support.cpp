#include "tests/net/care_support.h"

#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>

#include "net/internal/hex.h"
#include "net/internal/sha256.h"

namespace uketsuke::net::testing {
namespace {

using namespace std::chrono_literals;

constexpr long first_serial = 0x5eed1000;
constexpr std::chrono::days consents_last{90};

std::vector<std::uint8_t> make_certificate(EVP_PKEY* key, int person) {
    X509* certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), first_serial + person);
    ASN1_TIME_set(X509_getm_notBefore(certificate), start_second().time_since_epoch().count() - 86'400L);
    ASN1_TIME_set(X509_getm_notAfter(certificate), start_second().time_since_epoch().count() + 86'400L * 365);
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    std::vector<std::uint8_t> der(bytes, bytes + size);
    OPENSSL_free(bytes);
    X509_free(certificate);
    return der;
}

}  // namespace

Terminal::Terminal() : open(crypto_sign_PUBLICKEYBYTES), secret(crypto_sign_SECRETKEYBYTES) {
    crypto_sign_keypair(open.data(), secret.data());
}

std::vector<std::uint8_t> Terminal::sign(std::string_view text) const {
    std::vector<std::uint8_t> signature(crypto_sign_BYTES);
    crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         secret.data());
    return signature;
}

Vouch Terminal::vouch() const {
    return [this](std::string_view text) { return Result<std::vector<std::uint8_t>>(sign(text)); };
}

std::chrono::sys_seconds start_second() {
    return std::chrono::floor<std::chrono::seconds>(start_time());
}

HomeCards::HomeCards(int persons) : m_key(EVP_RSA_gen(2048)) {
    for (int person = 0; person < persons; ++person) m_certificates.push_back(make_certificate(m_key, person));
}

HomeCards::~HomeCards() {
    EVP_PKEY_free(m_key);
}

std::string HomeCards::digest(int person) const {
    return internal::to_hex(internal::sha256(certificate(person)));
}

std::string HomeCards::serial(int person) {
    const auto number = static_cast<std::uint32_t>(first_serial + person);
    const std::array<std::uint8_t, 4> bytes{static_cast<std::uint8_t>(number >> 24),
                                            static_cast<std::uint8_t>(number >> 16),
                                            static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
    return internal::to_hex(bytes);
}

SignedRequest HomeCards::sign(const Reception& reception, const Terminal& terminal) const {
    const std::string text = must(signed_text(reception));
    SignedRequest request;
    request.id = reception.id;
    request.method = reception.method;
    request.body.assign(text.begin(), text.end());
    request.certificate_der = reception.certificate_der;
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(m_key));
    request.signature.resize(size);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, m_key);
    EVP_DigestSign(context, request.signature.data(), &size, reinterpret_cast<const unsigned char*>(text.data()),
                   text.size());
    EVP_MD_CTX_free(context);
    request.signature.resize(size);
    if (request.method != Method::Pin) request.attestation = terminal.sign(attested_text(request.method, request.body));
    return request;
}

CarePatient somebody_in_care() {
    CarePatient patient;
    patient.name = "佐藤　花子";
    patient.kana = "ｻﾄｳ ﾊﾅｺ";
    patient.birth_date = "19440514";
    patient.certificate_sha256 = std::string(64, 'a');
    patient.base = make_request_id();
    patient.consents = {Consent{ConsentItem::Operation, true, start_second()},
                        Consent{ConsentItem::MedicationDiagnosis, false, start_second() + 1s},
                        Consent{ConsentItem::HealthCheckup, true, start_second() + 2s}};
    patient.consented_until = start_second() + std::chrono::days(90);
    patient.by_pin = true;
    patient.last_visit = start_second() + 1h;
    return patient;
}

Reception first_visit(const HomeCards& cards, int person, std::chrono::sys_seconds at, Method method) {
    Reception reception;
    reception.id = make_request_id();
    reception.institution_code = institution;
    reception.method = method;
    reception.confirmed_at = at;
    reception.consents = {Consent{ConsentItem::Operation, true, at - 3s},
                          Consent{ConsentItem::MedicationDiagnosis, true, at - 2s},
                          Consent{ConsentItem::HealthCheckup, false, at - 1s}};
    reception.certificate_der = cards.certificate(person);
    reception.visit = VisitTerms{Treatment::HomeVisit, at + consents_last};
    reception.share_visits = true;
    return reception;
}

CarePatient patient_after(const Reception& reception) {
    CarePatient patient;
    patient.certificate_sha256 = internal::to_hex(internal::sha256(reception.certificate_der));
    patient.base = reception.id;
    patient.consents = reception.consents;
    patient.consented_until = reception.visit->consented_until;
    patient.by_pin = reception.method == Method::Pin;
    patient.pin_locked = !patient.by_pin;
    patient.last_visit = reception.confirmed_at;
    return patient;
}

CareRequest request_about(const CarePatient& patient, Method method, std::chrono::sys_seconds at) {
    CareRequest request;
    request.id = make_request_id();
    request.method = method;
    request.institution_code = institution;
    request.base = patient.base;
    request.certificate_sha256 = patient.certificate_sha256;
    request.consents = patient.consents;
    request.consented_until = patient.consented_until;
    if (method == Method::ConsentRenewal) {
        for (Consent& consent : request.consents) consent.at = at;
        request.consented_until = at + consents_last;
    }
    request.staff = "0123456789abcdef";
    request.at = at;
    request.share_visits = true;
    if (method == Method::Withdrawal) {
        for (const CareGrounds& one : patient.earlier) request.other_bases.push_back(one.base);
    }
    return request;
}

}  // namespace uketsuke::net::testing
