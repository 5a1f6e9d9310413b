// The virtual card before a stranger's eyes: OpenSC, which was written against real cards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "tests/card/fixtures.h"
#include "tests/card/pcsc_fixture.h"

namespace uketsuke::card {
namespace {

using ::testing::HasSubstr;
using testing::make_card;
using ::testing::Not;
using testing::run_program;
using testing::test_persona;

class PcscStranger : public testing::PcscTest {
  protected:
    void SetUp() override {
        for (const char* tool : {"opensc-tool", "pkcs15-tool", "pkcs15-crypt", "openssl"}) {
            if (testing::find_program(tool).empty()) GTEST_SKIP() << tool << " is not installed";
        }
        PcscTest::SetUp();
    }
};

TEST_F(PcscStranger, ReadsThePinAndSignsAsWithARealCard) {
    insert(make_card());
    const auto name = run_program({"opensc-tool", "-r", "0", "-n"});
    EXPECT_EQ(name.status, 0) << name.output;
    EXPECT_THAT(name.output, HasSubstr("jpki"));

    const auto dump = run_program({"pkcs15-tool", "-r", "0", "-D"});
    EXPECT_EQ(dump.status, 0) << dump.output;
    EXPECT_THAT(dump.output, HasSubstr("JPKI"));
    EXPECT_THAT(dump.output, HasSubstr("User Authentication PIN"));
    EXPECT_THAT(dump.output, HasSubstr("Digital Signature PIN"));
    EXPECT_THAT(dump.output, HasSubstr("Tries left     : 3"));

    const auto wrong = run_program({"pkcs15-tool", "-r", "0", "--verify-pin", "--auth-id", "1", "--pin", "9999"});
    EXPECT_NE(wrong.status, 0);
    const auto right = run_program({"pkcs15-tool", "-r", "0", "--verify-pin", "--auth-id", "1", "--pin", "1234"});
    EXPECT_EQ(right.status, 0) << right.output;

    std::string pattern = (std::filesystem::temp_directory_path() / "uketsuke-opensc-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    const std::filesystem::path folder = pattern;
    const std::string message = "reception\n";
    std::ofstream(folder / "message") << message;
    std::array<char, 32> digest{};
    EVP_Digest(message.data(), message.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha256(),
               nullptr);
    std::ofstream(folder / "digest", std::ios::binary).write(digest.data(), digest.size());
    const auto signature =
        run_program({"pkcs15-crypt", "-r", "0", "--sign", "--key", "1", "--pin", "1234", "--pkcs1", "--sha-256",
                     "--input", folder / "digest", "-o", folder / "signature", "-f", "openssl"});
    EXPECT_EQ(signature.status, 0) << signature.output;
    const auto certificate =
        run_program({"pkcs15-tool", "-r", "0", "--read-certificate", "1", "-o", folder / "certificate.pem"});
    EXPECT_EQ(certificate.status, 0) << certificate.output;
    const auto key = run_program(
        {"openssl", "x509", "-in", folder / "certificate.pem", "-pubkey", "-noout", "-out", folder / "key.pem"});
    EXPECT_EQ(key.status, 0) << key.output;
    const auto verified = run_program({"openssl", "dgst", "-sha256", "-verify", folder / "key.pem", "-signature",
                                       folder / "signature", folder / "message"});
    EXPECT_EQ(verified.status, 0) << verified.output;
    EXPECT_THAT(verified.output, HasSubstr("Verified OK"));
    std::filesystem::remove_all(folder);
}

TEST_F(PcscStranger, SeesThatALockedCardIsLocked) {
    Persona locked = test_persona();
    locked.face_authentication_card = true;
    insert(make_card(locked));
    const auto dump = run_program({"pkcs15-tool", "-r", "0", "-D"});
    EXPECT_EQ(dump.status, 0) << dump.output;
    EXPECT_THAT(dump.output, HasSubstr("Tries left     : 0"));
    const auto refused = run_program({"pkcs15-tool", "-r", "0", "--verify-pin", "--auth-id", "1", "--pin", "1234"});
    EXPECT_NE(refused.status, 0) << refused.output;
}

TEST_F(PcscStranger, ReadsAChildsCardThatHasNoSigningCertificate) {
    auto child = load_persona(testing::persona_path("kodomo"));
    ASSERT_TRUE(child);
    ASSERT_FALSE(child->signature_certificate);
    insert(make_card(*child));
    const auto dump = run_program({"pkcs15-tool", "-r", "0", "-D"});
    EXPECT_EQ(dump.status, 0) << dump.output;
    EXPECT_THAT(dump.output, HasSubstr("User Authentication PIN"));
    const auto certificate = run_program({"pkcs15-tool", "-r", "0", "--read-certificate", "1"});
    EXPECT_EQ(certificate.status, 0) << certificate.output;
    EXPECT_THAT(certificate.output, HasSubstr("BEGIN CERTIFICATE"));
    const auto signing = run_program({"pkcs15-tool", "-r", "0", "--read-certificate", "2"});
    EXPECT_THAT(signing.output, Not(HasSubstr("BEGIN CERTIFICATE")));
}

}  // namespace
}  // namespace uketsuke::card
