#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

using namespace std::chrono_literals;

TEST(DeskGuessingTest, AWrongPasswordAndAnUnknownNameAreAnsweredAlike) {
    Desk desk;
    Browser browser(desk);
    const Response wrong = browser.sign_in("sato", "not the password");
    const Response unknown = browser.sign_in("nobody", "not the password");
    const Response no_name = browser.sign_in("<script>\n", "not the password");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_EQ(wrong.body, no_name.body);
    EXPECT_TRUE(browser.cookie.empty());
}

TEST(DeskGuessingTest, FiveFailuresBringAPauseThatDoubles) {
    Desk desk;
    Browser browser(desk);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(browser.sign_in("sato", "guess").status, 401) << i;
    const Response paused = browser.sign_in();
    EXPECT_EQ(paused.status, 429) << "the right password waits, too";
    EXPECT_EQ(paused.header("retry-after"), "60");
    desk.advance(60s);
    EXPECT_EQ(browser.sign_in("sato", "guess").status, 401);
    EXPECT_EQ(browser.sign_in("sato", "guess").header("retry-after"), "120");
    desk.advance(120s);
    EXPECT_EQ(browser.sign_in().status, 200);
    EXPECT_EQ(desk.count_news(DeskNews::Kind::SignInRefused), 6u);
    EXPECT_EQ(desk.count_news(DeskNews::Kind::SignInPaused), 2u);
}

TEST(DeskGuessingTest, AnotherAddressStillGetsIn) {
    Desk desk;
    Browser attacker(desk, {.source = "127.0.0.2"});
    for (int i = 0; i < 5; ++i) attacker.sign_in("sato", "guess");
    EXPECT_EQ(attacker.sign_in().status, 429);
    EXPECT_EQ(Browser(desk).sign_in().status, 200);
}

TEST(DeskGuessingTest, ManyAddressesGuessingOneAccountDoNotLockItsOwnerOut) {
    Desk desk([](DeskServerOptions& options) { options.sign_in_failures = 3; });
    Browser owner(desk);
    ASSERT_EQ(owner.sign_in().status, 200);
    for (int i = 0; i < 20; ++i) {
        Browser attacker(desk, {.source = "127.0.1." + std::to_string(1 + i / 2)});
        EXPECT_EQ(attacker.sign_in("sato", "guess").status, 401) << i;
    }
    EXPECT_EQ(Browser(desk, {.source = "127.0.2.1"}).sign_in().status, 429);
    EXPECT_EQ(owner.sign_in().status, 200);
    desk.advance(1h);
    EXPECT_EQ(Browser(desk, {.source = "127.0.2.1"}).sign_in().status, 200);
}

TEST(DeskGuessingTest, AnAddressThatTriesManyNamesWaits) {
    Desk desk;
    Browser attacker(desk, {.source = "127.0.0.2"});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(attacker.sign_in("name" + std::to_string(i), "guess").status, 401) << i;
    const Response waits = attacker.sign_in("another", "guess");
    EXPECT_EQ(waits.status, 429);
    EXPECT_NE(waits.header("retry-after"), "");
    desk.advance(6s);
    EXPECT_EQ(attacker.sign_in("another", "guess").status, 401);
}

TEST(DeskGuessingTest, GuessesAtOnceDoNotPassThePause) {
    Desk desk;
    Browser browser(desk);
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(std::make_unique<Client>(desk.port()));
        clients.back()->send(browser.request_text("POST", "/session", R"({"name":"sato","password":"guess"})"));
    }
    int refused = 0;
    int paused = 0;
    for (const auto& client : clients) {
        const int status = client->read().status;
        refused += status == 401 ? 1 : 0;
        paused += status == 429 ? 1 : 0;
    }
    EXPECT_EQ(refused, 5);
    EXPECT_EQ(paused, 5);
}

TEST(DeskGuessingTest, OthersAreServedWhilePasswordsAreChecked) {
    Desk desk;
    Browser browser(desk);
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<Client>(desk.port(), ClientOptions{.source = "127.0.0.2"}));
        const std::string name = "name" + std::to_string(i);
        clients.back()->send(
            browser.request_text("POST", "/session", R"({"name":")" + name + R"(","password":"guess"})"));
    }
    // Answered before the guesses are: they take their turns.
    for (int i = 0; i < 5; ++i) EXPECT_EQ(browser.get("/app.js").status, 200);
    for (const auto& client : clients) EXPECT_EQ(client->read().status, 401);
}

TEST(DeskGuessingTest, OldPasswordsCannotBeGuessedByChangingThem) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    const std::string body = R"({"old":"guess","new":"quite another phrase"})";
    for (int i = 0; i < 5; ++i) EXPECT_EQ(browser.call("POST", "/password", body).status, 400) << i;
    EXPECT_EQ(browser.call("POST", "/password", body).status, 429);
}

TEST(DeskGuessingTest, TheRecordHoldsNamesAsTheyWereTypedButBounded) {
    Desk desk;
    Browser browser(desk);
    browser.sign_in("a\r\nb" + std::string(200, 'x'), "guess");
    ASSERT_EQ(desk.news().size(), 1u);
    EXPECT_EQ(desk.news()[0].name, "a??b" + std::string(28, 'x'));
    EXPECT_EQ(desk.news()[0].address, "127.0.0.1");
}

TEST(DeskGuessingTest, ABodyThatIsNoSignInCostsNoPasswordCheck) {
    Desk desk;
    Browser browser(desk);
    for (const char* body : {"{}", "[]", "1", R"({"name":"sato"})", R"({"name":1,"password":2})",
                             R"({"name":"sato","password":"x","role":"manager"})"}) {
        EXPECT_EQ(browser.call("POST", "/session", body).status, 400) << body;
    }
    EXPECT_EQ(browser.call("POST", "/session").status, 400);
    EXPECT_TRUE(desk.news().empty());
}

}  // namespace
}  // namespace uketsuke::net::testing
