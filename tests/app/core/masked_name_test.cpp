#include "app/core/masked_name.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

TEST(MaskedName, KeepsTheFirstCharacterOfEachPart) {
    EXPECT_EQ(masked_name("山田　太郎"), "山○ 太○");
    EXPECT_EQ(masked_name("山田 太郎"), "山○ 太○");
    EXPECT_EQ(masked_name("  山田　　太郎 "), "山○ 太○");
    EXPECT_EQ(masked_name("NGUYEN VAN A"), "N○○○ V○○ A");
    EXPECT_EQ(masked_name("勅使河原　一"), "勅○○○ 一");
}

TEST(MaskedName, KeepsACharacterWholeHoweverItIsWritten) {
    EXPECT_EQ(masked_name("𠮷田"), "𠮷○");
    EXPECT_EQ(masked_name("髙﨑　恵"), "髙○ 恵");
    EXPECT_EQ(masked_name("葛\U000E0100城　誠"), "葛\U000E0100○ 誠") << "a variation selector belongs to its character";
    EXPECT_EQ(masked_name("か\u3099く"), "か\u3099○");
    EXPECT_EQ(masked_name("●田"), "●○") << "the service's own stand-in is a character like any other";
}

TEST(MaskedName, IsEmptyForWhatIsNoName) {
    for (const char* text : {"", " ", "　", "\xff", "山\xe7\x94", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80",
                             "山\n田", "山\u202E田", "\uFFFD田", "\u3099か", "a b c d e f g"}) {
        EXPECT_EQ(masked_name(text), "") << text;
    }
    EXPECT_EQ(masked_name(std::string_view("山\0田", 7)), "");
    std::string many_marks = "か";
    for (int i = 0; i < 50; ++i) many_marks += "\u0301";
    EXPECT_EQ(masked_name(many_marks), "");
    EXPECT_EQ(masked_name(std::string(300, 'a')), "");
    EXPECT_EQ(masked_name(std::string(255, 'a')), "a○○○");
}

TEST(MaskedName, SurvivesArbitraryBytes) {
    std::mt19937 random(5);
    for (int i = 0; i < 20'000; ++i) {
        std::string text(random() % 40, '\0');
        for (char& byte : text) byte = static_cast<char>(random() % 4 ? 0x80 + random() % 0x80 : random() % 0x80);
        EXPECT_LE(masked_name(text).size(), text.size() + 60);
    }
}

TEST(ShownName, IsWhatTheClinicLetsBeShown) {
    EXPECT_EQ(shown_name("山田　太郎", NameDisplay::None).view(), "");
    EXPECT_EQ(shown_name("山田　太郎", NameDisplay::Masked).view(), "山○ 太○");
    EXPECT_EQ(shown_name("山田　太郎", NameDisplay::Full).view(), "山田 太郎");
    EXPECT_TRUE(shown_name("山\xff", NameDisplay::Full).empty());
}

// A short one lives inside the object, a long one elsewhere.
TEST(ShownName, LeavesNothingBehindWhenItIsMovedFromOrCleared) {
    for (const std::string_view text : {"山○ 太○", "勅○○○ 左○○○ 右○○○ 門○○○"}) {
        ShownName name(text);
        const char* stored = name.view().data();
        const std::size_t stored_size = name.view().size();
        ShownName moved = std::move(name);
        EXPECT_EQ(moved.view(), text);
        const bool taken_over = moved.view().data() == stored;
        moved.clear();
        EXPECT_TRUE(moved.empty());
        // The object's own room; a string that was taken over is the moved one's, cleared and not yet given back.
        EXPECT_EQ(std::string_view(stored, stored_size), std::string(stored_size, '\0')) << taken_over;
        name = ShownName(text);
        moved = name;
        EXPECT_EQ(moved.view(), text);
    }
    EXPECT_TRUE(ShownName(std::string(256, 'a')).empty());
}

TEST(ShownName, IsOnTheLastPageOfAConfirmedPatientAndGoneWithTheSession) {
    Kiosk kiosk;
    kiosk.reach_accepted();
    EXPECT_EQ(std::get<page::Accepted>(kiosk.view().page).name.view(), "山○ 太○");
    kiosk.tap(Intent::Kind::Stop);
    EXPECT_FALSE(kiosk.state().session);
}

TEST(ShownName, IsNotOnThePageOfWhoeverMustSeeTheDesk) {
    for (const auto outcome : {Outcome::Queued, Outcome::SeeTheDesk}) {
        Kiosk kiosk;
        kiosk.reach_submitting();
        kiosk.sign_and_commit();
        kiosk.send(event::Answered{Kiosk::request(), outcome, 22, ShownName{"山○ 太○"}});
        const auto page = std::get<page::Accepted>(kiosk.view().page);
        EXPECT_EQ(page.name.view(), "");
        EXPECT_EQ(page.number, 22);
    }
}

}  // namespace
}  // namespace uketsuke::core::test
