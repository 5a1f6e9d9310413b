#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/declaration/dates.h"
#include "app/declaration/pen_curve.h"

namespace uketsuke::declaration {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(DaysOnTheForm, StandInTheirEraAndInTheGregorianYear) {
    EXPECT_EQ(day_in_words("19500401"), "昭和25年4月1日（1950年）");
    EXPECT_EQ(day_in_words("19890107"), "昭和64年1月7日（1989年）");
    EXPECT_EQ(day_in_words("19890108"), "平成元年1月8日（1989年）");
    EXPECT_EQ(day_in_words("20190430"), "平成31年4月30日（2019年）");
    EXPECT_EQ(day_in_words("20190501"), "令和元年5月1日（2019年）");
    EXPECT_EQ(day_in_words("19261224"), "大正15年12月24日（1926年）");
    EXPECT_EQ(day_in_words("18000101"), "1800年1月1日");
}

TEST(DaysOnTheForm, AreEmptyWhenTheyAreNone) {
    for (const char* none : {"", "1950", "19500231", "19501301", "1950040a", "195004011"}) {
        EXPECT_EQ(day_in_words(none), "") << none;
    }
}

TEST(PenCurve, LeavesOutTheTremblingAndEndsWhereTheFingerWasLifted) {
    const Curve curve = curve_of({{1000, 1000}, {1010, 1000}, {1000, 1020}, {5000, 4000}, {5010, 4010}}, 3);
    ASSERT_THAT(curve.pieces, SizeIs(1));
    EXPECT_DOUBLE_EQ(curve.begin.x, 0.1);
    EXPECT_DOUBLE_EQ(curve.begin.y, 0.1 / 3);
    EXPECT_DOUBLE_EQ(curve.pieces.back().end.x, 0.501);
    EXPECT_DOUBLE_EQ(curve.pieces.back().end.y, 0.401 / 3);
}

TEST(PenCurve, OfOneTouchIsADot) {
    EXPECT_THAT(curve_of({{9000, 3000}, {9001, 3000}}, 3).pieces, IsEmpty());
}

TEST(PenCurve, OfPointsOnALineIsThatLine) {
    const Curve curve = curve_of({{1000, 3000}, {3000, 3000}, {5000, 3000}, {7000, 3000}}, 3);
    ASSERT_THAT(curve.pieces, SizeIs(3));
    for (const Piece& piece : curve.pieces) {
        EXPECT_DOUBLE_EQ(piece.leave.y, 0.1);
        EXPECT_DOUBLE_EQ(piece.arrive.y, 0.1);
        EXPECT_LT(piece.leave.x, piece.arrive.x);
    }
}

}  // namespace
}  // namespace uketsuke::declaration
