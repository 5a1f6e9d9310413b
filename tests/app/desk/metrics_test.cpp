#include "app/desk/metrics.h"

#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::desk {
namespace {

using Kind = core::Intent::Kind;

class MetricsTest : public ::testing::Test {
  protected:
    MetricsTest() {
        m_kiosk.observer = [this](const core::Passed& passed) { m_metrics.passed(passed); };
    }
    bool says(const std::string& line) const { return m_metrics.text({}).find(line + "\n") != std::string::npos; }

    Metrics m_metrics;
    core::test::Kiosk m_kiosk;
};

TEST_F(MetricsTest, EachStepOfAReceptionIsTheTimeOfWhoeverTookIt) {
    m_kiosk.place();
    m_kiosk.advance(core::Millis{200});
    m_kiosk.recognise(false);
    m_kiosk.advance(core::Millis{800});
    m_kiosk.send(core::event::CardRead{m_kiosk.id(), core::test::Kiosk::good_card()});
    m_kiosk.tap(Kind::ChoosePin);
    m_kiosk.shuffle();
    m_kiosk.advance(core::Millis{4'000});
    m_kiosk.type("1234");
    m_kiosk.advance(core::Millis{300});
    m_kiosk.answer_pin(core::PinOutcome::Right, 3);
    m_kiosk.agree_to_all_items();
    m_kiosk.tap(Kind::Provide);
    m_kiosk.tap(Kind::Confirm);
    m_kiosk.advance(core::Millis{60});
    m_kiosk.send(core::event::Signed{m_kiosk.id(), core::test::Kiosk::request()});
    m_kiosk.advance(core::Millis{20});
    m_kiosk.send(core::event::Committed{m_kiosk.id(), core::test::Kiosk::request()});
    m_kiosk.advance(core::Millis{1'500});
    m_kiosk.send(core::event::Answered{core::test::Kiosk::request(), core::Outcome::Confirmed, 0, {}});

    EXPECT_TRUE(says("uketsuke_step_seconds_sum{whose=\"card\",step=\"recognise\"} 0.2"));
    EXPECT_TRUE(says("uketsuke_step_seconds_sum{whose=\"card\",step=\"read\"} 0.8"));
    EXPECT_TRUE(says("uketsuke_step_seconds_sum{whose=\"card\",step=\"pin\"} 0.3"));
    EXPECT_TRUE(says("uketsuke_step_seconds_sum{whose=\"card\",step=\"sign\"} 0.06"));
    EXPECT_TRUE(says("uketsuke_step_seconds_sum{whose=\"kiosk\",step=\"commit\"} 0.02"));
    EXPECT_TRUE(says("uketsuke_step_seconds_sum{whose=\"service\",step=\"answer-wait\"} 1.5"));
    EXPECT_TRUE(says("uketsuke_step_seconds_sum{whose=\"person\",step=\"pin\"} 4.3"));
    EXPECT_TRUE(says("uketsuke_step_seconds_bucket{whose=\"card\",step=\"pin\",le=\"0.25\"} 0"));
    EXPECT_TRUE(says("uketsuke_step_seconds_bucket{whose=\"card\",step=\"pin\",le=\"0.5\"} 1"));
    EXPECT_TRUE(says("uketsuke_step_seconds_bucket{whose=\"card\",step=\"pin\",le=\"+Inf\"} 1"));
    EXPECT_TRUE(says("uketsuke_receptions_total{method=\"pin\",outcome=\"confirmed\"} 1"));
}

TEST_F(MetricsTest, WhatACutOffVisitBeganIsNotMeasured) {
    m_kiosk.place();
    m_kiosk.read();
    m_kiosk.tap(Kind::ChoosePin);
    m_kiosk.shuffle();
    m_kiosk.type("1234");
    m_kiosk.remove();
    m_kiosk.advance(core::Millis{60'000});
    m_kiosk.place();
    m_kiosk.read();
    EXPECT_EQ(m_metrics.text({}).find("whose=\"card\",step=\"pin\""), std::string::npos);
}

TEST_F(MetricsTest, AnAnswerOfTheQueueIsNobodysWait) {
    m_kiosk.reach_accepted();
    m_kiosk.send(core::event::Answered{
        core::RequestId{"11111111-2222-4333-8444-555555555555"}, core::Outcome::Confirmed, 0, {}});
    EXPECT_TRUE(says("uketsuke_step_seconds_count{whose=\"service\",step=\"answer-wait\"} 1"));
}

TEST_F(MetricsTest, GaugesStandAtTheEnd) {
    const std::string text = m_metrics.text({{"uketsuke_reader_up", "1: it works", 1}});
    EXPECT_NE(text.find("# TYPE uketsuke_reader_up gauge\nuketsuke_reader_up 1\n"), std::string::npos);
}

}  // namespace
}  // namespace uketsuke::desk
