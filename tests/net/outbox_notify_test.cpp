// Marks of staff, and telling the clinic's own system.

#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/outbox.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::must;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;

constexpr auto lease = 60s;
const WallTime t0 = start_time();
const std::vector<std::uint8_t> answer{'o', 'k'};

OutboxOptions notifying() {
    OutboxOptions options;
    options.retention = 0h;
    options.notify = true;
    return options;
}

RequestId queue(TestOutbox& box, WallTime at) {
    const SignedRequest request = signed_request();
    must(box->enqueue(request, at));
    return request.id;
}

void deliver(TestOutbox& box, const RequestId& id, WallTime at) {
    ASSERT_EQ(must(box->claim(at, lease))->request.id, id);
    must(box->delivered(id, answer, at));
}

void run_sql(const std::filesystem::path& path, const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
}

TEST(OutboxNotify, TellsOfARequestWhenItIsQueuedAndAgainWhenItIsAnswered) {
    TestOutbox box;
    box.open(notifying());
    const RequestId id = queue(box, t0);
    auto task = must(box->next_to_notify(t0));
    ASSERT_TRUE(task);
    EXPECT_EQ(task->summary.id, id);
    EXPECT_EQ(task->summary.state, RequestState::Due);
    EXPECT_TRUE(task->summary.to_notify);
    EXPECT_EQ(task->method, signed_request().method);
    EXPECT_TRUE(task->answer.empty());
    EXPECT_EQ(task->version, 1);
    must(box->notified(id, task->version));
    must(box->notified(id, task->version));
    EXPECT_FALSE(must(box->next_to_notify(t0)));
    deliver(box, id, t0 + 1s);
    task = must(box->next_to_notify(t0 + 1s));
    ASSERT_TRUE(task);
    EXPECT_EQ(task->summary.state, RequestState::Delivered);
    EXPECT_EQ(task->answer, answer);
    EXPECT_EQ(task->version, 2);
    must(box->notified(id, 2));
    EXPECT_EQ(must(box->counts()).to_notify, 0);
    EXPECT_EQ(fault_of(box->notified(make_request_id(), 1)), Fault::NotFound);
    EXPECT_EQ(fault_of(box->notify_later(make_request_id(), 1, t0)), Fault::NotFound);
}

TEST(OutboxNotify, TellsWhenStaffAreNeededAndNotWhenTheServiceOnlyTakesItsTime) {
    TestOutbox box;
    box.open(notifying());
    const RequestId id = queue(box, t0);
    must(box->notified(id, 1));
    must(box->claim(t0, lease));
    must(box->processing(id, t0, "takes its time"));
    EXPECT_FALSE(must(box->next_to_notify(t0)));
    must(box->claim(t0, lease));
    must(box->postpone(id, t0, "away"));
    EXPECT_FALSE(must(box->next_to_notify(t0)));
    must(box->claim(t0, lease));
    must(box->needs_staff(id, "refused", {}, t0));
    const auto task = must(box->next_to_notify(t0));
    ASSERT_TRUE(task);
    EXPECT_EQ(task->summary.state, RequestState::NeedsStaff);
    EXPECT_EQ(task->version, 2);
}

TEST(OutboxNotify, TellsAgainWhenThereIsMoreToTellThanWhatWasOnItsWay) {
    TestOutbox box;
    box.open(notifying());
    const RequestId id = queue(box, t0);
    const auto on_its_way = must(box->next_to_notify(t0));
    deliver(box, id, t0);
    must(box->settle());
    must(box->notified(id, on_its_way->version));
    EXPECT_EQ(must(box->next_to_notify(t0))->version, 2);
    must(box->notify_later(id, on_its_way->version, std::nullopt));
    EXPECT_EQ(must(box->next_to_notify(t0))->version, 2) << "the refusal was of the first";
}

TEST(OutboxNotify, WaitsUntilTheMomentItWasPutOffToAndCountsTheCalls) {
    TestOutbox box;
    box.open(notifying());
    const RequestId first = queue(box, t0);
    const RequestId second = queue(box, t0 + 1ms);
    must(box->notify_later(first, 1, t0 + 10s));
    EXPECT_EQ(must(box->next_to_notify(t0 + 1s))->summary.id, second);
    must(box->notified(second, 1));
    EXPECT_FALSE(must(box->next_to_notify(t0 + 9s)));
    EXPECT_EQ(must(box->next_notify_time()), t0 + 10s);
    const auto again = must(box->next_to_notify(t0 + 10s));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempts, 1);
    deliver(box, first, t0 + 11s);
    EXPECT_EQ(must(box->next_to_notify(t0 + 11s))->attempts, 0) << "what is new starts anew";
}

