#include "net/audit_log.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/net/audit_fixture.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::fault_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::must;
using testing::read_file;
using testing::ScratchFolder;
using testing::write_file;

using AuditLogTest = testing::AuditFixture;

TEST_F(AuditLogTest, KeepsWhoDidWhatWhenAndWhyInAFileOfItsOwnUser) {
    const auto log = open();
    EXPECT_EQ(log->head(), "");
    const AuditAct first{"sato", "visual-check armed", "face-and-pin-failed", "id-1", "more"};
    must(log->append(first));
    pass(1s);
    must(log->append({"kiosk", "visual-check ended", "time", "id-1", ""}));
    const auto latest = must(log->latest(5));
    ASSERT_EQ(latest.size(), 2U);
    EXPECT_EQ(latest[1].act, first);
    EXPECT_EQ(latest[1].number, 1U);
    EXPECT_EQ(latest[1].at, testing::start_time());
    EXPECT_EQ(latest[0].act.who, "kiosk");
    EXPECT_EQ(must(log->latest(1)).size(), 1U);
    EXPECT_EQ(log->entries(), 2U);
    EXPECT_EQ(log->head(), latest[0].hash);
    for (const auto& file : {path, head}) {
        struct stat info {};
        ASSERT_EQ(::stat(file.c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777, 0600U);
    }
    const AuditCheck check = verify();
    EXPECT_TRUE(check.problems.empty());
    EXPECT_EQ(check.entries, 2U);
    EXPECT_EQ(check.head, log->head());
}

TEST_F(AuditLogTest, GoesOnAfterARestartAndVerifiesWithoutTheKeyToo) {
    fill(3);
    fill(2);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_THAT(findings(false), IsEmpty());
    EXPECT_EQ(verify().entries, 5U);
}

TEST_F(AuditLogTest, ShowsEveryByteThatWasAltered) {
    fill(3);
    const std::string bytes = read_file(path);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const int bit : {0, 1, 2, 3, 4, 5, 6, 7}) {
            std::string altered = bytes;
            altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
            write_file(path, altered);
            ASSERT_FALSE(verify(false).intact()) << "byte " << i << ", bit " << bit << ", without the key";
            if (bit == 0) {
                ASSERT_FALSE(verify().intact()) << "byte " << i;
            }
        }
    }
    write_file(path, bytes);
    EXPECT_TRUE(verify().intact());
}

TEST_F(AuditLogTest, ShowsEveryLineThatWasRemovedRepeatedOrSwapped) {
    fill(5);
    const auto good = lines();
    ASSERT_EQ(good.size(), 5U);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto removed = good;
        removed.erase(removed.begin() + static_cast<long>(i));
        write_lines(removed);
        EXPECT_FALSE(verify().intact()) << "without line " << i + 1;
        EXPECT_EQ(verify(false).intact(), i + 1 == good.size()) << "only the last one's absence needs the head";
        auto repeated = good;
        repeated.insert(repeated.begin() + static_cast<long>(i), good[i]);
        write_lines(repeated);
        EXPECT_THAT(findings(), ::testing::Contains(AuditFinding::Broken)) << "line " << i + 1 << " twice";
        for (std::size_t j = i + 1; j < good.size(); ++j) {
            auto swapped = good;
            std::swap(swapped[i], swapped[j]);
            write_lines(swapped);
            EXPECT_THAT(findings(), ::testing::Contains(AuditFinding::Broken)) << i + 1 << " for " << j + 1;
        }
    }
}

TEST_F(AuditLogTest, ShowsThatItWasCutOffAtAnyByte) {
    fill(4);
    const std::string bytes = read_file(path);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        write_file(path, bytes.substr(0, size));
        ASSERT_THAT(findings(), ::testing::Contains(AuditFinding::CutOff)) << "after byte " << size;
    }
    std::filesystem::remove(path);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::CutOff));
    std::filesystem::remove(head);
    EXPECT_EQ(fault_of(verify_audit_log(path, key.share())), Fault::NotFound);
}

TEST_F(AuditLogTest, StillShowsACutAfterTheKioskWentOnWriting) {
    fill(4);
    const std::string bytes = read_file(path);
    auto all = lines();
    all.pop_back();
    write_lines(all);
    fill(3);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::CutOff)) << "other entries stand where the head knows its own";
    write_file(path, bytes.substr(0, bytes.size() - 10));
    fill(3);
    EXPECT_THAT(findings(), ::testing::Contains(AuditFinding::Unreadable));
    EXPECT_EQ(must(open()->latest(1)).at(0).act.who, "sato");
}

TEST_F(AuditLogTest, ShowsAHeadThatIsGoneAlteredOldOrOfAnotherKey) {
    fill(2);
    const std::string old = read_file(head);
    fill(2);
    const std::string good = read_file(head);
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string altered = good;
        altered[i] = static_cast<char>(altered[i] ^ 0x10);
        write_file(head, altered);
        ASSERT_THAT(findings(), ElementsAre(AuditFinding::HeadForeign)) << "byte " << i;
    }
    write_file(head, good.substr(0, 20));
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadForeign));
    write_file(head, std::string(10'000, 'x'));
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadForeign));
    write_file(head, old);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadOld));
    fill(1);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadOld)) << "the kiosk does not smooth it over";
    std::filesystem::remove(head);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadMissing));
    fill(1);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadMissing));
}

