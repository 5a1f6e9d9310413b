#include "net/care.h"

#include <gmock/gmock.h>

#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/oqs_xml.h"
#include "tests/net/care_support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::first_visit;
using ::testing::HasSubstr;
using testing::HomeCards;
using testing::must;
using ::testing::Not;
using testing::patient_after;
using testing::request_about;
using testing::start_second;
using testing::Terminal;

CarePatient everything() {
    CarePatient patient = testing::somebody_in_care();
    patient.withdrawn = true;
    patient.pin_locked = true;
    patient.latest = make_request_id();
    patient.result = CareResult::Conflict;
    patient.conflict = CareConflict::Refused;
    patient.meaning = 31;
    patient.earlier = {grounds_of(patient), CareGrounds{}};
    patient.earlier[0].base = make_request_id();
    patient.trouble = CareTrouble{make_request_id(), CareConflict::NoRelation, 31};
    return patient;
}

std::string text_of(const SignedRequest& request) {
    return {request.body.begin(), request.body.end()};
}

TEST(CarePatient, IsReadAsItWasWritten) {
    const CarePatient patient = everything();
    EXPECT_EQ(must(decode_care(encode(patient))), patient);
    EXPECT_EQ(must(decode_care(encode(CarePatient{}))), CarePatient{});
}

TEST(CarePatient, IsRefusedWhereverItIsCutOrContinued) {
    const auto bytes = encode(everything());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_EQ(fault_of(decode_care(std::span(bytes).first(length))), Fault::BadPayload);
    }
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(fault_of(decode_care(longer)), Fault::BadPayload);
    auto later = bytes;
    later[0] = 2;
    EXPECT_EQ(fault_of(decode_care(later)), Fault::BadPayload);
}

