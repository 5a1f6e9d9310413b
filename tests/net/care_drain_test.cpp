// From the bedside to the service and back: what a patient's answer makes of them in the list.

#include <gmock/gmock.h>

#include "tests/net/care_support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::first_visit;
using testing::HomeCards;
using testing::must;
using testing::patient_after;
using testing::request_about;
using testing::RunningSimulator;
using ::testing::SizeIs;
using testing::start_second;
using testing::start_time;
using testing::Terminal;
using testing::TestOutbox;

const WallTime t0 = start_time();

const HomeCards& cards() {
    static const HomeCards some(3);
    return some;
}

SimulatedPerson person_of(int card, QualificationValidity validity) {
    SimulatedPerson person;
    person.serial = HomeCards::serial(card);
    person.validity = validity;
    person.results = {testing::ordinary_result()};
    person.results[0].name_kana = "ｼｹﾝ ｲﾁﾛｳ";
    return person;
}

// One device of the institution, with its own queue.
struct Device {
    TestOutbox box;
    const Terminal& terminal;
    std::unique_ptr<EligibilityClient> client;

    Device(const Terminal& of, const RunningSimulator& service, const std::string& name = {}) : terminal(of) {
        box.open();
        ServiceOptions options = service.service();
        options.device = name;
        client = must(EligibilityClient::create(options));
    }
    std::int64_t receive(const Reception& reception) {
        return must(box->enqueue(cards().sign(reception, terminal), patient_after(reception), t0));
    }
    RequestId ask(std::int64_t number, Method method, std::chrono::seconds later,
                  Treatment why = Treatment::HomeVisit) {
        CarePatient patient = must(box->care_patient(number));
        CareRequest asked = request_about(patient, method, start_second() + later);
        asked.treatment = why;
        if (method == Method::ConsentRenewal) {
            patient.base = asked.id;
            patient.consented_until = asked.consented_until;
        }
        patient.withdrawn = patient.withdrawn || method == Method::Withdrawal;
        must(box->enqueue(must(care_request(asked, terminal.vouch())), patient, t0 + later));
        return asked.id;
    }
    // Its consents are older than the service takes them.
    RequestId ask_refused_renewal(std::int64_t number, std::chrono::seconds later) {
        CarePatient patient = must(box->care_patient(number));
        CareRequest asked = request_about(patient, Method::ConsentRenewal, start_second() + later);
        for (Consent& consent : asked.consents) consent.at = start_second() - 10h;
        patient.base = asked.id;
        patient.consents = asked.consents;
        patient.consented_until = asked.consented_until;
        must(box->enqueue(must(care_request(asked, terminal.vouch())), patient, t0 + later));
        return asked.id;
    }
    std::vector<DrainStep> drain() {
        std::vector<DrainStep> steps;
        for (;;) {
            DrainStep step = drain_once(*box.box, *client, t0 + 72h, 0.0);
            if (step.outcome == DrainOutcome::Idle) return steps;
            steps.push_back(std::move(step));
        }
    }
    CarePatient patient(std::int64_t number) { return must(box->care_patient(number)); }
};

struct CareDrain : ::testing::Test {
    Terminal terminal;
    SimulatorOptions options() const {
        SimulatorOptions o;
        o.terminal_public_key = terminal.open;
        o.now = [] { return t0 + 72h; };
        return o;
    }
    RunningSimulator service{options()};
    Device tablet{terminal, service, "0123456789abcdef"};
    void SetUp() override { service->add_person(person_of(0, QualificationValidity::Valid)); }
};

TEST_F(CareDrain, AnAnswerNamesThePatientAndConfirmsTheVisit) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    EXPECT_THAT(tablet.drain(), SizeIs(1));
    const CarePatient patient = tablet.patient(number);
    EXPECT_EQ(patient.name, "試験　一郎");
    EXPECT_EQ(patient.kana, "ｼｹﾝ ｲﾁﾛｳ");
    EXPECT_EQ(patient.birth_date, "19800101");
    EXPECT_EQ(patient.result, CareResult::Confirmed);
    EXPECT_EQ(patient.conflict, CareConflict::None);
}

