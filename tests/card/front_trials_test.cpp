// A small part of what front_accuracy measures, so that a change for the worse is noticed.
#include <gtest/gtest.h>

#include "card/front/camera_front.h"
#include "tests/card/front_trials.h"

namespace uketsuke::card {
namespace {

TEST(FrontTrials, EveryCleanCardIsReadAndNoNumberIsWrong) {
    const auto reader = NumberReader::open();
    ASSERT_TRUE(reader) << describe(reader.error());
    const auto counts = testing::try_cards(**reader, testing::conditions().front(), 8, k_least_front_confidence, 41);
    EXPECT_EQ(counts.right, counts.cards);
    EXPECT_EQ(counts.wrong, 0);
}

TEST(FrontTrials, TheExpiryYearIsNotTakenForTheSecurityCode) {
    const auto reader = NumberReader::open();
    ASSERT_TRUE(reader) << describe(reader.error());
    // Among these lies a card whose 「年」 hangs on a scratch, so that its expiry year stands alone.
    const auto& noise = testing::conditions().at(7);
    const auto counts = testing::try_cards(**reader, noise, 16, k_least_front_confidence, 7007);
    EXPECT_EQ(counts.wrong + counts.wrong_but_unsure, 0);
}

TEST(FrontTrials, WornBlurredAndGlaringCardsNeverGiveAWrongNumber) {
    const auto reader = NumberReader::open();
    ASSERT_TRUE(reader) << describe(reader.error());
    std::uint32_t seed = 60;
    for (const auto& condition : testing::conditions()) {
        const auto counts = testing::try_cards(**reader, condition, 1, k_least_front_confidence, seed++);
        EXPECT_EQ(counts.wrong, 0) << condition.name;
    }
}

}  // namespace
}  // namespace uketsuke::card
