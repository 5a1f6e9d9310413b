// What was read comes back from writing: every element that has a field, whatever has none, and both encodings.
#include <gmock/gmock.h>

#include <map>
#include <random>

#include "net/oqs_xml.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;

// The elements of facts 2.4 below ResultOfQualificationConfirmation, the short ones spelled out.
const std::vector<std::string>& result_elements() {
    static const std::vector<std::string> names{"InsuredCardClassification",
                                                "InsurerNumber",
                                                "InsurerName",
                                                "InsuredCardSymbol",
                                                "InsuredIdentificationNumber",
                                                "InsuredBranchNumber",
                                                "PersonalFamilyClassification",
                                                "InsuredName",
                                                "Name",
                                                "NameOfOther",
                                                "NameKana",
                                                "NameOfOtherKana",
                                                "Sex1",
                                                "Sex2",
                                                "Birthdate",
                                                "PostNumber",
                                                "Address",
                                                "QualificationDate",
                                                "DisqualificationDate",
                                                "InsuredCertificateIssuanceDate",
                                                "InsuredCardValidDate",
                                                "InsuredCardExpirationDate",
                                                "InsuredPartialContributionRatio",
                                                "PreschoolClassification",
                                                "ReasonOfLoss",
                                                "LimitApplicationCertificateRelatedConsFlg",
                                                "LimitApplicationCertificateRelatedConsTime",
                                                "SpecificDiseasesCertificateRelatedConsFlg",
                                                "SpecificDiseasesCertificateRelatedConsTime",
                                                "SpecificHealthCheckupsInfoConsFlg",
                                                "SpecificHealthCheckupsInfoConsTime",
                                                "SpecificHealthCheckupsInfoAvailableTime",
                                                "PharmacistsInfoConsFlg",
                                                "PharmacistsInfoConsTime",
                                                "PharmacistsInfoAvailableTime",
                                                "DiagnosisInfoConsFlg",
                                                "DiagnosisInfoConsTime",
                                                "DiagnosisInfoAvailableTime",
                                                "OperationInfoConsFlg",
                                                "OperationInfoConsTime",
                                                "OperationInfoAvailableTime",
                                                "ArbitraryIdentifier",
                                                "ReferenceNumber",
                                                "QualificationConfirmationKey"};
    return names;
}

const std::map<std::string, std::vector<std::string>>& group_elements() {
    static const std::map<std::string, std::vector<std::string>> groups{
        {"ElderlyRecipientCertificateInfo",
         {"ElderlyRecipientCertificateDate", "ElderlyRecipientValidStartDate", "ElderlyRecipientValidEndDate",
          "ElderlyRecipientContributionRatio"}},
        {"LimitApplicationCertificateRelatedInfo",
         {"LimitApplicationCertificateClassification", "LimitApplicationCertificateClassificationFlag",
          "LimitApplicationCertificateDate", "LimitApplicationCertificateValidStartDate",
          "LimitApplicationCertificateValidEndDate", "LimitApplicationCertificateLongTermDate"}},
        {"SpecificDiseasesCertificateInfo",
         {"SpecificDiseasesDiseaseCategory", "SpecificDiseasesCertificateDate", "SpecificDiseasesValidStartDate",
          "SpecificDiseasesValidEndDate", "SpecificDiseasesSelfPay"}},
    };
    return groups;
}

std::string element(const std::string& name, const std::string& inside) {
    return "<" + name + ">" + inside + "</" + name + ">";
}

std::string answer_with(const std::string& result) {
    return element("XmlMsg", element("MessageHeader", element("SegmentOfResult", "1")) +
                                 element("MessageBody",
                                         element("ResultList", element("ResultOfQualificationConfirmation", result))));
}

