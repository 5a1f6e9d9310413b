// The configuration files and the reference that come with the house.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "app/config/config.h"
#include "app/config/keys.h"
#include "app/config/reference.h"
#include "app/config/staff_code.h"

namespace uketsuke::config {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path k_folder = fs::path{UKETSUKE_SOURCE_DIR} / "kiosk-config";

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// The lines without the values: "reader = " of "reader = \"pcsc\"".
std::string without_values(const std::string& toml) {
    std::string kept;
    std::istringstream stream(toml);
    for (std::string line; std::getline(stream, line);) {
        const bool assignment = !line.empty() && line.front() != '#' && line.find(" = ") != std::string::npos;
        kept += (assignment ? line.substr(0, line.find(" = ")) : line) + '\n';
    }
    return kept;
}

TEST(ConfigFiles, TheReadmeHoldsTheReferenceThatTheProgramPrints) {
    const std::string readme = text_of(k_folder / "README.md");
    const std::string begin = "<!-- uketsuke --print-config-reference -->\n";
    const std::string end = "<!-- end of the reference -->";
    const std::size_t from = readme.find(begin);
    ASSERT_NE(from, std::string::npos);
    const std::size_t to = readme.find(end, from);
    ASSERT_NE(to, std::string::npos);
    EXPECT_EQ(readme.substr(from + begin.size(), to - from - begin.size()), configuration_reference());
}

TEST(ConfigFiles, TheReferenceHasARowForEveryKey) {
    const std::string reference = configuration_reference();
    for (const Key& key : keys()) {
        EXPECT_THAT(reference, HasSubstr("| `" + std::string{key.name} + "` | ")) << key.full_name();
        EXPECT_FALSE(key.explanation.empty()) << key.full_name();
        EXPECT_FALSE(about_table(key.table).empty()) << key.full_name();
        EXPECT_EQ(key.explanation.find('|'), std::string_view::npos) << key.full_name();
    }
}

TEST(ConfigFiles, TheCountersFileIsTheTemplateWithOtherValues) {
    EXPECT_EQ(without_values(text_of(k_folder / "counter.toml")), without_values(configuration_template()));
}

TEST(ConfigFiles, TheTemplateNeedsNothingButAServiceAndAnInstitution) {
    const auto config = parse_config(configuration_template(), "/etc/k/x.toml");
    ASSERT_FALSE(config);
    EXPECT_THAT(config.error().what, HasSubstr("service."));
}

TEST(ConfigFiles, TheDemonstrationNeedsNoDeviceAndNoServer) {
    const auto config = load_config(k_folder / "demo.toml");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_EQ(config->card.reader, CardReaderKind::Virtual);
    EXPECT_EQ(config->card.front, CardFrontKind::Virtual);
    EXPECT_EQ(config->camera.source, CameraKind::Virtual);
    EXPECT_EQ(config->service.mode, ServiceMode::Simulator);
    EXPECT_TRUE(config->policy.demonstration);
    EXPECT_TRUE(config->face.demo_operating_point);
    EXPECT_FALSE(config->display.fullscreen);
    EXPECT_EQ(config->display.width, 1280);
    EXPECT_EQ(config->display.height, 800);
    EXPECT_EQ(config->card.personas, fs::path{UKETSUKE_SOURCE_DIR} / "assets/personas");
    EXPECT_EQ(config->outbox.path, fs::path{UKETSUKE_SOURCE_DIR} / "build/demo/outbox.db");
}

TEST(ConfigFiles, TheDemonstrationsStaffCodeIs2580) {
    const auto config = load_config(k_folder / "demo.toml");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_TRUE(config->policy.visual_check);
    EXPECT_TRUE(staff_code_matches(config->staff.visual_check_code_hash, "2580"));
    EXPECT_FALSE(staff_code_matches(config->staff.visual_check_code_hash, "2581"));
}

TEST(ConfigFiles, TheTabletsFileIsADemonstrationAsItStands) {
    const auto config = load_config(k_folder / "home-visit.toml");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_TRUE(config->policy.demonstration);
    ASSERT_TRUE(config->policy.visit);
    EXPECT_EQ(config->policy.dim_after, std::chrono::seconds{30});
    EXPECT_EQ(config->card.reader, CardReaderKind::Virtual);
    EXPECT_EQ(config->camera.source, CameraKind::None);
    EXPECT_EQ(config->service.mode, ServiceMode::Simulator);
    EXPECT_TRUE(config->service.share_visits);
    EXPECT_EQ(config->display.width, 1200);
    EXPECT_EQ(config->display.height, 1920);
    EXPECT_EQ(config->visit.keyring, fs::path{UKETSUKE_SOURCE_DIR} / "build/home-visit/keyring");
    EXPECT_EQ(config->outbox.path.parent_path(), config->visit.keyring.parent_path());
    EXPECT_FALSE(config->visit.demonstration_code.empty());
}

TEST(ConfigFiles, TheCounterUsesRealDevicesAndHasNoCodeThatComesWithTheHouse) {
    const auto config = load_config(k_folder / "counter.toml");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_EQ(config->card.reader, CardReaderKind::Pcsc);
    EXPECT_EQ(config->camera.source, CameraKind::Device);
    EXPECT_EQ(config->service.mode, ServiceMode::Https);
    EXPECT_TRUE(config->display.fullscreen);
    EXPECT_FALSE(config->policy.demonstration);
    EXPECT_TRUE(config->staff.visual_check_code_hash.empty());
    EXPECT_TRUE(config->visit.demonstration_code.empty());
}

}  // namespace
}  // namespace uketsuke::config
