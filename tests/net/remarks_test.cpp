// Each remark, from the complaint of a clinic that it answers (domain facts 4.2 and 4.3).
#include "net/remarks.h"

#include <gmock/gmock.h>

#include "net/internal/remark_checks.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::must;
using ::testing::Not;
using testing::ordinary_result;

RemarkContext today() {
    RemarkContext context;
    context.today = "20261121";
    return context;
}

OqsAnswer valid_answer(const QualificationResult& result = ordinary_result()) {
    OqsAnswer answer;
    answer.header.segment_of_result = SegmentOfResult::Normal;
    answer.processing_status = ProcessingResultStatus::Normal;
    answer.validity = QualificationValidity::Valid;
    answer.results.push_back(result);
    return answer;
}

// What an otherwise ordinary answer is remarked for after this change of its result.
template <class Change>
std::vector<Remark> after(Change change, const RemarkContext& context = today()) {
    QualificationResult result = ordinary_result();
    change(result);
    return remarks_of(valid_answer(result), context);
}

TEST(Remarks, AnOrdinaryAnswerHasNone) {
    EXPECT_THAT(remarks_of(valid_answer(), today()), IsEmpty());
    EXPECT_EQ(words_for({}), "");
}

TEST(Remarks, SideInformationOnASuccessIsTold) {
    OqsAnswer answer = valid_answer();
    answer.processing_message = "有効期限3か月前";
    EXPECT_THAT(remarks_of(answer, today()), ElementsAre(Remark::SideInformation));
}

TEST(Remarks, BytesThatWereNoTextAreTold) {
    OqsAnswer answer = valid_answer();
    answer.text_repaired = true;
    EXPECT_THAT(remarks_of(answer, today()), ElementsAre(Remark::TextRepaired));
}

TEST(Remarks, ABlackCircleAGetaOrAReplacementCharacterIsTold) {
    for (const char* sign : {"●", "〓", "\xEF\xBF\xBD"}) {
        EXPECT_THAT(after([&](auto& r) { r.name = sign + std::string("田　一郎"); }),
                    ElementsAre(Remark::CharacterReplaced));
        EXPECT_THAT(after([&](auto& r) { r.address = std::string("東京都") + sign; }),
                    ElementsAre(Remark::CharacterReplaced));
        EXPECT_THAT(after([&](auto& r) { r.name_kana = sign; }), ElementsAre(Remark::CharacterReplaced));
    }
}

TEST(Remarks, ACharacterThatTheKioskCannotDrawIsTold) {
    RemarkContext context = today();
    context.covers = [](char32_t c) { return c != U'𠮷'; };
    EXPECT_THAT(after([](auto& r) { r.name = "𠮷田　一郎"; }, context), ElementsAre(Remark::CharacterUnknown));
    EXPECT_THAT(after([](auto& r) { r.name = "吉田　一郎"; }, context), IsEmpty());
}

TEST(Remarks, AValidInsuranceOfNobodyIsTold) {
    OqsAnswer answer = valid_answer();
    answer.results.clear();
    EXPECT_THAT(remarks_of(answer, today()), ElementsAre(Remark::NoResult));
    answer.validity = QualificationValidity::NotFound;
    EXPECT_THAT(remarks_of(answer, today()), IsEmpty()) << "an infant is often not found: that is the meaning already";
}

TEST(Remarks, SeveralResultsAreLeftToStaff) {
    OqsAnswer answer = valid_answer();
    answer.results.push_back(ordinary_result());
    EXPECT_THAT(remarks_of(answer, today()), ElementsAre(Remark::SeveralResults));
}

TEST(Remarks, AMissingQualificationDateIsTold) {
    EXPECT_THAT(after([](auto& r) { r.qualification_date = ""; }), ElementsAre(Remark::QualificationDateMissing));
    EXPECT_THAT(after([](auto& r) { r.qualification_date = "　 "; }), Contains(Remark::QualificationDateMissing));
}

TEST(Remarks, AQualificationThatHasNotBegunIsTold) {
    EXPECT_THAT(after([](auto& r) { r.qualification_date = "20261122"; }), ElementsAre(Remark::QualificationNotYet));
    EXPECT_THAT(after([](auto& r) { r.qualification_date = "20261121"; }), IsEmpty()) << "it begins today";
}

TEST(Remarks, ALostQualificationThatIsCalledValidIsTold) {
    EXPECT_THAT(after([](auto& r) { r.disqualification_date = "20261121"; }), ElementsAre(Remark::QualificationLost));
    EXPECT_THAT(after([](auto& r) { r.disqualification_date = "20260821"; }), ElementsAre(Remark::QualificationLost))
        << "three months after its end still called valid";
    EXPECT_THAT(after([](auto& r) { r.disqualification_date = "20261122"; }), IsEmpty()) << "the last day counts";
    EXPECT_THAT(after([](auto& r) { r.reason_of_loss = "03"; }), ElementsAre(Remark::QualificationLost));
}