TEST(OqsRoundTrip, EveryKnownElementHasAFieldAndIsWrittenAgain) {
    std::string inside;
    int count = 0;
    for (const std::string& name : result_elements()) inside += element(name, "v" + std::to_string(++count));
    for (const auto& [group, names] : group_elements()) {
        std::string in_group;
        for (const std::string& name : names) in_group += element(name, "v" + std::to_string(++count));
        const bool listed = group == "SpecificDiseasesCertificateInfo";
        inside += listed
                      ? element("SpecificDiseasesCertificateList", element(group, in_group) + element(group, in_group))
                      : element(group, in_group);
    }
    const OqsAnswer answer = must(read_answer(answer_with(inside)));
    ASSERT_EQ(answer.results.size(), 1u);
    const QualificationResult& result = answer.results[0];
    EXPECT_TRUE(result.other.empty()) << result.other[0].name << " has no field";
    EXPECT_TRUE(result.limit_application.other.empty());
    EXPECT_TRUE(result.elderly_recipient.other.empty());
    EXPECT_EQ(result.specific_diseases.size(), 2u);
    EXPECT_TRUE(result.specific_diseases.at(1).other.empty());
    EXPECT_EQ(result.qualification_confirmation_key, "v44");
    const std::string written = write_answer(answer);
    for (int i = 1; i <= count; ++i) EXPECT_THAT(written, HasSubstr(">v" + std::to_string(i) + "<"));
    EXPECT_EQ(must(read_answer(written)), answer);
}

TEST(OqsRoundTrip, SearchElementsOfAReceiptComputersQuestionHaveFields) {
    OqsRequest request;
    request.header.arbitrary_file_identifier = "a";
    request.insurer_number = padded_insurer_number("138057");
    request.insured_card_symbol = "記号";
    request.insured_identification_number = "1234";
    request.insured_branch_number = "01";
    request.birthdate = "19800101";
    request.limit_application_flag = "1";
    request.arbitrary_identifier = "任意";
    const std::string written = write_request(request);
    EXPECT_THAT(written, HasSubstr("<InsurerNumber>  138057</InsurerNumber>"));
    EXPECT_THAT(written, HasSubstr("<InsuredBranchNumber>01</InsuredBranchNumber>"));
    EXPECT_THAT(written, Not(HasSubstr("ReceptionConfirmation"))) << "a receipt computer confirms nobody";
    EXPECT_EQ(must(read_request(written)), request);
    EXPECT_EQ(padded_insurer_number("123456789"), "123456789");
}

TEST(OqsRoundTrip, AGroupThatComesTwiceIsKeptTwice) {
    const std::string first =
        element("ElderlyRecipientCertificateInfo", element("ElderlyRecipientContributionRatio", "010"));
    const std::string second =
        element("ElderlyRecipientCertificateInfo", element("ElderlyRecipientContributionRatio", "020"));
    const OqsAnswer answer = must(read_answer(answer_with(first + second)));
    EXPECT_EQ(answer.results.at(0).elderly_recipient.contribution_ratio, "010");
    ASSERT_EQ(answer.results[0].other.size(), 1u);
    EXPECT_EQ(answer.results[0].other[0].children.at(0).text, "020");
    EXPECT_THAT(write_answer(answer), HasSubstr(first + second));
}

TEST(OqsRoundTrip, ACodeOutsideItsListIsWrittenAsItCame) {
    const OqsAnswer answer =
        must(read_answer("<XmlMsg><MessageHeader><SegmentOfResult>7</SegmentOfResult></MessageHeader><MessageBody>"
                         "<QualificationValidity>12</QualificationValidity></MessageBody></XmlMsg>"));
    EXPECT_EQ(answer.validity, QualificationValidity::Unknown);
    EXPECT_THAT(write_answer(answer), HasSubstr("<SegmentOfResult>7</SegmentOfResult>"));
    EXPECT_THAT(write_answer(answer), HasSubstr("<QualificationValidity>12</QualificationValidity>"));
    EXPECT_EQ(must(read_answer(write_answer(answer))), answer);
}

TEST(OqsRoundTrip, ACharacterReferenceToNoCharacterIsRepairedAndTold) {
    const OqsAnswer answer = must(read_answer(answer_with("<Name>a&#xD800;b&#13;c&#65;</Name>")));
    EXPECT_TRUE(answer.text_repaired);
    EXPECT_EQ(answer.results.at(0).name,
              "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
              "b\ncA");
}

TEST(OqsRoundTrip, AReferenceToZeroIsRefusedBecauseItWouldCutATextUnseen) {
    for (const char* zero : {"&#0;", "&#x0;", "&#000;", "&#x000;", "&#4294967296;", "&#x100000000;"}) {
        const auto answer = read_answer(answer_with("<Name>佐藤" + std::string(zero) + "花子</Name>"));
        EXPECT_EQ(testing::fault_of(answer), Fault::BadAnswer) << zero;
    }
    for (const char* other : {"&#;", "&#x;", "&#", "&#10;", "&#x20;", "&#0x;"}) {
        EXPECT_TRUE(read_answer(answer_with("<Name>佐藤" + std::string(other) + "花子</Name>")).has_value()) << other;
    }
}

