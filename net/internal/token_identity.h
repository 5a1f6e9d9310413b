#pragma once
// A client certificate whose key stays in a PKCS#11 token, through OpenSSL's engine "pkcs11" (Debian's
// libengine-pkcs11-openssl; there is no provider for it in Debian 12). Each object has an engine of its own, so that
// two modules or two PINs never meet.

#include <memory>

#include "net/eligibility_client.h"

namespace uketsuke::net::internal {

/// One thread at a time.
class TokenIdentity {
  public:
    /// Logs in once. OwnIdentity with what to do: no engine, no module, an unsafe PIN file, no such key, a wrong PIN,
    /// or a certificate of another key. The PIN is in no text; it is tried once, because tokens count.
    static Result<std::unique_ptr<TokenIdentity>> load(const ServiceOptions& options);
    ~TokenIdentity();
    TokenIdentity(const TokenIdentity&) = delete;
    TokenIdentity& operator=(const TokenIdentity&) = delete;

    /// Gives the certificate and the key to an SSL_CTX.
    bool use_in(void* ssl_context) const;

  private:
    struct Parts;
    explicit TokenIdentity(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::net::internal
