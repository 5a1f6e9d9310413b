// Whatever keeps an answer away has a fault and a meaning of its own; what only headers say is sent and understood.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include "net/internal/http_date.h"
#include "net/meaning.h"
#include "tests/net/support.h"
#include "tests/net/tls_server.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::http_answer;
using testing::must;
using ::testing::Not;
using testing::signed_request;
using testing::TlsServer;
using testing::TlsServerOptions;

const std::string good =
    "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader><MessageBody>"
    "<QualificationValidity>1</QualificationValidity></MessageBody></XmlMsg>";

// An authority with a service that it vouches for.
class ClientTrouble : public ::testing::Test {
  protected:
    static ServiceOptions options_for(const std::string& url) {
        ServiceOptions options;
        options.url = url;
        options.ca_pem = internal::pem_of(ca().certificate.get());
        options.connect_limit = 10s;
        options.total_limit = 20s;
        return options;
    }
    static const internal::TlsIdentity& ca() {
        static const internal::TlsIdentity one = must(internal::make_ca("test authority"));
        return one;
    }
    static const internal::TlsIdentity& service() {
        static const internal::TlsIdentity one = must(internal::issue(ca(), "test service", internal::Usage::Server));
        return one;
    }
    static TlsServerOptions saying(const std::string& answer) {
        TlsServerOptions options;
        options.identity = &service();
        options.answer = answer;
        return options;
    }
    static Result<Reply> send(const ServiceOptions& options, const SignedRequest& request = signed_request()) {
        return must(EligibilityClient::create(options))->send(request);
    }
    static Result<Reply> send_to(const TlsServer& server) { return send(options_for(server.url())); }
    static Meaning meaning_of_failure(const Result<Reply>& reply) { return meaning_of(fault_of(reply)); }
};

TEST_F(ClientTrouble, NoneOfItStandsBetweenAGoodServiceAndItsAnswer) {
    const TlsServer server(saying(http_answer(200, good)));
    EXPECT_EQ(must(send_to(server)).kind, ReplyKind::Answered);
    EXPECT_EQ(must(send_to(server)).http_version, 11);
}

TEST_F(ClientTrouble, ANameWithoutAnAddressIsTheNetworksOrItsNameServers) {
    ServiceOptions options = options_for("https://eligibility.invalid:8443");
    options.total_limit = 60s;
    options.connect_limit = 60s;
    const auto reply = send(options);
    ASSERT_EQ(fault_of(reply), Fault::NameUnknown) << reply.error().where;
    EXPECT_EQ(meaning_of_failure(reply), Meaning::NameUnknown);
}

TEST_F(ClientTrouble, ARefusedPortIsUnreachable) {
    std::string url;
    {
        const TlsServer server(saying(""));
        url = server.url();
    }
    EXPECT_EQ(meaning_of_failure(send(options_for(url))), Meaning::Unreachable);
}

TEST_F(ClientTrouble, AConnectionThatIsClosedWithoutAWordIsUnreachable) {
    const TlsServer server(saying(""));
    EXPECT_EQ(meaning_of_failure(send_to(server)), Meaning::Unreachable);
}

TEST_F(ClientTrouble, AHandshakeThatIsBrokenOffIsUnreachableAndSaysNothingAboutTrust) {
    TlsServerOptions restarting = saying("");
    restarting.hangs_up = true;
    const TlsServer server(restarting);
    const auto reply = send_to(server);
    EXPECT_EQ(meaning_of_failure(reply), Meaning::Unreachable) << reply.error().where;
}

TEST_F(ClientTrouble, ACertificateThatDoesNotHoldMeansAnUntrustedService) {
    const auto expired = must(internal::issue(ca(), "test service", internal::Usage::Server, "", -1));
    const auto client_only = must(internal::issue(ca(), "test service", internal::Usage::Client));
    const auto strangers_ca = must(internal::make_ca("test authority"));
    const auto strangers = must(internal::issue(strangers_ca, "test service", internal::Usage::Server));
    for (const auto* identity : {&expired, &client_only, &strangers_ca, &strangers}) {
        TlsServerOptions options = saying(http_answer(200, good));
        options.identity = identity;
        const TlsServer server(options);
        const auto reply = send_to(server);
        EXPECT_EQ(meaning_of_failure(reply), Meaning::ServiceUntrusted) << reply.error().where;
        EXPECT_TRUE(server.requests().empty()) << "nothing is said to a stranger";
    }
}