TEST(CarePatient, KeepsOfANameWithoutEndWhatCanBeShown) {
    CarePatient patient = everything();
    patient.name.clear();
    for (int i = 0; i < 5'000; ++i) patient.name += "佐";
    const CarePatient read = must(decode_care(encode(patient)));
    EXPECT_LE(read.name.size(), 600u);
    EXPECT_EQ(read.name.size() % 3, 0u) << "no half character";
}

TEST(CarePatient, IsRefusedWithMoreEarlierBasesThanCanBe) {
    CarePatient patient = everything();
    patient.earlier.resize(CarePatient::most_earlier + 3);
    EXPECT_EQ(must(decode_care(encode(patient))).earlier.size(), CarePatient::most_earlier);
}

TEST(CarePatient, ConsentsStandUntilTheirEndUnlessTheyWereWithdrawn) {
    CarePatient patient = everything();
    patient.withdrawn = false;
    EXPECT_TRUE(consents_stand(patient, patient.consented_until - 1s));
    EXPECT_FALSE(consents_stand(patient, patient.consented_until));
    patient.withdrawn = true;
    EXPECT_FALSE(consents_stand(patient, start_second()));
}

TEST(CarePatient, WipesEveryText) {
    CarePatient patient = everything();
    wipe(patient);
    EXPECT_EQ(patient.name + patient.kana + patient.birth_date + patient.certificate_sha256, "");
    CareAnswer answer;
    answer.name = answer.kana = answer.birth_date = "a";
    wipe(answer);
    EXPECT_EQ(answer.name + answer.kana + answer.birth_date, "");
}

TEST(VisitIdentifier, IsOnePersonsOnOneJapaneseDayForOneInstitutionAtHomeOrAtTheCounter) {
    const auto at = start_second();
    const std::string one = visit_identifier("1312345670", "abc", Treatment::HomeVisit, at);
    EXPECT_THAT(one, ::testing::MatchesRegex("[0-9a-f]{64}"));
    EXPECT_EQ(visit_identifier("1312345670", "abc", Treatment::HomeVisit, at + 1h), one);
    EXPECT_NE(visit_identifier("1312345671", "abc", Treatment::HomeVisit, at), one);
    EXPECT_NE(visit_identifier("1312345670", "abd", Treatment::HomeVisit, at), one);
    EXPECT_EQ(visit_identifier("1312345670", "abc", Treatment::Outpatient, at), one);
    EXPECT_NE(visit_identifier("1312345670", "abc", Treatment::Online, at), one);
    EXPECT_NE(visit_identifier("1312345670", "abc", Treatment::HomeVisit, at + 24h), one);
    const auto midnight = *parse_jst_date_time("20261123000000");
    EXPECT_NE(visit_identifier("1312345670", "abc", Treatment::HomeVisit, midnight - 1s),
              visit_identifier("1312345670", "abc", Treatment::HomeVisit, midnight))
        << "on either side of midnight in Japan there are two visits";
}

struct CareDocuments : ::testing::Test {
    HomeCards cards{1};
    Terminal terminal;
    Reception visit = first_visit(cards, 0, start_second());
    CarePatient patient = patient_after(visit);
    CareRequest asked = request_about(patient, Method::Reinquiry, start_second() + 24h);
};

TEST_F(CareDocuments, AFirstVisitSaysWhatItIsForAndUntilWhenItsConsentsStand) {
    const std::string text = must(signed_text(visit));
    EXPECT_THAT(text, HasSubstr("<MedicalTreatmentFlag>2</MedicalTreatmentFlag>"));
    const std::string end = jst_date_time(visit.visit->consented_until);
    EXPECT_THAT(text, HasSubstr("<ConsentDateTo>" + end.substr(0, 8) + "</ConsentDateTo>"));
    EXPECT_THAT(text, HasSubstr("<OperationInfoAvailableTime>" + end + "<"));
    EXPECT_THAT(text, Not(HasSubstr("SpecificHealthCheckupsInfoAvailableTime")));
    EXPECT_THAT(text, HasSubstr("<VisitIdentifier>" + visit_identifier(testing::institution, cards.digest(0),
                                                                       Treatment::HomeVisit, start_second())));
}

TEST_F(CareDocuments, AReceptionAtTheCounterSaysNothingOfVisits) {
    visit.visit.reset();
    visit.share_visits = false;
    const std::string text = must(signed_text(visit));
    for (const char* name : {"MedicalTreatmentFlag", "ConsentDate", "VisitIdentifier"}) {
        EXPECT_THAT(text, Not(HasSubstr(name)));
    }
    EXPECT_THAT(text, HasSubstr("<OperationInfoAvailableTime>" + jst_date_time(start_second() - 3s + 24h)));
    visit.share_visits = true;
    EXPECT_THAT(must(signed_text(visit)),
                HasSubstr("<VisitIdentifier>" + visit_identifier(testing::institution, cards.digest(0),
                                                                 Treatment::Outpatient, start_second())));
}

// Whoever updates a kiosk has signed documents in the queue, and the service has seen others: they stay as they are.
TEST_F(CareDocuments, AReceptionAtTheCounterIsByteForByteWhatItWasBeforeThereWereVisits) {
    visit.id = *RequestId::parse("0f0e0d0c-0b0a-4908-8706-050403020100");
    visit.visit.reset();
    visit.share_visits = false;
    visit.confirmed_at = start_second();
    visit.consents = {Consent{ConsentItem::Operation, true, start_second() - 6s},
                      Consent{ConsentItem::MedicationDiagnosis, true, start_second() - 4s},
                      Consent{ConsentItem::HealthCheckup, false, start_second() - 2s}};
    visit.limit_amount_provided = true;
    visit.registration_wished = true;
    visit.certificate_der = {1, 2, 3};
    EXPECT_EQ(internal::to_hex(internal::sha256(must(signed_text(visit)))),
              "5fcc6026817614a05f8ae244dafd92df87a94852bd0af863fd095db2a630f01c");
}

TEST_F(CareDocuments, ARequestWithoutTheCardNamesWhatItRestsOnAndIsAttested) {
    const SignedRequest request = must(care_request(asked, terminal.vouch()));
    EXPECT_EQ(request.id, asked.id);
    EXPECT_EQ(request.method, Method::Reinquiry);
    EXPECT_TRUE(request.signature.empty());
    EXPECT_TRUE(request.certificate_der.empty());
    EXPECT_EQ(request.attestation, terminal.sign(attested_text(Method::Reinquiry, request.body)));
    const OqsRequest document = must(read_request(text_of(request)));
    EXPECT_EQ(document.method, "reinquiry");
    EXPECT_EQ(document.certificate_sha256, "") << "who it is, the base says";
    EXPECT_EQ(document.operation.available_till, jst_date_time(patient.consented_until));
    EXPECT_EQ(find_element(document.other_in_confirmation, "BaseReception")->text, patient.base.text());
    EXPECT_EQ(find_element(document.other_in_confirmation, "StaffDigest")->text, asked.staff);
    EXPECT_EQ(find_element(document.other_in_confirmation, "VisitIdentifier")->text,
              visit_identifier(testing::institution, patient.certificate_sha256, Treatment::HomeVisit, asked.at));
    EXPECT_EQ(find_element(document.other, "ConsentDateFrom")->text, jst_date(start_second() - 3s));
    EXPECT_EQ(find_element(document.other, "ConsentDateTo")->text, jst_date(patient.consented_until));
    EXPECT_EQ(must(decode(encode(request))), request);
}

TEST_F(CareDocuments, AWithdrawalSaysNoToEverything) {
    asked.method = Method::Withdrawal;
    asked.share_visits = false;
    const std::string text = text_of(must(care_request(asked, terminal.vouch())));
    EXPECT_THAT(text, Not(HasSubstr("ConsFlg>1<")));
    EXPECT_THAT(text, Not(HasSubstr("AvailableTime")));
    EXPECT_THAT(text, Not(HasSubstr("VisitIdentifier")));
}

TEST_F(CareDocuments, AWithdrawalNamesEveryBaseThatMayStand) {
    asked.method = Method::Withdrawal;
    asked.other_bases = {make_request_id(), make_request_id()};
    const OqsRequest document = must(read_request(text_of(must(care_request(asked, terminal.vouch())))));
    std::vector<std::string> named;
    for (const OqsElement& one : document.other_in_confirmation) {
        if (one.name == "BaseReception") named.push_back(one.text);
    }
    EXPECT_THAT(named,
                ::testing::ElementsAre(asked.base.text(), asked.other_bases[0].text(), asked.other_bases[1].text()));
}

TEST_F(CareDocuments, AreRefusedWithoutIdentifiersAnInstitutionOrThisKindOfMethod) {
    const auto refused = [&](auto change) {
        CareRequest other = asked;
        change(other);
        return fault_of(care_request(other, terminal.vouch()));
    };
    EXPECT_EQ(refused([](CareRequest& r) { r.id = {}; }), Fault::BadOptions);
    EXPECT_EQ(refused([](CareRequest& r) { r.base = {}; }), Fault::BadOptions);
    EXPECT_EQ(refused([](CareRequest& r) { r.institution_code = "12"; }), Fault::BadOptions);
    EXPECT_EQ(refused([](CareRequest& r) { r.method = Method::Pin; }), Fault::BadOptions);
    EXPECT_EQ(refused([](CareRequest& r) { r.other_bases = {r.base}; }), Fault::BadOptions) << "only a withdrawal";
    EXPECT_EQ(refused([](CareRequest& r) {
                  r.method = Method::Withdrawal;
                  r.other_bases.resize(CarePatient::most_earlier + 1, r.base);
              }),
              Fault::BadOptions);
    EXPECT_EQ(refused([](CareRequest& r) { r.consents[1].item = ConsentItem::Operation; }), Fault::BadOptions);
    const Vouch never = [](std::string_view) { return fail(Fault::BadKey, "no terminal key"); };
    EXPECT_EQ(fault_of(care_request(asked, never)), Fault::BadKey);
}

}  // namespace
}  // namespace uketsuke::net
