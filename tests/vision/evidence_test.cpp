// Networks, detector and their fusion: with files that the test writes itself, and with the real ones where they are.
#include <cmath>
#include <fstream>
#include <random>

#include "tests/vision/onnx_writer.h"
#include "tests/vision/support.h"
#include "vision/detail/alignment.h"
#include "vision/detail/dnn_network.h"
#include "vision/detail/yunet.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

using detail::Alignment;
using detail::DnnSpec;

std::vector<std::uint8_t> flat_chip(std::uint8_t value) {
    return std::vector<std::uint8_t>(static_cast<std::size_t>(detail::arcface_side) * detail::arcface_side, value);
}

class Evidence : public testing::Test {
  protected:
    std::filesystem::path write(const char* name, const std::string& bytes) {
        const auto file = m_scratch.path() / name;
        std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return file;
    }
    test::ScratchDir m_scratch;
};

// The written network answers (mean of the input, 1, 0, …), brought to length 1: the mean can be read back.
double mean_seen(detail::Network& network, const std::vector<std::uint8_t>& chip) {
    const auto out = network.embed(chip, false);
    return out.size() == numbers_per_network ? out[0] / out[1] : NAN;
}

TEST_F(Evidence, SFaceIsGivenItsPixelsUnscaledAndMobileFaceNetItsOwnScale) {
    const auto file = write("net.onnx", test::onnx_of_mean(128));
    for (const auto& [model, of_zero, of_255] :
         {std::tuple{"sface", 0.0, 255.0}, std::tuple{"mobilefacenet-y1", -127.5 / 128, 127.5 / 128}}) {
        const auto* known = known_network(model);
        ASSERT_NE(known, nullptr);
        const auto network = detail::load_dnn_network(file, {known->model, known->mean, known->scale});
        ASSERT_TRUE(network) << network.error().where;
        EXPECT_EQ((*network)->name(), model);
        EXPECT_EQ((*network)->alignment(), Alignment::Arcface);
        EXPECT_NEAR(mean_seen(**network, flat_chip(0)), of_zero, 1e-3);
        EXPECT_NEAR(mean_seen(**network, flat_chip(255)), of_255, 1e-2);
    }
}

TEST_F(Evidence, ANetworksNumbersHaveLengthOneMirroredOrNot) {
    const auto network = detail::load_dnn_network(write("net.onnx", test::onnx_of_mean(128)), {"sface", 0, 1});
    ASSERT_TRUE(network) << network.error().where;
    auto chip = flat_chip(10);
    for (std::size_t i = 0; i < chip.size(); i += 3) chip[i] = 200;
    for (const bool mirror : {false, true}) {
        double squares = 0;
        for (const float v : (*network)->embed(chip, mirror)) squares += static_cast<double>(v) * v;
        EXPECT_NEAR(squares, 1, 1e-5);
    }
    EXPECT_TRUE((*network)->embed(std::vector<std::uint8_t>(7), false).empty());
}

TEST_F(Evidence, ANetworkOfAnotherShapeOrWithoutFiniteNumbersIsABadModelThatIsNamed) {
    const auto of_shape = detail::load_dnn_network(write("short.onnx", test::onnx_of_mean(64)), {"sface", 0, 1});
    ASSERT_FALSE(of_shape);
    EXPECT_EQ(of_shape.error().fault, Fault::BadModel);
    EXPECT_NE(of_shape.error().where.find("short.onnx"), std::string::npos) << of_shape.error().where;
    const auto not_finite =
        detail::load_dnn_network(write("nan.onnx", test::onnx_of_mean(128, std::nanf(""))), {"sface", 0, 1});
    ASSERT_FALSE(not_finite);
    EXPECT_EQ(not_finite.error().fault, Fault::BadModel);
    EXPECT_NE(not_finite.error().where.find("nan.onnx"), std::string::npos);
}

