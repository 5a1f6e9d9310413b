// Locking the 4-digit PINs: what is locked, and what is left alone.
#include "card/pin_lock.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/card/fixtures.h"
#include "tests/card/pin_truth.h"

namespace uketsuke::card {
namespace {

using testing::CardChannel;
using testing::hex;
using testing::k_selects;
using testing::make_card;
using testing::signature_password_tries;
using testing::test_persona;
using testing::to_hex;
using testing::truth;

TEST(PinLock, LocksEveryFourDigitPinAndTheCardConfirmsIt) {
    const auto card = make_card();
    const auto before = truth(*card);
    CardChannel channel(*card);
    const auto report = lock_pins(channel);
    EXPECT_TRUE(report.complete());
    EXPECT_FALSE(report.stopped_by);
    const auto after = truth(*card);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(report.pins[i].pin, k_lockable_pins[i]);
        EXPECT_EQ(report.pins[i].state, PinLockState::Locked) << i;
        EXPECT_EQ(report.pins[i].before, 3) << i;
        EXPECT_EQ(report.pins[i].after, 0) << i;
        EXPECT_FALSE(report.pins[i].trouble) << i;
        EXPECT_EQ(before[i], 3) << i;
        EXPECT_EQ(after[i], 0) << i;
    }
}

TEST(PinLock, LeavesNumberBAndTheSignaturePasswordAlone) {
    const auto card = make_card();
    {
        CardChannel channel(*card);
        const auto report = lock_pins(channel);
        EXPECT_EQ(report.others.signature_password, 5);
        EXPECT_EQ(report.others.number_b, 10);
    }
    card->reset();
    EXPECT_EQ(signature_password_tries(*card), 5);
    CardChannel channel(*card);
    MyNumberCard session(channel);
    EXPECT_TRUE(session.pin_status()->locked);
    ASSERT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    EXPECT_EQ(session.number_b_status()->tries, 10);
    EXPECT_TRUE(session.verify_number_b(*test_persona().number_b()));
    EXPECT_FALSE(session.read_face_record()->photo_jp2.empty());
    EXPECT_EQ(session.read_attributes()->name.view(), test_persona().name);
}

TEST(PinLock, SendsSecretsOnlyToTheThreeReferencesAndOnlyFourBytes) {
    const auto card = make_card();
    CardChannel channel(*card);
    ASSERT_TRUE(survey_pins(channel));
    EXPECT_EQ(channel.secrets_sent(), 0U);
    ASSERT_TRUE(lock_pins(channel).complete());
    std::string aid, file;
    bool asked = false;
    for (const Bytes& command : channel.sent) {
        const std::string text = to_hex(command);
        if (text.starts_with("00A4040C")) aid = text;
        if (text.starts_with("00A4020C")) file = text;
        if (command[1] == 0x20 && command.size() > 4) {
            EXPECT_TRUE(
                std::any_of(k_selects.begin(), k_selects.end(), [&](auto one) { return one == aid + " " + file; }))
                << aid << " " << file;
            EXPECT_TRUE(text.starts_with("0020008004")) << "length";
            EXPECT_EQ(command.size(), 9U);
            EXPECT_TRUE(asked) << "the counter was not asked before a guess";
        }
        asked = text == "00200080";
        EXPECT_TRUE(command[1] == 0xA4 || command[1] == 0xB0 || command[1] == 0xB2 || command[1] == 0x20) << text;
    }
}

TEST(PinLock, ALockedCardIsLockedAgainAndGetsNothing) {
    const auto card = make_card();
    {
        CardChannel channel(*card);
        ASSERT_TRUE(lock_pins(channel).complete());
    }
    card->reset();
    CardChannel channel(*card);
    const auto report = lock_pins(channel);
    EXPECT_TRUE(report.complete());
    EXPECT_EQ(channel.secrets_sent(), 0U);
    for (const auto& one : report.pins) {
        EXPECT_EQ(one.state, PinLockState::WasLockedAlready);
    }
}

TEST(PinLock, TakesAFaceAuthenticationCardAsItIs) {
    auto persona = *load_persona(testing::persona_path("takahashi"));
    ASSERT_TRUE(persona.face_authentication_card);
    persona.signature_certificate = false;
    const auto card = make_card(persona);
    CardChannel channel(*card);
    const auto report = lock_pins(channel);
    EXPECT_TRUE(report.complete());
    for (const auto& one : report.pins) EXPECT_EQ(one.state, PinLockState::WasLockedAlready);
    EXPECT_EQ(report.others.signature_password, 0);
}

TEST(PinLock, LocksAPinOfWhichOneTryIsLeft) {
    auto persona = test_persona();
    persona.pin_tries = 1;
    const auto card = make_card(persona);
    CardChannel channel(*card);
    EXPECT_EQ(lock_pins(channel).pins[0].state, PinLockState::Locked);
    EXPECT_EQ(truth(*card)[0], 0);
}

// A card that refuses what can be no PIN without counting it, as its generation may.
class PickyChannel : public Channel {
  public:
    PickyChannel(VirtualCard& card, std::string refusal) : m_card(card), m_refusal(std::move(refusal)) {}
    Result<Bytes> transmit(std::span<const std::uint8_t> command) override {
        const bool guess = command[1] == 0x20 && command.size() == 9;
        if (guess) guesses.emplace_back(command.begin() + 5, command.end());
        const bool digits = std::all_of(command.begin() + 4 + (guess ? 1 : 0), command.end(),
                                        [](std::uint8_t byte) { return byte >= '0' && byte <= '9'; });
        if (guess && !digits) return hex(m_refusal);
        return m_card.answer(command);
    }
    std::vector<std::string> guesses;