TEST_F(CareDrain, AWholeHistoryOfOnePatientGoesInItsOrderAfterAnOutage) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    const RequestId first = tablet.patient(number).latest;
    const RequestId visit = tablet.ask(number, Method::Reinquiry, 24h);
    SimulatorFaults down;
    down.down = true;
    must(service->set_fault(down));
    const DrainStep failed = drain_once(*tablet.box.box, *tablet.client, t0 + 48h, 0.0);
    EXPECT_EQ(failed.outcome, DrainOutcome::Postponed);
    const DrainStep waits = drain_once(*tablet.box.box, *tablet.client, t0 + 48h, 0.0);
    EXPECT_EQ(waits.outcome, DrainOutcome::Idle) << "the visit rests on the reception that waits";
    EXPECT_GT(waits.next_call, t0 + 48h);
    must(service->set_fault({}));
    const RequestId renewal = tablet.ask(number, Method::ConsentRenewal, 25h);
    const RequestId again = tablet.ask(number, Method::Reinquiry, 48h);
    std::vector<RequestId> sent;
    for (const DrainStep& step : tablet.drain()) {
        EXPECT_EQ(step.outcome, DrainOutcome::Delivered) << step.reason;
        sent.push_back(*step.id);
    }
    EXPECT_THAT(sent, ElementsAre(first, visit, renewal, again));
    EXPECT_EQ(tablet.patient(number).result, CareResult::Confirmed);
}

TEST_F(CareDrain, AfterManyProbesWithoutANetworkEverythingGoesInItsOrder) {
    std::vector<RequestId> order;
    for (int person = 0; person < 3; ++person) {
        const auto number = tablet.receive(first_visit(cards(), person, start_second() + std::chrono::hours(person)));
        order.push_back(tablet.patient(number).latest);
    }
    ServiceOptions nowhere = service.service();
    nowhere.url = "https://127.0.0.1:1";
    const auto without_network = must(EligibilityClient::create(nowhere));
    WallTime now = t0 + 3h;
    for (int probe = 0; probe < 30; ++probe) {
        const DrainStep step = drain_once(*tablet.box.box, *without_network, now, 0.0);
        EXPECT_EQ(step.outcome, DrainOutcome::Postponed);
        EXPECT_EQ(*step.id, order[0]) << "one probe, and it is the oldest";
        now = *step.next_call;
    }
    std::vector<RequestId> sent;
    for (const DrainStep& step : tablet.drain()) sent.push_back(*step.id);
    EXPECT_EQ(sent, order);
}

TEST_F(CareDrain, ARenewalOrWithdrawalIsConfirmedThoughNoInsuranceIsTold) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    tablet.drain();
    tablet.ask(number, Method::ConsentRenewal, 1h);
    for (const DrainStep& step : tablet.drain()) EXPECT_EQ(step.meaning, Meaning::Confirmed);
    EXPECT_EQ(tablet.patient(number).result, CareResult::Confirmed);
    EXPECT_EQ(tablet.patient(number).name, "試験　一郎");
    tablet.ask(number, Method::Withdrawal, 2h);
    for (const DrainStep& step : tablet.drain()) EXPECT_TRUE(step.remarks.empty());
    EXPECT_EQ(tablet.patient(number).result, CareResult::Confirmed);
}

TEST_F(CareDrain, EveryConflictIsKeptWithItsReason) {
    const auto conflict_after = [&](Method method, Treatment why = Treatment::HomeVisit) {
        const auto number = tablet.receive(first_visit(cards(), 0, start_second(), method));
        tablet.drain();
        tablet.ask(number, Method::Reinquiry, 24h, why);
        tablet.drain();
        return tablet.patient(number);
    };
    const CarePatient online = conflict_after(Method::Visual, Treatment::Online);
    EXPECT_EQ(online.result, CareResult::Conflict);
    EXPECT_EQ(online.conflict, CareConflict::Refused);
    EXPECT_EQ(online.meaning, 31);
    EXPECT_EQ(online.name, "試験　一郎") << "from the first visit";

    service->add_person(person_of(1, QualificationValidity::Invalid));
    const auto ended = tablet.receive(first_visit(cards(), 1, start_second()));
    tablet.drain();
    EXPECT_EQ(tablet.patient(ended).conflict, CareConflict::NotInsured);
    EXPECT_EQ(tablet.patient(ended).meaning, 11);
    EXPECT_EQ(tablet.patient(ended).name, "試験　一郎");

    Reception brief = first_visit(cards(), 2, start_second());
    brief.visit->consented_until = start_second() + 1h;
    const auto number = tablet.receive(brief);
    tablet.drain();
    tablet.ask(number, Method::Reinquiry, 24h);
    tablet.drain();
    EXPECT_EQ(tablet.patient(number).conflict, CareConflict::ConsentsExpired);
    EXPECT_EQ(tablet.patient(number).result, CareResult::Conflict);
}