TEST(OutboxNotify, GivesUpWhatIsRefusedUntilThereIsMoreToTell) {
    TestOutbox box;
    box.open(notifying());
    const RequestId id = queue(box, t0);
    must(box->notify_later(id, 1, std::nullopt));
    EXPECT_FALSE(must(box->next_to_notify(t0 + 100h)));
    EXPECT_FALSE(must(box->next_notify_time()));
    EXPECT_FALSE(must(box->list()).at(0).to_notify);
    deliver(box, id, t0);
    EXPECT_EQ(must(box->next_to_notify(t0))->version, 2);
}

TEST(OutboxNotify, StillHasToTellAfterAKillBeforeItWasRecorded) {
    TestOutbox box;
    box.open(notifying());
    const RequestId id = queue(box, t0);
    box.close();
    const pid_t child = ::fork();
    if (child == 0) {
        auto mine = Outbox::open(box.path(), box.key.share(), notifying());
        if (mine) [[maybe_unused]]
            const auto taken = (*mine)->next_to_notify(t0);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    box.open(notifying());
    EXPECT_EQ(must(box->next_to_notify(t0))->summary.id, id);
}

TEST(OutboxNotify, HoldsWhatWaitsToBeToldForSevenDaysAndNoLonger) {
    TestOutbox box;
    box.open(notifying());
    const RequestId id = queue(box, t0);
    deliver(box, id, t0);
    EXPECT_EQ(must(box->purge(t0 + 24h * 6)), 0);
    EXPECT_EQ(must(box->purge(t0 + 24h * 7 + 1s)), 1);
    const RequestId refused = queue(box, t0);
    deliver(box, refused, t0);
    must(box->settle());
    must(box->notify_later(refused, 2, std::nullopt));
    EXPECT_EQ(must(box->purge(t0 + 1s)), 1);
}

TEST(OutboxNotify, HoldsNothingWhereNobodyIsToldAnyMore) {
    TestOutbox box;
    box.open(notifying());
    deliver(box, queue(box, t0), t0);
    OutboxOptions options;
    options.retention = 0h;
    box.close();
    box.open(options);
    EXPECT_EQ(must(box->purge(t0 + 1s)), 1);
    queue(box, t0);
    EXPECT_FALSE(must(box->next_to_notify(t0))) << "off, nothing is to be told";
}

TEST(OutboxNotify, PassesOverARowWhoseSealDoesNotHold) {
    TestOutbox box;
    box.open(notifying());
    queue(box, t0);
    const RequestId good = queue(box, t0 + 1s);
    box.close();
    run_sql(box.path(), "UPDATE payloads SET payload = zeroblob(length(payload)) WHERE seq = 1");
    box.open(notifying());
    EXPECT_EQ(must(box->next_to_notify(t0 + 1s))->summary.id, good);
    must(box->notified(good, 1));
    EXPECT_FALSE(must(box->next_notify_time())) << "nothing may be looked for without end";
}

TEST(OutboxNotify, DoesNotWaitForAMomentThatAWrongClockHadSet) {
    TestOutbox box;
    box.open(notifying());
    const RequestId id = queue(box, t0 + 24h * 365);
    EXPECT_EQ(must(box->next_to_notify(t0))->summary.id, id);
    must(box->notify_later(id, 1, t0 + 2h));
    EXPECT_FALSE(must(box->next_to_notify(t0)));
    must(box->forget_waits(t0));
    EXPECT_TRUE(must(box->next_to_notify(t0)));
}

TEST(OutboxNotify, KeepsMarksAndVersionsOfADamagedFileAndNeverRepeatsAVersion) {
    TestOutbox box;
    box.open(notifying());
    std::vector<RequestId> ids;
    for (int i = 0; i < 40; ++i) ids.push_back(queue(box, t0));
    for (const RequestId& id : ids) must(box->mark(id, Mark::Seen, true, t0));
    for (const RequestId& id : ids) must(box->notified(id, 1));
    must(box->purge(t0));
    box.close();
    std::string bytes = testing::read_file(box.path());
    // The second half of the file: payloads; what is behind it is found from the other end.
    bytes.replace(bytes.size() / 2 / 4096 * 4096, 4096, std::string(4096, '\xA5'));
    testing::write_file(box.path(), bytes);
    box.open(notifying());
    ASSERT_TRUE(box->damage());
    ASSERT_GT(box->damage()->rescued, 10);
    for (const RequestSummary& row : must(box->list())) {
        EXPECT_EQ(row.has(Mark::Seen), !row.to_notify) << "only a lost state is told anew";
        if (!row.to_notify) continue;
        EXPECT_GE(must(box->next_to_notify(t0))->version, 1000);
    }
}

TEST(OutboxMarks, AreSetTakenAwayAndKeptOverARestart) {
    TestOutbox box;
    box.open();
    const RequestId id = queue(box, t0);
    must(box->mark(id, Mark::Seen, true, t0));
    must(box->mark(id, Mark::Declared, true, t0));
    must(box->mark(id, Mark::Declared, true, t0));
    must(box->mark(id, Mark::Seen, false, t0));
    box.close();
    box.open();
    const RequestSummary row = must(box->list()).at(0);
    EXPECT_FALSE(row.has(Mark::Seen));
    EXPECT_TRUE(row.has(Mark::Declared));
    EXPECT_FALSE(row.has(Mark::Reconciled));
    EXPECT_EQ(fault_of(box->mark(make_request_id(), Mark::Seen, true, t0)), Fault::NotFound);
}

TEST(OutboxMarks, WhatIsStillOnItsWayCannotBeSetAside) {
    TestOutbox box;
    box.open();
    const RequestId id = queue(box, t0);
    EXPECT_EQ(fault_of(box->mark(id, Mark::SetAside, true, t0)), Fault::Conflict);
    must(box->mark(id, Mark::Seen, true, t0));
    deliver(box, id, t0);
    must(box->mark(id, Mark::SetAside, true, t0));
    EXPECT_TRUE(must(box->list()).at(0).has(Mark::SetAside));
}

TEST(OutboxMarks, AreLeftByARetryButForSetAside) {
    TestOutbox box;
    box.open();
    const RequestId id = queue(box, t0);
    must(box->claim(t0, lease));
    must(box->needs_staff(id, "refused", {}, t0));
    must(box->mark(id, Mark::SetAside, true, t0));
    must(box->mark(id, Mark::Declared, true, t0));
    must(box->retry(id, t0));
    EXPECT_FALSE(must(box->list()).at(0).has(Mark::SetAside));
    EXPECT_TRUE(must(box->list()).at(0).has(Mark::Declared));
}

TEST(OutboxMarks, StandInTheListNewestFirst) {
    TestOutbox box;
    box.open();
    std::vector<RequestId> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(queue(box, t0 + i * 1s));
    const auto rows = must(box->latest(3));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].id, ids[4]);
    EXPECT_EQ(rows[2].id, ids[2]);
}

