#include "net/drain.h"

#include <gmock/gmock.h>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::card;
using ::testing::HasSubstr;
using testing::must;
using testing::RunningSimulator;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;

const WallTime t0 = start_time();

struct Drain : ::testing::Test {
    TestOutbox box;
    RunningSimulator service;
    std::unique_ptr<EligibilityClient> client = service.client();

    void SetUp() override { box.open(); }
    DrainStep step(WallTime at = t0) { return drain_once(*box.box, *client, at, 0.0); }
    RequestId enqueue(WallTime at = t0) {
        const SignedRequest request = signed_request();
        must(box->enqueue(request, at));
        return request.id;
    }
};

TEST_F(Drain, IsIdleOnAnEmptyOutboxAndWaitsForTheNextEnqueue) {
    const DrainStep idle = step();
    EXPECT_EQ(idle.outcome, DrainOutcome::Idle);
    EXPECT_FALSE(idle.next_call);
}

TEST_F(Drain, DeliversARequestAndKeepsTheAnswer) {
    const RequestId id = enqueue();
    const DrainStep done = step();
    EXPECT_EQ(done.outcome, DrainOutcome::Delivered);
    EXPECT_EQ(done.meaning, Meaning::Confirmed);
    EXPECT_EQ(done.id, id);
    ASSERT_TRUE(done.answer);
    EXPECT_EQ(done.next_call, t0);
    EXPECT_EQ(must(box->show(id)).summary.state, RequestState::Delivered);
    EXPECT_FALSE(must(box->show(id)).answer.empty());
    EXPECT_EQ(step().outcome, DrainOutcome::Idle);
}

TEST_F(Drain, PostponesWhileTheServiceIsDownAndDeliversEverythingWhenItIsBack) {
    SimulatorFaults down;
    down.down = true;
    service->set_fault(down);
    std::vector<RequestId> ids;
    ids.reserve(5);
    for (int i = 0; i < 5; ++i) ids.push_back(enqueue());
    WallTime now = t0;
    for (int i = 0; i < 5; ++i) {
        const DrainStep failed = step(now);
        ASSERT_EQ(failed.outcome, DrainOutcome::Postponed);
        EXPECT_EQ(failed.meaning, Meaning::Unreachable);
        ASSERT_TRUE(failed.next_call);
        EXPECT_GE(*failed.next_call, now + 1s) << "one probe at a time while nobody answers";
        EXPECT_LE(*failed.next_call, now + 10s);
        now = *failed.next_call;
    }
    EXPECT_EQ(must(box->counts()).waiting(), 5);
    EXPECT_TRUE(service->receptions().empty());
    service->set_fault({});
    // The first one that gets through after failing releases the others at once.
    int delivered = 0;
    for (int i = 0; i < 20 && delivered < 5; ++i) {
        const DrainStep next = step(now);
        if (next.outcome == DrainOutcome::Delivered) ++delivered;
        ASSERT_TRUE(next.next_call || delivered == 5);
        if (next.next_call) now = std::max(now, *next.next_call);
    }
    EXPECT_EQ(delivered, 5);
    EXPECT_EQ(service->receptions().size(), 5u);
    EXPECT_LE(now, t0 + 120s);
}

TEST_F(Drain, NeverMakesASecondReceptionWhenTheAnswerWasLost) {
    const RequestId id = enqueue();
    WallTime now = t0;
    for (const Cut cut : {Cut::After, Cut::Half, Cut::After}) {
        SimulatorFaults faults;
        faults.cut = cut;
        service->set_fault(faults);
        EXPECT_EQ(step(now).outcome, DrainOutcome::Postponed);
        now += 400s;
    }
    service->set_fault({});
    EXPECT_EQ(step(now).outcome, DrainOutcome::Delivered);
    const auto receptions = service->receptions();
    ASSERT_EQ(receptions.size(), 1u);
    EXPECT_EQ(receptions[0].key, id.text());
    EXPECT_EQ(receptions[0].times_received, 4);
}

TEST_F(Drain, AsksForAnAnswerThatIsStillProcessing) {
    SimulatorFaults faults;
    faults.processing = 2;
    faults.retry_after = 7s;
    service->set_fault(faults);
    const RequestId id = enqueue();
    EXPECT_EQ(step().outcome, DrainOutcome::Processing);
    EXPECT_EQ(must(box->show(id)).summary.next_at, t0 + 7s);
    EXPECT_EQ(step(t0 + 6s).outcome, DrainOutcome::Idle);
    EXPECT_EQ(step(t0 + 6s).next_call, t0 + 7s);
    EXPECT_EQ(step(t0 + 7s).outcome, DrainOutcome::Processing);
    EXPECT_EQ(step(t0 + 20s).outcome, DrainOutcome::Delivered);
    EXPECT_EQ(service->receptions().at(0).times_received, 1) << "asked for, not sent again";
}

