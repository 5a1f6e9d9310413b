#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

// How often a patient touches the screen, from the card laid down to the request on its way.
class Patient {
  public:
    explicit Patient(bool limit_amount) : m_kiosk(policy(limit_amount)), m_limit_amount(limit_amount) {
        m_kiosk.place();
        m_kiosk.read();
    }
    int by_face(bool one_by_one) {
        touch(Kind::ChooseFace);
        m_kiosk.send(event::FaceDecided{m_kiosk.id(), FaceOutcome::Match});
        return consent(one_by_one);
    }
    int by_pin(bool one_by_one) {
        touch(Kind::ChoosePin);
        m_kiosk.shuffle();
        for (const std::uint8_t digit : {1, 2, 3, 4}) touch(Kind::Digit, digit);
        m_kiosk.answer_pin(PinOutcome::Right, 3);
        return consent(one_by_one);
    }

  private:
    static Policy policy(bool limit_amount) {
        Policy policy = Kiosk::demo_policy();
        policy.offer_limit_amount = limit_amount;
        return policy;
    }
    void touch(Kind kind, std::uint8_t value = 0) {
        m_kiosk.tap(kind, value);
        ++m_touches;
    }
    int consent(bool one_by_one) {
        if (one_by_one) {
            touch(Kind::OneByOne);
            for (std::size_t item = 0; item < k_consent_items; ++item) touch(Kind::Agree);
        } else {
            touch(Kind::AgreeAll);
        }
        if (m_limit_amount) touch(Kind::Provide);
        if (one_by_one) touch(Kind::Confirm);
        EXPECT_EQ(m_kiosk.screen(), Screen::Submitting);
        return m_touches;
    }

    Kiosk m_kiosk;
    bool m_limit_amount;
    int m_touches = 0;
};

struct Row {
    bool one_by_one;
    bool limit_amount;
    int face;
    int pin;
};

TEST(TouchCount, OfAReceptionIsThis) {
    constexpr Row k_table[] = {
        {false, true, 3, 7},
        {false, false, 2, 6},
        {true, true, 7, 11},
        {true, false, 6, 10},
    };
    for (const Row& row : k_table) {
        EXPECT_EQ(Patient(row.limit_amount).by_face(row.one_by_one), row.face);
        EXPECT_EQ(Patient(row.limit_amount).by_pin(row.one_by_one), row.pin);
    }
}

}  // namespace
}  // namespace uketsuke::core::test