TEST(OutboxChanges, GrowWithEveryChangeAndStandStillWithoutOne) {
    TestOutbox box;
    box.open(notifying());
    std::uint64_t last = box->changes();
    const auto grew = [&] { return std::exchange(last, box->changes()) < box->changes(); };
    const SignedRequest request = signed_request();
    must(box->enqueue(request, t0));
    EXPECT_TRUE(grew());
    must(box->enqueue(request, t0));
    EXPECT_FALSE(grew()) << "the same again is no change";
    must(box->claim(t0, lease));
    EXPECT_TRUE(grew());
    must(box->delivered(request.id, answer, t0));
    EXPECT_TRUE(grew()) << "at once, though it is written later";
    must(box->settle());
    grew();
    EXPECT_FALSE(must(box->claim(t0, lease)));
    must(box->counts());
    must(box->list());
    EXPECT_FALSE(grew());
    must(box->mark(request.id, Mark::Seen, true, t0));
    EXPECT_TRUE(grew());
    must(box->notified(request.id, 2));
    EXPECT_TRUE(grew());
    const RequestId other = queue(box, t0);
    grew();
    must(box->claim(t0, lease));
    must(box->needs_staff(other, "refused", {}, t0));
    EXPECT_TRUE(grew());
    must(box->retry(other, t0));
    EXPECT_TRUE(grew());
}

}  // namespace
}  // namespace uketsuke::net
