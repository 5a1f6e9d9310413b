// Home visits: what a tablet may be set up for, and what stays at the clinic.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/config/config.h"

namespace uketsuke::config {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::milliseconds;
using testing::HasSubstr;

// A tablet, and what `visit` adds to its table and `tables` after it.
tl::expected<Config, ConfigError> tablet(const std::string& visit = "", const std::string& tables = "",
                                         const std::string& service = "") {
    return parse_config("[visit]\nenabled = true\nkeyring = \"keys/keyring\"\n" + visit +
                            "[face]\nenabled = false\n[service]\nmode = \"simulator\"\ninstitution_code = "
                            "\"1312345678\"\n" +
                            service + "[flow]\ndemonstration = true\n" + tables,
                        "/etc/k/x.toml");
}

std::string error_of(const tl::expected<Config, ConfigError>& config) {
    return config ? "no error" : config.error().text();
}

TEST(VisitConfig, ACounterKnowsNoVisits) {
    const auto config = parse_config(
        "[flow]\ndemonstration = true\n[service]\nmode = \"simulator\"\ninstitution_code = \"1312345678\"\n",
        "/etc/k/x.toml");
    ASSERT_TRUE(config) << error_of(config);
    EXPECT_FALSE(config->visit.enabled);
    EXPECT_FALSE(config->policy.visit);
    EXPECT_FALSE(config->policy.dim_after);
    EXPECT_FALSE(config->service.share_visits);
}

TEST(VisitConfig, ATabletHasTheOrderOfHomeVisitsAndTheVisualCheck) {
    const auto config = tablet();
    ASSERT_TRUE(config) << error_of(config);
    ASSERT_TRUE(config->policy.visit);
    EXPECT_EQ(config->policy.visit, core::VisitPolicy{});
    EXPECT_TRUE(config->policy.visual_check);
    EXPECT_FALSE(config->policy.challenge_waiver);
    EXPECT_EQ(config->visit.keyring, fs::path{"/etc/k/keys/keyring"});
    EXPECT_EQ(config->visit.consent, hours{24 * 365});
    EXPECT_EQ(config->visit.relation, hours{24 * 100});
}

TEST(VisitConfig, ValuesReachTheirPlaces) {
    const auto config = tablet(
        "lock_after_s = 30\ntour_longest_h = 8\nconsent_days = 90\nrelation_days = 40\nonline = false\n"
        "device_check_s = 60\ndemonstration_name = \"架空 はな\"\ndemonstration_code = \"258025\"\n",
        "[display]\ndim_after_s = 45\ndim_percent = 5\nbacklight = \"/sys/class/backlight/panel\"\n",
        "share_visits = true\n");
    ASSERT_TRUE(config) << error_of(config);
    EXPECT_EQ(config->policy.visit, (core::VisitPolicy{milliseconds{30'000}, hours{8}, false}));
    EXPECT_EQ(config->visit.consent, hours{24 * 90});
    EXPECT_EQ(config->visit.relation, hours{24 * 40});
    EXPECT_EQ(config->visit.device_check, milliseconds{60'000});
    EXPECT_EQ(config->visit.demonstration_name, "架空 はな");
    EXPECT_EQ(config->visit.demonstration_code, "258025");
    EXPECT_EQ(config->policy.dim_after, milliseconds{45'000});
    EXPECT_EQ(config->display.dim_percent, 5);
    EXPECT_EQ(config->display.backlight, fs::path{"/sys/class/backlight/panel"});
    EXPECT_TRUE(config->service.share_visits);
}

TEST(VisitConfig, ATabletNeedsAKeyringOfItsOwn) {
    const std::string rest =
        "[face]\nenabled = false\n[service]\nmode = \"simulator\"\ninstitution_code = \"1312345678\"\n"
        "[flow]\ndemonstration = true\n";
    EXPECT_THAT(error_of(parse_config("[visit]\nenabled = true\n" + rest, "/etc/k/x.toml")),
                HasSubstr(":2: 'visit.enabled' needs visit.keyring"));
    EXPECT_THAT(error_of(parse_config("[visit]\nenabled = true\nkeyring = \"k\"\n[outbox]\nkey_file = \"k\"\n" + rest,
                                      "/etc/k/x.toml")),
                HasSubstr(":3: 'visit.keyring' is the same file"));
}

TEST(VisitConfig, FaceMatchingIsRefusedAtHome) {
    EXPECT_THAT(error_of(parse_config("[visit]\nenabled = true\nkeyring = \"k\"\n[service]\nmode = \"simulator\"\n"
                                      "institution_code = \"1312345678\"\n[flow]\ndemonstration = true\n",
                                      "/etc/k/x.toml")),
                HasSubstr("'face.enabled' is true"));
}

TEST(VisitConfig, WhatServesTheClinicsNetworkStaysThere) {
    EXPECT_THAT(error_of(tablet("", "[desk]\naddress = \"0.0.0.0\"\n")), HasSubstr("a tablet serves no staff page"));
    EXPECT_THAT(error_of(tablet("", "[receipt_computer]\nface_folder = \"f\"\n")), HasSubstr("unsealed"));
    EXPECT_THAT(error_of(tablet("", "[receipt_computer]\nrequest_folder = \"f\"\nresult_folder = \"g\"\n")),
                HasSubstr("'receipt_computer.request_folder' is set"));
    EXPECT_THAT(error_of(tablet("", "[webhook]\nurl = \"https://c\"\nsecret_file = \"s\"\n")),
                HasSubstr("'webhook.url' is set"));
}

TEST(VisitConfig, NobodySharesACodeOnATablet) {
    EXPECT_THAT(
        error_of(tablet("",
                        "[staff]\nvisual_check_code_hash = \"$argon2id$v=19$m=65536,t=2,p=1$NMBpxSpkN/zuJT9XLMSNMA$"
                        "HCVZrk2p3eKWPGIYtmpTvOYPvNhtvWF9SOPql9x0/08\"\n")),
        HasSubstr("each member's own code is used"));
}

TEST(VisitConfig, TheSealedKeyIsTheOnlyKeyOfItsCertificate) {
    const std::string sealed = "client_key = \"client-key.sealed\"\n";
    const std::string certificate = "client_certificate = \"c.pem\"\n";
    const auto good = tablet(sealed, "", certificate);
    ASSERT_TRUE(good) << error_of(good);
    EXPECT_EQ(good->visit.client_key, fs::path{"/etc/k/client-key.sealed"});
    EXPECT_THAT(error_of(tablet(sealed)), HasSubstr("needs service.client_certificate"));
    EXPECT_THAT(error_of(tablet(sealed, "", certificate + "client_key = \"k.pem\"\n")), HasSubstr("are two keys"));
    EXPECT_THAT(error_of(tablet(sealed, "", certificate + "client_key_uri = \"pkcs11:object=a\"\n")),
                HasSubstr("are two keys"));
    EXPECT_THAT(error_of(parse_config("[visit]\n" + sealed + "[service]\nmode = \"simulator\"\n" + certificate +
                                          "institution_code = \"1312345678\"\n[flow]\ndemonstration = true\n",
                                      "/etc/k/x.toml")),
                HasSubstr(":2: 'visit.client_key' needs visit.enabled"));
}

TEST(VisitConfig, ACodeThatStandsInTheFileOpensDemonstrationsOnly) {
    const std::string member = "demonstration_name = \"x\"\ndemonstration_code = \"258025\"\n";
    EXPECT_THAT(error_of(parse_config("[visit]\nenabled = true\nkeyring = \"k\"\n" + member +
                                          "[face]\nenabled = false\n[service]\nurl = \"https://a\"\nca_file = \"a\"\n"
                                          "institution_code = \"1312345678\"\n",
                                      "/etc/k/x.toml")),
                HasSubstr(":5: 'visit.demonstration_code' needs flow.demonstration"));
    EXPECT_THAT(error_of(tablet("demonstration_code = \"258025\"\n")), HasSubstr("need each other"));
    EXPECT_THAT(
        error_of(tablet("demonstration_name = \"" + std::string(101, 'a') + "\"\ndemonstration_code = \"258025\"\n")),
        HasSubstr("more than 100 bytes"));
    for (const auto* bad : {"12345", "1234567890123", "12345a"}) {
        const std::string error = error_of(tablet("demonstration_code = \"" + std::string{bad} + "\"\n"));
        EXPECT_THAT(error, HasSubstr("must be empty, or 6 to 12 digits"));
        EXPECT_THAT(error, testing::Not(HasSubstr(bad)));
    }
}

TEST(VisitConfig, AScreenIsNeverDimmedBeforeItCanBeRead) {
    for (const auto* seconds : {"1", "14"}) {
        EXPECT_THAT(error_of(tablet("", "[display]\ndim_after_s = " + std::string{seconds} + '\n')),
                    HasSubstr("'display.dim_after_s' is less than 15"));
    }
    EXPECT_EQ(error_of(tablet("", "[display]\ndim_after_s = 15\n")), "no error");
    const auto never = tablet("", "[display]\ndim_after_s = 0\n");
    ASSERT_TRUE(never) << error_of(never);
    EXPECT_FALSE(never->policy.dim_after);
}

}  // namespace
}  // namespace uketsuke::config