TEST(Remarks, AnExpiredInsuredCardIsTold) {
    EXPECT_THAT(after([](auto& r) { r.insured_card_expiration_date = "20261120"; }), ElementsAre(Remark::CardExpired));
    EXPECT_THAT(after([](auto& r) { r.insured_card_expiration_date = "20261121"; }), IsEmpty());
}

TEST(Remarks, AMissingNumberIsTold) {
    EXPECT_THAT(after([](auto& r) { r.insurer_number = "        "; }), ElementsAre(Remark::NumberMissing));
    EXPECT_THAT(after([](auto& r) { r.insured_identification_number = ""; }), ElementsAre(Remark::NumberMissing));
}

TEST(Remarks, ABranchInsideTheNumberIsTold) {
    for (const char* number : {"1234-01", "1234 01", "1234　０１", "1234（01）", "1234(枝番01)", "１２３４－１"}) {
        EXPECT_THAT(after([&](auto& r) {
                        r.insured_identification_number = number;
                        r.insured_branch_number = "";
                    }),
                    ElementsAre(Remark::BranchInsideNumber))
            << number;
        EXPECT_THAT(after([&](auto& r) { r.insured_identification_number = number; }), IsEmpty())
            << "its own element says it: " << number;
    }
    for (const char* number : {"1234567", "123401", "01", "-01", "12-345", "", " "}) {
        EXPECT_FALSE(internal::ends_in_branch(number)) << number;
    }
}

TEST(Remarks, AMissingShareIsToldUnlessTheLawSaysIt) {
    const auto no_share = [](QualificationResult& r) { r.insured_partial_contribution_ratio = ""; };
    EXPECT_THAT(after(no_share), ElementsAre(Remark::ContributionRatioMissing));
    EXPECT_THAT(after([&](auto& r) { r.insured_partial_contribution_ratio = "3割"; }),
                ElementsAre(Remark::ContributionRatioMissing));
    EXPECT_THAT(after([&](auto& r) {
                    no_share(r);
                    r.elderly_recipient.contribution_ratio = "020";
                }),
                IsEmpty())
        << "the certificate of the elderly says it";
    EXPECT_THAT(after([&](auto& r) {
                    no_share(r);
                    r.insured_card_classification = "A1";
                }),
                IsEmpty())
        << "medical assistance";
    for (const auto& [birthdate, asked] : {std::pair{"20200402", false}, {"20200401", true}, {"20190101", true}}) {
        RemarkContext spring = today();
        spring.today = "20260331";
        const auto child = [&, born = birthdate](QualificationResult& r) {
            no_share(r);
            r.birthdate = born;
        };
        EXPECT_EQ(after(child, spring).size(), birthdate == std::string("20190101") ? 1u : 0u) << birthdate;
        spring.today = "20260401";
        EXPECT_EQ(after(child, spring).size(), asked ? 1u : 0u) << birthdate << " goes to school";
    }
    EXPECT_THAT(after([&](auto& r) {
                    no_share(r);
                    r.preschool_classification = "1";
                }),
                IsEmpty());
}

TEST(Remarks, ALimitAmountThatWasProvidedAndIsNotThereIsTold) {
    RemarkContext provided = today();
    provided.consents = ConsentsGiven{false, false, false, true};
    const auto blank = [](QualificationResult& r) { r.limit_application = {}; };
    EXPECT_THAT(after(blank, provided), ElementsAre(Remark::LimitAmountMissing));
    EXPECT_THAT(after([](auto&) {}, provided), IsEmpty());
    EXPECT_THAT(after(blank), IsEmpty()) << "it was not provided";
}

TEST(Remarks, AConsentThatIsNotTheOneGivenIsTold) {
    RemarkContext context = today();
    context.consents = ConsentsGiven{true, false, true};
    const auto as_given = [](QualificationResult& r) {
        r.operation.flag = r.health_checkup.flag = std::string("1");
        r.pharmacists.flag = r.diagnosis.flag = std::string("0");
    };
    EXPECT_THAT(after(as_given, context), IsEmpty());
    EXPECT_THAT(after([&](auto&) {}, context), IsEmpty()) << "an answer may say nothing";
    for (const char* flag : {"0", "2", "3"}) {
        EXPECT_THAT(after([&](auto& r) { as_given(r), r.operation.flag = flag; }, context),
                    ElementsAre(Remark::ConsentNotAsGiven));
    }
    EXPECT_THAT(after([&](auto& r) { as_given(r), r.diagnosis.flag = std::string("1"); }, context),
                ElementsAre(Remark::ConsentNotAsGiven))
        << "nobody agreed to that";
}

