// The self-declaration through the real workers and rooms.
#include <gtest/gtest.h>

#include <fstream>

#include "app/main/form_hands.h"
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

using core::Screen;

class DeclarationTest : public KioskTest {
  protected:
    void begin() {
        tap(Kind::ShowOtherWays);
        tap(Kind::Declare);
        ASSERT_TRUE(until(Screen::DeclarationText));
    }
    void say_name(const std::string& family, const std::string& given) {
        FormHands hands(*m_runtime);
        // As it is: not every machine has the lists that know how a name is written.
        for (const std::string& kana : {family, given}) {
            ASSERT_TRUE(hands.type(kana));
            ASSERT_TRUE(hands.choose(kana));
        }
        tap(Kind::Next);
    }
    // Everything else but the birthday is left open.
    void hand_in(const std::optional<core::EraDate>& birthday = std::nullopt) {
        if (birthday) {
            ASSERT_TRUE(until(Screen::DeclarationDate));
            ASSERT_TRUE(FormHands(*m_runtime).wheel(*birthday));
            tap(Kind::Next);
        }
        while (m_runtime->kiosk().screen() != Screen::DeclarationReview) tap(Kind::Skip);
        tap(Kind::Confirm);
        ASSERT_TRUE(until(Screen::DeclarationDone));
    }
    net::Declaration kept(const net::RequestId& id) {
        auto bytes = m_runtime->devices().outbox->declaration(id);
        EXPECT_TRUE(bytes);
        auto form = net::decode_declaration(bytes.value());
        EXPECT_TRUE(form);
        return form.value();
    }
    std::vector<net::RequestSummary> rows() { return m_runtime->devices().outbox->list().value(); }

    static constexpr core::EraDate k_satos_birthday{core::Era::Showa, 19, 5, 14};
};

