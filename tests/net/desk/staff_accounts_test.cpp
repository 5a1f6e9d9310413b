#include "net/desk/staff_accounts.h"

#include <sys/stat.h>

#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

namespace fs = std::filesystem;

class StaffAccountsTest : public ::testing::Test {
  protected:
    StaffAccountsTest() { put_accounts(file); }
    std::unique_ptr<StaffAccounts> open() { return std::move(*StaffAccounts::open(file)); }
    Fault fault_of_opening(const std::string& text) {
        write_text(file, text);
        auto accounts = StaffAccounts::open(file);
        EXPECT_FALSE(accounts.has_value());
        EXPECT_EQ(read_text(file), text) << "nothing is changed";
        return accounts ? Fault::Internal : accounts.error().fault;
    }

    Folder folder;
    fs::path file = folder / "accounts.json";
};

TEST_F(StaffAccountsTest, TheFirstStartMakesOneManagerAndSaysThePasswordOnce) {
    fs::remove(file);
    auto accounts = open();
    const auto made = accounts->take_made();
    ASSERT_TRUE(made.has_value());
    EXPECT_FALSE(accounts->take_made().has_value());
    ASSERT_EQ(accounts->list().size(), 1u);
    EXPECT_EQ(accounts->list().front().role, Role::Manager);
    EXPECT_TRUE(accounts->list().front().must_change);
    EXPECT_TRUE(accounts->password_matches(made->name, made->password));
    EXPECT_FALSE(open()->take_made().has_value()) << "the second start makes nothing";
}

TEST_F(StaffAccountsTest, NoPasswordIsTheSameOnTwoMachines) {
    fs::remove(file);
    const auto one = open()->take_made();
    fs::remove(file);
    const auto other = open()->take_made();
    EXPECT_NE(one->password, other->password);
    EXPECT_EQ(why_not_a_password(one->password, one->name), std::nullopt);
}

TEST_F(StaffAccountsTest, TheFileHoldsNoPasswordAndOnlyItsOwnerReadsIt) {
    fs::remove(file);
    const auto made = open()->take_made();
    struct stat info {};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    const std::string text = read_text(file);
    EXPECT_EQ(text.find(made->password), std::string::npos);
    EXPECT_NE(text.find("$argon2id$v=19$m=65536,t=2,p=1$"), std::string::npos);
}

TEST_F(StaffAccountsTest, AFileThatOthersMayReadIsRefused) {
    fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(StaffAccounts::open(file).error().fault, Fault::BadOptions);
}

