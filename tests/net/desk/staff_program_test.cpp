#include <array>
#include <cstdio>

#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

struct Ran {
    int code = -1;
    std::string text;  ///< both outputs
};

class StaffProgramTest : public ::testing::Test {
  protected:
    Ran run(const std::string& arguments, const std::string& input = {}) const {
        const std::string command = "printf '%s\\n' '" + input + "' | '" + STAFF_PROGRAM + "' --accounts '" +
                                    file.string() + "' " + arguments + " 2>&1";
        Ran ran;
        FILE* pipe = ::popen(command.c_str(), "r");
        if (pipe == nullptr) return ran;
        std::array<char, 512> bytes{};
        while (std::fgets(bytes.data(), bytes.size(), pipe) != nullptr) ran.text += bytes.data();
        ran.code = ::pclose(pipe);
        return ran;
    }
    static std::string password_in(const std::string& text) {
        const std::string before = "the password is ";
        const std::size_t at = text.rfind(before);
        return at == std::string::npos ? "" : text.substr(at + before.size(), 19);
    }

    Folder folder;
    std::filesystem::path file = folder / "accounts.json";
};

TEST_F(StaffProgramTest, AccountsAreMadeListedResetAndRemoved) {
    const Ran first = run("list");
    EXPECT_EQ(first.code, 0) << first.text;
    EXPECT_NE(first.text.find("manager\tmanager\tto be changed"), std::string::npos) << first.text;
    const Ran added = run("add '佐藤 花子' --role desk");
    EXPECT_EQ(added.code, 0) << added.text;
    const auto accounts = std::move(*StaffAccounts::open(file));
    EXPECT_TRUE(accounts->password_matches("佐藤 花子", password_in(added.text)));
    const Ran reset = run("reset '佐藤 花子'");
    EXPECT_TRUE(accounts->password_matches("佐藤 花子", password_in(reset.text)));
    EXPECT_EQ(run("remove '佐藤 花子'").code, 0);
    EXPECT_EQ(run("list").text, "manager\tmanager\tto be changed\tno kiosk code\n") << "no password a second time";
}

TEST_F(StaffProgramTest, ACodeIsReadFromStandardInput) {
    run("list");
    EXPECT_EQ(run("code manager", "290741").code, 0);
    EXPECT_EQ(StaffAccounts::open(file).value()->who_has_code("290741"), "manager");
    EXPECT_NE(run("code manager", "12ab").code, 0);
    EXPECT_EQ(run("code manager").code, 0);
    EXPECT_FALSE(StaffAccounts::open(file).value()->find("manager")->has_kiosk_code);
}

TEST_F(StaffProgramTest, WhatCannotBeDoneIsSaidAndChangesNothing) {
    run("list");
    const std::string before = read_text(file);
    for (const char* arguments : {"remove manager", "remove nobody", "reset nobody", "add manager --role desk",
                                  "add '<b>' --role desk", "add kato --role king", "add kato", ""}) {
        const Ran ran = run(arguments);
        EXPECT_NE(ran.code, 0) << arguments;
        EXPECT_FALSE(ran.text.empty()) << arguments;
    }
    EXPECT_EQ(read_text(file), before);
}

}  // namespace
}  // namespace uketsuke::net::testing
