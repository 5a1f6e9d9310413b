#include "net/internal/card_signature.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <time.h>

namespace uketsuke::net::internal {

Result<X509Ptr> read_certificate(std::span<const std::uint8_t> der) {
    const unsigned char* at = der.data();
    X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    if (!certificate || at != der.data() + der.size()) {
        return fail(Fault::BadPayload, "the card's certificate is not a DER certificate");
    }
    return certificate;
}

std::string normal_serial(const std::string& serial) {
    const std::size_t first = serial.find_first_not_of('0');
    std::string text = first == std::string::npos ? "" : serial.substr(first);
    if (text.empty()) return "00";
    if (text.size() % 2 != 0) text.insert(text.begin(), '0');
    for (char& c : text) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::string serial_of(X509* certificate) {
    const BignumPtr number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    if (!number) return "00";
    const std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })> hex(BN_bn2hex(number.get()));
    return normal_serial(hex ? hex.get() : "");
}

std::chrono::sys_seconds not_after_of(X509* certificate) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1) return {};
    return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

Result<void> check_signature(X509* certificate, std::span<const std::uint8_t> body,
                             std::span<const std::uint8_t> signature) {
    EVP_PKEY* key = X509_get0_pubkey(certificate);
    if (key == nullptr || EVP_PKEY_base_id(key) != EVP_PKEY_RSA) {
        return fail(Fault::BadPayload, "the card's certificate holds no RSA key");
    }
    const MdCtxPtr context(EVP_MD_CTX_new());
    const bool holds =
        context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), body.data(), body.size()) == 1;
    ERR_clear_error();
    if (!holds) return fail(Fault::BadPayload, "the signature is not the card's over this document");
    return {};
}

Result<StorePtr> trust_store(const std::string& pem) {
    StorePtr store(X509_STORE_new());
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    int count = 0;
    while (X509Ptr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        if (X509_STORE_add_cert(store.get(), certificate.get()) == 1) ++count;
    }
    ERR_clear_error();
    if (count == 0) return fail(Fault::BadOptions, "no CA certificate in the PEM text");
    // Partial chains: the issuing CA alone may be given, without its root.
    X509_STORE_set_flags(store.get(), X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
    return store;
}

Result<void> check_issuer(X509_STORE* store, X509* certificate) {
    const StoreCtxPtr context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store, certificate, nullptr) != 1) {
        return fail(Fault::Internal, "OpenSSL cannot check a chain");
    }
    const bool trusted = X509_verify_cert(context.get()) == 1;
    const int why = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    if (!trusted) {
        return fail(Fault::BadPayload, std::string("the card's certificate: ") + X509_verify_cert_error_string(why));
    }
    return {};
}

}  // namespace uketsuke::net::internal
