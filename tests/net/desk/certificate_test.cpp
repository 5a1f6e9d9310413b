#include "net/desk/internal/desk_certificate.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include "net/internal/openssl_handles.h"
#include "tests/net/desk/support.h"

namespace uketsuke::net::internal {
namespace {

namespace fs = std::filesystem;
using testing::Folder;
using testing::read_text;
using testing::write_text;

const std::set<std::string> k_names{"DNS:localhost", "IP:127.0.0.1"};

X509Ptr certificate_in(const std::string& pem) {
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

TEST(DeskCertificateTest, TheOwnOneIsMadeOnceAndItsKeyIsPrivate) {
    const Folder folder;
    const auto made = own_certificate(folder / "own", k_names);
    ASSERT_TRUE(made) << made.error().where;
    EXPECT_EQ(own_certificate(folder / "own", k_names)->fingerprint, made->fingerprint);
    struct stat info {};
    ASSERT_EQ(::stat((folder / "own/desk.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    EXPECT_EQ(made->fingerprint.size(), 32u * 3 - 1);
}

TEST(DeskCertificateTest, ItIsForTheNamesAndFor825Days) {
    const Folder folder;
    const X509Ptr x = certificate_in(own_certificate(folder / "own", k_names)->certificate_pem);
    ASSERT_TRUE(x);
    EXPECT_EQ(X509_check_host(x.get(), "localhost", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_ip_asc(x.get(), "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_host(x.get(), "example", 0, 0, nullptr), 0);
    int days = 0;
    int seconds = 0;
    ASSERT_EQ(ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(x.get()), X509_get0_notAfter(x.get())), 1);
    EXPECT_EQ(days, 825);
    EXPECT_EQ(X509_get_signature_nid(x.get()), NID_ecdsa_with_SHA256);
}

TEST(DeskCertificateTest, ItIsMadeAnewForOtherNamesAndAfterDamage) {
    const Folder folder;
    const auto first = own_certificate(folder / "own", k_names);
    const auto other = own_certificate(folder / "own", names_for("127.0.0.1", {"desk.clinic.example", "10.0.0.9"}));
    ASSERT_TRUE(other);
    EXPECT_NE(other->fingerprint, first->fingerprint);
    EXPECT_EQ(X509_check_ip_asc(certificate_in(other->certificate_pem).get(), "10.0.0.9", 0), 1);
    write_text(folder / "own/desk.crt", "no certificate");
    const auto third = own_certificate(folder / "own", k_names);
    ASSERT_TRUE(third);
    EXPECT_NE(third->fingerprint, other->fingerprint);
}

TEST(DeskCertificateTest, ACertificateOfTheClinicMustFitItsKey) {
    const Folder folder;
    ASSERT_TRUE(own_certificate(folder / "one", k_names));
    ASSERT_TRUE(own_certificate(folder / "other", k_names));
    EXPECT_TRUE(load_certificate(folder / "one/desk.crt", folder / "one/desk.key"));
    const auto fault = [&](const fs::path& certificate, const fs::path& key) {
        return load_certificate(certificate, key).error().fault;
    };
    EXPECT_EQ(fault(folder / "one/desk.crt", folder / "other/desk.key"), Fault::BadOptions);
    EXPECT_EQ(fault(folder / "none", folder / "one/desk.key"), Fault::BadOptions);
    EXPECT_EQ(fault(folder / "one/desk.key", folder / "one/desk.crt"), Fault::BadOptions);
}

TEST(DeskCertificateTest, StrangeNamesDoNotReachTheCertificate) {
    const auto names = names_for("0.0.0.0", {"a,IP:1.2.3.4", "*.example", "", "-x", "ok.example"});
    EXPECT_TRUE(names.contains("DNS:ok.example"));
    for (const std::string& name : names) EXPECT_EQ(name.find_first_of(",* "), std::string::npos) << name;
    EXPECT_FALSE(names.contains("IP:0.0.0.0"));
}

}  // namespace
}  // namespace uketsuke::net::internal
