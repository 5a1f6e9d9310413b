#include "net/simulator.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "net/oqs_xml.h"
#include "tests/net/plain_http.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::card;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;
using testing::practice_reception;
using testing::practice_request;
using testing::PracticeCard;
using testing::read_file;
using testing::RunningSimulator;
using testing::ScratchFolder;
using testing::signed_request;
using testing::write_file;
using Json = nlohmann::json;

std::string http(const ServiceOptions& service, const std::string& path, const std::string* body, long& status) {
    const testing::PlainAnswer answer = testing::plain_http(service, path, body);
    status = answer.status;
    return answer.body;
}

TEST(Simulator, ReplaysTheFirstAnswerAndCountsTheSameKeyWithTheSameBytes) {
    RunningSimulator service;
    const auto client = service.client();
    const SignedRequest request = signed_request();
    const auto first = must(client->send(request)).document;
    EXPECT_EQ(must(client->send(request)).document, first);
    EXPECT_EQ(must(client->send(request)).document, first);
    const auto receptions = service->receptions();
    ASSERT_EQ(receptions.size(), 1u);
    EXPECT_EQ(receptions[0].times_received, 3);
    EXPECT_EQ(receptions[0].person, card().serial());
    EXPECT_EQ(receptions[0].method, Method::Pin);
}

TEST(Simulator, RefusesTheSameKeyWithOtherBytes) {
    RunningSimulator service;
    const auto client = service.client();
    Reception reception = practice_reception(card(), make_request_id());
    must(client->send(practice_request(card(), reception)));
    reception.consents[0].agreed = !reception.consents[0].agreed;
    const Reply reply = must(client->send(practice_request(card(), reception)));
    EXPECT_EQ(reply.kind, ReplyKind::Refused);
    EXPECT_EQ(reply.http_status, 409);
    EXPECT_EQ(service->receptions().size(), 1u);
    EXPECT_EQ(service->receptions()[0].times_received, 1);
}

TEST(Simulator, RefusesWhatTheCardDidNotSign) {
    RunningSimulator service;
    const auto client = service.client();
    SignedRequest forged = signed_request();
    forged.signature[5] ^= 1;
    EXPECT_EQ(must(client->send(forged)).code, "SIM-E0002");
    SignedRequest altered = signed_request();
    const std::string body(altered.body.begin(), altered.body.end());
    altered.body[body.find("OperationInfoConsFlg>1") + 21] = '0';
    EXPECT_EQ(must(client->send(altered)).code, "SIM-E0002");
    static const PracticeCard other("Other card");
    SignedRequest swapped = signed_request();
    swapped.certificate_der = other.certificate_der();
    swapped.signature = other.sign(std::string(swapped.body.begin(), swapped.body.end()));
    EXPECT_EQ(must(client->send(swapped)).code, "SIM-E0006") << "the document names the first card";
    SignedRequest empty = signed_request();
    empty.signature.clear();
    EXPECT_EQ(must(client->send(empty)).kind, ReplyKind::Refused);
    EXPECT_TRUE(service->receptions().empty());
}

TEST(Simulator, RefusesACardOfAnotherIssuerWhenItKnowsTheIssuer) {
    static const PracticeCard stranger("Stranger");
    SimulatorOptions options;
    options.card_ca_pem = card().ca_pem();
    RunningSimulator service(options);
    const auto client = service.client();
    EXPECT_EQ(must(client->send(signed_request())).kind, ReplyKind::Answered);
    EXPECT_EQ(must(client->send(practice_request(stranger))).code, "SIM-E0003");
    options.card_ca_pem = "no PEM at all";
    EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions);
}

TEST(Simulator, RefusesADocumentThatIsNotTheCalls) {
    RunningSimulator service;
    SignedRequest request = signed_request();
    request.id = make_request_id();
    EXPECT_EQ(must(service.client()->send(request)).http_status, 400);
    request.body = {'<', 'x', '>'};
    EXPECT_EQ(must(service.client()->send(request)).http_status, 400);
}

TEST(Simulator, AnswersForThePeopleItKnows) {
    RunningSimulator service;
    SimulatedPerson person;
    person.serial = "005EED01";
    person.validity = QualificationValidity::Invalid;
    QualificationResult result;
    result.name = "佐藤　花子";
    person.results = {result};
    service->add_person(person);
    Reception reception = practice_reception(card(), make_request_id());
    OqsAnswer answer = *must(service.client()->send(practice_request(card(), reception))).answer;
    EXPECT_EQ(answer.validity, QualificationValidity::Invalid);
    EXPECT_EQ(answer.results.at(0).name, "佐藤　花子");
    EXPECT_EQ(answer.results.at(0).limit_application_flag, "1");
    EXPECT_EQ(answer.results.at(0).health_checkup.flag, "0");
    reception.id = make_request_id();
    reception.limit_amount_provided = false;
    answer = *must(service.client()->send(practice_request(card(), reception))).answer;
    EXPECT_EQ(answer.results.at(0).limit_application_flag, "0");
}

TEST(Simulator, AnswersNotFoundForStrangersWhenToldSo) {
    SimulatorOptions options;
    options.unknown_person = UnknownPerson::NotFound;
    RunningSimulator service(options);
    EXPECT_EQ(must(service.client()->send(signed_request())).answer->validity, QualificationValidity::NotFound);
}

