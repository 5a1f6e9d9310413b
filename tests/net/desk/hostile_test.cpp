#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

using namespace std::chrono_literals;

class DeskHostileTest : public ::testing::Test {
  protected:
    // What the server says to these bytes; 0 when it closes without a word.
    int status_of(const std::string& bytes) {
        Client client(desk.port());
        client.send(bytes);
        return client.read().status;
    }
    std::string head(const std::string& first_line) const { return first_line + "\r\nHost: " + desk.host() + "\r\n"; }
    // The server lives and serves somebody else.
    void expect_alive() { EXPECT_EQ(browser.get("/app.js").status, 200); }

    Desk desk;
    Browser browser{desk};
};

TEST_F(DeskHostileTest, NoPathLeadsToTheDisk) {
    for (const char* path :
         {"/../accounts.json", "/..%2faccounts.json", "/%2e%2e/accounts.json", "//etc/passwd", "/./app.js",
          "/..\\accounts.json", "/app.js%00.html", "/%c0%ae%c0%ae/x", "/api/../accounts.json", "/page/../app.js"}) {
        const Response reply = browser.get(path);
        EXPECT_EQ(reply.status, 400) << path;
        EXPECT_EQ(reply.body, R"({"error":"bad-target"})") << path;
    }
    const int with_zero = status_of(head(std::string("GET /app.js\0/../x HTTP/1.1", 26)) + "\r\n");
    EXPECT_TRUE(with_zero == 0 || with_zero == 400 || with_zero == 200) << with_zero;
    EXPECT_EQ(status_of(head("GET https://127.0.0.1/app.js HTTP/1.1") + "\r\n"), 400);
    expect_alive();
}

