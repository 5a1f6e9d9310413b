// The tablet's battery and its light, as files of a folder.
#include "app/main/tablet.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "app/main/small_file.h"

namespace uketsuke::app {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

class TabletFiles : public testing::Test {
  protected:
    void SetUp() override {
        m_folder = fs::path{testing::TempDir()} / ("uketsuke-tablet-" + std::to_string(getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    void write(const std::string& device, const Files& files) const {
        fs::create_directories(m_folder / device);
        for (const auto& [name, text] : files) std::ofstream(m_folder / device / name) << text << '\n';
    }
    void supply(const std::string& name, const Files& files) const { write(name, files); }
    void battery(const std::string& name, const std::string& capacity, const std::string& status) const {
        supply(name, {{"type", "Battery"}, {"capacity", capacity}, {"status", status}});
    }
    void mains(bool online) const { supply("AC", {{"type", "Mains"}, {"online", online ? "1" : "0"}}); }
    std::optional<core::Power> read() const { return Battery(m_folder).read(); }

    fs::path m_folder;
};

using BatteryFiles = TabletFiles;
using BacklightFiles = TabletFiles;

TEST_F(BatteryFiles, AMachineWithoutOneSaysNothing) {
    EXPECT_EQ(read(), std::nullopt);
    EXPECT_EQ(Battery(m_folder / "none").read(), std::nullopt);
    mains(true);
    EXPECT_EQ(read(), std::nullopt);
}

TEST_F(BatteryFiles, ABatteryThatLosesPowerIsNotCharging) {
    battery("BAT0", "63", "Discharging");
    mains(false);
    EXPECT_EQ(read(), (core::Power{63, false}));
}

TEST_F(BatteryFiles, ABatteryOnTheMainsIsChargingOrHasNoNeedTo) {
    mains(true);
    for (const auto* status : {"Charging", "Full", "Not charging", "Unknown"}) {
        battery("BAT0", "80", status);
        EXPECT_EQ(read(), (core::Power{80, true})) << status;
    }
}

TEST_F(BatteryFiles, AChargerThatIsTooWeakDoesNotCountAsOne) {
    battery("BAT0", "21", "Discharging");
    supply("usb", {{"type", "USB"}, {"online", "1"}});
    EXPECT_EQ(read(), (core::Power{21, false}));
}

TEST_F(BatteryFiles, SeveralCountByWhatTheyHold) {
    supply("BAT0", {{"type", "Battery"}, {"capacity", "100"}, {"status", "Not charging"}, {"energy_full", "10000000"}});
    supply("BAT1", {{"type", "Battery"}, {"capacity", "20"}, {"status", "Discharging"}, {"energy_full", "30000000"}});
    EXPECT_EQ(read(), (core::Power{40, false}));
    fs::remove(m_folder / "BAT1" / "energy_full");
    EXPECT_EQ(read(), (core::Power{60, false}));
}

TEST_F(BatteryFiles, APensBatteryAndOneThatWasTakenOutDoNotCount) {
    battery("BAT0", "70", "Discharging");
    supply("pen",
           {{"type", "Battery"}, {"scope", "Device"}, {"capacity", "5"}, {"status", "Discharging"}, {"online", "1"}});
    supply("BAT1", {{"type", "Battery"}, {"present", "0"}, {"capacity", "0"}, {"status", "Charging"}});
    EXPECT_EQ(read(), (core::Power{70, false}));
}

TEST_F(BatteryFiles, NonsenseIsNoBattery) {
    for (const auto* capacity : {"", "full", "-3", "101", "50%", "99999999999999999999", "0x20"}) {
        battery("BAT0", capacity, "Discharging");
        EXPECT_EQ(read(), std::nullopt) << capacity;
    }
    supply("BAT0", {{"type", "Battery"}, {"capacity", std::string(1 << 20, '7')}});
    EXPECT_EQ(read(), std::nullopt);
    fs::remove_all(m_folder / "BAT0");
    fs::create_directories(m_folder / "BAT0" / "type");
    EXPECT_EQ(read(), std::nullopt);
}

TEST_F(BatteryFiles, AFileThatNeverAnswersKeepsNobodyWaiting) {
    battery("BAT0", "50", "Discharging");
    fs::remove(m_folder / "BAT0" / "status");
    ASSERT_EQ(mkfifo((m_folder / "BAT0" / "status").c_str(), 0600), 0);
    EXPECT_EQ(read(), (core::Power{50, false}));
}

TEST_F(BacklightFiles, DimsToItsPartOfTheFullLightAndGivesItBack) {
    write("panel", {{"max_brightness", "960"}, {"brightness", "700"}});
    const auto now = [&] { return read_number(m_folder / "panel" / "brightness"); };
    {
        Backlight light(m_folder / "panel", 20, {});
        light.follow(false);
        EXPECT_EQ(now(), 700);
        light.follow(true);
        EXPECT_EQ(now(), 192);
        light.follow(true);
        light.follow(false);
        EXPECT_EQ(now(), 700);
        light.follow(true);
        EXPECT_EQ(now(), 192);
    }
    EXPECT_EQ(now(), 700) << "the kiosk ended while it was dimmed";
}

TEST_F(BacklightFiles, NeverGoesOutAndNeverGetsBrighterByDimming) {
    write("panel", {{"max_brightness", "7"}, {"brightness", "7"}});
    Backlight light(m_folder / "panel", 1, {});
    light.follow(true);
    EXPECT_EQ(read_number(m_folder / "panel" / "brightness"), 1);
    write("dark", {{"max_brightness", "100"}, {"brightness", "5"}});
    Backlight dark(m_folder / "dark", 20, {});
    dark.follow(true);
    EXPECT_EQ(read_number(m_folder / "dark" / "brightness"), 5);
    dark.follow(false);
    EXPECT_EQ(read_number(m_folder / "dark" / "brightness"), 5);
}

TEST_F(BacklightFiles, WhatCannotBeDimmedIsSaidOnce) {
    std::vector<std::string> said;
    Backlight light(m_folder / "panel", 20, [&](const std::string& what) { said.push_back(what); });
    for (int i = 0; i < 3; ++i) {
        light.follow(true);
        light.follow(false);
    }
    ASSERT_EQ(said.size(), 1U);
    EXPECT_NE(said[0].find("max_brightness"), std::string::npos);
    write("panel", {{"max_brightness", "0"}, {"brightness", "0"}});
    light.follow(true);
    EXPECT_EQ(said.size(), 1U);
    EXPECT_EQ(read_number(m_folder / "panel" / "brightness"), 0);
}

TEST_F(BacklightFiles, WithoutAFolderNothingIsWrittenOrSaid) {
    Backlight light({}, 20, [](const std::string& what) { ADD_FAILURE() << what; });
    light.follow(true);
    light.follow(false);
}

TEST_F(TabletFiles, TheBatteryIsToldWhenItChangesAndAskedHalfAMinuteApart) {
    battery("BAT0", "63", "Discharging");
    Tablet tablet({}, {}, Battery(m_folder));
    core::State state;
    EXPECT_FALSE(tablet.power_now(state)) << "a counter shows no battery";
    state.policy.visit.emplace();
    const auto first = tablet.power_now(state);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->power, (core::Power{63, false}));
    battery("BAT0", "62", "Discharging");
    state.now += Tablet::k_battery_every - core::Millis{1};
    EXPECT_FALSE(tablet.power_now(state));
    state.now += core::Millis{1};
    const auto second = tablet.power_now(state);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->power, (core::Power{62, false}));
    state.now += Tablet::k_battery_every;
    EXPECT_FALSE(tablet.power_now(state)) << "nothing changed";
    fs::remove_all(m_folder / "BAT0");
    state.now += Tablet::k_battery_every;
    const auto gone = tablet.power_now(state);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->power, std::nullopt);
}

TEST_F(TabletFiles, TheBatteryIsNotAskedWhileAPatientIsReceived) {
    battery("BAT0", "63", "Discharging");
    Tablet tablet({}, {}, Battery(m_folder));
    core::State state;
    state.policy.visit.emplace();
    state.session.emplace();
    EXPECT_FALSE(tablet.power_now(state));
    state.session.reset();
    EXPECT_TRUE(tablet.power_now(state));
}

TEST_F(TabletFiles, TheLightFollowsTheView) {
    write("panel", {{"max_brightness", "100"}, {"brightness", "80"}});
    config::DisplayConfig display;
    display.backlight = m_folder / "panel";
    display.dim_percent = 10;
    Tablet tablet(display, {}, Battery(m_folder));
    core::View view;
    view.dimmed = true;
    tablet.follow(view);
    EXPECT_EQ(read_number(m_folder / "panel" / "brightness"), 10);
    view.dimmed = false;
    tablet.follow(view);
    EXPECT_EQ(read_number(m_folder / "panel" / "brightness"), 80);
}

}  // namespace
}  // namespace uketsuke::app
