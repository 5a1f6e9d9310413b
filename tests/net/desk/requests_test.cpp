#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

TEST(DeskRequestsTest, ThePageAndItsFilesComeFromMemory) {
    Desk desk;
    Browser browser(desk);
    const Response page = browser.get("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_NE(page.body.find("<title>desk"), std::string::npos);
    std::filesystem::remove_all(desk.folder / "page");
    EXPECT_EQ(browser.get("/app.js").body, "'use strict';");
    EXPECT_EQ(browser.get("/app.js").header("content-type"), "text/javascript; charset=utf-8");
}

TEST(DeskRequestsTest, OnlyFilesOfKnownTypesAreServed) {
    Desk desk;
    Browser browser(desk);
    for (const char* path : {"/notes.bin", "/.hidden.js", "/accounts.json", "/own/desk.key", "/app.js.bak", "/page"}) {
        EXPECT_EQ(browser.get(path).status, 404) << path;
    }
}

TEST(DeskRequestsTest, EveryReplyCarriesTheHeadersThatProtectIt) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    for (const char* path : {"/", "/app.js", "/session", "/api/arrivals", "/health", "/no-such", "/../x"}) {
        const Response reply = browser.get(path);
        EXPECT_EQ(reply.header("content-security-policy"),
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
                  "media-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
            << path;
        EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << path;
        EXPECT_EQ(reply.header("referrer-policy"), "no-referrer") << path;
        EXPECT_TRUE(reply.header("strict-transport-security").starts_with("max-age=")) << path;
        EXPECT_EQ(reply.header("cache-control"), "no-store") << path;
        EXPECT_EQ(reply.header("cross-origin-opener-policy"), "same-origin") << path;
        EXPECT_EQ(reply.header("cross-origin-resource-policy"), "same-origin") << path;
        EXPECT_NE(reply.header("permissions-policy").find("camera=()"), std::string::npos) << path;
        EXPECT_EQ(reply.header("server"), "") << path;
        EXPECT_EQ(reply.header("access-control-allow-origin"), "") << path;
        EXPECT_NE(reply.header("content-type"), "") << path;
    }
}

TEST(DeskRequestsTest, TheHouseHearsACheckedCall) {
    Desk desk;
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in("mori").status, 200);
    const Response reply = browser.call("POST", "/api/arrivals/3f/set-aside?n=1", R"({"why":"面談"})");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, R"({"ticket":1})");
    const auto calls = desk.house.calls();
    ASSERT_EQ(calls.size(), 1u);
    EXPECT_EQ(calls[0].method, "POST");
    EXPECT_EQ(calls[0].path, "/arrivals/3f/set-aside");
    EXPECT_EQ(calls[0].query.at("n"), "1");
    EXPECT_EQ(calls[0].body, R"({"why":"面談"})");
    EXPECT_EQ(calls[0].who.name, "mori");
    EXPECT_EQ(calls[0].who.role, Role::Manager);
    EXPECT_EQ(calls[0].address, "127.0.0.1");
}

TEST(DeskRequestsTest, TheHouseHearsNobodyWhoIsNotSignedIn) {
    Desk desk;
    Browser browser(desk);
    for (const char* method : {"GET", "POST", "PUT", "DELETE"}) {
        EXPECT_EQ(browser.call(method, "/api/arrivals").status, 401) << method;
    }
    browser.cookie = std::string(64, 'a');
    EXPECT_EQ(browser.get("/api/arrivals").status, 401);
    EXPECT_EQ(browser.get("/events").status, 401);
    EXPECT_EQ(browser.get("/session").status, 401);
    EXPECT_TRUE(desk.house.calls().empty());
}

TEST(DeskRequestsTest, ADownloadIsSavedAndNotShown) {
    Desk desk;
    desk.house.answers = [](const DeskCall&) { return DeskReply{200, "text/csv", "id\r\n", "a\"\r\nX: y.csv"}; };
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in("mori").status, 200);
    const Response reply = browser.get("/api/export");
    EXPECT_EQ(reply.header("content-disposition"), "attachment; filename=\"a---X--y.csv\"");
    EXPECT_EQ(reply.header("x"), "");
    EXPECT_EQ(reply.header("cache-control"), "no-store");
}

