// Typing into the form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/core/declaration_harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;
using Field = DeclarationField;

std::vector<std::string> words(const page::DeclarationText& page) {
    std::vector<std::string> found;
    for (const SecretText& candidate : page.candidates) found.emplace_back(candidate.view());
    return found;
}

TEST(DeclarationText, OffersKanaAtOnceAndKanjiWhenTheEngineAnswers) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("たかは");
    EXPECT_THAT(words(kiosk.text()), ::testing::ElementsAre("たかは", "タカハ"));
    const auto asked = kiosk.all<effect::ConvertKana>();
    ASSERT_FALSE(asked.empty());
    EXPECT_EQ(asked.back().reading, "たかは");
    EXPECT_EQ(asked.back().hint, KanaHint::PersonName);
    kiosk.key("し");
    kiosk.convert("たかは", {{SecretText("高羽"), 3}});
    EXPECT_THAT(words(kiosk.text()), ::testing::ElementsAre("たかはし", "タカハシ")) << "that answer came too late";
    kiosk.convert("たかはし", {{SecretText("高橋"), 4}, {SecretText("髙橋"), 4}, {SecretText("高"), 2}});
    EXPECT_THAT(words(kiosk.text()), ::testing::ElementsAre("高橋", "髙橋", "高", "たかはし", "タカハシ"));
}

TEST(DeclarationText, DividesFamilyAndGivenNameAndKeepsTheReading) {
    Form kiosk;
    kiosk.begin();
    kiosk.name("たかはし", "髙橋");
    kiosk.name("はなこ", "花子");
    EXPECT_EQ(kiosk.text().text, "髙橋　花子");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name, "髙橋　花子");
    EXPECT_EQ(kiosk.state().declaring->form.name_kana, "タカハシ　ハナコ");
}

TEST(DeclarationText, LeavesTheRestToBeComposedWhenABeginningWasPicked) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("さとうはなこ");
    kiosk.convert("さとうはなこ", {{SecretText("佐藤花子"), 6}, {SecretText("佐藤"), 3}});
    kiosk.tap(Kind::PickCandidate, 1);
    EXPECT_EQ(kiosk.text().text, "佐藤");
    EXPECT_EQ(kiosk.text().composed, "はなこ");
    EXPECT_EQ(kiosk.all<effect::ConvertKana>().back().reading, "はなこ");
    kiosk.tap(Kind::Undo);
    EXPECT_EQ(kiosk.text().text, "");
    EXPECT_EQ(kiosk.text().composed, "さとうはなこ");
}

TEST(DeclarationText, TakesWhatIsStillComposedWhenThePageIsLeft) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("さとう");
    kiosk.convert("さとう", {{SecretText("佐藤"), 3}});
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name, "佐藤");
    EXPECT_EQ(kiosk.state().declaring->form.name_kana, "サトウ");
}

TEST(DeclarationText, WorksWithoutAnEngine) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("さとう");
    kiosk.tap(Kind::PickCandidate, 1);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name, "サトウ");
}

TEST(DeclarationText, TakesEveryTouchBackOneAfterTheOther) {
    Form kiosk;
    kiosk.begin();
    EXPECT_FALSE(kiosk.text().can_undo);
    kiosk.type("か");
    kiosk.tap(Kind::TypeKey, k_voiced_key);
    EXPECT_EQ(kiosk.text().composed, "が");
    kiosk.tap(Kind::Erase);
    EXPECT_EQ(kiosk.text().composed, "");
    kiosk.tap(Kind::Undo);
    EXPECT_EQ(kiosk.text().composed, "が");
    kiosk.tap(Kind::Undo);
    EXPECT_EQ(kiosk.text().composed, "か");
    kiosk.tap(Kind::Undo);
    EXPECT_EQ(kiosk.text().composed, "");
    EXPECT_FALSE(kiosk.text().can_undo);
}