  private:
    VirtualCard& m_card;
    std::string m_refusal;
};

TEST(PinLock, TakesDigitsWhereTheCardDoesNotCountWhatCanBeNoPin) {
    for (const char* refusal : {"6A80", "6700", "6300", "63C3", "6982"}) {
        const auto card = make_card();
        PickyChannel channel(*card, refusal);
        EXPECT_TRUE(lock_pins(channel).complete()) << refusal;
        EXPECT_EQ(truth(*card)[0], 0) << refusal;
    }
}

TEST(PinLock, LocksACardWhosePinIsTheVeryGuess) {
    std::vector<std::string> guesses;
    {
        const auto card = make_card();
        PickyChannel channel(*card, "6A80");
        ASSERT_TRUE(lock_pins(channel).complete());
        guesses = channel.guesses;
    }
    ASSERT_GT(guesses.size(), 1U);
    for (const int tries : {3, 2, 1}) {
        auto persona = test_persona();
        persona.pin = guesses[1];
        persona.pin_tries = tries;
        const auto card = make_card(persona);
        PickyChannel channel(*card, "6A80");
        const auto report = lock_pins(channel);
        EXPECT_TRUE(report.complete());
        EXPECT_EQ(report.pins[0].before, tries);
        EXPECT_EQ(truth(*card)[0], 0);
        EXPECT_LE(channel.guesses.size(), 3U * 5U);
    }
}

TEST(PinLock, GivesUpOnACardThatNeverCounts) {
    const auto card = make_card();
    CardChannel channel(*card, [](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
        return command[1] == 0x20 ? hex("63C3") : std::move(answer);
    });
    const auto report = lock_pins(channel);
    EXPECT_FALSE(report.complete());
    EXPECT_FALSE(report.stopped_by);
    EXPECT_EQ(report.pins[0].state, PinLockState::NotLocked);
    EXPECT_EQ(report.pins[0].after, 3);
    EXPECT_TRUE(report.pins[0].trouble);
    EXPECT_LE(channel.secrets_sent(), 3U * k_most_guesses);
}

TEST(PinLock, SendsNothingToAReferenceWithMoreTriesThanAPinHas) {
    const auto card = make_card();
    CardChannel channel(*card, [](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
        return command.size() == 4 ? hex("63CA") : std::move(answer);
    });
    const auto report = lock_pins(channel);
    EXPECT_EQ(channel.secrets_sent(), 0U);
    EXPECT_FALSE(report.complete());
    EXPECT_EQ(report.pins[0].state, PinLockState::NotLocked);
    EXPECT_EQ(report.pins[0].trouble->fault, Fault::NotThisCard);
}

TEST(PinLock, AReferenceThatTheCardLacksIsReportedAndTheOthersAreLocked) {
    for (const char* answer_of_select : {"6A82", "6A88"}) {
        const auto card = make_card();
        CardChannel channel(*card, [&](std::size_t, std::span<const std::uint8_t> command, Bytes answer) {
            return Result<Bytes>(to_hex(command) == "00A4020C020011" ? hex(answer_of_select) : std::move(answer));
        });
        const auto report = lock_pins(channel);
        EXPECT_EQ(report.pins[1].state, PinLockState::Absent);
        EXPECT_TRUE(report.complete());
        EXPECT_EQ(truth(*card)[1], 3);
    }
}

TEST(PinLock, ACardWithoutAnyPinIsNotComplete) {
    EXPECT_FALSE(PinLockReport{}.complete());
    PinLockReport report;
    for (auto& one : report.pins) one.state = PinLockState::Absent;
    EXPECT_FALSE(report.complete());
}

}  // namespace
}  // namespace uketsuke::card
