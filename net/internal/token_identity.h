#pragma once
// A client certificate whose key stays in a PKCS#11 token, through OpenSSL's engine "pkcs11" (Debian's
// libengine-pkcs11-openssl; there is no provider for it in Debian 12). A process has one such engine: the first module
// that was loaded, and the login to it, serve every client of the process.

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
