#include <openssl/x509.h>

#include <array>

#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

using namespace std::chrono_literals;

TEST(DeskTlsTest, OnlyVersions12And13AreSpoken) {
    Desk desk;
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
        Client client(desk.port(), {.least_tls = version, .most_tls = version});
        EXPECT_FALSE(client.connected()) << version;
    }
    Client twelve(desk.port(), {.least_tls = TLS1_2_VERSION, .most_tls = TLS1_2_VERSION});
    EXPECT_TRUE(twelve.connected());
    EXPECT_EQ(twelve.tls_version(), "TLSv1.2");
    Client newest(desk.port());
    EXPECT_EQ(newest.tls_version(), "TLSv1.3");
}

TEST(DeskTlsTest, Version12HasOnlyAuthenticatedCiphersWithForwardSecrecy) {
    Desk desk;
    const auto speaks = [&](const char* cipher) {
        Client plain(desk.port(), {.tls = false});
        SSL_CTX* context = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
        EXPECT_EQ(SSL_CTX_set_cipher_list(context, cipher), 1) << cipher;
        SSL* ssl = SSL_new(context);
        SSL_set_fd(ssl, plain.fd());
        const bool connected = SSL_connect(ssl) == 1;
        SSL_free(ssl);
        SSL_CTX_free(context);
        return connected;
    };
    EXPECT_TRUE(speaks("ECDHE-ECDSA-AES128-GCM-SHA256"));
    EXPECT_TRUE(speaks("ECDHE-ECDSA-CHACHA20-POLY1305"));
    for (const char* cipher : {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-SHA", "AES128-GCM-SHA256",
                               "DHE-RSA-AES128-GCM-SHA256", "NULL-SHA256", "AECDH-AES128-SHA"}) {
        EXPECT_FALSE(speaks(cipher)) << cipher;
    }
}

TEST(DeskTlsTest, ThereIsNoCompressionAndNoRenegotiation) {
    Desk desk;
    Client client(desk.port(), {.least_tls = TLS1_2_VERSION, .most_tls = TLS1_2_VERSION});
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(SSL_get_current_compression(client.ssl()), nullptr);
    EXPECT_EQ(SSL_get_secure_renegotiation_support(client.ssl()), 1);
    SSL_renegotiate(client.ssl());
    client.send("GET / HTTP/1.1\r\nHost: " + desk.host() + "\r\n\r\n");
    client.is_closed();
    EXPECT_EQ(Browser(desk).get("/").status, 200) << "whatever became of that one";
}

TEST(DeskTlsTest, TheCertificateIsTheOneWhoseFingerprintIsShown) {
    Desk desk;
    Client client(desk.port());
    X509* certificate = SSL_get1_peer_certificate(client.ssl());
    ASSERT_NE(certificate, nullptr);
    std::array<unsigned char, 32> digest{};
    X509_digest(certificate, EVP_sha256(), digest.data(), nullptr);
    X509_free(certificate);
    std::array<char, 4> first{};
    std::snprintf(first.data(), first.size(), "%02X:", digest[0]);
    EXPECT_TRUE(desk.server().fingerprint().starts_with(first.data()));
}

TEST(DeskTlsTest, PlainHttpOnThePortIsNotAnswered) {
    Desk desk;
    Client client(desk.port(), {.tls = false});
    client.send("GET / HTTP/1.1\r\nHost: " + desk.host() + "\r\n\r\n");
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(client.unread().find("HTTP/"), std::string::npos);
}

TEST(DeskTlsTest, GarbageInPlaceOfAHandshakeEndsTheConnection) {
    Desk desk;
    std::string hello("\x16\x03\x01\x00\xff\x01\x00\x00\xfb\x03\x03", 11);
    for (const std::string& bytes : {std::string(600, '\xaa'), std::string(600, '\0'), hello + std::string(300, '\xff'),
                                     std::string("\x80\x2e\x01\x00\x02", 5) + std::string(60, 'x'),
                                     std::string("\x16\x03\x01\xff\xff") + std::string(70'000, 'x'),
                                     std::string("\x15\x03\x01\x00\x02\x02\x28", 7)}) {
        Client client(desk.port(), {.tls = false});
        client.send(bytes);
        // Answered only after the one before it was accepted: its time runs.
        EXPECT_EQ(Browser(desk).get("/").status, 200);
        desk.advance(31s);
        EXPECT_TRUE(client.is_closed()) << bytes.size();
    }
    EXPECT_EQ(Browser(desk).get("/").status, 200);
}

TEST(DeskTlsTest, AHandshakeThatIsCutOffIsForgotten) {
    Desk desk;
    for (int i = 0; i < 30; ++i) {
        Client client(desk.port(), {.tls = false});
        client.send(std::string("\x16\x03\x01\x00\xff\x01\x00", 7));
    }
    EXPECT_EQ(Browser(desk).get("/").status, 200);
}

}  // namespace
}  // namespace uketsuke::net::testing
