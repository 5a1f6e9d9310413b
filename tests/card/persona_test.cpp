#include "card/persona.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "card/authority.h"
#include "card/dates.h"
#include "card/my_number_card.h"
#include "card/openssl_types.h"
#include "card/virtual_reader.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using std::chrono::days;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr const char* k_good = R"(label = "l"
label_en = "l"
kind = "my-number"
[person]
name = "名"
address = "所"
birth_date = 1980-02-17
sex = "male"
[card]
expiry = 2035-02-17
security_code = "2285"
)";

class PersonaFile : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "uketsuke-persona-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    Result<Persona> load(const std::string& content) const {
        std::ofstream(m_folder / "x.toml") << content;
        return load_persona((m_folder / "x.toml").string());
    }
    std::string complaint(const std::string& content) const {
        const auto persona = load(content);
        return persona ? "" : persona.error().where;
    }

    std::filesystem::path m_folder;
};

TEST_F(PersonaFile, IsReadWithItsDefaults) {
    const auto persona = load(k_good);
    ASSERT_TRUE(persona) << persona.error().where;
    EXPECT_EQ(persona->id, "x");
    EXPECT_EQ(persona->pin, "1234");
    EXPECT_EQ(persona->pin_tries, 3);
    EXPECT_EQ(persona->certificate.rule, CertificateTerm::Rule::FifthBirthday);
    EXPECT_TRUE(persona->registered);
}

TEST_F(PersonaFile, AnUnknownKeyIsAnErrorWithFileAndLine) {
    EXPECT_THAT(complaint(std::string(k_good) + "pn = \"1234\"\n"),
                EndsWith("x.toml:12: \"card.pn\" is an unknown key"));
    EXPECT_THAT(complaint(std::string(k_good) + "[extra]\n"), EndsWith("x.toml:12: \"extra\" is an unknown key"));
}

TEST_F(PersonaFile, AWrongValueIsAnErrorWithFileAndLine) {
    const struct {
        const char* line;
        const char* complaint;
    } cases[] = {
        {"pin = \"12a4\"", "x.toml:12: \"card.pin\" wants 4 digits"},
        {"pin = 1234", "x.toml:12: \"card.pin\" wants a text"},
        {"pin_tries = 4", "x.toml:12: \"card.pin_tries\" wants 0 to 3"},
        {"signature_certificate = 1", "x.toml:12: \"card.signature_certificate\" wants true or false"},
        {"[certificate]\nnot_after = \"2030\"", "x.toml:13: \"certificate.not_after\" wants a date"},
        {"[certificate]\ndays_left = 1\nnot_after = 2030-01-01", "x.toml:14: \"certificate.not_after\" is an unknown"},
        {"[behaviour]\napdu_delay_ms = 99999", "x.toml:13: \"behaviour.apdu_delay_ms\" wants 0 to 2000"},
    };
    for (const auto& one : cases) {
        EXPECT_THAT(complaint(std::string(k_good) + one.line + "\n"), HasSubstr(one.complaint));
    }
}

TEST_F(PersonaFile, AMissingKeyAndBrokenTomlSayWhere) {
    EXPECT_THAT(complaint("label = \"l\"\nlabel_en = \"l\"\nkind = \"my-number\"\n"),
                HasSubstr("\"person\" is missing"));
    EXPECT_THAT(complaint("label = \"l\"\nlabel_en = \"l\"\nkind = \"my-number\"\n[person]\nname = \"x\"\n[card]\n"),
                HasSubstr("x.toml:4: \"person.address\" is missing"));
    EXPECT_THAT(complaint("label = \n"), HasSubstr("x.toml:1: "));
    EXPECT_THAT(complaint("label = \"l\"\nlabel_en = \"l\"\nkind = \"tram\"\n"),
                HasSubstr("x.toml:3: \"kind\" wants one of: my-number, other-card"));
    EXPECT_THAT(load_persona("/nonexistent/x.toml").error().where, HasSubstr("/nonexistent/x.toml"));
    EXPECT_THAT(load_personas("/nonexistent").error().where, HasSubstr("/nonexistent"));
}

TEST(Personas, AllLoadAndReadOverTheInProcessReader) {
    const auto personas = load_personas(std::string(UKETSUKE_SOURCE_DIR) + "/assets/personas");
    ASSERT_TRUE(personas) << describe(personas.error());
    EXPECT_GE(personas->size(), 8U);
    for (const Persona& persona : *personas) {
        SCOPED_TRACE(persona.id);
        EXPECT_FALSE(persona.label.empty());
        VirtualReader reader;
        reader.place(testing::make_card(persona));
        const auto channel = reader.connect();
        ASSERT_TRUE(channel);
        MyNumberCard session(**channel);
        const auto kind = session.identify();
        ASSERT_TRUE(kind);
        if (persona.kind == PersonaKind::OtherCard) {
            EXPECT_EQ(*kind, CardKind::Other);
            continue;
        }
        EXPECT_EQ(*kind, CardKind::MyNumber);
        EXPECT_EQ(session.read_certificate()->serial_hex, persona.serial_hex());
        EXPECT_EQ(session.pin_status()->tries, persona.pin_tries);
        EXPECT_EQ(session.pin_status()->locked, persona.pin_tries == 0);
        ASSERT_EQ(session.verify_number_b(*persona.number_b())->verdict, PinVerdict::Right);
        EXPECT_EQ(session.read_face_record()->birth_date, persona.birth_date);
        EXPECT_EQ(session.read_attributes()->name.view(), persona.name);
    }
}

TEST(Personas, ShowWhatTheirLabelsPromise) {
    const auto load = [](const char* id) { return *load_persona(testing::persona_path(id)); };
    const auto now = testing::test_now();
    EXPECT_EQ(load("sato").birth_date.year(), std::chrono::year{1944});
    EXPECT_TRUE(load("takahashi").face_authentication_card);
    EXPECT_EQ(load("takahashi").pin_tries, 0);
    EXPECT_EQ(load("tanaka").pin_tries, 1);
    EXPECT_EQ(load("ito").pin_tries, 0);
    EXPECT_EQ(std::chrono::floor<days>(load("watanabe").certificate_dates(now).not_after - now), days(40));
    EXPECT_NE(load("takasaki").name.find("𠮷"), std::string::npos);
    EXPECT_NE(load("sato").face_seed, load("suzuki").face_seed);
    for (const char* id : {"sato", "suzuki", "tanaka", "ito", "takahashi", "takasaki"}) {
        EXPECT_GT(load(id).certificate_dates(now).not_after - now, days(365)) << id;
    }
}

TEST(Authority, SignsTheCertificatesOfItsCards) {
    const auto authority = Authority::shared();
    ASSERT_TRUE(authority);
    const std::string pem = (*authority)->certificate_pem();
    EXPECT_THAT(pem, ::testing::StartsWith("-----BEGIN CERTIFICATE-----"));
    const unsigned char* at = (*authority)->certificate_der().data();
    const openssl::X509Ptr issuer(d2i_X509(nullptr, &at, static_cast<long>((*authority)->certificate_der().size())));
    const Bytes der = testing::make_card()->certificate_der();
    at = der.data();
    const openssl::X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ASSERT_TRUE(issuer && certificate);
    EXPECT_EQ(X509_verify(certificate.get(), X509_get0_pubkey(issuer.get())), 1);
    EXPECT_EQ(X509_NAME_cmp(X509_get_issuer_name(certificate.get()), X509_get_subject_name(issuer.get())), 0);
}

}  // namespace
}  // namespace uketsuke::card
