// 再照会: patients in continuing care are received without the card, their consents seen, renewed and taken back.
#include <gtest/gtest.h>

#include "tests/app/core/tablet.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

struct Care : public ::testing::Test {
    Tablet tablet;

    void SetUp() override { tablet.on_tour(); }
    void show(CareEntry entry) {
        tablet.open_list({std::move(entry)});
        tablet.pick(0);
        ASSERT_EQ(tablet.screen(), Screen::CarePatient);
        tablet.forget_effects();
    }
    void commit() {
        const SessionId id = tablet.state().session->id;
        tablet.send(event::Signed{id, Kiosk::request()});
        tablet.send(event::Committed{id, Kiosk::request()});
    }
};

TEST_F(Care, ReceivesAPatientWithoutTheCard) {
    show(Tablet::patient(5));
    tablet.tap(Kind::Reinquire);
    ASSERT_EQ(tablet.screen(), Screen::Submitting);
    const auto asked = tablet.all<effect::Reinquire>();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].patient, CareId{5});
    EXPECT_EQ(asked[0].who, StaffId{3});
    EXPECT_TRUE(tablet.state().tour.list.empty());
    commit();
    EXPECT_FALSE(tablet.all<effect::Commit>().at(0).visit);
    tablet.send(event::Answered{Kiosk::request(), Outcome::Confirmed});
    ASSERT_EQ(tablet.screen(), Screen::Accepted);
    tablet.tap(Kind::Stop);
    EXPECT_EQ(tablet.screen(), Screen::CarePatient) << "staff go on where they were";
    EXPECT_EQ(tablet.all<effect::ReadCard>().size(), 0U);
}

