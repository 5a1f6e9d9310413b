// Continuing care at the simulated service: what visits without a card rest on, what ends them, and one visit that
// several devices receive.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/net/care_support.h"
#include "tests/net/plain_http.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::first_visit;
using testing::HomeCards;
using ::testing::IsEmpty;
using testing::must;
using testing::patient_after;
using testing::plain_http;
using testing::read_file;
using testing::request_about;
using testing::RunningSimulator;
using testing::ScratchFolder;
using ::testing::SizeIs;
using testing::start_second;
using testing::start_time;
using testing::Terminal;

struct SimulatedCare : ::testing::Test {
    static const HomeCards& cards() {
        static const HomeCards some(2);
        return some;
    }
    Terminal terminal;
    std::chrono::sys_seconds at = start_second();
    SimulatorOptions options() const {
        SimulatorOptions o;
        o.terminal_public_key = terminal.open;
        o.now = [] { return start_time() + std::chrono::days(3); };
        return o;
    }
    RunningSimulator service{options()};
    std::unique_ptr<EligibilityClient> client = service.client();

    Reply send(const SignedRequest& request) { return must(client->send(request)); }
    Reply send(const Reception& reception) { return send(cards().sign(reception, terminal)); }
    Reply send(const CareRequest& request) { return send(must(care_request(request, terminal.vouch()))); }
    CarePatient received(Method method = Method::Pin) {
        const Reception visit = first_visit(cards(), 0, at, method);
        EXPECT_EQ(send(visit).code, "");
        return patient_after(visit);
    }
    CareRequest about(const CarePatient& patient, Method method = Method::Reinquiry, std::chrono::seconds later = 24h) {
        return request_about(patient, method, at + later);
    }
    static std::string flags(const Reply& reply) {
        const QualificationResult& result = reply.answer->results.at(0);
        return result.operation.flag + result.diagnosis.flag + result.pharmacists.flag + result.health_checkup.flag;
    }
};

TEST_F(SimulatedCare, AVisitWithoutTheCardIsAnsweredAsThePersonOfTheFirstWithTheConsentsThatStand) {
    const CarePatient patient = received();
    CareRequest visit = about(patient);
    for (Consent& consent : visit.consents) consent.agreed = true;
    const Reply reply = send(visit);
    EXPECT_EQ(reply.kind, ReplyKind::Answered);
    EXPECT_EQ(reply.code, "");
    EXPECT_EQ(reply.answer->validity, QualificationValidity::Valid);
    EXPECT_EQ(flags(reply), "1110") << "the health check-up was never agreed to";
    ASSERT_THAT(service->receptions(), SizeIs(2));
    EXPECT_EQ(service->receptions()[1].method, Method::Reinquiry);
    EXPECT_EQ(service->receptions()[1].person, HomeCards::serial(0));
    EXPECT_EQ(service->receptions()[1].base, patient.base.text());
}

TEST_F(SimulatedCare, IsRefusedWithoutTheTerminalsAttestationOrWithACardsSignature) {
    const CarePatient patient = received();
    SignedRequest request = must(care_request(about(patient), terminal.vouch()));
    request.attestation = Terminal().sign("else");
    EXPECT_EQ(send(request).code, "SIM-E0007");
    request = must(care_request(about(patient), terminal.vouch()));
    EXPECT_EQ(testing::code_for(service.service(), request), "") << "no signature, no certificate";
    SignedRequest with_card = must(care_request(about(patient), terminal.vouch()));
    with_card.signature = {1, 2, 3};
    EXPECT_EQ(testing::code_for(service.service(), with_card), "SIM-E0008");
}

TEST_F(SimulatedCare, RefusesWhatRestsOnNothingOrOnAnotherInstitutionsReception) {
    CarePatient patient = received();
    CareRequest elsewhere = about(patient);
    elsewhere.institution_code = "1398765430";
    EXPECT_EQ(send(elsewhere).code, "SIM-E0021");
    patient.base = make_request_id();
    EXPECT_EQ(send(about(patient)).code, "SIM-E0021");
    const Reception at_counter = [] {
        Reception one = first_visit(cards(), 1, start_second());
        one.visit.reset();
        return one;
    }();
    EXPECT_EQ(send(at_counter).code, "");
    patient.base = at_counter.id;
    EXPECT_EQ(send(about(patient)).code, "SIM-E0021") << "a day's consent is none for visits";
}

