#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

std::uint8_t of(Preference preference) {
    return static_cast<std::uint8_t>(preference);
}

TEST(Choice, OfEveryPreferenceIsMadeAndTakenBackWithOneTouchEach) {
    Kiosk kiosk;
    for (std::uint8_t value = 0; value < k_preferences; ++value) {
        const auto preference = static_cast<Preference>(value);
        kiosk.tap(Kind::ChangePreference, value);
        EXPECT_TRUE(kiosk.view().prefers(preference)) << name_of(preference);
        kiosk.tap(Kind::ChangePreference, value);
        EXPECT_FALSE(kiosk.view().prefers(preference)) << name_of(preference);
    }
    kiosk.tap(Kind::ChangePreference, 200);
    EXPECT_EQ(kiosk.view().preferences, Preferences{});
}

TEST(Choice, OfTheVolumeGoesFromTheLoudestToTheQuietest) {
    Kiosk kiosk;
    std::vector<int> volumes;
    for (int i = 0; i < 4; ++i) {
        volumes.push_back(kiosk.view().volume);
        kiosk.tap(Kind::ChangeVolume);
    }
    EXPECT_EQ(volumes, (std::vector<int>{2, 3, 4, 1}));
    EXPECT_EQ(kiosk.view().volume, 2);
}

TEST(Choice, StartsAsTheClinicWantsItAndANonsenseVolumeIsBroughtIntoRange) {
    Policy policy = Kiosk::demo_policy();
    policy.default_preferences[of(Preference::LargeType)] = true;
    policy.default_volume = 99;
    Kiosk kiosk(policy);
    EXPECT_TRUE(kiosk.view().prefers(Preference::LargeType));
    EXPECT_EQ(kiosk.view().volume, k_loudest);
    kiosk.tap(Kind::ChangePreference, of(Preference::LargeType));
    kiosk.place();
    kiosk.tap(Kind::Stop);
    kiosk.remove();
    EXPECT_TRUE(kiosk.view().prefers(Preference::LargeType));
}

TEST(Choice, GoesBackAtOnceAfterAReceptionThatEnded) {
    for (const bool accepted : {true, false}) {
        Kiosk kiosk;
        kiosk.tap(Kind::ChangePreference, of(Preference::LowControls));
        kiosk.tap(Kind::ChangeLanguage, 3);
        kiosk.tap(Kind::ChangeVolume);
        if (accepted) {
            kiosk.reach_accepted();
        } else {
            kiosk.place();
            kiosk.read();
            kiosk.advance(Kiosk::demo_policy().screen_timeout);
        }
        EXPECT_TRUE(kiosk.view().prefers(Preference::LowControls)) << "until the card is taken";
        kiosk.remove();
        ASSERT_EQ(kiosk.screen(), Screen::Idle);
        EXPECT_FALSE(kiosk.view().prefers(Preference::LowControls));
        EXPECT_EQ(kiosk.view().language, Language::Japanese);
        EXPECT_EQ(kiosk.view().volume, 2);
    }
}

TEST(Choice, StaysAfterCardTroubleUntilTheIdleScreenWasLeftUntouched) {
    Kiosk kiosk;
    kiosk.tap(Kind::ChangeLanguage, 3);
    kiosk.place();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Moved});
    kiosk.remove();
    kiosk.advance(Kiosk::demo_policy().notice_shown);
    ASSERT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_EQ(kiosk.view().language, Language::English);
    kiosk.advance(Kiosk::demo_policy().screen_timeout - Millis{1});
    EXPECT_FALSE(kiosk.view().seconds_left) << "nobody is hurried where nothing is asked";
    kiosk.send(event::Touched{});
    kiosk.advance(Kiosk::demo_policy().screen_timeout - Millis{1});
    EXPECT_EQ(kiosk.view().language, Language::English) << "a touch says that somebody is still there";
    kiosk.advance(Millis{1});
    EXPECT_EQ(kiosk.view().language, Language::Japanese);
    EXPECT_FALSE(next_deadline(kiosk.state()));
}

TEST(Choice, StaysForTheSamePersonWhoseCardWasTakenTooEarly) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ChangePreference, of(Preference::LargeType));
    kiosk.remove();
    ASSERT_EQ(kiosk.screen(), Screen::CardTaken);
    kiosk.place();
    kiosk.read();
    EXPECT_TRUE(kiosk.view().prefers(Preference::LargeType));
    kiosk.tap(Kind::Stop);
    kiosk.remove();
    EXPECT_FALSE(kiosk.view().prefers(Preference::LargeType));
}

TEST(Choice, IsNotHandedToAPatientWhoseCardComesBeforeTheScreenIsAtRest) {
    Kiosk kiosk;
    kiosk.tap(Kind::ChangeLanguage, 3);
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    const SessionId first = kiosk.id();
    kiosk.remove();
    kiosk.place();
    kiosk.send(event::Committed{first, Kiosk::request()});
    ASSERT_EQ(kiosk.screen(), Screen::ReadingCard);
    EXPECT_EQ(kiosk.view().language, Language::Japanese);
}

TEST(Choice, MadeAtRestIsTakenBackWhenNobodyLaysACard) {
    Kiosk kiosk;
    kiosk.tap(Kind::ChangePreference, of(Preference::HighContrast));
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_FALSE(kiosk.view().prefers(Preference::HighContrast));
}

TEST(Headphones, TurnTheVoiceOnForThemselvesAndOffWhenTheyGo) {
    Kiosk kiosk;
    kiosk.send(event::HeadphonesChanged{true});
    EXPECT_TRUE(kiosk.view().private_voice);
    EXPECT_TRUE(kiosk.view().prefers(Preference::Voice));
    kiosk.send(event::HeadphonesChanged{false});
    EXPECT_FALSE(kiosk.view().private_voice);
    EXPECT_FALSE(kiosk.view().prefers(Preference::Voice));
}

TEST(Headphones, LeaveAVoiceOnThatThePatientHadTurnedOn) {
    Kiosk kiosk;
    kiosk.tap(Kind::ChangePreference, of(Preference::Voice));
    kiosk.send(event::HeadphonesChanged{true});
    kiosk.send(event::HeadphonesChanged{false});
    EXPECT_TRUE(kiosk.view().prefers(Preference::Voice));
}

TEST(Headphones, ThatStayInKeepTheVoiceForWhoeverComesNext) {
    Kiosk kiosk;
    kiosk.send(event::HeadphonesChanged{true});
    kiosk.advance(Kiosk::demo_policy().screen_timeout * 2);
    EXPECT_TRUE(kiosk.view().prefers(Preference::Voice)) << "somebody who waits with headphones on is not left alone";
    kiosk.reach_accepted();
    kiosk.remove();
    EXPECT_TRUE(kiosk.view().prefers(Preference::Voice));
    kiosk.send(event::HeadphonesChanged{false});
    EXPECT_FALSE(kiosk.view().prefers(Preference::Voice));
}

}  // namespace
}  // namespace uketsuke::core::test
