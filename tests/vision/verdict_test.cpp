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

OperatingPoint with_certain(double threshold, double certain) {
    OperatingPoint p = point(threshold);
    p.certain = certain;
    return p;
}

TEST(Verifier, AClearOwnerIsDoneAfterTwoFrames) {
    Verifier verifier(with_certain(0.4, 0.2), 5);
    EXPECT_EQ(verifier.observe(0.1, Guidance::Ok).verdict, Verdict::Undecided);
    EXPECT_EQ(verifier.observe(0.05, Guidance::Turned).verdict, Verdict::Undecided);
    const auto progress = verifier.observe(0.2, Guidance::Ok);
    EXPECT_EQ(progress.verdict, Verdict::Match);
    EXPECT_EQ(progress.frames, 2);
}

TEST(Verifier, CertainFramesThatAreNotTheFirstTwoWaitForTheMajority) {
    for (const auto& [first, second] : {std::pair{0.1, 0.21}, {0.21, 0.1}, {0.5, 0.1}, {0.1, 0.5}}) {
        Verifier verifier(with_certain(0.4, 0.2), 7);
        verifier.observe(first, Guidance::Ok);
        EXPECT_EQ(verifier.observe(second, Guidance::Ok).verdict, Verdict::Undecided);
        EXPECT_EQ(verifier.observe(0.1, Guidance::Ok).verdict, Verdict::Undecided);
    }
    Verifier unmeasured(point(0.4), 5);
    unmeasured.observe(0.0001, Guidance::Ok);
    EXPECT_EQ(unmeasured.observe(0.0001, Guidance::Ok).verdict, Verdict::Undecided);
}

TEST(Verifier, BeyondTheFirstTwoFramesTheOrderNeverMatters) {
    std::mt19937 chance(9);
    std::uniform_real_distribution<double> any(0.0, 0.8);
    for (int round = 0; round < 3000; ++round) {
        std::vector<double> distances(5);
        for (double& d : distances) d = any(chance);
        const auto verdict_of = [](const std::vector<double>& all) {
            Verifier verifier(with_certain(0.4, 0.2), 5);
            Verdict last = Verdict::Undecided;
            for (const double d : all) last = verifier.observe(d, Guidance::Ok).verdict;
            return last;
        };
        auto shuffled = distances;
        std::shuffle(shuffled.begin() + 2, shuffled.end(), chance);
        std::swap(shuffled[0], shuffled[1]);
        ASSERT_EQ(verdict_of(distances), verdict_of(shuffled));
        // The early Match is the one thing that the median may see otherwise.
        auto sorted = distances;
        std::sort(sorted.begin(), sorted.end());
        const bool certain = distances[0] <= 0.2 && distances[1] <= 0.2;
        ASSERT_EQ(verdict_of(distances), certain || sorted[2] <= 0.4 ? Verdict::Match : Verdict::NoMatch);
    }
}

