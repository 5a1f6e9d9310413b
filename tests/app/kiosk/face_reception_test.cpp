// The face among the ways of identification, with the real networks where their weights are.
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

using Kind = core::Intent::Kind;
using namespace std::chrono_literals;

constexpr auto k_patience = 60s;

class FaceReception : public KioskTest {
  protected:
    void SetUp() override {
        KioskTest::SetUp();
        if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    }
    void show_face() {
        place("sato");
        ASSERT_TRUE(until(core::Screen::ChooseMethod));
        tap(Kind::ChooseFace);
    }
    bool asked_to_turn() const {
        const auto& session = m_runtime->kiosk().state().session;
        return session && session->turn_asked;
    }
};

TEST_F(FaceReception, AsksForATurnOfTheHeadAndLetsTheOwnerIn) {
    start();
    show_face();
    ASSERT_TRUE(wait([&] { return asked_to_turn(); }, k_patience));
    EXPECT_EQ(m_runtime->kiosk().screen(), core::Screen::Face) << "nobody is let in before the head was turned";
    EXPECT_TRUE(until(core::Screen::Consent, k_patience));
    EXPECT_EQ(m_runtime->kiosk().state().session->identified, core::Method::Face);
}

TEST_F(FaceReception, ByAPhotographOrAScreenOfTheOwnerIsNeverAMatch) {
    m_config.face.decide_within = 6s;
    start();
    for (const char* instrument : {"photo", "screen"}) {
        ASSERT_TRUE(m_runtime->stage().look_at(instrument));
        if (m_runtime->kiosk().screen() == core::Screen::Idle) {
            show_face();
        } else {
            tap(Kind::Retry);
        }
        ASSERT_TRUE(until(core::Screen::FaceFailed, k_patience));
        const auto view = m_runtime->kiosk().view();
        const auto outcome = std::get<core::page::FaceFailed>(view.page).outcome;
        EXPECT_TRUE(outcome == core::FaceOutcome::TimedOut || outcome == core::FaceOutcome::NotLive) << instrument;
        EXPECT_TRUE(asked_to_turn()) << "the face itself matched";
    }
}

TEST_F(FaceReception, WithTheChallengeOffSaysSoAtTheStart) {
    m_config.face.challenge = config::ChallengeRule::Off;
    start();
    EXPECT_NE(notices().find("the challenge is off"), std::string::npos) << notices();
    show_face();
    EXPECT_TRUE(until(core::Screen::Consent, k_patience));
    EXPECT_FALSE(m_runtime->kiosk().state().session->turn_asked);
}

TEST_F(FaceReception, WithTheTurnWaivedByStaffIsLogged) {
    start();
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::CallStaff);
    tap(Kind::OpenStaffCheck);
    ASSERT_TRUE(until(core::Screen::StaffCheck));
    for (const std::uint8_t digit : {2, 5, 8, 0}) tap(Kind::Digit, digit);
    tap(Kind::WaiveChallenge);
    ASSERT_TRUE(until(core::Screen::Consent, k_patience));
    EXPECT_NE(notices().find("staff let one patient off turning the head"), std::string::npos) << notices();
}

TEST_F(FaceReception, OfWeakNetworksAsksForThePinOnTopAndStartUpSaysSo) {
    m_config.face.demo_operating_point = false;
    m_config.face.false_accept_rate = 0.001;
    m_config.policy.second_sign = core::SecondSign::Pin;
    start();
    if (!m_runtime->kiosk().state().second_sign_needed) GTEST_SKIP() << "strong enough weights: " << notices();
    EXPECT_NE(notices().find("too weak to decide alone"), std::string::npos) << notices();
    show_face();
    ASSERT_TRUE(until(core::Screen::Pin, k_patience));
    EXPECT_FALSE(m_runtime->kiosk().state().session->identified);
    type("1234");
    ASSERT_TRUE(until(core::Screen::Consent));
    EXPECT_EQ(m_runtime->kiosk().state().session->identified, core::Method::Pin);
}

TEST_F(FaceReception, OfACardThatIsLaidAgainHasNoMoreAttemptsThanBefore) {
    start();
    ASSERT_TRUE(m_runtime->stage().look_at("other"));
    show_face();
    for (int attempt = 1; attempt <= 3; ++attempt) {
        ASSERT_TRUE(until(core::Screen::FaceFailed, k_patience));
        if (attempt < 3) tap(Kind::Retry);
    }
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(until(core::Screen::CardTaken));
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    const auto used = [&] {
        const auto view = m_runtime->kiosk().view();
        const auto* page = std::get_if<core::page::ChooseMethod>(&view.page);
        return page && page->face_absent == core::FaceAbsence::AttemptsUsed;
    };
    EXPECT_TRUE(wait(used));
}

TEST_F(FaceReception, OfADeadCameraIsOfferedAgainToTheNextPatientOnceItIsBack) {
    start();
    ASSERT_TRUE(m_runtime->stage().look_at("white"));
    show_face();
    ASSERT_TRUE(until(core::Screen::FaceFailed, k_patience));
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(wait([&] { return core::face_absence(m_runtime->kiosk().state()) == core::FaceAbsence::NoCamera; }));
    ASSERT_TRUE(m_runtime->stage().look_at("person"));
    EXPECT_TRUE(wait([&] { return !core::face_absence(m_runtime->kiosk().state()); }, k_patience)) << notices();
    EXPECT_NE(notices().find("camera: gives pictures again"), std::string::npos) << notices();
}

}  // namespace
}  // namespace uketsuke::app::test