TEST(Simulator, TakesFaultsOverHttpAndRefusesUnknownOnes) {
    RunningSimulator service;
    long status = 0;
    const std::string down = R"({"down":true})";
    http(service.service(), "/faults", &down, status);
    EXPECT_EQ(status, 204);
    EXPECT_TRUE(service->fault().down);
    EXPECT_EQ(fault_of(service.client()->send(signed_request())), Fault::Unreachable);
    const std::string several =
        R"({"slow_ms":1,"flaky":0.5,"processing":-1,"error":"E","cut":"half","status":429,"retry_after":9})";
    http(service.service(), "/faults", &several, status);
    EXPECT_EQ(status, 204);
    EXPECT_FALSE(service->fault().down);
    EXPECT_EQ(service->fault().cut, Cut::Half);
    EXPECT_EQ(service->fault().retry_after, 9s);
    for (const std::string bad : {"", "[]x", R"({"downn":true})", R"({"flaky":2})", R"({"down":"yes"})",
                                  R"({"cut":"x"})", R"({"slow_ms":-5})", R"({"status":200})"}) {
        http(service.service(), "/faults", &bad, status);
        EXPECT_EQ(status, 400) << bad;
    }
    EXPECT_EQ(service->fault().status, 429) << "a bad call changes nothing";
    const std::string none = "{}";
    http(service.service(), "/faults", &none, status);
    EXPECT_EQ(must(service.client()->send(signed_request())).kind, ReplyKind::Answered);
}

TEST(Simulator, ShowsWhatItReceivedAsAStateAndAsAPage) {
    RunningSimulator service;
    const SignedRequest request = signed_request();
    must(service.client()->send(request));
    long status = 0;
    const Json state = Json::parse(http(service.service(), "/state", nullptr, status));
    const Json expected =
        Json::parse(R"({"receptions":[{"key":")" + request.id.text() + R"(","method":"pin","person":"5eed01",
        "consents":{"operation":true,"medication_diagnosis":true,"health_checkup":false,"limit_amount":true},
        "times_received":1}]})");
    Json shown = state.at("receptions").at(0);
    EXPECT_EQ(shown.at("consented_at").at("operation"), "20251009175314");
    EXPECT_EQ(shown.at("institution"), "1312345670");
    for (const char* more :
         {"registration_wished", "institution", "confirmed_at", "received_at", "consented_at", "sha256"}) {
        EXPECT_EQ(shown.erase(more), 1u) << more;
    }
    EXPECT_EQ(shown, expected.at("receptions").at(0)) << "the keys that others measure with";
    EXPECT_THAT(http(service.service(), "/", nullptr, status), HasSubstr(request.id.text()));
    EXPECT_EQ(http(service.service(), "/nothing", nullptr, status), "");
    EXPECT_EQ(status, 404);
}

TEST(Simulator, KeepsItsStateFileCurrentAndKnowsItsKeysAfterARestart) {
    const ScratchFolder folder;
    SimulatorOptions options;
    options.state_file = folder / "state.json";
    const SignedRequest request = signed_request();
    {
        RunningSimulator service(options);
        EXPECT_EQ(Json::parse(read_file(options.state_file)).at("receptions"), Json::array());
        must(service.client()->send(request));
        EXPECT_EQ(Json::parse(read_file(options.state_file)).at("receptions").size(), 1u);
    }
    RunningSimulator service(options);
    EXPECT_EQ(must(service.client()->send(request)).kind, ReplyKind::Answered);
    const Json state = Json::parse(read_file(options.state_file));
    ASSERT_EQ(state.at("receptions").size(), 1u);
    EXPECT_EQ(state["receptions"][0]["times_received"], 2);
}

TEST(Simulator, ReadsAStateFileThatAnOlderOneWrote) {
    const ScratchFolder folder;
    SimulatorOptions options;
    options.state_file = folder / "state.json";
    const SignedRequest request = signed_request();
    write_file(options.state_file, R"({"receptions":[{"key":")" + request.id.text() +
                                       R"(","method":"pin","person":"5eed01","consents":{},"times_received":1}]})");
    RunningSimulator service(options);
    EXPECT_EQ(must(service.client()->send(request)).kind, ReplyKind::Answered);
    EXPECT_EQ(service->receptions().at(0).times_received, 2);
}

TEST(Simulator, RefusesAStateFileThatIsNotItsOwnAndAPortThatIsTaken) {
    const ScratchFolder folder;
    SimulatorOptions options;
    options.state_file = folder / "state.json";
    write_file(options.state_file, "{\"receptions\":[{}]}");
    EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions);
    RunningSimulator first;
    for (const char* other : {"[]", "{\"receptions\":3}", "{\"receptions\":[],\"refused\":[1]}",
                              "{\"receptions\":[],\"cards\":{\"a\":1}}"}) {
        write_file(options.state_file, other);
        EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions) << other;
    }
    SimulatorOptions taken;
    taken.bind = "256.1.1.1";
    taken.port = first->port();
    EXPECT_EQ(fault_of(EligibilitySimulator::create(taken)), Fault::BadOptions);
}

TEST(Simulator, StopsEvenWhenItIsToldBeforeItRuns) {
    const auto simulator = must(EligibilitySimulator::create({}));
    simulator->stop();
    simulator->run();
    SUCCEED();
}

TEST(Simulator, CutsTheSameCallsForTheSameSeed) {
    std::vector<std::vector<bool>> runs;
    for (int run = 0; run < 2; ++run) {
        SimulatorOptions options;
        options.seed = 7;
        RunningSimulator service(options);
        SimulatorFaults faults;
        faults.flaky = 0.5;
        service->set_fault(faults);
        auto& outcomes = runs.emplace_back();
        for (int i = 0; i < 12; ++i) outcomes.push_back(service.client()->send(signed_request()).has_value());
    }
    EXPECT_EQ(runs[0], runs[1]);
    EXPECT_THAT(runs[0], ::testing::Contains(true));
    EXPECT_THAT(runs[0], ::testing::Contains(false));
}

}  // namespace
}  // namespace uketsuke::net
