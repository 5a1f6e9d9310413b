// What answers make of a patient in continuing care: which base stands, and which conflict is seen.

#include "net/internal/care_standing.h"

#include <gmock/gmock.h>

#include "net/internal/care_answer.h"
#include "net/meaning.h"
#include "tests/net/care_support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::start_second;

CareAnswer refused(CareConflict conflict = CareConflict::Refused) {
    CareAnswer said;
    said.result = CareResult::Conflict;
    said.conflict = conflict;
    said.meaning = row_of(Meaning::Refused).number;
    return said;
}

CareAnswer confirmed() {
    CareAnswer said;
    said.result = CareResult::Confirmed;
    said.meaning = row_of(Meaning::Confirmed).number;
    return said;
}

struct CareStanding : ::testing::Test {
    CarePatient patient;
    void SetUp() override { bring_base(); }

    // As the outbox does it with a request.
    void keep(CarePatient given, const RequestId& id) {
        internal::take_up(given, patient, id);
        given.latest = id;
        given.result = CareResult::Waiting;
        given.conflict = CareConflict::None;
        patient = given;
    }
    RequestId bring_base() {
        CarePatient given = patient;
        given.base = make_request_id();
        given.consented_until = start_second() + std::chrono::days(90);
        given.withdrawn = false;
        keep(given, given.base);
        return given.base;
    }
    RequestId visit() {
        const RequestId id = make_request_id();
        keep(patient, id);
        return id;
    }
    RequestId withdraw() {
        CarePatient given = patient;
        given.withdrawn = true;
        const RequestId id = make_request_id();
        keep(given, id);
        return id;
    }
    void hear(const RequestId& id, const CareAnswer& said, bool is_reception = true, bool newest = true) {
        internal::hear(patient, {id, is_reception, newest}, said);
    }
    std::vector<RequestId> earlier() const {
        std::vector<RequestId> ids;
        for (const CareGrounds& one : patient.earlier) ids.push_back(one.base);
        return ids;
    }
};

TEST_F(CareStanding, OfSeveralBasesOnTheirWayTheLastThatIsConfirmedStands) {
    const RequestId first = patient.base;
    const RequestId second = bring_base();
    const RequestId third = bring_base();
    EXPECT_THAT(earlier(), ElementsAre(first, second));
    hear(second, confirmed(), false);
    EXPECT_THAT(earlier(), ElementsAre(second)) << "the first is superseded";
    hear(third, refused(), false);
    EXPECT_EQ(patient.base, second);
    EXPECT_THAT(earlier(), IsEmpty());
}

TEST_F(CareStanding, ARefusedBaseBetweenOthersIsForgotten) {
    const RequestId first = patient.base;
    const RequestId second = bring_base();
    const RequestId third = bring_base();
    hear(second, refused(), false);
    EXPECT_THAT(earlier(), ElementsAre(first));
    hear(third, confirmed(), false);
    EXPECT_EQ(patient.base, third);
    EXPECT_THAT(earlier(), IsEmpty());
}

TEST_F(CareStanding, AnAnswerThatCouldNotBeBelievedLeavesBothBases) {
    const RequestId first = patient.base;
    const RequestId second = bring_base();
    CareAnswer unreadable = refused();
    unreadable.meaning = row_of(Meaning::Unreadable).number;
    hear(second, unreadable, false);
    EXPECT_EQ(patient.base, second);
    EXPECT_THAT(earlier(), ElementsAre(first)) << "nobody knows whether the service took it in";
}

TEST_F(CareStanding, WhoeverIsNotInsuredHasConsentedAllTheSame) {
    const RequestId second = bring_base();
    hear(second, refused(CareConflict::NotInsured));
    EXPECT_EQ(patient.base, second);
    EXPECT_THAT(earlier(), IsEmpty());
}

TEST_F(CareStanding, ARequestThatWasBegunBeforeAnAnswerBringsNothingBack) {
    const RequestId first = patient.base;
    const RequestId second = bring_base();
    const CarePatient begun = patient;
    hear(second, refused(), false);
    keep(begun, make_request_id());
    EXPECT_EQ(patient.base, first);
    EXPECT_THAT(earlier(), IsEmpty());
}

