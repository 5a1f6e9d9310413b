// The people of the simulated service: the file, what they are answered, registration, and queries by number.

#include "net/internal/simulator_people.h"

#include <gmock/gmock.h>

#include "net/internal/hex.h"
#include "net/remarks.h"
#include "tests/net/plain_http.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using internal::read_people;
using testing::answer_for;
using testing::card;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::plain_http;
using testing::practice_reception;
using testing::practice_request;
using testing::RunningSimulator;

constexpr const char* people_file = UKETSUKE_SOURCE_DIR "/assets/eligibility/people.toml";

std::string complaint_about(const std::string& text) {
    const auto people = read_people(text, "p.toml");
    return people ? std::string("none") : people.error().where;
}

TEST(PeopleFile, SaysWhatIsWrongWithFileAndLine) {
    const std::string one = "[[person]]\nid = \"a\"\n";
    EXPECT_THAT(complaint_about(one), HasSubstr("none"));
    EXPECT_THAT(complaint_about("x = 1\n"), HasSubstr("p.toml:1: unknown key \"x\""));
    EXPECT_THAT(complaint_about("[[person]]\nlabel = \"no id\"\n"), HasSubstr("p.toml:1: a person wants an id"));
    EXPECT_THAT(complaint_about(one + one), HasSubstr("p.toml:4: the id \"a\" came before"));
    EXPECT_THAT(complaint_about(one + "nmae = 1\n"), HasSubstr("p.toml:3: unknown key \"nmae\""));
    EXPECT_THAT(complaint_about(one + "validity = 7\n"), HasSubstr("p.toml:3: validity wants 1 to 6"));
    EXPECT_THAT(complaint_about(one + "validity = \"1\"\n"), HasSubstr("p.toml:3: validity"));
    EXPECT_THAT(complaint_about(one + "registered = 1\n"), HasSubstr("p.toml:3: registered"));
    EXPECT_THAT(complaint_about(one + "encoding = \"latin\"\n"), HasSubstr("p.toml:3: encoding"));
    EXPECT_THAT(complaint_about(one + "serials = [\"xyz\"]\n"), HasSubstr("p.toml:3: a serial"));
    EXPECT_THAT(complaint_about(one + "serials = [\"0a\", \"A\"]\n"), HasSubstr("p.toml:3: the serial A came before"));
    EXPECT_THAT(complaint_about(one + "results = 3\n"), HasSubstr("p.toml:3: results"));
    EXPECT_THAT(complaint_about("[[person]\n"), HasSubstr("p.toml:1: "));
    EXPECT_THAT(complaint_about("[[person]]\nid = \"Ä\"\n"), HasSubstr("p.toml:2: id"));
}

TEST(PeopleFile, RefusesElementsThatTheFormatDoesNotHave) {
    const std::string one = "[[person]]\nid = \"a\"\n[[person.results]]\n";
    EXPECT_THAT(complaint_about(one + "Nmae = \"x\"\n"), HasSubstr("p.toml:4: unknown element \"Nmae\""));
    EXPECT_THAT(complaint_about(one + "Name = 3\n"), HasSubstr("p.toml:4: Name wants a text"));
    EXPECT_THAT(complaint_about(one + "Name = \"" + std::string(601, 'x') + "\"\n"), HasSubstr("p.toml:4: Name"));
    EXPECT_THAT(complaint_about(one + "[person.results.ElderlyRecipientCertificateInfo]\nColour = \"x\"\n"),
                HasSubstr("p.toml:5: unknown element \"ElderlyRecipientCertificateInfo/Colour\""));
    EXPECT_THAT(complaint_about(one + "[person.results.Nothing]\n"), HasSubstr("unknown element \"Nothing\""));
    EXPECT_THAT(complaint_about(one + "Name = [\"x\"]\n"), HasSubstr("unknown element \"Name\""));
}

