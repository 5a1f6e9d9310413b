#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

class DeskCsrfTest : public ::testing::Test {
  protected:
    DeskCsrfTest() { EXPECT_EQ(browser.sign_in().status, 200); }
    int post(const std::string& headers) { return browser.call("POST", "/api/calls/1/seen", "{}", headers).status; }
    Desk desk;
    Browser browser{desk};
};

TEST_F(DeskCsrfTest, AChangeNeedsTheSessionsToken) {
    EXPECT_EQ(post(""), 200);
    const std::string token = browser.csrf;
    browser.csrf.clear();
    EXPECT_EQ(post(""), 403);
    browser.csrf = std::string(token.size(), 'a');
    EXPECT_EQ(post(""), 403);
    browser.csrf = token.substr(1);
    EXPECT_EQ(post(""), 403);
    browser.csrf = token;
    EXPECT_EQ(post(""), 200);
    EXPECT_EQ(desk.house.calls().size(), 2u);
}

TEST_F(DeskCsrfTest, TheTokenOfAnotherSessionIsNoToken) {
    Browser other(desk);
    ASSERT_EQ(other.sign_in("mori").status, 200);
    browser.csrf = other.csrf;
    EXPECT_EQ(post(""), 403);
}

TEST_F(DeskCsrfTest, APageOfAnotherOriginIsRefused) {
    EXPECT_EQ(post("Origin: https://" + desk.host() + "\r\nSec-Fetch-Site: same-origin\r\n"), 200);
    EXPECT_EQ(post("Origin: https://evil.example\r\n"), 403);
    EXPECT_EQ(post("Origin: http://" + desk.host() + "\r\n"), 403);
    EXPECT_EQ(post("Origin: https://" + desk.host() + ".evil.example\r\n"), 403);
    EXPECT_EQ(post("Origin: null\r\n"), 403);
    for (const char* site : {"cross-site", "same-site", "none"}) {
        EXPECT_EQ(post(std::string("Sec-Fetch-Site: ") + site + "\r\n"), 403) << site;
    }
}

TEST_F(DeskCsrfTest, ReadingAcrossSitesIsRefusedToo) {
    for (const char* path : {"/api/arrivals", "/session", "/events", "/metrics"}) {
        EXPECT_EQ(browser.call("GET", path, {}, "Sec-Fetch-Site: cross-site\r\n").status, 403) << path;
    }
    EXPECT_EQ(browser.call("GET", "/", {}, "Sec-Fetch-Site: cross-site\r\n").status, 200) << "a link to the page";
    EXPECT_EQ(browser.call("GET", "/api/arrivals", {}, "Sec-Fetch-Site: none\r\n").status, 200) << "typed by hand";
}

TEST_F(DeskCsrfTest, WhatAFormCanSendIsRefused) {
    EXPECT_EQ(post("Content-Type: text/plain\r\n"), 415);
    EXPECT_EQ(post("Content-Type: application/x-www-form-urlencoded\r\n"), 415);
    EXPECT_EQ(post("Content-Type: multipart/form-data; boundary=x\r\n"), 415);
    EXPECT_EQ(browser.call("POST", "/api/x", "reason=other").status, 400);
}

TEST_F(DeskCsrfTest, SigningInFromAnotherSiteIsRefused) {
    Browser victim(desk);
    const std::string body = std::string(R"({"name":"sato","password":")") + k_password + "\"}";
    EXPECT_EQ(victim.call("POST", "/session", body, "Origin: https://evil.example\r\n").status, 403);
    EXPECT_EQ(victim.call("POST", "/session", body, "Sec-Fetch-Site: cross-site\r\n").status, 403);
    EXPECT_EQ(victim.call("POST", "/session", body, "Content-Type: text/plain\r\n").status, 415);
    EXPECT_TRUE(victim.cookie.empty());
}

TEST_F(DeskCsrfTest, SigningOutAndThePasswordNeedTheTokenToo) {
    browser.csrf.clear();
    EXPECT_EQ(browser.call("DELETE", "/session").status, 403);
    EXPECT_EQ(browser.call("POST", "/password", R"({"old":"a","new":"b"})").status, 403);
    EXPECT_EQ(browser.get("/session").status, 200);
}

TEST_F(DeskCsrfTest, AnotherNameThatPointsHereIsNotServed) {
    for (const char* host : {"evil.example", "evil.example:8443", "127.0.0.1.evil.example", "localhost.evil.example"}) {
        EXPECT_EQ(browser.call("GET", "/", {}, std::string("Host: ") + host + "\r\n").status, 421) << host;
    }
    for (const char* host : {"localhost", "LOCALHOST:1", "[::1]:8443", "kiosk.clinic.example", "127.0.0.1:9"}) {
        EXPECT_EQ(browser.call("GET", "/", {}, std::string("Host: ") + host + "\r\n").status, 200) << host;
    }
}

}  // namespace
}  // namespace uketsuke::net::testing