TEST_F(Evidence, ACutOrForeignFileIsABadModelAndNeverACrash) {
    const std::string good = test::onnx_of_mean(128);
    std::vector<std::string> bad{"", "x", std::string(300, '\xff'), "name: \"text\"", good + good};
    for (std::size_t kept = 0; kept + 1 < good.size(); kept += 1 + good.size() / 40)
        bad.push_back(good.substr(0, kept));
    for (const auto& bytes : bad) {
        const auto network = detail::load_dnn_network(write("cut.onnx", bytes), {"sface", 0, 1});
        if (!network) {
            EXPECT_EQ(network.error().fault, Fault::BadModel);
            EXPECT_NE(network.error().where.find("cut.onnx"), std::string::npos);
        }
        EXPECT_FALSE(detail::YuNet::load(write("cut.onnx", bytes)));
    }
    EXPECT_FALSE(detail::load_dnn_network(write("cut.onnx", good.substr(0, good.size() / 2)), {"sface", 0, 1}));
    EXPECT_EQ(detail::load_dnn_network("/nowhere/x.onnx", {"sface", 0, 1}).error().fault, Fault::NotFound);
}

TEST_F(Evidence, ACaffeNetworkWithoutItsLayersOrWithAStrangersIsRefused) {
    const auto file = write("net.caffemodel", "no network");
    EXPECT_EQ(detail::load_dnn_network(file, {"mobilefacenet-y1", 127.5, 1 / 128.0}).error().fault, Fault::NotFound);
    write("net.prototxt", "layer { name: \"a\" type: \"Nonsense\" }");
    const auto network = detail::load_dnn_network(file, {"mobilefacenet-y1", 127.5, 1 / 128.0});
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().fault, Fault::BadModel);
}

TEST_F(Evidence, AFaceNetworkIsNoDetector) {
    const auto yunet = detail::YuNet::load(write("net.onnx", test::onnx_of_mean(128)));
    ASSERT_FALSE(yunet);
    EXPECT_EQ(yunet.error().fault, Fault::BadModel);
    EXPECT_NE(yunet.error().where.find("net.onnx"), std::string::npos);
}

TEST(Alignment, PutsTurnedScaledAndShiftedPointsWhereTheNetworkWantsThem) {
    const FivePoints upright{{38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366},
                             {41.5493, 92.3655}, {70.7299, 92.2041}, true};
    std::mt19937 chance(3);
    std::uniform_real_distribution<double> any(-1, 1);
    for (int round = 0; round < 200; ++round) {
        const double turn = any(chance);
        const double scale = std::exp(any(chance));
        const Point shift{100 * any(chance), 100 * any(chance)};
        const auto moved = [&](const Point& p) {
            return Point{scale * (std::cos(turn) * p.x - std::sin(turn) * p.y) + shift.x,
                         scale * (std::sin(turn) * p.x + std::cos(turn) * p.y) + shift.y};
        };
        const FivePoints seen{moved(upright.left_eye),   moved(upright.right_eye),   moved(upright.nose),
                              moved(upright.left_mouth), moved(upright.right_mouth), true};
        const auto to = detail::similarity_to(Alignment::Arcface, seen);
        for (const auto& [from, place] : {std::pair{seen.nose, upright.nose}, {seen.left_eye, upright.left_eye}}) {
            EXPECT_NEAR(to(0, 0) * from.x + to(0, 1) * from.y + to(0, 2), place.x, 1e-6);
            EXPECT_NEAR(to(1, 0) * from.x + to(1, 1) * from.y + to(1, 2), place.y, 1e-6);
        }
        EXPECT_NEAR(detail::box_around(seen).width / detail::box_around(upright).width, scale, 1e-6);
    }
}

TEST(Alignment, PointsInOneSpotGiveNoChip) {
    const cv::Mat gray(50, 50, CV_8UC1, cv::Scalar(90));
    EXPECT_TRUE(
        detail::cut_chip(gray, FivePoints{{3, 3}, {3, 3}, {3, 3}, {3, 3}, {3, 3}, true}, Alignment::Dlib).empty());
    EXPECT_DOUBLE_EQ(detail::box_around(FivePoints{}).width, 0);
}

TEST(Combinations, AreNamedInOneOrderAndKnowTheirLicence) {
    EXPECT_EQ(models_of("densenet-v1+sface"), (std::vector<std::string>{"densenet-v1", "sface"}));
    for (const char* bad : {"", "+", "sface+densenet-v1", "sface+sface", "densenet-v1+", "unknown", "densenet-v1 "})
        EXPECT_TRUE(models_of(bad).empty()) << bad;
    EXPECT_FALSE(evaluation_only("densenet-v1+sface"));
    EXPECT_TRUE(evaluation_only("densenet-v1+mobilefacenet-y1"));
    const ModelPaths found{{{"densenet-v1", "a"}, {"sface", "b"}}, {}, {}};
    EXPECT_EQ(found.combinations(), (std::vector<std::string>{"densenet-v1", "sface", "densenet-v1+sface"}));
}

