#include "app/workers/print_worker.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "net/declaration.h"
#include "tests/app/declaration/print_service.h"
#include "tests/net/support.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using declaration::Printed;
using net::testing::must;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr core::DeclarationId k_form{7};
constexpr auto k_patience = 20s;
constexpr const char* k_name = "山田　花子";

class PrintWorkerTest : public ::testing::Test {
  protected:
    void SetUp() override { box.open(); }
    void TearDown() override {
        if (worker) worker->stop();
    }
    // A reception with a form.
    net::RequestId arrive(const std::string& page) {
        const net::SignedRequest request = net::testing::signed_request();
        must(box->enqueue(request, net::testing::start_time()));
        net::Declaration form;
        form.id = request.id;
        form.name = k_name;
        form.made_at = std::chrono::floor<std::chrono::seconds>(net::testing::start_time());
        form.page.assign(page.begin(), page.end());
        must(box->declare(request.id, must(net::encode(form)), net::testing::start_time()));
        return request.id;
    }
    void start(PrintWorkerOptions options) {
        options.now = &net::testing::start_time;
        options.printer.poll = 20ms;
        const auto notice = [this](NoticeLevel, const std::string& text) {
            const std::lock_guard lock(mutex);
            notices += text + "\n";
        };
        worker = std::make_unique<PrintWorker>(*box.box, events, notice, std::move(options));
        thread = std::jthread([this] { worker->run(); });
    }
    void start_with(std::function<Printed(std::span<const std::uint8_t>)> print) {
        PrintWorkerOptions options;
        options.printer.queue = "Paper";
        options.print = [print = std::move(print)](auto page, const auto&) { return print(page); };
        start(std::move(options));
    }
    // nullopt: nothing was said in time.
    std::optional<bool> printed() {
        const auto event = events.take_for(k_patience);
        if (!event) return std::nullopt;
        const auto* said = std::get_if<core::event::DeclarationPrinted>(&*event);
        if (said == nullptr || said->declaration != k_form) return std::nullopt;
        return said->done;
    }
    bool marked(const net::RequestId& id) const { return must(box->show(id)).summary.has(net::Mark::Printed); }
    std::string told() {
        const std::lock_guard lock(mutex);
        return notices;
    }

    net::testing::TestOutbox box;
    EventQueue events;
    std::mutex mutex;
    std::string notices;
    std::unique_ptr<PrintWorker> worker;
    std::jthread thread;
};

TEST_F(PrintWorkerTest, PrintsThePageThatIsKeptAndMarksIt) {
    const net::RequestId id = arrive("%PDF a page");
    std::string seen;
    start_with([&seen](auto page) {
        seen.assign(page.begin(), page.end());
        return Printed::Done;
    });
    worker->print(k_form, id);
    EXPECT_EQ(printed(), true);
    EXPECT_EQ(seen, "%PDF a page");
    EXPECT_TRUE(marked(id));
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(PrintWorkerTest, TellsStaffOfPaperThatRanOutWithoutSayingWhose) {
    const net::RequestId id = arrive("%PDF a page");
    start_with([](auto) { return Printed::NoPaper; });
    worker->print(k_form, id);
    EXPECT_EQ(printed(), false);
    EXPECT_FALSE(marked(id));
    EXPECT_THAT(told(), HasSubstr(id.text()));
    EXPECT_THAT(told(), HasSubstr("no-paper"));
    EXPECT_THAT(told(), Not(HasSubstr(k_name)));
}

TEST_F(PrintWorkerTest, PrintsNothingOfARowWithoutAFormOrAFormWithoutAPage) {
    int prints = 0;
    start_with([&prints](auto) {
        ++prints;
        return Printed::Done;
    });
    worker->print(k_form, net::make_request_id());
    EXPECT_EQ(printed(), false);
    worker->print(k_form, arrive(""));
    EXPECT_EQ(printed(), false);
    EXPECT_EQ(prints, 0);
    EXPECT_THAT(told(), HasSubstr("no page"));
}

TEST_F(PrintWorkerTest, WithoutAPrinterAnswersAtOnce) {
    start({});
    EXPECT_FALSE(worker->has_printer());
    worker->print(k_form, arrive("%PDF a page"));
    EXPECT_EQ(printed(), false);
}

TEST_F(PrintWorkerTest, EndsInTheMiddleOfAPageWhenTheKioskStops) {
    std::promise<void> begun;
    PrintWorkerOptions options;
    options.printer.queue = "Paper";
    options.print = [&begun](auto, const declaration::PrinterOptions& printer) {
        begun.set_value();
        while (!printer.stop()) std::this_thread::yield();
        return Printed::Cancelled;
    };
    start(std::move(options));
    const net::RequestId id = arrive("%PDF a page");
    worker->print(k_form, id);
    begun.get_future().wait();
    worker->stop();
    thread.join();
    EXPECT_FALSE(marked(id));
}

TEST_F(PrintWorkerTest, BringsAFormToARealPrinter) {
    auto service = declaration::PrintService::start();
    if (!service) GTEST_SKIP() << service.error();
    PrintWorkerOptions options;
    options.printer.server = (*service)->server();
    options.printer.queue = "Paper";
    start(std::move(options));
    const net::RequestId id = arrive("%PDF a page");
    worker->print(k_form, id);
    EXPECT_EQ(printed(), true);
    EXPECT_EQ((*service)->printed(), "%PDF a page");
    EXPECT_TRUE(marked(id));
}

TEST_F(PrintWorkerTest, TakesAwayAtItsStartWhatAKilledKioskLeftWithThePrinter) {
    auto service = declaration::PrintService::start();
    if (!service) GTEST_SKIP() << service.error();
    ASSERT_TRUE((*service)->kill_a_kiosk_that_prints_on("Slow"));
    PrintWorkerOptions options;
    options.printer.server = (*service)->server();
    options.printer.queue = "Slow";
    start(std::move(options));
    EXPECT_TRUE(declaration::within_ten_seconds([&service] { return (*service)->documents() == 0; }));
}

TEST_F(PrintWorkerTest, AsksForWhatWasLeftUntilThePrinterAnswersAndPrintsMeanwhile) {
    std::atomic<int> asked = 0;
    PrintWorkerOptions options;
    options.printer.queue = "Paper";
    options.print = [](auto, const auto&) { return Printed::Done; };
    options.take_away = [&asked](const auto&) { return ++asked == 3; };
    options.take_away_every = 1ms;
    start(std::move(options));
    worker->print(k_form, arrive("%PDF a page"));
    EXPECT_EQ(printed(), true);
    EXPECT_TRUE(declaration::within_ten_seconds([&asked] { return asked == 3; }));
    worker->print(k_form, arrive("%PDF a page"));
    EXPECT_EQ(printed(), true);
    EXPECT_EQ(asked, 3) << "nothing is left from then on";
}

}  // namespace
}  // namespace uketsuke::workers
