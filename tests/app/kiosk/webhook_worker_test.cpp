#include "app/workers/webhook_worker.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "tests/net/support.h"
#include "tests/net/tls_server.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using net::testing::http_answer;
using net::testing::must;
using net::testing::signed_request;
using net::testing::TlsServer;
using net::testing::TlsServerOptions;
using ::testing::HasSubstr;

constexpr auto k_patience = 20s;

struct Receiver {
    net::internal::TlsIdentity ca = must(net::internal::make_ca("Receiver's CA"));
    net::internal::TlsIdentity identity = must(net::internal::issue(ca, "receiver", net::internal::Usage::Server));
    std::unique_ptr<TlsServer> server;

    void say(const std::string& answer, std::vector<std::string> first = {}) {
        TlsServerOptions options;
        options.identity = &identity;
        options.answer = answer;
        options.first_answers = std::move(first);
        server = std::make_unique<TlsServer>(options);
    }
};

// What the worker told staff, and a moment to wait for.
class Notices {
  public:
    void add(NoticeLevel level, const std::string& text) {
        const std::lock_guard lock(m_mutex);
        m_all.emplace_back(level, text);
        m_changed.notify_all();
    }
    bool wait_for(NoticeLevel level, const std::string& part) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, k_patience, [&] {
            return std::any_of(m_all.begin(), m_all.end(), [&](const auto& one) {
                return one.first == level && one.second.find(part) != std::string::npos;
            });
        });
    }

  private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::pair<NoticeLevel, std::string>> m_all;
};

struct WebhookWorkerTest : ::testing::Test {
    net::testing::TestOutbox box;
    Receiver receiver;
    Notices notices;
    std::unique_ptr<net::Webhook> webhook;
    std::unique_ptr<WebhookWorker> worker;
    std::jthread thread;
    std::atomic<std::int64_t> ahead_ms{0};

    void SetUp() override {
        net::OutboxOptions options;
        options.notify = true;
        box.open(options);
    }
    void start(const std::string& url) {
        net::WebhookOptions options;
        options.url = url;
        options.secret = std::string(32, 's');
        options.ca_file = box.folder / "ca.pem";
        net::testing::write_file(options.ca_file, net::internal::pem_of(receiver.ca.certificate.get()));
        webhook = must(net::Webhook::create(options));
        worker = std::make_unique<WebhookWorker>(
            *box.box, webhook.get(), [this](NoticeLevel level, const std::string& text) { notices.add(level, text); },
            WebhookWorkerOptions{[this] { return now(); }, [] { return 0.0; }, {}});
        thread = std::jthread([this] { worker->run(); });
    }
    net::WallTime now() const { return net::testing::start_time() + std::chrono::milliseconds(ahead_ms); }
    net::RequestId arrive() {
        const net::SignedRequest request = signed_request();
        must(box->enqueue(request, now()));
        return request.id;
    }
    // Polls with a deadline; the outbox's change counter says when looking is worth it.
    template <class Holds>
    bool eventually(Holds holds) {
        const auto until = std::chrono::steady_clock::now() + k_patience;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::yield();
        }
        return true;
    }
    bool nothing_left() {
        return eventually([&] { return must(box->counts()).to_notify == 0; });
    }
    void TearDown() override {
        if (worker) worker->stop();
        if (thread.joinable()) thread.join();
    }
};

nlohmann::json body_of(const std::string& request) {
    return nlohmann::json::parse(request.substr(request.find("\r\n\r\n") + 4));
}

TEST_F(WebhookWorkerTest, TellsOfAnArrivalAtOnceAndOfItsAnswerAfterwards) {
    receiver.say(http_answer(200, ""));
    start(receiver.server->url());
    const net::RequestId id = arrive();
    worker->wake();
    ASSERT_TRUE(nothing_left());
    ASSERT_EQ(must(box->claim(now(), 60s))->request.id, id);
    must(box->needs_staff(id, "refused", {}, now()));
    worker->wake();
    ASSERT_TRUE(nothing_left());
    const auto requests = receiver.server->requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(body_of(requests[0])["state"], "queued");
    EXPECT_EQ(body_of(requests[1])["state"], "see the desk");
    EXPECT_THAT(requests[0], HasSubstr("Idempotency-Key: " + id.text() + ":1\r\n"));
    EXPECT_THAT(requests[1], HasSubstr("Idempotency-Key: " + id.text() + ":2\r\n"));
    const auto stamp = std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch().count();
    EXPECT_THAT(requests[0], HasSubstr("Uketsuke-Signature: t=" + std::to_string(stamp) + ",v1="))
        << "by the corrected clock, not by the machine's";
    EXPECT_FALSE(worker->trouble());
}

