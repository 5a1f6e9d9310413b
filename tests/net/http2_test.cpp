// HTTP/2 where the service offers it and HTTP/1.1 where not, over kept connections: nginx stands before the service.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "net/internal/tls_identity.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::must;
using testing::ScratchFolder;
using testing::signed_request;
using testing::write_file;

constexpr const char* nginx = "/usr/sbin/nginx";

// The answer's message is the number that nginx gave to the connection.
constexpr const char* answer_with_connection =
    "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader><MessageBody>"
    "<ProcessingResultMessage>$connection</ProcessingResultMessage></MessageBody></XmlMsg>";

// A listening socket that nginx takes over: no port is guessed, and a client may connect before nginx runs.
int listener(int& port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd, generic, size) != 0 || ::listen(fd, 16) != 0 || ::getsockname(fd, generic, &size) != 0) return -1;
    port = ntohs(address.sin_port);
    return fd;
}

class Http2 : public ::testing::Test {
  protected:
    void SetUp() override {
        if (::access(nginx, X_OK) != 0) GTEST_SKIP() << "package nginx-light is not installed: " << nginx;
    }
    void TearDown() override {
        if (m_process <= 0) return;
        ::kill(m_process, SIGTERM);
        ::waitpid(m_process, nullptr, 0);
    }

    // `listen` is what follows the port in nginx's directive; `location` answers or passes on.
    ServiceOptions start(const std::string& listen, const std::string& location) {
        int port = 0;
        const int fd = listener(port);
        EXPECT_GE(fd, 0);
        write_file(folder / "cert.pem", internal::pem_of(m_own.certificate.get()));
        write_file(folder / "key.pem", internal::pem_of(m_own.key.get()));
        const std::string at = folder.path().string();
        write_file(folder / "nginx.conf", "daemon off; worker_processes 1; pid " + at + "/pid; error_log " + at +
                                              "/error.log;\nevents {}\nhttp { access_log off; client_body_temp_path " +
                                              at + "/body; proxy_temp_path " + at + "/proxy; fastcgi_temp_path " + at +
                                              "/fastcgi; uwsgi_temp_path " + at + "/uwsgi; scgi_temp_path " + at +
                                              "/scgi;\nserver { listen 127.0.0.1:" + std::to_string(port) + " " +
                                              listen + "; ssl_certificate " + at + "/cert.pem; ssl_certificate_key " +
                                              at + "/key.pem;\nlocation / { " + location + " } } }\n");
        const std::string inherited = "NGINX=" + std::to_string(fd) + ";";
        m_process = ::fork();
        if (m_process == 0) {
            const std::string conf = at + "/nginx.conf";
            const std::string log = at + "/error.log";
            const char* arguments[] = {nginx, "-p", at.c_str(), "-c", conf.c_str(), "-e", log.c_str(), nullptr};
            const char* environment[] = {inherited.c_str(), nullptr};
            ::execve(nginx, const_cast<char**>(arguments), const_cast<char**>(environment));
            ::_exit(127);
        }
        ::close(fd);
        ServiceOptions options;
        options.url = "https://127.0.0.1:" + std::to_string(port);
        options.ca_pem = internal::pem_of(m_ca.certificate.get());
        options.connect_limit = 20s;
        options.total_limit = 20s;
        return options;
    }
    std::string log() const { return testing::read_file(folder / "error.log"); }

    ScratchFolder folder;

  private:
    internal::TlsIdentity m_ca = must(internal::make_ca("test authority"));
    internal::TlsIdentity m_own = must(internal::issue(m_ca, "test service", internal::Usage::Server));
    pid_t m_process = -1;
};

std::string saying_its_connection() {
    return std::string("return 200 '") + answer_with_connection + "';";
}

TEST_F(Http2, IsSpokenWhereItIsOfferedOverOneKeptConnection) {
    const auto client = must(EligibilityClient::create(start("ssl http2", saying_its_connection())));
    const auto first = client->send(signed_request());
    ASSERT_TRUE(first.has_value()) << first.error().where << "\n" << log();
    EXPECT_EQ(first->http_version, 20);
    for (int i = 0; i < 5; ++i) {
        const Reply next = must(client->ask(make_request_id()));
        EXPECT_EQ(next.http_version, 20);
        EXPECT_EQ(next.message, first->message) << "another connection";
    }
    EXPECT_FALSE(first->message.empty());
}

TEST_F(Http2, IsNotNeededHttp11KeepsItsConnectionToo) {
    const auto client = must(EligibilityClient::create(start("ssl", saying_its_connection())));
    const Reply first = must(client->send(signed_request()));
    const Reply second = must(client->send(signed_request()));
    EXPECT_EQ(first.http_version, 11);
    EXPECT_EQ(second.message, first.message) << "another connection";
}

TEST_F(Http2, AnotherConnectionIsSeenAsOne) {
    const ServiceOptions options = start("ssl http2", saying_its_connection());
    const Reply first = must(must(EligibilityClient::create(options))->send(signed_request()));
    const Reply second = must(must(EligibilityClient::create(options))->send(signed_request()));
    EXPECT_NE(first.message, second.message) << "the test could not fail";
}

TEST_F(Http2, CarriesAReceptionToTheServiceBehindIt) {
    testing::RunningSimulator service;
    const std::string pass = "proxy_pass " + service.service().url + "; proxy_ssl_verify off; proxy_http_version 1.1;";
    const auto client = must(EligibilityClient::create(start("ssl http2", pass)));
    const SignedRequest request = signed_request();
    const auto reply = client->send(request);
    ASSERT_TRUE(reply.has_value()) << reply.error().where << "\n" << log();
    EXPECT_EQ(reply->http_version, 20);
    EXPECT_EQ(reply->kind, ReplyKind::Answered);
    ASSERT_EQ(service->receptions().size(), 1u);
    EXPECT_EQ(service->receptions()[0].key, request.id.text());
}

TEST_F(Http2, ABadGatewayIsABusyService) {
    const auto client = must(EligibilityClient::create(start("ssl http2", "proxy_pass https://127.0.0.1:1;")));
    const Reply reply = must(client->send(signed_request()));
    EXPECT_EQ(reply.kind, ReplyKind::TryLater);
    EXPECT_EQ(reply.http_status, 502);
}

}  // namespace
}  // namespace uketsuke::net
