#include "app/declaration/printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "app/declaration/print_job.h"
#include "app/declaration/printer_trouble.h"
#include "tests/app/declaration/print_service.h"

namespace uketsuke::declaration {
namespace {

using std::chrono::milliseconds;

const std::string k_form = "%PDF-1.5 a form";

Printed print_on(const std::string& server, const std::string& queue, PrinterOptions options = {}) {
    options.server = server;
    options.queue = queue;
    options.id = "0f8a2c31-5b7e-4d6a-9c10-2e4f6a8b0c1d";
    options.poll = milliseconds{20};
    return print({reinterpret_cast<const std::uint8_t*>(k_form.data()), k_form.size()}, options);
}

class Printing : public testing::Test {
  protected:
    void SetUp() override {
        auto started = PrintService::start();
        if (!started) GTEST_SKIP() << started.error();
        m_service = std::move(*started);
    }
    Printed print(const std::string& queue, PrinterOptions options = {}) const {
        return print_on(m_service->server(), queue, std::move(options));
    }
    PrinterOptions on(const std::string& queue) const {
        PrinterOptions options;
        options.server = m_service->server();
        options.queue = queue;
        return options;
    }
    // Troubled printers have as long as a test can wait.
    Printed print_impatiently(const std::string& queue) const {
        PrinterOptions options;
        options.patience = milliseconds{300};
        return print(queue, options);
    }
    // What is not in the spool comes out of no printer later, and nobody reads it there.
    void expect_nothing_left() const {
        EXPECT_TRUE(within_ten_seconds([this] { return m_service->documents() == 0; }))
            << m_service->documents() << " documents";
    }
    std::unique_ptr<PrintService> m_service;
};

TEST_F(Printing, BringsThePageToPaperAndLeavesNothingWithTheService) {
    EXPECT_EQ(print("Paper"), Printed::Done);
    EXPECT_EQ(m_service->printed(), k_form);
    expect_nothing_left();
}

TEST_F(Printing, OfOnePageAfterTheOtherBringsBoth) {
    EXPECT_EQ(print("Paper"), Printed::Done);
    EXPECT_EQ(print("Titles"), Printed::Done);
    expect_nothing_left();
}

TEST_F(Printing, IsTitledWithTheMachineAndTheBeginningOfTheRowsIdAndNothingElse) {
    EXPECT_EQ(print("Titles"), Printed::Done);
    std::array<char, 65> host{};
    ASSERT_EQ(::gethostname(host.data(), host.size() - 1), 0);
    EXPECT_EQ(m_service->title(), "uketsuke@" + std::string(host.data()) + " 0f8a2c31");
}

TEST_F(Printing, OnAPrinterThatIsSwitchedOffIsCancelled) {
    EXPECT_EQ(print_impatiently("SwitchedOff"), Printed::Offline);
    expect_nothing_left();
}

TEST_F(Printing, OnAnUnpluggedPrinterIsCancelled) {
    EXPECT_EQ(print_impatiently("Unplugged"), Printed::Offline);
    expect_nothing_left();
}

TEST_F(Printing, OnAPausedPrinterIsNotBegun) {
    EXPECT_EQ(print("Paused"), Printed::Offline);
    EXPECT_EQ(m_service->documents(), 0U);
    EXPECT_EQ(m_service->printed(), "");
}

TEST_F(Printing, OnAPrinterThatTakesNoJobsIsNotBegun) {
    EXPECT_EQ(print("TakesNoJobs"), Printed::Offline);
    EXPECT_EQ(m_service->documents(), 0U);
}

TEST_F(Printing, WithoutPaperIsCancelled) {
    EXPECT_EQ(print_impatiently("NoPaper"), Printed::NoPaper);
    expect_nothing_left();
}

TEST_F(Printing, GoesOnWhenPaperIsLaidInInTime) {
    EXPECT_EQ(print("Refilled"), Printed::Done);
    expect_nothing_left();
}

TEST_F(Printing, ThatBreaksIsRefused) {
    EXPECT_EQ(print("Breaks"), Printed::Refused);
    expect_nothing_left();
}

TEST_F(Printing, WithoutAnEndIsCancelledAtTheLimit) {
    PrinterOptions options;
    options.limit = milliseconds{200};
    EXPECT_EQ(print("Slow", options), Printed::TooLong);
    expect_nothing_left();
}

TEST_F(Printing, IsCancelledWhenTheKioskStops) {
    PrinterOptions options;
    int asked = 0;
    options.stop = [&asked] { return ++asked > 3; };
    EXPECT_EQ(print("Slow", options), Printed::Cancelled);
    expect_nothing_left();
}

TEST_F(Printing, ThatWasKilledIsTakenAwayByTheNextProcess) {
    ASSERT_TRUE(m_service->kill_a_kiosk_that_prints_on("Slow"));
    ASSERT_EQ(m_service->documents(), 1U);
    EXPECT_TRUE(take_away_left(on("Slow")));
    expect_nothing_left();
}

TEST_F(Printing, TakesAwayWhatWasLeftBeforeItBegins) {
    ASSERT_TRUE(m_service->kill_a_kiosk_that_prints_on("Slow"));
    PrinterOptions options;
    options.limit = milliseconds{200};
    EXPECT_EQ(print("Slow", options), Printed::TooLong);
    expect_nothing_left();
}

TEST_F(Printing, LeavesWhatIsNotOursOnTheQueue) {
    const std::vector<std::uint8_t> letter{'%', 'P', 'D', 'F', '-'};
    PrintQueue queue(m_service->server(), "Slow");
    const auto theirs = queue.send(letter, "a letter");
    const auto of_another_kiosk = queue.send(letter, "uketsuke@elsewhere 0f8a2c31");
    ASSERT_TRUE(theirs && of_another_kiosk);
    EXPECT_TRUE(take_away_left(on("Slow")));
    EXPECT_EQ(m_service->documents(), 2U);
}

TEST_F(Printing, TakesNothingAwayWhereNobodyAnswers) {
    EXPECT_FALSE(take_away_left(on("Elsewhere")));
    m_service->stop();
    EXPECT_FALSE(take_away_left(on("Slow")));
}

TEST_F(Printing, OnAPrinterThatNobodyKnowsFindsNone) {
    EXPECT_EQ(print("Elsewhere"), Printed::NoPrinter);
}

TEST_F(Printing, WithAServiceThatEndedFindsNoPrinter) {
    m_service->stop();
    EXPECT_EQ(print("Paper"), Printed::NoPrinter);
}

TEST(PrintingWithoutAService, FindsNoPrinter) {
    EXPECT_EQ(print_on("/nowhere/cups.sock", "Paper"), Printed::NoPrinter);
    EXPECT_EQ(print_on("127.0.0.1:1", "Paper"), Printed::NoPrinter);
}

TEST(PrinterTrouble, IsKnownByItsWordWhateverItsSeverity) {
    EXPECT_EQ(trouble_of("media-empty-error"), Printed::NoPaper);
    EXPECT_EQ(trouble_of("media-jam"), Printed::NoPaper);
    EXPECT_EQ(trouble_of("door-open-report"), Printed::NoPaper);
    EXPECT_EQ(trouble_of("offline-report"), Printed::Offline);
    EXPECT_EQ(trouble_of("connecting-to-device"), Printed::Offline);
    EXPECT_EQ(trouble_of("none"), std::nullopt);
    EXPECT_EQ(trouble_of("toner-low-warning"), std::nullopt);
    EXPECT_EQ(trouble_of(""), std::nullopt);
}

TEST(PrinterTrouble, IsKnownByTheSentencesOfTheBackends) {
    EXPECT_EQ(trouble_in("The printer may not exist or is unavailable at this time."), Printed::Offline);
    EXPECT_EQ(trouble_in("プリンターが応答していません。"), Printed::Offline);
    EXPECT_EQ(trouble_in("Connecting to printer."), std::nullopt);
    EXPECT_EQ(trouble_in(""), std::nullopt);
}

}  // namespace
}  // namespace uketsuke::declaration