TEST_F(ClientTrouble, ACertificateOfAnotherHostMeansAnUntrustedService) {
    const TlsServer server(saying(http_answer(200, good)));
    EXPECT_EQ(meaning_of_failure(send(options_for(server.url("127.0.0.2")))), Meaning::ServiceUntrusted);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(ClientTrouble, TlsOlderThan12IsNotSpoken) {
    TlsServerOptions options = saying(http_answer(200, good));
    options.newest_tls = TLS1_1_VERSION;
    const TlsServer old(options);
    const auto reply = send_to(old);
    EXPECT_EQ(meaning_of_failure(reply), Meaning::ServiceUntrusted) << reply.error().where;
    options.newest_tls = TLS1_2_VERSION;
    const TlsServer enough(options);
    EXPECT_EQ(must(send_to(enough)).kind, ReplyKind::Answered);
}

TEST_F(ClientTrouble, AServiceThatNeverShakesHandsOrNeverAnswersTimesOut) {
    TlsServerOptions silent = saying("");
    silent.silent = true;
    const TlsServer deaf(silent);
    ServiceOptions options = options_for(deaf.url());
    options.connect_limit = 200ms;
    EXPECT_EQ(meaning_of_failure(send(options)), Meaning::TimedOut);
    TlsServerOptions mute = saying("");
    mute.stays = true;
    const TlsServer dumb(mute);
    options = options_for(dumb.url());
    options.total_limit = 300ms;
    EXPECT_EQ(meaning_of_failure(send(options)), Meaning::TimedOut);
}

TEST_F(ClientTrouble, AnAnswerThatStopsInTheMiddleTimesOutLongBeforeTheTotalLimit) {
    TlsServerOptions stopping = saying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<XmlMsg>");
    stopping.stays = true;
    const TlsServer server(stopping);
    ServiceOptions options = options_for(server.url());
    options.total_limit = 60s;
    options.low_speed_limit = 1s;
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(meaning_of_failure(send(options)), Meaning::TimedOut);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 20s);
}

