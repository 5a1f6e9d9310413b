// Every call that SQLite makes to the file system fails once, and from there on: the outbox answers with values, and
// what it acknowledged is there afterwards.

#include <gmock/gmock.h>

#include <array>
#include <ostream>
#include <set>

#include "tests/net/fault_vfs.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::FaultLength;
using testing::FaultVfs;
using testing::IoFault;
using testing::IoFaultPlan;
using testing::memory_folder;
using testing::must;
using testing::ScratchFolder;
using testing::signed_request;
using testing::start_time;

const WallTime t0 = start_time();
const std::vector<std::uint8_t> answer(900, 'a');
const std::vector<std::uint8_t> some_form(5'000, 'f');

OutboxOptions options() {
    OutboxOptions options;
    options.retention = 0h;
    options.busy_limit = 1ms;
    options.file_answers = true;
    return options;
}

// What the caller of one life of an outbox was told.
struct Told {
    std::set<std::string> accepted;
    std::set<std::string> filed;          // may be purged
    std::set<std::string> declared;       // with a form, which nothing but a reconciliation takes away
    std::optional<RequestId> patient_of;  // the reception that was accepted with a patient
};

class Life {
  public:
    Life(const std::filesystem::path& path, const SealingKey& key, const SealingKey& next_key)
        : m_path(path), m_key(key), m_next_key(next_key) {}

    // Open, every kind of step, close. Errors are values; what they are does not matter here.
    void live(const std::vector<SignedRequest>& requests, Told& told) const {
        auto opened = Outbox::open(m_path, m_key.share(), options());
        if (!opened) return;
        Outbox& box = **opened;
        for (const SignedRequest& request : requests) {
            const bool at_home = request.id == requests[1].id;
            if (at_home ? !box.enqueue(request, patient(), t0) : !box.enqueue(request, t0)) continue;
            if (at_home) told.patient_of = request.id;
            told.accepted.insert(request.id.text());
            if (request.method == Method::Declaration) told.declared.insert(request.id.text());
        }
        for (int i = 0; i < 5; ++i) step(box, i, told);
        if (box.declare(requests[2].id, some_form, t0)) told.declared.insert(requests[2].id.text());
        [[maybe_unused]] const auto due = box.make_all_due(t0 + 2s);
        [[maybe_unused]] const auto remembered = box.remember_answered_file("a.xml", digest(), t0);
        [[maybe_unused]] const auto known = box.file_is_answered("a.xml", digest());
        [[maybe_unused]] const auto purged = box.purge(t0 + 3s);
        [[maybe_unused]] const auto settled = box.settle();
        [[maybe_unused]] const auto changed = box.change_key(m_next_key.share());
        [[maybe_unused]] const auto ended = box.end_care({});
        [[maybe_unused]] const auto counts = box.counts();
        [[maybe_unused]] const auto checked = box.verify();
    }

    std::unique_ptr<Outbox> reopen() const {
        auto box = Outbox::open(m_path, m_key.share(), options());
        if (!box && box.error().fault == Fault::BadKey) box = Outbox::open(m_path, m_next_key.share(), options());
        return must(std::move(box));
    }

  private:
    static std::span<const std::uint8_t, 32> digest() {
        static constexpr std::array<std::uint8_t, 32> one{1};
        return one;
    }

    static CarePatient patient() {
        CarePatient somebody;
        somebody.certificate_sha256 = "abc";
        somebody.last_visit = std::chrono::floor<std::chrono::seconds>(t0);
        return somebody;
    }

    static void step(Outbox& box, int kind, Told& told) {
        auto claim = box.claim(t0 + 1s, 60s);
        if (!claim || !*claim) return;
        const RequestId id = (*claim)->request.id;
        CareAnswer named;
        named.name = "somebody";
        [[maybe_unused]] const auto told_patient = box.care_answered(id, named);
        if (kind == 0 || kind == 1) {
            [[maybe_unused]] const auto done = box.delivered(id, answer, t0 + 1s, "confirmed");
            if (kind == 1) file_one(box, told);
        } else if (kind == 2) {
            [[maybe_unused]] const auto done = box.processing(id, t0 + 60s, "processing");
        } else if (kind == 3) {
            [[maybe_unused]] const auto done = box.postpone(id, t0 + 60s, "unreachable");
        } else {
            [[maybe_unused]] const auto done = box.needs_staff(id, "refused", answer, t0 + 1s);
            [[maybe_unused]] const auto again = box.retry(id, t0 + 1s);
        }
    }

    static void file_one(Outbox& box, Told& told) {
        const auto task = box.next_to_file();
        if (!task || !*task) return;
        // From here on the file exists, whether the outbox learns of it or not.
        told.filed.insert((*task)->id.text());
        [[maybe_unused]] const auto done = box.filed((*task)->id);
    }

    const std::filesystem::path& m_path;
    const SealingKey& m_key;
    const SealingKey& m_next_key;
};

void expect_nothing_lost(const Outbox& box, const Told& told) {
    EXPECT_THAT(must(box.verify()).problems, ::testing::IsEmpty());
    std::set<std::string> there;
    for (const RequestSummary& row : must(box.list(10'000))) EXPECT_TRUE(there.insert(row.id.text()).second);
    for (const std::string& id : told.accepted) {
        EXPECT_TRUE(there.contains(id) || told.filed.contains(id)) << "an accepted reception is gone";
    }
    for (const std::string& id : told.declared) {
        EXPECT_TRUE(box.declaration(*RequestId::parse(id))) << "an accepted form is gone";
    }
    const auto patients = must(box.care());
    EXPECT_LE(patients.size(), 1u);
    if (told.patient_of) {
        ASSERT_EQ(patients.size(), 1u) << "an accepted patient is gone";
        EXPECT_EQ(patients[0].latest, *told.patient_of);
    }
}

struct Kind {
    const char* name;
    IoFault fault;
    FaultLength length;
};

void PrintTo(const Kind& kind, std::ostream* out) {
    *out << kind.name;
}

class OutboxFault : public ::testing::TestWithParam<Kind> {};

TEST_P(OutboxFault, AtEveryCallOfALifeLosesNothingThatWasAccepted) {
    const SealingKey key = SealingKey::random(), next_key = SealingKey::random();
    std::vector<SignedRequest> requests;
    for (int i = 0; i < 4; ++i) requests.push_back(signed_request());
    requests.push_back(testing::declared_request(testing::declared_form(4'000)));
    bool reached = true;
    std::int64_t lives = 0;
    for (std::int64_t n = 0; reached && !HasFailure(); ++n) {
        const ScratchFolder folder = memory_folder();
        const std::filesystem::path path = folder / "outbox.db";
        const Life life(path, key, next_key);
        Told told;
        // The file of an earlier life, so that opening has something to lose.
        const SignedRequest earlier = requests.front();
        must(must(Outbox::open(path, key.share(), options()))->enqueue(earlier, t0));
        told.accepted.insert(earlier.id.text());
        FaultVfs vfs;
        vfs.arm({n, GetParam().fault, GetParam().length});
        life.live(requests, told);
        vfs.disarm();
        reached = vfs.failed() > 0;
        ++lives;
        const auto after = life.reopen();
        SCOPED_TRACE("call " + std::to_string(n));
        EXPECT_FALSE(after->damage());
        expect_nothing_lost(*after, told);
        must(after->enqueue(signed_request(), t0));
    }
    EXPECT_GT(lives, 200) << "the script must make enough calls to mean something";
}

INSTANTIATE_TEST_SUITE_P(Kinds, OutboxFault,
                         ::testing::Values(Kind{"AnIoErrorOnce", IoFault::Error, FaultLength::Once},
                                           Kind{"IoErrorsFromThereOn", IoFault::Error, FaultLength::ForEver},
                                           Kind{"AFullDiskOnce", IoFault::Full, FaultLength::Once},
                                           Kind{"AFullDiskFromThereOn", IoFault::Full, FaultLength::ForEver},
                                           Kind{"AReadOnlyDiskOnce", IoFault::ReadOnly, FaultLength::Once},
                                           Kind{"AReadOnlyDiskFromThereOn", IoFault::ReadOnly, FaultLength::ForEver},
                                           Kind{"AShortReadOnce", IoFault::ShortRead, FaultLength::Once},
                                           Kind{"ShortReadsFromThereOn", IoFault::ShortRead, FaultLength::ForEver}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace uketsuke::net
