#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "vision/accuracy.h"
#include "vision/verdict.h"

namespace uketsuke::vision {
namespace {

OperatingPoint point(double threshold, double far = 1e-3, double frr = 0.5, const std::string& model = "densenet-v1") {
    OperatingPoint p;
    p.name = model + " " + std::to_string(far);
    p.model = model;
    p.threshold = threshold;
    p.far = far;
    p.frr = frr;
    return p;
}

TEST(Verifier, AcceptsAsSoonAsAMajorityLiesWithinTheThreshold) {
    Verifier verifier(point(0.4), 5);
    EXPECT_EQ(verifier.observe(0.1, Guidance::Ok).verdict, Verdict::Undecided);
    EXPECT_EQ(verifier.observe(0.9, Guidance::Ok).verdict, Verdict::Undecided);
    EXPECT_EQ(verifier.observe(0.4, Guidance::Ok).verdict, Verdict::Undecided);
    const auto progress = verifier.observe(0.2, Guidance::Ok);
    EXPECT_EQ(progress.verdict, Verdict::Match);
    EXPECT_EQ(progress.frames, 4);
}

TEST(Verifier, RefusesAStrangerAfterAMajorityAndStaysWithIt) {
    Verifier verifier(point(0.4), 5);
    verifier.observe(0.5, Guidance::Ok);
    verifier.observe(0.6, Guidance::Ok);
    EXPECT_EQ(verifier.observe(0.41, Guidance::Ok).verdict, Verdict::NoMatch);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(verifier.observe(0.0, Guidance::Ok).verdict, Verdict::NoMatch);
    verifier.reset();
    EXPECT_EQ(verifier.progress().verdict, Verdict::Undecided);
    EXPECT_FALSE(verifier.median());
}

TEST(Verifier, AStrangersDistancesAreRefusedInEveryOrder) {
    std::mt19937 chance(7);
    for (int round = 0; round < 2000; ++round) {
        // A stranger may get lucky in two frames of five, never in the median.
        std::vector<double> distances{0.05, 0.3, 0.45, 0.6, 0.9};
        std::shuffle(distances.begin(), distances.end(), chance);
        Verifier verifier(point(0.4), 5);
        Verdict last = Verdict::Undecided;
        for (const double d : distances) last = verifier.observe(d, Guidance::Ok).verdict;
        ASSERT_EQ(last, Verdict::NoMatch);
    }
}

TEST(Verifier, TheEarlyDecisionIsTheMediansDecision) {
    std::mt19937 chance(8);
    std::uniform_real_distribution<double> any(0.0, 0.8);
    for (int round = 0; round < 5000; ++round) {
        std::vector<double> distances(7);
        for (double& d : distances) d = any(chance);
        Verifier verifier(point(0.4), 7);
        Verdict last = Verdict::Undecided;
        for (const double d : distances) last = verifier.observe(d, Guidance::Ok).verdict;
        std::sort(distances.begin(), distances.end());
        ASSERT_EQ(last, distances[3] <= 0.4 ? Verdict::Match : Verdict::NoMatch);
    }
}

TEST(Verifier, PoorFramesDoNotCount) {
    Verifier verifier(point(0.4), 3);
    const double infinity = std::numeric_limits<double>::infinity();
    for (const auto guidance : {Guidance::NoFace, Guidance::SeveralFaces, Guidance::Turned, Guidance::Blurred}) {
        const auto progress = verifier.observe(0.01, guidance);
        EXPECT_EQ(progress.frames, 0);
        EXPECT_EQ(progress.guidance, guidance);
    }
    EXPECT_EQ(verifier.observe(std::nullopt, Guidance::Ok).frames, 0);
    EXPECT_EQ(verifier.observe(infinity, Guidance::Ok).frames, 0);
    EXPECT_EQ(verifier.observe(std::numeric_limits<double>::quiet_NaN(), Guidance::Ok).frames, 0);
    EXPECT_EQ(verifier.observe(-1.0, Guidance::Ok).frames, 0);
    EXPECT_EQ(verifier.progress().verdict, Verdict::Undecided);
}

TEST(Verifier, AnEvenNumberOfFramesBecomesOdd) {
    EXPECT_EQ(Verifier(point(0.4), 4).progress().frames_needed, 5);
    EXPECT_EQ(Verifier(point(0.4), 0).progress().frames_needed, 1);
    EXPECT_EQ(Verifier(point(0.4), -3).progress().frames_needed, 1);
}

TEST(OperatingPoints, TheOneWithTheFewestFalseRejectsThatKeepsTheRateIsChosen) {
    const std::vector<OperatingPoint> points{point(0.45, 1e-2, 0.3), point(0.34, 1e-3, 0.6), point(0.30, 1e-4, 0.8)};
    EXPECT_DOUBLE_EQ(choose(points, "densenet-v1", 1e-2, false)->threshold, 0.45);
    EXPECT_DOUBLE_EQ(choose(points, "densenet-v1", 5e-3, false)->threshold, 0.34);
    EXPECT_DOUBLE_EQ(choose(points, "densenet-v1", 1e-4, false)->threshold, 0.30);
}

TEST(OperatingPoints, ARateThatNoneKeepsIsAnErrorThatNamesTheStrictest) {
    const auto chosen = choose({point(0.34, 1e-3)}, "densenet-v1", 1e-5, false);
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().fault, Fault::NoPoint);
    EXPECT_NE(chosen.error().where.find("0.001"), std::string::npos) << chosen.error().where;
}

TEST(OperatingPoints, ADrawnPersonsPointNeverJudgesARealOneNorTheOtherWay) {
    OperatingPoint demo = point(0.9, 1e-2);
    demo.demo = true;
    EXPECT_FALSE(choose({demo}, "densenet-v1", 1.0, false));
    EXPECT_TRUE(choose({demo}, "densenet-v1", 1.0, true));
    EXPECT_FALSE(choose({point(0.4)}, "densenet-v1", 1.0, true));
}

TEST(OperatingPoints, APointThatRefusesMostOwnersIsNotUseful) {
    EXPECT_TRUE(useful(point(0.4, 1e-3, 0.3)));
    EXPECT_FALSE(useful(point(0.4, 1e-3, 0.9)));
    EXPECT_TRUE(useful(point(0.4, 1e-3, 0.9), 0.95));
}

TEST(OperatingPoints, AnotherModelsPointIsNotUsed) {
    EXPECT_FALSE(choose({point(0.4, 1e-3, 0.5, "resnet-v1")}, "densenet-v1", 1e-2, false));
    EXPECT_EQ(models_with_points({point(0.4, 1e-3, 0.5, "resnet-v1"), point(0.3)}, false),
              (std::vector<std::string>{"densenet-v1", "resnet-v1"}));
}

constexpr const char* good_table = R"([[point]]
name = "a"
model = "densenet-v1"
threshold = 0.3
far = 0.001
frr = 0.5
far_high = 0.002
worst_group = "group"
data = "data"
measured_on = "2026-11"
)";

