// A whole tablet: tours, visits with and without the card, and what a thief finds.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "net/keyring.h"
#include "net/outbox.h"
#include "tests/app/kiosk/fixture.h"
#include "tests/app/kiosk/program.h"

namespace uketsuke::app::test {
namespace {

using namespace std::chrono_literals;
using core::Screen;

constexpr const char* k_profile = UKETSUKE_SOURCE_DIR "/kiosk-config/home-visit.toml";
constexpr const char* k_code = "258025";

// What may stand in no file of a tablet: who visits, whom, and what they said.
const std::vector<std::string>& personal_values() {
    static const std::vector<std::string> k_values{"架空", "はな",   "佐藤",     "花子",        "高橋",        "とめ",
                                                   "ｻﾄｳ",  "サトウ", "19440514", "MessageBody", "visual-check"};
    return k_values;
}

// The data key, as whoever has the code gets it.
std::optional<net::SealingKey> key_of(const std::filesystem::path& folder, const std::string& code = k_code) {
    auto device_key = net::SealingKey::load(folder / "outbox.key", net::KeyCreation::Never);
    if (!device_key) return std::nullopt;
    auto keyring = net::Keyring::open(folder / "keyring", std::move(*device_key));
    if (!keyring) return std::nullopt;
    auto attempt = (*keyring)->try_code(code);
    if (!attempt || !attempt->opened) return std::nullopt;
    return std::move(attempt->opened->key);
}

class HomeVisit : public KioskTest {
  protected:
    HomeVisit() {
        auto config = config::load_config(k_profile);
        if (!config) {
            ADD_FAILURE() << config.error().text();
            return;
        }
        m_config = std::move(*config);
        m_config.outbox.path = folder() / "outbox.db";
        m_config.outbox.key_file = folder() / "outbox.key";
        m_config.visit.keyring = folder() / "keyring";
    }
    std::filesystem::path folder() const { return m_folder.path(); }
    void code(const std::string& digits = k_code) {
        for (const char digit : digits) tap(Kind::Digit, static_cast<std::uint8_t>(digit - '0'));
    }
    void sign_in() {
        code();
        tap(Kind::SignIn);
        ASSERT_TRUE(until(Screen::Tour));
    }
    void begin_tour() {
        start();
        ASSERT_EQ(m_runtime->kiosk().screen(), Screen::TourSignIn);
        sign_in();
    }
    // To the last page, with the card still lying there.
    void visit_by_pin(const std::string& persona, const std::string& pin) {
        tap(Kind::StartVisit);
        tap(Kind::AgreeAll);
        tap(Kind::ChoosePin);
        type(pin);
        ASSERT_TRUE(until(Screen::LayCard));
        place(persona);
        ASSERT_TRUE(until(Screen::Accepted));
    }
    void take_card() {
        ASSERT_TRUE(m_runtime->stage().remove());
        ASSERT_TRUE(until(Screen::Tour));
    }
    void open_list() {
        tap(Kind::OpenCareList);
        if (m_runtime->kiosk().screen() == Screen::TourSignIn) {
            code();
            tap(Kind::SignIn);
        }
        ASSERT_TRUE(wait([&] { return !m_runtime->kiosk().state().tour.list.empty(); }));
    }
    core::CareEntry first() const { return m_runtime->kiosk().state().tour.list.at(0); }
    void pick_first() {
        m_runtime->kiosk().handle(core::event::Tapped{core::Intent{Kind::PickPatient, 0, 0}});
        ASSERT_EQ(m_runtime->kiosk().screen(), Screen::CarePatient);
    }
    std::vector<net::ReceivedReception> received() { return m_runtime->devices().simulator->receptions(); }
    void expect_nothing_readable() const {
        const std::string left = read_folder(folder());
        ASSERT_GT(read_all(folder() / "outbox.db").size() + read_all(folder() / "outbox.db-wal").size(), 8192U)
            << "there must be something to search";
        for (const auto& value : personal_values()) EXPECT_EQ(left.find(value), std::string::npos) << value;
    }
};

TEST_F(HomeVisit, IsReceivedOnceAndThePatientIsKnownByNameFromThenOn) {
    begin_tour();
    visit_by_pin("sato", "1234");
    take_card();
    open_list();
    ASSERT_TRUE(wait([&] { return first().result == core::CareResult::Confirmed; })) << notices();
    EXPECT_EQ(first().name.view(), "佐藤　花子");
    EXPECT_EQ(first().standing, core::CareStanding::Valid);
    EXPECT_TRUE(first().online_possible);
    EXPECT_EQ(received().size(), 1U);
}

TEST_F(HomeVisit, OfACardWithoutPinPassesByStaffsWordWhichIsRecordedWithNameAndReason) {
    begin_tour();
    tap(Kind::StartVisit);
    tap(Kind::AgreeAll);
    tap(Kind::OpenStaffCheck);
    code();
    tap(Kind::ConfirmVisual, static_cast<std::uint8_t>(core::VisualReason::Condition));
    ASSERT_TRUE(until(Screen::LayCard));
    place("takahashi");
    ASSERT_TRUE(until(Screen::Accepted));
    take_card();
    open_list();
    EXPECT_FALSE(first().online_possible) << "no online care rests on a card without PIN";
    stop();
    const auto key = key_of(folder());
    ASSERT_TRUE(key);
    std::string record;
    const auto read = net::read_audit_log(
        folder() / "audit.log",
        [&](const net::AuditEntry& entry) {
            record += entry.act.who + "|" + entry.act.what + "|" + entry.act.why + "\n";
            return true;
        },
        key->share());
    ASSERT_TRUE(read) << read.error().where;
    EXPECT_NE(record.find("架空 はな|reception by visual-check|condition"), std::string::npos) << record;
    EXPECT_NE(record.find("架空 はな|tour opened"), std::string::npos) << record;
    const auto check = net::verify_audit_log(folder() / "audit.log", key->share());
    ASSERT_TRUE(check);
    EXPECT_TRUE(check->intact());
}

TEST_F(HomeVisit, WithoutTheCardRestsOnTheFirstOneAndIsTheSameVisitOnTheSameDay) {
    begin_tour();
    visit_by_pin("sato", "1234");
    take_card();
    open_list();
    pick_first();
    tap(Kind::Reinquire);
    ASSERT_TRUE(until(Screen::Accepted));
    tap(Kind::Stop);
    ASSERT_TRUE(wait([&] {
        return !m_runtime->kiosk().state().tour.list.empty() &&
               first().conflict == core::CareConflict::ReceivedElsewhere;
    }));
    EXPECT_EQ(first().result, core::CareResult::Confirmed);
    EXPECT_EQ(received().size(), 1U) << "one visit, one reception";
}

TEST_F(HomeVisit, EndsAllConsentsAtOnceAlsoWithoutSignalAndTellsTheServiceFirst) {
    begin_tour();
    m_runtime->network("down");
    visit_by_pin("sato", "1234");
    take_card();
    open_list();
    pick_first();
    tap(Kind::AskWithdraw);
    tap(Kind::WithdrawConsents);
    ASSERT_TRUE(wait([&] {
        return !m_runtime->kiosk().state().tour.list.empty() && first().standing == core::CareStanding::Withdrawn;
    }));
    tap(Kind::Reinquire);
    EXPECT_EQ(m_runtime->kiosk().screen(), Screen::CarePatient);
    m_runtime->network("up");
    ASSERT_TRUE(wait([&] { return m_runtime->kiosk().state().waiting == 0; })) << notices();
    const auto all = received();
    ASSERT_FALSE(all.empty());
    // The reception arrived after the withdrawal, and no consent of it stands.
    EXPECT_TRUE(wait(
        [&] { return first().result == core::CareResult::Confirmed || first().result == core::CareResult::Conflict; }));
    EXPECT_EQ(first().standing, core::CareStanding::Withdrawn);
}

TEST_F(HomeVisit, OfATourWithoutSignalSurvivesAPowerCutAndIsSentInOneDrain) {
    begin_tour();
    m_runtime->network("down");
    visit_by_pin("sato", "1234");
    take_card();
    visit_by_pin("suzuki", "2580");
    ASSERT_TRUE(m_runtime->stage().remove());
    m_runtime->cut_power();
    ASSERT_EQ(m_runtime->kiosk().screen(), Screen::TourSignIn);
    expect_nothing_readable();
    sign_in();
    m_runtime->network("up");
    ASSERT_TRUE(wait([&] { return received().size() == 2; })) << notices();
    for (const auto& reception : received()) EXPECT_EQ(reception.times_received, 1);
    EXPECT_TRUE(m_runtime->devices().simulator->refused().empty());
}

TEST_F(HomeVisit, LeavesAThiefNothingToRead) {
    begin_tour();
    visit_by_pin("sato", "1234");
    take_card();
    open_list();
    ASSERT_TRUE(wait([&] { return first().result == core::CareResult::Confirmed; }));
    expect_nothing_readable();
    stop();
    expect_nothing_readable();
    // With the device's own key and no code nothing opens.
    auto device_key = net::SealingKey::load(folder() / "outbox.key", net::KeyCreation::Never);
    ASSERT_TRUE(device_key);
    net::OutboxOptions looking;
    looking.access = net::OutboxAccess::Inspection;
    const auto outbox = net::Outbox::open(folder() / "outbox.db", device_key->share(), looking);
    ASSERT_FALSE(outbox);
    EXPECT_EQ(outbox.error().fault, net::Fault::BadKey);
    EXPECT_FALSE(key_of(folder(), "111111"));
    EXPECT_TRUE(key_of(folder()));
}

TEST_F(HomeVisit, IsOverForGoodAfterTheTenthWrongCodeWhereverItIsTyped) {
    begin_tour();
    visit_by_pin("sato", "1234");
    take_card();
    tap(Kind::LockTour);
    for (int wrong = 0; wrong < 4; ++wrong) {
        code("000000");
        tap(Kind::SignIn);
        ASSERT_TRUE(wait([&] { return !m_runtime->kiosk().state().tour.with_keyring; }));
    }
    // A restart gives no tries back.
    m_runtime->cut_power();
    for (int wrong = 4; wrong < 10; ++wrong) {
        EXPECT_FALSE(m_runtime->kiosk().state().tour.destroyed) << wrong;
        code("000000");
        tap(Kind::SignIn);
        ASSERT_TRUE(wait([&] { return !m_runtime->kiosk().state().tour.with_keyring; }));
    }
    ASSERT_TRUE(m_runtime->kiosk().state().tour.destroyed);
    EXPECT_FALSE(std::filesystem::exists(folder() / "outbox.db"));
    EXPECT_FALSE(std::filesystem::exists(folder() / "audit.log"));
    stop();
    EXPECT_FALSE(key_of(folder())) << "the right code opens nothing any more";
    const std::string left = read_folder(folder());
    for (const auto& value : personal_values()) EXPECT_EQ(left.find(value), std::string::npos) << value;
}

TEST_F(HomeVisit, IsDestroyedAtTheNextContactWhenTheClinicReportsTheTabletAsLost) {
    begin_tour();
    m_runtime->network("down");
    visit_by_pin("sato", "1234");
    take_card();
    m_runtime->devices().simulator->set_device_lost(m_runtime->devices().device, true);
    EXPECT_EQ(m_runtime->kiosk().screen(), Screen::Tour) << "without contact nobody can tell it";
    m_runtime->network("up");
    ASSERT_TRUE(until(Screen::TourSignIn));
    EXPECT_TRUE(m_runtime->kiosk().state().tour.destroyed);
    EXPECT_TRUE(m_runtime->kiosk().state().tour.from_afar);
    EXPECT_FALSE(std::filesystem::exists(folder() / "outbox.db"));
    stop();
    EXPECT_FALSE(key_of(folder()));
}

TEST_F(HomeVisit, IsDestroyedBeforeAnybodySignsInWhenTheTabletWasReportedAsLost) {
    begin_tour();
    visit_by_pin("sato", "1234");
    take_card();
    m_config.visit.device_check = 1'000ms;
    stop();
    start();
    m_runtime->devices().simulator->set_device_lost(m_runtime->devices().device, true);
    ASSERT_TRUE(wait([&] { return m_runtime->kiosk().state().tour.destroyed; }));
    EXPECT_TRUE(m_runtime->kiosk().state().tour.from_afar);
    EXPECT_FALSE(std::filesystem::exists(folder() / "outbox.db"));
}

TEST_F(HomeVisit, SaysWhatIsMissingOnATabletThatWasNotSetUp) {
    m_config.visit.demonstration_code.clear();
    EXPECT_NE(start_error().find("uketsuke-tour set-up"), std::string::npos);
}

// The program itself, and the plug pulled at any moment of it.
TEST_F(HomeVisit, LosesNothingAcceptedWhenTheProgramIsKilled) {
    const auto timeline = folder() / "timeline.jsonl";
    std::ofstream(folder() / "tour.txt") << "NET down\nCODE 258025\nWAIT tour 20000\n"
                                            "TAP visit\nTAP agree-all\nTAP pin\nPIN 1234\nWAIT lay-card\nPLACE sato\n"
                                            "WAIT accepted 20000\nREMOVE\nWAIT tour\nWAIT idle 60000\n";
    constexpr int k_rounds = 3;
    for (int round = 0; round < k_rounds; ++round) {
        std::filesystem::remove(timeline);
        Program tablet("uketsuke",
                       {"--config", k_profile, "--scenario", (folder() / "tour.txt").string(), "--data",
                        (folder() / "data").string(), "--timeline", timeline.string()},
                       folder());
        ASSERT_TRUE(file_has(timeline, "\"committed\"", 60s)) << tablet.output();
        tablet.send(SIGKILL);
        ASSERT_TRUE(tablet.ended_within(30s));
    }
    auto key = key_of(folder() / "data");
    ASSERT_TRUE(key);
    const auto outbox = net::Outbox::open(folder() / "data" / "outbox.db", std::move(*key));
    ASSERT_TRUE(outbox) << outbox.error().where;
    const auto rows = (*outbox)->list();
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->size(), static_cast<std::size_t>(k_rounds));
    const auto care = (*outbox)->care();
    ASSERT_TRUE(care);
    EXPECT_GE(care->size(), 1U);
    const auto checked = (*outbox)->verify();
    ASSERT_TRUE(checked);
    EXPECT_TRUE(checked->problems.empty());
}

TEST_F(HomeVisit, OfANewTabletBeginsWithThePatientsWhomTheInstitutionKnows) {
    begin_tour();
    visit_by_pin("sato", "1234");
    take_card();
    open_list();
    ASSERT_TRUE(wait([&] { return first().result == core::CareResult::Confirmed; })) << notices();
    // Another tablet of the institution: the same members, and nobody received yet.
    m_runtime->cut_power();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(folder() / (std::string("outbox.db") + end));
    sign_in();
    open_list();
    ASSERT_EQ(m_runtime->kiosk().state().tour.list.size(), 1U);
    EXPECT_EQ(first().name.view(), "佐藤　花子");
    EXPECT_EQ(first().standing, core::CareStanding::Valid);
    EXPECT_EQ(first().result, core::CareResult::Nothing);
    EXPECT_TRUE(first().visited_today);
    expect_nothing_readable();
    pick_first();
    tap(Kind::Reinquire);
    ASSERT_TRUE(until(Screen::Accepted));
    tap(Kind::Stop);
    ASSERT_TRUE(wait([&] {
        return !m_runtime->kiosk().state().tour.list.empty() && first().result == core::CareResult::Confirmed;
    })) << notices();
    EXPECT_EQ(first().conflict, core::CareConflict::ReceivedElsewhere);
}

}  // namespace
}  // namespace uketsuke::app::test
