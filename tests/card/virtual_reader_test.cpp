#include "card/virtual_reader.h"

#include <gtest/gtest.h>

#include <thread>

#include "card/my_number_card.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using std::chrono::milliseconds;
using testing::hex;
using testing::make_card;
using testing::test_persona;

constexpr milliseconds k_deadline{5000};
constexpr milliseconds k_now{0};
const Bytes k_select_jpki = hex("00A4040C0AD392F000260100000001");

TEST(VirtualReader, TellsACardThatIsPlacedAndTaken) {
    VirtualReader reader;
    EXPECT_EQ(*reader.wait(Presence::NoReader, k_now), Presence::Empty);
    EXPECT_EQ(*reader.wait(Presence::Empty, k_now), Presence::Empty);
    reader.place(make_card());
    EXPECT_EQ(*reader.wait(Presence::Empty, k_deadline), Presence::Card);
    reader.remove();
    EXPECT_EQ(*reader.wait(Presence::Card, k_deadline), Presence::Empty);
    reader.unplug();
    EXPECT_EQ(*reader.wait(Presence::Empty, k_deadline), Presence::NoReader);
    EXPECT_EQ(reader.name(), "");
    reader.plug();
    EXPECT_EQ(*reader.wait(Presence::NoReader, k_deadline), Presence::Empty);
}

TEST(VirtualReader, WakesAWaitingThreadWhenACardIsPlaced) {
    VirtualReader reader;
    const auto card = make_card();
    std::thread other([&] { reader.place(card); });
    EXPECT_EQ(*reader.wait(Presence::Empty, k_deadline), Presence::Card);
    other.join();
}

TEST(VirtualReader, ACancelWakesTheWaitThatRunsOrTheNextOne) {
    VirtualReader reader;
    reader.cancel();
    EXPECT_EQ(*reader.wait(Presence::Empty, std::chrono::hours(1)), Presence::Empty);
    std::thread other([&] { reader.cancel(); });
    EXPECT_EQ(*reader.wait(Presence::Empty, std::chrono::hours(1)), Presence::Empty);
    other.join();
}

TEST(VirtualReader, ACardChangedUnseenIsToldAsEmptyFirst) {
    VirtualReader reader;
    reader.place(make_card());
    ASSERT_EQ(*reader.wait(Presence::Empty, k_deadline), Presence::Card);
    reader.place(make_card());
    EXPECT_EQ(*reader.wait(Presence::Card, k_deadline), Presence::Empty);
    EXPECT_EQ(*reader.wait(Presence::Empty, k_deadline), Presence::Card);
    EXPECT_EQ(*reader.wait(Presence::Card, k_now), Presence::Card);
}

TEST(VirtualReader, AnOldChannelNeverAnswersFromASwappedCard) {
    VirtualReader reader;
    const auto first = make_card();
    const auto second = make_card();
    reader.place(first);
    auto channel = reader.connect();
    ASSERT_TRUE(channel);
    ASSERT_EQ((*channel)->transmit(k_select_jpki), hex("9000"));
    reader.place(second);
    EXPECT_EQ((*channel)->transmit(k_select_jpki).error().fault, Fault::CardGone);
    EXPECT_EQ(second->commands(), 0U);
    // The same card placed again is another placement, too.
    reader.place(first);
    EXPECT_EQ((*channel)->transmit(k_select_jpki).error().fault, Fault::CardGone);
}

