// Two tablets of one institution that learn from each other through the service.

#include <gmock/gmock.h>

#include "tests/net/care_support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::first_visit;
using testing::HomeCards;
using ::testing::IsEmpty;
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
    static const HomeCards some(1);
    return some;
}

// One device of the institution, with its own queue.
struct Device {
    TestOutbox box;
    const Terminal& terminal;
    std::unique_ptr<EligibilityClient> client;

    Device(const Terminal& of, const RunningSimulator& service, const std::string& institution = testing::institution)
        : terminal(of) {
        box.open();
        ServiceOptions options = service.service();
        options.institution_code = institution;
        client = must(EligibilityClient::create(options));
    }
    void receive(int person, Method method = Method::Pin) {
        const Reception visit = first_visit(cards(), person, start_second(), method);
        must(box->enqueue(cards().sign(visit, terminal), patient_after(visit), t0));
        drain();
    }
    void ask(Method method, std::chrono::seconds later) {
        CarePatient patient = only();
        CareRequest asked = request_about(patient, method, start_second() + later);
        if (method == Method::ConsentRenewal) {
            patient.base = asked.id;
            patient.consents = asked.consents;
            patient.consented_until = asked.consented_until;
        }
        if (method == Method::Withdrawal) {
            patient.withdrawn = true;
            for (Consent& consent : patient.consents) consent = {consent.item, false, asked.at};
        }
        if (method == Method::Reinquiry) patient.last_visit = asked.at;
        must(box->enqueue(must(care_request(asked, terminal.vouch())), patient, t0 + later));
        drain();
    }
    void drain() {
        while (drain_once(*box.box, *client, t0 + 72h, 0.0).outcome != DrainOutcome::Idle) {
        }
    }
    std::int64_t fetch() {
        CareReply reply = must(client->continuing_care());
        const auto changed = must(box->merge_care(reply.patients));
        wipe(reply);
        return changed;
    }
    CarePatient only() {
        const auto all = must(box->care());
        EXPECT_THAT(all, SizeIs(1));
        return all.at(0);
    }
};

struct TwoTablets : ::testing::Test {
    Terminal terminal;
    SimulatorOptions options() const {
        SimulatorOptions o;
        o.terminal_public_key = terminal.open;
        o.now = [] { return t0 + 72h; };
        return o;
    }
    RunningSimulator service{options()};
    Device one{terminal, service};
    Device other{terminal, service};
    void SetUp() override {
        SimulatedPerson person;
        person.serial = HomeCards::serial(0);
        person.results = {testing::ordinary_result()};
        person.results[0].name_kana = "ｼｹﾝ ｲﾁﾛｳ";
        service->add_person(person);
    }
};

TEST_F(TwoTablets, ListWhatTheOtherReceivedAndAReinquiryFromThereIsAnswered) {
    one.receive(0);
    EXPECT_EQ(other.fetch(), 1);
    CarePatient there = one.only();
    EXPECT_EQ(other.only().name, "試験　一郎");
    EXPECT_EQ(other.only().kana, there.kana);
    EXPECT_EQ(other.only().birth_date, there.birth_date);
    EXPECT_EQ(other.only().base, there.base);
    EXPECT_EQ(other.only().consents, there.consents);
    EXPECT_EQ(other.only().consented_until, there.consented_until);
    EXPECT_EQ(other.only().last_visit, there.last_visit);
    EXPECT_EQ(other.only().result, CareResult::Nothing);
    EXPECT_EQ(one.fetch(), 0) << "who received them learns nothing new";
    other.ask(Method::Reinquiry, 24h);
    EXPECT_EQ(other.only().result, CareResult::Confirmed);
    EXPECT_EQ(other.only().conflict, CareConflict::None);
    EXPECT_THAT(service->receptions(), SizeIs(2));
    EXPECT_EQ(one.fetch(), 1);
    EXPECT_EQ(one.only().last_visit, start_second() + 24h) << "visited today, from another tablet";
}

TEST_F(TwoTablets, ListWhatTheOtherRenewed) {
    one.receive(0, Method::Visual);
    other.fetch();
    EXPECT_FALSE(other.only().by_pin);
    one.ask(Method::ConsentRenewal, 48h);
    EXPECT_EQ(other.fetch(), 1);
    EXPECT_EQ(other.only().base, one.only().base);
    EXPECT_EQ(other.only().consented_until, one.only().consented_until);
    EXPECT_FALSE(other.only().by_pin) << "a renewal opens no card";
    other.ask(Method::Reinquiry, 49h);
    EXPECT_EQ(other.only().result, CareResult::Confirmed);
}