TEST(PeopleFile, KeepsElementsWithinElements) {
    const auto people =
        testing::must(read_people("[[person]]\nid = \"a\"\n[[person.results]]\nName = "
                                  "\"甲　乙\"\n[person.results.ElderlyRecipientCertificateInfo]\n"
                                  "ElderlyRecipientContributionRatio = \"020\"\n",
                                  "p.toml"));
    OqsAnswer answer;
    answer.header.segment_of_result = SegmentOfResult::Normal;
    answer.results = people.at(0).results;
    EXPECT_THAT(write_answer(answer),
                HasSubstr("<ElderlyRecipientCertificateInfo><ElderlyRecipientContributionRatio>020"));
}

TEST(PeopleFile, CutAnywhereOrWithAnyByteChangedIsReadOrRefusedAndNothingElse) {
    const std::string whole =
        "[[person]]\nid = \"a\"\nserials = [\"0a\"]\nvalidity = 1\n[[person.results]]\nName = \"甲\"\n"
        "[[person.results.SpecificDiseasesCertificateList.SpecificDiseasesCertificateInfo]]\n"
        "SpecificDiseasesDiseaseCategory = \"1\"\n";
    ASSERT_TRUE(read_people(whole, "p.toml"));
    int read = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        read += read_people(whole.substr(0, at), "p.toml").has_value() ? 1 : 0;
        for (const char byte : {'\0', '[', ']', '"', '{', '\xFF', '3'}) {
            std::string changed = whole;
            changed[at] = byte;
            read += read_people(changed, "p.toml").has_value() ? 1 : 0;
        }
    }
    EXPECT_GT(read, 0);
}

TEST(PeopleFile, OfTheAssetsHoldsEveryoneOnceAndCanBeRead) {
    const auto people = testing::must(internal::load_people(people_file));
    EXPECT_GE(people.size(), 50u);
    for (const SimulatedPerson& person : people) EXPECT_FALSE(person.label.empty()) << person.id;
}

// A service with the people of the assets, and one card answered as each of them.
struct Complaint : ::testing::Test {
    SimulatorOptions options;
    std::unique_ptr<RunningSimulator> service;

    void SetUp() override {
        options.people_file = people_file;
        service = std::make_unique<RunningSimulator>(options);
    }
    std::string document(const std::string& id, bool limit_amount = true) {
        SimulatorFaults faults;
        faults.answer_as = id;
        testing::must((*service)->set_fault(faults));
        Reception reception = practice_reception(card(), make_request_id());
        reception.limit_amount_provided = limit_amount;
        return testing::plain_post(service->service(), practice_request(card(), reception)).body;
    }
    OqsAnswer as(const std::string& id) { return testing::must(read_answer(document(id))); }
};

TEST_F(Complaint, OfEachKindIsAnsweredAsItIsReported) {
    EXPECT_THAT(as("black-circles").results.at(0).name, HasSubstr("●"));
    EXPECT_EQ(as("black-circle-all").results.at(0).name, "●●　●●");
    EXPECT_EQ(as("small-kana").results.at(0).name_kana, "ｼﾖｳｼﾞ ﾘﾖｳ");
    EXPECT_THAT(as("mixed-digits").results.at(0).address, HasSubstr("１-2"));
    EXPECT_EQ(as("no-qualification-date").results.at(0).qualification_date, "");
    EXPECT_EQ(as("branch-in-number").results.at(0).insured_branch_number, "");
    EXPECT_THAT(as("branch-in-number").results.at(0).insured_identification_number, HasSubstr("枝番"));
    EXPECT_EQ(as("no-ratio").results.at(0).insured_partial_contribution_ratio, "");
    EXPECT_EQ(as("no-number").results.at(0).insurer_number, "");
    EXPECT_THAT(document("no-limit-amount"), Not(HasSubstr("LimitApplicationCertificateRelatedInfo")));
    EXPECT_EQ(as("lost").validity, QualificationValidity::Invalid);
    EXPECT_EQ(as("lost").results.at(0).reason_of_loss, "03");
    EXPECT_EQ(as("replaced").validity, QualificationValidity::InvalidNewer);
    EXPECT_EQ(as("not-found").validity, QualificationValidity::NotFound);
    EXPECT_THAT(as("newborn").results, IsEmpty());
    EXPECT_EQ(as("several").validity, QualificationValidity::Several);
    EXPECT_EQ(as("several").results.size(), 2u);
    EXPECT_EQ(as("medical-assistance").validity, QualificationValidity::ValidUnregistered);
    EXPECT_EQ(as("certificate-ends-soon").processing_code, "SIM-I0002");
    EXPECT_EQ(as("self-for-family").results.at(0).personal_family_classification, "1");
    EXPECT_EQ(as("error-901").header.error_code, "901");
    EXPECT_EQ(as("error-901").header.segment_of_result, SegmentOfResult::Abnormal);
}

