// Who issues the virtual cards' certificates: a certification authority made anew in each process, in memory only.
#pragma once

#include <memory>
#include <string>

#include "card/error.h"
#include "card/issuer_signature.h"

namespace uketsuke::card {

struct AuthorityKeys;  // OpenSSL's, in the .cpp

// Holds the authority's key and certificate and the key pairs of the cards. RSA keys are slow to make, so that all
// cards of a process share one pair per use; their certificates differ. Immutable after creation: any thread.
class Authority {
  public:
    // The one of this process, made at the first call (some hundred milliseconds).
    static Result<std::shared_ptr<const Authority>> shared();
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    // The certificate that every virtual card's chain ends in, for whoever checks signatures (PEM / DER).
    std::string certificate_pem() const;
    const Bytes& certificate_der() const;

    // Who signs the certificate in EF 0004 of 券面事項確認AP, whose key in turn signs the face record. The numbers of
    // real keys begin with 5, those of the public test hierarchy with 6; this one begins with 9 and is nobody's.
    KnownIssuer known_issuer() const;

    const AuthorityKeys& keys() const { return *m_keys; }

  private:
    Authority();
    std::unique_ptr<AuthorityKeys> m_keys;
};

}  // namespace uketsuke::card