TEST_F(WebhookWorkerTest, TellsOfWhatWaitedFromBeforeItStarted) {
    arrive();
    arrive();
    receiver.say(http_answer(204, ""));
    start(receiver.server->url());
    EXPECT_TRUE(nothing_left());
    EXPECT_EQ(receiver.server->requests().size(), 2U);
}

TEST_F(WebhookWorkerTest, PutsWhatIsNotTakenOffForAsLongAsItIsAskedTo) {
    receiver.say(http_answer(503, "", "Retry-After: 120\r\n"));
    const net::RequestId id = arrive();
    start(receiver.server->url());
    ASSERT_TRUE(notices.wait_for(NoticeLevel::Warning, "HTTP 503"));
    ASSERT_TRUE(eventually([&] { return must(box->next_notify_time()) != now(); }));
    EXPECT_GE(*must(box->next_notify_time()), now() + 120s);
    EXPECT_EQ(must(box->next_to_notify(now() + 1h))->attempts, 1);
    ASSERT_TRUE(worker->trouble());
    EXPECT_FALSE(worker->trouble()->refused);
    EXPECT_EQ(worker->trouble()->since, now());
    EXPECT_THAT(worker->trouble()->what, HasSubstr("HTTP 503"));
    // A system that asks for two minutes is not called for the next arrival either.
    arrive();
    worker->wake();
    EXPECT_EQ(receiver.server->requests().size(), 1U);
    EXPECT_EQ(must(box->list()).front().id, id);
}

TEST_F(WebhookWorkerTest, TriesAgainAfterNobodyListened) {
    receiver.say(http_answer(200, ""));
    const std::string url = receiver.server->url();
    receiver.server.reset();
    arrive();
    start(url);
    ASSERT_TRUE(notices.wait_for(NoticeLevel::Warning, "cannot be told"));
    EXPECT_TRUE(worker->trouble());
    EXPECT_EQ(must(box->counts()).to_notify, 1);
    ASSERT_TRUE(eventually([&] { return must(box->next_notify_time()) != now(); }));
    EXPECT_EQ(must(box->next_notify_time()), now() + 1s);
}

TEST_F(WebhookWorkerTest, TellsAgainUntilItIsTakenAndThenSaysThatTheTroubleIsOver) {
    receiver.say(http_answer(200, ""), {http_answer(503, "")});
    const net::RequestId id = arrive();
    start(receiver.server->url());
    ASSERT_TRUE(notices.wait_for(NoticeLevel::Warning, "HTTP 503"));
    ASSERT_TRUE(eventually([&] {
        ahead_ms += 10;
        worker->wake();
        return must(box->counts()).to_notify == 0;
    }));
    EXPECT_TRUE(notices.wait_for(NoticeLevel::Info, "told again"));
    EXPECT_FALSE(worker->trouble());
    const auto requests = receiver.server->requests();
    ASSERT_EQ(requests.size(), 2U);
    const std::string key = "Idempotency-Key: " + id.text() + ":1\r\n";
    EXPECT_THAT(requests[0], HasSubstr(key));
    EXPECT_THAT(requests[1], HasSubstr(key)) << "the same again, so the receiver can tell";
}

TEST_F(WebhookWorkerTest, StopsAskingWhatIsRefusedAndSaysSo) {
    receiver.say(http_answer(400, ""));
    const net::RequestId id = arrive();
    start(receiver.server->url());
    ASSERT_TRUE(notices.wait_for(NoticeLevel::Warning, "request " + id.text()));
    ASSERT_TRUE(nothing_left());
    ASSERT_TRUE(eventually([&] { return worker->trouble().has_value(); }));
    EXPECT_TRUE(worker->trouble()->refused);
    EXPECT_EQ(receiver.server->requests().size(), 1U);
}

TEST_F(WebhookWorkerTest, EndsWhileTheReceiverIsSilentAndLeavesTheRowToBeTold) {
    TlsServerOptions options;
    options.identity = &receiver.identity;
    options.silent = true;
    receiver.server = std::make_unique<TlsServer>(options);
    arrive();
    start(receiver.server->url());
    worker->stop();
    thread.join();
    EXPECT_EQ(must(box->counts()).to_notify, 1);
    EXPECT_EQ(must(box->next_to_notify(now()))->attempts, 0);
}

TEST(WebhookWorkerAlone, EndsAtOnceWhereNothingIsConfigured) {
    net::testing::TestOutbox box;
    box.open();
    WebhookWorker worker(*box.box, nullptr, [](NoticeLevel, const std::string&) {}, {});
    worker.run();
    EXPECT_FALSE(worker.trouble());
}

}  // namespace
}  // namespace uketsuke::workers
