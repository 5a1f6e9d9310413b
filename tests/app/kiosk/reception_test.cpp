#include <gtest/gtest.h>

#include "card/front/drawn_front.h"
#include "card/front/picture_file.h"
#include "tests/app/kiosk/fixture.h"
#include "vision/synthetic.h"

namespace uketsuke::app::test {
namespace {

class Reception : public KioskTest {};

TEST_F(Reception, ByPinReachesTheServiceOnceWithWhatThePatientChose) {
    start();
    receive_by_pin("sato", "1234");
    ASSERT_TRUE(wait([&] { return !m_runtime->devices().simulator->receptions().empty(); }));
    const auto received = m_runtime->devices().simulator->receptions();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].method, net::Method::Pin);
    EXPECT_EQ(received[0].times_received, 1);
    EXPECT_TRUE(received[0].limit_amount_provided);
    ASSERT_EQ(received[0].consents.size(), 3U);
    for (const auto& consent : received[0].consents) {
        EXPECT_EQ(consent.agreed, consent.item != net::ConsentItem::HealthCheckup) << net::name_of(consent.item);
    }
}

TEST_F(Reception, LeavesNothingInTheVaultAndTheScreenWhenTheCardIsTaken) {
    start();
    receive_by_pin("sato", "1234");
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(until(core::Screen::Idle));
    EXPECT_EQ(m_runtime->workers().vault().size(), 0U);
    EXPECT_EQ(m_runtime->workers().camera().preview(), nullptr);
    EXPECT_FALSE(m_runtime->kiosk().state().session);
    EXPECT_EQ(m_runtime->kiosk().wiped(), 1U);
}

TEST_F(Reception, ByFaceMatchesTheCardHolder) {
    if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    start();
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::ChooseFace);
    ASSERT_TRUE(until(core::Screen::Consent));
    EXPECT_EQ(m_runtime->kiosk().state().session->identified, core::Method::Face);
    tap(Kind::AgreeAll);
    tap(Kind::NotProvide);
    ASSERT_TRUE(until(core::Screen::Accepted));
    ASSERT_TRUE(wait([&] { return !m_runtime->devices().simulator->receptions().empty(); }));
    EXPECT_EQ(m_runtime->devices().simulator->receptions()[0].method, net::Method::Face);
}

TEST_F(Reception, AnotherDrawnPersonIsNotLetInWithTheCard) {
    if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    start();
    ASSERT_TRUE(m_runtime->stage().look_at("other"));
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::ChooseFace);
    ASSERT_TRUE(until(core::Screen::FaceFailed));
    const auto view = m_runtime->kiosk().view();
    EXPECT_EQ(std::get<core::page::FaceFailed>(view.page).outcome, core::FaceOutcome::NoMatch);
}

TEST_F(Reception, ByFaceOpensThePhotoWithTheNumberReadFromAPictureOfTheCard) {
    if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    const auto persona = card::load_persona((m_config.card.personas / "sato.toml").string());
    ASSERT_TRUE(persona);
    card::FrontLook look;
    look.quarter_turns = 1;
    const auto drawn = card::draw_front(*persona, look);
    ASSERT_TRUE(drawn);
    const auto path = m_folder.path() / "front.png";
    ASSERT_TRUE(card::save_front_picture(*drawn, path.string()));
    m_config.card.front = config::CardFrontKind::Picture;
    m_config.card.front_picture = path;
    start();
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::ChooseFace);
    EXPECT_TRUE(until(core::Screen::Consent));
}

TEST_F(Reception, WithACameraOverTheSlotThatIsNotThereGoesOnWithThePin) {
    if (!models_there()) GTEST_SKIP() << "no face, and so no photo: no network weights in " << m_config.face.models;
    m_config.card.front = config::CardFrontKind::Picture;
    m_config.card.front_picture = m_folder.path() / "nothing-here.png";
    start();
    place("sato");
    ASSERT_TRUE(wait([&] { return notices().find("nothing-here.png") != std::string::npos; }));
    tap(Kind::ChoosePin);
    ASSERT_TRUE(until(core::Screen::Pin));
    type("1234");
    EXPECT_TRUE(until(core::Screen::Consent));
}

TEST_F(Reception, AVisitorIsReceivedWithACardThatWasIssuedWithTheirOwnFace) {
    if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    start();
    constexpr std::uint32_t k_visitor = 7;
    vision::Appearance visitor;
    visitor.identity = k_visitor;
    visitor.scale = 1.3;
    m_runtime->stage().sights().set_person(k_visitor);
    const auto issued = m_runtime->stage().place_card_with_photo(vision::draw_person(visitor, 640, 480));
    ASSERT_TRUE(issued) << issued.error();
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::ChooseFace);
    ASSERT_TRUE(until(core::Screen::Consent));
    EXPECT_EQ(m_runtime->stage().card_now(), "visitor");
}

TEST_F(Reception, WaitsOnDiskWhileTheServiceIsAwayAndIsSentOnceWhenItIsBack) {
    start();
    ASSERT_TRUE(m_runtime->network("down"));
    receive_by_pin("sato", "1234");
    const auto view = m_runtime->kiosk().view();
    EXPECT_EQ(std::get<core::page::Accepted>(view.page).outcome, core::Outcome::Queued);
    EXPECT_TRUE(m_runtime->devices().simulator->receptions().empty());
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(m_runtime->network("up"));
    ASSERT_TRUE(wait([&] { return m_runtime->devices().simulator->receptions().size() == 1; }));
    const auto counts = [&] { return m_runtime->devices().outbox->counts(); };
    ASSERT_TRUE(wait([&] { return counts() && counts()->delivered == 1; }));
    EXPECT_EQ(counts()->waiting(), 0);
}

TEST_F(Reception, OfSeveralPatientsInARowKeepsThemApart) {
    start();
    receive_by_pin("sato", "1234");
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(until(core::Screen::Idle));
    receive_by_pin("suzuki", "2580");
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(until(core::Screen::Idle));
    ASSERT_TRUE(wait([&] { return m_runtime->devices().simulator->receptions().size() == 2; }));
    const auto received = m_runtime->devices().simulator->receptions();
    EXPECT_NE(received[0].person, received[1].person);
    EXPECT_NE(received[0].key, received[1].key);
    EXPECT_EQ(m_runtime->kiosk().wiped(), 2U);
}

}  // namespace
}  // namespace uketsuke::app::test
