#include <nlohmann/json.hpp>
#include <set>

#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

std::string passwords(const std::string& old, const std::string& fresh) {
    return json{{"old", old}, {"new", fresh}}.dump();
}

TEST(DeskSessionTest, SigningInSaysWhoAndGivesACookieThatOnlyTheBrowserReads) {
    Desk desk;
    Browser browser(desk);
    const Response reply = browser.sign_in();
    ASSERT_EQ(reply.status, 200);
    const json said = json::parse(reply.body);
    EXPECT_EQ(said.at("name"), "sato");
    EXPECT_EQ(said.at("role"), "desk");
    EXPECT_EQ(said.at("must_change"), false);
    ASSERT_EQ(reply.cookies.size(), 1u);
    EXPECT_EQ(reply.cookies[0], "__Host-desk=" + browser.cookie + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    EXPECT_EQ(browser.cookie.size(), 64u) << "256 bits";
    EXPECT_NE(browser.cookie, browser.csrf);
    EXPECT_EQ(json::parse(browser.get("/session").body), said);
    EXPECT_EQ(desk.count_news(DeskNews::Kind::SignedIn), 1u);
}

TEST(DeskSessionTest, NoTwoSessionsShareAnIdOrAToken) {
    Desk desk;
    std::set<std::string> seen;
    for (int i = 0; i < 4; ++i) {
        Browser browser(desk);
        ASSERT_EQ(browser.sign_in().status, 200);
        seen.insert(browser.cookie);
        seen.insert(browser.csrf);
    }
    EXPECT_EQ(seen.size(), 8u);
}

TEST(DeskSessionTest, AnIdFromBeforeSigningInIsNeverTaken) {
    Desk desk;
    Browser browser(desk);
    const std::string planted(64, '0');
    browser.cookie = planted;
    ASSERT_EQ(browser.sign_in().status, 200);
    EXPECT_NE(browser.cookie, planted);
    Browser attacker(desk);
    attacker.cookie = planted;
    EXPECT_EQ(attacker.get("/session").status, 401);
}

TEST(DeskSessionTest, SigningInAgainEndsTheSessionBefore) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    Browser old(desk);
    old.cookie = browser.cookie;
    ASSERT_EQ(browser.sign_in().status, 200);
    EXPECT_EQ(old.get("/session").status, 401);
    EXPECT_EQ(browser.get("/session").status, 200);
}

TEST(DeskSessionTest, SigningOutEndsItOnTheServer) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    Browser copy = browser;
    const Response out = browser.call("DELETE", "/session");
    EXPECT_EQ(out.status, 204);
    EXPECT_NE(out.cookies.at(0).find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(copy.get("/session").status, 401);
    EXPECT_EQ(desk.count_news(DeskNews::Kind::SignedOut), 1u);
}

TEST(DeskSessionTest, AnIdleSessionEnds) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    desk.advance(29min);
    EXPECT_EQ(browser.get("/session").status, 200);
    desk.advance(29min);
    EXPECT_EQ(browser.get("/session").status, 200) << "the call before began the time anew";
    desk.advance(30min);
    EXPECT_EQ(browser.get("/session").status, 401);
}

TEST(DeskSessionTest, NoSessionIsLongerThanADaysWork) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    for (int i = 0; i < 35; ++i) {
        desk.advance(20min);
        ASSERT_EQ(browser.get("/session").status, 200) << i;
    }
    desk.advance(20min);
    EXPECT_EQ(browser.get("/session").status, 401);
}

TEST(DeskSessionTest, AnOpenStreamDoesNotKeepASessionAlive) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    desk.advance(29min);
    const auto stream = browser.open_stream();
    desk.advance(1min);
    EXPECT_TRUE(stream->is_closed());
    EXPECT_EQ(browser.get("/session").status, 401);
}

TEST(DeskSessionTest, AChangeOfTheAccountEndsItsSessions) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    const auto tool = std::move(*StaffAccounts::open(desk.folder / "accounts.json"));
    ASSERT_TRUE(tool->reset_password("sato"));
    EXPECT_EQ(browser.get("/session").status, 401);
}

