#include "card/authority.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <mutex>
#include <utility>

#include "card/authority_keys.h"
#include "card/tlv.h"

namespace uketsuke::card {
namespace {

constexpr int k_key_bits = 2048;
constexpr std::chrono::days k_half_life{12 * 365};  // around any certificate that a persona may carry
constexpr std::string_view k_organisation = "Uketsuke demonstration (not a real authority)";

bool add_name(X509_NAME* name, const char* field, std::string_view text) {
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                      static_cast<int>(text.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const openssl::X509ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_time(ASN1_TIME* field, std::chrono::sys_seconds when) {
    return ASN1_TIME_set(field, when.time_since_epoch().count()) != nullptr;
}

bool set_serial(X509* certificate, const std::string& hex) {
    BIGNUM* number = nullptr;
    if (BN_hex2bn(&number, hex.c_str()) == 0) return false;
    const openssl::BnPtr owned(number);
    return BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
}

Bytes der_of(X509* certificate) {
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate, &data);
    if (size <= 0) return {};
    Bytes der(data, data + size);
    OPENSSL_free(data);
    return der;
}

openssl::X509Ptr authority_certificate(EVP_PKEY* key) {
    openssl::X509Ptr certificate(X509_new());
    if (!certificate) return nullptr;
    X509* x = certificate.get();
    X509_NAME* name = X509_get_subject_name(x);
    const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    const bool made =
        X509_set_version(x, 2) == 1 && set_serial(x, "01") && set_time(X509_getm_notBefore(x), now - k_half_life) &&
        set_time(X509_getm_notAfter(x), now + k_half_life) && add_name(name, "C", "JP") &&
        add_name(name, "O", k_organisation) && add_name(name, "OU", "JPKI for user authentication, simulated") &&
        X509_set_issuer_name(x, name) == 1 && X509_set_pubkey(x, key) == 1 &&
        add_extension(x, x, NID_basic_constraints, "critical,CA:TRUE") &&
        add_extension(x, x, NID_key_usage, "critical,keyCertSign,cRLSign") &&
        add_extension(x, x, NID_subject_key_identifier, "hash") && X509_sign(x, key, EVP_sha256()) > 0;
    return made ? std::move(certificate) : nullptr;
}

constexpr std::array<std::uint8_t, 3> k_exponent{1, 0, 1};

// 7F21 { 5F4E { issuer's key id, subject's key id, 90 exponent, 91 modulus }, 5F37 signature over 5F4E's value }.
Bytes card_verifiable_certificate(const AuthorityKeys& keys) {
    Bytes body;
    body.reserve(297);
    body.insert(body.end(), k_authority_key_id.begin(), k_authority_key_id.end());
    body.insert(body.end(), k_municipality_key_id.begin(), k_municipality_key_id.end());
    append_tlv(body, 0x90, k_exponent);
    append_tlv(body, 0x91, modulus_of(keys.municipality.get()));
    const auto signature = sign_message(keys.authority.get(), body);
    if (!signature) return {};
    Bytes content;
    append_tlv(content, 0x5F4E, body);
    append_tlv(content, 0x5F37, *signature);
    Bytes certificate;
    append_tlv(certificate, 0x7F21, content);
    return certificate;
}

}  // namespace

Result<Bytes> issue_certificate(const AuthorityKeys& keys, const Persona& persona, CertificateUse use,
                                std::chrono::sys_seconds now) {
    const openssl::ErrorsCleared cleared;
    const bool authentication = use == CertificateUse::Authentication;
    const openssl::X509Ptr certificate(X509_new());
    if (!certificate) return fail(Fault::Crypto, "certificate of persona " + persona.id);
    X509* x = certificate.get();
    EVP_PKEY* key = authentication ? keys.authentication.get() : keys.signature.get();
    X509_NAME* name = X509_get_subject_name(x);
    const std::string serial = (authentication ? "" : "5A") + persona.serial_hex();
    const CertificateDates dates = persona.certificate_dates(now);
    // No name, address or birth date: the real user-authentication certificate holds none either.
    const bool made =
        X509_set_version(x, 2) == 1 && set_serial(x, serial) && set_time(X509_getm_notBefore(x), dates.not_before) &&
        set_time(X509_getm_notAfter(x), dates.not_after) && add_name(name, "C", "JP") && add_name(name, "CN", serial) &&
        X509_set_issuer_name(x, X509_get_subject_name(keys.certificate.get())) == 1 && X509_set_pubkey(x, key) == 1 &&
        add_extension(x, keys.certificate.get(), NID_basic_constraints, "critical,CA:FALSE") &&
        add_extension(x, keys.certificate.get(), NID_key_usage,
                      authentication ? "critical,digitalSignature" : "critical,digitalSignature,nonRepudiation") &&
        add_extension(x, keys.certificate.get(), NID_authority_key_identifier, "keyid") &&
        X509_sign(x, keys.authority.get(), EVP_sha256()) > 0;
    Bytes der = made ? der_of(x) : Bytes{};
    if (der.empty()) return fail(Fault::Crypto, "certificate of persona " + persona.id);
    return der;
}

Result<Bytes> sign_padded(EVP_PKEY* key, std::span<const std::uint8_t> input) {
    const openssl::ErrorsCleared cleared;
    const openssl::KeyContextPtr context(EVP_PKEY_CTX_new(key, nullptr));
    Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    std::size_t size = signature.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_sign(context.get(), signature.data(), &size, input.data(), input.size()) != 1) {
        return fail(Fault::Crypto, "RSA signature");
    }
    signature.resize(size);
    return signature;
}

Result<Bytes> sign_message(EVP_PKEY* key, std::span<const std::uint8_t> message) {
    const openssl::ErrorsCleared cleared;
    const openssl::DigestContextPtr context(EVP_MD_CTX_new());
    Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
        return fail(Fault::Crypto, "RSA signature");
    }
    signature.resize(size);
    return signature;
}

