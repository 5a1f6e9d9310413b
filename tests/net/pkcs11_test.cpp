// The client's key in a PKCS#11 token: SoftHSM stands for it, the simulator demands the certificate. The token's
// library keeps its login for the life of a process, so that a wrong PIN can be tried only before the right one.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;
using testing::RunningSimulator;
using testing::ScratchFolder;
using testing::signed_request;
using testing::write_file;

constexpr const char* softhsm = "/usr/lib/softhsm/libsofthsm2.so";
constexpr const char* engine = "/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so";
constexpr const char* pin = "471108";

SimulatorOptions demanding() {
    SimulatorOptions options;
    options.require_client_certificate = true;
    return options;
}

// A token with the key of a certificate that the simulator accepts.
class Pkcs11 : public ::testing::Test {
  protected:
    void SetUp() override {
        if (::access(softhsm, R_OK) != 0) GTEST_SKIP() << "package softhsm2 is not installed: " << softhsm;
        if (!engine_is_there()) GTEST_SKIP() << "package libengine-pkcs11-openssl is not installed";
        static const bool made = make_token();
        ASSERT_TRUE(made) << testing::read_file(folder / "log");
        write_pin(std::string(pin) + "\n");
    }

    static bool make_token() {
        std::filesystem::create_directories(folder / "tokens");
        write_file(folder / "softhsm2.conf",
                   "directories.tokendir = " + path("tokens") + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        ::setenv("SOFTHSM2_CONF", (folder / "softhsm2.conf").c_str(), 1);
        const auto [certificate, key] = must(service->issue_client_identity("kiosk-1"));
        write_file(folder / "certificate.pem", certificate);
        write_file(folder / "key.pem", key);
        // softhsm2-util reads PKCS #8 only.
        const bool made =
            run("softhsm2-util --init-token --free --label kiosk --so-pin 12345678 --pin " + std::string(pin)) &&
            run("openssl pkcs8 -topk8 -nocrypt -in " + path("key.pem") + " -out " + path("key8.pem")) &&
            run("softhsm2-util --import " + path("key8.pem") + " --token kiosk --label kiosk-key --id 01 --pin " + pin);
        std::filesystem::remove(folder / "key.pem");
        std::filesystem::remove(folder / "key8.pem");
        return made;
    }

    static bool engine_is_there() { return ::access(engine, R_OK) == 0; }
    static std::string path(const std::string& name) { return (folder / name).string(); }
    static bool run(const std::string& command) {
        return std::system((command + " > " + path("log") + " 2>&1").c_str()) == 0;
    }
    static void write_pin(const std::string& text, mode_t mode = 0600) {
        write_file(folder / "pin", text);
        ::chmod((folder / "pin").c_str(), mode);
    }

    static ServiceOptions options() {
        ServiceOptions options = service.service();
        options.client_certificate = folder / "certificate.pem";
        options.client_key_uri = "pkcs11:token=kiosk;object=kiosk-key;type=private";
        options.pkcs11_module = softhsm;
        options.pkcs11_pin_file = folder / "pin";
        return options;
    }

    // The words of the refusal, which never hold a PIN.
    static std::string refusal(const ServiceOptions& options) {
        const auto client = EligibilityClient::create(options);
        EXPECT_EQ(fault_of(client), Fault::OwnIdentity);
        if (client) return "";
        EXPECT_THAT(client.error().where, Not(HasSubstr(pin)));
        EXPECT_THAT(client.error().where, Not(HasSubstr("998877")));
        return client.error().where;
    }

    // For what a login before would hide; ctest gives each test a process of its own.
    static std::string skip_reason() { return logged_in ? "an earlier test of this process has logged in" : ""; }
    static std::unique_ptr<EligibilityClient> client() {
        logged_in = true;
        return must(EligibilityClient::create(options()));
    }

    static inline bool logged_in = false;
    static inline RunningSimulator service{demanding()};
    static inline ScratchFolder folder{std::filesystem::path{}};
};

TEST_F(Pkcs11, WithoutAPinNothingWaitsAtATerminal) {
    if (!skip_reason().empty()) GTEST_SKIP() << skip_reason();
    ServiceOptions without = options();
    without.pkcs11_pin_file.clear();
    refusal(without);
}

TEST_F(Pkcs11, APinFileThatOthersReadIsRefused) {
    write_pin(pin, 0644);
    EXPECT_THAT(refusal(options()), HasSubstr("chmod 600"));
    write_pin("");
    EXPECT_THAT(refusal(options()), HasSubstr("first line"));
    ServiceOptions odd = options();
    odd.pkcs11_pin_file = folder.path();
    EXPECT_THAT(refusal(odd), HasSubstr("plain file"));
    odd.pkcs11_pin_file = folder / "nowhere";
    EXPECT_THAT(refusal(odd), HasSubstr("nowhere"));
}

TEST_F(Pkcs11, AWrongPinIsOurOwnFaultAndIsNeverShown) {
    if (!skip_reason().empty()) GTEST_SKIP() << skip_reason();
    write_pin("998877");
    EXPECT_THAT(refusal(options()), HasSubstr("PIN"));
    write_pin(pin);
    EXPECT_EQ(must(client()->send(signed_request())).kind, ReplyKind::Answered) << "the right one still works";
}

TEST_F(Pkcs11, APinInTheUriIsTakenAndNeverShown) {
    if (!skip_reason().empty()) GTEST_SKIP() << skip_reason();
    ServiceOptions with_pin = options();
    with_pin.pkcs11_pin_file.clear();
    with_pin.client_key_uri += ";pin-value=" + std::string("998877");
    refusal(with_pin);
    with_pin.client_key_uri = options().client_key_uri + "?pin-value=" + std::string(pin);
    logged_in = true;
    EXPECT_TRUE(EligibilityClient::create(with_pin).has_value());
}

TEST_F(Pkcs11, AKeyInATokenProvesWhoTheKioskIs) {
    ASSERT_EQ(fault_of(service.client()->send(signed_request())), Fault::OwnIdentity) << "it is demanded";
    const std::size_t before = service->receptions().size();
    const auto ours = client();
    EXPECT_EQ(must(ours->send(signed_request())).kind, ReplyKind::Answered);
    EXPECT_EQ(must(ours->send(signed_request())).kind, ReplyKind::Answered);
    EXPECT_EQ(service->receptions().size(), before + 2);
}

TEST_F(Pkcs11, TwoClientsMayUseTheTokenAndOneMayGo) {
    auto first = client();
    const auto second = client();
    EXPECT_EQ(must(first->send(signed_request())).kind, ReplyKind::Answered);
    first.reset();
    EXPECT_EQ(must(second->send(signed_request())).kind, ReplyKind::Answered);
}

TEST_F(Pkcs11, AnAbsentTokenKeyOrLibrarySaysWhatToDo) {
    if (!skip_reason().empty()) GTEST_SKIP() << skip_reason();
    ServiceOptions absent = options();
    absent.client_key_uri = "pkcs11:token=nowhere;object=kiosk-key;type=private";
    EXPECT_THAT(refusal(absent), HasSubstr("token=nowhere"));
    absent = options();
    absent.client_key_uri = "pkcs11:token=kiosk;object=other;type=private";
    EXPECT_THAT(refusal(absent), HasSubstr("check the URI"));
    absent = options();
    absent.pkcs11_module = "/nonexistent/module.so";
    EXPECT_THAT(refusal(absent), HasSubstr("/nonexistent/module.so"));
    absent.pkcs11_module = folder / "pin";
    refusal(absent);
}

TEST_F(Pkcs11, ACertificateOfAnotherKeyIsRefusedAtStart) {
    write_file(folder / "other.pem", must(service->issue_client_identity("kiosk-2")).first);
    ServiceOptions other = options();
    other.client_certificate = folder / "other.pem";
    EXPECT_THAT(refusal(other), HasSubstr("not the key of the certificate"));
    other.client_certificate = folder / "pin";
    EXPECT_THAT(refusal(other), HasSubstr("not a PEM file"));
}

TEST_F(Pkcs11, AKeyIsAFileOrInATokenAndNotBoth) {
    ServiceOptions both = options();
    both.client_key = folder / "pin";
    EXPECT_EQ(fault_of(EligibilityClient::create(both)), Fault::BadOptions);
    both = options();
    both.client_key_uri = "file:key.pem";
    EXPECT_EQ(fault_of(EligibilityClient::create(both)), Fault::BadOptions);
    both = options();
    both.client_certificate.clear();
    EXPECT_EQ(fault_of(EligibilityClient::create(both)), Fault::OwnIdentity);
}

TEST_F(Pkcs11, ATokenThatIsPulledOutIsOurOwnFault) {
    if (!skip_reason().empty()) GTEST_SKIP() << skip_reason();
    const auto ours = client();
    std::filesystem::remove_all(folder / "tokens");
    const auto reply = ours->send(signed_request());
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().fault, Fault::OwnIdentity) << reply.error().where;
}

}  // namespace
}  // namespace uketsuke::net
