#include "card/persona.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

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
        {"largest_answer = 31", "x.toml:12: \"card.largest_answer\" wants 32 to 256"},
        {"answers = \"long\"", "x.toml:12: \"card.answers\" wants one of: short, 61xx, 6cxx"},
        {"record_shape = \"ancient\"", "x.toml:12: \"card.record_shape\" wants one of: new, old"},
        {"issuer_signature = true", "x.toml:12: \"card.issuer_signature\" wants one of: good, wrong, absent"},
        {"text_pin_tries = -1", "x.toml:12: \"card.text_pin_tries\" wants 0 to 3"},
        {"resident_pin_tries = 4", "x.toml:12: \"card.resident_pin_tries\" wants 0 to 3"},
        {"telephone = \"iphone\"", "x.toml:12: \"card.telephone\" is an unknown key"},
        {"[certificate]\nrenewed = 1", "x.toml:13: \"certificate.renewed\" wants true or false"},
        {"[certificate]\ndays_left = 1\nrenewed = true", "x.toml:14: \"certificate.renewed\" is an unknown key"},
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
    EXPECT_THAT(
        complaint("label = \"l\"\nlabel_en = \"l\"\nkind = \"tram\"\n"),
        HasSubstr("x.toml:3: \"kind\" wants one of: my-number, other-card, resident-card, smartphone, no-chip"));
    EXPECT_THAT(load_persona("/nonexistent/x.toml").error().where, HasSubstr("/nonexistent/x.toml"));
    EXPECT_THAT(load_personas("/nonexistent").error().where, HasSubstr("/nonexistent"));
}

TEST_F(PersonaFile, EachKindHasItsOwnKeys) {
    const std::string person = "[person]\nname = \"名\"\naddress = \"所\"\nbirth_date = 1980-02-17\nsex = \"male\"\n";
    const auto top = [](const char* kind) {
        return "label = \"l\"\nlabel_en = \"l\"\nkind = \"" + std::string(kind) + "\"\n";
    };
    const auto telephone = load(top("smartphone") + person + "[card]\npin = \"2468\"\ntelephone = \"android\"\n");
    ASSERT_TRUE(telephone) << telephone.error().where;
    EXPECT_EQ(telephone->telephone, Telephone::Android);
    EXPECT_EQ(telephone->pin, "2468");
    EXPECT_EQ(telephone->number_b().error().fault, Fault::BadConfig);
    EXPECT_EQ(load(top("resident-card") + person)->kind, PersonaKind::ResidentCard);
    EXPECT_EQ(load(top("no-chip"))->kind, PersonaKind::NoChip);
    EXPECT_EQ(load(top("other-card"))->kind, PersonaKind::OtherCard);
    EXPECT_THAT(complaint(top("smartphone")), HasSubstr("\"person\" is missing"));
    EXPECT_THAT(complaint(top("no-chip") + person), EndsWith("x.toml:4: \"person\" is an unknown key"));
    EXPECT_THAT(complaint(top("smartphone") + person + "[card]\nexpiry = 2030-01-01\n"),
                EndsWith("x.toml:10: \"card.expiry\" is an unknown key"));
    for (const auto kind : {PersonaKind::MyNumber, PersonaKind::OtherCard, PersonaKind::ResidentCard,
                            PersonaKind::Smartphone, PersonaKind::NoChip}) {
        EXPECT_THAT(complaint(top("?")), HasSubstr(std::string(name_of(kind))));
    }
}

TEST_F(PersonaFile, AFaceAuthenticationCardComesWithEveryPinLocked) {
    const auto persona = load(std::string(k_good) + "face_authentication = true\nresident_pin_tries = 2\n");
    ASSERT_TRUE(persona) << persona.error().where;
    EXPECT_EQ(persona->pin_tries, 0);
    EXPECT_EQ(persona->text_pin_tries, 0);
    EXPECT_EQ(persona->resident_pin_tries, 0);
    EXPECT_EQ(persona->number_b_tries, 10);
}

std::vector<Persona> all_personas() {
    const auto personas = load_personas(std::string(UKETSUKE_SOURCE_DIR) + "/assets/personas");
    EXPECT_TRUE(personas) << describe(personas.error());
    return personas.value_or(std::vector<Persona>{});
}

// What the card is taken for, where a chip answers.
CardKind expected_kind(PersonaKind kind) {
    switch (kind) {
        case PersonaKind::MyNumber:
            return CardKind::MyNumber;
        case PersonaKind::ResidentCard:
            return CardKind::ResidentCard;
        case PersonaKind::Smartphone:
            return CardKind::SmartphoneToken;
        case PersonaKind::OtherCard:
        case PersonaKind::NoChip:
            break;
    }
    return CardKind::Other;
}