TEST_F(CareDrain, TwoTabletsAndTheCounterReceiveOneVisitOnce) {
    Device other(terminal, service, "fedcba9876543210");
    Device counter(terminal, service);
    const auto on_tablet = tablet.receive(first_visit(cards(), 0, start_second()));
    const auto on_other = other.receive(first_visit(cards(), 0, start_second() + 60s, Method::Visual));
    Reception outpatient = first_visit(cards(), 0, start_second() + 120s, Method::Face);
    outpatient.visit.reset();
    const SignedRequest at_counter = cards().sign(outpatient, terminal);
    must(counter.box->enqueue(at_counter, t0));
    EXPECT_THAT(tablet.drain(), SizeIs(1));
    EXPECT_THAT(other.drain(), SizeIs(1));
    EXPECT_THAT(counter.drain(), SizeIs(1));
    ASSERT_THAT(service->receptions(), SizeIs(1));
    EXPECT_THAT(service->receptions()[0].other_keys, SizeIs(2));
    EXPECT_EQ(tablet.patient(on_tablet).conflict, CareConflict::None);
    EXPECT_EQ(other.patient(on_other).result, CareResult::Confirmed);
    EXPECT_EQ(other.patient(on_other).conflict, CareConflict::ReceivedElsewhere);
    EXPECT_EQ(other.patient(on_other).name, "試験　一郎");

    // What one device withdraws, the other learns from its next visit.
    tablet.ask(on_tablet, Method::Withdrawal, 1h);
    tablet.drain();
    other.ask(on_other, Method::Reinquiry, 24h);
    other.drain();
    EXPECT_EQ(other.patient(on_other).conflict, CareConflict::ConsentsWithdrawn);
    EXPECT_TRUE(other.patient(on_other).withdrawn) << "nobody is received on them once more";
    EXPECT_EQ(other.patient(on_other).result, CareResult::Conflict);
}

TEST_F(CareDrain, ARefusedRenewalGivesItsPlaceBackToTheConfirmedBaseWhichIsWhatAWithdrawalThenNames) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    tablet.drain();
    const CarePatient before = tablet.patient(number);
    const RequestId renewal = tablet.ask_refused_renewal(number, 24h);
    EXPECT_EQ(tablet.patient(number).base, renewal);
    ASSERT_THAT(tablet.patient(number).earlier, ElementsAre(grounds_of(before)));
    EXPECT_EQ(tablet.drain().at(0).code, "SIM-E0011");
    EXPECT_EQ(grounds_of(tablet.patient(number)), grounds_of(before));
    EXPECT_TRUE(tablet.patient(number).earlier.empty());
    tablet.ask(number, Method::Withdrawal, 25h);
    tablet.drain();
    tablet.ask(number, Method::Reinquiry, 26h);
    EXPECT_EQ(tablet.drain().at(0).code, "SIM-E0019") << "it took effect";
}

TEST_F(CareDrain, AWithdrawalAheadOfARenewalThatIsThenRefusedEndsTheEarlierConsentsToo) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    tablet.drain();
    const CarePatient before = tablet.patient(number);
    tablet.ask_refused_renewal(number, 24h);
    tablet.ask(number, Method::Withdrawal, 25h);
    tablet.drain();
    EXPECT_EQ(tablet.patient(number).base, before.base);
    EXPECT_TRUE(tablet.patient(number).withdrawn);
    const CareRequest visit = request_about(before, Method::Reinquiry, start_second() + 26h);
    EXPECT_EQ(must(tablet.client->send(must(care_request(visit, terminal.vouch())))).code, "SIM-E0019");
}

