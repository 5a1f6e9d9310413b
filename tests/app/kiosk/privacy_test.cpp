// Nothing private stays behind: the log, the timeline, the database and its side files, and no core.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "app/demo/persona_photo.h"
#include "card/persona.h"
#include "tests/app/kiosk/fixture.h"
#include "tests/app/kiosk/program.h"

namespace uketsuke::app::test {
namespace {

using namespace std::chrono_literals;

// What must not be found anywhere: name, its parts, address, 照合番号B, and the photo's own bytes.
std::vector<std::string> personal_values(const card::Persona& persona) {
    std::vector<std::string> values{persona.name, persona.address};
    const auto space = persona.name.find("　");
    if (space != std::string::npos) values.push_back(persona.name.substr(0, space));
    if (const auto number = persona.number_b()) values.emplace_back(number->ascii().begin(), number->ascii().end());
    const auto photo = demo::persona_photo(persona);
    if (photo.size() > 1024) values.emplace_back(photo.begin() + 512, photo.begin() + 544);
    values.push_back("MessageBody");  // the plain request
    values.erase(std::remove_if(values.begin(), values.end(), [](const auto& v) { return v.size() < 4; }),
                 values.end());
    return values;
}

constexpr const char* k_demo = UKETSUKE_SOURCE_DIR "/kiosk-config/demo.toml";

class Privacy : public ::testing::Test {
  protected:
    std::vector<std::string> visit(const std::string& scenario) {
        return {"--config", k_demo,         "--scenario",
                scenario,   "--timeline",   (m_folder.path() / "timeline.jsonl").string(),
                "--data",   data().string()};
    }
    std::filesystem::path data() const { return m_folder.path() / "data"; }
    void expect_nothing_left_of(const std::vector<card::Persona>& personas, const Program& kiosk) const {
        const std::string left = kiosk.output() + read_all(m_folder.path() / "timeline.jsonl") + read_folder(data());
        ASSERT_GT(read_all(data() / "outbox.db").size(), 4096U) << "there must be something to search";
        for (const auto& persona : personas) {
            for (const auto& value : personal_values(persona)) {
                EXPECT_EQ(left.find(value), std::string::npos) << persona.id << ": " << value.size() << " bytes";
            }
        }
    }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(m_folder.path() / name) << text;
        return (m_folder.path() / name).string();
    }
    Folder m_folder;
};

TEST_F(Privacy, NoPersonalValueOfAnyPersonaIsInLogTimelineOrDatabase) {
    const auto personas = card::load_personas(UKETSUKE_SOURCE_DIR "/assets/personas");
    ASSERT_TRUE(personas);
    std::string script = "NET down\n";
    for (const auto& persona : *personas) {
        if (persona.kind != card::PersonaKind::MyNumber || persona.id == "yamamoto") continue;
        script += "STAFF visual 2580\nADVANCE 10\nPLACE " + persona.id + "\n";
        // A certificate that expires soon shows its notice first; after its end there is nothing to consent to.
        const int days =
            persona.certificate.rule == card::CertificateTerm::Rule::DaysFromNow ? persona.certificate.days : 1000;
        if (days < 90) script += "WAIT expiry-notice\nTAP next\n";
        if (days >= 0) script += "WAIT consent\nTAP agree-all\n";
        script += "WAIT limit-amount\nTAP provide\nWAIT accepted\nREMOVE\nWAIT card-taken\nADVANCE 20000\nWAIT idle\n";
    }
    Program kiosk("uketsuke", visit(write("all.txt", script)), m_folder.path());
    ASSERT_TRUE(kiosk.ended_within(120s));
    ASSERT_EQ(kiosk.exit_code(), 0) << kiosk.output();
    expect_nothing_left_of(*personas, kiosk);
}

TEST_F(Privacy, NothingIsLeftOfANumberThatWasReadOrTypedNorOfThePhotoThatItOpened) {
    const auto personas = card::load_personas(UKETSUKE_SOURCE_DIR "/assets/personas");
    ASSERT_TRUE(personas);
    const std::string face =
        "TAP face\nWAIT consent\nTAP agree-all\nTAP provide\nWAIT accepted\nREMOVE\n"
        "WAIT card-taken\nADVANCE 20000\nWAIT idle\n";
    const std::string script = "NEEDS face\nNET down\nPLACE sato\nWAIT choose-method\n" + face +
                               "FRONT worn\nPLACE takahashi\nWAIT choose-method\n"
                               "EXPECT カードの写真を\nTAP staff\nTAP staff-check\n"
                               "TAP digit 2\nTAP digit 5\nTAP digit 8\nTAP digit 0\nTAP type-number\n"
                               "WAIT number-entry\nNUMBER 13022020331906\nWAIT choose-method\n" +
                               face;
    Program kiosk("uketsuke", visit(write("number.txt", script)), m_folder.path());
    ASSERT_TRUE(kiosk.ended_within(120s));
    if (kiosk.exit_code() == 4) GTEST_SKIP() << "face matching is not offered: no weights";
    ASSERT_EQ(kiosk.exit_code(), 0) << kiosk.output();
    expect_nothing_left_of(*personas, kiosk);
}

TEST_F(Privacy, ANameThatTheLastScreenShowedIsNotWrittenAnywhere) {
    const auto personas = card::load_personas(UKETSUKE_SOURCE_DIR "/assets/personas");
    ASSERT_TRUE(personas);
    std::string config = read_all(k_demo);
    const std::string flow = "[flow]\n";
    const auto place = config.find(flow);
    ASSERT_NE(place, std::string::npos);
    config.insert(place + flow.size(), "name_display = \"full\"\n");
    config.insert(0, "asset_dir = \"" UKETSUKE_SOURCE_DIR "/assets\"\n");
    const std::string script =
        "PLACE sato\nWAIT choose-method\nTAP pin\nPIN 1234\nWAIT consent\nTAP preference large\nTAP agree-all\n"
        "TAP provide\nWAIT accepted\nEXPECT 完了\nTAP staff\nTAP stop\nWAIT take-card\nREMOVE\nWAIT idle\n";
    auto arguments = visit(write("name.txt", script));
    arguments[1] = write("full.toml", config);
    Program kiosk("uketsuke", arguments, m_folder.path());
    ASSERT_TRUE(kiosk.ended_within(120s));
    ASSERT_EQ(kiosk.exit_code(), 0) << kiosk.output();
    expect_nothing_left_of(*personas, kiosk);
    const std::string told = kiosk.output() + read_all(m_folder.path() / "timeline.jsonl");
    EXPECT_EQ(told.find("佐○"), std::string::npos);
    EXPECT_NE(told.find("asks for staff"), std::string::npos) << "the log is there to be searched";
}

TEST_F(Privacy, AnAbortInTheMiddleOfAReceptionLeavesNoCore) {
    const auto script = write("half.txt",
                              "PLACE sato\nWAIT choose-method\nTAP pin\nPIN 1234\nWAIT consent\n"
                              "WAIT accepted 60000\n");
    Program kiosk("uketsuke", visit(script), m_folder.path());
    ASSERT_TRUE(file_has(m_folder.path() / "timeline.jsonl", "\"consent\"", 60s)) << kiosk.output();
    kiosk.send(SIGABRT);
    ASSERT_TRUE(kiosk.ended_within(30s));
    ASSERT_TRUE(WIFSIGNALED(kiosk.wait_status()));
    EXPECT_FALSE(WCOREDUMP(kiosk.wait_status()));
    for (const auto& entry : std::filesystem::directory_iterator(m_folder.path())) {
        EXPECT_NE(entry.path().filename().string().rfind("core", 0), 0U) << entry.path();
    }
}

}  // namespace
}  // namespace uketsuke::app::test