TEST(Remarks, TheConsentsGivenAreThoseOfTheSignedDocument) {
    const SignedRequest request = testing::signed_request();
    const std::string body(request.body.begin(), request.body.end());
    Reception reception = testing::practice_reception(testing::card(), request.id);
    ConsentsGiven given;
    for (const Consent& consent : reception.consents) {
        if (consent.item == ConsentItem::Operation) given.operation = consent.agreed;
        if (consent.item == ConsentItem::MedicationDiagnosis) given.medication_diagnosis = consent.agreed;
        if (consent.item == ConsentItem::HealthCheckup) given.health_checkup = consent.agreed;
    }
    given.limit_amount = reception.limit_amount_provided;
    EXPECT_TRUE(given.limit_amount);
    EXPECT_EQ(consents_given(body), given);
    EXPECT_EQ(consents_given("no document"), ConsentsGiven{});
}

TEST(Remarks, ACodeOutsideItsListIsTold) {
    const std::vector<std::function<void(QualificationResult&)>> changes{
        [](auto& r) { r.sex1 = std::string("4"); },
        [](auto& r) { r.sex2 = std::string("男"); },
        [](auto& r) { r.personal_family_classification = std::string("3"); },
        [](auto& r) { r.insured_card_classification = "99"; },
        [](auto& r) { r.limit_application.classification = "04"; },
        [](auto& r) { r.limit_application.classification_flag = "B11"; },
        [](auto& r) { r.limit_application_flag = std::string("4"); },
        [](auto& r) { r.health_checkup.flag = "01"; },
        [](auto& r) { r.specific_diseases_flag = std::string("9"); },
        [](auto& r) {
            r.specific_diseases.push_back({"4", "", "", "", "", {}});
        },
    };
    for (const auto& change : changes) EXPECT_THAT(after(change), ElementsAre(Remark::UnknownCode));
    EXPECT_THAT(after([](auto& r) { r.reason_of_loss = "04"; }), Contains(Remark::UnknownCode));
    EXPECT_THAT(after([](auto& r) { r.operation.flag = std::string("3"); }), IsEmpty()) << "an emergency";
    for (const char* code : {"A01", "A06", "B01", "B10"}) {
        EXPECT_THAT(after([&](auto& r) { r.limit_application.classification_flag = code; }), IsEmpty()) << code;
    }
    OqsAnswer answer = valid_answer();
    answer.prescription_issue_select = std::string("3");
    EXPECT_THAT(remarks_of(answer, today()), ElementsAre(Remark::UnknownCode));
    answer = valid_answer();
    answer.validity = QualificationValidity::Unknown;
    EXPECT_THAT(remarks_of(answer, today()), ElementsAre(Remark::UnknownCode));
}

TEST(Remarks, ADateThatIsNoneIsToldAndComparedWithNothing) {
    for (const char* none :
         {"20261301", "20260230", "2026-11-20", "0", "令和8年", "99999999", "2026112", "202611211"}) {
        EXPECT_THAT(after([&](auto& r) { r.qualification_date = none; }), ElementsAre(Remark::DateUnreadable)) << none;
        EXPECT_THAT(after([&](auto& r) { r.disqualification_date = none; }), ElementsAre(Remark::DateUnreadable));
        EXPECT_THAT(after([&](auto& r) { r.insured_card_expiration_date = none; }),
                    ElementsAre(Remark::DateUnreadable));
        EXPECT_THAT(after([&](auto& r) { r.birthdate = none; }), ElementsAre(Remark::DateUnreadable));
    }
    RemarkContext broken = today();
    broken.today = "today";
    EXPECT_THAT(after([](auto& r) { r.insured_card_expiration_date = "19990101"; }, broken), IsEmpty());
}

TEST(Remarks, StandOnceInTheirOrderWithStableWords) {
    OqsAnswer answer = valid_answer();
    answer.results.resize(3);
    for (QualificationResult& result : answer.results) result.name = "●";
    answer.processing_code = "P1";
    const auto remarks = remarks_of(answer, today());
    EXPECT_TRUE(std::is_sorted(remarks.begin(), remarks.end()));
    EXPECT_EQ(std::adjacent_find(remarks.begin(), remarks.end()), remarks.end());
    EXPECT_THAT(words_for(remarks), ::testing::StartsWith("side information, character replaced, several results"));
    std::vector<std::string> words;
    for (int i = 0; i <= static_cast<int>(Remark::DateUnreadable); ++i) {
        words.emplace_back(name_of(static_cast<Remark>(i)));
        EXPECT_THAT(words, Not(Contains("")));
    }
    std::sort(words.begin(), words.end());
    EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end()) << "two remarks of one name";
}

}  // namespace
}  // namespace uketsuke::net
