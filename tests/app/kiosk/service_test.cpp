// What reaches the service, the receipt computer and staff, seen from the counter.
#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "net/oqs_xml.h"
#include "net/receipt_folder.h"
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// What a receipt computer takes: finished documents, never a part of one.
std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(folder, gone)) {
        if (entry.path().extension() == ".xml") files.push_back(entry.path());
    }
    return files;
}

class Service : public KioskTest {
  protected:
    net::EligibilitySimulator& simulator() { return *m_runtime->devices().simulator; }
    void set_fault(const net::SimulatorFaults& faults) {
        const auto set = simulator().set_fault(faults);
        ASSERT_TRUE(set) << set.error().where;
    }
    void card_away() {
        ASSERT_TRUE(m_runtime->stage().remove());
        ASSERT_TRUE(until(core::Screen::Idle));
    }
    std::optional<core::StaffNote> note() {
        const auto view = m_runtime->kiosk().view();
        const auto* idle = std::get_if<core::page::Idle>(&view.page);
        return idle != nullptr ? idle->staff_note : std::nullopt;
    }
    // Identified by PIN, wherever that leads.
    void identify(const std::string& persona, const std::string& pin) {
        place(persona);
        ASSERT_TRUE(until(core::Screen::ChooseMethod));
        tap(Kind::ChoosePin);
        type(pin);
    }
};

struct ReceiptComputer : Service {
    void SetUp() override {
        for (const char* name : {"face", "req", "res"}) fs::create_directory(m_folder.path() / name);
        m_config.receipt_computer.face_folder = m_folder.path() / "face";
        m_config.receipt_computer.request_folder = m_folder.path() / "req";
        m_config.receipt_computer.result_folder = m_folder.path() / "res";
        m_config.receipt_computer.poll = 200ms;
    }
    fs::path face() const { return m_folder.path() / "face"; }
};

TEST_F(ReceiptComputer, FindsTheAnswerOfAPatientWhoWasReceived) {
    start();
    receive_by_pin("sato", "1234");
    ASSERT_TRUE(wait([&] { return files_in(face()).size() == 1; }));
    const fs::path file = files_in(face())[0];
    EXPECT_THAT(file.filename().string(), ::testing::StartsWith("OQSsiquc01res_face_"));
    const auto answer = net::read_answer(text_of(file));
    ASSERT_TRUE(answer) << answer.error().where;
    ASSERT_EQ(answer->results.size(), 1U);
    EXPECT_EQ(answer->results[0].name, "佐藤　花子");
    EXPECT_EQ(answer->header.arbitrary_file_identifier, simulator().receptions().at(0).key);
}

TEST_F(ReceiptComputer, GetsEveryAnswerOnceTheFolderIsBackAndStaffAreToldMeanwhile) {
    start();
    fs::rename(face(), m_folder.path() / "away");
    receive_by_pin("sato", "1234");
    card_away();
    receive_by_pin("suzuki", "2580");
    card_away();
    EXPECT_TRUE(wait([&] { return note() == core::StaffNote::FilesAway; }));
    EXPECT_THAT(notices(), HasSubstr(face().string()));
    fs::rename(m_folder.path() / "away", face());
    EXPECT_TRUE(wait([&] { return files_in(face()).size() == 2 && !note(); }, 60s));
}

TEST_F(ReceiptComputer, GetsTheAnswerAfterARestartToo) {
    start();
    fs::rename(face(), m_folder.path() / "away");
    receive_by_pin("sato", "1234");
    ASSERT_TRUE(wait([&] { return notices().find("receipt computer") != std::string::npos; }));
    stop();
    fs::rename(m_folder.path() / "away", face());
    start();
    EXPECT_TRUE(wait([&] { return files_in(face()).size() == 1; }));
}

