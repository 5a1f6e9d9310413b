#pragma once
// The certificate that the desk's page is served with: the clinic's own, or a self-signed one made here (ECDSA P-256,
// 825 days), made anew within 30 days of its end and when the machine's names or addresses changed.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "net/error.h"

namespace uketsuke::net::internal {

struct DeskCertificate {
    std::string certificate_pem;  ///< with its chain
    std::string key_pem;
    std::string fingerprint;  ///< "AB:CD:…", SHA-256
};

/// BadOptions: files that are missing, damaged, or not of one another.
Result<DeskCertificate> load_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key);

/// "DNS:localhost", "IP:192.168.0.5": the loopback's, this machine's, the given ones and the address that is bound
/// (every address of this machine where that is any).
std::set<std::string> names_for(const std::string& bound_address, const std::vector<std::string>& names);

/// desk.crt and desk.key (mode 0600) in `folder`, which is made (mode 0700) when it is missing.
Result<DeskCertificate> own_certificate(const std::filesystem::path& folder, const std::set<std::string>& names);

}  // namespace uketsuke::net::internal