TEST_F(Complaint, CountsDaysFromTheServicesOwnDay) {
    const OqsAnswer answer = as("lost-yet-valid");
    EXPECT_EQ(answer.validity, QualificationValidity::Valid);
    EXPECT_EQ(answer.results.at(0).disqualification_date,
              jst_date(std::chrono::floor<std::chrono::seconds>(testing::start_time()) - 92 * 24h));
    EXPECT_GT(as("not-yet").results.at(0).qualification_date, "20251009");
    EXPECT_LT(as("card-expired").results.at(0).insured_card_expiration_date, "20251009");
}

TEST_F(Complaint, IsAboutTheCardsOwnPersonWhereItNamesNobody) {
    SimulatedPerson own;
    own.serial = card().serial();
    own.results.resize(1);
    own.results[0].name = "練習　一子";
    own.results[0].birthdate = "19500505";
    own.results[0].address = "東京都練習区１番地";
    (*service)->add_person(own);
    EXPECT_EQ(as("no-ratio").results.at(0).name, "練習　一子");
    EXPECT_EQ(as("no-ratio").results.at(0).birthdate, "19500505");
    EXPECT_EQ(as("no-address").results.at(0).name, "練習　一子");
    EXPECT_EQ(as("no-address").results.at(0).address, "") << "written as empty, it stays empty";
    EXPECT_EQ(as("black-circles").results.at(0).name, "練●　一●");
    EXPECT_EQ(as("somebody-else").results.at(0).birthdate, "19700101");
}

TEST_F(Complaint, HoldsCertificatesWithinTheResult) {
    EXPECT_THAT(document("elderly"), HasSubstr("<ElderlyRecipientContributionRatio>020<"));
    EXPECT_THAT(document("specific-disease"), HasSubstr("<SpecificDiseasesDiseaseCategory>1<"));
    EXPECT_THAT(document("specific-diseases"), HasSubstr("<SpecificDiseasesDiseaseCategory>2<"));
    EXPECT_THAT(document("limit-amount"), HasSubstr("<LimitApplicationCertificateClassificationFlag>A04<"));
    EXPECT_THAT(document("limit-amount", false), Not(HasSubstr("A04"))) << "not provided, so not told";
    EXPECT_THAT(document("limit-long-stay"), HasSubstr("LimitApplicationCertificateLongTermDate"));
}

TEST_F(Complaint, ComesInShiftJisFromWhoAnswersThatWayOnly) {
    SimulatedPerson own;
    own.serial = card().serial();
    own.shift_jis = true;
    own.results.resize(1);
    own.results[0].name = "髙﨑　𠮷江";
    (*service)->add_person(own);
    const std::string document = this->document("");
    EXPECT_THAT(document, HasSubstr("encoding=\"Shift_JIS\""));
    EXPECT_THAT(document, Not(HasSubstr("髙")));
    const OqsAnswer answer = testing::must(read_answer(document));
    EXPECT_EQ(answer.results.at(0).name, "髙﨑　●江") << "Shift_JIS has no 𠮷";
    EXPECT_EQ(answer.header.character_code_identifier, "1");
    EXPECT_FALSE(answer.text_repaired);
}

