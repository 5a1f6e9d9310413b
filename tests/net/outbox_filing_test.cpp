#include <gmock/gmock.h>

#include <array>

#include "net/outbox.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::must;
using testing::read_file;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;

constexpr auto lease = 60s;
const WallTime t0 = start_time();
const std::vector<std::uint8_t> answer{'o', 'k'};

OutboxOptions filing() {
    OutboxOptions options;
    options.retention = 0h;
    options.file_answers = true;
    return options;
}

RequestId deliver(TestOutbox& box, WallTime at) {
    const SignedRequest request = signed_request();
    must(box->enqueue(request, at));
    EXPECT_EQ(must(box->claim(at, lease))->request.id, request.id);
    must(box->delivered(request.id, answer, at));
    return request.id;
}

TEST(OutboxFiling, HandsOutTheOldestAnswerFirstUntilItIsFiled) {
    TestOutbox box;
    box.open(filing());
    const RequestId first = deliver(box, t0);
    const RequestId second = deliver(box, t0 + 1s);
    EXPECT_EQ(must(box->counts()).to_file, 2);
    const auto task = must(box->next_to_file());
    ASSERT_TRUE(task);
    EXPECT_EQ(task->id, first);
    EXPECT_EQ(task->queued_at, t0);
    EXPECT_EQ(task->answer, answer);
    must(box->filed(first));
    must(box->filed(first));
    EXPECT_EQ(must(box->next_to_file())->id, second);
    must(box->filed(second));
    EXPECT_FALSE(must(box->next_to_file()));
    EXPECT_EQ(must(box->counts()).to_file, 0);
    EXPECT_EQ(fault_of(box->filed(make_request_id())), Fault::NotFound);
}

TEST(OutboxFiling, NeverPurgesAnAnswerThatWaitsAlsoOverARestart) {
    TestOutbox box;
    box.open(filing());
    const RequestId id = deliver(box, t0);
    EXPECT_EQ(must(box->purge(t0 + 1000h)), 0);
    box.open(filing());
    EXPECT_EQ(must(box->next_to_file())->id, id);
    EXPECT_TRUE(must(box->list()).at(0).to_file);
    must(box->filed(id));
    EXPECT_EQ(must(box->purge(t0 + 1000h)), 1);
}

TEST(OutboxFiling, WaitsForNothingWhereNoReceiptComputerIsConfigured) {
    TestOutbox box;
    box.open();
    deliver(box, t0);
    EXPECT_EQ(must(box->counts()).to_file, 0);
    EXPECT_FALSE(must(box->next_to_file()));
}

TEST(OutboxFiling, SeesAnAnswerAtOnceThoughItIsWrittenTogetherWithLaterOnes) {
    TestOutbox box;
    box.open();
    const RequestId id = deliver(box, t0);
    EXPECT_EQ(must(box->show(id)).answer, answer);
    for (int i = 1; i <= 20; ++i) {
        deliver(box, t0 + std::chrono::milliseconds(i));
        if (i % 7 == 0) {
            EXPECT_EQ(must(box->counts()).delivered, i + 1);
        }
    }
    box.open();
    EXPECT_EQ(must(box->counts()).delivered, 21);
}

std::array<std::uint8_t, 32> digest(std::uint8_t first) {
    return {first};
}

TEST(AnsweredFiles, AreKnownByNameAndContentsOverARestartAndANewKey) {
    TestOutbox box;
    box.open();
    EXPECT_FALSE(must(box->file_is_answered("OQSsiquc01req_1.xml", digest(1))));
    must(box->remember_answered_file("OQSsiquc01req_1.xml", digest(1), t0));
    EXPECT_TRUE(must(box->file_is_answered("OQSsiquc01req_1.xml", digest(1))));
    EXPECT_FALSE(must(box->file_is_answered("OQSsiquc01req_1.xml", digest(2)))) << "the same name, other contents";
    EXPECT_FALSE(must(box->file_is_answered("OQSsiquc01req_2.xml", digest(1))));
    SealingKey next = SealingKey::random();
    must(box->change_key(next.share()));
    box.key = std::move(next);
    box.open();
    EXPECT_TRUE(must(box->file_is_answered("OQSsiquc01req_1.xml", digest(1))));
}

TEST(AnsweredFiles, AreForgottenWhenTheFileIsGone) {
    TestOutbox box;
    box.open();
    for (const char* name : {"a.xml", "b.xml", "c.xml"}) must(box->remember_answered_file(name, digest(1), t0));
    const std::vector<std::string> left{"b.xml", "new.xml"};
    EXPECT_EQ(must(box->forget_answered_files_except(left)), 2);
    EXPECT_FALSE(must(box->file_is_answered("a.xml", digest(1))));
    EXPECT_TRUE(must(box->file_is_answered("b.xml", digest(1))));
    EXPECT_EQ(must(box->forget_answered_files_except(left)), 0);
}

TEST(AnsweredFiles, LeaveNoNameInTheOutboxsFiles) {
    TestOutbox box;
    box.open();
    must(box->remember_answered_file("OQSsiquc01req_hanako.xml", digest(1), t0));
    for (const auto& entry : std::filesystem::directory_iterator(box.folder.path())) {
        EXPECT_EQ(read_file(entry.path()).find("hanako"), std::string::npos) << entry.path();
    }
}

}  // namespace
}  // namespace uketsuke::net
