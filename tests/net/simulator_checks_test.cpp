// What the simulated service refuses to take in, each under its own code.

#include "net/internal/simulated_checks.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "net/oqs_xml.h"
#include "net/simulator.h"
#include "tests/net/plain_http.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using internal::Standing;
using internal::standing_of;
using testing::answer_for;
using testing::card;
using testing::code_for;
using testing::fault_of;
using testing::must;
using testing::practice_reception;
using testing::practice_request;
using testing::read_file;
using testing::RunningSimulator;
using testing::ScratchFolder;
using testing::signed_after;
using testing::start_time;

Reception reception() {
    return practice_reception(card(), make_request_id());
}

struct Terminal {
    std::vector<std::uint8_t> open = std::vector<std::uint8_t>(crypto_sign_PUBLICKEYBYTES);
    std::vector<std::uint8_t> secret = std::vector<std::uint8_t>(crypto_sign_SECRETKEYBYTES);

    Terminal() { crypto_sign_keypair(open.data(), secret.data()); }
    std::vector<std::uint8_t> attest(Method method, const SignedRequest& request) const {
        const std::string text = attested_text(method, request.body);
        std::vector<std::uint8_t> signature(crypto_sign_BYTES);
        crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(text.data()),
                             text.size(), secret.data());
        return signature;
    }
};

struct AttestedMethod : ::testing::TestWithParam<Method> {
    Terminal terminal;
    SimulatorOptions options;
    SignedRequest request;

    void SetUp() override {
        options.terminal_public_key = terminal.open;
        Reception one = reception();
        one.method = GetParam();
        request = practice_request(card(), one);
    }
};

TEST_P(AttestedMethod, IsTakenInWithTheTerminalsAttestation) {
    RunningSimulator service(options);
    request.attestation = terminal.attest(GetParam(), request);
    EXPECT_EQ(code_for(service.service(), request), "");
    EXPECT_EQ(service->receptions().size(), 1u);
}

TEST_P(AttestedMethod, IsRefusedWithoutAnAttestationWithAnothersOrForAnotherMethod) {
    RunningSimulator service(options);
    EXPECT_EQ(code_for(service.service(), request), "SIM-E0007");
    request.attestation = Terminal().attest(GetParam(), request);
    EXPECT_EQ(code_for(service.service(), request), "SIM-E0007");
    request.attestation = terminal.attest(Method::Pin, request);
    EXPECT_EQ(code_for(service.service(), request), "SIM-E0007");
    request.attestation = {1, 2, 3};
    EXPECT_EQ(code_for(service.service(), request), "SIM-E0007");
    EXPECT_TRUE(service->receptions().empty());
}

INSTANTIATE_TEST_SUITE_P(FaceAndVisual, AttestedMethod, ::testing::Values(Method::Face, Method::Visual),
                         [](const auto& method) { return std::string(name_of(method.param)); });

TEST(SimulatorChecks, RefuseAPinWithAnAttestation) {
    RunningSimulator service;
    SignedRequest request = practice_request(card(), reception());
    request.attestation = Terminal().attest(Method::Pin, request);
    EXPECT_EQ(code_for(service.service(), request), "SIM-E0008");
}

TEST(SimulatorChecks, RefuseAnIdentifierOrACertificateThatIsNotTheCalls) {
    RunningSimulator service;
    SignedRequest request = practice_request(card(), reception());
    request.id = make_request_id();
    EXPECT_EQ(code_for(service.service(), request), "SIM-E0005");
    Reception other = reception();
    other.certificate_der.back() ^= 1;
    request = practice_request(card(), other);
    request.certificate_der = card().certificate_der();
    EXPECT_EQ(code_for(service.service(), request), "SIM-E0006");
}

TEST(SimulatorChecks, RefuseAConfirmationFromTheFutureBeyondTheTolerance) {
    RunningSimulator service;
    Reception ahead = reception();
    const auto move_to = [&](std::chrono::sys_seconds at) {
        for (Consent& consent : ahead.consents) consent.at = at;
        ahead.confirmed_at = at;
        ahead.id = make_request_id();
    };
    const auto now = std::chrono::floor<std::chrono::seconds>(start_time());
    move_to(now + 300s);
    EXPECT_EQ(code_for(service.service(), practice_request(card(), ahead)), "");
    move_to(now + 301s);
    EXPECT_EQ(code_for(service.service(), practice_request(card(), ahead)), "SIM-E0009");
    move_to(now - 14 * 24h);
    EXPECT_EQ(code_for(service.service(), practice_request(card(), ahead)), "");
    move_to(now - 14 * 24h - 1s);
    EXPECT_EQ(code_for(service.service(), practice_request(card(), ahead)), "SIM-E0010");
}