struct Registrations : ::testing::Test {
    SimulatedPerson person;
    std::string digest;

    Registrations() {
        person.serial = card().serial();
        person.registered = false;
        person.results.resize(1);
        person.results[0].name = "練習　未登録";
        Reception reception = practice_reception(card(), make_request_id());
        digest = testing::must(read_request(testing::must(signed_text(reception)))).certificate_sha256;
    }
    static SignedRequest request(bool wished) {
        Reception reception = practice_reception(card(), make_request_id());
        reception.registration_wished = wished;
        return practice_request(card(), reception);
    }
};

TEST_F(Registrations, AreUnknownForACardThatNeverCalledAndKnownOnceItWasIntroduced) {
    RunningSimulator service;
    service->add_person(person);
    const auto client = service.client();
    EXPECT_EQ(testing::must(client->registration(digest)).registration, Registration::Unknown);
    EXPECT_FALSE(service->introduce_card(std::vector<std::uint8_t>{1, 2, 3}));
    testing::must(service->introduce_card(card().certificate_der()));
    EXPECT_EQ(testing::must(client->registration(digest)).registration, Registration::NotRegistered);
    person.registered = true;
    service->add_person(person);
    EXPECT_EQ(testing::must(client->registration(digest)).registration, Registration::Registered);
}

TEST_F(Registrations, AreKnownByTheCertificateThatComesAlong) {
    RunningSimulator service;
    service->add_person(person);
    const std::string header = "Uketsuke-Certificate: " + internal::to_base64(card().certificate_der());
    EXPECT_THAT(plain_http(service.service(), "/registrations/" + digest, nullptr, {header}).body,
                HasSubstr("<HealthCardRegistration>2<"));
    EXPECT_EQ(plain_http(service.service(), "/registrations/" + std::string(64, '0'), nullptr, {header}).status, 400);
    EXPECT_EQ(plain_http(service.service(), "/registrations/short", nullptr, {header}).status, 404);
}

TEST_F(Registrations, AreMadeByAReceptionThatWishesItAndKeptAcrossARestart) {
    const testing::ScratchFolder folder;
    SimulatorOptions options;
    options.state_file = folder / "state.json";
    {
        RunningSimulator service(options);
        service->add_person(person);
        const OqsAnswer before = answer_for(service.service(), request(false));
        EXPECT_EQ(before.validity, QualificationValidity::NotFound);
        EXPECT_EQ(before.processing_code, "SIM-I0001");
        const OqsAnswer wished = answer_for(service.service(), request(true));
        EXPECT_EQ(wished.validity, QualificationValidity::Valid);
        EXPECT_EQ(wished.results.at(0).name, "練習　未登録");
        EXPECT_EQ(testing::must(service.client()->registration(digest)).registration, Registration::Registered);
        EXPECT_TRUE(service->receptions().at(1).registration_wished);
    }
    RunningSimulator service(options);
    service->add_person(person);
    EXPECT_EQ(answer_for(service.service(), request(false)).validity, QualificationValidity::Valid);
}

struct Queries : ::testing::Test {
    SimulatorOptions options;
    std::unique_ptr<RunningSimulator> service;

    void SetUp() override {
        options.people_file = people_file;
        service = std::make_unique<RunningSimulator>(options);
    }
    static std::string document(const std::string& search) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><XmlMsg><MessageHeader>"
               "<QualificationConfirmationDate>20251009</QualificationConfirmationDate>"
               "<MedicalInstitutionCode>1312345670</MedicalInstitutionCode>"
               "<ArbitraryFileIdentifier>F-1</ArbitraryFileIdentifier></MessageHeader><MessageBody>"
               "<QualificationConfirmSearchInfo>" +
               search + "</QualificationConfirmSearchInfo></MessageBody></XmlMsg>";
    }
    Reply ask(const std::string& search) {
        return testing::must(service->client()->query(make_request_id(), document(search)));
    }
};