TEST(Verifier, AStrangersChanceStaysBelowTheBoundThatTheHeaderNames) {
    // Frames of one stranger that have as little or as much to do with each other as `alike` says.
    std::mt19937 chance(10);
    std::uniform_real_distribution<double> any(0.0, 1.0);
    constexpr double far = 0.02;  // distances are uniform: the threshold is the rate
    for (const double alike : {0.0, 0.5, 0.9, 1.0}) {
        int accepted = 0;
        constexpr int strangers = 40000;
        for (int i = 0; i < strangers; ++i) {
            Verifier verifier(with_certain(far, far / 10), 5);
            const double shared = any(chance);
            for (int frame = 0; frame < 5; ++frame)
                verifier.observe(any(chance) < alike ? shared : any(chance), Guidance::Ok);
            accepted += verifier.progress().verdict == Verdict::Match ? 1 : 0;
        }
        EXPECT_LT(accepted / static_cast<double>(strangers), 2.1 * far) << alike;
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

const std::vector<std::string> densenet{"densenet-v1"};

TEST(OperatingPoints, TheOneWithTheFewestFalseRejectsThatKeepsTheRateIsChosen) {
    const std::vector<OperatingPoint> points{point(0.45, 1e-2, 0.3), point(0.34, 1e-3, 0.6), point(0.30, 1e-4, 0.8)};
    EXPECT_DOUBLE_EQ(choose(points, densenet, 1e-2, Use::Patients)->threshold, 0.45);
    EXPECT_DOUBLE_EQ(choose(points, densenet, 5e-3, Use::Patients)->threshold, 0.34);
    EXPECT_DOUBLE_EQ(choose(points, densenet, 1e-4, Use::Patients)->threshold, 0.30);
}

TEST(OperatingPoints, TheBetterEvidenceAtHandWinsByItsMeasuredRates) {
    const std::vector<OperatingPoint> points{point(0.34, 1e-3, 0.6), point(0.9, 1e-3, 0.05, "densenet-v1+sface"),
                                             point(1.0, 1e-3, 0.1, "sface"), point(0.5, 1e-2, 0.01, "taguchi")};
    const auto chosen = [&](const std::vector<std::string>& at_hand) {
        return choose(points, at_hand, 1e-3, Use::Patients)->model;
    };
    EXPECT_EQ(chosen({"densenet-v1", "sface", "densenet-v1+sface"}), "densenet-v1+sface");
    EXPECT_EQ(chosen({"densenet-v1", "sface"}), "sface");
    EXPECT_EQ(chosen({"densenet-v1", "taguchi", "taguchi+densenet-v1"}), "densenet-v1");
    EXPECT_FALSE(choose(points, {}, 1e-3, Use::Patients));
}

TEST(OperatingPoints, OfEqualRatesTheFewerNetworksAreTaken) {
    OperatingPoint two = point(0.9, 1e-3, 0.3, "densenet-v1+sface");
    two.weights = {1, 1};
    const std::vector<OperatingPoint> points{two, point(1.0, 1e-3, 0.3, "sface")};
    EXPECT_EQ(choose(points, {"sface", "densenet-v1+sface"}, 1e-3, Use::Patients)->model, "sface");
}

TEST(OperatingPoints, ARateThatNoneKeepsIsAnErrorThatNamesTheStrictest) {
    const auto chosen = choose({point(0.34, 1e-3)}, densenet, 1e-5, Use::Patients);
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().fault, Fault::NoPoint);
    EXPECT_NE(chosen.error().where.find("0.001"), std::string::npos) << chosen.error().where;
}

TEST(OperatingPoints, APointJudgesNobodyButThoseItWasMeasuredFor) {
    for (const Use use : {Use::Patients, Use::SecondSign, Use::Demo, Use::Evaluation}) {
        OperatingPoint measured = point(0.4, 1e-2);
        measured.use = use;
        for (const Use asked : {Use::Patients, Use::SecondSign, Use::Demo, Use::Evaluation})
            EXPECT_EQ(choose({measured}, densenet, 1.0, asked).has_value(), asked == use)
                << to_string(use) << " asked as " << to_string(asked);
    }
}

TEST(OperatingPoints, APointThatRefusesMostOwnersIsNotUseful) {
    EXPECT_TRUE(useful(point(0.4, 1e-3, 0.3)));
    EXPECT_FALSE(useful(point(0.4, 1e-3, 0.9)));
    EXPECT_TRUE(useful(point(0.4, 1e-3, 0.9), 0.95));
}

constexpr const char* good_table = R"([[point]]
name = "a"
model = "densenet-v1+sface"
weights = [1.5, 2]
threshold = 0.3
certain = 0.2
far = 0.001
far_high = 0.002
frr = 0.5
frr_high = 0.6
worst_group = "group"
data = "data"
measured_on = "2026-11"
use = "patients"
)";

TEST(OperatingPoints, ReadsATable) {
    const auto points = parse_operating_points(good_table, "t.toml");
    ASSERT_TRUE(points) << points.error().where;
    ASSERT_EQ(points->size(), 1U);
    const OperatingPoint& read = points->front();
    EXPECT_EQ(read.weights, (std::vector<double>{1.5, 2}));
    EXPECT_DOUBLE_EQ(read.threshold, 0.3);
    EXPECT_DOUBLE_EQ(read.certain, 0.2);
    EXPECT_DOUBLE_EQ(read.frr_high, 0.6);
    EXPECT_EQ(read.use, Use::Patients);
}