TEST_F(ReceiptComputer, IsAnsweredWhenItAsks) {
    start();
    net::OqsRequest question;
    question.header.medical_institution_code = "1312345678";
    for (const auto& person : simulator().people()) {
        if (person.id != "sato") continue;
        question.insurer_number = person.results.at(0).insurer_number;
        question.insured_card_symbol = person.results.at(0).insured_card_symbol;
        question.insured_identification_number = person.results.at(0).insured_identification_number;
        question.insured_branch_number = person.results.at(0).insured_branch_number;
        question.birthdate = person.results.at(0).birthdate;
    }
    const fs::path asked = m_folder.path() / "req" / "OQSsiquc01req_202611210001.xml";
    const fs::path answered = m_folder.path() / "res" / "OQSsiquc01res_202611210001.xml";
    std::ofstream(asked, std::ios::binary) << net::write_request(question);
    ASSERT_TRUE(wait([&] { return fs::exists(answered); }));
    const auto answer = net::read_answer(text_of(answered));
    ASSERT_TRUE(answer) << answer.error().where;
    EXPECT_EQ(answer->validity, net::QualificationValidity::Valid);
    ASSERT_EQ(answer->results.size(), 1U);
    EXPECT_EQ(answer->results[0].name, "佐藤　花子");
    EXPECT_TRUE(fs::exists(asked)) << "it is not ours to take away";
    // Read and removed by the receipt computer, it is not written a second time.
    fs::remove(answered);
    receive_by_pin("sato", "1234");
    ASSERT_TRUE(wait([&] { return files_in(face()).size() == 1; }));
    EXPECT_FALSE(fs::exists(answered));
}

TEST_F(ReceiptComputer, WaitsForItsAnswerWhileTheServiceIsAway) {
    start();
    net::SimulatorFaults down;
    down.down = true;
    set_fault(down);
    const auto calls = simulator().calls();
    std::ofstream(m_folder.path() / "req" / "OQSsiquc01req_a.xml", std::ios::binary)
        << net::write_request(net::OqsRequest{});
    ASSERT_TRUE(wait([&] { return simulator().calls() > calls; }));
    EXPECT_TRUE(files_in(m_folder.path() / "res").empty());
    set_fault({});
    EXPECT_TRUE(wait([&] { return files_in(m_folder.path() / "res").size() == 1; }, 60s));
}

TEST_F(ReceiptComputer, GetsAnAnswerToEachQuestionWhateverBecomesOfTheOthers) {
    start();
    std::ofstream(m_folder.path() / "req" / "OQSsiquc01req_1.xml", std::ios::binary) << "no document";
    std::ofstream(m_folder.path() / "req" / "OQSsiquc01req_2.xml", std::ios::binary)
        << net::write_request(net::OqsRequest{});  // without a number or a birth date: refused
    net::OqsRequest unknown;
    unknown.insurer_number = "  999999";
    unknown.insured_identification_number = "1";
    unknown.birthdate = "19800101";
    std::ofstream(m_folder.path() / "req" / "OQSsiquc01req_3.xml", std::ios::binary) << net::write_request(unknown);
    const fs::path results = m_folder.path() / "res";
    ASSERT_TRUE(wait([&] { return files_in(results).size() == 3; }, 60s));
    const auto said = [&](const std::string& name) { return net::read_answer(text_of(results / name)).value(); };
    EXPECT_EQ(said("OQSsiquc01res_1.xml").header.error_code, "UKETSUKE-E01");
    EXPECT_EQ(said("OQSsiquc01res_2.xml").header.segment_of_result, net::SegmentOfResult::Abnormal);
    EXPECT_EQ(said("OQSsiquc01res_3.xml").validity, net::QualificationValidity::NotFound);
}

