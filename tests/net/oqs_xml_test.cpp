#include "net/oqs_xml.h"

#include <gmock/gmock.h>

#include "net/eligibility_client.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using ::testing::ElementsAre;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;

OqsElement leaf(const std::string& name, const std::string& text) {
    return {name, text, {}};
}

std::string message(const std::string& header, const std::string& body, const std::string& encoding = "UTF-8") {
    return "<?xml version=\"1.0\" encoding=\"" + encoding + "\" standalone=\"no\"?>\n<XmlMsg><MessageHeader>" + header +
           "</MessageHeader><MessageBody>" + body + "</MessageBody></XmlMsg>";
}

TEST(OqsAnswer, IsReadByNameInAnyOrder) {
    const std::string forwards = message("<SegmentOfResult>1</SegmentOfResult><ErrorCode>E1</ErrorCode>",
                                         "<QualificationValidity>3</QualificationValidity>"
                                         "<ProcessingResultStatus>1</ProcessingResultStatus>"
                                         "<ResultList><ResultOfQualificationConfirmation><Name>甲　乙</Name>"
                                         "<InsurerNumber>  138057</InsurerNumber>"
                                         "</ResultOfQualificationConfirmation></ResultList>");
    const std::string backwards =
        "<XmlMsg><MessageBody><ResultList><ResultOfQualificationConfirmation><InsurerNumber>  138057</InsurerNumber>"
        "<Name>甲　乙</Name></ResultOfQualificationConfirmation></ResultList><ProcessingResultStatus>1"
        "</ProcessingResultStatus><QualificationValidity>3</QualificationValidity></MessageBody><MessageHeader>"
        "<ErrorCode>E1</ErrorCode><SegmentOfResult>1</SegmentOfResult></MessageHeader></XmlMsg>";
    for (const std::string& document : {forwards, backwards}) {
        const OqsAnswer answer = must(read_answer(document));
        EXPECT_EQ(answer.header.segment_of_result, SegmentOfResult::Normal);
        EXPECT_EQ(answer.header.error_code, "E1");
        EXPECT_EQ(answer.processing_status, ProcessingResultStatus::Normal);
        EXPECT_EQ(answer.validity, QualificationValidity::InvalidNewer);
        ASSERT_EQ(answer.results.size(), 1u);
        EXPECT_EQ(answer.results[0].name, "甲　乙");
        EXPECT_EQ(answer.results[0].insurer_number, "  138057");
        EXPECT_FALSE(answer.text_repaired);
    }
}

TEST(OqsAnswer, KeepsWhatItDoesNotKnow) {
    const OqsAnswer answer = must(read_answer(message(
        "<SegmentOfResult>1</SegmentOfResult><NewHeader>h</NewHeader>",
        "<Extra><Deep>d</Deep></Extra><ResultList><ResultOfQualificationConfirmation><Name>a</Name><Name>b</Name>"
        "<LimitApplicationCertificateRelatedInfo><LimitApplicationCertificateClassificationFlag>A03"
        "</LimitApplicationCertificateClassificationFlag><LimitApplicationCertificateDate>20250401"
        "</LimitApplicationCertificateDate></LimitApplicationCertificateRelatedInfo><Future>f</Future>"
        "</ResultOfQualificationConfirmation></ResultList>")));
    EXPECT_THAT(answer.header.other, ElementsAre(leaf("NewHeader", "h")));
    EXPECT_THAT(answer.other, ElementsAre(OqsElement{"Extra", "", {leaf("Deep", "d")}}));
    ASSERT_EQ(answer.results.size(), 1u);
    EXPECT_EQ(answer.results[0].limit_application.classification_flag, "A03");
    EXPECT_EQ(answer.results[0].limit_application.date, "20250401");
    EXPECT_THAT(answer.results[0].other, ElementsAre(leaf("Name", "b"), leaf("Future", "f")));
}

TEST(OqsAnswer, ComesBackFromWritingUnchanged) {
    OqsAnswer answer;
    answer.header.segment_of_result = SegmentOfResult::Normal;
    answer.header.error_message = "<&\"'> と 改行";
    answer.processing_status = ProcessingResultStatus::Failed;
    answer.processing_message = "期限";
    answer.validity = QualificationValidity::Several;
    for (const char* name : {"佐藤　花子", "●田　𠮷男"}) {
        QualificationResult result;
        result.name = name;
        result.operation = {"1", "20250101000000", "20250102000000"};
        result.limit_application.classification_flag = "B01";
        result.other_in_specific_diseases.push_back(leaf("X", "1"));
        answer.results.push_back(result);
    }
    const std::string text = write_answer(answer);
    const OqsAnswer back = must(read_answer(text));
    EXPECT_EQ(write_answer(back), text);
    EXPECT_EQ(back.header.error_message, answer.header.error_message);
    EXPECT_EQ(back, answer);
    ASSERT_EQ(back.results.size(), 2u);
    EXPECT_EQ(back.results[1].name, "●田　𠮷男");
    EXPECT_EQ(back.results[1].operation, answer.results[1].operation);
    EXPECT_EQ(back.validity, QualificationValidity::Several);
}

