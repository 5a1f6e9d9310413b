// The rules of the counters: what is sent to a card, and what never is.
#include <gtest/gtest.h>

#include <algorithm>

#include "card/my_number_card.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::CardChannel;
using testing::hex;
using testing::make_card;
using testing::test_persona;

constexpr std::array<std::uint8_t, 4> k_right{1, 2, 3, 4};
constexpr std::array<std::uint8_t, 4> k_wrong{9, 9, 9, 9};

bool is_verify(std::span<const std::uint8_t> command) {
    return command[1] == 0x20 && command.size() > 4;
}

NumberB wrong_number(const char* code) {
    const Persona persona = test_persona();
    return *NumberB::make(persona.birth_date, persona.card_expiry.year(), code);
}

TEST(PinCounter, TheRightPinIsSentOnceAndTheCounterAskedBeforeAndAfter) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    const auto answer = session.verify_pin(k_right, 3);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->verdict, PinVerdict::Right);
    EXPECT_EQ(answer->tries_left, 3);
    ASSERT_EQ(channel.sent.size(), 5U);  // application, PIN object, query, VERIFY, query
    EXPECT_EQ(channel.sent[2], hex("00200080"));
    EXPECT_EQ(channel.sent[3], hex("002000800431323334"));
    EXPECT_EQ(channel.sent[4], hex("00200080"));
}

TEST(PinCounter, AcceptsDigitsAsTheKeypadOrAsAsciiGivesThem) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    constexpr std::array<std::uint8_t, 4> k_ascii{'1', '2', '3', '4'};
    EXPECT_EQ(session.verify_pin(k_ascii, 3)->verdict, PinVerdict::Right);
    constexpr std::array<std::uint8_t, 4> k_letters{'1', '2', '3', 'x'};
    EXPECT_EQ(session.verify_pin(k_letters, 3).error().fault, Fault::BadConfig);
    EXPECT_EQ(channel.secrets_sent(), 1U);
}

TEST(PinCounter, AWrongPinTellsTheTriesLeftUntilTheCardIsLocked) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    for (const int left : {2, 1}) {
        const auto answer = session.verify_pin(k_wrong, left + 1);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->verdict, PinVerdict::Wrong);
        EXPECT_EQ(answer->tries_left, left);
    }
    const auto last = session.verify_pin(k_wrong, 1);
    ASSERT_TRUE(last);
    EXPECT_EQ(last->verdict, PinVerdict::Locked);
    EXPECT_EQ(last->tries_left, 0);
    EXPECT_TRUE(session.pin_status()->locked);
}

TEST(PinCounter, NothingIsSentWhenTheCounterHasChanged) {
    Persona persona = test_persona();
    persona.pin_tries = 2;  // a try was spent elsewhere since the screen was drawn
    const auto card = make_card(persona);
    CardChannel channel(*card);
    MyNumberCard session(channel);
    const auto answer = session.verify_pin(k_right, 3);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->verdict, PinVerdict::NotSent);
    EXPECT_EQ(answer->not_sent, NotSentReason::CounterChanged);
    EXPECT_EQ(answer->tries_left, 2);
    EXPECT_EQ(channel.secrets_sent(), 0U);
    EXPECT_EQ(session.verify_pin(k_right, 2)->verdict, PinVerdict::Right);
}

TEST(PinCounter, TheLastTryIsSpentOnlyByACallerThatKnowsItIsTheLast) {
    Persona persona = test_persona();
    persona.pin_tries = 1;
    const auto card = make_card(persona);
    CardChannel channel(*card);
    MyNumberCard session(channel);
    EXPECT_EQ(session.verify_pin(k_right, 2)->verdict, PinVerdict::NotSent);
    EXPECT_EQ(channel.secrets_sent(), 0U);
    EXPECT_EQ(session.verify_pin(k_right, 1)->verdict, PinVerdict::Right);
    EXPECT_EQ(session.pin_status()->tries, 3);
}

TEST(PinCounter, NothingIsSentToALockedCardHoweverItSaysSo) {
    for (const char* word : {"63C0", "6983", "6984"}) {
        const auto card = make_card();
        CardChannel channel(*card, [&](std::size_t, std::span<const std::uint8_t> command, Bytes answer) {
            return Result<Bytes>(command[1] == 0x20 ? hex(word) : std::move(answer));
        });
        MyNumberCard session(channel);
        const auto answer = session.verify_pin(k_right, 0);
        ASSERT_TRUE(answer) << word;
        EXPECT_EQ(answer->verdict, PinVerdict::Locked);
        EXPECT_EQ(answer->not_sent, NotSentReason::Locked);
        EXPECT_EQ(channel.secrets_sent(), 0U);
        EXPECT_TRUE(session.pin_status()->locked);
    }
}

TEST(PinCounter, ALostAnswerIsNeverResent) {
    const auto card = make_card();
    CardChannel channel(*card, [](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
        if (is_verify(command)) return fail(Fault::CardGone, "moved");
        return answer;
    });
    MyNumberCard session(channel);
    const auto answer = session.verify_pin(k_wrong, 3);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->verdict, PinVerdict::Lost);
    EXPECT_FALSE(answer->tries_left);
    EXPECT_EQ(channel.secrets_sent(), 1U);
    const std::size_t sent = channel.sent.size();
    EXPECT_FALSE(session.verify_pin(k_wrong, 3));
    EXPECT_FALSE(session.pin_status());
    EXPECT_EQ(channel.sent.size(), sent);

    CardChannel next(*card);
    MyNumberCard again(next);
    EXPECT_EQ(again.verify_pin(k_right, 3)->not_sent, NotSentReason::CounterChanged);
    EXPECT_EQ(again.pin_status()->tries, 2);
}

