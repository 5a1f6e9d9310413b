// `uketsuke-card lock` as a clerk runs it: the program itself, a real pcscd, a virtual card on its reader.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "card/my_number_card.h"
#include "card/pin_lock.h"
#include "card/reader.h"
#include "tests/card/fixtures.h"
#include "tests/card/pcsc_stack.h"

namespace uketsuke::card {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using testing::make_card;
using testing::Ran;
using testing::test_persona;

constexpr milliseconds k_deadline{10'000};

// Through a shell, which feeds standard input. The two streams come back together.
Ran lock(const std::string& typed, const std::string& options = "") {
    return testing::run_program(
        {"sh", "-c", "printf '%b' '" + typed + "' | '" CARD_PROGRAM "' lock --reader 'Virtual PCD' " + options});
}

class LockProgram : public ::testing::Test {
  protected:
    void SetUp() override {
        auto stack = testing::PcscStack::start();
        if (!stack) GTEST_SKIP() << stack.error();
        m_stack = std::move(*stack);
    }

    void insert(std::shared_ptr<VirtualCard> card) {
        const auto reader = open_pcsc_reader(m_stack->reader_name());
        m_stack->insert(std::move(card));
        Presence presence = Presence::NoService;
        while (presence != Presence::Card) {
            const auto next = *reader->wait(presence, k_deadline);
            ASSERT_NE(next, presence) << "the card never lay there";
            presence = next;
        }
    }

    // Until the service has seen it: what is laid down next is another card then.
    void remove() {
        const auto reader = open_pcsc_reader(m_stack->reader_name());
        m_stack->remove();
        Presence presence = Presence::NoService;
        while (presence != Presence::Empty) {
            const auto next = *reader->wait(presence, k_deadline);
            ASSERT_NE(next, presence) << "the card never left";
            presence = next;
        }
    }

    std::unique_ptr<testing::PcscStack> m_stack;
};

int tries(VirtualCard& card) {
    testing::CardChannel channel(card);
    return MyNumberCard(channel).pin_status()->tries;
}

TEST_F(LockProgram, LocksAfterYAndTheCardStillShowsItsPhoto) {
    const auto card = make_card();
    insert(card);
    const Ran ran = lock("y\\n");
    EXPECT_EQ(ran.status, 0) << ran.output;
    EXPECT_THAT(ran.output, HasSubstr("本当にロックしてもよろしいですか？（Y/N）"));
    EXPECT_THAT(ran.output,
                HasSubstr("…" + test_persona().serial_hex().substr(test_persona().serial_hex().size() - 4)));
    EXPECT_THAT(ran.output, HasSubstr("locked, confirmed"));
    remove();
    EXPECT_EQ(tries(*card), 0);
    testing::CardChannel channel(*card);
    MyNumberCard session(channel);
    ASSERT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    EXPECT_TRUE(session.read_face_record());
}

TEST_F(LockProgram, AnythingButYTouchesNothing) {
    const auto card = make_card();
    insert(card);
    for (const char* typed : {"n\\n", "\\n", "", "yes\\n", " y\\n", "Yy\\n"}) {
        const Ran ran = lock(typed);
        EXPECT_EQ(ran.status, 4) << typed << ran.output;
        EXPECT_THAT(ran.output, HasSubstr("nothing was sent"));
    }
    remove();
    EXPECT_EQ(card->secrets_received(), 0U);
    EXPECT_EQ(tries(*card), 3);
}

TEST_F(LockProgram, PrintsOneJsonObjectForScripts) {
    insert(make_card());
    const Ran ran = testing::run_program(
        {"sh", "-c", "'" CARD_PROGRAM "' lock --yes --json --reader 'Virtual PCD' 2>/dev/null </dev/null"});
    EXPECT_EQ(ran.status, 0) << ran.output;
    EXPECT_TRUE(ran.output.starts_with("{")) << ran.output;
    EXPECT_EQ(ran.output.find('\n'), ran.output.size() - 1);
    EXPECT_THAT(ran.output, HasSubstr(R"("result":"locked")"));
    EXPECT_THAT(ran.output, HasSubstr(R"({"pin":"user-authentication","state":"locked","before":3,"after":0})"));
    EXPECT_THAT(ran.output, HasSubstr(R"("signature_password":{"tries":5})"));
    EXPECT_THAT(ran.output, HasSubstr(R"("number_b":{"tries":10})"));
    const Ran again = lock("", "--yes --json");
    EXPECT_EQ(again.status, 0) << again.output;
    EXPECT_THAT(again.output, HasSubstr("was-locked-already"));
}

TEST_F(LockProgram, ACardThatLeavesHalfWayIsReportedAndFinishedTheNextTime) {
    auto persona = test_persona();
    persona.flaky.gone_after = 55;  // after a guess at the last of the three
    const auto card = make_card(persona, 100);
    insert(card);
    const Ran ran = lock("Y\\n");
    EXPECT_EQ(ran.status, 3) << ran.output;
    EXPECT_THAT(ran.output, HasSubstr("lay the card down again"));
    EXPECT_THAT(ran.output, HasSubstr("stopped: "));
    EXPECT_THAT(ran.output, HasSubstr("not confirmed"));
    // In process: a card laid down again within pcscd's polling interval is told as nothing at all.
    m_stack->remove();
    card->reset();
    testing::CardChannel channel(*card);
    const auto again = lock_pins(channel);
    EXPECT_TRUE(again.complete());
    EXPECT_EQ(again.pins[0].state, PinLockState::WasLockedAlready);
    EXPECT_EQ(again.pins[2].state, PinLockState::Locked);
}

TEST_F(LockProgram, RefusesAnotherCardAnEmptyReaderAndUnknownOptions) {
    EXPECT_EQ(lock("y\\n").status, 2);
    Persona transit = test_persona();
    transit.kind = PersonaKind::OtherCard;
    const auto card = make_card(transit);
    insert(card);
    const Ran ran = lock("y\\n", "--json");
    EXPECT_EQ(ran.status, 2) << ran.output;
    EXPECT_THAT(ran.output, HasSubstr(R"("kind":"other-card")"));
    EXPECT_THAT(ran.output, HasSubstr(R"("result":"refused")"));
    remove();
    EXPECT_EQ(card->secrets_received(), 0U);
    Persona telephone = test_persona();
    telephone.kind = PersonaKind::Smartphone;
    const auto token = make_card(telephone);
    insert(token);
    EXPECT_THAT(lock("", "--yes --json").output, HasSubstr(R"("kind":"smartphone-token")"));
    remove();
    EXPECT_EQ(token->secrets_received(), 0U);
    EXPECT_EQ(lock("y\\n", "--unlock").status, 1);
}

}  // namespace
}  // namespace uketsuke::card
