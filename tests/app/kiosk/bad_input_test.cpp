// Wrong files and wrong places: a clear message that names what and where, and an exit code that says which kind.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/app/kiosk/fixture.h"
#include "tests/app/kiosk/program.h"

namespace uketsuke::app::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* k_demo = UKETSUKE_SOURCE_DIR "/kiosk-config/demo.toml";

class BadInput : public ::testing::Test {
  protected:
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(m_folder.path() / name) << text;
        return (m_folder.path() / name).string();
    }
    // Runs the kiosk to its end; its exit code.
    int run(const std::vector<std::string>& arguments) {
        Program program("uketsuke", arguments, m_folder.path());
        EXPECT_TRUE(program.ended_within(60s)) << program.output();
        m_output = program.output();
        return program.exit_code();
    }
    bool said(const std::string& text) const { return m_output.find(text) != std::string::npos; }

    Folder m_folder;
    std::string m_output;
};

TEST_F(BadInput, AnUnknownKeyIsNamedWithFileAndLine) {
    const auto config = write("typo.toml", "[card]\nraeder = \"virtual\"\n");
    EXPECT_EQ(run({"--config", config, "--check-config"}), 2);
    EXPECT_TRUE(said("typo.toml:2:")) << m_output;
    EXPECT_TRUE(said("raeder")) << m_output;
}

TEST_F(BadInput, BrokenTomlIsNamedWithFileAndLine) {
    EXPECT_EQ(run({"--config", write("broken.toml", "[card]\nreader = \n"), "--check-config"}), 2);
    EXPECT_TRUE(said("broken.toml:2")) << m_output;
}

TEST_F(BadInput, AMissingConfigurationIsNamed) {
    EXPECT_EQ(run({"--config", "nowhere.toml"}), 2);
    EXPECT_TRUE(said("nowhere.toml")) << m_output;
}

TEST_F(BadInput, AScenarioThatDoesNotHoldSaysWhereAndFails) {
    const auto script = write("wrong.txt", "PLACE sato\nWAIT accepted 300\n");
    EXPECT_EQ(run({"--config", k_demo, "--scenario", script, "--data", m_folder.path() / "data"}), 1);
    EXPECT_TRUE(said("line 2")) << m_output;
    EXPECT_TRUE(said("the screen is")) << m_output;
}

TEST_F(BadInput, AnUnknownPersonaFailsTheScenario) {
    const auto script = write("nobody.txt", "PLACE nobody-at-all\n");
    EXPECT_EQ(run({"--config", k_demo, "--scenario", script, "--data", m_folder.path() / "data"}), 1);
    EXPECT_TRUE(said("nobody-at-all")) << m_output;
}

TEST_F(BadInput, ASealingKeyThatOthersCanReadIsRefused) {
    const auto data = m_folder.path() / "data";
    std::filesystem::create_directories(data);
    std::ofstream(data / "outbox.key") << std::string(32, 'k');
    std::filesystem::permissions(data / "outbox.key", std::filesystem::perms(0644));
    const auto script = write("idle.txt", "EXPECT idle\n");
    EXPECT_EQ(run({"--config", k_demo, "--scenario", script, "--data", data}), 3);
    EXPECT_TRUE(said("outbox.key")) << m_output;
}

TEST_F(BadInput, ADamagedOutboxIsKeptAsACopyAndTheKioskStarts) {
    const auto data = m_folder.path() / "data";
    const auto script = write("idle.txt", "EXPECT idle\n");
    ASSERT_EQ(run({"--config", k_demo, "--scenario", script, "--data", data}), 0) << m_output;
    std::ofstream(data / "outbox.db", std::ios::binary | std::ios::trunc) << std::string(8192, 'x');
    EXPECT_EQ(run({"--config", k_demo, "--scenario", script, "--data", data}), 0) << m_output;
    EXPECT_TRUE(said("damaged")) << m_output;
}

TEST_F(BadInput, ABrokenPersonaIsNamed) {
    const auto folder = m_folder.path() / "personas";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "odd.toml") << "nmae = \"x\"\n";
    std::string text = read_all(k_demo);
    const auto at = text.find("[card]\n");
    ASSERT_NE(at, std::string::npos);
    text.insert(at + 7, "personas = \"" + folder.string() + "\"\n");
    text = "asset_dir = \"" UKETSUKE_SOURCE_DIR "/assets\"\n" + text;
    const auto script = write("idle.txt", "EXPECT idle\n");
    EXPECT_EQ(run({"--config", write("kiosk.toml", text), "--scenario", script, "--data", m_folder.path() / "d"}), 3);
    EXPECT_TRUE(said("odd.toml")) << m_output;
}

}  // namespace
}  // namespace uketsuke::app::test