Bytes modulus_of(const EVP_PKEY* key) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &number) != 1) return {};
    const openssl::BnPtr owned(number);
    Bytes modulus(k_key_bits / 8);
    if (BN_bn2binpad(number, modulus.data(), static_cast<int>(modulus.size())) < 0) return {};
    return modulus;
}

Authority::Authority() : m_keys(std::make_unique<AuthorityKeys>()) {}
Authority::~Authority() = default;

Result<std::shared_ptr<const Authority>> Authority::shared() {
    static std::mutex mutex;
    static std::shared_ptr<const Authority> made;
    const std::lock_guard lock(mutex);
    if (made) return made;
    const openssl::ErrorsCleared cleared;
    std::shared_ptr<Authority> fresh(new Authority);
    AuthorityKeys& keys = *fresh->m_keys;
    for (openssl::KeyPtr* key : {&keys.authority, &keys.municipality, &keys.authentication, &keys.signature}) {
        key->reset(EVP_RSA_gen(k_key_bits));
        if (!*key) return fail(Fault::Crypto, "making an RSA key for the virtual cards");
    }
    keys.certificate = authority_certificate(keys.authority.get());
    if (keys.certificate) keys.certificate_der = der_of(keys.certificate.get());
    keys.municipality_certificate = card_verifiable_certificate(keys);
    if (keys.certificate_der.empty() || keys.municipality_certificate.empty())
        return fail(Fault::Crypto, "making the authority of the virtual cards");
    made = std::move(fresh);
    return made;
}

std::string Authority::certificate_pem() const {
    const openssl::BioPtr text(BIO_new(BIO_s_mem()));
    if (!text || PEM_write_bio_X509(text.get(), m_keys->certificate.get()) != 1) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(text.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string{};
}

KnownIssuer Authority::known_issuer() const {
    return {k_authority_key_id, modulus_of(m_keys->authority.get()), Bytes(k_exponent.begin(), k_exponent.end())};
}

const Bytes& Authority::certificate_der() const {
    return m_keys->certificate_der;
}

}  // namespace uketsuke::card
