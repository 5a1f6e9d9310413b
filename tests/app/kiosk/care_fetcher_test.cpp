// When the institution's patients are fetched, and that nothing waits for it.
#include "app/workers/care_fetcher.h"

#include <gmock/gmock.h>

#include <atomic>
#include <semaphore>
#include <thread>

#include "app/workers/net_worker.h"
#include "tests/net/care_support.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using net::testing::first_visit;
using net::testing::HomeCards;
using net::testing::institution;
using net::testing::must;
using net::testing::patient_after;
using net::testing::start_second;
using net::testing::start_time;
using net::testing::Terminal;
using net::testing::TestOutbox;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto k_patience = 20s;
const net::WallTime t0 = start_time();

const HomeCards& cards() {
    static const HomeCards some(2);
    return some;
}

struct CareFetcherTest : ::testing::Test {
    Terminal terminal;
    net::SimulatorOptions options() const {
        net::SimulatorOptions o;
        o.terminal_public_key = terminal.open;
        return o;
    }
    net::testing::RunningSimulator service{options()};
    TestOutbox box;
    std::unique_ptr<net::EligibilityClient> client = new_client();
    std::vector<std::string> notices;
    CareFetcher fetcher{(box.open(), *box.box), *client,
                        [this](NoticeLevel level, const std::string& text) {
                            EXPECT_EQ(level, NoticeLevel::Info);
                            notices.push_back(text);
                        },
                        std::chrono::days{100}};

    std::unique_ptr<net::EligibilityClient> new_client() const {
        net::ServiceOptions its = service.service();
        its.institution_code = institution;
        its.device = "0123456789abcdef";
        return must(net::EligibilityClient::create(its));
    }
    net::SignedRequest visit(int person) const {
        return cards().sign(first_visit(cards(), person, start_second()), terminal);
    }
    // Somebody whom another tablet received.
    void elsewhere(int person) const { must(new_client()->send(visit(person))); }
    void go_down(bool down) {
        net::SimulatorFaults faults;
        faults.down = down;
        must(service->set_fault(faults));
    }
};

TEST_F(CareFetcherTest, AsksAtOnceThenAtMostEveryQuarterOfAnHour) {
    elsewhere(0);
    EXPECT_TRUE(fetcher.due(t0));
    EXPECT_TRUE(fetcher.fetch(t0).changed);
    EXPECT_THAT(must(box->care()), SizeIs(1));
    EXPECT_FALSE(fetcher.due(t0));
    EXPECT_FALSE(fetcher.due(t0 + 15min - 1ms));
    EXPECT_TRUE(fetcher.due(t0 + 15min));
    EXPECT_FALSE(fetcher.fetch(t0 + 15min).changed);
    EXPECT_TRUE(fetcher.due(t0)) << "a clock that was set back does not put it off";
    EXPECT_THAT(notices, IsEmpty());
}

TEST_F(CareFetcherTest, AFailureIsOnlyNotedAndTriedAgainWhenTheServiceCanBeReached) {
    go_down(true);
    const auto fetched = fetcher.fetch(t0);
    EXPECT_FALSE(fetched.changed);
    EXPECT_FALSE(fetched.cancelled);
    ASSERT_THAT(notices, SizeIs(1));
    EXPECT_THAT(notices[0], HasSubstr("not fetched"));
    EXPECT_FALSE(fetcher.due(t0 + 1s));
    fetcher.reached(false);
    EXPECT_FALSE(fetcher.due(t0 + 1s));
    fetcher.reached(true);
    EXPECT_TRUE(fetcher.due(t0 + 1s)) << "a request got through";
    fetcher.fetch(t0 + 1s);
    fetcher.network_back(t0 + 2s);
    EXPECT_TRUE(fetcher.due(t0 + 2s));
    go_down(false);
    fetcher.fetch(t0 + 2s);
    fetcher.reached(true);
    EXPECT_FALSE(fetcher.due(t0 + 3s)) << "each answered request is no reason to ask";
}