TEST_F(DeclarationTest, IsKeptWithItsPageAndAsksTheServiceWhenThatIsBack) {
    start();
    ASSERT_TRUE(m_runtime->network("down"));
    begin();
    say_name("さとう", "はなこ");
    hand_in(k_satos_birthday);
    ASSERT_EQ(rows().size(), 1U);
    const net::RequestSummary row = rows()[0];
    EXPECT_TRUE(row.has_declaration);
    EXPECT_TRUE(row.has(net::Mark::Declared));
    EXPECT_FALSE(row.has(net::Mark::Printed)) << "no printer is configured";
    const net::Declaration form = kept(row.id);
    EXPECT_EQ(form.name, "さとう　はなこ");
    EXPECT_EQ(form.name_kana, "サトウ　ハナコ");
    EXPECT_EQ(form.birth_date, "19440514");
    ASSERT_GT(form.page.size(), 1'000U);
    EXPECT_EQ(std::string(form.page.begin(), form.page.begin() + 5), "%PDF-");

    ASSERT_TRUE(m_runtime->network("up"));
    ASSERT_TRUE(wait([&] { return rows()[0].state == net::RequestState::Delivered; })) << rows()[0].reason;
    const auto detail = m_runtime->devices().outbox->show(row.id);
    ASSERT_TRUE(detail);
    const auto answer = net::read_answer(std::string(detail->answer.begin(), detail->answer.end()));
    ASSERT_TRUE(answer);
    const auto compared = net::reconcile(form, &*answer);
    EXPECT_EQ(compared.result, net::Reconciliation::Differs) << "the name was written in kana";
    EXPECT_EQ(compared.differ, std::vector{net::DeclaredField::Name});
    EXPECT_EQ(compared.claim, net::ClaimCase::CurrentNumber);
}

TEST_F(DeclarationTest, OfAReceptionThatIsOnDiskIsKeptWithThatAndMakesNoSecondOne) {
    start();
    ASSERT_TRUE(m_runtime->network("down"));
    receive_by_pin("sato", "1234");
    ASSERT_TRUE(until(Screen::Accepted));
    begin();
    say_name("さとう", "はなこ");
    hand_in();
    ASSERT_EQ(rows().size(), 1U);
    EXPECT_TRUE(rows()[0].has_declaration);
    EXPECT_EQ(kept(rows()[0].id).name, "さとう　はなこ");
    ASSERT_TRUE(m_runtime->network("up"));
    ASSERT_TRUE(wait([&] { return !m_runtime->devices().simulator->receptions().empty(); }));
    EXPECT_EQ(m_runtime->devices().simulator->receptions().size(), 1U);
}

TEST_F(DeclarationTest, IsFilledWithWhatTheCardSaysAsSoonAsItsFrontIsRead) {
    start();
    place("takahashi");
    ASSERT_TRUE(until(Screen::ChooseMethod));
    ASSERT_TRUE(wait([&] { return m_runtime->kiosk().state().session->card.has_value(); }));
    begin();
    ASSERT_TRUE(wait([&] { return !m_runtime->kiosk().state().declaring->form.name.empty(); }));
    const core::Declaration& form = m_runtime->kiosk().state().declaring->form;
    EXPECT_FALSE(form.address.empty());
    EXPECT_TRUE(form.birth_date.said());
    EXPECT_EQ(m_runtime->kiosk().state().declaring->field, core::DeclarationField::NameKana);
}

TEST_F(DeclarationTest, WorksWithNeitherReaderNorCameraNorService) {
    m_config.card.reader = config::CardReaderKind::Pcsc;
    m_config.card.reader_name = "no such reader";
    m_config.card.front = config::CardFrontKind::None;
    m_config.camera.source = config::CameraKind::None;
    m_config.service.mode = config::ServiceMode::Https;
    m_config.service.url = "https://127.0.0.1:9";
    m_config.service.ca_file = "/etc/ssl/certs/ca-certificates.crt";
    start();
    ASSERT_TRUE(until(Screen::OutOfService));
    begin();
    say_name("わたなべ", "さくら");
    hand_in(k_satos_birthday);
    ASSERT_EQ(rows().size(), 1U);
    stop();
    // Restarted into the same state it still has it.
    start();
    ASSERT_TRUE(until(Screen::OutOfService));
    ASSERT_EQ(rows().size(), 1U);
    EXPECT_EQ(kept(rows()[0].id).name, "わたなべ　さくら");
}

TEST_F(DeclarationTest, IsNotAskedWhenTooLittleWasSaidAndWaitsForStaff) {
    start();
    begin();
    say_name("わたなべ", "さくら");
    hand_in();
    ASSERT_EQ(rows().size(), 1U);
    EXPECT_EQ(rows()[0].state, net::RequestState::NeedsStaff);
    EXPECT_TRUE(rows()[0].has_declaration);
}

TEST_F(DeclarationTest, IsLeftToTheDeskWhenThePrinterIsAway) {
    m_config.declaration.printer = "no-such-printer";
    m_config.declaration.print_server = (m_folder.path() / "cups.sock").string();
    m_config.declaration.print_limit = std::chrono::seconds{5};
    start();
    begin();
    say_name("わたなべ", "さくら");
    hand_in();
    ASSERT_TRUE(wait([&] { return m_runtime->kiosk().state().declaring->printing == core::Printing::Failed; }));
    EXPECT_FALSE(rows()[0].has(net::Mark::Printed));
    EXPECT_NE(notices().find("print"), std::string::npos) << notices();
}

TEST_F(DeclarationTest, LeavesNothingOfWhatWasTypedInAnyFile) {
    {
        start();
        std::ofstream log(m_folder.path() / "notices.txt");
        begin();
        say_name("わたなべ", "さくら");
        hand_in(k_satos_birthday);
        log << notices();
        stop();
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder.path())) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(in)), {});
        for (const char* typed : {"わたなべ", "ワタナベ", "さくら", "19440514", "%PDF"}) {
            EXPECT_EQ(all.find(typed), std::string::npos) << typed << " in " << entry.path();
        }
    }
}

}  // namespace
}  // namespace uketsuke::app::test