TEST_F(SimulatedCare, RefusesAVisitAfterTheTermAndTakesARenewalThen) {
    Reception visit = first_visit(cards(), 0, at);
    visit.visit->consented_until = at + 5h;
    ASSERT_EQ(send(visit).code, "");
    CarePatient patient = patient_after(visit);
    EXPECT_EQ(send(about(patient, Method::Reinquiry, 4h)).code, "SIM-I0002") << "within the term, and the same day";
    EXPECT_EQ(send(about(patient)).code, "SIM-E0020");
    const CareRequest renewal = about(patient, Method::ConsentRenewal, 25h);
    EXPECT_EQ(send(renewal).code, "");
    patient.base = renewal.id;
    EXPECT_EQ(send(about(patient, Method::Reinquiry, 26h)).code, "");
    ASSERT_THAT(service->consent_calls(), SizeIs(1));
    EXPECT_EQ(service->consent_calls()[0].method, Method::ConsentRenewal);
}

TEST_F(SimulatedCare, AWithdrawalTakesEffectAtOnceForEveryBaseOfThePerson) {
    const CarePatient patient = received();
    const CareRequest renewal = about(patient, Method::ConsentRenewal, 1h);
    ASSERT_EQ(send(renewal).code, "");
    EXPECT_EQ(send(about(patient, Method::Withdrawal, 2h)).code, "");
    EXPECT_EQ(send(about(patient)).code, "SIM-E0019");
    CarePatient renewed = patient;
    renewed.base = renewal.id;
    EXPECT_EQ(send(about(renewed)).code, "SIM-E0019");
    EXPECT_EQ(send(about(patient, Method::ConsentRenewal)).code, "SIM-E0019") << "with the card only";
    const Reception with_card = first_visit(cards(), 0, at + 48h);
    EXPECT_EQ(flags(send(with_card)), "1110");
    EXPECT_EQ(send(about(patient_after(with_card), Method::Reinquiry, 72h)).code, "");
}

TEST_F(SimulatedCare, AWithdrawalThatComesBeforeItsReceptionLeavesThatNoConsents) {
    const Reception visit = first_visit(cards(), 0, at);
    EXPECT_EQ(send(about(patient_after(visit), Method::Withdrawal, 1h)).code, "");
    const Reply reply = send(visit);
    EXPECT_EQ(reply.answer->validity, QualificationValidity::Valid) << "who is insured stays so";
    EXPECT_EQ(flags(reply), "0000");
    EXPECT_EQ(send(about(patient_after(visit))).code, "SIM-E0019");
}

TEST_F(SimulatedCare, OnlineIsOnlyForACardThatWasOpenedByItsPin) {
    CareRequest online = about(received(Method::Visual));
    online.treatment = Treatment::Online;
    EXPECT_EQ(send(online).code, "SIM-E0022");
    const Reception by_pin = first_visit(cards(), 1, at);
    ASSERT_EQ(send(by_pin).code, "");
    CareRequest allowed = about(patient_after(by_pin));
    allowed.treatment = Treatment::Online;
    EXPECT_EQ(send(allowed).code, "");
    Reception visual = first_visit(cards(), 1, at + 1h, Method::Visual);
    visual.visit->treatment = Treatment::Online;
    EXPECT_EQ(send(visual).code, "SIM-E0022");
}

TEST_F(SimulatedCare, RefusesConsentsWhoseEndIsNotTheDocuments) {
    Reception visit = first_visit(cards(), 0, at);
    visit.visit->consented_until = at - 10s;
    EXPECT_EQ(send(visit).code, "SIM-E0012");
    const CarePatient patient = received();
    CareRequest old = about(patient, Method::ConsentRenewal);
    old.consents[0].at = at;
    EXPECT_EQ(send(old).code, "SIM-E0011") << "asked long before";
}

TEST_F(SimulatedCare, AVisitThatSeveralDevicesReceiveIsOneReceptionWithTheConsentsConfirmedLast) {
    const Reception first = first_visit(cards(), 0, at);
    Reception second = first_visit(cards(), 0, at + 20s);
    second.consents[0].agreed = false;
    const SignedRequest again = cards().sign(second, terminal);
    ASSERT_EQ(send(first).code, "");
    EXPECT_EQ(send(again).code, "SIM-I0002");
    const Reply reply = send(again);
    EXPECT_EQ(reply.kind, ReplyKind::Answered);
    EXPECT_EQ(reply.answer->validity, QualificationValidity::Valid);
    EXPECT_EQ(flags(reply), "0110");
    EXPECT_EQ(send(about(patient_after(second), Method::Reinquiry, 1h)).code, "SIM-I0002");
    ASSERT_THAT(service->receptions(), SizeIs(1));
    const ReceivedReception one = service->receptions()[0];
    EXPECT_EQ(one.key, first.id.text());
    EXPECT_EQ(one.times_received, 1);
    ASSERT_THAT(one.other_keys, SizeIs(2));
    EXPECT_EQ(one.other_keys[0], (ReceivedReception::OtherKey{second.id.text(), 2}));
    EXPECT_FALSE(one.consents[0].agreed);
    EXPECT_EQ(send(about(patient_after(first))).answer->results[0].operation.flag, "0") << "no longer agreed to";
    EXPECT_EQ(send(first_visit(cards(), 1, at)).code, "") << "another person's visit";
    Reception outpatient = first_visit(cards(), 0, at);
    outpatient.visit.reset();
    EXPECT_EQ(send(outpatient).code, "SIM-I0002") << "at the counter it is the same visit";
}