TEST_F(CareDrain, AVisitThatRestedOnARefusedRenewalIsAConflictAndTheNextRestsOnWhatIsConfirmed) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    tablet.drain();
    const CarePatient before = tablet.patient(number);
    tablet.ask_refused_renewal(number, 24h);
    tablet.ask(number, Method::Reinquiry, 25h);
    tablet.drain();
    EXPECT_EQ(tablet.patient(number).conflict, CareConflict::NoRelation);
    EXPECT_EQ(grounds_of(tablet.patient(number)), grounds_of(before));
    tablet.ask(number, Method::Reinquiry, 48h);
    tablet.drain();
    EXPECT_EQ(tablet.patient(number).result, CareResult::Confirmed);
    EXPECT_FALSE(tablet.patient(number).trouble) << "a later visit was confirmed";
}

TEST_F(CareDrain, ARefusedVisitWithTheCardLeavesTheConfirmedBase) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    tablet.drain();
    const CarePatient before = tablet.patient(number);
    Reception online = first_visit(cards(), 0, start_second() + 24h, Method::Visual);
    online.visit->treatment = Treatment::Online;
    EXPECT_EQ(tablet.receive(online), number);
    EXPECT_FALSE(tablet.patient(number).by_pin);
    EXPECT_EQ(tablet.drain().at(0).code, "SIM-E0022");
    EXPECT_EQ(grounds_of(tablet.patient(number)), grounds_of(before));
    EXPECT_TRUE(tablet.patient(number).by_pin);
}

TEST_F(CareDrain, AVisitThatWasRefusedStaysAConflictThoughTheWithdrawalWentAheadAndWasConfirmed) {
    const auto number = tablet.receive(first_visit(cards(), 0, start_second()));
    tablet.drain();
    const RequestId visit = tablet.ask(number, Method::Reinquiry, 24h);
    tablet.ask(number, Method::Withdrawal, 25h);
    EXPECT_EQ(tablet.drain().at(1).code, "SIM-E0019");
    EXPECT_EQ(tablet.patient(number).result, CareResult::Conflict);
    EXPECT_EQ(tablet.patient(number).conflict, CareConflict::ConsentsWithdrawn);
    EXPECT_EQ(tablet.patient(number).trouble->request, visit);
    tablet.receive(first_visit(cards(), 0, start_second() + 48h));
    EXPECT_EQ(tablet.patient(number).result, CareResult::Waiting);
    tablet.drain();
    EXPECT_EQ(tablet.patient(number).result, CareResult::Confirmed);
    EXPECT_FALSE(tablet.patient(number).trouble);
}

TEST_F(CareDrain, ConsentsThatTheServiceCallsEndedReceiveNobodyWithoutTheCardAnyMore) {
    Reception brief = first_visit(cards(), 2, start_second());
    brief.visit->consented_until = start_second() + 1h;
    CarePatient hopeful = patient_after(brief);
    hopeful.consented_until += std::chrono::days(90);
    const auto number = must(tablet.box->enqueue(cards().sign(brief, terminal), hopeful, t0));
    tablet.drain();
    EXPECT_TRUE(consents_stand(tablet.patient(number), start_second() + 72h));
    tablet.ask(number, Method::Reinquiry, 24h);
    EXPECT_EQ(tablet.drain().at(0).code, "SIM-E0020");
    EXPECT_FALSE(consents_stand(tablet.patient(number), start_second() + 72h));
}

TEST_F(CareDrain, ALostTabletLearnsItFromTheDrain) {
    service->set_device_lost("0123456789abcdef", true);
    tablet.receive(first_visit(cards(), 0, start_second()));
    const auto steps = tablet.drain();
    ASSERT_THAT(steps, SizeIs(1));
    EXPECT_TRUE(steps[0].device_lost);
    EXPECT_EQ(steps[0].outcome, DrainOutcome::Delivered) << "what it had is taken in all the same";
}

TEST_F(CareDrain, AnAnswerAboutSomebodyElseIsAConflictAndNamesNobody) {
    const Reception reception = first_visit(cards(), 0, start_second());
    SignedRequest request = cards().sign(reception, terminal);
    request.holder_birthdate = "19990101";
    const auto number = must(tablet.box->enqueue(request, patient_after(reception), t0));
    tablet.drain();
    EXPECT_EQ(tablet.patient(number).conflict, CareConflict::Refused);
    EXPECT_EQ(tablet.patient(number).meaning, 33);
    EXPECT_EQ(tablet.patient(number).name, "");
}

}  // namespace
}  // namespace uketsuke::net