TEST(VirtualReader, IsExclusiveAndForgetsThePinBetweenSessions) {
    VirtualReader reader;
    EXPECT_EQ(reader.connect().error().fault, Fault::NoCard);
    reader.place(make_card());
    {
        auto channel = reader.connect();
        ASSERT_TRUE(channel);
        EXPECT_EQ(reader.connect().error().fault, Fault::ReaderBusy);
        MyNumberCard session(**channel);
        constexpr std::array<std::uint8_t, 4> k_pin{1, 2, 3, 4};
        ASSERT_EQ(session.verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    }
    auto channel = reader.connect();
    ASSERT_TRUE(channel);
    MyNumberCard session(**channel);
    EXPECT_EQ(session.sign(std::array<std::uint8_t, 32>{}).error().fault, Fault::NotAllowed);
    reader.unplug();
    EXPECT_EQ(reader.connect().error().fault, Fault::NoReader);
}

TEST(VirtualReader, RemovalEndsATransmitThatIsUnderWay) {
    Persona slow = test_persona();
    slow.apdu_delay = std::chrono::hours(1);
    VirtualReader reader;
    reader.place(make_card(slow));
    auto channel = reader.connect();
    ASSERT_TRUE(channel);
    std::thread other([&] { reader.remove(); });
    EXPECT_EQ((*channel)->transmit(k_select_jpki).error().fault, Fault::CardGone);
    other.join();
}

TEST(VirtualReader, AFlakyCardFallsSilentOrLeaves) {
    Persona silent = test_persona();
    silent.flaky.silent_every = 3;
    VirtualReader reader;
    reader.place(make_card(silent));
    auto channel = reader.connect();
    ASSERT_TRUE((*channel)->transmit(k_select_jpki));
    ASSERT_TRUE((*channel)->transmit(k_select_jpki));
    EXPECT_EQ((*channel)->transmit(k_select_jpki).error().fault, Fault::CardSilent);

    Persona leaving = test_persona();
    leaving.flaky.gone_after = 2;
    reader.place(make_card(leaving));
    channel = reader.connect();
    ASSERT_TRUE((*channel)->transmit(k_select_jpki));
    ASSERT_TRUE((*channel)->transmit(k_select_jpki));
    EXPECT_EQ((*channel)->transmit(k_select_jpki).error().fault, Fault::CardGone);
    EXPECT_EQ(*reader.wait(Presence::Card, k_now), Presence::Empty);
}

TEST(VirtualReader, TellsSomethingWithoutAChipAsACardThatNothingAnswersFrom) {
    Persona paper;
    paper.kind = PersonaKind::NoChip;
    VirtualReader reader;
    reader.place(make_card(paper));
    EXPECT_EQ(*reader.wait(Presence::Empty, k_now), Presence::Card);
    EXPECT_EQ(reader.connect().error().fault, Fault::NoChip);
    reader.remove();
    EXPECT_EQ(*reader.wait(Presence::Card, k_now), Presence::Empty);
    reader.place(make_card());
    EXPECT_EQ(*reader.wait(Presence::Empty, k_now), Presence::Card);
    EXPECT_TRUE(reader.connect());
}

TEST(VirtualReader, OpensNeitherOfTwoCardsAndTheOneThatStaysWhenTheOtherGoes) {
    const auto first = make_card();
    Persona other = test_persona();
    other.id = "other";
    const auto second = make_card(other);
    for (const auto& [goes, stays] : {std::pair{first, second}, std::pair{second, first}}) {
        VirtualReader reader;
        reader.place(first);
        reader.place_beside(second);
        EXPECT_EQ(*reader.wait(Presence::Empty, k_now), Presence::Card);
        EXPECT_EQ(reader.connect().error().fault, Fault::TwoCards);
        EXPECT_EQ(*reader.wait(Presence::Card, k_now), Presence::Card);
        reader.take(goes);
        EXPECT_EQ(*reader.wait(Presence::Card, k_deadline), Presence::Empty);
        EXPECT_EQ(*reader.wait(Presence::Empty, k_deadline), Presence::Card);
        EXPECT_EQ(reader.placed(), stays);
        const auto channel = reader.connect();
        ASSERT_TRUE(channel);
        EXPECT_EQ(MyNumberCard(**channel).read_certificate()->serial_hex, stays->persona().serial_hex());
    }
}

TEST(VirtualReader, ASecondCardEndsTheSessionOfTheFirst) {
    const auto first = make_card();
    const auto second = make_card();
    VirtualReader reader;
    reader.place(first);
    ASSERT_EQ(*reader.wait(Presence::Empty, k_now), Presence::Card);
    auto channel = reader.connect();
    ASSERT_TRUE(channel);
    constexpr std::array<std::uint8_t, 4> k_pin{1, 2, 3, 4};
    ASSERT_EQ(MyNumberCard(**channel).verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    reader.place_beside(second);
    EXPECT_EQ((*channel)->transmit(k_select_jpki).error().fault, Fault::CardGone);
    EXPECT_EQ(*reader.wait(Presence::Card, k_now), Presence::Empty);
    EXPECT_EQ(*reader.wait(Presence::Empty, k_now), Presence::Card);
    EXPECT_EQ(reader.connect().error().fault, Fault::TwoCards);
    EXPECT_EQ(second->commands(), 0U);
    reader.take(second);
    channel = reader.connect();
    ASSERT_TRUE(channel);
    EXPECT_EQ(MyNumberCard(**channel).sign(std::array<std::uint8_t, 32>{}).error().fault, Fault::NotAllowed);
}

TEST(VirtualReader, TakesAllCardsAwayAtOnceAndIgnoresAStranger) {
    VirtualReader reader;
    reader.place_beside(make_card());
    EXPECT_TRUE(reader.connect());
    reader.place_beside(make_card());
    reader.place_beside(nullptr);
    reader.place_beside(reader.placed());
    reader.take(make_card());
    EXPECT_EQ(reader.connect().error().fault, Fault::TwoCards);
    reader.unplug();
    EXPECT_EQ(reader.connect().error().fault, Fault::NoReader);
    reader.plug();
    EXPECT_EQ(reader.connect().error().fault, Fault::TwoCards);
    reader.remove();
    EXPECT_EQ(*reader.wait(Presence::Card, k_now), Presence::Empty);
    EXPECT_EQ(reader.connect().error().fault, Fault::NoCard);
}

}  // namespace
}  // namespace uketsuke::card
