#include "card/certificate.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <optional>
#include <string_view>
#include <utility>

#include "card/openssl_types.h"

namespace uketsuke::card {
namespace {

std::optional<std::chrono::sys_seconds> time_of(const ASN1_TIME* when) {
    std::tm parts{};
    if (when == nullptr || ASN1_TIME_to_tm(when, &parts) != 1) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year{parts.tm_year + 1900},
                                          std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
                                          std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    if (!day.ok()) return std::nullopt;
    return std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} + std::chrono::minutes{parts.tm_min} +
           std::chrono::seconds{parts.tm_sec};
}

openssl::X509Ptr x509_of(std::span<const std::uint8_t> der) {
    if (der.empty() || der.size() > k_largest_certificate) return nullptr;
    const unsigned char* at = der.data();
    openssl::X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (certificate && at != der.data() + der.size()) return nullptr;
    return certificate;
}

std::string name_text(const X509_NAME* name) {
    const openssl::BioPtr text(BIO_new(BIO_s_mem()));
    if (!text || X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(text.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string{};
}

std::string serial_text(const ASN1_INTEGER* serial) {
    const openssl::BnPtr number(ASN1_INTEGER_to_BN(serial, nullptr));
    if (!number || BN_is_negative(number.get())) return {};
    const openssl::Text hex(BN_bn2hex(number.get()));
    std::string text = hex ? hex.get() : "";
    for (char& c : text) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::string hex_of(const ASN1_OCTET_STRING* octets) {
    if (octets == nullptr) return {};
    constexpr std::string_view k_digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : std::span(ASN1_STRING_get0_data(octets), ASN1_STRING_length(octets))) {
        text += k_digits[byte >> 4];
        text += k_digits[byte & 0xF];
    }
    return text;
}

}  // namespace

Result<Certificate> parse_certificate(std::span<const std::uint8_t> der) {
    const openssl::ErrorsCleared cleared;
    const auto x509 = x509_of(der);
    if (!x509) return fail(Fault::BadData, "certificate: not one X.509 certificate");
    const EVP_PKEY* key = X509_get0_pubkey(x509.get());
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
        return fail(Fault::BadData, "certificate: no RSA key");
    }
    const auto from = time_of(X509_get0_notBefore(x509.get()));
    const auto until = time_of(X509_get0_notAfter(x509.get()));
    if (!from || !until) return fail(Fault::BadData, "certificate: unreadable dates");
    Certificate out;
    out.der.assign(der.begin(), der.end());
    out.serial_hex = serial_text(X509_get0_serialNumber(x509.get()));
    out.issuer = name_text(X509_get_issuer_name(x509.get()));
    out.authority_key_id = hex_of(X509_get0_authority_key_id(x509.get()));
    out.not_before = *from;
    out.not_after = *until;
    if (out.serial_hex.empty()) return fail(Fault::BadData, "certificate: no serial number");
    return out;
}

Result<IssuerGeneration> describe_issuer(std::span<const std::uint8_t> authority_der, const Certificate& user) {
    const openssl::ErrorsCleared cleared;
    auto parsed = parse_certificate(authority_der);
    if (!parsed) return tl::unexpected(parsed.error());
    const auto authority = x509_of(authority_der);
    const auto certificate = x509_of(user.der);
    const std::chrono::year_month_day first_day{
        std::chrono::floor<std::chrono::days>(parsed->not_before + std::chrono::hours(9))};
    IssuerGeneration out;
    out.name = name_text(X509_get_subject_name(authority.get()));
    out.serial_hex = std::move(parsed->serial_hex);
    out.not_after = parsed->not_after;
    out.generation = static_cast<int>(first_day.year());
    out.signed_user_certificate = certificate && X509_verify(certificate.get(), X509_get0_pubkey(authority.get())) == 1;
    return out;
}

bool signature_is_valid(const Certificate& certificate, std::span<const std::uint8_t, 32> sha256,
                        std::span<const std::uint8_t> signature) {
    const openssl::ErrorsCleared cleared;
    const auto x509 = x509_of(certificate.der);
    if (!x509) return false;
    const openssl::KeyContextPtr context(EVP_PKEY_CTX_new(X509_get0_pubkey(x509.get()), nullptr));
    return context && EVP_PKEY_verify_init(context.get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
           EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
           EVP_PKEY_verify(context.get(), signature.data(), signature.size(), sha256.data(), sha256.size()) == 1;
}

}  // namespace uketsuke::card