TEST_F(ClientTrouble, AnAnswerThatIsCutIsUnreadable) {
    const TlsServer server(saying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<XmlMsg>"));
    EXPECT_EQ(meaning_of_failure(send_to(server)), Meaning::Unreadable);
    const TlsServer other(saying("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
    EXPECT_EQ(meaning_of_failure(send_to(other)), Meaning::Unreadable) << "something else than HTTP";
}

TEST_F(ClientTrouble, ATooLongAnswerOrARedirectIsUnreadable) {
    const TlsServer server(saying(http_answer(200, std::string(5'000, 'x'))));
    ServiceOptions options = options_for(server.url());
    options.answer_limit = 4'000;
    EXPECT_EQ(fault_of(send(options)), Fault::AnswerTooBig);
    const TlsServer elsewhere(saying(http_answer(301, "", "Location: https://127.0.0.1:1/\r\n")));
    EXPECT_EQ(meaning_of_failure(send_to(elsewhere)), Meaning::Unreadable);
    EXPECT_EQ(elsewhere.requests().size(), 1u);
}

TEST_F(ClientTrouble, EndlessHeadersAreNotTakenIn) {
    std::string headers;
    for (int i = 0; i < 20'000; ++i) headers += "X-Header-" + std::to_string(i) + ": " + std::string(100, 'x') + "\r\n";
    const TlsServer server(saying(http_answer(200, good, headers)));
    const auto reply = send_to(server);
    EXPECT_FALSE(reply.has_value()) << "two megabytes of headers";
}

TEST_F(ClientTrouble, NoErrorTextHoldsWhatWasSent) {
    const TlsServer server(saying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<Name>secret-name"));
    const auto reply = send_to(server);
    ASSERT_FALSE(reply.has_value());
    EXPECT_THAT(reply.error().where, Not(HasSubstr("secret-name")));
}

TEST_F(ClientTrouble, TheTerminalsAttestationGoesWithARequestThatHasOne) {
    const TlsServer server(saying(http_answer(200, good)));
    SignedRequest request = signed_request();
    ASSERT_TRUE(send(options_for(server.url()), request).has_value());
    request.attestation = {'h', 'e', 'l', 'l', 'o'};
    ASSERT_TRUE(send(options_for(server.url()), request).has_value());
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2u);
    EXPECT_THAT(requests[0], Not(HasSubstr("Attestation")));
    EXPECT_THAT(requests[1], HasSubstr("\r\nUketsuke-Attestation: aGVsbG8=\r\n"));
    EXPECT_THAT(requests[1], HasSubstr("\r\nIdempotency-Key: " + request.id.text() + "\r\n"));
    EXPECT_THAT(requests[1], Not(HasSubstr("19800101"))) << "the birth date is never sent";
}

TEST_F(ClientTrouble, ARegistrationIsAskedByDigestAndUnknownWhereTheServiceDoesNotSay) {
    const auto said = [&](const std::string& element, int status = 200) {
        const TlsServer server(saying(http_answer(
            status, "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader><MessageBody>" +
                        element + "</MessageBody></XmlMsg>")));
        const auto client = must(EligibilityClient::create(options_for(server.url())));
        const auto registration = must(client->registration("00ff")).registration;
        EXPECT_THAT(server.requests().at(0), HasSubstr("GET /registrations/00ff "));
        return registration;
    };
    EXPECT_EQ(said("<HealthCardRegistration>1</HealthCardRegistration>"), Registration::Registered);
    EXPECT_EQ(said("<HealthCardRegistration>2</HealthCardRegistration>"), Registration::NotRegistered);
    EXPECT_EQ(said("<HealthCardRegistration>3</HealthCardRegistration>"), Registration::Unknown);
    EXPECT_EQ(said(""), Registration::Unknown);
    EXPECT_EQ(said("", 404), Registration::Unknown);
    EXPECT_EQ(said("<HealthCardRegistration>1</HealthCardRegistration>", 503), Registration::Unknown);
}

TEST_F(ClientTrouble, AQuestionOfTheReceiptComputerIsPassedOnAsItIs) {
    const TlsServer server(saying(http_answer(200, good)));
    const auto client = must(EligibilityClient::create(options_for(server.url())));
    const RequestId id = make_request_id();
    const std::string question = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><XmlMsg>\x8d\xb2</XmlMsg>";
    EXPECT_EQ(must(client->query(id, question)).kind, ReplyKind::Answered);
    const std::string request = server.requests().at(0);
    EXPECT_THAT(request, HasSubstr("POST /queries "));
    EXPECT_THAT(request, HasSubstr("Idempotency-Key: " + id.text() + "\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\n\r\n" + question));
}

TEST_F(ClientTrouble, TheServicesClockComesWithItsAnswer) {
    const TlsServer server(saying(http_answer(503, "",
                                              "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                                              "Retry-After: Sun, 06 Nov 1994 08:51:07 GMT\r\n")));
    const Reply reply = must(send_to(server));
    EXPECT_EQ(reply.kind, ReplyKind::TryLater);
    EXPECT_EQ(reply.service_time, std::chrono::sys_seconds(784111777s));
    EXPECT_EQ(reply.retry_after, 90s);
}

TEST(RetryAfter, AsADateIsMeasuredFromTheServicesOwnClock) {
    const auto wait = [](const std::string& until, const std::string& date) {
        return must(understand_reply({503, until, date}, "", false)).retry_after;
    };
    const std::string noon = "Fri, 31 Dec 1999 12:00:00 GMT";
    EXPECT_EQ(wait("Fri, 31 Dec 1999 12:00:30 GMT", noon), 30s);
    EXPECT_EQ(wait("Sat, 01 Jan 2000 12:00:00 GMT", noon), 3600s) << "bounded to an hour";
    EXPECT_EQ(wait("Fri, 31 Dec 1999 11:00:00 GMT", noon), 0s) << "already over";
    EXPECT_FALSE(wait("Fri, 31 Dec 1999 12:00:30 GMT", "")) << "our own clock is not asked";
    EXPECT_FALSE(wait("Fri, 31 Dec 1999 12:00:30 GMT", "noon"));
    EXPECT_FALSE(wait("Thu, 31 Dec 1999 12:00:30 GMT", noon)) << "that was a Friday";
    EXPECT_EQ(wait("120", noon), 120s);
    EXPECT_EQ(wait("120", ""), 120s);
}

TEST(HttpDate, IsReadInItsOneForm) {
    using internal::parse_http_date;
    EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), std::chrono::sys_seconds(0s));
    EXPECT_EQ(parse_http_date("Tue, 29 Feb 2028 23:59:59 GMT"), std::chrono::sys_seconds(1835481599s));
    EXPECT_EQ(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT"), parse_http_date("Sat, 31 Dec 2016 23:59:59 GMT"));
    for (const char* odd :
         {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 6 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 JST", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 24:00:00 GMT",
          "Sun, 06 nov 1994 08:49:37 GMT", "Mon, 06 Nov 1994 08:49:37 GMT", "Wed, 30 Feb 2028 00:00:00 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov -994 08:49:37 GMT",
          "Sun, 00 Nov 1994 08:49:37 GMT", "aaa, dd aaa dddd dd:dd:dd GMT"}) {
        EXPECT_FALSE(parse_http_date(odd)) << odd;
    }
}

}  // namespace
}  // namespace uketsuke::net