TEST(OperatingPoints, AMistakeInTheTableIsNamedWithFileAndKey) {
    const std::string good = good_table;
    const auto error_of = [](const std::string& text) {
        const auto points = parse_operating_points(text, "t.toml");
        return points ? std::string("none") : points.error().where;
    };
    const auto with = [&](const std::string& old, const std::string& changed) {
        std::string text = good;
        text.replace(text.find(old), old.size(), changed);
        return error_of(text);
    };
    const auto says = [](const std::string& text, const char* what) {
        EXPECT_NE(text.find(what), std::string::npos) << text;
    };
    says(error_of(good + "colour = 3\n"), "colour");
    says(error_of("[[point]]\nname = \"a\"\n"), "model");
    says(error_of(good + good), "twice");
    says(error_of("[[point]\n"), "t.toml:1");
    says(error_of(""), "no [[point]]");
    says(with("far = 0.001", "far = 1.5"), "rate");
    says(with("frr_high = 0.6", "frr_high = -1"), "rate");
    says(with("threshold = 0.3", "threshold = 0.0"), "threshold");
    says(with("threshold = 0.3", "threshold = inf"), "threshold");
    says(with("certain = 0.2", "certain = 0.31"), "certain");
    says(with("certain = 0.2", "certain = -0.1"), "certain");
    says(with("[1.5, 2]", "[1.5]"), "weights");
    says(with("[1.5, 2]", "[1.5, 2, 3]"), "weights");
    says(with("[1.5, 2]", "[1.5, 0]"), "weights");
    says(with("[1.5, 2]", "[1.5, -2]"), "weights");
    says(with("[1.5, 2]", "[1.5, nan]"), "weights");
    says(with("[1.5, 2]", "[1.5, \"2\"]"), "weights");
    says(with("[1.5, 2]", "2"), "weights");
    says(with("densenet-v1+sface", "sface+densenet-v1"), "model");
    says(with("densenet-v1+sface", "unheard+of"), "model");
    says(with("\"patients\"", "\"everybody\""), "use");
    says(with("\"patients\"", "true"), "use");
}

TEST(OperatingPoints, AnEvaluationOnlyNetworkCanNeverBeEnteredForPatients) {
    for (const char* use : {"patients", "second-sign", "demo", "evaluation"}) {
        std::string text = good_table;
        text.replace(text.find("densenet-v1+sface"), 17, "densenet-v1+mobilefacenet-y1");
        text.replace(text.find("\"patients\""), 10, std::string("\"") + use + "\"");
        EXPECT_EQ(parse_operating_points(text, "t.toml").has_value(), std::string(use) == "evaluation") << use;
    }
}

TEST(OperatingPoints, TheShippedTableReadsAndNeverChoosesAnEvaluationPointForPatients) {
    const auto points =
        load_operating_points(std::string(UKETSUKE_SOURCE_DIR) + "/assets/models/operating-points.toml");
    ASSERT_TRUE(points) << points.error().where;
    const std::vector<std::string> all{"densenet-v1", "mobilefacenet-y1", "densenet-v1+mobilefacenet-y1"};
    for (const Use use : {Use::Patients, Use::SecondSign, Use::Demo}) {
        const auto chosen = choose(*points, all, use == Use::SecondSign ? 1.0 : 1e-2, use);
        ASSERT_TRUE(chosen) << chosen.error().where;
        EXPECT_EQ(chosen->model, "densenet-v1");
    }
    EXPECT_TRUE(choose(*points, densenet, 1e-3, Use::Patients));
    for (const auto& one : *points) {
        EXPECT_GT(one.certain, 0) << one.name;
        EXPECT_LE(one.frr, one.frr_high) << one.name;
    }
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

TEST(Accuracy, TheThresholdThatKnowsAShareOfTheOwnersIsTheSmallestOne) {
    std::vector<ScoredPair> pairs;
    for (int i = 1; i <= 10; ++i) pairs.push_back({i / 10.0, true});
    const Accuracy accuracy(pairs);
    EXPECT_DOUBLE_EQ(accuracy.threshold_accepting(0.5), 0.5);
    EXPECT_DOUBLE_EQ(accuracy.threshold_accepting(0.51), 0.6);
    EXPECT_DOUBLE_EQ(accuracy.threshold_accepting(0), 0);
    EXPECT_DOUBLE_EQ(Accuracy({{0.5, false}}).threshold_accepting(0.5), 0);
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
