#include "net/desk/internal/desk_certificate.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "net/desk/internal/private_file.h"
#include "net/internal/openssl_handles.h"
#include "net/internal/place_file.h"
#include "net/internal/tls_identity.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::size_t k_largest_pem = 64 * 1024;
constexpr long k_day = 24L * 3600L;
constexpr long k_days = 825;
constexpr long k_days_before_end = 30;

using NamesPtr = std::unique_ptr<GENERAL_NAMES, OpensslFree<GENERAL_NAMES_free>>;

std::string normal_address(const std::string& text) {
    std::array<unsigned char, 16> bytes{};
    std::array<char, INET6_ADDRSTRLEN> out{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (::inet_pton(family, text.c_str(), bytes.data()) != 1) continue;
        return ::inet_ntop(family, bytes.data(), out.data(), out.size());
    }
    return {};
}

bool is_dns_name(const std::string& name) {
    return !name.empty() && name.size() <= 253 && name.front() != '.' && name.front() != '-' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
               std::string::npos;
}

void add_interface_addresses(std::set<std::string>& names) {
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) != 0) return;
    for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
        if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0) continue;
        std::array<char, INET6_ADDRSTRLEN> out{};
        if (entry->ifa_addr->sa_family == AF_INET) {
            ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(entry->ifa_addr)->sin_addr, out.data(),
                        out.size());
            names.insert(std::string("IP:") + out.data());
        }
    }
    ::freeifaddrs(list);
}

bool set_serial_and_times(X509* certificate) {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);
    const BignumPtr number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -k_day) != nullptr &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), k_day * (k_days - 1)) != nullptr;
}

bool add(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

Result<TlsIdentity> make(const std::set<std::string>& names) {
    std::string alternative;
    for (const std::string& name : names) alternative += (alternative.empty() ? "" : ",") + name;
    TlsIdentity made{X509Ptr(X509_new()), PkeyPtr(EVP_EC_gen("P-256"))};
    X509* x = made.certificate.get();
    constexpr std::string_view common_name = "uketsuke desk";
    const bool done = x != nullptr && made.key && X509_set_version(x, X509_VERSION_3) == 1 && set_serial_and_times(x) &&
                      X509_set_pubkey(x, made.key.get()) == 1 &&
                      X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                                                 reinterpret_cast<const unsigned char*>(common_name.data()),
                                                 static_cast<int>(common_name.size()), -1, 0) == 1 &&
                      X509_set_issuer_name(x, X509_get_subject_name(x)) == 1 &&
                      add(x, NID_basic_constraints, "critical,CA:FALSE") &&
                      add(x, NID_key_usage, "critical,digitalSignature") && add(x, NID_ext_key_usage, "serverAuth") &&
                      add(x, NID_subject_alt_name, alternative) && add(x, NID_subject_key_identifier, "hash") &&
                      X509_sign(x, made.key.get(), EVP_sha256()) != 0;
    if (!done) return fail(Fault::Internal, "OpenSSL cannot make the desk's certificate");
    return made;
}

std::set<std::string> names_in(X509* certificate) {
    std::set<std::string> names;
    const NamesPtr list(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(list.get(), i);
        if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
        const ASN1_STRING* value = name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress;
        const unsigned char* bytes = ASN1_STRING_get0_data(value);
        const int size = ASN1_STRING_length(value);
        std::array<char, INET6_ADDRSTRLEN> out{};
        if (name->type == GEN_DNS) {
            names.insert("DNS:" + std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)));
        } else if (size == 4 || size == 16) {
            ::inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, out.data(), out.size());
            names.insert(std::string("IP:") + out.data());
        }
    }
    return names;
}

X509Ptr first_certificate(const std::string& pem) {
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return X509Ptr(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
}

std::string fingerprint_of(X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        static constexpr char digits[] = "0123456789ABCDEF";
        if (i != 0) text += ':';
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 0x0f];
    }
    return text;
}

bool may_stay(X509* certificate, const std::set<std::string>& names) {
    time_t limit = ::time(nullptr) + k_days_before_end * k_day;
    return X509_cmp_time(X509_get0_notAfter(certificate), &limit) > 0 && names_in(certificate) == names;
}

}  // namespace

Result<DeskCertificate> load_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    auto certificate_pem = read_plain_file(certificate, k_largest_pem);
    if (!certificate_pem) return fail(Fault::BadOptions, "the desk's certificate: " + certificate_pem.error().where);
    auto key_pem = read_plain_file(key, k_largest_pem);
    if (!key_pem) return fail(Fault::BadOptions, "the key of the desk's certificate: " + key_pem.error().where);
    const X509Ptr x = first_certificate(*certificate_pem);
    if (!x) return fail(Fault::BadOptions, certificate.string() + ": no certificate in PEM");
    const BioPtr bio(BIO_new_mem_buf(key_pem->data(), static_cast<int>(key_pem->size())));
    // A key under a passphrase would otherwise ask for it at the terminal.
    const auto no_passphrase = [](char*, int, int, void*) { return -1; };
    const PkeyPtr pkey(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr) : nullptr);
    if (!pkey) return fail(Fault::BadOptions, key.string() + ": no key in PEM without a passphrase");
    if (X509_check_private_key(x.get(), pkey.get()) != 1) {
        return fail(Fault::BadOptions, key.string() + ": not the key of " + certificate.string());
    }
    return DeskCertificate{std::move(*certificate_pem), std::move(*key_pem), fingerprint_of(x.get())};
}

std::set<std::string> names_for(const std::string& bound_address, const std::vector<std::string>& names) {
    std::set<std::string> result{"DNS:localhost", "IP:127.0.0.1", "IP:::1"};
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0 && is_dns_name(host.data())) {
        result.insert(std::string("DNS:") + host.data());
    }
    std::vector<std::string> wanted = names;
    if (bound_address == "0.0.0.0" || bound_address == "::") {
        add_interface_addresses(result);
    } else {
        wanted.push_back(bound_address);
    }
    for (const std::string& name : wanted) {
        const std::string address = normal_address(name);
        if (!address.empty()) {
            result.insert("IP:" + address);
        } else if (is_dns_name(name)) {
            result.insert("DNS:" + name);
        }
    }
    return result;
}

Result<DeskCertificate> own_certificate(const std::filesystem::path& folder, const std::set<std::string>& names) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return fail(Fault::BadOptions, folder.string() + ": " + std::strerror(errno));
    }
    const auto certificate = folder / "desk.crt";
    const auto key = folder / "desk.key";
    if (auto there = load_certificate(certificate, key)) {
        const X509Ptr x = first_certificate(there->certificate_pem);
        if (x && may_stay(x.get(), names)) return there;
    }
    auto made = make(names);
    if (!made) return tl::unexpected(made.error());
    // A cut between the two leaves a pair that does not match, which the next start replaces.
    if (auto written = replace_private_file(key, pem_of(made->key.get())); !written) {
        return tl::unexpected(written.error());
    }
    if (auto written = replace_private_file(certificate, pem_of(made->certificate.get())); !written) {
        return tl::unexpected(written.error());
    }
    return load_certificate(certificate, key);
}

}  // namespace uketsuke::net::internal
