// The form, from its first question to the disk and to paper.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/core/declaration_harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;
using Field = DeclarationField;

TEST(Declaration, AsksWhatIsNotKnownAQuestionAPage) {
    Form kiosk;
    kiosk.begin();
    std::vector<Field> asked{kiosk.field()};
    kiosk.name("さとう", "佐藤");
    kiosk.tap(Kind::Next);
    while (kiosk.screen() != Screen::DeclarationReview) {
        asked.push_back(kiosk.field());
        kiosk.tap(Kind::Skip);
    }
    using ::testing::ElementsAre;
    EXPECT_THAT(asked, ElementsAre(Field::Name, Field::BirthDate, Field::Sex, Field::PostalCode, Field::Address,
                                   Field::Phone, Field::InsuranceKind, Field::ContributionRatio, Field::Signature));
    EXPECT_TRUE(kiosk.review().complete) << "nothing blocks but the name";
}

TEST(Declaration, DoesNotGoOnWithoutAName) {
    Form kiosk;
    kiosk.begin();
    kiosk.tap(Kind::Next);
    kiosk.tap(Kind::Skip);
    EXPECT_EQ(kiosk.field(), Field::Name);
    EXPECT_FALSE(kiosk.text().question.may_skip);
    EXPECT_FALSE(kiosk.text().question.back);
    kiosk.key("　");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.field(), Field::Name) << "a space is no name";
}

TEST(Declaration, AsksForInsurerAndOfficeOnlyWhereThereAreSuch) {
    Form kiosk;
    kiosk.begin_at(Field::InsuranceKind);
    kiosk.tap(Kind::ChooseAnswer, 2);  // a company's
    EXPECT_EQ(kiosk.field(), Field::InsurerName);
    kiosk.tap(Kind::Skip);
    EXPECT_EQ(kiosk.field(), Field::OfficeName);
    kiosk.tap(Kind::Back);
    kiosk.tap(Kind::Back);
    ASSERT_EQ(kiosk.field(), Field::InsuranceKind);
    kiosk.tap(Kind::ChooseAnswer, 1);  // 後期高齢者医療: its insurer follows from the address
    EXPECT_EQ(kiosk.field(), Field::ContributionRatio);
}

TEST(Declaration, IsFilledWithWhatTheCardSays) {
    Form kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    const auto asked = kiosk.all<effect::AskCardHolder>();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].session, kiosk.id());
    const auto& effects = kiosk.effects();
    const auto at = [&](auto which) {
        return std::find_if(effects.begin(), effects.end(), [&](const Effect& e) { return which(e); });
    };
    EXPECT_LT(at([](const Effect& e) { return std::holds_alternative<effect::AskCardHolder>(e); }),
              at([](const Effect& e) { return std::holds_alternative<effect::Wipe>(e); }));
    kiosk.send(event::CardHolderKnown{
        kiosk.form_id(),
        {SecretText("佐藤　花子"), {1950, 4, 1}, Sex::Female, SecretText("東京都葛飾区新宿３－４－５")}});
    EXPECT_EQ(kiosk.field(), Field::NameKana) << "which the card does not say";
    kiosk.tap(Kind::Skip);
    EXPECT_EQ(kiosk.field(), Field::Phone);
    EXPECT_EQ(kiosk.state().declaring->form.sex, Sex::Female);
    EXPECT_EQ(kiosk.state().declaring->form.birth_date, (BirthDate{1950, 4, 1}));
}

TEST(Declaration, KeepsWhatWasTypedWhenTheCardSpeaksLate) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("や");
    kiosk.send(event::CardHolderKnown{kiosk.form_id(), {SecretText("佐藤　花子"), {1950, 4, 1}, Sex::Female, {}}});
    EXPECT_EQ(kiosk.field(), Field::Name);
    EXPECT_EQ(kiosk.text().composed, "や");
    kiosk.tap(Kind::Next);
    EXPECT_NE(kiosk.state().declaring->form.name, "佐藤　花子");
    kiosk.send(event::CardHolderKnown{DeclarationId{77}, {SecretText("他人"), {1990, 1, 1}, Sex::Male, {}}});
    EXPECT_EQ(kiosk.state().declaring->form.birth_date, (BirthDate{1950, 4, 1})) << "of another form";
}

TEST(Declaration, TurnsWheelsInBothCalendars) {
    Form kiosk;
    kiosk.begin_at(Field::BirthDate);
    EXPECT_FALSE(kiosk.date().touched);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.field(), Field::BirthDate) << "where the wheels start is nobody's birthday";
    kiosk.wheel(Kind::SetYear, 64);
    EXPECT_EQ(kiosk.date().date.year, 64);
    kiosk.wheel(Kind::SetEra, static_cast<int>(Era::Western));
    EXPECT_EQ(kiosk.date().date.year, 1989);
    kiosk.wheel(Kind::SetYear, 1952);
    kiosk.wheel(Kind::SetMonth, 2);
    kiosk.wheel(Kind::SetDay, 29);
    kiosk.wheel(Kind::SetYear, 1953);
    EXPECT_EQ(kiosk.date().date.day, 28);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.birth_date, (BirthDate{1953, 2, 28}));
}