// Trees of unknown elements: repeated, nested, empty, with text beside children.
class Trees {
  public:
    OtherElements some(int depth) {
        OtherElements elements(m_chance() % 4);
        for (OqsElement& made : elements) {
            made.name = std::array{"Alpha", "Beta", "氏名", "Name-2", "a.b:c"}[m_chance() % 5];
            made.text = std::array{"", "x", "<&\"'>", " 前後 ", "●\n", "𠮷"}[m_chance() % 6];
            if (depth > 0) made.children = some(depth - 1);
        }
        return elements;
    }

  private:
    std::mt19937 m_chance{20'261'121};
};

TEST(OqsRoundTrip, AnyUnknownTreesComeBackInTheirOrder) {
    Trees trees;
    for (int i = 0; i < 500; ++i) {
        OqsAnswer answer;
        answer.header.segment_of_result = SegmentOfResult::Normal;
        answer.header.other = trees.some(3);
        answer.other = trees.some(3);
        answer.other_in_list = trees.some(2);
        answer.other_in_message = trees.some(3);
        answer.results.resize(2);
        for (QualificationResult& result : answer.results) {
            result.name = "甲　乙";
            result.other = trees.some(3);
            result.limit_application.other = trees.some(2);
            result.elderly_recipient.other = trees.some(2);
            result.other_in_specific_diseases = trees.some(2);
            result.specific_diseases.push_back({"1", "", "", "", "10000", trees.some(2)});
        }
        ASSERT_EQ(must(read_answer(write_answer(answer))), answer) << i;

        OqsRequest request;
        request.method = "pin";
        request.other = trees.some(3);
        request.other_in_confirmation = trees.some(3);
        request.other_in_body = trees.some(3);
        request.other_in_message = trees.some(3);
        ASSERT_EQ(must(read_request(write_request(request))), request) << i;
    }
}

TEST(OqsRoundTrip, WipingReachesTheTrees) {
    OqsAnswer answer = must(read_answer(answer_with("<New>secret<In>er</In></New>")));
    wipe(answer);
    answer.header.segment_of_result = SegmentOfResult::Missing;  // no text
    EXPECT_EQ(answer, OqsAnswer{});
    OqsRequest request;
    request.birthdate = "19800101";
    request.other.push_back({"a", "b", {{"c", "d", {}}}});
    wipe(request);
    EXPECT_EQ(request, OqsRequest{});
}

TEST(OqsRoundTrip, ShiftJisIsWrittenAndReadAgain) {
    OqsAnswer answer;
    answer.header.segment_of_result = SegmentOfResult::Normal;
    QualificationResult& result = answer.results.emplace_back();
    result.name = "髙﨑　花子";  // NEC and IBM extensions of CP932
    result.name_kana = "ﾀｶｻｷ ﾊﾅｺ";
    result.address = "東京都１－２〜３ ~\\①㈱";
    const OqsDocument document = must(write_answer(answer, Encoding::ShiftJis));
    EXPECT_THAT(document.bytes, HasSubstr("encoding=\"Shift_JIS\""));
    EXPECT_THAT(document.bytes, HasSubstr("<CharacterCodeIdentifier>1<"));
    const OqsAnswer back = must(read_answer(document.bytes));
    EXPECT_EQ(back.results.at(0).name, result.name);
    EXPECT_EQ(back.results[0].name_kana, result.name_kana);
    EXPECT_FALSE(back.text_repaired);
}

TEST(OqsRoundTrip, ACharacterThatShiftJisLacksBecomesABlackCircleAndIsTold) {
    OqsAnswer answer;
    answer.results.emplace_back().name = "𠮷田　德子";
    const OqsDocument document = must(write_answer(answer, Encoding::ShiftJis));
    EXPECT_TRUE(document.characters_replaced);
    EXPECT_EQ(must(read_answer(document.bytes)).results.at(0).name, "●田　德子");
    EXPECT_FALSE(must(write_answer(answer, Encoding::Utf8)).characters_replaced);
    answer.results[0].name = "吉田　徳子";
    EXPECT_FALSE(must(write_answer(answer, Encoding::ShiftJis)).characters_replaced);
}

}  // namespace
}  // namespace uketsuke::net
