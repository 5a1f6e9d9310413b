// Locking the 4-digit PINs when the card is pulled, and on cards that are none of ours.
#include "card/pin_lock.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/card/fixtures.h"
#include "tests/card/pin_truth.h"

namespace uketsuke::card {
namespace {

using testing::CardChannel;
using testing::make_card;
using testing::signature_password_tries;
using testing::test_persona;
using testing::truth;

void expect_true(const PinLockReport& report, const std::array<std::optional<int>, 3>& before,
                 const std::array<std::optional<int>, 3>& after) {
    for (std::size_t i = 0; i < 3; ++i) {
        const PinLockOutcome& one = report.pins[i];
        SCOPED_TRACE(std::string(name_of(one.pin)) + " " + std::string(name_of(one.state)));
        switch (one.state) {
            case PinLockState::Untouched:
                EXPECT_EQ(before[i], after[i]);
                break;
            case PinLockState::Absent:
                EXPECT_EQ(after[i], std::nullopt);
                break;
            case PinLockState::WasLockedAlready:
                EXPECT_EQ(before[i], 0);
                EXPECT_EQ(after[i], 0);
                break;
            case PinLockState::Locked:
                EXPECT_EQ(one.before, before[i]);
                EXPECT_EQ(after[i], 0);
                break;
            case PinLockState::NotLocked:
                EXPECT_EQ(one.after, after[i]);
                break;
            case PinLockState::Unconfirmed:
                ASSERT_TRUE(one.after && after[i]);
                EXPECT_TRUE(*after[i] == *one.after || *after[i] == *one.after - 1) << *after[i];
                break;
        }
    }
}

TEST(PinLockTrouble, WhereverTheCardIsPulledTheReportIsTrueAndNothingIsSentAfterwards) {
    const bool before_it_acts[] = {false, true};
    for (const bool lost_before : before_it_acts) {
        std::size_t pulled_at = 0;
        for (bool reached = true; reached; ++pulled_at) {
            const auto card = make_card(test_persona(), 100);
            const auto before = truth(*card);
            card->reset();
            std::size_t index = 0;
            class Pulled : public Channel {
              public:
                Pulled(VirtualCard& card, std::size_t& index, std::size_t at, bool lost_before)
                    : m_card(card), m_index(index), m_at(at), m_lost_before(lost_before) {}
                Result<Bytes> transmit(std::span<const std::uint8_t> command) override {
                    const std::size_t now = m_index++;
                    if (now > m_at || (now == m_at && m_lost_before)) return fail(Fault::CardGone, "pulled");
                    Bytes answer = m_card.answer(command);
                    if (now == m_at) return fail(Fault::CardGone, "pulled");
                    return answer;
                }

              private:
                VirtualCard& m_card;
                std::size_t& m_index;
                std::size_t m_at;
                bool m_lost_before;
            } channel(*card, index, pulled_at, lost_before);
            const auto report = lock_pins(channel);
            reached = report.stopped_by.has_value();
            SCOPED_TRACE("pulled at exchange " + std::to_string(pulled_at));
            EXPECT_EQ(index, reached ? pulled_at + 1 : pulled_at) << "something was sent after a lost answer";
            card->reset();
            expect_true(report, before, truth(*card));
            EXPECT_EQ(signature_password_tries(*card), 5);
            // Laying the card down again and running it again finishes the work.
            card->reset();
            CardChannel again(*card);
            EXPECT_TRUE(lock_pins(again).complete());
        }
        EXPECT_GT(pulled_at, 20U);
    }
}

TEST(PinLockTrouble, ASurveyThatIsCutShortIsAnErrorAndSpendsNothing) {
    for (std::size_t at = 0;; ++at) {
        const auto card = make_card(test_persona(), 100);
        CardChannel channel(*card, [&](std::size_t index, auto, Bytes answer) -> Result<Bytes> {
            if (index >= at) return fail(Fault::CardGone, "pulled");
            return answer;
        });
        const auto survey = survey_pins(channel);
        EXPECT_EQ(card->secrets_received(), 0U);
        if (survey) break;
        EXPECT_EQ(survey.error().fault, Fault::CardGone);
        EXPECT_EQ(channel.sent.size(), at + 1);
        ASSERT_LT(at, 100U);
    }
}

TEST(PinLockTrouble, TheSurveyTellsWhichCardLiesThere) {
    auto persona = test_persona();
    persona.pin_tries = 2;
    persona.number_b_tries = 7;
    const auto card = make_card(persona);
    CardChannel channel(*card);
    const auto survey = survey_pins(channel);
    ASSERT_TRUE(survey);
    EXPECT_EQ(survey->kind, CardKind::MyNumber);
    EXPECT_EQ(survey->certificate_serial, persona.serial_hex());
    EXPECT_TRUE(survey->certificate_end);
    EXPECT_EQ(survey->card_serial, persona.serial_hex().substr(0, 15));
    EXPECT_EQ(survey->tries[0], 2);
    EXPECT_EQ(survey->tries[1], 3);
    EXPECT_EQ(survey->others.signature_password, 5);
    EXPECT_EQ(survey->others.number_b, 7);
    EXPECT_EQ(card->secrets_received(), 0U);
}

TEST(PinLockTrouble, RefusesEveryCardThatIsNoMyNumberCardAndSendsItNothing) {
    struct Case {
        std::string label;
        CardKind kind;
        Fault fault;
    };
    for (const auto& one : {Case{"JPKIAPICCTOKEN", CardKind::ResidentCard, Fault::NotThisCard},
                            Case{"JPKIAPGPSETOKEN", CardKind::SmartphoneToken, Fault::NotThisCard},
                            Case{"JPKIAPIOSTOKEN", CardKind::SmartphoneToken, Fault::NotThisCard},
                            Case{"SOMETHING", CardKind::Other, Fault::NotMyNumberCard}}) {
        const auto card = make_card();
        CardChannel channel(*card, [&](std::size_t, std::span<const std::uint8_t> command, Bytes answer) {
            if (command[1] == 0xB0 && answer.size() >= 34) {
                std::fill_n(answer.begin(), 32, std::uint8_t{' '});
                std::copy(one.label.begin(), one.label.end(), answer.begin());
            }
            return Result<Bytes>(std::move(answer));
        });
        EXPECT_EQ(survey_pins(channel)->kind, one.kind);
        const auto report = lock_pins(channel);
        ASSERT_TRUE(report.stopped_by) << one.label;
        EXPECT_EQ(report.stopped_by->fault, one.fault) << one.label;
        EXPECT_FALSE(report.complete());
        EXPECT_EQ(card->secrets_received(), 0U) << one.label;
        EXPECT_EQ(channel.secrets_sent(), 0U) << one.label;
        for (const auto& pin : report.pins) EXPECT_EQ(pin.state, PinLockState::Untouched);
    }
}

TEST(PinLockTrouble, RefusesAResidentCardATelephoneAndAnotherCardAsTheyAre) {
    struct Case {
        PersonaKind kind;
        Fault fault;
    };
    for (const auto& one :
         {Case{PersonaKind::ResidentCard, Fault::NotThisCard}, Case{PersonaKind::Smartphone, Fault::NotThisCard},
          Case{PersonaKind::OtherCard, Fault::NotMyNumberCard}}) {
        auto persona = test_persona();
        persona.kind = one.kind;
        const auto card = make_card(persona);
        CardChannel channel(*card);
        ASSERT_TRUE(survey_pins(channel));
        const auto report = lock_pins(channel);
        ASSERT_TRUE(report.stopped_by) << name_of(one.kind);
        EXPECT_EQ(report.stopped_by->fault, one.fault) << name_of(one.kind);
        EXPECT_EQ(card->secrets_received(), 0U) << name_of(one.kind);
        EXPECT_EQ(channel.secrets_sent(), 0U) << name_of(one.kind);
    }
}

}  // namespace
}  // namespace uketsuke::card
