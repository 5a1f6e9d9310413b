// Owners of OpenSSL objects. Private to the card room: no public header includes it.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace uketsuke::card::openssl {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
struct TextFreed {
    void operator()(char* text) const { OPENSSL_free(text); }
};

using X509Ptr = std::unique_ptr<X509, Freed<&X509_free>>;
using X509ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freed<&X509_EXTENSION_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<&BIO_free_all>>;
using BnPtr = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, Freed<&EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, Freed<&EVP_MD_CTX_free>>;
using Text = std::unique_ptr<char, TextFreed>;

// OpenSSL's error queue is per thread and shared with the rest of the program: leave it as empty as it was found.
class ErrorsCleared {
  public:
    ErrorsCleared() { ERR_set_mark(); }
    ErrorsCleared(const ErrorsCleared&) = delete;
    ErrorsCleared& operator=(const ErrorsCleared&) = delete;
    ~ErrorsCleared() { ERR_pop_to_mark(); }
};

}  // namespace uketsuke::card::openssl