TEST(PinCounter, AnAnswerLostBeforeThePinIsAnErrorAndSpendsNothing) {
    for (std::size_t lost = 0; lost < 3; ++lost) {
        const auto card = make_card();
        CardChannel channel(*card, [&](std::size_t index, auto, Bytes answer) -> Result<Bytes> {
            if (index == lost) return fail(Fault::CardSilent, "silent");
            return answer;
        });
        MyNumberCard session(channel);
        EXPECT_EQ(session.verify_pin(k_right, 3).error().fault, Fault::CardSilent);
        EXPECT_EQ(channel.secrets_sent(), 0U);
    }
}

TEST(PinCounter, AnAnswerLostAfterThePinStillTellsItsVerdict) {
    const auto card = make_card();
    CardChannel channel(*card, [](std::size_t index, auto, Bytes answer) -> Result<Bytes> {
        if (index == 4) return fail(Fault::CardGone, "moved");
        return answer;
    });
    MyNumberCard session(channel);
    const auto answer = session.verify_pin(k_wrong, 3);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->verdict, PinVerdict::Wrong);
    EXPECT_EQ(answer->tries_left, 2);
    EXPECT_FALSE(session.pin_status());
}

TEST(PinCounter, A6300IsWrongAndTheCounterIsAskedForTheFigure) {
    const auto card = make_card();
    CardChannel channel(*card, [](std::size_t, std::span<const std::uint8_t> command, Bytes answer) {
        return Result<Bytes>(is_verify(command) ? hex("6300") : std::move(answer));
    });
    MyNumberCard session(channel);
    const auto answer = session.verify_pin(k_wrong, 3);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->verdict, PinVerdict::Wrong);
    EXPECT_EQ(answer->tries_left, 2);
}

TEST(NumberBCounter, TheRightNumberOpensTheRecord) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    EXPECT_EQ(session.number_b_status()->tries, 10);
    EXPECT_EQ(session.read_face_record().error().fault, Fault::NotAllowed);
    EXPECT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    EXPECT_TRUE(session.read_face_record());
}

TEST(NumberBCounter, TheSameWrongNumberIsNeverSentTwice) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    const auto first = session.verify_number_b(wrong_number("0001"));
    EXPECT_EQ(first->verdict, PinVerdict::Wrong);
    EXPECT_EQ(first->tries_left, 9);
    const auto second = session.verify_number_b(wrong_number("0001"));
    EXPECT_EQ(second->verdict, PinVerdict::NotSent);
    EXPECT_EQ(second->not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(channel.secrets_sent(), 1U);
    EXPECT_EQ(session.number_b_status()->tries, 9);
}

TEST(NumberBCounter, IsNotSpentAtOrBelowTheFloor) {
    for (const int tries : {4, 3, 1}) {
        Persona persona = test_persona();
        persona.number_b_tries = tries;
        const auto card = make_card(persona);
        CardChannel channel(*card);
        MyNumberCard session(channel);
        const auto answer = session.verify_number_b(wrong_number("0001"));
        ASSERT_TRUE(answer);
        if (tries == 4) {
            EXPECT_EQ(answer->tries_left, 3);
        } else {
            EXPECT_EQ(answer->verdict, PinVerdict::NotSent);
            EXPECT_EQ(answer->not_sent, NotSentReason::FloorReached);
            EXPECT_EQ(answer->tries_left, tries);
        }
        EXPECT_EQ(channel.secrets_sent(), tries == 4 ? 1U : 0U);
        EXPECT_EQ(session.verify_number_b(*persona.number_b())->verdict, PinVerdict::NotSent);
    }
}

TEST(NumberBCounter, IsNeverSpentBelowAnyFloorFromAnyCounter) {
    for (int floor = 0; floor <= 9; ++floor) {
        for (int tries = 0; tries <= 10; ++tries) {
            Persona persona = test_persona();
            persona.number_b_tries = tries;
            const auto card = make_card(persona);
            // Twelve sessions, each with a number of its own: more than the card has tries.
            for (int attempt = 0; attempt < 12; ++attempt) {
                card->reset();
                CardChannel channel(*card);
                MyNumberCardOptions options;
                options.number_b_floor = floor;
                MyNumberCard session(channel, options);
                ASSERT_TRUE(session.verify_number_b(wrong_number(std::to_string(1000 + attempt).c_str())));
            }
            CardChannel channel(*card);
            MyNumberCard session(channel);
            EXPECT_EQ(session.number_b_status()->tries, std::min(tries, floor)) << floor << ' ' << tries;
            EXPECT_EQ(card->secrets_received(), static_cast<std::uint64_t>(std::max(0, tries - floor)));
        }
    }
}

TEST(NumberBCounter, ARefusedNumberCostsNoCommandAtAll) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    ASSERT_EQ(session.verify_number_b(wrong_number("0001"))->verdict, PinVerdict::Wrong);
    const std::size_t sent = channel.sent.size();
    EXPECT_EQ(session.verify_number_b(wrong_number("0001"))->not_sent, NotSentReason::RefusedBefore);
    EXPECT_EQ(channel.sent.size(), sent);
}

TEST(NumberBCounter, TheTextApplicationsOwnCounterHasTheSameFloor) {
    const auto card = make_card();
    // Another program has spent the text application's tries: only its query is answered with 3.
    bool text = false;
    CardChannel channel(*card, [&](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
        if (command[1] == 0xA4 && command[2] == 0x04) text = command.back() == 0x08;
        if (text && command[1] == 0x20 && command.size() == 4) return hex("63C3");
        return answer;
    });
    MyNumberCard session(channel);
    EXPECT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    EXPECT_EQ(session.read_attributes().error().fault, Fault::FloorReached);
    EXPECT_EQ(channel.secrets_sent(), 1U);
}

}  // namespace
}  // namespace uketsuke::card