TEST_F(DeskHostileTest, AnOverlongTargetIsRefused) {
    EXPECT_EQ(browser.get("/" + std::string(3'000, 'a')).status, 400);
    const int status = status_of(head("GET /" + std::string(100'000, 'a') + " HTTP/1.1") + "\r\n");
    EXPECT_TRUE(status == 414 || status == 0) << status;
    expect_alive();
}

TEST_F(DeskHostileTest, OversizedHeadersAreRefused) {
    const int one = status_of(head("GET / HTTP/1.1") + "X: " + std::string(64'000, 'x') + "\r\n\r\n");
    EXPECT_TRUE(one == 431 || one == 413 || one == 0) << one;
    std::string many = head("GET / HTTP/1.1");
    for (int i = 0; i < 80; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
    EXPECT_EQ(status_of(many + "\r\n"), 431);
    for (int i = 0; i < 5'000; ++i) many += "Y-" + std::to_string(i) + ": 1\r\n";
    const int flood = status_of(many + "\r\n");
    EXPECT_TRUE(flood == 431 || flood == 413 || flood == 0) << flood;
    expect_alive();
}

TEST_F(DeskHostileTest, AnOversizedBodyIsRefusedBeforeItIsRead) {
    const std::string begin = head("POST /session HTTP/1.1") + "Content-Type: application/json\r\n";
    EXPECT_EQ(status_of(begin + "Content-Length: 65537\r\n\r\n"), 413);
    EXPECT_EQ(status_of(begin + "Content-Length: 99999999999999999999\r\n\r\n") / 100, 4);
    const std::string fits = "{\"name\":\"" + std::string(65'000, 'x') + "\"}";
    EXPECT_EQ(browser.call("POST", "/session", fits).status, 400) << "read, and no sign-in";
    expect_alive();
}

TEST_F(DeskHostileTest, ABodyInPiecesIsCollectedAndBounded) {
    const std::string begin =
        head("POST /session HTTP/1.1") + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(status_of(begin + "9\r\n{\"name\":1\r\n1\r\n}\r\n0\r\n\r\n"), 400);
    const std::string piece = "2000\r\n" + std::string(0x2000, ' ') + "\r\n";
    std::string large = begin;
    for (int i = 0; i < 12; ++i) large += piece;
    EXPECT_EQ(status_of(large + "0\r\n\r\n"), 413);
    for (int i = 0; i < 200; ++i) large += piece;
    EXPECT_EQ(status_of(large + "0\r\n\r\n"), 0) << "not read for ever";
    for (const char* size : {"zz", "-1", "fffffffffffffffff", ""}) {
        const int status = status_of(begin + size + "\r\nx\r\n0\r\n\r\n");
        EXPECT_TRUE(status == 0 || status / 100 == 4) << size << ": " << status;
    }
    expect_alive();
}

TEST_F(DeskHostileTest, ALengthThatCanBeReadInTwoWaysIsRefused) {
    const std::string begin = head("POST /session HTTP/1.1") + "Content-Type: application/json\r\n";
    const std::string smuggled = "GET /app.js HTTP/1.1\r\nHost: " + desk.host() + "\r\n\r\n";
    for (const char* headers :
         {"Content-Length: 2\r\nContent-Length: 2\r\n", "Content-Length: 2\r\nContent-Length: 50\r\n",
          "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
          "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: chunked, identity\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "Content-Length: +2\r\n",
          "Content-Length: 2, 2\r\n", "Content-Length: 0x2\r\n"}) {
        Client client(desk.port());
        client.send(begin + headers + "\r\n{}" + smuggled);
        const Response first = client.read();
        EXPECT_TRUE(first.status == 0 || first.status / 100 == 4) << headers << first.status;
        EXPECT_TRUE(client.is_closed()) << headers;
        EXPECT_EQ(client.unread().find("use strict"), std::string::npos) << headers;
    }
}

TEST_F(DeskHostileTest, HeadersThatMayBeThereOnceAreRefusedTwice) {
    const std::string begin = head("GET / HTTP/1.1");
    for (const char* headers : {"Host: evil.example\r\n", "Cookie: a=1\r\nCookie: b=2\r\n",
                                "Origin: null\r\nOrigin: null\r\n", "X-CSRF-Token: a\r\nX-CSRF-Token: b\r\n"}) {
        EXPECT_EQ(status_of(begin + headers + "\r\n"), 400) << headers;
    }
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400) << "no host";
}

TEST_F(DeskHostileTest, AReadingCallWithABodyIsRefused) {
    EXPECT_EQ(status_of(head("GET / HTTP/1.1") + "Content-Length: 2\r\nContent-Type: application/json\r\n\r\n{}"), 400);
    EXPECT_EQ(status_of(head("GET / HTTP/1.1") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
}

TEST_F(DeskHostileTest, ARequestThatDripsInIsCutOff) {
    Client client(desk.port());
    client.send("GET / HTTP/1.1\r\nHo");
    for (int i = 0; i < 2; ++i) {
        client.send("s");
        desk.advance(14s);
        expect_alive();
    }
    client.send("t");
    desk.advance(3s);
    EXPECT_TRUE(client.is_closed());
    expect_alive();
}

TEST_F(DeskHostileTest, ABodyThatDripsInIsCutOff) {
    Client client(desk.port());
    client.send(head("POST /session HTTP/1.1") + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{");
    for (int i = 0; i < 3; ++i) {
        client.send(" ");
        expect_alive();
        desk.advance(11s);
    }
    EXPECT_TRUE(client.is_closed());
    expect_alive();
}

TEST_F(DeskHostileTest, AReplyThatIsNotReadIsCutOff) {
    ASSERT_EQ(browser.sign_in().status, 200);
    desk.house.answers = [](const DeskCall&) { return DeskReply{200, "text/plain", std::string(16u << 20, 'x'), {}}; };
    Client client(desk.port());
    client.send(browser.request_text("GET", "/api/large"));
    ASSERT_TRUE(client.read_until("\r\n\r\n"));
    const auto stream = browser.open_stream();
    stream->forget_read();
    desk.advance(31s);
    // Told in the round that cuts off, and after it.
    ASSERT_TRUE(stream->read_until("event: board"));
    EXPECT_TRUE(client.is_closed());
    EXPECT_LT(client.unread().size(), 16u << 20);
    expect_alive();
}

TEST_F(DeskHostileTest, AKeptConnectionServesManyRequestsInItsTime) {
    Client client(desk.port());
    for (int i = 0; i < 6; ++i) {
        client.send(browser.request_text("GET", "/app.js"));
        ASSERT_EQ(client.read().status, 200) << i;
        desk.advance(14s);
    }
}

TEST_F(DeskHostileTest, GarbageIsNoRequest) {
    for (const std::string& bytes :
         {std::string("\r\n\r\n\r\n"), std::string("GET\r\n\r\n"), std::string("\x00\x01\x02\x03\r\n\r\n", 8),
          std::string("GET / HTTP/9.9\r\nHost: x\r\n\r\n"), std::string("GET / HTTP/1.1\r\nHost : x\r\n\r\n"),
          std::string("GET / HTTP/1.1\r\n Host: x\r\n\r\n"), std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
          std::string(20'000, 'A') + "\r\n\r\n", "GET / HTTP/1.1\r\nX: " + std::string(200, '\xff') + "\r\n\r\n"}) {
        Client client(desk.port());
        client.send(bytes);
        desk.advance(31s);
        const int status = client.read().status;
        EXPECT_TRUE(status == 0 || status >= 400) << bytes.substr(0, 20) << ": " << status;
    }
    expect_alive();
}

TEST_F(DeskHostileTest, BodiesThatAreNoJsonDoNotReachTheHouse) {
    ASSERT_EQ(browser.sign_in().status, 200);
    for (const std::string& body : {std::string("{"), std::string("{}}"), std::string(30'000, '['),
                                    std::string("\xff\xfe"), std::string("{}\0", 3), std::string("<x/>")}) {
        EXPECT_EQ(browser.call("POST", "/api/calls/1/seen", body).status, 400) << body.substr(0, 8);
    }
    EXPECT_TRUE(desk.house.calls().empty());
}

TEST_F(DeskHostileTest, ARefusalRepeatsNothingOfTheRequest) {
    const std::string mark = "<script>alert(1)</script>";
    EXPECT_EQ(browser.get("/" + mark).body.find("alert"), std::string::npos);
    EXPECT_EQ(browser.call("GET", "/", {}, "Host: " + mark + "\r\n").body.find("alert"), std::string::npos);
    EXPECT_EQ(browser.call("POST", "/session", "{\"name\":\"" + mark + "\",\"password\":\"x\"}").body.find("alert"),
              std::string::npos);
}

}  // namespace
}  // namespace uketsuke::net::testing