TEST_F(SimulatedCare, IsTheSameAfterARestart) {
    const ScratchFolder folder;
    SimulatorOptions kept = options();
    kept.state_file = folder / "state.json";
    const Reception visit = first_visit(cards(), 0, at);
    const SignedRequest twice = cards().sign(first_visit(cards(), 0, at + 9s), terminal);
    const SignedRequest early =
        must(care_request(about(patient_after(first_visit(cards(), 1, at)), Method::Withdrawal, 2h), terminal.vouch()));
    const CarePatient patient = patient_after(visit);
    const SignedRequest renewal = must(care_request(about(patient, Method::ConsentRenewal, 1h), terminal.vouch()));
    {
        RunningSimulator first(kept);
        auto to = first.client();
        for (const SignedRequest& one : {cards().sign(visit, terminal), twice, early, renewal}) {
            EXPECT_EQ(must(to->send(one)).kind, ReplyKind::Answered);
        }
        first->set_device_lost("abc-1", true);
    }
    const std::string before = read_file(kept.state_file);
    RunningSimulator again(kept);
    auto to = again.client();
    EXPECT_EQ(again->state_json(), before);
    EXPECT_TRUE(again->is_device_lost("abc-1"));
    EXPECT_EQ(must(to->send(twice)).code, "SIM-I0002");
    EXPECT_EQ(must(to->send(early)).kind, ReplyKind::Answered);
    EXPECT_EQ(must(to->send(must(care_request(about(patient), terminal.vouch())))).code, "");
    EXPECT_EQ(again->receptions()[0].other_keys[0].times_received, 2);
}

TEST_F(SimulatedCare, AMethodIsTakenInOnlyWhereItBelongs) {
    const SignedRequest renewal = must(care_request(about(received(), Method::ConsentRenewal), terminal.vouch()));
    EXPECT_EQ(testing::code_for(service.service(), renewal), "SIM-E0001");
    EXPECT_EQ(send(renewal).code, "");
    EXPECT_EQ(must(client->ask(renewal.id)).kind, ReplyKind::Answered);
}

TEST_F(SimulatedCare, ALostDeviceLearnsItFromEveryAnswerAndByAsking) {
    ServiceOptions mine = service.service();
    EXPECT_EQ(testing::fault_of(client->device_lost()), Fault::BadOptions);
    mine.device = "0123456789abcdef0123456789abcdef";
    const auto tablet = must(EligibilityClient::create(mine));
    EXPECT_FALSE(must(tablet->device_lost()));
    EXPECT_FALSE(must(tablet->ask(make_request_id())).device_lost);
    const std::string report = R"({"device":"0123456789abcdef0123456789abcdef","lost":true})";
    EXPECT_EQ(plain_http(mine, "/devices", &report, {"Content-Type: application/json"}).status, 204);
    EXPECT_TRUE(must(tablet->device_lost()));
    EXPECT_TRUE(must(tablet->ask(make_request_id())).device_lost);
    SimulatorFaults busy;
    busy.status = 403;
    must(service->set_fault(busy));
    const Reply reply = must(tablet->send(cards().sign(first_visit(cards(), 0, at), terminal)));
    EXPECT_TRUE(reply.device_lost) << "on any status";
    EXPECT_EQ(reply.kind, ReplyKind::TryLater);
    must(service->set_fault({}));
    EXPECT_FALSE(must(client->ask(make_request_id())).device_lost) << "the counter is not lost";
    service->set_device_lost(mine.device, false);
    EXPECT_FALSE(must(tablet->device_lost()));
    for (const std::string bad : {R"({"device":"a b"})", R"([])", R"({"device":"a","lost":1})", ""}) {
        EXPECT_EQ(plain_http(mine, "/devices", &bad, {"Content-Type: application/json"}).status, 400) << bad;
    }
    EXPECT_EQ(plain_http(mine, "/devices", &report, {"Origin: https://elsewhere.example"}).status, 403);
}

TEST_F(SimulatedCare, ADeviceAsksWithoutAClientCertificate) {
    SimulatorOptions strict = options();
    strict.require_client_certificate = true;
    RunningSimulator guarded(strict);
    ServiceOptions mine = guarded.service();
    mine.device = "abc";
    guarded->set_device_lost("abc", true);
    EXPECT_TRUE(must(must(EligibilityClient::create(mine))->device_lost()));
}

}  // namespace
}  // namespace uketsuke::net