TEST(Declaration, IsSignedWithAFinger) {
    Form kiosk;
    kiosk.begin_at(Field::Signature);
    kiosk.tap(Kind::Next);
    ASSERT_EQ(kiosk.field(), Field::Signature);
    kiosk.pen(Kind::PenDown, 100, 200);
    kiosk.pen(Kind::PenMove, 300, 400);
    kiosk.pen(Kind::PenDown, 65'000, 5);
    const Signature drawn = std::get<page::DeclarationSignature>(kiosk.view().page).signature;
    ASSERT_EQ(drawn.strokes().size(), 2U);
    EXPECT_EQ(drawn.strokes()[1][0].x, k_pen_range);
    kiosk.tap(Kind::Undo);
    EXPECT_EQ(kiosk.state().declaring->form.signature.strokes().size(), 1U);
    for (int i = 0; i < 10'000; ++i) kiosk.pen(Kind::PenMove, i, i);
    EXPECT_LE(kiosk.state().declaring->form.signature.strokes()[0].size(), Signature::k_most_points);
    kiosk.tap(Kind::ClearSignature);
    EXPECT_TRUE(kiosk.state().declaring->form.signature.empty());
}

TEST(Declaration, CanBeCorrectedFromItsSummaryFieldByField) {
    Form kiosk;
    kiosk.reach_review();
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::Phone));
    EXPECT_EQ(kiosk.field(), Field::Phone);
    EXPECT_TRUE(kiosk.text().question.from_review);
    kiosk.type("03-1234");
    kiosk.tap(Kind::Next);
    ASSERT_EQ(kiosk.screen(), Screen::DeclarationReview);
    EXPECT_EQ(kiosk.review().form.phone, "03-1234");
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::Phone));
    kiosk.tap(Kind::Skip);
    EXPECT_TRUE(kiosk.review().form.phone.empty());
    kiosk.tap(Kind::EditField, 200);
    EXPECT_EQ(kiosk.screen(), Screen::DeclarationReview);
}

TEST(Declaration, IsDoneOnlyWhenItIsOnDisk) {
    Form kiosk;
    kiosk.reach_review();
    kiosk.tap(Kind::Confirm);
    ASSERT_EQ(kiosk.screen(), Screen::DeclarationSaving);
    EXPECT_FALSE(kiosk.view().can_stop);
    const auto stored = kiosk.all<effect::StoreDeclaration>();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].form.name, "佐藤");
    EXPECT_EQ(stored[0].form.name_kana, "サトウ");
    EXPECT_FALSE(stored[0].reception);
    kiosk.send(event::DeclarationStored{DeclarationId{77}, RequestId{"x"}, false});
    EXPECT_EQ(kiosk.screen(), Screen::DeclarationSaving) << "another form's";
    kiosk.send(event::DeclarationStored{kiosk.form_id(), RequestId{"x"}, true});
    ASSERT_EQ(kiosk.screen(), Screen::DeclarationDone);
    EXPECT_EQ(kiosk.done().printing, Printing::Running);
    kiosk.send(event::DeclarationPrinted{kiosk.form_id(), false});
    EXPECT_EQ(kiosk.done().printing, Printing::Failed);
    kiosk.advance(kiosk.state().policy.accepted_shown);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_EQ(kiosk.all<effect::WipeDeclaration>().size(), 1U);
}

TEST(Declaration, LosesNothingWhenTheDiskDoesNotTakeIt) {
    Form kiosk;
    kiosk.reach_review();
    kiosk.tap(Kind::Confirm);
    kiosk.send(event::DeclarationNotStored{kiosk.form_id()});
    ASSERT_EQ(kiosk.screen(), Screen::DeclarationReview);
    EXPECT_TRUE(kiosk.review().not_saved);
    EXPECT_EQ(kiosk.review().form.name, "佐藤");
    kiosk.tap(Kind::Confirm);
    kiosk.send(event::DeclarationStored{kiosk.form_id(), RequestId{"x"}, false});
    EXPECT_EQ(kiosk.done().printing, Printing::None);
}

TEST(Declaration, BelongsToTheReceptionThatIsOnDisk) {
    Form kiosk;
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    kiosk.send(event::Committed{kiosk.id(), Kiosk::request()});
    kiosk.send(event::Answered{Kiosk::request(), Outcome::SeeTheDesk, 4});
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    kiosk.name("さとう", "佐藤");
    kiosk.finish_questions();
    kiosk.tap(Kind::Confirm);
    EXPECT_EQ(kiosk.all<effect::StoreDeclaration>().at(0).reception, Kiosk::request());
    EXPECT_EQ(kiosk.all<effect::Commit>().size(), 1U);
}

TEST(Declaration, IsNotOfAReceptionThatNeverReachedTheDisk) {
    Form kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    EXPECT_FALSE(kiosk.state().declaring->reception);
}