TEST_F(StaffAccountsTest, ALinkInPlaceOfTheFileIsRefused) {
    fs::rename(file, folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", file);
    EXPECT_EQ(StaffAccounts::open(file).error().fault, Fault::BadOptions);
}

TEST_F(StaffAccountsTest, ADamagedFileIsRefusedAndLeftAsItIs) {
    const std::string good = read_text(file);
    EXPECT_EQ(fault_of_opening(""), Fault::BadOptions);
    EXPECT_EQ(fault_of_opening("{}"), Fault::BadOptions);
    EXPECT_EQ(fault_of_opening(R"({"version":1,"accounts":[]})"), Fault::BadOptions) << "no manager";
    EXPECT_EQ(fault_of_opening(good.substr(0, good.size() / 2)), Fault::BadOptions);
    EXPECT_EQ(fault_of_opening(std::string(300'000, ' ')), Fault::BadOptions);
    std::string costly = good;
    costly.replace(costly.find("m=65536"), 7, "m=99999");
    EXPECT_EQ(fault_of_opening(costly), Fault::BadOptions) << "a hash that would take any time to check";
    std::string twice = good;
    twice.replace(twice.find("\"sato\""), 6, "\"mori\"");
    EXPECT_EQ(fault_of_opening(twice), Fault::BadOptions) << "one name twice";
}

TEST_F(StaffAccountsTest, AChangeByAnotherProgramIsSeenAtOnce) {
    auto kiosk = open();
    auto tool = open();
    const std::uint64_t before = kiosk->generation("sato");
    ASSERT_TRUE(tool->reset_password("sato"));
    EXPECT_NE(kiosk->generation("sato"), before);
    EXPECT_FALSE(kiosk->password_matches("sato", k_password));
    ASSERT_TRUE(tool->remove("sato"));
    EXPECT_EQ(kiosk->generation("sato"), 0u);
    EXPECT_FALSE(kiosk->find("sato").has_value());
}

TEST_F(StaffAccountsTest, TwoProgramsChangingAtOnceLoseNothing) {
    auto one = open();
    auto other = open();
    std::thread first([&] {
        for (int i = 0; i < 4; ++i) EXPECT_TRUE(one->add("one" + std::to_string(i), Role::Desk));
    });
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(other->add("other" + std::to_string(i), Role::Desk));
    first.join();
    EXPECT_EQ(open()->list().size(), 3u + 8u);
}

TEST_F(StaffAccountsTest, WhatWasReadStaysWhileTheFileIsDamaged) {
    auto accounts = open();
    write_text(file, "{");
    EXPECT_TRUE(accounts->password_matches("sato", k_password));
    EXPECT_EQ(accounts->reset_password("sato").error().fault, Fault::BadOptions);
    EXPECT_EQ(read_text(file), "{") << "somebody may still want to repair it";
}

TEST_F(StaffAccountsTest, TheLastManagerCannotBeRemoved) {
    auto accounts = open();
    EXPECT_EQ(accounts->remove("mori").error().fault, Fault::Conflict);
    ASSERT_TRUE(accounts->add("kato", Role::Manager));
    EXPECT_TRUE(accounts->remove("mori"));
    EXPECT_EQ(accounts->remove("kato").error().fault, Fault::Conflict);
}

TEST_F(StaffAccountsTest, AnAccountThatIsMadeAgainIsAnother) {
    auto accounts = open();
    const std::uint64_t before = accounts->generation("sato");
    ASSERT_TRUE(accounts->remove("sato"));
    const auto made = accounts->add("sato", Role::Desk);
    ASSERT_TRUE(made);
    EXPECT_NE(accounts->generation("sato"), before);
    EXPECT_TRUE(accounts->find("sato")->must_change);
    EXPECT_EQ(accounts->add("sato", Role::Desk).error().fault, Fault::Conflict);
    EXPECT_EQ(accounts->remove("nobody").error().fault, Fault::NotFound);
}

TEST_F(StaffAccountsTest, AnOwnPasswordEndsThatOfAProgram) {
    auto accounts = open();
    EXPECT_EQ(accounts->change_password("shin", "short").error().where, "too-short");
    ASSERT_TRUE(accounts->change_password("shin", k_other_password));
    EXPECT_FALSE(accounts->find("shin")->must_change);
    EXPECT_TRUE(accounts->password_matches("shin", k_other_password));
    EXPECT_EQ(accounts->change_password("nobody", k_other_password).error().fault, Fault::NotFound);
}

TEST_F(StaffAccountsTest, AKioskCodeIsOnePersonsOnly) {
    auto accounts = open();
    ASSERT_TRUE(accounts->set_kiosk_code("sato", "290741"));
    EXPECT_EQ(accounts->who_has_code("290741"), "sato");
    EXPECT_EQ(accounts->set_kiosk_code("mori", "290741").error().fault, Fault::Conflict);
    EXPECT_TRUE(accounts->set_kiosk_code("sato", "290741")) << "one's own again";
    EXPECT_EQ(accounts->who_has_code("290742"), std::nullopt);
    EXPECT_EQ(accounts->who_has_code(""), std::nullopt);
    for (const char* code : {"12345", "1234567890123", "12345a", "１２３４５６"}) {
        EXPECT_EQ(accounts->set_kiosk_code("mori", code).error().fault, Fault::BadOptions) << code;
    }
    ASSERT_TRUE(accounts->set_kiosk_code("sato", ""));
    EXPECT_EQ(accounts->who_has_code("290741"), std::nullopt);
    EXPECT_FALSE(accounts->find("sato")->has_kiosk_code);
}

TEST_F(StaffAccountsTest, AnUnknownNameTakesAsLongAsAKnownOne) {
    auto accounts = open();
    const auto time = [&](const char* name) {
        std::chrono::nanoseconds best = std::chrono::hours{1};
        for (int i = 0; i < 5; ++i) {
            const auto began = std::chrono::steady_clock::now();
            EXPECT_FALSE(accounts->password_matches(name, "not the password"));
            best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - began);
        }
        return std::chrono::duration<double>(best).count();
    };
    const double known = time("sato");
    const double unknown = time("nobody");
    EXPECT_LT(known / unknown, 2.0);
    EXPECT_LT(unknown / known, 2.0);
}

TEST(StaffNamesTest, NamesAreLettersOfAnyScript) {
    for (const char* name : {"sato", "佐藤", "Sato Hanako", "m.mori-2", "Ōta", "さとう", "ﾓﾘ"}) {
        EXPECT_TRUE(is_account_name(name)) << name;
    }
    const std::string with_zero("sa\0to", 5);
    for (const std::string& name : {std::string(), std::string(" sato"), std::string("sato "), std::string("a  b"),
                                    std::string("<b>"), std::string("a/b"), std::string("佐　藤"), std::string("\xff"),
                                    std::string("a\xe2\x80\xae"
                                                "b"),
                                    with_zero, std::string(33, 'a')}) {
        EXPECT_FALSE(is_account_name(name)) << name;
    }
}

TEST(PasswordRulesTest, LongPhrasesOfAnyCharactersAreTaken) {
    for (const char* password : {"a long enough phrase", "今日はとても良い天気ですね", "x9!Kq#72-pLw",
                                 "😀😃😄😁😆😅😂🤣😊😇🙂🙃"}) {
        EXPECT_EQ(why_not_a_password(password, "sato"), std::nullopt) << password;
    }
    EXPECT_EQ(why_not_a_password(std::string(128, 'x') + "y", "sato"), "too-long");
    EXPECT_EQ(why_not_a_password("xy" + std::string(126, 'z'), "sato"), std::nullopt);
}

TEST(PasswordRulesTest, WhatEverybodyTriesFirstIsRefused) {
    EXPECT_EQ(why_not_a_password("elevenchars", "sato"), "too-short");
    EXPECT_EQ(why_not_a_password("aaaaaaaaaaaa", "sato"), "one-character");
    EXPECT_EQ(why_not_a_password("123456789012", "sato"), "row");
    EXPECT_EQ(why_not_a_password("qwertyuiopas", "sato"), "row");
    EXPECT_EQ(why_not_a_password("zyxwvutsrqpo", "sato"), "row");
    EXPECT_EQ(why_not_a_password("abcabcabcabc", "sato"), "row");
    EXPECT_EQ(why_not_a_password("Password2026!", "sato"), "common");
    EXPECT_EQ(why_not_a_password("passwordpassword", "sato"), "common");
    EXPECT_EQ(why_not_a_password("satosatosatosato", "sato"), "account-name");
    EXPECT_EQ(why_not_a_password("Hanako.Yamada1", "hanako.yamada"), "account-name");
    EXPECT_EQ(why_not_a_password("\xff\xfe more than twelve", "sato"), "not-text");
}

}  // namespace
}  // namespace uketsuke::net::testing
