#include "net/eligibility_client.h"

#include <gmock/gmock.h>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::must;
using testing::RunningSimulator;
using testing::signed_request;

TEST(EligibilityClient, SendsAReceptionAndUnderstandsTheAnswer) {
    RunningSimulator service;
    const auto client = service.client();
    const SignedRequest request = signed_request();
    const Reply reply = must(client->send(request));
    EXPECT_EQ(reply.kind, ReplyKind::Answered);
    EXPECT_EQ(reply.http_status, 200);
    ASSERT_TRUE(reply.answer);
    EXPECT_EQ(reply.answer->validity, QualificationValidity::Valid);
    EXPECT_EQ(reply.answer->header.arbitrary_file_identifier, request.id.text());
    ASSERT_EQ(reply.answer->results.size(), 1u);
    EXPECT_EQ(reply.answer->results[0].operation.flag, "1");
    EXPECT_EQ(reply.answer->results[0].operation.available_till.substr(8),
              reply.answer->results[0].operation.at.substr(8));
    EXPECT_FALSE(reply.document.empty());
}

TEST(EligibilityClient, RefusesOptionsThatCannotWork) {
    RunningSimulator service;
    ServiceOptions options = service.service();
    options.url = "http://127.0.0.1:1";
    EXPECT_EQ(fault_of(EligibilityClient::create(options)), Fault::BadOptions);
    options = service.service();
    options.ca_pem.clear();
    EXPECT_EQ(fault_of(EligibilityClient::create(options)), Fault::BadOptions);
    options.ca_pem = "not PEM";
    EXPECT_EQ(fault_of(EligibilityClient::create(options)), Fault::BadOptions);
    options = service.service();
    options.client_certificate = "/nonexistent/cert.pem";
    options.client_key = "/nonexistent/key.pem";
    EXPECT_EQ(fault_of(EligibilityClient::create(options)), Fault::OwnIdentity);
    options = service.service();
    options.total_limit = 0ms;
    EXPECT_EQ(fault_of(EligibilityClient::create(options)), Fault::BadOptions);
}

TEST(EligibilityClient, TrustsOnlyTheGivenAuthority) {
    RunningSimulator service;
    RunningSimulator stranger;
    ServiceOptions options = service.service();
    options.ca_pem = stranger->ca_pem();
    const auto reply = must(EligibilityClient::create(options))->send(signed_request());
    EXPECT_EQ(fault_of(reply), Fault::TlsRefused);
    EXPECT_EQ(service->receptions().size(), 0u);
}

TEST(EligibilityClient, SaysUnreachableWhereNobodyListens) {
    ServiceOptions options;
    {
        RunningSimulator service;
        options = service.service();
    }
    EXPECT_EQ(fault_of(must(EligibilityClient::create(options))->send(signed_request())), Fault::Unreachable);
}

TEST(EligibilityClient, ProvesWhoItIsWhereTheServiceDemandsIt) {
    SimulatorOptions demanding;
    demanding.require_client_certificate = true;
    RunningSimulator service(demanding);
    const auto anonymous = service.client()->send(signed_request());
    EXPECT_EQ(fault_of(anonymous), Fault::OwnIdentity) << "our missing certificate is our fault, not the patient's";

    ServiceOptions options = service.service();
    std::tie(options.client_certificate_pem, options.client_key_pem) = must(service->issue_client_identity("kiosk-1"));
    EXPECT_EQ(must(must(EligibilityClient::create(options))->send(signed_request())).kind, ReplyKind::Answered);

    RunningSimulator other;
    std::tie(options.client_certificate_pem, options.client_key_pem) = must(other->issue_client_identity("kiosk-2"));
    EXPECT_EQ(fault_of(must(EligibilityClient::create(options))->send(signed_request())), Fault::OwnIdentity);
    options.client_key_pem = "broken";
    EXPECT_EQ(fault_of(must(EligibilityClient::create(options))->send(signed_request())), Fault::OwnIdentity);
}

TEST(EligibilityClient, GivesUpAtItsTimeLimit) {
    RunningSimulator service;
    SimulatorFaults faults;
    faults.slow = 60s;
    service->set_fault(faults);
    ServiceOptions options = service.service();
    options.total_limit = 150ms;
    EXPECT_EQ(fault_of(must(EligibilityClient::create(options))->send(signed_request())), Fault::Timeout);
}

