// A whole card, read without a reader between: what is on it, and what must not be.
#include "card/my_number_card.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "card/attestation.h"
#include "card/authority.h"
#include "card/jp2.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::CardChannel;
using testing::hex;
using testing::make_card;
using testing::test_persona;

constexpr std::array<std::uint8_t, 4> k_pin{1, 2, 3, 4};

std::array<std::uint8_t, 32> digest_of(std::string_view text) {
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return digest;
}

class MyNumberCardTest : public ::testing::Test {
  protected:
    std::shared_ptr<VirtualCard> m_card = make_card();
    CardChannel m_channel{*m_card};
    MyNumberCard m_session{m_channel};
};

TEST_F(MyNumberCardTest, IsKnownByItsLabel) {
    EXPECT_EQ(*m_session.identify(), CardKind::MyNumber);
}

TEST_F(MyNumberCardTest, GivesItsCertificateWithoutAPin) {
    const auto certificate = m_session.read_certificate();
    ASSERT_TRUE(certificate) << describe(certificate.error());
    EXPECT_EQ(certificate->der, m_card->certificate_der());
    EXPECT_EQ(certificate->serial_hex, test_persona().serial_hex());
    EXPECT_NE(certificate->issuer.find("not a real authority"), std::string::npos);
    const auto dates = test_persona().certificate_dates(testing::test_now());
    EXPECT_EQ(certificate->not_before, dates.not_before);
    EXPECT_EQ(certificate->not_after, dates.not_after);
    // 23:59:59 in Japan.
    EXPECT_EQ((certificate->not_after + std::chrono::hours(9) + std::chrono::seconds(1)).time_since_epoch() %
                  std::chrono::days(1),
              std::chrono::seconds(0));
}

