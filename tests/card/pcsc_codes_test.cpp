// What the PC/SC service's words become, and which of a reader's slots is meant: without a service.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "card/pcsc.h"
#include "card/pcsc_slots.h"

namespace uketsuke::card {
namespace {

using pcsc::choose;
using pcsc::is_meant;
using pcsc::same_device;
using pcsc::Slot;

// Every SCARD_E_, SCARD_W_ and SCARD_F_ code of the installed header, by name.
std::map<std::string, LONG> declared_codes() {
    std::ifstream header(UKETSUKE_PCSCLITE_H);
    std::map<std::string, LONG> codes;
    for (std::string line; std::getline(header, line);) {
        std::istringstream words(line);
        std::string define;
        std::string name;
        std::string value;
        words >> define >> name >> value;
        const bool is_code = define == "#define" && (name.starts_with("SCARD_E_") || name.starts_with("SCARD_W_") ||
                                                     name.starts_with("SCARD_F_"));
        const auto digits = value.find("0x");
        if (is_code && digits != std::string::npos) {
            codes[name] = static_cast<LONG>(std::stoul(value.substr(digits), nullptr, 16));
        }
    }
    return codes;
}

TEST(PcscCodes, EveryCodeThatTheHeaderDeclaresHasItsFault) {
    const auto declared = declared_codes();
    ASSERT_GT(declared.size(), 50U) << UKETSUKE_PCSCLITE_H;
    std::set<LONG> known;
    for (const auto& one : pcsc::known_codes()) EXPECT_TRUE(known.insert(one.code).second) << std::hex << one.code;
    std::set<LONG> values;
    for (const auto& [name, code] : declared) {
        EXPECT_EQ(known.count(code), 1U) << name;
        values.insert(code);
    }
    EXPECT_EQ(known.size(), values.size());
}

TEST(PcscCodes, BecomeTheFaultThatSaysWhatToDo) {
    const std::map<LONG, Fault> expected{
        {SCARD_E_NO_SERVICE, Fault::NoService},
        {SCARD_E_SERVICE_STOPPED, Fault::NoService},
        {SCARD_F_COMM_ERROR, Fault::NoService},
        {SCARD_E_INVALID_HANDLE, Fault::NoService},
        {SCARD_F_INTERNAL_ERROR, Fault::NoService},
        {SCARD_E_NO_MEMORY, Fault::NoService},
        {SCARD_E_UNKNOWN_READER, Fault::NoReader},
        {SCARD_E_READER_UNAVAILABLE, Fault::NoReader},
        {SCARD_E_NO_READERS_AVAILABLE, Fault::NoReader},
        {SCARD_E_NO_SMARTCARD, Fault::CardGone},
        {SCARD_W_REMOVED_CARD, Fault::CardGone},
        {SCARD_W_RESET_CARD, Fault::CardGone},
        {SCARD_E_SHARING_VIOLATION, Fault::CardSilent},
        {SCARD_E_NOT_TRANSACTED, Fault::CardSilent},
        {SCARD_E_COMM_DATA_LOST, Fault::CardSilent},
        {SCARD_E_TIMEOUT, Fault::CardSilent},
        {SCARD_E_PROTO_MISMATCH, Fault::CardSilent},
        {SCARD_W_UNSUPPORTED_CARD, Fault::CardSilent},
        {SCARD_W_UNPOWERED_CARD, Fault::CardSilent},
        {SCARD_W_UNRESPONSIVE_CARD, Fault::CardSilent},
        {static_cast<LONG>(0x80100FFF), Fault::CardSilent},
    };
    for (const auto& [code, fault] : expected) EXPECT_EQ(pcsc::fault_of(code), fault) << std::hex << code;
}

TEST(PcscCodes, NeverPromiseThatALostAnswerDidNotReachTheCard) {
    const std::set<Fault> lost{Fault::NoService, Fault::NoReader, Fault::CardGone, Fault::CardSilent};
    for (const auto& one : pcsc::known_codes()) EXPECT_EQ(lost.count(one.fault), 1U) << std::hex << one.code;
}

TEST(PcscCodes, OfConnectingTellWhatLiesThere) {
    const std::map<LONG, Fault> special{{SCARD_W_UNRESPONSIVE_CARD, Fault::NoChip},
                                        {SCARD_W_UNPOWERED_CARD, Fault::NoChip},
                                        {SCARD_W_REMOVED_CARD, Fault::NoCard},
                                        {SCARD_E_NO_SMARTCARD, Fault::NoCard},
                                        {SCARD_E_SHARING_VIOLATION, Fault::ReaderBusy}};
    for (const auto& one : pcsc::known_codes()) {
        const auto found = special.find(one.code);
        EXPECT_EQ(pcsc::connect_fault_of(one.code), found == special.end() ? one.fault : found->second)
            << std::hex << one.code;
    }
}

TEST(PcscCodes, OfADeadServiceGiveUpTheContextAndNoOthersDo) {
    EXPECT_FALSE(pcsc::context_is_lost(SCARD_S_SUCCESS));
    for (const auto& one : pcsc::known_codes()) {
        EXPECT_EQ(pcsc::context_is_lost(one.code), one.fault == Fault::NoService) << std::hex << one.code;
    }
}

TEST(PcscCodes, AreNamedInTheError) {
    const Error error = pcsc::error_of(SCARD_E_NOT_TRANSACTED, "SCardTransmit to a reader");
    EXPECT_EQ(error.fault, Fault::CardSilent);
    EXPECT_THAT(error.where, ::testing::StartsWith("SCardTransmit to a reader: "));
    EXPECT_GT(error.where.size(), std::string_view("SCardTransmit to a reader: ").size());
}

TEST(PcscSlots, OfOneDeviceShareAllButTheLastNumber) {
    EXPECT_TRUE(same_device("Virtual PCD 00 00", "Virtual PCD 00 01"));
    EXPECT_FALSE(same_device("Virtual PCD 00 00", "Virtual PCD 01 00"));
    EXPECT_FALSE(same_device("Virtual PCD 00 00", "Other PCD 00 00"));
    EXPECT_FALSE(same_device("a reader", "a reader"));
    EXPECT_FALSE(same_device("", ""));
    EXPECT_FALSE(same_device("Virtual PCD 00 0x", "Virtual PCD 00 0y"));
    EXPECT_TRUE(same_device("R 0A FF", "R 0A 00"));
}

TEST(PcscSlots, ForAModuleOfTheReaderDoNotCountUnlessAskedFor) {
    EXPECT_TRUE(is_meant("Maker Dual Reader 00 00", ""));
    EXPECT_FALSE(is_meant("Maker Dual Reader SAM 00 02", ""));
    EXPECT_FALSE(is_meant("Maker Dual Reader [SAM] 00 02", "Dual"));
    EXPECT_TRUE(is_meant("Maker Dual Reader [SAM] 00 02", "SAM"));
    EXPECT_TRUE(is_meant("SAMOA Reader 00 00", ""));
    EXPECT_FALSE(is_meant("Maker Dual Reader 00 00", "Virtual"));
}

Slot slot(std::string name, bool card = false) {
    return {std::move(name), card, false, 0};
}

TEST(PcscSlots, TheFirstWithACardIsMeantElseTheFirst) {
    EXPECT_EQ(choose({}).slot.name, "");
    const std::vector<Slot> none{slot("A 00 00"), slot("A 00 01")};
    EXPECT_EQ(choose(none).slot.name, "A 00 00");
    EXPECT_FALSE(choose(none).slot.card);
    const std::vector<Slot> second{slot("A 00 00"), slot("A 00 01", true)};
    EXPECT_EQ(choose(second).slot.name, "A 00 01");
    EXPECT_FALSE(choose(second).two_cards());
}

TEST(PcscSlots, TwoCardsAreTwoInOneDevice) {
    const std::vector<Slot> same{slot("A 00 00"), slot("B 01 00", true), slot("B 01 01"), slot("B 01 02", true)};
    const auto chosen = choose(same);
    EXPECT_EQ(chosen.slot.name, "B 01 00");
    EXPECT_EQ(chosen.second.name, "B 01 02");
    EXPECT_TRUE(chosen.two_cards());
    // The doctor's card sits in a reader of its own.
    const std::vector<Slot> different{slot("A 00 00", true), slot("B 01 00", true)};
    EXPECT_EQ(choose(different).slot.name, "A 00 00");
    EXPECT_FALSE(choose(different).two_cards());
}

TEST(PcscSlots, AnyChangeInEitherOfTheTwoIsADifferentSight) {
    std::vector<Slot> slots{slot("A 00 00", true), slot("A 00 01", true), slot("B 01 00")};
    const auto before = choose(slots);
    slots[2].events = 5;
    EXPECT_EQ(choose(slots), before);
    slots[1].events = 1;
    EXPECT_NE(choose(slots), before);
    slots[1].events = 0;
    slots[0].mute = true;
    EXPECT_NE(choose(slots), before);
    slots[0] = slot("A 00 00");
    EXPECT_NE(choose(slots), before);
}

}  // namespace
}  // namespace uketsuke::card