TEST_F(Drain, SendsAgainWhatTheServiceForgotWhileProcessing) {
    SimulatorFaults faults;
    faults.processing = 1;
    service->set_fault(faults);
    const RequestId id = enqueue();
    EXPECT_EQ(step().outcome, DrainOutcome::Processing);
    RunningSimulator replacement;
    client = replacement.client();
    EXPECT_EQ(step(t0 + 60s).outcome, DrainOutcome::Postponed);
    EXPECT_EQ(step(t0 + 60s).outcome, DrainOutcome::Delivered);
    EXPECT_EQ(replacement->receptions().at(0).key, id.text());
    client.reset();
}

TEST_F(Drain, HonoursARetryAfterAndDoesNotLetTheNextSuccessOverruleIt) {
    SimulatorFaults faults;
    faults.status = 503;
    faults.retry_after = 120s;
    service->set_fault(faults);
    const RequestId id = enqueue();
    EXPECT_EQ(step().outcome, DrainOutcome::Postponed);
    EXPECT_EQ(must(box->show(id)).summary.next_at, t0 + 120s);
    EXPECT_THAT(must(box->show(id)).summary.reason, HasSubstr("HTTP 503"));
    EXPECT_EQ(must(box->make_all_due(t0 + 1s)), 0);
}

TEST_F(Drain, LeavesARefusalToStaffWithItsCode) {
    SimulatorFaults faults;
    faults.error = "OQC-OWSE0900000";
    service->set_fault(faults);
    const RequestId id = enqueue();
    const DrainStep refused = step();
    EXPECT_EQ(refused.outcome, DrainOutcome::NeedsStaff);
    EXPECT_EQ(refused.meaning, Meaning::Refused);
    EXPECT_EQ(refused.code, "OQC-OWSE0900000");
    EXPECT_THAT(must(box->show(id)).summary.reason, HasSubstr("OQC-OWSE0900000"));
    EXPECT_FALSE(must(box->show(id)).answer.empty());
    service->set_fault({});
    must(box->retry(id, t0 + 60s));
    EXPECT_EQ(step(t0 + 60s).outcome, DrainOutcome::Delivered);
}

TEST_F(Drain, SaysWhatEachValidityMeansAtTheCounter) {
    const std::pair<QualificationValidity, Meaning> table[] = {
        {QualificationValidity::Valid, Meaning::Confirmed},
        {QualificationValidity::Invalid, Meaning::InsuranceEnded},
        {QualificationValidity::InvalidNewer, Meaning::InsuranceReplaced},
        {QualificationValidity::NotFound, Meaning::NotFound},
        {QualificationValidity::Several, Meaning::SeveralFound},
        {QualificationValidity::ValidUnregistered, Meaning::ConfirmedRemark},
        {QualificationValidity::Unknown, Meaning::Unclear},
    };
    for (const auto& [validity, meaning] : table) {
        SimulatedPerson person;
        person.serial = card().serial();
        person.validity = validity;
        person.results.push_back(testing::ordinary_result());
        service->add_person(person);
        enqueue();
        EXPECT_EQ(step().meaning, meaning) << code_of(validity);
    }
}

TEST_F(Drain, RaisesARemarkForANameWithABlackCircleAndForSideInformation) {
    SimulatedPerson person;
    person.serial = card().serial();
    person.results.emplace_back().name = "●田　花子";
    service->add_person(person);
    enqueue();
    EXPECT_EQ(step().meaning, Meaning::ConfirmedRemark);
    person.results[0].name = "吉田　花子";
    person.processing_message = "マイナンバーカードの失効期限3か月前";
    service->add_person(person);
    enqueue();
    EXPECT_EQ(step().meaning, Meaning::ConfirmedRemark);
}

TEST_F(Drain, KeepsTheRequestWhenItIsCancelled) {
    const RequestId id = enqueue();
    client->cancel();
    const DrainStep cancelled = step();
    EXPECT_EQ(cancelled.outcome, DrainOutcome::Cancelled);
    EXPECT_FALSE(cancelled.next_call);
    client->resume();
    EXPECT_EQ(step().id, id);
    EXPECT_EQ(service->receptions().size(), 1u);
}