TEST_F(Care, IsAcceptedWithoutSignalAndSentLater) {
    show(Tablet::patient(5));
    tablet.tap(Kind::Reinquire);
    commit();
    tablet.advance(Millis{4'000});
    ASSERT_EQ(tablet.screen(), Screen::Accepted);
    EXPECT_EQ(tablet.page<page::Accepted>().outcome, Outcome::Queued);
}

TEST_F(Care, SaysSoWhenTheDiskTakesNothing) {
    show(Tablet::patient(5));
    tablet.tap(Kind::Reinquire);
    tablet.send(event::CommitFailed{tablet.state().session->id});
    EXPECT_EQ(tablet.screen(), Screen::NotSaved);
}

TEST_F(Care, OffersNoVisitOnConsentsThatAreOverOrTakenBack) {
    for (const auto standing : {CareStanding::Expired, CareStanding::Withdrawn}) {
        show(Tablet::patient(5, standing));
        tablet.tap(Kind::Reinquire);
        EXPECT_EQ(tablet.screen(), Screen::CarePatient);
        EXPECT_TRUE(tablet.all<effect::Reinquire>().empty());
        tablet.tap(Kind::Back);
        tablet.tap(Kind::Back);
    }
}

TEST_F(Care, OffersOnlineCareNotToACardWithoutPin) {
    CareEntry without = Tablet::patient(5);
    without.online_possible = false;
    show(without);
    EXPECT_FALSE(tablet.page<page::CarePatient>().online);
    tablet.tap(Kind::Reinquire, static_cast<std::uint8_t>(Treatment::Online));
    EXPECT_TRUE(tablet.all<effect::Reinquire>().empty());
    tablet.tap(Kind::Back);
    tablet.send(event::CareListed{{Tablet::patient(6)}});
    tablet.pick(0);
    EXPECT_TRUE(tablet.page<page::CarePatient>().online);
    tablet.tap(Kind::Reinquire, static_cast<std::uint8_t>(Treatment::Online));
    EXPECT_EQ(tablet.all<effect::Reinquire>().at(0).treatment, Treatment::Online);
}

TEST_F(Care, TakesBackAllConsentsAfterAskingOnce) {
    show(Tablet::patient(5));
    tablet.tap(Kind::WithdrawConsents);
    EXPECT_TRUE(tablet.all<effect::WithdrawConsents>().empty()) << "not without the question";
    tablet.tap(Kind::AskWithdraw);
    ASSERT_EQ(tablet.view().sheet, Sheet::WithdrawConsents);
    tablet.tap(Kind::WithdrawConsents);
    ASSERT_EQ(tablet.all<effect::WithdrawConsents>().size(), 1U);
    EXPECT_TRUE(tablet.page<page::CarePatient>().busy);
    tablet.tap(Kind::Reinquire);
    EXPECT_TRUE(tablet.all<effect::Reinquire>().empty()) << "not while it is being taken back";
    tablet.send(event::CareSaved{CareId{5}});
    tablet.send(event::CareListed{{Tablet::patient(5, CareStanding::Withdrawn)}});
    EXPECT_FALSE(tablet.page<page::CarePatient>().busy);
    EXPECT_EQ(tablet.page<page::CarePatient>().patient.standing, CareStanding::Withdrawn);
}

TEST_F(Care, SaysThatAWithdrawalCouldNotBeKeptAlsoWhenAListCameBetween) {
    show(Tablet::patient(5));
    tablet.tap(Kind::AskWithdraw);
    tablet.tap(Kind::WithdrawConsents);
    tablet.send(event::CareListed{{Tablet::patient(5)}});
    EXPECT_TRUE(tablet.page<page::CarePatient>().busy) << "that list does not know of it";
    tablet.tap(Kind::Back);
    tablet.send(event::CareNotSaved{});
    ASSERT_EQ(tablet.screen(), Screen::CarePatient);
    tablet.send(event::CareListed{{Tablet::patient(5)}});
    EXPECT_TRUE(tablet.page<page::CarePatient>().not_saved);
}

TEST_F(Care, SaysSoWhenAWithdrawalCouldNotBeKept) {
    show(Tablet::patient(5));
    tablet.tap(Kind::AskWithdraw);
    tablet.tap(Kind::WithdrawConsents);
    tablet.send(event::CareNotSaved{});
    tablet.send(event::CareListed{{Tablet::patient(5)}});
    EXPECT_TRUE(tablet.page<page::CarePatient>().not_saved);
    EXPECT_FALSE(tablet.page<page::CarePatient>().busy);
}

TEST_F(Care, RenewsConsentsByAskingThePatientWithoutACard) {
    show(Tablet::patient(5, CareStanding::Expired));
    tablet.tap(Kind::RenewConsents);
    ASSERT_EQ(tablet.screen(), Screen::Consent);
    tablet.tap(Kind::OneByOne);
    tablet.tap(Kind::Agree);
    tablet.tap(Kind::Decline);
    tablet.tap(Kind::Agree);
    ASSERT_EQ(tablet.screen(), Screen::ConsentSummary);
    tablet.tap(Kind::Confirm);
    const auto renewed = tablet.all<effect::RenewConsents>();
    ASSERT_EQ(renewed.size(), 1U);
    EXPECT_EQ(renewed[0].patient, CareId{5});
    EXPECT_TRUE(renewed[0].consents[0].agreed);
    EXPECT_FALSE(renewed[0].consents[1].agreed);
    ASSERT_EQ(tablet.screen(), Screen::CarePatient);
    EXPECT_FALSE(tablet.state().session);
    tablet.send(event::CareSaved{CareId{5}});
    tablet.send(event::CareListed{{Tablet::patient(5)}});
    EXPECT_EQ(tablet.page<page::CarePatient>().patient.standing, CareStanding::Valid);
    // The patient may hold the tablet still: nothing is done in staff's name.
    EXPECT_TRUE(tablet.page<page::CarePatient>().locked);
    tablet.tap(Kind::Reinquire);
    tablet.tap(Kind::AskWithdraw);
    EXPECT_EQ(tablet.screen(), Screen::CarePatient);
    EXPECT_EQ(tablet.view().sheet, Sheet::None);
    // The patient held the tablet: the list of the others wants the code.
    tablet.tap(Kind::Back);
    EXPECT_EQ(tablet.screen(), Screen::TourSignIn);
}

TEST_F(Care, ChangesNothingWhenARenewalIsGivenUp) {
    show(Tablet::patient(5));
    tablet.tap(Kind::RenewConsents);
    tablet.tap(Kind::Stop);
    EXPECT_TRUE(tablet.all<effect::RenewConsents>().empty());
    EXPECT_EQ(tablet.screen(), Screen::Tour);
}

TEST_F(Care, ListsSixAtATimeAndCountsConflicts) {
    std::vector<CareEntry> many;
    for (std::uint64_t id = 1; id <= 8; ++id) many.push_back(Tablet::patient(id));
    many[7].result = CareResult::Conflict;
    many[7].conflict = CareConflict::ConsentsWithdrawn;
    tablet.open_list(many);
    EXPECT_EQ(tablet.page<page::CareList>().shown.size(), 6U);
    EXPECT_EQ(tablet.page<page::CareList>().conflicts, 1U);
    tablet.tap(Kind::MorePatients);
    EXPECT_EQ(tablet.page<page::CareList>().shown.size(), 2U);
    EXPECT_EQ(tablet.page<page::CareList>().first, 6U);
    tablet.tap(Kind::MorePatients);
    EXPECT_EQ(tablet.page<page::CareList>().first, 0U);
}

TEST_F(Care, LooksAgainWhenAnAnswerCame) {
    tablet.open_list({Tablet::patient(1)});
    tablet.forget_effects();
    tablet.send(event::CareChanged{});
    EXPECT_EQ(tablet.all<effect::ListCare>().size(), 1U);
    tablet.tap(Kind::Back);
    tablet.send(event::CareChanged{});
    EXPECT_EQ(tablet.all<effect::ListCare>().size(), 1U) << "nobody looks";
}

TEST_F(Care, LeavesACardThatIsLaidMeanwhileToTheNextReception) {
    show(Tablet::patient(5));
    tablet.place();
    EXPECT_EQ(tablet.screen(), Screen::CarePatient);
    EXPECT_TRUE(tablet.all<effect::ReadCard>().empty());
    tablet.tap(Kind::Back);
    tablet.tap(Kind::Back);
    tablet.tap(Kind::StartVisit);
    EXPECT_EQ(tablet.all<effect::ReadCard>().size(), 1U);
}

}  // namespace
}  // namespace uketsuke::core::test