TEST_F(CareStanding, AWithdrawalIsMeantForWhateverMayStandAndAVisitWithTheCardConsentsAnew) {
    const RequestId renewal = bring_base();
    withdraw();
    hear(renewal, refused(), false);
    EXPECT_TRUE(patient.withdrawn) << "what stood before the renewal is withdrawn, too";
    const RequestId with_card = bring_base();
    EXPECT_FALSE(patient.withdrawn);
    hear(with_card, refused());
    EXPECT_TRUE(patient.withdrawn);
}

TEST_F(CareStanding, KeepsNoMoreBasesThanItsLimitAndAlwaysTheFirst) {
    const RequestId first = patient.base;
    for (int i = 0; i < 20; ++i) bring_base();
    EXPECT_THAT(patient.earlier, SizeIs(CarePatient::most_earlier));
    EXPECT_EQ(patient.earlier[0].base, first);
}

TEST_F(CareStanding, AConflictComesBackWhenANewerRenewalIsAnswered) {
    const RequestId asked = visit();
    hear(asked, refused(CareConflict::NoRelation));
    const RequestId renewal = bring_base();
    EXPECT_EQ(patient.result, CareResult::Waiting);
    hear(renewal, confirmed(), false);
    EXPECT_EQ(patient.result, CareResult::Conflict);
    EXPECT_EQ(patient.conflict, CareConflict::NoRelation);
    EXPECT_EQ(patient.trouble->request, asked);
}

TEST_F(CareStanding, AnEarlierVisitsAnswerIsSeenOnceTheNewerRequestIsAnswered) {
    const RequestId asked = visit();
    const RequestId again = visit();
    hear(asked, refused());
    EXPECT_EQ(patient.result, CareResult::Waiting) << "the newer one may still be confirmed";
    hear(again, confirmed());
    EXPECT_EQ(patient.result, CareResult::Confirmed);
    EXPECT_FALSE(patient.trouble);
}

TEST_F(CareStanding, AnEarlierVisitThatIsConfirmedLateHidesNoLaterConflict) {
    const RequestId early = visit();
    const RequestId late = visit();
    hear(late, refused());
    hear(early, confirmed(), true, false);
    EXPECT_EQ(patient.result, CareResult::Conflict);
    EXPECT_EQ(patient.trouble->request, late);
    hear(late, confirmed());
    EXPECT_EQ(patient.result, CareResult::Confirmed) << "staff had it sent once more";
}

TEST_F(CareStanding, ConsentsThatAreNotThoseOfTheRequestStayAsTheyAre) {
    const RequestId first = patient.base;
    bring_base();
    CareAnswer said = refused(CareConflict::ConsentsWithdrawn);
    said.base = first;
    hear(visit(), said);
    EXPECT_FALSE(patient.withdrawn);
    EXPECT_TRUE(patient.earlier.at(0).withdrawn);
}

TEST_F(CareStanding, EndedConsentsAreOverWhenTheAnswerCame) {
    CareAnswer said = refused(CareConflict::ConsentsExpired);
    said.base = patient.base;
    said.at = start_second() + 2h;
    hear(visit(), said);
    EXPECT_FALSE(consents_stand(patient, start_second() + 2h));
    EXPECT_FALSE(patient.withdrawn);
}

TEST(CareAnswer, NamesAPersonOnlyWhenThereIsOneAndTheTextIsWhole) {
    OqsAnswer answer;
    answer.results = {testing::ordinary_result(), testing::ordinary_result()};
    answer.results[1].insured_card_symbol = "another insurance of theirs";
    const auto name = [&] { return internal::care_answer(Meaning::Confirmed, "", &answer).name; };
    EXPECT_EQ(name(), answer.results[0].name);
    answer.results[1].name_kana = "ｼｹﾝ ｼﾞﾛｳ";
    EXPECT_EQ(name(), "") << "of two persons nobody knows which";
    answer.results.pop_back();
    EXPECT_EQ(name(), answer.results[0].name);
    answer.text_repaired = true;
    EXPECT_EQ(name(), "") << "half of it may be lost";
    answer.results.clear();
    EXPECT_EQ(name(), "");
}

}  // namespace
}  // namespace uketsuke::net
