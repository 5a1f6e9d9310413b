#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

struct Sheets : ::testing::Test {
    void open_consent() {
        kiosk.place();
        kiosk.read();
        kiosk.identify_by_pin();
    }
    Kiosk kiosk;
};

TEST_F(Sheets, OfLanguagesOpenOnEveryScreenButSubmitting) {
    kiosk.tap(Kind::ShowLanguages);
    EXPECT_EQ(kiosk.view().sheet, Sheet::Languages);
    kiosk.reach_submitting();
    kiosk.tap(Kind::ShowLanguages);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
    kiosk.sign_and_commit();
    kiosk.send(event::Answered{Kiosk::request(), Outcome::Confirmed});
    kiosk.tap(Kind::ShowLanguages);
    EXPECT_EQ(kiosk.view().sheet, Sheet::Languages);
}

TEST_F(Sheets, OfLanguagesCloseWithTheChoice) {
    open_consent();
    kiosk.tap(Kind::ShowLanguages);
    kiosk.tap(Kind::ChangeLanguage, 3);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_EQ(kiosk.view().language, Language::English);
}

TEST_F(Sheets, ArePutAwayByBackBeforeThePageGoesBack) {
    open_consent();
    kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::ShowDetail);
    EXPECT_EQ(kiosk.view().sheet, Sheet::ConsentDetail);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
    EXPECT_EQ(std::get<page::Consent>(kiosk.view().page).item, ConsentItem::HealthCheckup);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(std::get<page::Consent>(kiosk.view().page).item, ConsentItem::Operation);
}

TEST_F(Sheets, OfDetailBelongToConsentAlone) {
    kiosk.tap(Kind::ShowDetail);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
    open_consent();
    kiosk.tap(Kind::ShowDetail);
    kiosk.tap(Kind::CloseSheet);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
}

TEST_F(Sheets, LetNothingThroughThatWasMeantForThePage) {
    open_consent();
    kiosk.tap(Kind::ShowDetail);
    kiosk.tap(Kind::AgreeAll);
    kiosk.tap(Kind::Agree);
    EXPECT_TRUE(std::get<page::Consent>(kiosk.view().page).overview);
    EXPECT_EQ(kiosk.view().sheet, Sheet::ConsentDetail);
    kiosk.tap(Kind::ChangePreference, 0);
    EXPECT_TRUE(kiosk.view().prefers(Preference::LargeType)) << "what helps to read it does";
}

TEST_F(Sheets, LetStopAndStaffThrough) {
    open_consent();
    kiosk.tap(Kind::ShowDetail);
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
    kiosk.tap(Kind::ShowLanguages);
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
}

TEST_F(Sheets, DoNotStopThePagesTime) {
    open_consent();
    kiosk.tap(Kind::ShowDetail);
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
}

TEST_F(Sheets, LeftOpenAtRestAreClosed) {
    kiosk.tap(Kind::ShowLanguages);
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
}

TEST(SheetsOverPagesThatStay, GiveThePageBackByThemselves) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Intent::Kind::Stop);
    ASSERT_EQ(kiosk.screen(), Screen::TakeCard);
    kiosk.tap(Intent::Kind::ShowLanguages);
    ASSERT_EQ(kiosk.view().sheet, Sheet::Languages);
    kiosk.advance(kiosk.state().policy.screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None) << "the next person must read what to do";
}

}  // namespace
}  // namespace uketsuke::core::test