TEST(OqsAnswer, ReadsEveryCodeOfItsLists) {
    for (const auto value :
         {QualificationValidity::Valid, QualificationValidity::Invalid, QualificationValidity::InvalidNewer,
          QualificationValidity::NotFound, QualificationValidity::Several, QualificationValidity::ValidUnregistered}) {
        const std::string code = code_of(value);
        const auto answer =
            must(read_answer(message("", "<QualificationValidity>" + code + "</QualificationValidity>")));
        EXPECT_EQ(answer.validity, value) << code;
    }
    const auto odd = must(read_answer(
        message("<SegmentOfResult>7</SegmentOfResult>", "<QualificationValidity>12</QualificationValidity>")));
    EXPECT_EQ(odd.header.segment_of_result, SegmentOfResult::Unknown);
    EXPECT_EQ(odd.validity, QualificationValidity::Unknown);
    EXPECT_EQ(odd.processing_status, ProcessingResultStatus::Missing);
}

TEST(OqsAnswer, ReadsShiftJis) {
    const std::string name = "\x8d\xb2\x93\xa1\x81\x40\x89\xd4\x8e\x71";  // 佐藤　花子
    const std::string kana = "\xbb\xc4\xb3";                              // ｻﾄｳ
    const auto answer =
        must(read_answer(message("",
                                 "<ResultList><ResultOfQualificationConfirmation><Name>" + name + "</Name><NameKana>" +
                                     kana + "</NameKana></ResultOfQualificationConfirmation></ResultList>",
                                 "Shift_JIS")));
    EXPECT_EQ(answer.results.at(0).name, "佐藤　花子");
    EXPECT_EQ(answer.results.at(0).name_kana, "ｻﾄｳ");
    EXPECT_FALSE(answer.text_repaired);
}

TEST(OqsAnswer, MarksTextThatIsNoneInsteadOfRefusingThePatient) {
    for (const char* encoding : {"UTF-8", "Shift_JIS"}) {
        const auto answer = must(read_answer(message("",
                                                     "<ResultList><ResultOfQualificationConfirmation><Name>a\xff\xfd"
                                                     "b</Name>"
                                                     "</ResultOfQualificationConfirmation></ResultList>",
                                                     encoding)));
        EXPECT_TRUE(answer.text_repaired);
        EXPECT_THAT(answer.results.at(0).name, HasSubstr("\xEF\xBF\xBD"));
    }
}

TEST(OqsAnswer, RefusesADoctypeAndItsEntities) {
    const std::string bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
        "<XmlMsg><MessageHeader>&b;</MessageHeader></XmlMsg>";
    const auto answer = read_answer(bomb);
    EXPECT_EQ(fault_of(answer), Fault::BadAnswer);
    EXPECT_THAT(answer.error().where, HasSubstr("DOCTYPE"));
}

TEST(OqsAnswer, RefusesDeepNestingHugeTextAndTooManyElements) {
    std::string deep;
    for (int i = 0; i < 50'000; ++i) deep += "<a>";
    for (int i = 0; i < 50'000; ++i) deep += "</a>";
    EXPECT_THAT(read_answer(message("", deep)).error().where, HasSubstr("nested"));

    std::string many;
    for (int i = 0; i < 25'000; ++i) many += "<a/>";
    EXPECT_THAT(read_answer(message("", many)).error().where, HasSubstr("elements"));

    EXPECT_EQ(fault_of(read_answer(message("", std::string(2u << 20, 'x')))), Fault::AnswerTooBig);
}

TEST(OqsAnswer, RefusesGarbageWithAReasonAndWithoutItsText) {
    for (const std::string& bad : {std::string(), std::string("secret-name"), std::string("<XmlMsg>"),
                                   std::string("<XmlMsg><MessageHeader></XmlMsg>"), std::string("<html><body/></html>"),
                                   std::string("<XmlMsg/>"), std::string("<XmlMsg>\0</XmlMsg>", 18),
                                   std::string("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><XmlMsg/>")}) {
        const auto answer = read_answer(bad);
        EXPECT_EQ(fault_of(answer), Fault::BadAnswer) << bad;
        EXPECT_THAT(answer.error().where, ::testing::Not(HasSubstr("secret-name")));
    }
}

TEST(OqsAnswer, IsEmptyAfterItWasWiped) {
    OqsAnswer answer = must(read_answer(message("<ErrorMessage>e</ErrorMessage>",
                                                "<ResultList><ResultOfQualificationConfirmation>"
                                                "<Name>n</Name></ResultOfQualificationConfirmation></ResultList>")));
    wipe(answer);
    EXPECT_TRUE(answer.results.empty());
    EXPECT_TRUE(answer.header.error_message.empty());
}

TEST(OqsRequest, ComesBackFromWritingUnchanged) {
    OqsRequest request;
    request.header.medical_institution_code = "1312345670";
    request.arbitrary_identifier = "0f0e0d0c-0b0a-4908-8706-050403020100";
    request.method = "visual";
    request.certificate_sha256 = "00ff";
    request.health_checkup = {"1", "20250101000000", "20250102000000"};
    request.birthdate = "19800101";
    request.other.push_back(leaf("New", "n"));
    const std::string text = write_request(request);
    const OqsRequest back = must(read_request(text));
    EXPECT_EQ(write_request(back), text);
    EXPECT_EQ(back.method, "visual");
    EXPECT_EQ(back.health_checkup, request.health_checkup);
    EXPECT_EQ(back, request);
}

}  // namespace
}  // namespace uketsuke::net
