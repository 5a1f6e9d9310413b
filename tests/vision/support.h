#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "vision/face_engine.h"
#include "vision/operating_point.h"

namespace uketsuke::vision::test {

inline std::filesystem::path models_dir() {
    return UKETSUKE_MODELS_DIR;
}
inline std::filesystem::path faces_dir() {
    return UKETSUKE_FACES_DIR;
}
inline std::filesystem::path points_file() {
    return std::filesystem::path(UKETSUKE_SOURCE_DIR) / "assets/models/operating-points.toml";
}

// A folder of this test's own, gone with it.
class ScratchDir {
  public:
    ScratchDir() {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        m_path = std::filesystem::path(UKETSUKE_BINARY_DIR) / "scratch" /
                 (std::string(info->test_suite_name()) + "." + info->name());
        std::filesystem::remove_all(m_path);
        std::filesystem::create_directories(m_path);
    }
    ScratchDir(const ScratchDir&) = delete;
    ScratchDir& operator=(const ScratchDir&) = delete;
    ~ScratchDir() { std::filesystem::remove_all(m_path); }
    const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

// Tests that need weights. Without them they skip: kiosk-config/fetch-models brings them.
class WithEngine : public testing::Test {
  protected:
    void SetUp() override {
        use_one_blas_thread();
        const auto models = find_models({models_dir()});
        if (!models) GTEST_SKIP() << models.error().where;
        const auto points = load_operating_points(points_file());
        ASSERT_TRUE(points) << points.error().where;
        m_points = *points;
        m_combinations = models->combinations();
        // The drawn persons' evidence: what every test but the strangers' is about.
        const auto demo = choose(m_points, m_combinations, 1e-2, Use::Demo);
        if (!demo) GTEST_SKIP() << demo.error().where;
        auto loaded = FaceEngine::load(*models, *demo);
        ASSERT_TRUE(loaded) << loaded.error().where;
        m_engine = std::move(*loaded);
    }
    // A point of the loaded engine's own combination.
    OperatingPoint point(double far, Use use) {
        const auto chosen = choose(m_points, {m_engine->model_name()}, far, use);
        if (!chosen) ADD_FAILURE() << chosen.error().where;
        return chosen.value_or(OperatingPoint{});
    }

    std::vector<OperatingPoint> m_points;
    std::vector<std::string> m_combinations;
    std::unique_ptr<FaceEngine> m_engine;
};

}  // namespace uketsuke::vision::test
