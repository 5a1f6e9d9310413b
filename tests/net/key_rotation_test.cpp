#include "net/key_rotation.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <random>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::must;
using testing::read_file;
using testing::ScratchFolder;
using testing::signed_request;
using testing::start_time;

const WallTime t0 = start_time();
const std::vector<std::uint8_t> answer{'o', 'k'};

struct KeyRotationTest : ::testing::Test {
    ScratchFolder folder;
    std::filesystem::path path = folder / "outbox.db";
    std::filesystem::path key_file = folder / "outbox.key";
    std::filesystem::path next_file = folder / "outbox.key.next";
    std::vector<SignedRequest> requests;

    static SealingKey key_of(const std::filesystem::path& file) {
        return must(SealingKey::load(file, KeyCreation::IfAbsent));
    }
    std::unique_ptr<Outbox> open() const { return must(Outbox::open(path, key_of(key_file))); }

    void SetUp() override {
        const auto box = open();
        for (int i = 0; i < 30; ++i) {
            requests.push_back(signed_request());
            must(box->enqueue(requests.back(), t0));
            if (i % 3 != 0) continue;
            must(box->claim(t0, 60s));
            must(box->delivered(requests.back().id, answer, t0));
        }
    }
    void expect_whole() const {
        const auto box = open();
        EXPECT_THAT(must(box->verify()).problems, ::testing::IsEmpty());
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const RequestDetail detail = must(box->show(requests[i].id));
            EXPECT_EQ(detail.request, requests[i]);
            EXPECT_EQ(detail.answer.empty(), i % 3 != 0);
        }
    }
    // 24 bytes of every sealed blob (all of them start with a nonce that is never used again).
    std::vector<std::string> sealed_samples() const {
        const std::string bytes = read_file(path);
        std::vector<std::string> samples;
        for (const SignedRequest& request : requests) {
            const std::size_t at = bytes.rfind(request.id.text());
            if (at != std::string::npos && at + 120 < bytes.size()) samples.push_back(bytes.substr(at + 60, 24));
        }
        return samples;
    }
};

TEST_F(KeyRotationTest, SealsEverythingUnderAFreshKeyThatTakesTheOldOnesName) {
    const std::string old_bytes = read_file(key_file);
    const KeyRotation rotation = must(rotate_key(path, key_file));
    EXPECT_EQ(rotation.rows, 30);
    EXPECT_FALSE(rotation.old_bytes_remain);
    EXPECT_NE(read_file(key_file), old_bytes);
    EXPECT_FALSE(std::filesystem::exists(next_file));
    struct stat info {};
    ASSERT_EQ(::stat(key_file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    expect_whole();
}

TEST_F(KeyRotationTest, LeavesNothingThatTheOldKeyOpens) {
    const std::vector<std::string> samples = sealed_samples();
    ASSERT_GT(samples.size(), 20u);
    must(rotate_key(path, key_file));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        const std::string bytes = read_file(entry.path());
        for (const std::string& sample : samples) EXPECT_EQ(bytes.find(sample), std::string::npos) << entry.path();
    }
}

TEST_F(KeyRotationTest, RefusesWhileAKioskRunsAndChangesNothing) {
    const auto running = open();
    EXPECT_EQ(fault_of(rotate_key(path, key_file)), Fault::StorageBusy);
    EXPECT_FALSE(std::filesystem::exists(next_file));
    EXPECT_TRUE(must(running->verify()).problems.empty());
}

TEST_F(KeyRotationTest, TakesAGivenKeyAndTouchesNeitherFile) {
    const std::filesystem::path given = folder / "new.key";
    key_of(given);
    const std::string new_bytes = read_file(given);
    const std::string old_bytes = read_file(key_file);
    EXPECT_FALSE(must(rotate_key_to(path, key_file, given)).was_done_before);
    EXPECT_TRUE(must(rotate_key_to(path, key_file, given)).was_done_before) << "repeating it is fine";
    EXPECT_EQ(read_file(given), new_bytes);
    EXPECT_EQ(read_file(key_file), old_bytes);
    EXPECT_EQ(fault_of(Outbox::open(path, key_of(key_file))), Fault::BadKey);
    key_file = given;
    expect_whole();
}

TEST_F(KeyRotationTest, RefusesAKeyThatIsNotTheOutboxs) {
    EXPECT_EQ(fault_of(rotate_key(path, folder / "none.key")), Fault::BadKey);
    key_of(folder / "other.key");
    EXPECT_EQ(fault_of(rotate_key(path, folder / "other.key")), Fault::BadKey);
    expect_whole();
}

TEST_F(KeyRotationTest, IsForgottenWhenItWasCutBeforeTheRowsChanged) {
    const std::string old_bytes = read_file(key_file);
    key_of(next_file);
    EXPECT_TRUE(must(finish_key_rotation(path, key_file)));
    EXPECT_EQ(read_file(key_file), old_bytes);
    EXPECT_FALSE(std::filesystem::exists(next_file));
    EXPECT_FALSE(must(finish_key_rotation(path, key_file)));
    expect_whole();
}

TEST_F(KeyRotationTest, IsFinishedWhenItWasCutBetweenTheRowsAndTheName) {
    must(open()->change_key(key_of(next_file)));
    const std::string new_bytes = read_file(next_file);
    EXPECT_EQ(fault_of(Outbox::open(path, key_of(key_file))), Fault::BadKey);
    EXPECT_TRUE(must(finish_key_rotation(path, key_file)));
    EXPECT_EQ(read_file(key_file), new_bytes);
    expect_whole();
}

TEST_F(KeyRotationTest, IsNotFinishedFromUnderARotationThatRuns) {
    const auto running = open();
    key_of(next_file);
    EXPECT_EQ(fault_of(finish_key_rotation(path, key_file)), Fault::StorageBusy);
    EXPECT_TRUE(std::filesystem::exists(next_file));
}

TEST_F(KeyRotationTest, ADraftOfAKeyThatNeverGotItsNameIsRemoved) {
    testing::write_file(key_file.string() + ".next.123.new", std::string(32, 'k'));
    testing::write_file(key_file.string() + ".456.new", std::string(32, 'k'));
    EXPECT_FALSE(must(finish_key_rotation(path, key_file)));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        EXPECT_FALSE(entry.path().string().ends_with(".new")) << entry.path();
    }
    expect_whole();
}

TEST_F(KeyRotationTest, KilledAtRandomMomentsLeavesAnOutboxThatOpens) {
    std::mt19937_64 chance(20'251'121);
    int finished = 0;
    for (int i = 0; i < 40; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            for (;;) {
                if (!rotate_key(path, key_file)) ::_exit(1);
            }
        }
        const timespec moment{0, static_cast<long>(chance() % 40'000'000)};
        ::nanosleep(&moment, nullptr);
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status));
        finished += must(finish_key_rotation(path, key_file)) ? 1 : 0;
        expect_whole();
        if (HasFailure()) FAIL() << "after kill " << i;
    }
    EXPECT_GT(finished, 0) << "some kill must fall into a rotation";
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        EXPECT_FALSE(entry.path().string().ends_with(".new")) << "a copy of a key stays behind: " << entry.path();
    }
}

}  // namespace
}  // namespace uketsuke::net