TEST(DeskRequestsTest, AHouseThatThrowsCostsOneReply) {
    Desk desk;
    desk.house.answers = [](const DeskCall&) -> DeskReply { throw std::runtime_error("secret detail"); };
    Browser browser(desk);
    ASSERT_EQ(browser.sign_in().status, 200);
    const Response reply = browser.get("/api/arrivals");
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.body.find("secret"), std::string::npos);
    EXPECT_EQ(browser.get("/").status, 200);
}

TEST(DeskRequestsTest, OtherMethodsAreNamedAndRefused) {
    Desk desk;
    Browser browser(desk);
    for (const char* method : {"TRACE", "OPTIONS", "HEAD", "PATCH", "CONNECT", "FOO"}) {
        EXPECT_EQ(browser.call(method, "/api/arrivals").status, 405) << method;
    }
    EXPECT_EQ(browser.call("POST", "/").status, 405);
    EXPECT_EQ(browser.call("DELETE", "/password").header("allow"), "POST");
}

TEST(DeskRequestsTest, MeasurementsAreForThisMachineOrTheToken) {
    Desk near;
    EXPECT_EQ(Browser(near).get("/metrics").body, "uketsuke_up 1\n");
    EXPECT_EQ(Browser(near).get("/health").status, 200);
}

TEST(DeskRequestsTest, AnotherMachineNeedsTheTokenForMeasurements) {
    const std::string own = [] {
        // An address of this machine that is not the loopback's stands for another machine.
        const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(9);
        ::inet_pton(AF_INET, "192.0.2.1", &to.sin_addr);
        sockaddr_in from{};
        socklen_t size = sizeof from;
        std::array<char, INET_ADDRSTRLEN> text{};
        if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 &&
            ::getsockname(fd, reinterpret_cast<sockaddr*>(&from), &size) == 0) {
            ::inet_ntop(AF_INET, &from.sin_addr, text.data(), text.size());
        }
        ::close(fd);
        return std::string(text.data());
    }();
    if (own.empty() || own.starts_with("127.")) GTEST_SKIP() << "this machine has only the loopback";
    Desk desk([](DeskServerOptions& options) {
        options.address = "0.0.0.0";
        options.metrics_token = "a token of the clinic";
    });
    Browser far(desk, {.source = own, .server = own});
    const std::string host = "Host: " + own + ":" + std::to_string(desk.port()) + "\r\n";
    EXPECT_EQ(far.call("GET", "/metrics", {}, host).status, 403);
    EXPECT_EQ(far.call("GET", "/health", {}, host + "Authorization: Bearer wrong\r\n").status, 403);
    EXPECT_EQ(far.call("GET", "/metrics", {}, host + "Authorization: Bearer a token of the clinic\r\n").status, 200);
}

TEST(DeskRequestsTest, PipelinedRequestsAreAnsweredInOrder) {
    Desk desk;
    Browser browser(desk);
    Client client(desk.port());
    client.send(browser.request_text("GET", "/app.js") + browser.request_text("GET", "/nothing") +
                browser.request_text("GET", "/"));
    EXPECT_EQ(client.read().body, "'use strict';");
    EXPECT_EQ(client.read().status, 404);
    EXPECT_EQ(client.read().status, 200);
}

TEST(DeskRequestsTest, AStartThatCannotWorkSaysWhy) {
    Desk desk;
    DeskServerOptions options;
    options.folder = desk.folder / "own";
    options.files = desk.folder / "page";
    const auto why = [&] {
        auto server = DeskServer::create(options, *desk.accounts, desk.house);
        EXPECT_FALSE(server.has_value());
        return server ? Error{} : server.error();
    };
    options.port = desk.port();
    EXPECT_EQ(why().fault, Fault::BadOptions);
    EXPECT_NE(why().where.find("in use"), std::string::npos) << why().where;
    options.port = 0;
    options.address = "192.0.2.77";
    EXPECT_EQ(why().fault, Fault::BadOptions) << "not this machine's";
    options.address = "localhost";
    EXPECT_EQ(why().fault, Fault::BadOptions);
    options.address = "127.0.0.1";
    options.files = desk.folder / "own";
    EXPECT_EQ(why().fault, Fault::BadOptions) << "no index.html";
}

TEST(DeskRequestsTest, ItSaysWhereItIs) {
    Desk desk;
    EXPECT_EQ(desk.server().url(), "https://" + desk.host() + "/");
    EXPECT_EQ(desk.server().fingerprint().size(), 95u);
}

}  // namespace
}  // namespace uketsuke::net::testing