TEST(SimulatorChecks, TakeAKnownKeyInAgainHoweverOldItHasBecome) {
    std::atomic<std::int64_t> days = 0;
    SimulatorOptions options;
    options.now = [&] { return start_time() + 24h * days.load(); };
    RunningSimulator service(options);
    const SignedRequest request = practice_request(card(), reception());
    const auto first = testing::plain_post(service.service(), request).body;
    days = 30;
    EXPECT_EQ(testing::plain_post(service.service(), request).body, first);
    EXPECT_EQ(service->receptions().at(0).times_received, 2);
}

TEST(SimulatorChecks, RefuseConsentsThatWereNotGivenInThisVisit) {
    RunningSimulator service;
    Reception one = reception();
    one.consents[0].at = one.confirmed_at - 1h;
    EXPECT_EQ(code_for(service.service(), practice_request(card(), one)), "");
    one = reception();
    one.consents[0].at = one.confirmed_at - 1h - 1s;
    EXPECT_EQ(code_for(service.service(), practice_request(card(), one)), "SIM-E0011");
    one = reception();
    one.consents[2].at = one.confirmed_at + 301s;
    EXPECT_EQ(code_for(service.service(), practice_request(card(), one)), "SIM-E0011");
    one = reception();
    const std::string at = jst_date_time(one.consents[0].at);
    EXPECT_EQ(code_for(service.service(), signed_after(one, "OperationInfoConsTime>" + at, "OperationInfoConsTime>0")),
              "SIM-E0011");
}

TEST(SimulatorChecks, RefuseAnAvailableTimeOtherThanTwentyFourHoursLater) {
    RunningSimulator service;
    const Reception one = reception();
    const std::string till = jst_date_time(one.consents[0].at + 24h);
    const std::string later = jst_date_time(one.consents[0].at + 24h + 1s);
    EXPECT_EQ(code_for(service.service(), signed_after(one, till, later)), "SIM-E0012");
    EXPECT_EQ(code_for(service.service(), signed_after(one, "OperationInfoConsFlg>1", "OperationInfoConsFlg>0")),
              "SIM-E0012")
        << "who refuses makes nothing available";
}

TEST(SimulatorChecks, RefuseAFlagThatIsNeitherYesNorNo) {
    RunningSimulator service;
    EXPECT_EQ(
        code_for(service.service(), signed_after(reception(), "OperationInfoConsFlg>1", "OperationInfoConsFlg>3")),
        "SIM-E0013");
    EXPECT_EQ(code_for(service.service(), signed_after(reception(), "LimitApplicationCertificateRelatedConsFlg>1",
                                                       "LimitApplicationCertificateRelatedConsFlg>")),
              "SIM-E0013");
}

TEST(SimulatorChecks, RefuseADocumentWithoutAMethodOrAMomentAsUnreadable) {
    RunningSimulator service;
    const Reception one = reception();
    EXPECT_EQ(code_for(service.service(), signed_after(one, "<Method>pin", "<Method>guess")), "SIM-E0001");
    const std::string at = jst_date_time(one.confirmed_at);
    EXPECT_EQ(code_for(service.service(), signed_after(one, "<ConfirmedAt>" + at, "<ConfirmedAt>now")), "SIM-E0001");
}

TEST(SimulatorChecks, RefuseTheSameSignedDocumentUnderAnotherKeyEvenAfterARestart) {
    const ScratchFolder folder;
    SimulatorOptions options;
    options.state_file = folder / "state.json";
    SignedRequest request = practice_request(card(), reception());
    SignedRequest replayed = request;
    replayed.id = make_request_id();
    {
        RunningSimulator service(options);
        EXPECT_EQ(code_for(service.service(), request), "");
        EXPECT_EQ(code_for(service.service(), replayed), "SIM-E0014");
        EXPECT_EQ(testing::plain_post(service.service(), replayed).status, 409);
    }
    RunningSimulator service(options);
    EXPECT_EQ(code_for(service.service(), replayed), "SIM-E0014");
    SignedRequest altered = request;
    altered.signature[3] ^= 1;
    EXPECT_EQ(code_for(service.service(), altered), "SIM-E0004") << "known key, other bytes, after a restart";
    EXPECT_EQ(code_for(service.service(), request), "");
    EXPECT_EQ(service->receptions().at(0).times_received, 2);
}

TEST(SimulatorChecks, RefuseASignatureThatWasUsedUnderAnotherKeyEvenWhereSignaturesAreNotChecked) {
    SimulatorOptions options;
    options.check_signatures = false;
    RunningSimulator service(options);
    const SignedRequest first = practice_request(card(), reception());
    SignedRequest second = practice_request(card(), reception());
    second.signature = first.signature;
    EXPECT_EQ(code_for(service.service(), first), "");
    EXPECT_EQ(code_for(service.service(), second), "SIM-E0014");
}

TEST(SimulatorChecks, ServeOnlyTheGivenInstitution) {
    SimulatorOptions options;
    options.institution = "1399999999";
    RunningSimulator service(options);
    EXPECT_EQ(code_for(service.service(), practice_request(card(), reception())), "SIM-E0016");
    options.institution = "1312345670";
    RunningSimulator ours(options);
    EXPECT_EQ(code_for(ours.service(), practice_request(card(), reception())), "");
}