TEST(DeskSessionTest, AnAccountThatWasRemovedIsSignedOut) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    ASSERT_TRUE(desk.accounts->remove("sato"));
    EXPECT_EQ(browser.get("/api/arrivals").status, 401);
    EXPECT_EQ(browser.sign_in().status, 401);
    EXPECT_TRUE(desk.house.calls().empty());
}

TEST(DeskSessionTest, APasswordOfAProgramAllowsNothingButItsChange) {
    Desk desk;
    Browser browser(desk);
    const std::string given = read_text(desk.folder / "shin");
    const Response in = browser.sign_in("shin", given);
    ASSERT_EQ(in.status, 200);
    EXPECT_EQ(json::parse(in.body).at("must_change"), true);
    EXPECT_EQ(browser.get("/api/arrivals").status, 403);
    EXPECT_EQ(browser.call("POST", "/api/calls/1/seen").status, 403);
    EXPECT_EQ(browser.get("/events").status, 403);
    EXPECT_TRUE(desk.house.calls().empty());
    EXPECT_EQ(browser.call("POST", "/password", passwords(given, given)).body, R"({"error":"same-password"})");
    EXPECT_EQ(browser.call("POST", "/password", passwords(given, k_other_password)).status, 204);
    EXPECT_EQ(browser.get("/api/arrivals").status, 200);
    EXPECT_EQ(json::parse(browser.get("/session").body).at("must_change"), false);
}

TEST(DeskSessionTest, ANewPasswordRenewsTheIdAndEndsTheOtherSessions) {
    Desk desk;
    Browser browser(desk);
    Browser elsewhere(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    ASSERT_EQ(elsewhere.sign_in().status, 200);
    Browser copy = browser;
    EXPECT_EQ(browser.call("POST", "/password", passwords(k_password, k_other_password)).status, 204);
    EXPECT_EQ(browser.get("/session").status, 200);
    EXPECT_EQ(copy.get("/session").status, 401) << "the old id";
    EXPECT_EQ(elsewhere.get("/session").status, 401);
    EXPECT_EQ(Browser(desk).sign_in("sato", k_password).status, 401);
    EXPECT_EQ(Browser(desk).sign_in("sato", k_other_password).status, 200);
    EXPECT_EQ(desk.count_news(DeskNews::Kind::PasswordChanged), 1u);
}

TEST(DeskSessionTest, ANewPasswordNeedsTheOldOneAndTheRules) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    const auto answer = [&](const std::string& body) { return browser.call("POST", "/password", body); };
    EXPECT_EQ(answer(passwords("not the old one", k_other_password)).body, R"({"error":"wrong-password"})");
    EXPECT_EQ(answer(passwords(k_password, "short")).body, R"({"error":"too-short"})");
    EXPECT_EQ(answer(passwords(k_password, "Password2026!")).body, R"({"error":"common"})");
    for (const char* body : {"{}", "[]", R"({"old":1,"new":2})", R"({"old":"a","new":"b","name":"mori"})"}) {
        EXPECT_EQ(answer(body).status, 400) << body;
    }
    EXPECT_EQ(Browser(desk).sign_in().status, 200) << "nothing changed";
}

TEST(DeskSessionTest, AnAccountHasAtMostEightSessions) {
    Desk desk;
    std::vector<Browser> browsers(9, Browser(desk));
    for (Browser& browser : browsers) {
        ASSERT_EQ(browser.sign_in().status, 200);
        desk.advance(10s);
    }
    EXPECT_EQ(browsers.front().get("/session").status, 401);
    EXPECT_EQ(browsers[1].get("/session").status, 200);
    EXPECT_EQ(browsers.back().get("/session").status, 200);
}

TEST(DeskSessionTest, TheIdIsTakenFromTheCookieOnly) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    Browser other(desk);
    EXPECT_EQ(other.get("/session?__Host-desk=" + browser.cookie).status, 401);
    EXPECT_EQ(other.call("GET", "/session", {}, "Authorization: Bearer " + browser.cookie + "\r\n").status, 401);
    EXPECT_EQ(other.call("GET", "/session", {}, "Cookie: desk=" + browser.cookie + "\r\n").status, 401);
}

}  // namespace
}  // namespace uketsuke::net::testing
