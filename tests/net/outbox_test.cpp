#include "net/outbox.h"

#include <gmock/gmock.h>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::must;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;

constexpr auto lease = 60s;
const WallTime t0 = start_time();

TEST(Outbox, KeepsARequestOverAReopenAndHandsItOutUnchanged) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    box.open();
    const auto claim = must(box->claim(t0, lease));
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->request, request);
    EXPECT_FALSE(claim->ask);
    EXPECT_EQ(claim->attempt, 1);
    EXPECT_FALSE(must(box->claim(t0, lease)));
}

TEST(Outbox, TakesTheSameRequestTwiceAndRefusesOtherBytesUnderItsId) {
    TestOutbox box;
    SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    must(box->enqueue(request, t0 + 1s));
    EXPECT_EQ(must(box->counts()).due, 1);
    request.body[30] ^= 1;
    EXPECT_EQ(fault_of(box->enqueue(request, t0)), Fault::Conflict);
    EXPECT_EQ(must(box->counts()).due, 1);
    EXPECT_EQ(fault_of(box->enqueue(SignedRequest{}, t0)), Fault::BadOptions);
}

TEST(Outbox, HandsOutTheOldestFirstAndOnePatientsTroubleNeverBlocksTheNext) {
    TestOutbox box;
    box.open();
    std::vector<SignedRequest> requests;
    for (int i = 0; i < 3; ++i) {
        requests.push_back(signed_request());
        must(box->enqueue(requests.back(), t0 + std::chrono::seconds(i)));
    }
    EXPECT_EQ(must(box->claim(t0 + 5s, lease))->request.id, requests[0].id);
    must(box->postpone(requests[0].id, t0 + 60s, "unreachable"));
    EXPECT_EQ(must(box->claim(t0 + 5s, lease))->request.id, requests[1].id);
    EXPECT_EQ(must(box->claim(t0 + 5s, lease))->request.id, requests[2].id);
    EXPECT_FALSE(must(box->claim(t0 + 59s, lease)));
    const auto again = must(box->claim(t0 + 60s, lease));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->request.id, requests[0].id);
    EXPECT_EQ(again->attempt, 2);
}

TEST(Outbox, MakesARequestClaimableAgainWhenItsLeaseEnds) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    ASSERT_TRUE(must(box->claim(t0, lease)));
    EXPECT_FALSE(must(box->claim(t0 + 59s, lease)));
    EXPECT_EQ(must(box->next_time()), t0 + 60s);
    EXPECT_EQ(must(box->claim(t0 + 60s, lease))->request, request);
}

TEST(Outbox, MakesARequestThatACrashLeftInFlightClaimableAtOnceUnderTheSameId) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    ASSERT_TRUE(must(box->claim(t0, lease)));
    box.open();
    const auto claim = must(box->claim(t0, lease));
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->request.id, request.id);
    EXPECT_EQ(claim->attempt, 2);
}

TEST(Outbox, AsksForTheAnswerOfARequestThatIsProcessingAlsoAfterAFailureAndARestart) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->processing(request.id, t0 + 10s, "processing"));
    EXPECT_EQ(must(box->counts()).processing, 1);
    EXPECT_FALSE(must(box->claim(t0 + 9s, lease)));
    EXPECT_TRUE(must(box->claim(t0 + 10s, lease))->ask);
    must(box->postpone(request.id, t0 + 20s, "unreachable"));
    EXPECT_EQ(must(box->counts()).processing, 1);
    box.open();
    EXPECT_TRUE(must(box->claim(t0 + 20s, lease))->ask);
    must(box->send_again(request.id, t0 + 20s, "unknown key"));
    EXPECT_FALSE(must(box->claim(t0 + 20s, lease))->ask);
}

TEST(Outbox, KeepsADeliveredRequestWithItsAnswerUntilTheRetentionEnds) {
    TestOutbox box;
    OutboxOptions options;
    options.retention = 24h;
    const SignedRequest request = signed_request();
    const std::vector<std::uint8_t> answer{'o', 'k'};
    must(box.open(options).enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->delivered(request.id, answer, t0));
    must(box->delivered(request.id, answer, t0 + 1s));
    EXPECT_EQ(must(box->show(request.id)).answer, answer);
    EXPECT_EQ(must(box->show(request.id)).summary.state, RequestState::Delivered);
    EXPECT_FALSE(must(box->next_time()));
    EXPECT_EQ(must(box->purge(t0 + 24h)), 0);
    EXPECT_EQ(must(box->purge(t0 + 24h + 1s)), 1);
    EXPECT_EQ(fault_of(box->show(request.id)), Fault::NotFound);
}

TEST(Outbox, NeverUndoesADelivery) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->delivered(request.id, {}, t0));
    EXPECT_EQ(fault_of(box->postpone(request.id, t0, "late")), Fault::Conflict);
    EXPECT_EQ(fault_of(box->needs_staff(request.id, "late", {}, t0)), Fault::Conflict);
    EXPECT_EQ(fault_of(box->retry(request.id, t0)), Fault::Conflict);
    EXPECT_EQ(must(box->counts()).delivered, 1);
    EXPECT_EQ(fault_of(box->delivered(make_request_id(), {}, t0)), Fault::NotFound);
    EXPECT_EQ(fault_of(box->postpone(make_request_id(), t0, "")), Fault::NotFound);
    EXPECT_EQ(fault_of(box->retry(make_request_id(), t0)), Fault::NotFound);
}