TEST(DeclarationText, FindsThePlaceOfAPostalCodeAndGoesOnWithItsNumber) {
    Form kiosk;
    kiosk.begin_at(Field::PostalCode);
    EXPECT_EQ(kiosk.text().keyboard, Keyboard::Digits);
    kiosk.type("125005");
    EXPECT_TRUE(kiosk.all<effect::LookUpPostalCode>().empty());
    EXPECT_FALSE(kiosk.text().can_go_on);
    kiosk.type("1");
    ASSERT_EQ(kiosk.all<effect::LookUpPostalCode>().size(), 1U);
    kiosk.type("9");
    EXPECT_EQ(kiosk.text().text, "1250051") << "no eighth digit";
    kiosk.send(event::PostalCodeFound{kiosk.form_id(), SecretText("1250051"), {SecretText("東京都葛飾区新宿")}});
    kiosk.tap(Kind::PickCandidate, 0);
    ASSERT_EQ(kiosk.field(), Field::Address);
    EXPECT_EQ(kiosk.text().text, "東京都葛飾区新宿");
    EXPECT_EQ(kiosk.text().keyboard, Keyboard::Digits);
    kiosk.type("3-4-5");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.address, "東京都葛飾区新宿3-4-5");
    EXPECT_EQ(kiosk.state().declaring->form.postal_code, "1250051");
    EXPECT_EQ(kiosk.field(), Field::Phone);
}

TEST(DeclarationText, TakesTheOnlyPlaceWithNextAsWell) {
    Form kiosk;
    kiosk.begin_at(Field::PostalCode);
    kiosk.type("1250051");
    kiosk.send(event::PostalCodeFound{kiosk.form_id(), SecretText("1250051"), {SecretText("東京都葛飾区新宿")}});
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.address, "東京都葛飾区新宿");
}

TEST(DeclarationText, SaysWhenNoPlaceHasThePostalCodeAndKeepsItAllTheSame) {
    Form kiosk;
    kiosk.begin_at(Field::PostalCode);
    kiosk.type("0000000");
    kiosk.send(event::PostalCodeFound{kiosk.form_id(), SecretText("0000000"), {}});
    EXPECT_TRUE(kiosk.text().not_found);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.field(), Field::Address);
    EXPECT_EQ(kiosk.text().keyboard, Keyboard::Kana);
    EXPECT_EQ(kiosk.state().declaring->form.postal_code, "0000000");
}

TEST(DeclarationText, ShowsMoreCandidatesAndBeginsAgainAfterTheLast) {
    Form kiosk;
    kiosk.begin();
    kiosk.type("あ");
    std::vector<Candidate> many;
    for (int i = 0; i < 10; ++i) many.push_back({SecretText("字" + std::to_string(i)), 1});
    kiosk.convert("あ", many);
    EXPECT_EQ(kiosk.text().first_candidate, 0U);
    kiosk.tap(Kind::MoreCandidates);
    EXPECT_EQ(kiosk.text().first_candidate, page::DeclarationText::k_candidates_shown);
    kiosk.tap(Kind::MoreCandidates);
    EXPECT_EQ(kiosk.text().first_candidate, 0U);
    kiosk.tap(Kind::PickCandidate, 99);
    EXPECT_EQ(kiosk.text().text, "");
}

TEST(DeclarationText, TypesFiguresAfterAWordThatNobodyPicked) {
    Form kiosk;
    kiosk.begin_at(Field::Address);
    kiosk.type("しん");
    kiosk.convert("しん", {{SecretText("新"), 2}});
    kiosk.tap(Kind::ChangeKeyboard, static_cast<std::uint8_t>(Keyboard::Digits));
    kiosk.type("3");
    EXPECT_EQ(kiosk.text().text, "新3");
}

