// The card thread by itself: what comes in which order, and what must not disturb what.
#include "app/workers/card_worker.h"

#include <gtest/gtest.h>

#include <thread>

#include "card/virtual_reader.h"
#include "tests/card/fixtures.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using core::SessionId;

class CardWorkerTest : public ::testing::Test {
  protected:
    CardWorkerTest()
        : m_worker(
              m_reader, m_attestation, m_vault, m_events, [](NoticeLevel, const std::string&) {}, options()),
          m_thread([this] { m_worker.run(); }) {}
    ~CardWorkerTest() override {
        m_events.close();
        m_worker.stop();
        m_thread.join();
    }

    CardWorkerOptions options() {
        CardWorkerOptions options;
        options.terms.institution_code = "1312345678";
        options.now = [] { return card::testing::test_now(); };
        options.read_front = [this](SessionId) { ++m_fronts; };
        options.photo_read = [this](SessionId, card::SecretBytes) { ++m_photos; };
        return options;
    }

    // The next event of this kind; the test fails when none comes.
    template <class E>
    E next() {
        for (int i = 0; i < 100; ++i) {
            const auto event = m_events.take_for(5s);
            if (!event) break;
            if (const E* found = std::get_if<E>(&*event)) return *found;
        }
        ADD_FAILURE() << "the event did not come";
        return {};
    }

    SessionId lay(const std::shared_ptr<card::VirtualCard>& card) {
        m_reader.place(card);
        const SessionId session = next<core::event::CardPlaced>().fresh;
        m_worker.read_card({session, true});
        return session;
    }

    void enter_pin(SessionId session) {
        core::Pin pin;
        for (const std::uint8_t digit : {1, 2, 3, 4}) pin.push(digit);
        m_worker.verify_pin({session, pin, 3});
        EXPECT_EQ(next<core::event::PinAnswered>().outcome, core::PinOutcome::Right);
    }

    card::VirtualReader m_reader;
    card::SimulatedAttestation m_attestation;
    SessionVault m_vault;
    EventQueue m_events;
    std::atomic<int> m_fronts{0};
    std::atomic<int> m_photos{0};
    CardWorker m_worker;
    std::thread m_thread;
};

TEST_F(CardWorkerTest, TellsThatTheCardIsOursBeforeItIsRead) {
    const auto session = lay(card::testing::make_card());
    const auto recognised = next<core::event::CardRecognised>();
    EXPECT_EQ(recognised.session, session);
    EXPECT_TRUE(recognised.photo);
    const auto read = next<core::event::CardRead>();
    EXPECT_EQ(read.facts.pin_tries, 3);
    EXPECT_EQ(m_fronts, 1);
}

TEST_F(CardWorkerTest, OpensThePhotoWithTheNumberThatComesLater) {
    const auto session = lay(card::testing::make_card());
    next<core::event::CardRead>();
    m_worker.number_read(session, card::testing::test_persona().number_b());
    EXPECT_EQ(next<core::event::NumberAnswered>().outcome, core::NumberOutcome::Opened);
    m_worker.sign({session, {}});
    next<core::event::Signed>();  // what was asked for earlier is done by then
    EXPECT_EQ(m_photos, 1);
}

TEST_F(CardWorkerTest, ANumberThatComesAfterThePinDoesNotTakeTheRightToSign) {
    const auto session = lay(card::testing::make_card());
    next<core::event::CardRead>();
    enter_pin(session);
    m_worker.number_read(session, card::testing::test_persona().number_b());
    EXPECT_EQ(next<core::event::NumberAnswered>().outcome, core::NumberOutcome::Unread) << "nothing was sent";
    core::Reception reception;
    reception.method = core::Method::Pin;
    m_worker.sign({session, reception});
    next<core::event::Signed>();
    EXPECT_EQ(m_photos, 0);
}

TEST_F(CardWorkerTest, ANumberOfACardThatHasLeftIsForgotten) {
    const auto first = lay(card::testing::make_card());
    next<core::event::CardRead>();
    const auto another = card::testing::make_card();
    m_reader.remove();
    next<core::event::CardRemoved>();
    const auto second = lay(another);
    next<core::event::CardRead>();
    m_worker.number_read(first, card::testing::test_persona().number_b());
    enter_pin(second);
    EXPECT_EQ(another->secrets_received(), 1U) << "the PIN alone";
}

TEST_F(CardWorkerTest, AnIllegibleFrontSendsNothingToTheCard) {
    const auto card = card::testing::make_card();
    const auto session = lay(card);
    next<core::event::CardRead>();
    m_worker.number_read(session, card::fail(card::Fault::BadData, "the number is not certain"));
    EXPECT_EQ(next<core::event::NumberAnswered>().outcome, core::NumberOutcome::Unread);
    EXPECT_EQ(card->secrets_received(), 0U);
}

TEST_F(CardWorkerTest, APhotoThatNoIssuerHasSignedIsNotHandedOn) {
    for (const auto signature : {card::IssuerSignature::Wrong, card::IssuerSignature::Absent}) {
        card::Persona persona = card::testing::test_persona();
        persona.issuer_signature = signature;
        const auto session = lay(card::testing::make_card(persona));
        next<core::event::CardRead>();
        m_worker.number_read(session, persona.number_b());
        next<core::event::FacePhotoUnusable>();
        EXPECT_EQ(m_photos, 0);
        m_reader.remove();
        next<core::event::CardRemoved>();
    }
}

TEST_F(CardWorkerTest, ATypedNumberThatNoCardCarriesIsNotSent) {
    const auto card = card::testing::make_card();
    const auto session = lay(card);
    next<core::event::CardRead>();
    core::PrintedNumber number;
    for (std::size_t i = 0; i < core::PrintedNumber::k_digits; ++i) number.push(9);
    m_worker.open_photo({session, number});
    EXPECT_EQ(next<core::event::NumberAnswered>().outcome, core::NumberOutcome::Impossible);
    EXPECT_EQ(card->secrets_received(), 0U);
}

}  // namespace
}  // namespace uketsuke::workers