TEST_F(TwoTablets, GetAConflictBeforeTheyLearnOfAWithdrawalAndOfferNothingAfter) {
    one.receive(0);
    other.fetch();
    one.ask(Method::Withdrawal, 1h);
    EXPECT_TRUE(consents_stand(other.only(), start_second() + 24h)) << "it cannot know yet";
    other.ask(Method::Reinquiry, 24h);
    EXPECT_EQ(other.only().conflict, CareConflict::ConsentsWithdrawn);
    EXPECT_EQ(other.fetch(), 1);
    EXPECT_TRUE(other.only().withdrawn);
    EXPECT_FALSE(consents_stand(other.only(), start_second() + 24h));
    EXPECT_EQ(one.fetch(), 0);

    Device third(terminal, service);
    EXPECT_EQ(third.fetch(), 1);
    EXPECT_FALSE(consents_stand(third.only(), start_second() + 24h)) << "also where they were never listed before";
}

TEST_F(TwoTablets, AreToldOnlyTheirOwnInstitutionsPatients) {
    one.receive(0);
    Device stranger(terminal, service, "9999999999");
    EXPECT_EQ(stranger.fetch(), 0);
    EXPECT_THAT(must(stranger.box->care()), IsEmpty());
    SimulatorOptions narrow = options();
    narrow.institution = testing::institution;
    RunningSimulator elsewhere(narrow);
    Device refused(terminal, elsewhere, "9999999999");
    EXPECT_EQ(fault_of(refused.client->continuing_care()), Fault::BadAnswer);
    EXPECT_THAT(elsewhere->refused(), SizeIs(1));
}

TEST_F(TwoTablets, AreToldNoNameThatIsNotOnePersonsForCertain) {
    one.receive(0);
    SimulatorFaults faults;
    faults.duplicate = true;
    must(service->set_fault(faults));
    other.fetch();
    EXPECT_EQ(other.only().name, "");
    must(service->set_fault({}));
    EXPECT_EQ(other.fetch(), 1);
    EXPECT_EQ(other.only().name, "試験　一郎");
}

TEST_F(TwoTablets, AreToldTheSameAfterTheServiceWasRestarted) {
    SimulatorOptions kept = options();
    testing::ScratchFolder folder;
    kept.state_file = folder / "state.json";
    CareReply before;
    {
        RunningSimulator first(kept);
        Device tablet(terminal, first);
        tablet.receive(0);
        tablet.ask(Method::Reinquiry, 24h);
        tablet.ask(Method::Withdrawal, 25h);
        before = must(tablet.client->continuing_care());
        ASSERT_THAT(before.patients, SizeIs(1));
    }
    RunningSimulator again(kept);
    const Device tablet(terminal, again);
    EXPECT_EQ(must(tablet.client->continuing_care()).patients, before.patients);
}

TEST_F(TwoTablets, ALostOneIsToldSoAndNothingElse) {
    one.receive(0);
    service->set_device_lost("0123456789abcdef", true);
    ServiceOptions options = service.service();
    options.institution_code = testing::institution;
    options.device = "0123456789abcdef";
    const CareReply reply = must(must(EligibilityClient::create(options))->continuing_care());
    EXPECT_TRUE(reply.device_lost);
    EXPECT_THAT(reply.patients, IsEmpty());
}

TEST_F(TwoTablets, AnErrorOfTheServiceIsAnErrorAndALongListIsTaken) {
    SimulatorFaults faults;
    faults.status = 503;
    must(service->set_fault(faults));
    EXPECT_EQ(fault_of(one.client->continuing_care()), Fault::BadAnswer);
    faults.status = 403;
    must(service->set_fault(faults));
    EXPECT_EQ(fault_of(one.client->continuing_care()), Fault::OwnIdentity);
    faults = {};
    faults.down = true;
    must(service->set_fault(faults));
    EXPECT_EQ(fault_of(one.client->continuing_care()), Fault::Unreachable);
    must(service->set_fault({}));
    one.receive(0);
    ServiceOptions options = service.service();
    options.institution_code = testing::institution;
    options.answer_limit = 400;
    EXPECT_THAT(must(must(EligibilityClient::create(options))->continuing_care()).patients, SizeIs(1));
    options.answer_limit = 200;
    EXPECT_EQ(fault_of(must(EligibilityClient::create(options))->continuing_care()), Fault::AnswerTooBig);
    options.institution_code.clear();
    EXPECT_EQ(fault_of(must(EligibilityClient::create(options))->continuing_care()), Fault::BadOptions);
    options.institution_code = "12";
    EXPECT_EQ(fault_of(EligibilityClient::create(options)), Fault::BadOptions);
}

}  // namespace
}  // namespace uketsuke::net