TEST(DeclarationText, OffersOnlyTheKeyboardsThatServeTheQuestion) {
    Form kiosk;
    kiosk.begin_at(Field::Phone);
    kiosk.tap(Kind::ChangeKeyboard, static_cast<std::uint8_t>(Keyboard::Kana));
    EXPECT_EQ(kiosk.text().keyboard, Keyboard::Digits);
    kiosk.tap(Kind::Digit, 4);
    EXPECT_EQ(kiosk.text().text, "4") << "also from a number pad beside the screen";
}

TEST(DeclarationText, WritesAReadingThatIsAskedForItselfInKatakana) {
    Form kiosk;
    kiosk.reach_review();
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::NameKana));
    for (int i = 0; i < 3; ++i) kiosk.tap(Kind::Erase);
    kiosk.type("さいとう");
    EXPECT_EQ(kiosk.text().composed, "サイトウ");
    EXPECT_TRUE(kiosk.text().candidates.empty());
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.review().form.name_kana, "サイトウ");
    // It stays when the name is corrected.
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::Name));
    kiosk.name("はなこ", "花子");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.review().form.name_kana, "サイトウ");
}

TEST(DeclarationText, AsksForTheReadingOfANameThatWasCorrected) {
    Form kiosk;
    kiosk.begin();
    kiosk.name("さとう", "佐藤");
    kiosk.name("はなこ", "花子");
    kiosk.tap(Kind::Erase);
    kiosk.tap(Kind::Erase);
    kiosk.name("はなえ", "花江");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name, "佐藤　花江");
    EXPECT_EQ(kiosk.state().declaring->form.name_kana, "") << "it would be of two names";
    EXPECT_EQ(kiosk.field(), Field::NameKana);
}

TEST(DeclarationText, KnowsTheReadingAgainWhenTheCorrectionIsTakenBackOrBegunAnew) {
    Form kiosk;
    kiosk.begin();
    kiosk.name("さとう", "佐藤");
    kiosk.tap(Kind::Erase);
    kiosk.tap(Kind::Undo);
    kiosk.name("はなこ", "花子");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name_kana, "サトウ　ハナコ");
    kiosk.tap(Kind::Back);
    for (int i = 0; i < 5; ++i) kiosk.tap(Kind::Erase);
    kiosk.name("いとう", "伊藤");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name_kana, "イトウ");
}

TEST(DeclarationText, HasNoReadingOfANameThatIsPartlyTypedInLetters) {
    Form kiosk;
    kiosk.begin();
    kiosk.tap(Kind::ChangeKeyboard, static_cast<std::uint8_t>(Keyboard::Latin));
    kiosk.type("LEE");
    kiosk.tap(Kind::ChangeKeyboard, static_cast<std::uint8_t>(Keyboard::Kana));
    kiosk.name("はなこ", "花子");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name_kana, "");
}

TEST(DeclarationText, LeavesARareNameThatIsWrittenIdeographByIdeographInOne) {
    Form kiosk;
    kiosk.begin();
    kiosk.name("こ", "小");
    kiosk.name("とり", "鳥");
    kiosk.name("あそ", "遊");
    kiosk.key(" ");
    kiosk.name("たろう", "太郎");
    EXPECT_EQ(kiosk.text().text, "小鳥遊　太郎");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.state().declaring->form.name_kana, "コトリアソ　タロウ");
}

TEST(DeclarationText, KeepsAReadingThatWasOnlyLookedAtTiedToTheName) {
    Form kiosk;
    kiosk.reach_review();
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::NameKana));
    kiosk.tap(Kind::Next);
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::Name));
    kiosk.tap(Kind::Erase);
    kiosk.tap(Kind::Erase);
    kiosk.name("かとう", "加藤");
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.review().form.name_kana, "カトウ");
}

