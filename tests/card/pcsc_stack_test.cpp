// The card room through a real PC/SC service.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <thread>

#include "card/my_number_card.h"
#include "card/reader.h"
#include "tests/card/fixtures.h"
#include "tests/card/pcsc_fixture.h"

namespace uketsuke::card {
namespace {

using std::chrono::milliseconds;
using testing::k_deadline;
using testing::make_card;
using testing::PcscTest;
using testing::test_persona;

constexpr std::array<std::uint8_t, 4> k_pin{1, 2, 3, 4};

using PcscStackTest = PcscTest;

TEST_F(PcscStackTest, ReadsAndSignsThroughLibpcsclite) {
    const auto card = make_card();
    insert(card);
    EXPECT_EQ(m_reader->name(), m_stack->reader_name());
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel) << describe(channel.error());
    EXPECT_EQ(open_pcsc_reader("")->connect().error().fault, Fault::ReaderBusy);
    MyNumberCard session(**channel);
    EXPECT_EQ(*session.identify(), CardKind::MyNumber);
    const auto certificate = session.read_certificate();
    ASSERT_TRUE(certificate);
    ASSERT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    EXPECT_EQ(session.read_face_record()->birth_date, test_persona().birth_date);
    EXPECT_EQ(session.read_attributes()->name.view(), test_persona().name);
    EXPECT_EQ(session.pin_status()->tries, 3);
    ASSERT_EQ(session.verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest("reception", 9, digest.data(), nullptr, EVP_sha256(), nullptr);
    const auto signature = session.sign(digest);
    ASSERT_TRUE(signature);
    EXPECT_TRUE(signature_is_valid(*certificate, digest, *signature));
}

TEST_F(PcscStackTest, TheNextSessionFindsThePinForgotten) {
    insert(make_card());
    {
        auto channel = m_reader->connect();
        ASSERT_TRUE(channel);
        MyNumberCard session(**channel);
        ASSERT_EQ(session.verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    }
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel) << describe(channel.error());
    MyNumberCard session(**channel);
    EXPECT_EQ(session.sign(std::array<std::uint8_t, 32>{}).error().fault, Fault::NotAllowed);
}

TEST_F(PcscStackTest, TellsTheRemovalAndEndsTheSession) {
    insert(make_card());
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel);
    MyNumberCard session(**channel);
    ASSERT_TRUE(session.identify());
    m_stack->remove();
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
    EXPECT_EQ(session.pin_status().error().fault, Fault::CardGone);
    EXPECT_EQ(m_reader->connect().error().fault, Fault::NoCard);
}

TEST_F(PcscStackTest, ACardSwappedDuringASessionNeverAnswersInIt) {
    const auto first = make_card();
    const auto second = make_card();
    insert(first);
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel);
    MyNumberCard session(**channel);
    ASSERT_TRUE(session.identify());
    m_stack->remove();
    m_stack->insert(second);
    // At once, and again and again: the service sees the change late, or not at all when it falls into a transmit.
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(session.pin_status());
    channel->reset();
    m_stack->remove();
    EXPECT_EQ(second->commands(), 0U);
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
    insert(second);
    auto next = m_reader->connect();
    ASSERT_TRUE(next) << describe(next.error());
    MyNumberCard again(**next);
    EXPECT_EQ(*again.identify(), CardKind::MyNumber);
}

TEST_F(PcscStackTest, ACancelFromAnotherThreadEndsTheWait) {
    std::thread other([&] { m_reader->cancel(); });
    EXPECT_EQ(*m_reader->wait(Presence::Empty, std::chrono::minutes(1)), Presence::Empty);
    other.join();
}

TEST_F(PcscStackTest, ACardSwappedInASessionInWhichNobodySpeaksIsToldAsEmptyFirst) {
    Persona other = test_persona();
    other.id = "other";
    insert(make_card());
    auto channel = m_reader->connect();
    for (const Persona& next : {other, test_persona(), other}) {
        ASSERT_TRUE(channel) << describe(channel.error());
        m_stack->insert(make_card(next));
        EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
        EXPECT_EQ(*m_reader->wait(Presence::Empty, k_deadline), Presence::Card);
        EXPECT_FALSE(MyNumberCard(**channel).identify());
        channel->reset();
        channel = m_reader->connect();
        ASSERT_TRUE(channel) << describe(channel.error());
        EXPECT_EQ(MyNumberCard(**channel).read_certificate()->serial_hex, next.serial_hex());
    }
}