TEST_F(Service, RegistersACardThatIsNoHealthInsuranceCardYetAndDoesNotAskAgain) {
    start();
    const auto answered = [&] { return m_runtime->kiosk().state().session->registered.has_value(); };
    place("nakamura");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    ASSERT_TRUE(wait(answered)) << "a person takes longer to type than the service to answer";
    tap(Kind::ChoosePin);
    type("6502");
    ASSERT_TRUE(until(core::Screen::Registration));
    tap(Kind::Register);
    ASSERT_TRUE(until(core::Screen::Consent));
    tap(Kind::AgreeAll);
    tap(Kind::NotProvide);
    ASSERT_TRUE(until(core::Screen::Accepted));
    EXPECT_TRUE(wait([&] { return simulator().receptions().size() == 1; }));
    EXPECT_TRUE(simulator().receptions().at(0).registration_wished);
    EXPECT_EQ(std::get<core::page::Accepted>(m_runtime->kiosk().view().page).outcome, core::Outcome::Confirmed);
    card_away();
    place("nakamura");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    ASSERT_TRUE(wait(answered));
    EXPECT_EQ(m_runtime->kiosk().state().session->registered, true);
}

TEST_F(Service, DoesNotKeepAPatientWaitingForTheRegistration) {
    m_config.service.registration_timeout = 500ms;
    start();
    net::SimulatorFaults slow;
    slow.slow = 60s;
    set_fault(slow);
    identify("nakamura", "6502");
    EXPECT_TRUE(until(core::Screen::Consent)) << "nobody answered, so nobody is asked";
}

TEST_F(Service, SendsWhoHasNoInsuranceToTheDeskWithANumber) {
    start();
    net::SimulatorFaults faults;
    faults.answer_as = "not-found";
    set_fault(faults);
    receive_by_pin("sato", "1234");
    const auto page = std::get<core::page::Accepted>(m_runtime->kiosk().view().page);
    EXPECT_EQ(page.outcome, core::Outcome::SeeTheDesk);
    EXPECT_EQ(page.number, 13);
    EXPECT_THAT(notices(), HasSubstr("not found"));
}

TEST_F(Service, NamesThePatientAsTheClinicLetsIt) {
    for (const auto& [display, name] :
         {std::pair{core::NameDisplay::Masked, "佐○ 花○"}, std::pair{core::NameDisplay::Full, "佐藤 花子"},
          std::pair{core::NameDisplay::None, ""}}) {
        m_config.policy.name_display = display;
        start();
        receive_by_pin("sato", "1234");
        const auto page = [&] { return std::get<core::page::Accepted>(m_runtime->kiosk().view().page); };
        ASSERT_TRUE(wait([&] { return page().outcome == core::Outcome::Confirmed; })) << notices();
        EXPECT_EQ(page().name.view(), std::string_view(name));
        EXPECT_EQ(page().number, 0);
        EXPECT_EQ(notices().find("佐"), std::string::npos);
        stop();
    }
}

TEST_F(Service, NamesNobodyWhoMustSeeTheDesk) {
    m_config.policy.name_display = core::NameDisplay::Full;
    start();
    net::SimulatorFaults faults;
    faults.answer_as = "not-found";
    set_fault(faults);
    receive_by_pin("sato", "1234");
    EXPECT_EQ(std::get<core::page::Accepted>(m_runtime->kiosk().view().page).name.view(), "");
}

TEST_F(Service, GivesWhoeverIsQueuedANumberForTheDesk) {
    start();
    net::SimulatorFaults down;
    down.down = true;
    set_fault(down);
    receive_by_pin("sato", "1234");
    const auto page = [&] { return std::get<core::page::Accepted>(m_runtime->kiosk().view().page); };
    EXPECT_EQ(page().outcome, core::Outcome::Queued);
    EXPECT_TRUE(wait([&] { return page().number > 0; }));
}

TEST_F(Service, WritesDownWhatStaffDidAndThatSomebodyAskedForThem) {
    start();
    tap(Kind::CallStaff);
    EXPECT_THAT(notices(), HasSubstr("a patient asks for staff"));
    m_runtime->kiosk().handle(core::event::StaffVisual{"2580"});
    EXPECT_TRUE(wait([&] { return notices().find("confirm-visual") != std::string::npos; }));
    EXPECT_EQ(notices().find("2580"), std::string::npos);
}

