#include "net/internal/tls_identity.h"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <array>
#include <cstdint>

namespace uketsuke::net::internal {
namespace {

bool set_random_serial(X509* certificate) {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);
    const BignumPtr number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509_NAME* name, const std::string& common_name) {
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(common_name.data()),
                                      static_cast<int>(common_name.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// Version, serial, validity, names and key: what every certificate has.
bool fill(X509* certificate, EVP_PKEY* key, X509_NAME* issuer, const std::string& common_name, int days) {
    constexpr long day = 24L * 3600L;
    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_random_serial(certificate) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -day) != nullptr &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), day * days) != nullptr &&
           X509_set_pubkey(certificate, key) == 1 && set_name(X509_get_subject_name(certificate), common_name) &&
           X509_set_issuer_name(certificate, issuer == nullptr ? X509_get_subject_name(certificate) : issuer) == 1;
}

bool is_address(const std::string& host) {
    std::array<unsigned char, 16> buffer{};
    return ::inet_pton(AF_INET, host.c_str(), buffer.data()) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), buffer.data()) == 1;
}

std::string names_of(const std::string& host) {
    std::string names = "IP:127.0.0.1,IP:::1,DNS:localhost";
    if (host.empty() || host == "localhost" || host == "127.0.0.1") return names;
    return names + (is_address(host) ? ",IP:" : ",DNS:") + host;
}

}  // namespace

Result<TlsIdentity> make_ca(const std::string& common_name, int days) {
    TlsIdentity ca{X509Ptr(X509_new()), PkeyPtr(EVP_EC_gen("P-256"))};
    X509* certificate = ca.certificate.get();
    const bool made = certificate != nullptr && ca.key && fill(certificate, ca.key.get(), nullptr, common_name, days) &&
                      add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE") &&
                      add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                      add_extension(certificate, certificate, NID_subject_key_identifier, "hash") &&
                      X509_sign(certificate, ca.key.get(), EVP_sha256()) != 0;
    if (!made) return fail(Fault::Internal, "OpenSSL cannot make a certificate authority");
    return ca;
}

Result<TlsIdentity> issue(const TlsIdentity& ca, const std::string& common_name, Usage usage, const std::string& host,
                          int days) {
    TlsIdentity leaf{X509Ptr(X509_new()), PkeyPtr(EVP_EC_gen("P-256"))};
    X509* certificate = leaf.certificate.get();
    X509* issuer = ca.certificate.get();
    const bool server = usage == Usage::Server;
    const bool made = certificate != nullptr && leaf.key &&
                      fill(certificate, leaf.key.get(), X509_get_subject_name(issuer), common_name, days) &&
                      add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                      add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
                      add_extension(certificate, issuer, NID_ext_key_usage, server ? "serverAuth" : "clientAuth") &&
                      (!server || add_extension(certificate, issuer, NID_subject_alt_name, names_of(host))) &&
                      X509_sign(certificate, ca.key.get(), EVP_sha256()) != 0;
    if (!made) return fail(Fault::Internal, "OpenSSL cannot issue a certificate");
    return leaf;
}

std::string pem_of(X509* certificate) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    return PEM_write_bio_X509(bio.get(), certificate) == 1 ? text_of(bio.get()) : std::string();
}

std::string pem_of(EVP_PKEY* key) {
    const BioPtr bio(BIO_new(BIO_s_secmem()));
    const bool written = PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? text_of(bio.get()) : std::string();
}

}  // namespace uketsuke::net::internal
