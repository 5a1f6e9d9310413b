// When a self-declaration goes from the outbox, and what is left of it then.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include "net/outbox.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::declared_form;
using testing::declared_request;
using testing::fault_of;
using testing::form_of;
using ::testing::IsEmpty;
using testing::must;
using testing::only_row;
using testing::read_file;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;
using testing::unaskable;

constexpr auto lease = 60s;
const WallTime t0 = start_time();

using Bytes = std::vector<std::uint8_t>;

TEST(OutboxDeclaration, KeepsItsRowBeyondTheRetentionUntilItIsReconciled) {
    TestOutbox box;
    OutboxOptions options;
    options.retention = 0h;
    box.open(options);
    const SignedRequest kept = signed_request(), plain = signed_request(), own = declared_request(), mute = unaskable();
    for (const SignedRequest& request : {kept, plain, own}) {
        must(box->enqueue(request, t0));
        must(box->claim(t0, lease));
        must(box->delivered(request.id, Bytes{'o', 'k'}, t0));
    }
    must(box->enqueue(mute, t0));
    must(box->declare(kept.id, form_of(kept.id), t0));
    EXPECT_EQ(must(box->purge(t0 + 24h)), 1) << "only what has no form";
    EXPECT_EQ(fault_of(box->show(plain.id)), Fault::NotFound);
    for (const SignedRequest& request : {kept, own, mute}) must(box->mark(request.id, Mark::Reconciled, true, t0));
    EXPECT_EQ(must(box->purge(t0 + 24h)), 3);
    EXPECT_THAT(must(box->list()), IsEmpty());
    must(box->enqueue(signed_request(), t0));
    EXPECT_FALSE(only_row(*box.box).has_declaration) << "a row that takes the number of an old one";
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
}

TEST(OutboxDeclaration, ThatWasRefusedIsGoneOnceItIsReconciledAndOld) {
    TestOutbox box;
    box.open();
    const SignedRequest refused = declared_request(), declared = signed_request(), plain = signed_request();
    for (const SignedRequest& request : {refused, declared, plain}) {
        must(box->enqueue(request, t0));
        must(box->claim(t0, lease));
        must(box->needs_staff(request.id, "refused", {}, t0));
    }
    must(box->declare(declared.id, form_of(declared.id), t0));
    EXPECT_EQ(must(box->purge(t0 + 24h * 365)), 0) << "what was not compared";
    for (const SignedRequest& request : {refused, declared, plain})
        must(box->mark(request.id, Mark::Reconciled, true, t0));
    EXPECT_EQ(must(box->purge(t0 + 1h)), 0) << "younger than the retention";
    EXPECT_EQ(must(box->purge(t0 + 24h * 365)), 2);
    EXPECT_EQ(only_row(*box.box).id, plain.id) << "what needs staff and has no form stays";
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
}

// Some of the bytes that are on the disk of a form, from different pages.
std::vector<std::string> sealed_bytes(const std::filesystem::path& path, const RequestId& id) {
    sqlite3* database = nullptr;
    sqlite3_stmt* select = nullptr;
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_prepare_v2(database, "SELECT form FROM declarations WHERE id = ?1", -1, &select, nullptr),
              SQLITE_OK);
    sqlite3_bind_text(select, 1, id.text().c_str(), -1, SQLITE_TRANSIENT);
    EXPECT_EQ(sqlite3_step(select), SQLITE_ROW);
    const std::string form(static_cast<const char*>(sqlite3_column_blob(select, 0)),
                           static_cast<std::size_t>(sqlite3_column_bytes(select, 0)));
    sqlite3_finalize(select);
    sqlite3_close(database);
    return {form.substr(8, 32), form.substr(form.size() / 2, 32), form.substr(form.size() - 100, 32)};
}

void reconcile(TestOutbox& box, const SignedRequest& request) {
    must(box->enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->delivered(request.id, Bytes{'o', 'k'}, t0));
    must(box->mark(request.id, Mark::Reconciled, true, t0));
    must(box->settle());
}

void keep_and_purge(TestOutbox& box, const SignedRequest& request) {
    reconcile(box, request);
    EXPECT_EQ(must(box->purge(t0 + 1s)), 1);
}

TEST(OutboxDeclaration, LeavesNoSealedByteBehindAfterItsPurge) {
    TestOutbox box;
    OutboxOptions options;
    options.retention = 0h;
    box.open(options);
    const SignedRequest request = declared_request(declared_form(50'000));
    reconcile(box, request);
    const auto on_disk = [&] { return read_file(box.path()) + read_file(box.path().string() + "-wal"); };
    std::vector<std::string> traces = sealed_bytes(box.path(), request.id);
    traces.push_back(request.id.text());
    for (const std::string& trace : traces) ASSERT_NE(on_disk().find(trace), std::string::npos);
    EXPECT_EQ(must(box->purge(t0 + 1s)), 1);
    for (const std::string& trace : traces) EXPECT_EQ(on_disk().find(trace), std::string::npos);
    // Its space was given back: the file is hardly larger than one that held a small form.
    TestOutbox small;
    small.open(options);
    keep_and_purge(small, declared_request(declared_form(100)));
    EXPECT_LE(std::filesystem::file_size(box.path()), std::filesystem::file_size(small.path()) + 8'192u);
}

}  // namespace
}  // namespace uketsuke::net