TEST_F(CareFetcherTest, ANetworkThatComesAndGoesIsAskedOnceAMinute) {
    fetcher.fetch(t0);
    for (const auto later : {1s, 2s, 30s}) {
        fetcher.network_back(t0 + later);
        EXPECT_FALSE(fetcher.due(t0 + later));
    }
    EXPECT_TRUE(fetcher.due(t0 + 60s));
}

TEST_F(CareFetcherTest, AServiceThatDoesNotTellIsNotAskedAfterEachRequest) {
    net::SimulatorFaults faults;
    faults.status = 404;
    must(service->set_fault(faults));
    fetcher.fetch(t0);
    fetcher.reached(true);
    EXPECT_FALSE(fetcher.due(t0 + 1min));
    EXPECT_TRUE(fetcher.due(t0 + 15min));
}

TEST_F(CareFetcherTest, LeavesOutWhoseRelationIsOver) {
    elsewhere(0);
    fetcher.fetch(t0 + std::chrono::days(101));
    EXPECT_THAT(must(box->care()), IsEmpty());
}

TEST_F(CareFetcherTest, ACallThatWasBrokenOffIsStillDue) {
    client->cancel();
    EXPECT_TRUE(fetcher.fetch(t0).cancelled);
    EXPECT_TRUE(fetcher.due(t0));
    EXPECT_THAT(notices, IsEmpty());
}

// The whole net thread, with a clock that a test sets.
struct NetWorkerAtHome : CareFetcherTest {
    EventQueue events;
    StaffNotes notes{events};
    std::unique_ptr<net::NetworkWatch> network = must(net::NetworkWatch::open());
    std::atomic<std::int64_t> ahead_ms{0};
    std::binary_semaphore lost{0};
    std::unique_ptr<NetWorker> worker;
    std::jthread thread;

    void start() {
        NetWorkerOptions its;
        its.now = [this] { return t0 + std::chrono::milliseconds(ahead_ms.load()); };
        its.random = [] { return 0.0; };
        its.service_time = [](std::chrono::sys_seconds) {};
        its.delivered = [] {};
        its.at_home = true;
        its.device_lost = [this] { lost.release(); };
        worker = std::make_unique<NetWorker>(
            *box.box, *client, *network, events, notes, [](NoticeLevel, const std::string&) {}, its);
        thread = std::jthread([this] { worker->run(); });
    }
    ~NetWorkerAtHome() override {
        if (worker) worker->stop();
    }
    bool hears_of_a_change() {
        const auto until = std::chrono::steady_clock::now() + k_patience;
        while (std::chrono::steady_clock::now() < until) {
            const auto event = events.take_for(100ms);
            if (event && std::holds_alternative<core::event::CareChanged>(*event)) return true;
        }
        return false;
    }
};

TEST_F(NetWorkerAtHome, FetchesAtTheStartOfATourAndAgainAQuarterOfAnHourLater) {
    elsewhere(0);
    start();
    EXPECT_TRUE(hears_of_a_change());
    EXPECT_THAT(must(box->care()), SizeIs(1));
    elsewhere(1);
    ahead_ms = std::chrono::milliseconds(16min).count();
    worker->wake();
    EXPECT_TRUE(hears_of_a_change());
    EXPECT_THAT(must(box->care()), SizeIs(2));
}

TEST_F(NetWorkerAtHome, ALostTabletLearnsItFromTheListToo) {
    service->set_device_lost("0123456789abcdef", true);
    start();
    EXPECT_TRUE(lost.try_acquire_for(k_patience));
}

TEST_F(NetWorkerAtHome, ARequestDoesNotWaitForAListThatIsSlowInComing) {
    net::SimulatorFaults slow;
    slow.slow = 15s;
    must(service->set_fault(slow));
    const auto before = service->calls();
    start();
    ASSERT_TRUE(service->wait_for_calls(before + 1, k_patience));
    const net::SignedRequest request = visit(0);
    must(box->enqueue(request, patient_after(first_visit(cards(), 0, start_second())), t0));
    const auto begun = std::chrono::steady_clock::now();
    worker->wake();
    ASSERT_TRUE(service->wait_for_calls(before + 2, k_patience));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

}  // namespace
}  // namespace uketsuke::workers