TEST(SimulatorChecks, BindTheInstitutionToTheClientCertificateWhenToldSo) {
    SimulatorOptions options;
    options.client_is_institution = true;
    EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions);
    options.require_client_certificate = true;
    RunningSimulator service(options);
    ServiceOptions client = service.service();
    std::tie(client.client_certificate_pem, client.client_key_pem) = must(service->issue_client_identity("1312345670"));
    EXPECT_EQ(must(must(EligibilityClient::create(client))->send(practice_request(card(), reception()))).code, "");
    std::tie(client.client_certificate_pem, client.client_key_pem) = must(service->issue_client_identity("1399999999"));
    EXPECT_EQ(must(must(EligibilityClient::create(client))->send(practice_request(card(), reception()))).code,
              "SIM-E0017");
}

TEST(SimulatorChecks, TellWhatWasRefusedAndWhyButNoMoreThanTheLatestTwoHundred) {
    RunningSimulator service;
    SignedRequest request = practice_request(card(), reception());
    request.signature[0] ^= 1;
    code_for(service.service(), request);
    ASSERT_EQ(service->refused().size(), 1u);
    EXPECT_EQ(service->refused()[0].key, request.id.text());
    EXPECT_EQ(service->refused()[0].code, "SIM-E0002");
    const auto client = service.client();
    for (int i = 0; i < 205; ++i) must(client->send(request));
    EXPECT_EQ(service->refused().size(), 200u);
}

TEST(SimulatorChecks, AnswerAConsentWhoseDayHasPassedAsExpiredAndTakeTheReceptionInAllTheSame) {
    SimulatorOptions options;
    options.now = [] { return start_time() + 48h; };
    RunningSimulator service(options);
    const OqsAnswer answer = answer_for(service.service(), practice_request(card(), reception()));
    EXPECT_EQ(answer.validity, QualificationValidity::Valid);
    EXPECT_EQ(answer.results.at(0).operation.flag, "2");
    EXPECT_EQ(answer.results.at(0).diagnosis.flag, "2");
    EXPECT_EQ(answer.results.at(0).health_checkup.flag, "0") << "it was refused, and stays refused";
    EXPECT_TRUE(service->receptions().at(0).consents.at(0).agreed) << "what the patient said is kept";
}

// The practice card runs for 365 days from today.
SignedRequest confirmed_in(int days, SimulatorOptions& options) {
    const auto at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 24h * days;
    options.now = [at] { return WallTime(at); };
    Reception one = reception();
    one.confirmed_at = at;
    for (Consent& consent : one.consents) consent.at = at;
    return practice_request(card(), one);
}

TEST(SimulatorChecks, AnswerOnlyTheEligibilityOfACardThatExpiredThisQuarterAndNothingLater) {
    SimulatorOptions options;
    const SignedRequest lately = confirmed_in(365 + 35, options);
    RunningSimulator service(options);
    const OqsAnswer answer = answer_for(service.service(), lately);
    EXPECT_EQ(answer.validity, QualificationValidity::Valid);
    EXPECT_EQ(answer.results.at(0).operation.flag, "0");
    EXPECT_EQ(answer.results.at(0).operation.available_till, "");
    const SignedRequest late = confirmed_in(365 + 130, options);
    RunningSimulator later(options);
    EXPECT_EQ(code_for(later.service(), late), "SIM-E0015");
}

std::chrono::sys_seconds jst(const std::string& text) {
    return parse_jst_date_time(text).value();
}

TEST(SimulatorChecks, CountTheThreeMonthsFromTheEndOfTheMonthOfExpiryInJapan) {
    const auto end = jst("20261115235959");
    EXPECT_EQ(standing_of(end, end), Standing::Good);
    EXPECT_EQ(standing_of(end, end + 1s), Standing::EligibilityOnly);
    EXPECT_EQ(standing_of(end, jst("20270228235959")), Standing::EligibilityOnly);
    EXPECT_EQ(standing_of(end, jst("20270301000000")), Standing::Ended);
    EXPECT_EQ(standing_of(jst("20261130235959"), jst("20270228235959")), Standing::EligibilityOnly);
    EXPECT_EQ(standing_of(jst("20261201000000"), jst("20270331235959")), Standing::EligibilityOnly);
}

TEST(SimulatorChecks, RefuseOptionsThatCannotWork) {
    SimulatorOptions options;
    options.institution = "12345";
    EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions);
    options = {};
    options.terminal_public_key = {1, 2, 3};
    EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions);
    options = {};
    options.accept_for = 0s;
    EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions);
    options = {};
    options.people_file = "/nonexistent/people.toml";
    EXPECT_EQ(fault_of(EligibilitySimulator::create(options)), Fault::BadOptions);
}

}  // namespace
}  // namespace uketsuke::net