TEST_F(AuditLogTest, ShowsALineThatWasAddedWithAFittingHashButWithoutTheKey) {
    fill(2);
    const ScratchFolder elsewhere;
    const auto forged_path = elsewhere / "audit.log";
    write_file(forged_path, read_file(path));
    must(must(AuditLog::open(forged_path, SealingKey::random(), manual()))->append({"tanaka", "visual-check armed"}));
    write_file(path, read_file(forged_path));
    EXPECT_THAT(findings(false), IsEmpty()) << "the chain alone cannot know";
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadOld));
}

TEST_F(AuditLogTest, TellsOfAClockThatWentBackOrJumpedAndStaysIntact) {
    fill(2);
    now.wall -= 1h;
    fill(1);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::ClockBack));
    now.wall += 1h;
    fill(1);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::ClockBack, AuditFinding::ClockJump));
    EXPECT_EQ(verify().problems[1].line, 4U);
    EXPECT_TRUE(verify().intact());
}

TEST_F(AuditLogTest, LetsAClockDriftBySecondsADayAndBeSetWhileTheMachineIsOff) {
    fill(1);
    now.wall += 1900ms;
    fill(1);
    pass(24h);
    now.wall += 20s;
    fill(1);
    now.boot = "boot-2";
    now.up = 10s;
    now.wall += 24h * 30;
    fill(1);
    EXPECT_THAT(findings(), IsEmpty());
    now.up += 1h;
    now.wall += 1h + 2100ms;
    fill(1);
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::ClockJump));
}

TEST_F(AuditLogTest, CutsLongTextsAtACharacterAndCleansWhatIsNotPrintable) {
    const auto log = open();
    std::string kanji;
    for (int i = 0; i < 100; ++i) kanji += "字";
    must(log->append({kanji, "a\nb\t\x01\x7F\"\\c", "\xFF\xC0\xAF",
                      "\xE2\x80\xAE"
                      "evil\xE2\x80\xA8",
                      "=1+1"}));
    const AuditAct act = must(log->latest(1)).at(0).act;
    EXPECT_EQ(act.who, kanji.substr(0, 198));
    EXPECT_EQ(act.what, "a b   \"\\c");
    EXPECT_EQ(act.why, "???");
    EXPECT_EQ(act.on, " evil ");
    EXPECT_EQ(act.more, "=1+1");
    EXPECT_EQ(lines().size(), 1U);
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(AuditLogTest, GivesEqualValuesEqualDigestsUnderOneKeyOnly) {
    const auto log = open();
    EXPECT_EQ(log->digest("1980-01-01"), log->digest("1980-01-01"));
    EXPECT_NE(log->digest("1980-01-01"), log->digest("1980-01-02"));
    EXPECT_EQ(log->digest("x").size(), 16U);
    const auto other = must(AuditLog::open(folder / "other.log", SealingKey::random(), manual()));
    EXPECT_NE(log->digest("x"), other->digest("x"));
}

TEST_F(AuditLogTest, IsSealedAnewWhenTheKioskGetsAnotherKey) {
    fill(2);
    SealingKey fresh = SealingKey::random();
    EXPECT_EQ(fault_of(rekey_audit_log(path, fresh, key)), Fault::BadPayload);
    must(rekey_audit_log(path, key, fresh));
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::HeadForeign));
    key = std::move(fresh);
    EXPECT_THAT(findings(), IsEmpty());
    fill(1);
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(AuditLogTest, FollowsAFileThatWasPutAwayAndBegunAnew) {
    const auto log = open();
    must(log->append({"a", "b"}));
    std::filesystem::rename(path, folder / "audit.1");
    std::filesystem::rename(head, folder / "audit.1.head");
    must(log->append({"c", "d"}));
    EXPECT_EQ(log->entries(), 1U);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_TRUE(must(verify_audit_log(folder / "audit.1", key.share())).problems.empty());
}

TEST_F(AuditLogTest, ReadsTheMomentFromTheKernel) {
    const AuditMoment first = audit_moment_now();
    const AuditMoment second = audit_moment_now();
    EXPECT_EQ(first.boot.size(), 36U);
    EXPECT_EQ(first.boot, second.boot);
    EXPECT_GT(first.up, 0ms);
    EXPECT_LE(first.up, second.up);
}

TEST_F(AuditLogTest, TellsAtMostAHundredProblemsOfAFileThatIsNone) {
    std::string junk;
    for (int i = 0; i < 500; ++i) junk += "not an entry\n";
    write_file(path, junk + std::string(100'000, 'x'));
    EXPECT_EQ(verify().problems.size(), 100U);
    EXPECT_FALSE(verify().intact());
}

}  // namespace
}  // namespace uketsuke::net