TEST(DeclarationText, KeepsTheNumberOfAnAddressWhenItsPostalCodeIsLookedAtAgain) {
    Form kiosk;
    kiosk.begin_at(Field::PostalCode);
    kiosk.type("1250051");
    const event::PostalCodeFound found{kiosk.form_id(), SecretText("1250051"), {SecretText("東京都葛飾区新宿")}};
    kiosk.send(found);
    kiosk.tap(Kind::PickCandidate, 0);
    kiosk.type("3-4-5");
    kiosk.tap(Kind::Next);
    kiosk.tap(Kind::Back);
    kiosk.tap(Kind::Back);
    ASSERT_EQ(kiosk.field(), Field::PostalCode);
    EXPECT_EQ(kiosk.all<effect::LookUpPostalCode>().size(), 2U) << "its places are looked up again";
    kiosk.send(found);
    EXPECT_EQ(kiosk.text().candidates.size(), 1U);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.text().text, "東京都葛飾区新宿3-4-5");
}

TEST(DeclarationText, ReplacesAnAddressOfAnotherPlaceOnlyByATouchOnThePlace) {
    Form kiosk;
    kiosk.reach_review();
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::Address));
    kiosk.type("あ");
    kiosk.tap(Kind::Next);
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::PostalCode));
    kiosk.type("1250051");
    kiosk.send(event::PostalCodeFound{kiosk.form_id(), SecretText("1250051"), {SecretText("東京都葛飾区新宿")}});
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.review().form.address, "あ");
    kiosk.tap(Kind::EditField, static_cast<std::uint8_t>(Field::PostalCode));
    kiosk.send(event::PostalCodeFound{kiosk.form_id(), SecretText("1250051"), {SecretText("東京都葛飾区新宿")}});
    kiosk.tap(Kind::PickCandidate, 0);
    EXPECT_EQ(kiosk.text().text, "東京都葛飾区新宿");
}

TEST(DeclarationText, TakesAPlaceThatWasFoundAfterThePageWasLeft) {
    Form kiosk;
    kiosk.begin_at(Field::PostalCode);
    kiosk.type("1250051");
    kiosk.tap(Kind::Next);
    ASSERT_EQ(kiosk.field(), Field::Address);
    kiosk.send(event::PostalCodeFound{kiosk.form_id(), SecretText("1250051"), {SecretText("東京都葛飾区新宿")}});
    EXPECT_EQ(kiosk.text().text, "東京都葛飾区新宿");
    EXPECT_EQ(kiosk.text().keyboard, Keyboard::Digits);
}

TEST(DeclarationText, KeepsNoHalfPostalCode) {
    Form kiosk;
    kiosk.begin_at(Field::PostalCode);
    kiosk.type("125");
    kiosk.tap(Kind::Back);
    EXPECT_TRUE(kiosk.state().declaring->form.postal_code.empty());
}

TEST(DeclarationText, RefusesWhatHasNoRoomAndKeepsItToBeComposed) {
    Form kiosk;
    kiosk.begin_at(Field::Address);
    for (int i = 0; i < 20; ++i) {
        kiosk.type("あいうえおかきくけこ");
        kiosk.tap(Kind::PickCandidate, 0);
    }
    kiosk.type("さ");
    const auto before = kiosk.text();
    kiosk.tap(Kind::PickCandidate, 0);
    EXPECT_EQ(kiosk.text().text, before.text);
    EXPECT_EQ(kiosk.text().composed, "さ");
}

TEST(DeclarationText, HoldsNoMoreThanItHasRoomFor) {
    Form kiosk;
    kiosk.begin_at(Field::Address);
    for (int i = 0; i < 2'000; ++i) kiosk.type("あ");
    EXPECT_LE(characters_in(kiosk.text().composed.view()), k_most_composed);
    for (int i = 0; i < 60; ++i) {
        kiosk.type("あいうえおかきくけこ");
        kiosk.tap(Kind::PickCandidate, 0);
    }
    kiosk.tap(Kind::Next);
    EXPECT_LE(characters_in(kiosk.state().declaring->form.address.view()), 200U);
}

}  // namespace
}  // namespace uketsuke::core::test