constexpr const char* suzuki =
    "<InsurerNumber>06980016</InsurerNumber><InsuredCardSymbol>１２３４</InsuredCardSymbol>"
    "<InsuredIdentificationNumber>567</InsuredIdentificationNumber><Birthdate>19711103</Birthdate>"
    "<LimitApplicationCertificateRelatedConsFlg>1</LimitApplicationCertificateRelatedConsFlg>"
    "<ArbitraryIdentifier>A-7</ArbitraryIdentifier>";

TEST_F(Queries, FindAPersonByNumbersAndBirthDate) {
    const Reply reply = ask(suzuki);
    ASSERT_TRUE(reply.answer);
    EXPECT_EQ(reply.answer->validity, QualificationValidity::Valid);
    EXPECT_EQ(reply.answer->results.at(0).name, "鈴木　一郎");
    EXPECT_EQ(reply.answer->results.at(0).arbitrary_identifier, "A-7");
    EXPECT_EQ(reply.answer->header.reference_classification, "2");
    EXPECT_EQ(reply.answer->header.arbitrary_file_identifier, "F-1");
}

TEST_F(Queries, FindNobodyWhereOneOfThemDiffersAndSeveralWhereTheBranchIsNotSaid) {
    std::string other = suzuki;
    EXPECT_EQ(ask(other.replace(other.find("19711103"), 8, "19711104")).answer->validity,
              QualificationValidity::NotFound);
    const std::string twins =
        "<InsurerNumber>01990013</InsurerNumber><InsuredCardSymbol>99010101</InsuredCardSymbol>"
        "<InsuredIdentificationNumber>2002</InsuredIdentificationNumber><Birthdate>20180808</Birthdate>";
    const Reply both = ask(twins);
    EXPECT_EQ(both.answer->validity, QualificationValidity::Several);
    EXPECT_EQ(both.answer->results.size(), 2u);
    const Reply one = ask(twins + "<InsuredBranchNumber>02</InsuredBranchNumber>");
    EXPECT_EQ(one.answer->validity, QualificationValidity::Valid);
    EXPECT_EQ(one.answer->results.at(0).name, "双葉　ふた");
}

TEST_F(Queries, ComeWithTheInsurerNumberPaddedOnTheLeft) {
    SimulatedPerson person;
    person.results.resize(1);
    person.results[0].insurer_number = "  138057";
    person.results[0].insured_identification_number = "42";
    person.results[0].birthdate = "19600606";
    (*service)->add_person(person);
    EXPECT_EQ(ask("<InsurerNumber>  138057</InsurerNumber><InsuredIdentificationNumber>42</InsuredIdentificationNumber>"
                  "<Birthdate>19600606</Birthdate>")
                  .answer->validity,
              QualificationValidity::Valid);
}

TEST_F(Queries, AreAnsweredOnceForTheSameKey) {
    const RequestId id = make_request_id();
    const auto client = service->client();
    const auto first = testing::must(client->query(id, document(suzuki))).document;
    SimulatorFaults faults;
    faults.expired = Expired::Qualification;
    testing::must((*service)->set_fault(faults));
    EXPECT_EQ(testing::must(client->query(id, document(suzuki))).document, first);
    const Reply other = testing::must(client->query(id, document("")));
    EXPECT_EQ(other.kind, ReplyKind::Refused);
    EXPECT_EQ(other.code, "SIM-E0004");
}

TEST_F(Queries, AreRefusedWhenTheyCannotBeUnderstood) {
    const auto client = service->client();
    EXPECT_EQ(testing::must(client->query(make_request_id(), "<XmlMsg>")).code, "SIM-E0001");
    EXPECT_EQ(ask("<InsurerNumber>06980016</InsurerNumber>").code, "SIM-E0018");
    EXPECT_EQ(ask("<InsurerNumber>06980016</InsurerNumber><InsuredIdentificationNumber>5</InsuredIdentificationNumber>"
                  "<Birthdate>19711399</Birthdate>")
                  .kind,
              ReplyKind::Refused);
}

}  // namespace
}  // namespace uketsuke::net