TEST(Outbox, LeavesARefusedRequestToStaffWhoMayRetryIt) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    must(box->claim(t0, lease));
    const std::vector<std::uint8_t> answer{'n', 'o'};
    must(box->needs_staff(request.id, "refused (E1)", answer, t0));
    EXPECT_FALSE(must(box->claim(t0 + 1000h, lease)));
    EXPECT_EQ(must(box->purge(t0 + 10'000h)), 0);
    const auto detail = must(box->show(request.id));
    EXPECT_EQ(detail.summary.reason, "refused (E1)");
    EXPECT_EQ(detail.answer, answer);
    must(box->retry(request.id, t0 + 1h));
    const auto claim = must(box->claim(t0 + 1h, lease));
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->attempt, 1);
}

TEST(Outbox, ReleasesWhatWaitsForTheNetworkButNotWhatTheServiceAskedToWaitFor) {
    TestOutbox box;
    box.open();
    const SignedRequest soft = signed_request();
    const SignedRequest firm = signed_request();
    must(box->enqueue(soft, t0));
    must(box->enqueue(firm, t0));
    must(box->claim(t0, lease));
    must(box->claim(t0, lease));
    must(box->postpone(soft.id, t0 + 300s, "unreachable"));
    must(box->postpone(firm.id, t0 + 300s, "429", Postponed::ByTheService));
    EXPECT_EQ(must(box->make_all_due(t0 + 10s)), 1);
    EXPECT_EQ(must(box->claim(t0 + 10s, lease))->request.id, soft.id);
    EXPECT_FALSE(must(box->claim(t0 + 10s, lease)));
    EXPECT_TRUE(must(box->claim(t0 + 300s, lease)));
}

TEST(Outbox, DoesNotWaitForYearsWhenTheClockWasSetBack) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0 + 24h * 365));
    EXPECT_TRUE(must(box->claim(t0, lease)));
}

TEST(Outbox, ListsWithoutTheKeyAndShowsOnlyWithIt) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    OutboxOptions options;
    options.access = OutboxAccess::Inspection;
    const auto reader = must(Outbox::open_without_key(box.path(), options));
    EXPECT_EQ(must(reader->list()).at(0).id, request.id);
    EXPECT_EQ(must(reader->counts()).due, 1);
    EXPECT_EQ(must(reader->verify()).rows, 1);
    EXPECT_EQ(fault_of(reader->show(request.id)), Fault::BadKey);
    EXPECT_EQ(fault_of(reader->claim(t0, lease)), Fault::BadKey);
    EXPECT_EQ(fault_of(reader->retry(request.id, t0)), Fault::StorageReadOnly);
    EXPECT_EQ(fault_of(Outbox::open_without_key(box.path(), {})), Fault::BadKey);
}

TEST(Outbox, LetsAMaintenanceToolRetryBesideARunningKiosk) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->needs_staff(request.id, "refused", {}, t0));
    OutboxOptions options;
    options.access = OutboxAccess::Maintenance;
    must(must(Outbox::open(box.path(), box.key.share(), options))->retry(request.id, t0));
    EXPECT_TRUE(must(box->claim(t0, lease)));
}

TEST(Outbox, SealsEverythingAnewUnderAnotherKey) {
    TestOutbox box;
    const SignedRequest due = signed_request();
    const SignedRequest done = signed_request();
    must(box.open().enqueue(done, t0));
    must(box->claim(t0, lease));
    must(box->delivered(done.id, std::vector<std::uint8_t>{'o', 'k'}, t0));
    must(box->enqueue(due, t0));
    SealingKey next = SealingKey::random();
    must(box->change_key(next.share()));
    box.close();
    EXPECT_EQ(fault_of(Outbox::open(box.path(), box.key.share())), Fault::BadKey);
    box.key = std::move(next);
    EXPECT_TRUE(must(box.open().verify()).problems.empty());
    EXPECT_EQ(must(box->claim(t0, lease))->request, due);
    EXPECT_EQ(must(box->show(done.id)).answer, (std::vector<std::uint8_t>{'o', 'k'}));
}

TEST(Outbox, MakesEverythingDueWhenTheClockWasSetBack) {
    TestOutbox box;
    box.open();
    std::vector<SignedRequest> requests;
    for (int i = 0; i < 3; ++i) {
        requests.push_back(signed_request());
        must(box->enqueue(requests.back(), t0));
        must(box->claim(t0, 60s));
    }
    must(box->postpone(requests[0].id, t0 + 60s, "unreachable"));
    must(box->postpone(requests[1].id, t0 + 60s, "503", Postponed::ByTheService));
    must(box->processing(requests[2].id, t0 + 60s, "processing"));
    const WallTime set_back = t0 - 3h;
    EXPECT_FALSE(must(box->claim(set_back, 60s)));
    EXPECT_EQ(must(box->forget_waits(set_back)), 3);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(must(box->claim(set_back, 60s))) << i;
}

}  // namespace
}  // namespace uketsuke::net