TEST(Personas, AllReadOverTheInProcessReader) {
    const auto personas = all_personas();
    EXPECT_GE(personas.size(), 21U);
    for (Persona persona : personas) {
        SCOPED_TRACE(persona.id);
        persona.apdu_delay = {};
        VirtualReader reader;
        reader.place(testing::make_card(persona));
        const auto channel = reader.connect();
        if (persona.kind == PersonaKind::NoChip) {
            EXPECT_EQ(channel.error().fault, Fault::NoChip);
            continue;
        }
        ASSERT_TRUE(channel);
        MyNumberCard session(**channel);
        const auto kind = session.identify();
        ASSERT_TRUE(kind);
        EXPECT_EQ(*kind, expected_kind(persona.kind));
        if (persona.kind != PersonaKind::MyNumber) continue;
        EXPECT_EQ(session.read_certificate()->serial_hex, persona.serial_hex());
        EXPECT_EQ(session.pin_status()->tries, persona.pin_tries);
        EXPECT_EQ(session.pin_status()->locked, persona.pin_tries == 0);
        ASSERT_EQ(session.verify_number_b(*persona.number_b())->verdict, PinVerdict::Right);
        const auto record = session.read_face_record();
        if (persona.issuer_signature == IssuerSignature::Wrong) {
            EXPECT_EQ(record.error().fault, Fault::IssuerSignatureWrong);
        } else {
            EXPECT_EQ(record->birth_date, persona.birth_date);
        }
        EXPECT_EQ(session.read_attributes()->name.view(), persona.name);
    }
}

