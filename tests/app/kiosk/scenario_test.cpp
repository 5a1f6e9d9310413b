#include "app/main/scenario.h"

#include <gtest/gtest.h>

#include <random>

namespace uketsuke::app {
namespace {

TEST(Scenario, ReadsEveryCommandAndKeepsTheLineNumbers) {
    const auto scenario = parse_scenario(
        "# a visit\nNEEDS face\nPLACE sato\n\nWAIT choose-method 500 # soon\nTAP language en\nPIN 1234\nEXPECT "
        "face-failed\n"
        "EXPECT 受付 完了\nSTAFF visual 2580\nCAMERA none\nNET slow 800\nREADER unplug\nSHOT a.png\nADVANCE "
        "10\nREMOVE\nTOUCH\nHEADPHONES in\nTAP preference low\nTAP volume\nKEY to digit 4\nKEY listen\nSPOKEN 受付 "
        "完了\n"
        "UNSPOKEN 佐藤\n",
        "x.txt");
    ASSERT_TRUE(scenario) << scenario.error();
    ASSERT_EQ(scenario->size(), 22U);
    EXPECT_EQ((*scenario)[2].number, 5);
    EXPECT_EQ(std::get<command::Wait>((*scenario)[2].command).at_most, std::chrono::milliseconds{500});
    EXPECT_EQ(std::get<command::Tap>((*scenario)[3].command).intent.value,
              static_cast<std::uint8_t>(core::Language::English));
    EXPECT_EQ(std::get<command::ExpectScreen>((*scenario)[5].command).screen, core::Screen::FaceFailed);
    EXPECT_EQ(std::get<command::ExpectText>((*scenario)[6].command).text, "受付 完了");
    EXPECT_TRUE(std::get<command::Headphones>((*scenario)[15].command).plugged);
    const core::Intent low{core::Intent::Kind::ChangePreference,
                           static_cast<std::uint8_t>(core::Preference::LowControls)};
    EXPECT_EQ(std::get<command::Tap>((*scenario)[16].command).intent, low);
    EXPECT_EQ(std::get<command::PressKey>((*scenario)[18].command).until, (core::Intent{core::Intent::Kind::Digit, 4}));
    EXPECT_EQ((*scenario)[18].text, "KEY to digit *");
    EXPECT_EQ(std::get<command::PressKey>((*scenario)[19].command).key, ui::GuideKey::Listen);
    EXPECT_FALSE(std::get<command::Spoken>((*scenario)[20].command).never);
    EXPECT_TRUE(std::get<command::Spoken>((*scenario)[21].command).never);
}

TEST(Scenario, ReadsWhatStaffElsewhereDecide) {
    using Kind = command::Desk::Kind;
    const auto scenario = parse_scenario(
        "DESK visual\nDESK visual condition\nDESK withdraw\nDESK allow waive-challenge\nDESK stop Closed today\nDESK "
        "stop\nDESK resume\nDESK coming\nTAP confirm-visual condition\nTAP confirm-visual\n",
        "x.txt");
    ASSERT_TRUE(scenario) << scenario.error();
    const auto desk = [&](std::size_t line) { return std::get<command::Desk>((*scenario)[line].command); };
    EXPECT_EQ(desk(0).reason, core::VisualReason::Other);
    EXPECT_EQ(desk(1).reason, core::VisualReason::Condition);
    EXPECT_EQ(desk(2).kind, Kind::Withdraw);
    EXPECT_EQ(desk(3).purpose, core::StaffPurpose::WaiveChallenge);
    EXPECT_EQ(desk(4).message, "Closed today");
    EXPECT_EQ(desk(5).message, "");
    EXPECT_EQ(desk(6).kind, Kind::Resume);
    EXPECT_EQ(desk(7).kind, Kind::Coming);
    const auto reason = [&](std::size_t line) {
        return static_cast<core::VisualReason>(std::get<command::Tap>((*scenario)[line].command).intent.value);
    };
    EXPECT_EQ(reason(8), core::VisualReason::Condition);
    EXPECT_EQ(reason(9), core::VisualReason::Other);
}

TEST(Scenario, ReadsOneLineAfterTheOther) {
    EXPECT_FALSE(parse_line("  # nothing", 1, "input").value());
    const auto line = parse_line("REMOVE", 7, "input");
    ASSERT_TRUE(line && *line);
    EXPECT_EQ((*line)->number, 7);
    EXPECT_EQ(parse_line("FLY", 8, "input").error(), "input:8: no command 'FLY'");
}

TEST(Scenario, NeverRepeatsThePinOrTheStaffCode) {
    const auto scenario = parse_scenario("PIN 1234\nSTAFF visual 2580\n", "x.txt");
    ASSERT_TRUE(scenario);
    EXPECT_EQ((*scenario)[0].text, "PIN ****");
    EXPECT_EQ((*scenario)[1].text, "STAFF visual ****");
}

TEST(Scenario, ReadsWhatHappensOnATour) {
    const auto scenario = parse_scenario(
        "CODE 258025\nTAP visit\nTAP care-list\nTAP patient 12\nTAP reinquire home\nTAP reinquire online\n"
        "TAP end-tour\nROTATE\nBATTERY 14\nBATTERY 100 charging\nLOST\nPOWER off-on\n",
        "x.txt");
    ASSERT_TRUE(scenario) << scenario.error();
    ASSERT_EQ(scenario->size(), 12U);
    EXPECT_EQ(std::get<command::TypeCode>((*scenario)[0].command).digits, "258025");
    EXPECT_EQ((*scenario)[0].text, "CODE ****");
    const auto intent = [&](std::size_t line) { return std::get<command::Tap>((*scenario)[line].command).intent; };
    EXPECT_EQ(intent(1).kind, core::Intent::Kind::StartVisit);
    EXPECT_EQ(intent(3).kind, core::Intent::Kind::PickPatient);
    EXPECT_EQ(intent(3).number, 12);
    EXPECT_EQ(intent(4).value, static_cast<std::uint8_t>(core::Treatment::HomeVisit));
    EXPECT_EQ(intent(5).value, static_cast<std::uint8_t>(core::Treatment::Online));
    EXPECT_TRUE(std::holds_alternative<command::Rotate>((*scenario)[7].command));
    EXPECT_EQ(std::get<command::Battery>((*scenario)[8].command).power, (core::Power{14, false}));
    EXPECT_EQ(std::get<command::Battery>((*scenario)[9].command).power, (core::Power{100, true}));
    EXPECT_TRUE(std::holds_alternative<command::Lost>((*scenario)[10].command));
    EXPECT_TRUE(std::holds_alternative<command::PowerCut>((*scenario)[11].command));
}

TEST(Scenario, NamesFileAndLineOfWhatItCannotRead) {
    for (const char* wrong : {"FLY away",
                              "TAP nothing",
                              "TAP agree 3",
                              "PIN 12a4",
                              "PIN 123",
                              "WAIT nowhere",
                              "WAIT idle soon",
                              "SHOT ../x.png",
                              "SHOT x.jpg",
                              "ADVANCE -1",
                              "READER half",
                              "STAFF visual abc",
                              "TAP language xx",
                              "PLACE",
                              "REMOVE now",
                              "NEEDS luck",
                              "TOUCH here",
                              "HEADPHONES on",
                              "TAP preference",
                              "TAP preference red",
                              "TAP volume 3",
                              "KEY",
                              "KEY sideways",
                              "KEY to",
                              "KEY to nothing",
                              "SPOKEN",
                              "DESK",
                              "DESK visual hunger",
                              "DESK allow everything",
                              "DESK withdraw now",
                              "TAP confirm-visual hunger",
                              "CODE",
                              "CODE 123",
                              "CODE 12345a",
                              "CODE 1234567890123",
                              "TAP patient",
                              "TAP patient -1",
                              "TAP patient 10000",
                              "TAP reinquire",
                              "TAP reinquire hospital",
                              "TAP visit 1",
                              "ROTATE left",
                              "BATTERY",
                              "BATTERY 101",
                              "BATTERY 50 soon",
                              "LOST found",
                              "POWER",
                              "POWER off"}) {
        const auto scenario = parse_scenario(std::string("REMOVE\n") + wrong + "\n", "x.txt");
        ASSERT_FALSE(scenario) << wrong;
        EXPECT_EQ(scenario.error().rfind("x.txt:2: ", 0), 0U) << scenario.error();
    }
}

TEST(Scenario, SurvivesArbitraryBytes) {
    std::mt19937 random(3);
    const std::string words[] = {"TAP", "PIN", "WAIT", "1234", "idle", "\n", " ", "#", "\xff", "EXPECT", "digit", "9"};
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (int n = 0; n < 12; ++n) text += words[random() % std::size(words)];
        (void)parse_scenario(text, "x.txt");
    }
    EXPECT_FALSE(load_scenario("/nonexistent/scenario.txt"));
}

}  // namespace
}  // namespace uketsuke::app
