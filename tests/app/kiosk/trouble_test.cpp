#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "app/demo/persona_photo.h"
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

class Trouble : public KioskTest {
  protected:
    std::shared_ptr<card::VirtualCard> card_with_photo(card::Bytes photo) {
        const auto persona = card::load_persona((m_config.card.personas / "sato.toml").string());
        EXPECT_TRUE(persona);
        auto card = card::VirtualCard::make(*persona, std::move(photo),
                                            std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
        EXPECT_TRUE(card);
        return card ? *card : nullptr;
    }
};

TEST_F(Trouble, WithoutModelsFaceIsNotOfferedAndStartUpSaysSo) {
    m_config.face.models = m_folder.path() / "nothing-here";
    start();
    EXPECT_NE(notices().find("face: not offered, PIN and staff are"), std::string::npos) << notices();
    EXPECT_NE(notices().find("nothing-here"), std::string::npos) << notices();
    receive_by_pin("sato", "1234");
}

TEST_F(Trouble, WeightsThatKeepTheRateOnlyByRefusingNearlyEverybodyAreNotUsed) {
    if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    m_config.face.demo_operating_point = false;
    m_config.face.false_accept_rate = 0.001;
    start();
    const auto absent = core::face_absence(m_runtime->kiosk().state());
    if (!absent) GTEST_SKIP() << "the weights here are strong enough: " << notices();
    EXPECT_NE(notices().find("refusing"), std::string::npos) << notices();
    receive_by_pin("sato", "1234");
}

TEST_F(Trouble, ACorruptPhotoOnTheChipCostsTheFaceButNotTheReception) {
    if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    start();
    const auto persona = card::load_persona((m_config.card.personas / "sato.toml").string());
    ASSERT_TRUE(persona);
    auto photo = demo::persona_photo(*persona);
    ASSERT_GT(photo.size(), 400U);
    for (std::size_t i = 120; i < photo.size(); ++i) photo[i] = static_cast<std::uint8_t>(i * 37);
    m_runtime->devices().virtual_reader->place(card_with_photo(std::move(photo)));
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    ASSERT_TRUE(wait([&] {
        const auto view = m_runtime->kiosk().view();
        const auto* page = std::get_if<core::page::ChooseMethod>(&view.page);
        return page && !page->face;
    })) << notices();
    tap(Kind::ChoosePin);
    type("1234");
    ASSERT_TRUE(until(core::Screen::Consent));
}

TEST_F(Trouble, ASecondKioskOnTheSameDatabaseIsRefusedWithItsPath) {
    start();
    const auto second = Runtime::start(m_config, [](workers::NoticeLevel, const std::string&) {});
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().find(m_config.outbox.path.string()), std::string::npos) << second.error();
}

TEST_F(Trouble, AFullDiskSendsThePatientToTheDeskAndTheNextOneIsReceivedWhenThereIsRoom) {
    const auto disk = m_folder.path() / "disk";
    std::filesystem::create_directory(disk);
    if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=512k") != 0) {
        GTEST_SKIP() << "a small disk cannot be mounted here (needs root)";
    }
    m_config.outbox.path = disk / "outbox.db";
    m_config.outbox.key_file = disk / "outbox.key";
    start();
    const auto filler = disk / "filler";
    {
        std::ofstream fill(filler, std::ios::binary);
        const std::string block(4096, 'x');
        while (fill.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
    }
    // The log has room of its own for the first ones; nobody is told "accepted" beyond it.
    std::size_t accepted = 0;
    const auto screen = [&] { return m_runtime->kiosk().screen(); };
    while (screen() != core::Screen::NotSaved) {
        ASSERT_LT(accepted, 20U) << "a full disk went on taking receptions";
        place("sato");
        ASSERT_TRUE(until(core::Screen::ChooseMethod));
        tap(Kind::ChoosePin);
        type("1234");
        ASSERT_TRUE(until(core::Screen::Consent));
        tap(Kind::AgreeAll);
        tap(Kind::Provide);
        ASSERT_TRUE(wait([&] { return screen() == core::Screen::NotSaved || screen() == core::Screen::Accepted; }));
        if (screen() != core::Screen::Accepted) break;
        ++accepted;
        ASSERT_TRUE(m_runtime->stage().remove());
        ASSERT_TRUE(until(core::Screen::Idle));
    }
    ASSERT_EQ(screen(), core::Screen::NotSaved);
    EXPECT_NE(notices().find(m_config.outbox.path.string()), std::string::npos) << notices();
    EXPECT_TRUE(m_runtime->stage().remove());
    EXPECT_TRUE(until(core::Screen::Idle));
    std::filesystem::remove(filler);
    receive_by_pin("sato", "1234");
    EXPECT_TRUE(wait([&] { return m_runtime->devices().simulator->receptions().size() == accepted + 1; }));
    stop();
    umount2(disk.c_str(), MNT_DETACH);
}

TEST_F(Trouble, AReaderThatIsUnpluggedAndPluggedAgainGoesOn) {
    start();
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    ASSERT_TRUE(m_runtime->stage().plug_reader(false));
    ASSERT_TRUE(until(core::Screen::OutOfService));
    ASSERT_TRUE(m_runtime->stage().remove());
    ASSERT_TRUE(m_runtime->stage().plug_reader(true));
    ASSERT_TRUE(until(core::Screen::Idle));
    receive_by_pin("sato", "1234");
}

TEST_F(Trouble, ACameraThatShowsOnlyWhiteLeadsOnToThePin) {
    if (!models_there()) GTEST_SKIP() << "no network weights in " << m_config.face.models;
    m_config.camera.first_frame_timeout = std::chrono::milliseconds{500};
    start();
    ASSERT_TRUE(m_runtime->stage().look_at("white"));
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::ChooseFace);
    // Depending on which comes first the method is not offered any more, or the attempt ends.
    ASSERT_TRUE(wait([&] {
        const auto view = m_runtime->kiosk().view();
        const auto* page = std::get_if<core::page::ChooseMethod>(&view.page);
        return view.screen() == core::Screen::FaceFailed || (page && !page->face);
    }));
    tap(Kind::ChoosePin);
    type("1234");
    ASSERT_TRUE(until(core::Screen::Consent));
}

}  // namespace
}  // namespace uketsuke::app::test
