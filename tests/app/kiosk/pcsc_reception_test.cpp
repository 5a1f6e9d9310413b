// A patient received through the operating system's own smart card service: pcscd, vpcd, libpcsclite.
#include <gtest/gtest.h>

#include "app/demo/persona_photo.h"
#include "card/persona.h"
#include "tests/app/kiosk/fixture.h"
#include "tests/card/pcsc_stack.h"

namespace uketsuke::app::test {
namespace {

class PcscReception : public KioskTest {
  protected:
    void SetUp() override {
        auto stack = card::testing::PcscStack::start();
        if (!stack) GTEST_SKIP() << stack.error();
        m_stack = std::move(*stack);
        m_config.card.reader = config::CardReaderKind::Pcsc;
        m_config.card.reader_name = m_stack->reader_name();
        m_config.card.front = config::CardFrontKind::None;
    }

    void TearDown() override { stop(); }

    std::shared_ptr<card::VirtualCard> card(const std::string& persona_id) {
        const auto persona = card::load_persona(UKETSUKE_SOURCE_DIR "/assets/personas/" + persona_id + ".toml");
        EXPECT_TRUE(persona);
        auto made = card::VirtualCard::make(*persona, demo::persona_photo(*persona),
                                            std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
        EXPECT_TRUE(made);
        return made ? *made : nullptr;
    }

    std::unique_ptr<card::testing::PcscStack> m_stack;
};

TEST_F(PcscReception, APatientIsReceivedByPinThroughLibpcsclite) {
    start();
    m_stack->insert(card("sato"));
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    tap(Kind::ChoosePin);
    type("0000");
    ASSERT_TRUE(wait([&] {
        const auto view = m_runtime->kiosk().view();
        const auto* page = std::get_if<core::page::Pin>(&view.page);
        return page && page->wrong && page->ready;
    }));
    type("1234");
    ASSERT_TRUE(until(core::Screen::Consent));
    tap(Kind::AgreeAll);
    tap(Kind::Provide);
    ASSERT_TRUE(until(core::Screen::Accepted));
    ASSERT_TRUE(wait([&] { return m_runtime->devices().simulator->receptions().size() == 1; }));
    EXPECT_EQ(m_runtime->devices().simulator->receptions()[0].method, net::Method::Pin);
    m_stack->remove();
    ASSERT_TRUE(until(core::Screen::Idle));
}

TEST_F(PcscReception, AServiceThatDiesAndComesBackIsFoundAgain) {
    start();
    ASSERT_EQ(m_stack->kill_service(), "");
    ASSERT_TRUE(until(core::Screen::OutOfService));
    ASSERT_EQ(m_stack->start_service(), "");
    ASSERT_TRUE(until(core::Screen::Idle));
    m_stack->insert(card("sato"));
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
}

}  // namespace
}  // namespace uketsuke::app::test