TEST_F(Drain, TellsStaffAfterManyAnswersThatNobodyUnderstands) {
    SimulatorFaults faults;
    faults.status = 302;
    service->set_fault(faults);
    const RequestId id = enqueue();
    WallTime now = t0;
    for (int i = 0; i < 7; ++i) {
        EXPECT_EQ(step(now).outcome, DrainOutcome::Postponed) << i;
        now += 400s;
    }
    EXPECT_EQ(step(now).outcome, DrainOutcome::NeedsStaff);
    EXPECT_THAT(must(box->show(id)).summary.reason, HasSubstr("302"));
}

TEST_F(Drain, RaisesARemarkWhenTheServiceStatesAnotherConsentThanThePatientGave) {
    SimulatorFaults faults;
    faults.clock = 25h;  // a consent lasts 24 hours: the service answers it as expired
    must(service->set_fault(faults));
    enqueue();
    const DrainStep done = step();
    EXPECT_EQ(done.meaning, Meaning::ConfirmedRemark);
    EXPECT_THAT(done.remarks, ::testing::Contains(Remark::ConsentNotAsGiven));
}

TEST_F(Drain, CountsUnreadableAnswersAndNotTheOutageBeforeThem) {
    const RequestId id = enqueue();
    WallTime now = t0;
    SimulatorFaults faults;
    faults.down = true;
    must(service->set_fault(faults));
    for (int i = 0; i < 12; ++i) {
        EXPECT_EQ(step(now).outcome, DrainOutcome::Postponed);
        now += 400s;
    }
    faults = {};
    faults.status = 302;
    must(service->set_fault(faults));
    EXPECT_EQ(step(now).outcome, DrainOutcome::Postponed) << "the first odd answer after a long outage";
    must(service->set_fault({}));
    EXPECT_EQ(step(now + 400s).outcome, DrainOutcome::Delivered);
    EXPECT_EQ(must(box->show(id)).summary.state, RequestState::Delivered);
}

TEST_F(Drain, CallsATlsFaultOurFaultAndKeepsTheRequestQueued) {
    ServiceOptions options = service.service();
    RunningSimulator stranger;
    options.ca_pem = stranger->ca_pem();
    client = must(EligibilityClient::create(options));
    enqueue();
    const DrainStep refused = step();
    EXPECT_EQ(refused.outcome, DrainOutcome::Postponed);
    EXPECT_EQ(refused.meaning, Meaning::ServiceUntrusted);
    EXPECT_EQ(must(box->counts()).waiting(), 1);
}

TEST_F(Drain, RetriesUnderTheSameKeyAfterACrashBetweenSendAndRecord) {
    const RequestId id = enqueue();
    auto claim = must(box->claim(t0, 60s));
    ASSERT_EQ(must(client->send(claim->request)).kind, ReplyKind::Answered);
    box.open();  // the process died before delivered()
    EXPECT_EQ(step().outcome, DrainOutcome::Delivered);
    ASSERT_EQ(service->receptions().size(), 1u);
    EXPECT_EQ(service->receptions()[0].key, id.text());
    EXPECT_EQ(service->receptions()[0].times_received, 2);
}

TEST_F(Drain, CarriesSeventyTwoSimulatedHoursWithoutANetworkOverRestartsAndThenDeliversInOrder) {
    constexpr int hours = 72, an_hour = 12;
    SimulatorFaults down;
    down.down = true;
    service->set_fault(down);
    std::vector<RequestId> ids;
    WallTime now = t0;
    for (int hour = 0; hour < hours; ++hour) {
        for (int i = 0; i < an_hour; ++i) {
            ids.push_back(enqueue(now));
            now += 5min;
        }
        EXPECT_NE(step(now).outcome, DrainOutcome::Delivered);
        if (hour % 10 == 9) box.open();
    }
    EXPECT_EQ(must(box->counts()).waiting(), hours * an_hour);
    service->set_fault({});
    must(box->make_all_due(now));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        ASSERT_EQ(step(now).outcome, DrainOutcome::Delivered);
        if (i % 200 == 100) box.open();
    }
    const auto receptions = service->receptions();
    ASSERT_EQ(receptions.size(), ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(receptions[i].key, ids[i].text()) << i;
}

}  // namespace
}  // namespace uketsuke::net
