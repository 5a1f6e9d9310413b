// The power goes between the row on disk and the service: nothing is lost, nothing arrives twice.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/app/kiosk/fixture.h"
#include "tests/app/kiosk/program.h"

namespace uketsuke::app::test {
namespace {

using namespace std::chrono_literals;

class PowerLoss : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name) const { return m_folder.path() / name; }

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(file(name)) << text;
        return file(name).string();
    }

    // The demonstration's devices, and a service that is a process of its own.
    std::string configuration(const std::string& url) const {
        std::string text = read_all(UKETSUKE_SOURCE_DIR "/kiosk-config/demo.toml");
        const auto at = text.find("mode = \"simulator\"");
        EXPECT_NE(at, std::string::npos);
        text.replace(at, 18, "mode = \"https\"\nurl = \"" + url + "\"\nca_file = \"" + file("ca.pem").string() + "\"");
        text = "asset_dir = \"" UKETSUKE_SOURCE_DIR "/assets\"\n" + text;
        return write("kiosk.toml", text);
    }

    std::vector<std::string> service(int port, std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"--port",   std::to_string(port),   "--state", file("state.json").string(),
                                           "--ca-out", file("ca.pem").string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }

    std::vector<std::string> kiosk(const std::string& config, const std::string& script) const {
        return {"--config",   config,
                "--scenario", script,
                "--data",     file("data").string(),
                "--timeline", file("timeline.jsonl").string()};
    }

    Folder m_folder;
};

std::string url_in(const std::string& output) {
    const auto at = output.find("https://");
    return at == std::string::npos ? "" : output.substr(at, output.find_first_of(" \n", at) - at);
}

TEST_F(PowerLoss, BetweenCommitAndSendLosesNothingAndDoublesNothing) {
    Program service_process("uketsuke-eligibility-sim", service(0, {"--down"}), m_folder.path());
    ASSERT_TRUE(service_process.says("https://", 30s));
    const std::string url = url_in(service_process.output());
    const auto config = configuration(url);
    {
        const auto script = write("visit.txt",
                                  "PLACE sato\nWAIT choose-method\nTAP pin\nPIN 1234\nWAIT consent\nTAP agree-all\n"
                                  "TAP provide\nWAIT accepted\nWAIT idle 60000\n");
        Program first("uketsuke", kiosk(config, script), m_folder.path());
        ASSERT_TRUE(file_has(file("timeline.jsonl"), "\"committed\"", 60s)) << first.output();
        first.send(SIGKILL);
        ASSERT_TRUE(first.ended_within(30s));
    }
    service_process.send(SIGTERM);
    ASSERT_TRUE(service_process.ended_within(30s));
    EXPECT_EQ(read_all(file("state.json")).find("\"key\""), std::string::npos);

    const int port = std::stoi(url.substr(url.rfind(':') + 1));
    std::filesystem::remove(file("ca.pem"));
    Program again("uketsuke-eligibility-sim", service(port), m_folder.path());
    ASSERT_TRUE(file_has(file("ca.pem"), "END CERTIFICATE", 30s)) << again.output();
    const auto script = write("wait.txt", "WAIT accepted 120000\n");
    Program second("uketsuke", kiosk(config, script), m_folder.path());
    ASSERT_TRUE(file_has(file("state.json"), "\"key\"", 60s)) << second.output();
    second.send(SIGKILL);
    ASSERT_TRUE(second.ended_within(30s));

    const auto state = nlohmann::json::parse(read_all(file("state.json")));
    ASSERT_EQ(state["receptions"].size(), 1U);
    EXPECT_EQ(state["receptions"][0]["method"], "pin");
}

}  // namespace
}  // namespace uketsuke::app::test
