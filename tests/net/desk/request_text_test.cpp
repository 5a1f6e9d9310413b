#include "net/desk/internal/request_text.h"

#include <gtest/gtest.h>

namespace uketsuke::net::internal {
namespace {

TEST(RequestTextTest, AnOrdinaryTargetIsDecodedOnce) {
    const auto target = target_of("/api/arrivals/%E5%8F%97?n=100&why=a+b%2Bc&");
    ASSERT_TRUE(target.has_value());
    EXPECT_EQ(target->path, "/api/arrivals/受");
    EXPECT_EQ(target->query.at("why"), "a b+c");
    EXPECT_EQ(target_of("/%2541")->path, "/%41");
}

TEST(RequestTextTest, EveryShapeOfTraversalIsRefused) {
    for (const char* raw : {"",
                            "index.html",
                            "//etc/passwd",
                            "/../etc/passwd",
                            "/a/../b",
                            "/a/./b",
                            "/..",
                            "/.",
                            "/a//b",
                            "/a/",
                            "/%2e%2e/etc/passwd",
                            "/.%2e/x",
                            "/%2E%2E",
                            "/a%2fb",
                            "/a%2Fb",
                            "/a%5cb",
                            "/a\\b",
                            "/%00",
                            "/a%00.js",
                            "/a%0d%0ab",
                            "/%",
                            "/%4",
                            "/%zz",
                            "/%c0%ae%c0%ae/",
                            "/%ff",
                            "http://127.0.0.1/",
                            "*",
                            "/a?b=%0a",
                            "/a?b=%00",
                            "/a?b=1&b=2"}) {
        EXPECT_FALSE(target_of(raw).has_value()) << raw;
    }
    EXPECT_FALSE(target_of(std::string("/a\0b", 4)).has_value());
    EXPECT_FALSE(target_of("/" + std::string(2048, 'a')).has_value());
    std::string many = "/a?";
    for (int i = 0; i < 17; ++i) many += "q" + std::to_string(i) + "=1&";
    EXPECT_FALSE(target_of(many).has_value());
}

TEST(RequestTextTest, AHostIsANameAndPerhapsAPort) {
    EXPECT_EQ(host_name_of("LocalHost:8443"), "localhost");
    EXPECT_EQ(host_name_of("[::1]:8443"), "[::1]");
    EXPECT_EQ(host_name_of("127.0.0.1"), "127.0.0.1");
    for (const char* host : {"", ":8443", "a b", "a@b", "a/b", "a:b", "a:123456", "[::1", "[evil]", "a:", "a\r\nb"}) {
        EXPECT_FALSE(host_name_of(host).has_value()) << host;
    }
}

TEST(RequestTextTest, ACookieThatIsThereTwiceIsNone) {
    EXPECT_EQ(cookie_of("a=1; __Host-desk=x; b=2", "__Host-desk"), "x");
    EXPECT_EQ(cookie_of("__Host-desk=x;__Host-desk=y", "__Host-desk"), std::nullopt);
    EXPECT_EQ(cookie_of("__Host-desk2=x; x__Host-desk=y; __Host-desk", "__Host-desk"), std::nullopt);
    EXPECT_EQ(cookie_of("", "__Host-desk"), std::nullopt);
}

TEST(RequestTextTest, OnlyJsonOfBoundedDepthIsTaken) {
    EXPECT_TRUE(is_bounded_json(R"({"a":["[[[[[[[[[[[[[[[[[[[["]})"));
    EXPECT_TRUE(is_bounded_json(R"({"a":"\"[{\\"})"));
    EXPECT_FALSE(is_bounded_json(std::string(17, '[') + std::string(17, ']')));
    EXPECT_FALSE(is_bounded_json(std::string(60'000, '[')));
    EXPECT_FALSE(is_bounded_json("{'a':1}"));
    EXPECT_FALSE(is_bounded_json("{\"a\":\"\xff\"}"));
    EXPECT_FALSE(is_bounded_json(std::string("{}\0", 3)));
    EXPECT_FALSE(is_bounded_json("{}{}"));
}

TEST(RequestTextTest, JsonIsSaidInOneWay) {
    EXPECT_TRUE(is_json_type("application/json"));
    EXPECT_TRUE(is_json_type("Application/JSON; charset=UTF-8"));
    for (const char* type : {"", "text/plain", "application/jsonp", "application/json; charset=shift_jis",
                             "application/x-www-form-urlencoded", "text/plain; application/json"}) {
        EXPECT_FALSE(is_json_type(type)) << type;
    }
}

TEST(RequestTextTest, ADownloadIsNamedSafely) {
    EXPECT_EQ(safe_download_name("arrivals-2026-11-21.csv"), "arrivals-2026-11-21.csv");
    EXPECT_EQ(safe_download_name("../a\"b\r\nc"), "-.-a-b--c");
}

}  // namespace
}  // namespace uketsuke::net::internal
