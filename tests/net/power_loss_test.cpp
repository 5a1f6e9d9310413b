// The power goes at a random moment: what was synced is on the disk, of the rest a random part in torn pieces.

#include <gmock/gmock.h>

#include <set>

#include "tests/net/fault_vfs.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::declared_form;
using testing::declared_request;
using testing::FaultVfs;
using testing::memory_folder;
using testing::must;
using testing::ScratchFolder;
using testing::signed_request;
using testing::start_time;

const WallTime t0 = start_time();

OutboxOptions options() {
    OutboxOptions options;
    options.retention = 0h;
    options.busy_limit = 1ms;
    return options;
}

const std::vector<std::uint8_t> some_form(5'000, 'f');

struct Told {
    std::vector<std::string> accepted;
    std::set<std::string> declared;  // with a form, which nothing but a reconciliation takes away
    std::set<std::string> sent;      // reached the service: delivered, perhaps purged, perhaps sent again
};

// The power goes sooner or later: every call may fail from then on.
void live(const std::filesystem::path& path, const SealingKey& key, const std::vector<SignedRequest>& requests,
          std::mt19937_64 chance, Told& told) {
    auto opened = Outbox::open(path, key.share(), options());
    if (!opened) return;
    Outbox& box = **opened;
    for (const SignedRequest& request : requests) {
        if (box.enqueue(request, t0)) {
            told.accepted.push_back(request.id.text());
            if (request.method == Method::Declaration) told.declared.insert(request.id.text());
        }
        if (chance() % 4 == 0 && box.declare(request.id, some_form, t0)) told.declared.insert(request.id.text());
        for (auto steps = chance() % 4; steps > 0; --steps) {
            const auto claim = box.claim(t0 + 1s, 60s);
            if (!claim || !*claim) break;
            const RequestId id = (*claim)->request.id;
            told.sent.insert(id.text());
            if (chance() % 4 == 0) {
                [[maybe_unused]] const auto later = box.postpone(id, t0 + 1s, "unreachable");
            } else {
                const std::vector<std::uint8_t> answer(chance() % 5000, 'a');
                [[maybe_unused]] const auto done = box.delivered(id, answer, t0 + 1s, "confirmed");
            }
        }
        const auto now_and_then = chance() % 8;
        if (now_and_then == 0) [[maybe_unused]]
            const auto purged = box.purge(t0 + 3s);
        if (now_and_then == 1) [[maybe_unused]]
            const auto settled = box.settle();
        if (now_and_then == 2) [[maybe_unused]]
            const auto checked = box.verify();
    }
}

struct Loss {
    std::int64_t accepted = 0;
    std::int64_t lost = 0;
    std::int64_t damaged = 0;
    std::int64_t repeated = 0;  // reached the service, and is sent again
};

const std::vector<SignedRequest>& receptions() {
    static const std::vector<SignedRequest> some = [] {
        std::vector<SignedRequest> requests;
        for (int i = 0; i < 16; ++i) {
            requests.push_back(i % 4 == 3 ? declared_request(declared_form(4'000)) : signed_request());
        }
        return requests;
    }();
    return some;
}

// What the next start finds.
void look(const std::filesystem::path& path, const SealingKey& key, const Told& told, Loss& loss) {
    const auto box = must(Outbox::open(path, key.share(), options()));
    if (box->damage() || !must(box->verify()).problems.empty()) ++loss.damaged;
    std::set<std::string> there;
    for (const RequestSummary& row : must(box->list())) {
        EXPECT_TRUE(there.insert(row.id.text()).second);
        if (row.state != RequestState::Delivered && told.sent.contains(row.id.text())) ++loss.repeated;
    }
    loss.accepted += static_cast<std::int64_t>(told.accepted.size());
    for (const std::string& id : told.accepted) {
        if (!there.contains(id) && !told.sent.contains(id)) ++loss.lost;
    }
    for (const std::string& id : told.declared) {
        if (!box->declaration(*RequestId::parse(id))) ++loss.lost;
    }
}

// `cuts` lives of an outbox, each cut at a random change of its files.
Loss cut_many(int cuts, std::uint64_t seed, bool disk_lies) {
    Loss loss;
    const SealingKey key = SealingKey::random();
    std::mt19937_64 chance(seed);
    std::int64_t moments = 0;
    for (int i = 0; i < cuts; ++i) {
        const ScratchFolder before = memory_folder();
        const ScratchFolder after = memory_folder();
        Told told;
        {
            FaultVfs vfs;
            vfs.hold_unsynced_writes();
            vfs.ignore_syncs(disk_lies);
            const std::mt19937_64 life(chance());
            // The first life runs to its end and says how many moments there are.
            if (moments > 0)
                vfs.cut_power_at(static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(moments)));
            live(before / "outbox.db", key, receptions(), life, told);
            if (moments == 0) {
                moments = vfs.changes();
                continue;
            }
            vfs.leave_after_cut(after.path(), chance);
        }
        look(after / "outbox.db", key, told, loss);
        if (::testing::Test::HasFailure()) {
            ADD_FAILURE() << "in cut " << i;
            return loss;
        }
    }
    return loss;
}

TEST(PowerLoss, AtHundredsOfRandomMomentsLosesNothingThatWasAccepted) {
    const Loss loss = cut_many(400, 20'251'121, false);
    EXPECT_EQ(loss.lost, 0);
    EXPECT_EQ(loss.damaged, 0);
    EXPECT_GT(loss.accepted, 1000) << "the lives must get somewhere before they are cut";
    EXPECT_GT(loss.repeated, 100) << "some cut must take a step of the drain with it";
}

TEST(PowerLoss, IsNoticedByThisTestWhenTheDiskOnlySaysThatItSyncs) {
    const Loss loss = cut_many(150, 20'251'121, true);
    EXPECT_GT(loss.lost, 0);
}

}  // namespace
}  // namespace uketsuke::net
