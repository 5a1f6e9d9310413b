#include "app/programs/bench/queue_load.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <array>
#include <stdexcept>

namespace uketsuke::bench {
namespace {

constexpr std::chrono::sys_seconds practice_moment{std::chrono::seconds(1'760'000'000)};

void must(bool held, const char* what) {
    if (!held) throw std::runtime_error(std::string("practice card: ") + what);
}

void fill(X509* certificate, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key, const std::string& name, long serial) {
    must(X509_set_version(certificate, X509_VERSION_3) == 1, "version");
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -86'400L);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86'400L * 365);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    X509_set_pubkey(certificate, key);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints,
                                                    certificate == issuer ? "critical,CA:TRUE" : "critical,CA:FALSE");
    must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "extension");
    X509_EXTENSION_free(extension);
    must(X509_sign(certificate, issuer_key, EVP_sha256()) != 0, "signature");
}

}  // namespace

struct PracticeCard::Parts {
    EVP_PKEY* ca_key = EVP_RSA_gen(2048);
    EVP_PKEY* key = EVP_RSA_gen(2048);
    X509* ca = X509_new();
    X509* certificate = X509_new();
    std::vector<std::uint8_t> der;

    ~Parts() {
        X509_free(certificate);
        X509_free(ca);
        EVP_PKEY_free(key);
        EVP_PKEY_free(ca_key);
    }
};

PracticeCard::PracticeCard(const std::string& common_name) : m_parts(std::make_unique<Parts>()) {
    Parts& p = *m_parts;
    must(p.ca_key != nullptr && p.key != nullptr && p.ca != nullptr && p.certificate != nullptr, "no key");
    fill(p.ca, p.ca_key, p.ca, p.ca_key, common_name + " CA", 1);
    fill(p.certificate, p.key, p.ca, p.ca_key, common_name, 0x5eed01);
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(p.certificate, &bytes);
    must(size > 0, "DER");
    p.der.assign(bytes, bytes + size);
    OPENSSL_free(bytes);
}

PracticeCard::~PracticeCard() = default;

const std::vector<std::uint8_t>& PracticeCard::certificate_der() const {
    return m_parts->der;
}

std::string PracticeCard::serial() const {
    return "5eed01";
}

std::string PracticeCard::ca_pem() const {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, m_parts->ca);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
}

std::vector<std::uint8_t> PracticeCard::sign(const std::string& text) const {
    std::vector<std::uint8_t> signature(static_cast<std::size_t>(EVP_PKEY_get_size(m_parts->key)));
    std::size_t size = signature.size();
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const bool made = EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, m_parts->key) == 1 &&
                      EVP_DigestSign(context, signature.data(), &size,
                                     reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
    EVP_MD_CTX_free(context);
    must(made, "signing");
    signature.resize(size);
    return signature;
}

net::Reception practice_reception(const PracticeCard& card, const net::RequestId& id) {
    using namespace std::chrono;
    net::Reception reception;
    reception.id = id;
    reception.institution_code = "1312345670";
    reception.method = net::Method::Pin;
    reception.confirmed_at = practice_moment;
    reception.consents = {net::Consent{net::ConsentItem::Operation, true, reception.confirmed_at - 6s},
                          net::Consent{net::ConsentItem::MedicationDiagnosis, true, reception.confirmed_at - 4s},
                          net::Consent{net::ConsentItem::HealthCheckup, false, reception.confirmed_at - 2s}};
    reception.limit_amount_provided = true;
    reception.certificate_der = card.certificate_der();
    return reception;
}

net::SimulatorOptions practice_service() {
    net::SimulatorOptions options;
    options.now = [] { return net::WallTime(practice_moment); };
    return options;
}

net::SignedRequest practice_request(const PracticeCard& card, const net::Reception& reception) {
    const auto text = net::signed_text(reception);
    if (!text) throw std::runtime_error(text.error().where);
    net::SignedRequest request;
    request.id = reception.id;
    request.method = reception.method;
    request.body.assign(text->begin(), text->end());
    request.signature = card.sign(*text);
    request.certificate_der = reception.certificate_der;
    return request;
}

net::SignedRequest practice_request(const PracticeCard& card) {
    return practice_request(card, practice_reception(card, net::make_request_id()));
}

ScratchFolder::ScratchFolder(const std::filesystem::path& parent) {
    const std::filesystem::path base = parent.empty() ? std::filesystem::temp_directory_path() : parent;
    std::string name = (base / "uketsuke-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + base.string());
    m_path = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code error;
    std::filesystem::remove_all(m_path, error);
}

}  // namespace uketsuke::bench