TEST(EligibilityClient, StopsAtOnceWhenItIsCancelledAndGoesOnAfterResume) {
    RunningSimulator service;
    SimulatorFaults faults;
    faults.slow = 60s;
    service->set_fault(faults);
    const auto client = service.client();
    std::jthread canceller([&] {
        EXPECT_TRUE(service->wait_for_calls(1, 10s));
        client->cancel();
    });
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(fault_of(client->send(signed_request())), Fault::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
    canceller.join();
    EXPECT_EQ(fault_of(client->send(signed_request())), Fault::Cancelled);
    service->set_fault({});
    client->resume();
    EXPECT_EQ(must(client->send(signed_request())).kind, ReplyKind::Answered);
}

TEST(EligibilityClient, BoundsTheAnswer) {
    RunningSimulator service;
    ServiceOptions options = service.service();
    options.answer_limit = 100;
    EXPECT_EQ(fault_of(must(EligibilityClient::create(options))->send(signed_request())), Fault::AnswerTooBig);
}

TEST(EligibilityClient, NeverFollowsARedirect) {
    RunningSimulator service;
    SimulatorFaults faults;
    faults.status = 302;
    service->set_fault(faults);
    EXPECT_EQ(fault_of(service.client()->send(signed_request())), Fault::BadAnswer);
    EXPECT_EQ(service->calls(), 1);
}

TEST(EligibilityClient, MapsEveryHttpStatusToWhatHappensNext) {
    const std::string ok = "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader></XmlMsg>";
    const std::string bad =
        "<XmlMsg><MessageHeader><SegmentOfResult>9</SegmentOfResult><ErrorCode>E9</ErrorCode>"
        "</MessageHeader></XmlMsg>";
    const std::string busy = "<XmlMsg><MessageHeader><SegmentOfResult>2</SegmentOfResult></MessageHeader></XmlMsg>";
    const std::string failed =
        "<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader><MessageBody>"
        "<ProcessingResultStatus>2</ProcessingResultStatus><ProcessingResultCode>P2"
        "</ProcessingResultCode></MessageBody></XmlMsg>";
    EXPECT_EQ(must(understand_reply({200, "", ""}, ok, false)).kind, ReplyKind::Answered);
    EXPECT_EQ(must(understand_reply({200, "", ""}, busy, false)).kind, ReplyKind::Processing);
    EXPECT_EQ(must(understand_reply({200, "", ""}, bad, false)).kind, ReplyKind::Refused);
    EXPECT_EQ(must(understand_reply({200, "", ""}, bad, false)).code, "E9");
    EXPECT_EQ(must(understand_reply({200, "", ""}, failed, false)).kind, ReplyKind::Refused);
    EXPECT_EQ(must(understand_reply({200, "", ""}, failed, false)).code, "P2");
    EXPECT_EQ(must(understand_reply({202, "7", ""}, "", false)).kind, ReplyKind::Processing);
    EXPECT_EQ(must(understand_reply({202, "7", ""}, "", false)).retry_after, 7s);
    EXPECT_EQ(must(understand_reply({404, "", ""}, "", true)).kind, ReplyKind::UnknownKey);
    for (const int status : {408, 425, 429, 500, 502, 503, 504, 599}) {
        EXPECT_EQ(must(understand_reply({status, "", ""}, "", false)).kind, ReplyKind::TryLater) << status;
    }
    for (const int status : {400, 405, 409, 413, 415, 422, 499}) {
        EXPECT_EQ(must(understand_reply({status, "", ""}, "", false)).kind, ReplyKind::Refused) << status;
    }
    for (const int status : {401, 403, 407}) {
        EXPECT_EQ(fault_of(understand_reply({status, "", ""}, "", false)), Fault::OwnIdentity) << status;
    }
    for (const int status : {0, 100, 201, 204, 301, 302, 307, 404, 600}) {
        EXPECT_EQ(fault_of(understand_reply({status, "", ""}, ok, false)), Fault::BadAnswer) << status;
    }
    EXPECT_EQ(fault_of(understand_reply({200, "", ""}, "<html>", false)), Fault::BadAnswer);
    EXPECT_EQ(fault_of(understand_reply({200, "", ""}, "<XmlMsg><MessageHeader/></XmlMsg>", false)), Fault::BadAnswer);
}

TEST(EligibilityClient, ReadsARetryAfterWithoutADateOnlyAsANumberOfSeconds) {
    EXPECT_EQ(must(understand_reply({503, "120", ""}, "", false)).retry_after, 120s);
    EXPECT_EQ(must(understand_reply({503, "999999999", ""}, "", false)).retry_after, 3600s);
    for (const char* odd : {"", "-1", "1.5", "12x", "Fri, 31 Dec 1999 23:59:59 GMT", "99999999999999999999999"}) {
        EXPECT_FALSE(must(understand_reply({503, odd, ""}, "", false)).retry_after) << odd;
    }
}

TEST(EligibilityClient, UnderstandsAnAnswerThatBreaksOffAsUnknownOutcome) {
    RunningSimulator service;
    for (const Cut cut : {Cut::Before, Cut::After, Cut::Half}) {
        SimulatorFaults faults;
        faults.cut = cut;
        service->set_fault(faults);
        const Fault fault = fault_of(service.client()->send(signed_request()));
        EXPECT_TRUE(fault == Fault::Unreachable || fault == Fault::BadAnswer) << name_of(fault);
    }
    EXPECT_EQ(service->receptions().size(), 2u) << "taken in after, and in the middle of the answer; not before";
}

}  // namespace
}  // namespace uketsuke::net