TEST(OperatingPoints, ReadsATable) {
    const auto points = parse_operating_points(good_table, "t.toml");
    ASSERT_TRUE(points) << points.error().where;
    EXPECT_EQ(points->size(), 1U);
    EXPECT_DOUBLE_EQ(points->front().threshold, 0.3);
    EXPECT_FALSE(points->front().demo);
}

TEST(OperatingPoints, AMistakeInTheTableIsNamedWithFileAndKey) {
    const std::string good = good_table;
    const auto error_of = [](const std::string& text) {
        const auto points = parse_operating_points(text, "t.toml");
        return points ? std::string("none") : points.error().where;
    };
    EXPECT_NE(error_of(good + "colour = 3\n").find("colour"), std::string::npos);
    EXPECT_NE(error_of("[[point]]\nname = \"a\"\n").find("model"), std::string::npos);
    EXPECT_NE(error_of(good + good).find("twice"), std::string::npos);
    EXPECT_NE(error_of("[[point]\n").find("t.toml:1"), std::string::npos);
    EXPECT_NE(error_of("").find("no [[point]]"), std::string::npos);
    std::string far = good;
    far.replace(far.find("0.001"), 5, "1.500");
    EXPECT_NE(error_of(far).find("rate"), std::string::npos);
    std::string threshold = good;
    threshold.replace(threshold.find("0.3"), 3, "0.0");
    EXPECT_NE(error_of(threshold).find("threshold"), std::string::npos);
}

TEST(OperatingPoints, TheShippedTableReads) {
    const auto points =
        load_operating_points(std::string(UKETSUKE_SOURCE_DIR) + "/assets/models/operating-points.toml");
    ASSERT_TRUE(points) << points.error().where;
    EXPECT_TRUE(choose(*points, "densenet-v1", 1e-3, false));
    EXPECT_TRUE(choose(*points, "densenet-v1", 1e-2, true));
}

TEST(Accuracy, ThresholdKeepsTheRateExactly) {
    std::vector<ScoredPair> pairs;
    for (int i = 1; i <= 1000; ++i) pairs.push_back({i / 1000.0, false});
    for (int i = 1; i <= 100; ++i) pairs.push_back({i / 1000.0, true});
    const Accuracy accuracy(pairs);
    for (const double far : {0.1, 0.01, 0.001}) {
        const double threshold = accuracy.threshold_at(far);
        EXPECT_EQ(accuracy.accepted_strangers(threshold).hits, static_cast<std::size_t>(std::lround(far * 1000)));
    }
    // Too few strangers for the rate: none may pass.
    EXPECT_EQ(accuracy.accepted_strangers(accuracy.threshold_at(1e-4)).hits, 0U);
}

TEST(Accuracy, AFaceThatWasNotFoundIsNeverAccepted) {
    const double never = std::numeric_limits<double>::infinity();
    const Accuracy accuracy({{never, true}, {0.1, true}, {never, false}, {0.5, false}});
    EXPECT_DOUBLE_EQ(accuracy.accepted_same(0.4).value(), 0.5);
    EXPECT_EQ(accuracy.accepted_same(100).hits, 1U);
}

TEST(Accuracy, EqualErrorRateOfSeparateAndOfMixedPairs) {
    std::vector<ScoredPair> apart;
    std::vector<ScoredPair> mixed;
    for (int i = 0; i < 100; ++i) {
        apart.push_back({0.1 + i * 0.001, true});
        apart.push_back({0.5 + i * 0.001, false});
        mixed.push_back({i * 0.01, i % 2 == 0});
    }
    EXPECT_DOUBLE_EQ(Accuracy(apart).equal_error_rate(), 0.0);
    EXPECT_NEAR(Accuracy(mixed).equal_error_rate(), 0.5, 0.02);
}

TEST(Accuracy, WilsonIntervalOfNoneInFortyFive) {
    const auto interval = interval_of({0, 45});
    EXPECT_DOUBLE_EQ(interval.low, 0.0);
    EXPECT_NEAR(interval.high, 0.0787, 0.001);
    EXPECT_DOUBLE_EQ(interval_of({}).high, 1.0);
}

}  // namespace
}  // namespace uketsuke::vision