TEST_F(PcscStackTest, ACardThatLeavesInTheMiddleOfAnAnswerEndsTheSession) {
    Persona leaving = test_persona();
    leaving.flaky.gone_after = 20;
    const auto card = make_card(leaving);
    insert(card);
    auto channel = m_reader->connect();
    ASSERT_TRUE(channel) << describe(channel.error());
    MyNumberCard session(**channel);
    ASSERT_EQ(session.verify_number_b(*leaving.number_b())->verdict, PinVerdict::Right);
    const auto record = session.read_face_record();
    ASSERT_FALSE(record);
    EXPECT_TRUE(record.error().fault == Fault::CardGone || record.error().fault == Fault::CardSilent)
        << describe(record.error());
    const auto commands = card->commands();
    EXPECT_FALSE(session.pin_status());
    EXPECT_EQ(card->commands(), commands);
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
    m_stack->remove();
    channel->reset();
    insert(make_card());
    EXPECT_TRUE(m_reader->connect());
}

TEST_F(PcscStackTest, SomethingWithoutAChipIsToldAsSuch) {
    Persona paper;
    paper.kind = PersonaKind::NoChip;
    insert(make_card(paper));
    const auto channel = m_reader->connect();
    ASSERT_FALSE(channel);
    EXPECT_EQ(channel.error().fault, Fault::NoChip) << describe(channel.error());
    EXPECT_EQ(*m_reader->wait(Presence::Card, milliseconds(0)), Presence::Card);
    m_stack->remove();
    EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
    insert(make_card());
    EXPECT_TRUE(m_reader->connect());
}

// Both slots of the device are the patients' reader.
class PcscTwoCards : public PcscTest {
  protected:
    std::string name_part() const override { return m_stack->device_name(); }

    // The one that stays is read when the other is taken away.
    void reads_the_one_that_stays(std::size_t goes, const Persona& stays) {
        m_stack->remove(goes);
        EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
        EXPECT_EQ(*m_reader->wait(Presence::Empty, k_deadline), Presence::Card);
        auto channel = m_reader->connect();
        ASSERT_TRUE(channel) << describe(channel.error());
        EXPECT_EQ(MyNumberCard(**channel).read_certificate()->serial_hex, stays.serial_hex());
    }

    void lay_two(const Persona& first, const Persona& second) {
        insert(make_card(first));
        m_stack->insert(make_card(second), 1);
        EXPECT_EQ(*m_reader->wait(Presence::Card, k_deadline), Presence::Empty);
        EXPECT_EQ(*m_reader->wait(Presence::Empty, k_deadline), Presence::Card);
        const auto channel = m_reader->connect();
        ASSERT_FALSE(channel);
        EXPECT_EQ(channel.error().fault, Fault::TwoCards) << describe(channel.error());
    }
};

TEST_F(PcscTwoCards, AreRefusedAndTheFirstIsReadWhenTheSecondGoes) {
    Persona other = test_persona();
    other.id = "other";
    lay_two(test_persona(), other);
    reads_the_one_that_stays(1, test_persona());
}

TEST_F(PcscTwoCards, AreRefusedAndTheSecondIsReadWhenTheFirstGoes) {
    Persona other = test_persona();
    other.id = "other";
    lay_two(test_persona(), other);
    reads_the_one_that_stays(0, other);
}

TEST_F(PcscStackTest, ACardInASlotThatWasNotAskedForDoesNotCount) {
    m_stack->insert(make_card(), 1);
    insert(make_card());
    EXPECT_EQ(*m_reader->wait(Presence::Card, milliseconds(0)), Presence::Card);
    EXPECT_TRUE(m_reader->connect());
}

}  // namespace
}  // namespace uketsuke::card
