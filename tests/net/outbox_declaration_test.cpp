// Self-declarations in the outbox: with a reception, and as requests of their own.
#include <gmock/gmock.h>

#include <cstring>

#include "net/outbox.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::declared_form;
using testing::declared_request;
using testing::fault_of;
using testing::form_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::must;
using testing::only_row;
using testing::read_file;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;
using testing::unaskable;
using testing::write_file;

constexpr auto lease = 60s;
const WallTime t0 = start_time();

using Bytes = std::vector<std::uint8_t>;

TEST(OutboxDeclaration, IsQueuedWithItsFormMarkedAndClaimedWithoutIt) {
    TestOutbox box;
    box.open();
    SignedRequest request = declared_request(declared_form(300'000));
    must(box->enqueue(request, t0));
    const RequestSummary row = only_row(*box.box);
    EXPECT_TRUE(row.has_declaration);
    EXPECT_TRUE(row.has(Mark::Declared));
    EXPECT_EQ(row.state, RequestState::Due);
    EXPECT_EQ(must(box->declaration(request.id)), request.declaration);
    request.declaration.clear();
    EXPECT_EQ(must(box->claim(t0, lease))->request, request);
    EXPECT_EQ(must(box->show(request.id)).request, request);
    EXPECT_TRUE(must(box->verify()).problems.empty());
}

TEST(OutboxDeclaration, WithTooLittleToAskIsForStaffAndNeverSent) {
    TestOutbox box;
    box.open();
    const SignedRequest request = unaskable();
    ASSERT_TRUE(request.body.empty());
    must(box->enqueue(request, t0));
    EXPECT_EQ(only_row(*box.box).state, RequestState::NeedsStaff);
    EXPECT_EQ(only_row(*box.box).reason, "too little was said to ask the service");
    EXPECT_EQ(fault_of(box->retry(request.id, t0)), Fault::Conflict);
    EXPECT_FALSE(must(box->claim(t0 + 1h, lease)));
    EXPECT_EQ(must(box->declaration(request.id)), request.declaration);
}

TEST(OutboxDeclaration, WithoutAFormIsRefused) {
    TestOutbox box;
    box.open();
    SignedRequest request = declared_request();
    request.declaration.clear();
    EXPECT_EQ(fault_of(box->enqueue(request, t0)), Fault::BadOptions);
    request.declaration.assign(declaration_bytes_limit + 1, 0);
    EXPECT_EQ(fault_of(box->enqueue(request, t0)), Fault::BadOptions);
    EXPECT_THAT(must(box->list()), IsEmpty());
}

TEST(OutboxDeclaration, QueuedAgainIsTheSameAndWithAnotherFormAConflict) {
    TestOutbox box;
    box.open();
    SignedRequest request = declared_request();
    must(box->enqueue(request, t0));
    must(box->enqueue(request, t0 + 1s));
    EXPECT_EQ(must(box->list()).size(), 1u);
    request.declaration.back() ^= 1;
    EXPECT_EQ(fault_of(box->enqueue(request, t0)), Fault::Conflict);
}

TEST(OutboxDeclaration, IsKeptWithAReceptionWhateverItsState) {
    TestOutbox box;
    box.open();
    const SignedRequest request = signed_request();
    must(box->enqueue(request, t0));
    EXPECT_EQ(fault_of(box->declaration(request.id)), Fault::NotFound);
    EXPECT_FALSE(only_row(*box.box).has_declaration);
    must(box->claim(t0, lease));
    const Bytes form = form_of(request.id);
    must(box->declare(request.id, form, t0));
    EXPECT_TRUE(only_row(*box.box).has_declaration);
    EXPECT_TRUE(only_row(*box.box).has(Mark::Declared));
    EXPECT_EQ(only_row(*box.box).state, RequestState::InFlight);
    must(box->delivered(request.id, Bytes{'o', 'k'}, t0));
    EXPECT_EQ(must(box->declaration(request.id)), form);
    EXPECT_EQ(must(box->show(request.id)).request, request);
    EXPECT_EQ(fault_of(box->declare(make_request_id(), form, t0)), Fault::NotFound);
    EXPECT_EQ(fault_of(box->declaration(make_request_id())), Fault::NotFound);
    EXPECT_EQ(fault_of(box->declare(request.id, {}, t0)), Fault::BadOptions);
}

TEST(OutboxDeclaration, AnotherFormTakesThePlaceOfTheFirstAndOfWhatWasDoneWithIt) {
    TestOutbox box;
    box.open();
    const SignedRequest request = signed_request();
    must(box->enqueue(request, t0));
    const Bytes first = form_of(request.id), second = form_of(request.id, 20);
    must(box->declare(request.id, first, t0));
    must(box->mark(request.id, Mark::Printed, true, t0));
    must(box->mark(request.id, Mark::Reconciled, true, t0));
    must(box->mark(request.id, Mark::Seen, true, t0));
    must(box->declare(request.id, first, t0));
    EXPECT_TRUE(only_row(*box.box).has(Mark::Printed)) << "the same form once more changes nothing";
    EXPECT_TRUE(only_row(*box.box).has(Mark::Seen));
    must(box->declare(request.id, second, t0));
    EXPECT_EQ(must(box->declaration(request.id)), second);
    EXPECT_TRUE(only_row(*box.box).has(Mark::Declared));
    EXPECT_FALSE(only_row(*box.box).has(Mark::Printed));
    EXPECT_FALSE(only_row(*box.box).has(Mark::Reconciled));
}

TEST(OutboxDeclaration, CallsStaffOnceMoreForWhatTheyHadSeenOrSetAside) {
    TestOutbox box;
    box.open();
    const SignedRequest request = signed_request();
    must(box->enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->needs_staff(request.id, "refused", {}, t0));
    for (const Bytes& form : {form_of(request.id), form_of(request.id, 20)}) {
        must(box->mark(request.id, Mark::Seen, true, t0));
        must(box->mark(request.id, Mark::SetAside, true, t0));
        must(box->declare(request.id, form, t0));
        EXPECT_FALSE(only_row(*box.box).has(Mark::Seen));
        EXPECT_FALSE(only_row(*box.box).has(Mark::SetAside));
    }
}

TEST(OutboxDeclaration, OfARequestOfItsOwnMayBeCorrectedAndStaysWhatItIs) {
    TestOutbox box;
    box.open();
    const SignedRequest request = unaskable();
    must(box->enqueue(request, t0));
    must(box->declare(request.id, form_of(request.id), t0));
    EXPECT_EQ(fault_of(box->retry(request.id, t0)), Fault::Conflict);
}

TEST(OutboxDeclaration, HasNoAnswerToBeFiledAsAReadersResult) {
    TestOutbox box;
    OutboxOptions options;
    options.file_answers = true;
    box.open(options);
    const SignedRequest first = declared_request(), second = declared_request(), reception = signed_request();
    for (const SignedRequest& request : {first, second, reception}) must(box->enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->delivered(first.id, Bytes{'o', 'k'}, t0));
    box.open(options);  // the next one is delivered without having been claimed by this process
    must(box->delivered(second.id, Bytes{'o', 'k'}, t0));
    EXPECT_EQ(must(box->counts()).to_file, 0);
    must(box->claim(t0, lease));
    must(box->declare(reception.id, form_of(reception.id), t0));
    must(box->delivered(reception.id, Bytes{'o', 'k'}, t0));
    EXPECT_EQ(must(box->counts()).to_file, 1) << "a card's answer is filed, form or not";
}

TEST(OutboxDeclaration, IsNamedByVerifyWhenItsSealDoesNotHold) {
    TestOutbox box;
    box.open();
    const SignedRequest request = declared_request(declared_form(20'000));
    must(box->enqueue(request, t0));
    box.close();
    std::string bytes = read_file(box.path());
    const std::size_t at = bytes.size() - 2'000;  // in the pages that the form fills
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    write_file(box.path(), bytes);
    box.open();
    EXPECT_THAT(must(box->verify()).problems, ::testing::ElementsAre(HasSubstr("the seal of its declaration")));
    EXPECT_EQ(fault_of(box->declaration(request.id)), Fault::BadPayload);
    must(box->declare(request.id, request.declaration, t0));
    EXPECT_EQ(must(box->declaration(request.id)), request.declaration) << "and can be given again";
}

TEST(OutboxDeclaration, IsSealedAnewUnderAnotherKey) {
    TestOutbox box;
    box.open();
    const SignedRequest own = declared_request(), reception = signed_request();
    must(box->enqueue(own, t0));
    must(box->enqueue(reception, t0));
    must(box->declare(reception.id, form_of(reception.id), t0));
    SealingKey next = SealingKey::random();
    must(box->change_key(next.share()));
    box.close();
    box.key = std::move(next);
    box.open();
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
    EXPECT_EQ(must(box->declaration(own.id)), own.declaration);
    EXPECT_EQ(must(box->declaration(reception.id)), form_of(reception.id));
}

TEST(OutboxDeclaration, IsKnownWithoutTheKeyAndReadOnlyWithIt) {
    TestOutbox box;
    box.open();
    const SignedRequest request = declared_request();
    must(box->enqueue(request, t0));
    OutboxOptions options;
    options.access = OutboxAccess::Inspection;
    const auto closed = must(Outbox::open_without_key(box.path(), options));
    EXPECT_TRUE(only_row(*closed).has_declaration);
    EXPECT_EQ(fault_of(closed->declaration(request.id)), Fault::BadKey);
}

TEST(OutboxDeclaration, SaysWhenItsFormWasStoredAndWhetherThereIsSomethingToAsk) {
    TestOutbox box;
    box.open();
    const SignedRequest reception = signed_request(), own = declared_request(), mute = unaskable();
    must(box->enqueue(reception, t0));
    EXPECT_FALSE(only_row(*box.box).declared_at);
    EXPECT_FALSE(only_row(*box.box).asks_nothing);
    must(box->enqueue(own, t0 + 1s));
    must(box->enqueue(mute, t0 + 2s));
    must(box->declare(reception.id, form_of(reception.id), t0 + 1h));
    must(box->declare(reception.id, form_of(reception.id), t0 + 2h));
    const auto rows = must(box->list());
    EXPECT_EQ(rows.at(0).declared_at, t0 + 1h) << "the same form once more is not stored anew";
    EXPECT_EQ(rows.at(1).declared_at, t0 + 1s);
    EXPECT_FALSE(rows.at(1).asks_nothing);
    EXPECT_EQ(rows.at(2).declared_at, t0 + 2s);
    EXPECT_TRUE(rows.at(2).asks_nothing);
    must(box->declare(mute.id, form_of(mute.id), t0 + 3h));
    EXPECT_EQ(must(box->show(mute.id)).summary.declared_at, t0 + 3h);
    EXPECT_TRUE(must(box->show(mute.id)).summary.asks_nothing);
}

TEST(OutboxDeclaration, IsAmongTheOpenFormsUntilItIsReconciled) {
    TestOutbox box;
    box.open();
    EXPECT_EQ(must(box->open_form_count()), 0);
    EXPECT_THAT(must(box->open_forms(10)), IsEmpty());
    const SignedRequest own = declared_request(), plain = signed_request(), reception = signed_request();
    for (const SignedRequest& request : {own, plain, reception}) must(box->enqueue(request, t0));
    must(box->declare(reception.id, form_of(reception.id), t0 + 1s));
    const auto ids = [&](std::int64_t limit) {
        std::vector<RequestId> all;
        for (const RequestSummary& row : must(box->open_forms(limit))) all.push_back(row.id);
        return all;
    };
    EXPECT_THAT(ids(10), ::testing::ElementsAre(reception.id, own.id));
    EXPECT_THAT(ids(1), ::testing::ElementsAre(reception.id));
    EXPECT_EQ(must(box->open_forms(1)).at(0).declared_at, t0 + 1s);
    EXPECT_EQ(must(box->open_form_count()), 2);
    must(box->mark(reception.id, Mark::Reconciled, true, t0));
    must(box->mark(own.id, Mark::Seen, true, t0));
    EXPECT_THAT(ids(10), ::testing::ElementsAre(own.id));
    EXPECT_EQ(must(box->open_form_count()), 1);
    must(box->declare(reception.id, form_of(reception.id, 20), t0 + 2s));
    EXPECT_EQ(must(box->open_form_count()), 2) << "another form was compared with nothing yet";
}

// Every page in turn is lost.
TEST(OutboxDeclaration, IsCarriedOverWhenAnyPageOfTheFileIsDamaged) {
    TestOutbox box;
    box.open();
    std::vector<SignedRequest> own;
    std::vector<RequestId> receptions;
    for (int i = 0; i < 5; ++i) {
        own.push_back(i % 3 == 0 ? unaskable() : declared_request());
        must(box->enqueue(own.back(), t0));
        const SignedRequest reception = signed_request();
        must(box->enqueue(reception, t0));
        must(box->declare(reception.id, form_of(reception.id), t0));
        receptions.push_back(reception.id);
    }
    box.close();
    const std::string whole = read_file(box.path());
    std::int64_t lost = 0, damaged = 0;
    for (std::size_t page = 1; page < whole.size() / 4096; ++page) {
        std::string bytes = whole;
        std::memset(bytes.data() + page * 4096, 0xA5, 4096);
        write_file(box.path(), bytes);
        for (const char* rest : {"-wal", "-shm"}) std::filesystem::remove(box.path().string() + rest);
        box.open();
        if (box->damage()) ++damaged;
        EXPECT_THAT(must(box->list()), ::testing::SizeIs(::testing::Ge(9u))) << page;
        for (const SignedRequest& request : own) {
            const auto form = box->declaration(request.id);
            if (!form) ++lost;
            EXPECT_TRUE(!form || *form == request.declaration);
        }
        for (const RequestId& id : receptions) lost += box->declaration(id) ? 0 : 1;
        for (const RequestSummary& row : must(box->list())) {
            EXPECT_TRUE(row.has(Mark::Declared) || !row.has_declaration) << row.reason;
        }
        while (const auto claim = must(box->claim(t0 + 1h, lease))) EXPECT_FALSE(claim->request.body.empty());
        box.close();
    }
    EXPECT_GT(damaged, 10);
    const auto pages = static_cast<std::int64_t>(whole.size() / 4096);
    EXPECT_LT(lost, 2 * pages) << "a page holds the end of one form and the beginning of the next";
}

TEST(OutboxDeclaration, SaysStorageFullAndKeepsWhatWasThere) {
    TestOutbox box;
    OutboxOptions options;
    options.page_limit = 100;
    box.open(options);
    const SignedRequest reception = signed_request();
    must(box->enqueue(reception, t0));
    std::vector<SignedRequest> kept;
    for (;;) {
        const SignedRequest request = declared_request(declared_form(30'000));
        const auto done = box->enqueue(request, t0);
        if (!done) {
            EXPECT_EQ(done.error().fault, Fault::StorageFull);
            break;
        }
        kept.push_back(request);
        ASSERT_LT(kept.size(), 50u);
    }
    EXPECT_EQ(fault_of(box->declare(reception.id, form_of(reception.id, 100'000), t0)), Fault::StorageFull);
    EXPECT_FALSE(only_row(*box.box).has(Mark::Declared));
    EXPECT_EQ(must(box->list()).size(), kept.size() + 1);
    for (const SignedRequest& request : kept) EXPECT_EQ(must(box->declaration(request.id)), request.declaration);
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
}

}  // namespace
}  // namespace uketsuke::net