TEST_F(MyNumberCardTest, SignsAfterThePinAndTheSignatureVerifies) {
    const auto digest = digest_of("reception");
    EXPECT_EQ(m_session.sign(digest).error().fault, Fault::NotAllowed);
    ASSERT_EQ(m_session.verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    const auto signature = m_session.sign(digest);
    ASSERT_TRUE(signature) << describe(signature.error());
    const auto certificate = m_session.read_certificate();
    EXPECT_TRUE(signature_is_valid(*certificate, digest, *signature));
    EXPECT_FALSE(signature_is_valid(*certificate, digest_of("another"), *signature));
    Bytes damaged = *signature;
    damaged[10] ^= 1;
    EXPECT_FALSE(signature_is_valid(*certificate, digest, damaged));
}

TEST_F(MyNumberCardTest, ForgetsThePinWhenItsApplicationIsLeft) {
    ASSERT_EQ(m_session.verify_pin(k_pin, 3)->verdict, PinVerdict::Right);
    ASSERT_TRUE(m_session.number_b_status());
    EXPECT_EQ(m_session.sign(digest_of("x")).error().fault, Fault::NotAllowed);
}

TEST_F(MyNumberCardTest, GivesItsFaceRecordForTheNumberOnItsFront) {
    ASSERT_EQ(m_session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    const auto record = m_session.read_face_record();
    ASSERT_TRUE(record) << describe(record.error());
    const Bytes photo = testing::test_photo();
    EXPECT_TRUE(std::equal(photo.begin(), photo.end(), record->photo_jp2.begin(), record->photo_jp2.end()));
    EXPECT_EQ(record->birth_date, test_persona().birth_date);
    EXPECT_EQ(record->card_expiry, test_persona().card_expiry);
    EXPECT_EQ(record->sex, Sex::Male);
    EXPECT_FALSE(record->name_png.empty());
    EXPECT_FALSE(record->address_png.empty());
    EXPECT_FALSE(record->security_code_png.empty());
    EXPECT_EQ(record->issuer_signature.size(), 256U);
    const auto size = jp2_size(record->photo_jp2);
    ASSERT_TRUE(size);
    EXPECT_EQ(size->width, 240U);
    EXPECT_EQ(size->height, 320U);
    EXPECT_EQ(size->components, 1U);
}

TEST_F(MyNumberCardTest, GivesItsAttributesAsTextForTheSameNumber) {
    ASSERT_EQ(m_session.read_attributes().error().fault, Fault::NotAllowed);
    ASSERT_EQ(m_session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
    const auto attributes = m_session.read_attributes();
    ASSERT_TRUE(attributes) << describe(attributes.error());
    EXPECT_EQ(attributes->name.view(), "試験　太郎");
    EXPECT_EQ(attributes->address.view(), "東京都架空区みどり町１丁目２番３号");
    EXPECT_EQ(attributes->birth_date, test_persona().birth_date);
    EXPECT_EQ(attributes->sex, Sex::Male);
    EXPECT_TRUE(m_session.read_face_record());  // back again: the number is offered anew, not asked for
}

TEST_F(MyNumberCardTest, NeverSendsWhatAKioskMayNot) {
    ASSERT_TRUE(m_session.identify());
    ASSERT_TRUE(m_session.read_certificate());
    ASSERT_TRUE(m_session.verify_pin(k_pin, 3));
    ASSERT_TRUE(m_session.sign(digest_of("x")));
    ASSERT_TRUE(m_session.verify_number_b(*test_persona().number_b()));
    ASSERT_TRUE(m_session.read_face_record());
    ASSERT_TRUE(m_session.read_attributes());
    const std::set<std::uint8_t> allowed{0xA4, 0xB0, 0x20, 0x2A};
    bool text = false;
    for (const Bytes& command : m_channel.sent) {
        EXPECT_EQ(allowed.count(command[1]), 1U) << testing::to_hex(command);
        if (command[1] != 0xA4) continue;
        if (command[2] == 0x04) text = command.back() == 0x08;
        const unsigned file = command[command.size() - 2] << 8U | command.back();
        if (command[2] == 0x02 && text) {
            EXPECT_TRUE(file == 0x0015 || file == 0x0002);  // never the My Number (0001)
        } else if (command[2] == 0x02) {
            EXPECT_NE(file, 0x001BU);  // never the signature password
            EXPECT_NE(file, 0x0013U);  // never 照合番号A
            EXPECT_NE(file, 0x0005U);  // never the picture of the My Number
        }
    }
}

TEST_F(MyNumberCardTest, IsReadWithNoMoreCommandsThanItsDataNeeds) {
    ASSERT_TRUE(m_session.identify());
    ASSERT_TRUE(m_session.pin_status());
    ASSERT_TRUE(m_session.read_certificate());
    ASSERT_TRUE(m_session.verify_number_b(*test_persona().number_b()));
    ASSERT_TRUE(m_session.read_face_record());
    ASSERT_TRUE(m_session.read_attributes());
    std::map<std::uint8_t, std::size_t> sent;
    std::size_t least_reads = 0;
    std::size_t asked = 0;  // bytes of the file that is selected
    const auto reads = [&] { return (std::exchange(asked, 0) + 255) / 256; };
    for (const Bytes& command : m_channel.sent) {
        ++sent[command[1]];
        if (command[1] == 0xA4) least_reads += reads();
        if (command[1] == 0xB0) asked += command[4] == 0 ? 256 : command[4];
    }
    least_reads += reads();
    // 3 applications; label, PIN, certificate, number, record, issuer's key, number, text.
    EXPECT_EQ(sent[0xA4], 3U + 8U);
    EXPECT_EQ(sent[0x20], 3U + 2U);  // queries, and the number once for each application
    EXPECT_EQ(sent[0xB0], least_reads);
    EXPECT_EQ(m_session.traffic().apdus, m_channel.sent.size());
}

TEST_F(MyNumberCardTest, IsIdentifiedWithThreeCommandsAndItsTriesToldWithTwoMore) {
    ASSERT_TRUE(m_session.identify());
    EXPECT_EQ(m_channel.sent,
              (std::vector<Bytes>{hex("00A4040C0AD392F000260100000001"), hex("00A4020C020006"), hex("00B0000040")}));
    ASSERT_TRUE(m_session.pin_status());
    ASSERT_EQ(m_channel.sent.size(), 5U);
    EXPECT_EQ(m_channel.sent[3], hex("00A4020C020018"));
    EXPECT_EQ(m_channel.sent[4], hex("00200080"));
    ASSERT_TRUE(m_session.identify());
    ASSERT_TRUE(m_session.token_manufacturer());
    EXPECT_EQ(m_channel.sent.size(), 5U);
}

TEST_F(MyNumberCardTest, TheOrderOfIdentityTriesAndCertificateIsFree) {
    std::vector<int> order{0, 1, 2};
    std::set<std::size_t> counts;
    do {
        m_card->reset();
        CardChannel channel(*m_card);
        MyNumberCard session(channel);
        for (const int step : order) {
            const bool done = step == 0   ? session.identify() == CardKind::MyNumber
                              : step == 1 ? session.pin_status()->tries == 3
                                          : session.read_certificate()->serial_hex == test_persona().serial_hex();
            EXPECT_TRUE(done) << step;
        }
        counts.insert(channel.sent.size());
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(counts.size(), 1U);
}

TEST_F(MyNumberCardTest, ReadsItsCertificateFromTheCardOnce) {
    ASSERT_TRUE(m_session.read_certificate());
    const std::size_t sent = m_channel.sent.size();
    EXPECT_EQ(m_session.read_certificate()->der, m_card->certificate_der());
    EXPECT_EQ(m_channel.sent.size(), sent);
}

TEST_F(MyNumberCardTest, TellsTheGenerationOfItsAuthorityWithoutAPin) {
    const auto issuer = m_session.read_issuer();
    ASSERT_TRUE(issuer) << describe(issuer.error());
    EXPECT_TRUE(issuer->signed_user_certificate);
    EXPECT_EQ(issuer->name, m_session.read_certificate()->issuer);
    EXPECT_EQ(issuer->serial_hex, "01");
    const auto authority = Authority::shared();
    ASSERT_TRUE(authority);
    const auto certificate = parse_certificate((*authority)->certificate_der());
    ASSERT_TRUE(certificate);
    EXPECT_EQ(issuer->not_after, certificate->not_after);
    const std::chrono::year_month_day start{
        std::chrono::floor<std::chrono::days>(certificate->not_before + std::chrono::hours(9))};
    EXPECT_EQ(issuer->generation, static_cast<int>(start.year()));
    EXPECT_EQ(m_channel.secrets_sent(), 0U);
}

TEST(MyNumberCard, ACardWithoutItsAuthoritysCertificateSaysSo) {
    const auto card = make_card();
    CardChannel channel(*card, [](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
        if (command[1] == 0xA4 && command.back() == 0x0B) return hex("6A82");
        return answer;
    });
    MyNumberCard session(channel);
    EXPECT_EQ(session.read_issuer().error().fault, Fault::NotFound);
    EXPECT_TRUE(session.pin_status());
}

TEST(MyNumberCard, RecordsWithTwoStrayBytesAreReadFromTheCardWhole) {
    for (const char* application : {"02", "08"}) {
        const auto card = make_card();
        Bytes record;
        {
            CardChannel channel(*card);
            MyNumberCard session(channel);
            ASSERT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
            ASSERT_TRUE(application[1] == '2' ? session.read_face_record().has_value()
                                              : session.read_attributes().has_value());
            ASSERT_TRUE(session.engine().select_file(0x0002, "record"));
            const auto object = session.engine().read_object(ObjectStart::Ff20AfterStrayBytes, "record");
            ASSERT_TRUE(object);
            record.assign({0x12, 0x34});
            record.insert(record.end(), object->begin(), object->end());
        }
        bool here = false;
        unsigned file = 0;
        CardChannel channel(*card, [&](auto, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
            if (command[1] == 0xA4 && command[2] == 0x04) here = command.back() == hex(application)[0];
            if (command[1] == 0xA4 && command[2] == 0x02) file = command.back();
            if (command[1] != 0xB0 || !here || file != 0x02) return answer;
            const std::size_t at = command[2] << 8U | command[3];
            const std::size_t size = std::min<std::size_t>(command[4] == 0 ? 256 : command[4], record.size() - at);
            Bytes out(record.begin() + static_cast<std::ptrdiff_t>(at),
                      record.begin() + static_cast<std::ptrdiff_t>(at + size));
            out.insert(out.end(), {0x90, 0x00});
            return out;
        });
        MyNumberCard session(channel);
        ASSERT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
        const auto face = session.read_face_record();
        ASSERT_TRUE(face) << describe(face.error());
        EXPECT_EQ(face->issuer_check, IssuerCheck::Consistent);
        const auto attributes = session.read_attributes();
        ASSERT_TRUE(attributes) << describe(attributes.error());
        EXPECT_EQ(attributes->name.view(), "試験　太郎");
    }
}

TEST(MyNumberCard, AnotherCardIsToldApartByItsAnswers) {
    Persona transit;
    transit.id = "transit";
    transit.kind = PersonaKind::OtherCard;
    const auto other = make_card(transit, 0);
    CardChannel channel(*other);
    MyNumberCard session(channel);
    EXPECT_EQ(*session.identify(), CardKind::Other);
    EXPECT_FALSE(session.read_certificate());
}

TEST(MyNumberCard, LabelsOfOtherGenerationsAreKnown) {
    const struct {
        const char* label;
        CardKind kind;
    } cases[] = {{"JPKIAPICCTOKEN", CardKind::ResidentCard},    {"JPKIAPICCTOKEN2", CardKind::MyNumber},
                 {"JPKIAPICCTOKEN3", CardKind::MyNumber},       {"JPKIAPGPSETOKEN", CardKind::SmartphoneToken},
                 {"JPKIAPIOSTOKEN", CardKind::SmartphoneToken}, {"SOMETHING", CardKind::Other}};
    for (const auto& one : cases) {
        Bytes info(64, ' ');
        std::copy_n(one.label, std::char_traits<char>::length(one.label), info.begin());
        info.insert(info.end(), {0x90, 0x00});
        testing::ScriptedChannel channel({"9000", "9000", testing::to_hex(info)});
        MyNumberCard session(channel);
        EXPECT_EQ(*session.identify(), one.kind) << one.label;
    }
}

TEST(MyNumberCard, ACardThatIsTakenIsNoOtherCard) {
    testing::ScriptedChannel channel({"9000", ""});
    MyNumberCard session(channel);
    EXPECT_EQ(session.identify().error().fault, Fault::CardGone);
}

TEST(MyNumberCard, AnAnswerLostAtAnyPointIsAnErrorOfThatStep) {
    const auto whole = [](MyNumberCard& session) -> Result<void> {
        if (auto one = session.identify(); !one) return tl::unexpected(one.error());
        if (auto one = session.read_certificate(); !one) return tl::unexpected(one.error());
        if (auto one = session.verify_number_b(*test_persona().number_b()); !one) return tl::unexpected(one.error());
        if (auto one = session.read_face_record(); !one) return tl::unexpected(one.error());
        if (auto one = session.read_attributes(); !one) return tl::unexpected(one.error());
        return {};
    };
    const auto card = make_card(test_persona(), 1000);
    CardChannel counting(*card);
    MyNumberCard first(counting);
    ASSERT_TRUE(whole(first));
    for (std::size_t lost = 0; lost < counting.sent.size(); ++lost) {
        card->reset();
        CardChannel channel(*card, [&](std::size_t index, auto, Bytes answer) -> Result<Bytes> {
            if (index == lost) return fail(Fault::CardGone, "moved");
            return answer;
        });
        MyNumberCard session(channel);
        const auto read = whole(session);
        EXPECT_FALSE(read) << lost;
        EXPECT_EQ(channel.sent.size(), lost + 1) << "something was sent after the lost answer";
    }
}

TEST(Attestation, OpensTheKeyForOneDigestOnce) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    SimulatedAttestation attestation;
    const auto digest = digest_of("reception");
    const auto signature = attestation.attest(session, digest, AttestationMethod::Face);
    ASSERT_TRUE(signature) << describe(signature.error());
    EXPECT_TRUE(signature_is_valid(*session.read_certificate(), digest, *signature));
    EXPECT_EQ(session.sign(digest).error().fault, Fault::NotAllowed);
    EXPECT_EQ(channel.secrets_sent(), 0U);
}

TEST(Attestation, WorksAfterAnotherApplicationWasRead) {
    const auto card = make_card();
    CardChannel channel(*card);
    MyNumberCard session(channel);
    ASSERT_TRUE(session.identify());
    const auto certificate = session.read_certificate();
    ASSERT_TRUE(certificate);
    const auto number = card->persona().number_b();
    ASSERT_TRUE(number);
    ASSERT_TRUE(session.verify_number_b(*number));
    ASSERT_TRUE(session.read_face_record());
    SimulatedAttestation attestation;
    const auto digest = digest_of("reception");
    const auto signature = attestation.attest(session, digest, AttestationMethod::Visual);
    ASSERT_TRUE(signature) << describe(signature.error());
    EXPECT_TRUE(signature_is_valid(*certificate, digest, *signature));
}

TEST(Attestation, OpensNoOtherDigestAndNoForgedRequest) {
    const auto card = make_card();
    CardChannel channel(*card, [](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
        if (command[1] == 0x2A) return hex("6982");  // the terminal must not get further than this
        return answer;
    });
    MyNumberCard session(channel);
    SimulatedAttestation attestation;
    EXPECT_FALSE(attestation.attest(session, digest_of("a"), AttestationMethod::Visual));
    CardChannel plain(*card);
    MyNumberCard thief(plain);
    EXPECT_EQ(thief.sign(digest_of("b")).error().fault, Fault::NotAllowed);

    ASSERT_TRUE(thief.engine().expect_ok({0x00, 0x84, 0x00, 0x00, {}, 8}, "GET CHALLENGE"));
    const Bytes forged(97, 0x11);
    EXPECT_EQ(thief.engine().exchange({0x00, 0x82, 0x00, 0x00, forged}, "x")->status_word, 0x6300);
    EXPECT_EQ(thief.sign(digest_of("b")).error().fault, Fault::NotAllowed);
}

TEST(Attestation, SendsNothingToACardThatIsNotOurs) {
    Bytes info(64, ' ');
    const std::string_view label = "JPKIAPICCTOKEN2";
    std::copy(label.begin(), label.end(), info.begin());
    info.insert(info.end(), {0x90, 0x00});
    testing::ScriptedChannel channel({"9000", "9000", testing::to_hex(info)});
    MyNumberCard session(channel);
    SimulatedAttestation attestation;
    EXPECT_EQ(attestation.attest(session, digest_of("a"), AttestationMethod::Face).error().fault, Fault::NotThisCard);
    EXPECT_EQ(channel.sent.size(), 3U);
}

}  // namespace
}  // namespace uketsuke::card