TEST(Fusion, TheSquaredDistanceIsTheSumOfTheNetworksShares) {
    std::mt19937 chance(5);
    std::normal_distribution<float> any(0, 1);
    for (int round = 0; round < 50; ++round) {
        const std::vector<double> weights{0.3, 2.5, 1.0};
        std::vector<float> a;
        std::vector<float> b;
        double sum = 0;
        for (const double weight : weights) {
            for (std::size_t i = 0; i < numbers_per_network; ++i) {
                const float x = any(chance);
                const float y = any(chance);
                sum += weight * (x - y) * (x - y);
                a.push_back(x * static_cast<float>(std::sqrt(weight)));
                b.push_back(y * static_cast<float>(std::sqrt(weight)));
            }
        }
        const auto shares = squared_distances(Embedding(a), Embedding(b));
        ASSERT_EQ(shares.size(), 3U);
        EXPECT_NEAR(shares[0] + shares[1] + shares[2], sum, 1e-3 * sum);
        EXPECT_NEAR(distance(Embedding(a), Embedding(b)), std::sqrt(sum), 1e-3 * std::sqrt(sum));
    }
    EXPECT_TRUE(squared_distances(Embedding({1.0F}), Embedding({1.0F, 2.0F})).empty());
    EXPECT_TRUE(std::isinf(distance({}, {})));
}

TEST_F(Evidence, AnEngineOfTwoNetworksGivesTheWeightedSumOfTheirs) {
    auto found = find_models({test::models_dir()});
    if (!found) GTEST_SKIP() << found.error().where;
    // The second network is one that this test writes: only the arithmetic is at stake.
    found->networks = {found->networks.front(), {"sface", write("face.onnx", test::onnx_of_mean(128))}};
    const std::string first = found->networks.front().model;
    const std::vector<double> weights{2.0, 5000.0};
    const auto both = FaceEngine::load(*found, first + "+sface", weights);
    const auto one = FaceEngine::load(*found, first);
    const auto other = FaceEngine::load(*found, "sface");
    ASSERT_TRUE(both && one && other);
    EXPECT_EQ((*both)->model_name(), first + "+sface");
    const Image portrait = draw_card_portrait(3);
    Appearance person;
    person.identity = 5;
    const Image frame = draw_person(person, 640, 480);
    const auto squared = [&](FaceEngine& engine) {
        const auto card = engine.enroll(portrait);
        const auto live = engine.analyse_still(frame, Depth::IdentityAlways);
        EXPECT_TRUE(card && live.embedding);
        return card && live.embedding ? std::pow(engine.distance(*card, *live.embedding), 2) : NAN;
    };
    const double expected = weights[0] * squared(**one) + weights[1] * squared(**other);
    EXPECT_GT(weights[1] * squared(**other), 1e-4);
    EXPECT_NEAR(squared(**both), expected, 1e-3 * expected);
}

TEST_F(Evidence, AnEngineSaysWhichNetworkOrWeightIsWrong) {
    ModelPaths found{{{"densenet-v1", "/nowhere/d.dat"}}, {}, "/nowhere/p.dat"};
    EXPECT_EQ(FaceEngine::load(found, "densenet-v1").error().fault, Fault::NotFound);
    EXPECT_EQ(FaceEngine::load(found, "densenet-v1+sface").error().fault, Fault::NoModel);
    EXPECT_EQ(FaceEngine::load(found, "").error().fault, Fault::NoModel);
    EXPECT_EQ(FaceEngine::load(found, "densenet-v1", {1, 2}).error().fault, Fault::Unsupported);
    EXPECT_EQ(FaceEngine::load(found, "densenet-v1", {0}).error().fault, Fault::Unsupported);
    EXPECT_EQ(FaceEngine::load(found, "densenet-v1", {NAN}).error().fault, Fault::Unsupported);
}

}  // namespace
}  // namespace uketsuke::vision
