// A PC/SC service, a reader and a card that go and come back: found again within two seconds, by the same Reader.
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <thread>

#include "card/my_number_card.h"
#include "card/reader.h"
#include "tests/card/fixtures.h"
#include "tests/card/pcsc_fixture.h"

namespace uketsuke::card {
namespace {

using testing::k_deadline;
using testing::k_promised;
using testing::make_card;
using testing::PcscStack;
using testing::PcscTest;
using testing::test_persona;

class PcscRecovery : public PcscTest {
  protected:
    void card_is_readable() {
        auto channel = m_reader->connect();
        ASSERT_TRUE(channel) << describe(channel.error());
        MyNumberCard session(**channel);
        EXPECT_EQ(*session.identify(), CardKind::MyNumber);
        EXPECT_EQ(session.read_certificate()->serial_hex, test_persona().serial_hex());
    }

    // Empty may be told on the way, as the service finds its reader before the card.
    void card_is_told_within_the_promise(Presence known) {
        auto presence = *m_reader->wait(known, k_promised);
        if (presence == Presence::NoReader) presence = *m_reader->wait(presence, k_promised);
        if (presence == Presence::Empty) presence = *m_reader->wait(presence, k_promised);
        EXPECT_EQ(presence, Presence::Card);
    }
};

TEST_F(PcscRecovery, FindsAServiceThatWasKilledAndStartedAgain) {
    insert(make_card());
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel);
    MyNumberCard session(**channel);
    ASSERT_TRUE(session.identify());
    ASSERT_EQ(m_stack->kill_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_promised), Presence::NoService);
    const auto lost = session.pin_status();
    ASSERT_FALSE(lost);
    EXPECT_TRUE(lost.error().fault == Fault::NoService || lost.error().fault == Fault::CardGone)
        << describe(lost.error());
    EXPECT_EQ(m_reader->connect().error().fault, Fault::NoService);
    EXPECT_EQ(m_reader->name(), "");
    m_stack->remove();
    ASSERT_EQ(m_stack->start_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::NoService, k_promised), Presence::Empty);
    // The old channel stays dead, and its end disturbs nobody.
    EXPECT_FALSE(session.pin_status());
    channel->reset();
    insert(make_card());
    card_is_readable();
}

TEST_F(PcscRecovery, FindsAServiceThatWasRestartedInOrder) {
    ASSERT_EQ(m_stack->stop_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::Empty, k_promised), Presence::NoService);
    ASSERT_EQ(m_stack->start_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::NoService, k_promised), Presence::Empty);
    insert(make_card());
    card_is_readable();
}

TEST_F(PcscRecovery, FindsAServiceThatWasRestartedBetweenTwoLooks) {
    insert(make_card());
    m_stack->remove();
    ASSERT_EQ(m_stack->kill_service(), "");
    ASSERT_EQ(m_stack->start_service(), "");
    // Known was Card: whatever lies there after a restart is not the same for sure.
    auto presence = *m_reader->wait(Presence::Card, k_promised);
    if (presence == Presence::NoService) presence = *m_reader->wait(presence, k_promised);
    EXPECT_EQ(presence, Presence::Empty);
    insert(make_card());
    card_is_readable();
}

TEST_F(PcscRecovery, SeesACardThatWasLaidWhileTheServiceWasAway) {
    ASSERT_EQ(m_stack->kill_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::Empty, k_promised), Presence::NoService);
    m_stack->insert(make_card());
    ASSERT_EQ(m_stack->start_service(), "");
    card_is_told_within_the_promise(Presence::NoService);
    card_is_readable();
}

TEST_F(PcscRecovery, TellsACardThatStayedOverARestartAsANewOne) {
    insert(make_card());
    ASSERT_EQ(m_stack->kill_service(), "");
    m_stack->insert(make_card());
    ASSERT_EQ(m_stack->start_service(), "");
    const auto presence = *m_reader->wait(Presence::Card, k_promised);
    EXPECT_NE(presence, Presence::Card);
    card_is_told_within_the_promise(presence);
    card_is_readable();
}

TEST_F(PcscRecovery, AWaitThatRunsSeesTheServiceGoAndComeBack) {
    const auto seen_while = [&](Presence known, const std::function<std::string()>& change) {
        auto waiting = std::async(std::launch::async, [&] { return *m_reader->wait(known, k_deadline); });
        EXPECT_EQ(change(), "");
        EXPECT_EQ(waiting.wait_for(k_promised), std::future_status::ready);
        return waiting.get();
    };
    EXPECT_EQ(seen_while(Presence::Empty, [&] { return m_stack->kill_service(); }), Presence::NoService);
    auto presence = seen_while(Presence::NoService, [&] { return m_stack->start_service(); });
    if (presence == Presence::NoReader) presence = *m_reader->wait(presence, k_promised);
    EXPECT_EQ(presence, Presence::Empty);
    presence = seen_while(Presence::Empty, [&] {
        m_stack->insert(make_card());
        return std::string{};
    });
    EXPECT_EQ(presence, Presence::Card);
    card_is_readable();
}

TEST_F(PcscRecovery, FindsAReaderThatComesBack) {
    ASSERT_EQ(m_stack->stop_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::Empty, k_promised), Presence::NoService);
    ASSERT_EQ(m_stack->start_service(PcscStack::With::NoReader), "");
    EXPECT_EQ(*m_reader->wait(Presence::NoService, k_promised), Presence::NoReader);
    EXPECT_EQ(m_reader->connect().error().fault, Fault::NoReader);
    EXPECT_EQ(m_reader->name(), "");
    ASSERT_EQ(m_stack->stop_service(), "");
    EXPECT_EQ(*m_reader->wait(Presence::NoReader, k_promised), Presence::NoService);
    m_stack->insert(make_card());
    ASSERT_EQ(m_stack->start_service(), "");
    card_is_told_within_the_promise(Presence::NoService);
    card_is_readable();
}

TEST_F(PcscRecovery, ASlowCardThatIsTakenAwayEndsTheTransmitThatWaitsForIt) {
    Persona slow = test_persona();
    slow.apdu_delay = std::chrono::hours(1);
    insert(make_card(slow));
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel) << describe(channel.error());
    std::thread other([&] { m_stack->remove(); });
    const auto lost = MyNumberCard(**channel).identify();
    other.join();
    ASSERT_FALSE(lost);
    EXPECT_TRUE(lost.error().fault == Fault::CardGone || lost.error().fault == Fault::CardSilent)
        << describe(lost.error());
    channel->reset();
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_promised), Presence::Empty);
}

}  // namespace
}  // namespace uketsuke::card
