// The power goes while a form is filled in, and right after it was handed in: what was accepted is there, nothing else.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "tests/app/kiosk/fixture.h"
#include "tests/app/kiosk/program.h"

namespace uketsuke::app::test {
namespace {

using namespace std::chrono_literals;

class FormPowerLoss : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name) const { return m_folder.path() / name; }

    std::vector<std::string> kiosk(const std::string& script) const {
        std::ofstream(file("visit.txt")) << script;
        return {"--config",   UKETSUKE_SOURCE_DIR "/kiosk-config/demo.toml",
                "--scenario", file("visit.txt").string(),
                "--data",     file("data").string(),
                "--timeline", file("timeline.jsonl").string()};
    }
    // Plays until this stands in the timeline, then pulls the plug.
    void play_until(const std::string& script, const std::string& moment) {
        Program kiosk_process("uketsuke", kiosk(script), m_folder.path());
        ASSERT_TRUE(file_has(file("timeline.jsonl"), moment, 60s)) << kiosk_process.output();
        kiosk_process.send(SIGKILL);
        ASSERT_TRUE(kiosk_process.ended_within(30s));
    }
    std::string queue(const std::vector<std::string>& words) {
        std::vector<std::string> arguments = words;
        for (const std::string& more : {std::string("--outbox"), file("data/outbox.db").string(), std::string("--key"),
                                        file("data/outbox.key").string()})
            arguments.push_back(more);
        Program program("uketsuke-queue", arguments, m_folder.path());
        EXPECT_TRUE(program.ended_within(30s));
        return program.output();
    }

    static constexpr const char* k_typed =
        "NET down\nTAP other-ways\nTAP declare\nWAIT declaration-text\nTYPE さとう\nTYPE はなこ\n";

    Folder m_folder;
};

TEST_F(FormPowerLoss, WhileTypingLosesTheFormThatWasNotHandedInAndNothingElse) {
    play_until(std::string(k_typed) + "TAP next\nWAIT declaration-date\nWAIT idle 60000\n", "\"declaration-date\"");
    const std::string list = queue({"list"});
    EXPECT_EQ(list.find("declaration"), std::string::npos);
    EXPECT_NE(list.find("0"), std::string::npos) << "there must be a queue to look into: " << list;
    const std::string left = read_folder(file("data")) + read_all(file("timeline.jsonl"));
    for (const char* typed : {"さとう", "サトウ", "佐藤"}) EXPECT_EQ(left.find(typed), std::string::npos) << typed;
    Program again("uketsuke", kiosk("WAIT idle\n"), m_folder.path());
    ASSERT_TRUE(again.ended_within(60s));
    EXPECT_EQ(again.exit_code(), 0) << again.output();
}

TEST_F(FormPowerLoss, RightAfterItWasAcceptedLosesNothing) {
    std::string script = std::string(k_typed) + "TAP next\nWAIT declaration-date\n";
    for (int i = 0; i < 8; ++i) script += "TAP skip\n";
    script += "WAIT declaration-review\nTAP confirm\nWAIT idle 60000\n";
    for (int round = 0; round < 3; ++round) {
        std::filesystem::remove(file("timeline.jsonl"));
        play_until(script, "\"declaration-stored\"");
    }
    const std::string list = queue({"list"});
    std::size_t kept = 0;
    for (std::size_t at = list.find("declared"); at != std::string::npos; at = list.find("declared", at + 1)) ++kept;
    EXPECT_EQ(kept, 3U) << list;
    const std::string checked = queue({"verify"});
    EXPECT_NE(checked.find("3 requests, all in order"), std::string::npos) << checked;
}

}  // namespace
}  // namespace uketsuke::app::test
