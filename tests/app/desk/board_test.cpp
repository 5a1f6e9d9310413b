#include "app/desk/board.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace uketsuke::desk {
namespace {

using nlohmann::json;

core::WallTime noon() {
    return core::WallTime{std::chrono::seconds{1'795'230'000}};
}

Arrival arrival(net::RequestState state, std::optional<net::Meaning> meaning, ArrivalState shown) {
    Arrival one;
    one.summary.id = net::make_request_id();
    one.summary.state = state;
    one.summary.queued_at = noon();
    one.summary.next_at = noon();
    one.meaning = meaning;
    one.state = shown;
    return one;
}

json parsed(const Board& board) {
    const StaffNames names;
    return json::parse(board_json(board, names));
}

TEST(Board, SaysWhatDoesNotApplyAsNull) {
    Board board;
    board.now = noon();
    const json all = parsed(board);
    EXPECT_TRUE(all["kiosk"]["session"].is_null());
    EXPECT_TRUE(all["kiosk"]["visual"].is_null());
    EXPECT_TRUE(all["kiosk"]["stopped"].is_null());
    EXPECT_TRUE(all["arrivals"].empty());
    EXPECT_EQ(all["policy"]["valid_s"], 120);
}

TEST(Board, IsOneLine) {
    Board board;
    board.kiosk.stopped = core::Stopped{core::StaffId{0}, "two\nlines"};
    const StaffNames names;
    EXPECT_EQ(board_json(board, names).find('\n'), std::string::npos);
}

TEST(Board, SurvivesTextThatIsNone) {
    Board board;
    board.arrivals.push_back(arrival(net::RequestState::Delivered, net::Meaning::Confirmed, ArrivalState::Confirmed));
    board.arrivals[0].masked_name = "\xFF\xFE";
    EXPECT_EQ(parsed(board)["arrivals"].size(), 1U);
}

TEST(Board, TheNumberIsTheOneThatThePatientReads) {
    Board board;
    board.arrivals.push_back(
        arrival(net::RequestState::Delivered, net::Meaning::InsuranceEnded, ArrivalState::Problem));
    board.arrivals.push_back(arrival(net::RequestState::Delivered, net::Meaning::Confirmed, ArrivalState::Confirmed));
    const json all = parsed(board);
    EXPECT_EQ(all["arrivals"][0]["number"], 11);
    EXPECT_TRUE(all["arrivals"][1]["number"].is_null());
}

TEST(Board, PatientsComeBeforeDevices) {
    Board board;
    board.kiosk.screen = core::Screen::PinLocked;
    board.kiosk.calls.push_back({3, noon(), core::Screen::Pin, std::nullopt, std::nullopt, {}, std::nullopt});
    board.arrivals.push_back(arrival(net::RequestState::NeedsStaff, std::nullopt, ArrivalState::Problem));
    board.health.push_back({"camera", PartState::Trouble, "no-picture", std::nullopt});
    const auto hands = hands_of(board);
    ASSERT_EQ(hands.size(), 4U);
    EXPECT_EQ(hands[0].kind, HandKind::Call);
    EXPECT_EQ(hands[0].on, "3");
    EXPECT_EQ(hands[1].kind, HandKind::PinLocked);
    EXPECT_EQ(hands[2].kind, HandKind::Request);
    EXPECT_EQ(hands[3].kind, HandKind::Device);
}

TEST(Board, WhatStaffDealtWithNeedsNoHand) {
    Board board;
    board.kiosk.calls.push_back({3, noon(), core::Screen::Pin, std::nullopt, core::StaffId{1}, {}, std::nullopt});
    board.arrivals.push_back(arrival(net::RequestState::NeedsStaff, std::nullopt, ArrivalState::Problem));
    board.arrivals[0].summary.marks[static_cast<std::size_t>(net::Mark::Declared)] = true;
    EXPECT_EQ(hands_of(board).size(), 1U) << "the form is still to be compared";
    board.arrivals[0].summary.marks[static_cast<std::size_t>(net::Mark::Reconciled)] = true;
    EXPECT_TRUE(hands_of(board).empty());
}

TEST(Board, OffersWhatCanBeDoneAboutAnArrival) {
    using List = std::vector<std::string>;
    EXPECT_EQ(actions_of(arrival(net::RequestState::NeedsStaff, {}, ArrivalState::Problem)),
              (List{"retry", "set-aside", "declare"}));
    EXPECT_EQ(actions_of(arrival(net::RequestState::Delivered, net::Meaning::Confirmed, ArrivalState::Confirmed)),
              List{});
    EXPECT_EQ(actions_of(arrival(net::RequestState::Due, {}, ArrivalState::Queued)), (List{"retry", "declare"}));
    EXPECT_EQ(actions_of(arrival(net::RequestState::InFlight, {}, ArrivalState::Queued)), (List{"declare"}));
    auto declared = arrival(net::RequestState::Delivered, net::Meaning::Confirmed, ArrivalState::Confirmed);
    declared.summary.marks[static_cast<std::size_t>(net::Mark::Declared)] = true;
    EXPECT_EQ(actions_of(declared), List{"reconcile"});
}

TEST(Board, TimesAreThoseOfJapan) {
    EXPECT_EQ(iso_time(core::WallTime{std::chrono::seconds{0}}), "1970-01-01T09:00:00+09:00");
}

Arrival with_form() {
    Arrival one = arrival(net::RequestState::Due, std::nullopt, ArrivalState::Queued);
    one.summary.has_declaration = true;
    one.summary.marks[static_cast<std::size_t>(net::Mark::Declared)] = true;
    one.check.emplace();
    return one;
}

TEST(Board, SaysHowAFormComparesWithWhatTheServiceSaid) {
    Board board;
    board.arrivals.push_back(arrival(net::RequestState::Due, std::nullopt, ArrivalState::Queued));
    board.declarations.push_back(with_form());
    board.declarations[0].check->result = net::Reconciliation::Differs;
    board.declarations[0].check->differ = {net::DeclaredField::Address, net::DeclaredField::NameKana};
    board.declarations[0].check->claim = net::ClaimCase::CurrentNumber;
    board.declarations[0].summary.marks[static_cast<std::size_t>(net::Mark::Printed)] = true;
    const json all = parsed(board);
    EXPECT_TRUE(all["arrivals"][0]["check"].is_null());
    EXPECT_TRUE(all["arrivals"][0]["claim"].is_null());
    const json& form = all["declarations"][0];
    EXPECT_EQ(form["check"], "differs");
    EXPECT_EQ(form["differs"], (json{"address", "name-kana"}));
    EXPECT_EQ(form["claim"], "current");
    EXPECT_EQ(form["printed"], true);
}

TEST(Board, AFormThatIsOnNoPaperAndThatNobodyHasLookedAtNeedsAHand) {
    Board board;
    board.now = noon();
    board.declarations.push_back(with_form());
    ASSERT_EQ(hands_of(board).size(), 1U);
    EXPECT_EQ(hands_of(board)[0].kind, HandKind::Declaration);
    EXPECT_EQ(hands_of(board)[0].on, board.declarations[0].summary.id.text());
    for (const auto mark : {net::Mark::Printed, net::Mark::Seen, net::Mark::Reconciled, net::Mark::SetAside}) {
        Board dealt_with = board;
        dealt_with.declarations[0].summary.marks[static_cast<std::size_t>(mark)] = true;
        EXPECT_TRUE(hands_of(dealt_with).empty()) << net::name_of(mark);
    }
}

TEST(Board, AFormThatMayStillComeOutOfThePrinterCallsNobody) {
    Board board;
    board.now = noon();
    board.paper_takes = std::chrono::seconds{60};
    board.declarations.push_back(with_form());
    EXPECT_TRUE(hands_of(board).empty());
    board.now += board.paper_takes;
    EXPECT_EQ(hands_of(board).size(), 1U);
}

TEST(Board, TheTimeOnTheWayToPaperBeginsWithTheForm) {
    Board board;
    board.now = noon();
    board.paper_takes = std::chrono::seconds{60};
    board.declarations.push_back(with_form());
    board.declarations[0].summary.queued_at = noon() - std::chrono::hours{1};
    board.declarations[0].summary.declared_at = noon();
    EXPECT_TRUE(hands_of(board).empty());
    board.now += board.paper_takes;
    ASSERT_EQ(hands_of(board).size(), 1U);
    EXPECT_EQ(hands_of(board)[0].since, noon());
}

TEST(Board, WhatAsksTheServiceNothingIsNeitherRetriedNorCalledARequestThatFailed) {
    Board board;
    board.now = noon();
    board.arrivals.push_back(arrival(net::RequestState::NeedsStaff, std::nullopt, ArrivalState::Problem));
    board.arrivals[0].summary.marks[static_cast<std::size_t>(net::Mark::Declared)] = true;
    board.arrivals[0].summary.asks_nothing = true;
    EXPECT_TRUE(hands_of(board).empty());
    EXPECT_EQ(actions_of(board.arrivals[0]), (std::vector<std::string>{"set-aside", "reconcile"}));
}

TEST(Board, CountsAllFormsNotOnlyThoseThatItLists) {
    Board board;
    board.declarations.push_back(with_form());
    board.declared = {300, 2, 41};
    EXPECT_EQ(parsed(board)["declared"], (json{{"confirmed", 300}, {"differs", 2}, {"not_confirmed", 41}}));
}

TEST(Board, ACallSaysWhatThereIsToLookAt) {
    Board board;
    board.kiosk.calls.push_back(
        {3, noon(), core::Screen::ShowToStaff, std::nullopt, std::nullopt, {}, core::OtherWay::PortalScreen});
    board.kiosk.calls.push_back({4, noon(), core::Screen::Pin, std::nullopt, std::nullopt, {}, std::nullopt});
    const json all = parsed(board);
    EXPECT_EQ(all["calls"][0]["to_show"], "portal");
    EXPECT_TRUE(all["calls"][1]["to_show"].is_null());
}

}  // namespace
}  // namespace uketsuke::desk