TEST_F(Service, NamesWhatStaffShouldLookAtAndStillConfirms) {
    start();
    net::SimulatorFaults faults;
    faults.answer_as = "black-circles";
    set_fault(faults);
    receive_by_pin("sato", "1234");
    const auto page = std::get<core::page::Accepted>(m_runtime->kiosk().view().page);
    EXPECT_EQ(page.outcome, core::Outcome::Confirmed);
    EXPECT_EQ(page.number, 0);
    EXPECT_THAT(notices(), HasSubstr("confirmed with a remark (character replaced"));
    EXPECT_EQ(notices().find("佐藤"), std::string::npos);
}

TEST_F(Service, NeverTakesTheAnswerAboutSomebodyElse) {
    start();
    place("sato");
    ASSERT_TRUE(until(core::Screen::ChooseMethod));
    // The front was read and the chip's record opened: whose card it is, is known.
    ASSERT_TRUE(wait([&] { return m_runtime->kiosk().state().session->number_outcome.has_value(); }));
    net::SimulatorFaults faults;
    faults.answer_as = "suzuki";
    set_fault(faults);
    tap(Kind::ChoosePin);
    type("1234");
    ASSERT_TRUE(until(core::Screen::Consent));
    tap(Kind::AgreeAll);
    tap(Kind::NotProvide);
    ASSERT_TRUE(until(core::Screen::Accepted));
    const auto page = std::get<core::page::Accepted>(m_runtime->kiosk().view().page);
    EXPECT_EQ(page.outcome, core::Outcome::SeeTheDesk);
    EXPECT_EQ(page.number, 33);
}

struct WrongClock : Service, ::testing::WithParamInterface<std::chrono::seconds> {};

TEST_P(WrongClock, StillReceivesAndStaffAreTold) {
    start();
    net::SimulatorFaults faults;
    faults.clock = GetParam();
    set_fault(faults);
    for (int patient = 1; patient <= 2; ++patient) {
        place("sato");
        ASSERT_TRUE(until(core::Screen::ChooseMethod));
        // While the card is being read the service was asked something, and said what time it is.
        ASSERT_TRUE(wait([&] { return notices().find("this machine's clock is") != std::string::npos; }));
        tap(Kind::ChoosePin);
        type("1234");
        ASSERT_TRUE(until(core::Screen::Consent));
        tap(Kind::AgreeAll);
        tap(Kind::Provide);
        ASSERT_TRUE(until(core::Screen::Accepted));
        ASSERT_TRUE(wait([&] { return simulator().receptions().size() == static_cast<std::size_t>(patient); }))
            << notices();
        const auto received = simulator().receptions().back();
        const auto between = std::chrono::abs(received.received_at - received.confirmed_at);
        EXPECT_LT(between, 2min) << "patient " << patient << ": dated by the service's clock";
        card_away();
    }
    EXPECT_EQ(note(), core::StaffNote::ClockWrong);
    set_fault({});
    receive_by_pin("suzuki", "2580");
    card_away();
    EXPECT_TRUE(wait([&] { return !note(); })) << "right again, and nobody is told to look";
}

INSTANTIATE_TEST_SUITE_P(Offsets, WrongClock, ::testing::Values(3h, -3h, std::chrono::days{400}));

TEST_F(Service, TellsStaffWhenItHasBeenAwayForAMinuteAndTakesItBack) {
    start();
    ASSERT_TRUE(m_runtime->network("down"));
    receive_by_pin("sato", "1234");
    card_away();
    ASSERT_TRUE(wait([&] { return notices().find("request ") != std::string::npos; })) << "tried, and cut";
    EXPECT_FALSE(note()) << "a connection that was cut once is nobody's concern";
    m_runtime->clock().advance(70s);
    m_runtime->workers().net().network_back();
    EXPECT_TRUE(wait([&] { return note() == core::StaffNote::ServiceAway; }));
    ASSERT_TRUE(m_runtime->network("up"));
    EXPECT_TRUE(wait([&] { return !note() && simulator().receptions().size() == 1; }));
}

}  // namespace
}  // namespace uketsuke::app::test