// The number of characters, not of bytes.
std::size_t length_of(const std::string& utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

TEST(Personas, AreConsistentInThemselvesAndDifferFromEachOther) {
    std::set<std::string> labels;
    std::set<std::uint32_t> faces;
    std::set<std::string> names;
    for (const Persona& persona : all_personas()) {
        SCOPED_TRACE(persona.id);
        EXPECT_TRUE(labels.insert(persona.label).second);
        EXPECT_LE(length_of(persona.label), 6U);
        EXPECT_FALSE(persona.label_en.empty());
        if (!persona.has_holder()) continue;
        EXPECT_TRUE(faces.insert(persona.face_seed).second);
        EXPECT_TRUE(names.insert(persona.name).second);
        EXPECT_NE(persona.name.find("　"), std::string::npos);
        if (!persona.has_front()) continue;
        EXPECT_EQ(persona.card_expiry, birthday_in(persona.birth_date, persona.card_expiry.year()));
        EXPECT_GT(std::chrono::sys_days{persona.card_expiry}, testing::test_now());
    }
}

TEST(Personas, ShowWhatTheirLabelsPromise) {
    const auto load = [](const char* id) { return *load_persona(testing::persona_path(id)); };
    const auto now = testing::test_now();
    const auto days_left = [&](const char* id) {
        return std::chrono::floor<days>(load(id).certificate_dates(now).not_after - now).count();
    };
    EXPECT_EQ(load("sato").birth_date.year(), std::chrono::year{1944});
    EXPECT_TRUE(load("takahashi").face_authentication_card);
    EXPECT_EQ(load("takahashi").pin_tries, 0);
    EXPECT_EQ(load("tanaka").pin_tries, 1);
    EXPECT_EQ(load("kimura").pin_tries, 2);
    EXPECT_EQ(load("ito").pin_tries, 0);
    EXPECT_EQ(days_left("watanabe"), 40);
    EXPECT_EQ(days_left("kobayashi"), -62);
    EXPECT_EQ(days_left("yamamoto"), -153);
    EXPECT_FALSE(load("nakamura").registered);
    EXPECT_NE(load("takasaki").name.find("𠮷"), std::string::npos);
    EXPECT_NE(load("tsuchiyoshi").name.find("●"), std::string::npos);
    EXPECT_NE(load("tsuchiyoshi").name.find("𠮷"), std::string::npos);
    EXPECT_EQ(load("matsumoto").record_shape, RecordShape::Old);
    EXPECT_EQ(load("gizo").issuer_signature, IssuerSignature::Wrong);
    EXPECT_EQ(load("inoue").apdu_delay, std::chrono::milliseconds(40));
    EXPECT_EQ(load("sumaho").kind, PersonaKind::Smartphone);
    EXPECT_EQ(load("juki").kind, PersonaKind::ResidentCard);
    EXPECT_EQ(load("kami").kind, PersonaKind::NoChip);
    EXPECT_EQ(load("bank").kind, PersonaKind::OtherCard);
    for (const char* id :
         {"sato", "suzuki", "tanaka", "kimura", "ito", "takahashi", "takasaki", "nakamura", "kodomo"}) {
        EXPECT_GT(days_left(id), 365) << id;
    }
}

TEST(Personas, TheChildIsUnderFifteenAndItsCardEndsWithItsCertificate) {
    const Persona child = *load_persona(testing::persona_path("kodomo"));
    const auto now = testing::test_now();
    const std::chrono::year_month_day today{std::chrono::floor<days>(now)};
    EXPECT_GT(std::chrono::sys_days{birthday_in(child.birth_date, child.birth_date.year() + std::chrono::years{15})},
              std::chrono::sys_days{today});
    EXPECT_FALSE(child.signature_certificate);
    const std::chrono::year_month_day issued{std::chrono::sys_days{today} - days{child.certificate.days}};
    EXPECT_EQ(child.card_expiry, card_end(child.birth_date, issued));
    const auto last_second = child.certificate_dates(now).not_after + std::chrono::hours{9};
    EXPECT_EQ(std::chrono::year_month_day{std::chrono::floor<days>(last_second)}, child.card_expiry);
}

TEST(Personas, TheSlowCardLosesAnAnswerNowAndThenAndIsReadWhenLaidAgain) {
    Persona persona = *load_persona(testing::persona_path("inoue"));
    persona.apdu_delay = {};
    VirtualReader reader;
    const auto card = testing::make_card(persona);
    int lost = 0;
    bool lost_before = false;
    for (int visit = 0; visit < 20; ++visit) {
        reader.place(card);
        const auto channel = reader.connect();
        ASSERT_TRUE(channel);
        MyNumberCard session(**channel);
        const bool whole = session.identify() && session.read_certificate() &&
                           session.verify_number_b(*persona.number_b()) && session.read_face_record() &&
                           session.read_attributes();
        EXPECT_TRUE(whole || !lost_before) << "visit " << visit;
        lost += whole ? 0 : 1;
        lost_before = !whole;
    }
    EXPECT_GT(lost, 0);
}

using std::chrono::year;
using std::chrono::year_month_day;

year_month_day on(int y, unsigned m, unsigned d) {
    return {year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

TEST(CertificateEnd, IsTheFifthBirthdayAfterTheDayOfIssue) {
    const auto born = on(1944, 5, 14);
    EXPECT_EQ(fifth_birthday_after(born, on(2026, 5, 13)), on(2030, 5, 14));
    EXPECT_EQ(fifth_birthday_after(born, on(2026, 5, 15)), on(2031, 5, 14));
    // A birthday that is the day of issue is none of the five.
    EXPECT_EQ(fifth_birthday_after(born, on(2026, 5, 14)), on(2031, 5, 14));
    // The age does not matter.
    EXPECT_EQ(fifth_birthday_after(on(2020, 5, 14), on(2026, 5, 13)), on(2030, 5, 14));
}

TEST(CertificateEnd, FallsOnTheFirstOfMarchForTheTwentyNinthOfFebruaryInACommonYear) {
    const auto leap = on(2004, 2, 29);
    EXPECT_EQ(fifth_birthday_after(leap, on(2026, 2, 28)), on(2030, 3, 1));
    EXPECT_EQ(fifth_birthday_after(leap, on(2026, 3, 1)), on(2031, 3, 1));
    EXPECT_EQ(fifth_birthday_after(leap, on(2023, 6, 1)), on(2028, 2, 29));
}

TEST(CertificateEnd, IsTheSixthBirthdayWhenRenewedInTheLastThreeMonths) {
    const auto born = on(1944, 5, 14);
    EXPECT_EQ(renewed_certificate_end(born, on(2026, 2, 13)), on(2030, 5, 14));
    EXPECT_EQ(renewed_certificate_end(born, on(2026, 2, 14)), on(2031, 5, 14));
    EXPECT_EQ(renewed_certificate_end(born, on(2026, 5, 13)), on(2031, 5, 14));
    // On the last day itself five full years lie ahead by the ordinary rule; the window adds nothing to them.
    EXPECT_EQ(renewed_certificate_end(born, on(2026, 5, 14)), on(2031, 5, 14));
    // Three months before the end of May there is no 31 February.
    EXPECT_EQ(renewed_certificate_end(on(1944, 5, 31), on(2026, 2, 27)), on(2030, 5, 31));
    EXPECT_EQ(renewed_certificate_end(on(1944, 5, 31), on(2026, 2, 28)), on(2031, 5, 31));
    EXPECT_EQ(renewed_certificate_end(on(2004, 2, 29), on(2026, 12, 1)), on(2032, 2, 29));
}

TEST(CertificateEnd, OfAPersonaFollowsTheRuleInJapaneseTime) {
    Persona persona = testing::test_persona();
    persona.birth_date = on(1980, 2, 17);
    persona.certificate.days = 0;
    persona.certificate.renewed = true;
    // 2026-11-21 in both places: 88 days before the birthday.
    const auto in_window = persona.certificate_dates(testing::test_now());
    EXPECT_EQ(in_window.not_after,
              std::chrono::sys_days{on(2032, 2, 17)} + std::chrono::hours{15} - std::chrono::seconds{1});
    persona.certificate.renewed = false;
    EXPECT_EQ(persona.certificate_dates(testing::test_now()).not_after, in_window.not_after - days{365});
}

TEST(CardEnd, IsTheTenthBirthdayAndTheFifthForMinors) {
    EXPECT_EQ(card_end(on(1944, 5, 14), on(2026, 11, 21)), on(2036, 5, 14));
    EXPECT_EQ(card_end(on(2008, 11, 21), on(2026, 11, 21)), on(2036, 11, 21));
    EXPECT_EQ(card_end(on(2008, 11, 22), on(2026, 11, 21)), on(2030, 11, 22));
    EXPECT_EQ(card_end(on(2024, 2, 29), on(2026, 3, 1)), on(2031, 3, 1));
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
