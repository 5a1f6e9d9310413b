#pragma once
// Certificates made in memory: a small CA, and leaves for the simulated service and its clients. Keys never touch a
// disk.

#include <optional>
#include <string>

#include "net/error.h"
#include "net/internal/openssl_handles.h"

namespace uketsuke::net::internal {

struct TlsIdentity {
    X509Ptr certificate;
    PkeyPtr key;
};

enum class Usage { Server, Client };

/// A self-signed CA (EC P-256), valid from a day ago for `days`.
Result<TlsIdentity> make_ca(const std::string& common_name, int days = 30);
/// A leaf signed by the CA. A server's certificate is for 127.0.0.1, ::1, localhost and `host`.
Result<TlsIdentity> issue(const TlsIdentity& ca, const std::string& common_name, Usage usage,
                          const std::string& host = {}, int days = 30);

std::string pem_of(X509* certificate);
std::string pem_of(EVP_PKEY* key);

}  // namespace uketsuke::net::internal