TEST(Declaration, WarnsLongBeforeItGivesUpAndLosesNothingByTheWarning) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("さと");
    const Millis patience = kiosk.state().policy.declaration_timeout;
    kiosk.advance(patience - Millis{50'000});
    ASSERT_TRUE(kiosk.view().seconds_left);
    EXPECT_EQ(*kiosk.view().seconds_left, 50);
    EXPECT_EQ(kiosk.text().composed, "さと");
    kiosk.send(event::Touched{});
    EXPECT_FALSE(kiosk.view().seconds_left);
    EXPECT_EQ(kiosk.text().composed, "さと");
    kiosk.advance(patience);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_FALSE(kiosk.state().declaring);
    EXPECT_EQ(kiosk.all<effect::WipeDeclaration>().size(), 1U);
}

TEST(Declaration, GoesOnWhenCardsComeAndGo) {
    Form kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    kiosk.type("さ");
    kiosk.remove();
    EXPECT_EQ(kiosk.text().composed, "さ");
    kiosk.send(event::ReaderChanged{false});
    kiosk.send(event::ReaderChanged{true});
    EXPECT_EQ(kiosk.screen(), Screen::DeclarationText);
    kiosk.place();
    EXPECT_EQ(kiosk.screen(), Screen::DeclarationText);
    kiosk.tap(Kind::Stop);
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard) << "whoever has laid a card meanwhile is next";
}

TEST(Declaration, RemindsOfTheCardThatStillLiesThere) {
    Form kiosk;
    kiosk.place();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Unreadable});
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    kiosk.name("さとう", "佐藤");
    kiosk.finish_questions();
    kiosk.tap(Kind::Confirm);
    kiosk.send(event::DeclarationStored{kiosk.form_id(), RequestId{"x"}, false});
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(Declaration, IsFinishedEvenWhenStaffReceiveNobodyAnyMore) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("さ");
    kiosk.send(event::ReceptionStopped{});
    EXPECT_EQ(kiosk.text().composed, "さ");
    kiosk.tap(Kind::Stop);
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
}

TEST(Declaration, AsksBeforeOneTouchThrowsAwayWhatWasSaid) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("さ");
    kiosk.tap(Kind::Stop);
    ASSERT_EQ(kiosk.view().sheet, Sheet::LeaveForm);
    kiosk.tap(Kind::CloseSheet);
    EXPECT_EQ(kiosk.text().composed, "さ");
    kiosk.tap(Kind::Stop);
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    kiosk.begin();
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::Idle) << "nothing was said";
}

TEST(Declaration, ThatCameToTheDiskAfterEverybodyGaveUpIsDone) {
    Form kiosk;
    kiosk.reach_review();
    kiosk.tap(Kind::Confirm);
    kiosk.advance(kiosk.state().policy.screen_timeout);
    ASSERT_EQ(kiosk.screen(), Screen::DeclarationReview);
    kiosk.send(event::DeclarationStored{kiosk.form_id(), RequestId{"x"}, false});
    EXPECT_EQ(kiosk.screen(), Screen::DeclarationDone);
}

TEST(Declaration, TakesInsurerAndOfficeFromWhoeverKnowsThemWithoutTheKind) {
    Form kiosk;
    kiosk.begin_at(Field::InsuranceKind);
    kiosk.tap(Kind::ChooseAnswer, 4);
    EXPECT_EQ(kiosk.field(), Field::InsurerName);
    kiosk.tap(Kind::Skip);
    EXPECT_EQ(kiosk.field(), Field::OfficeName);
    Form quick;
    quick.reach_review();
    EXPECT_THAT(quick.review().asked, ::testing::Contains(Field::OfficeName));
    EXPECT_THAT(quick.review().asked, ::testing::Contains(Field::InsurerName));
}

TEST(Declaration, LeavesACallForSomethingElseOpen) {
    Form kiosk;
    kiosk.tap(Kind::CallStaff);
    kiosk.begin();
    kiosk.send(event::CallSeen{});
    EXPECT_TRUE(kiosk.view().staff_coming);
}

TEST(Declaration, KeepsTheLanguageOfWhoeverFillsItIn) {
    Form kiosk;
    kiosk.tap(Kind::ChangeLanguage, 3);
    kiosk.begin();
    EXPECT_EQ(kiosk.view().language, Language::English);
    EXPECT_EQ(kiosk.text().keyboard, Keyboard::Latin);
    kiosk.type("LEE");
    kiosk.tap(Kind::Next);
    kiosk.tap(Kind::Skip);
    ASSERT_EQ(kiosk.field(), Field::BirthDate);
    EXPECT_EQ(kiosk.date().date.era, Era::Western);
    kiosk.tap(Kind::Stop);
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.view().language, Language::Japanese);
}

TEST(Declaration, TellsTheTimelineNothingThatWasTyped) {
    Form kiosk;
    std::string all;
    kiosk.observer = [&](const Passed& passed) {
        all += describe(passed.event) + "\n";
        for (const auto& effect : passed.effects) all += describe(effect) + "\n";
    };
    kiosk.reach_review();
    kiosk.tap(Kind::Confirm);
    EXPECT_EQ(all.find("佐"), std::string::npos);
    EXPECT_EQ(all.find("さ"), std::string::npos);
    EXPECT_EQ(all.find_first_of("0123456789"), std::string::npos) << all;
}

}  // namespace
}  // namespace uketsuke::core::test
