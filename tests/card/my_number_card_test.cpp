// A whole card, read without a reader between: what is on it, and what must not be.
#include "card/my_number_card.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <set>

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
    const auto certificate = m_session.read_certificate();
    ASSERT_TRUE(m_session.pin_status());
    ASSERT_TRUE(m_session.verify_number_b(*test_persona().number_b()));
    const auto record = m_session.read_face_record();
    ASSERT_TRUE(m_session.read_attributes());
    const auto reads = [](std::size_t size) { return (size + 255) / 256; };
    // SELECTs: 3 applications; label, certificate, PIN, number, record, number, text. 3 queries, 2 VERIFY.
    const std::size_t record_reads = static_cast<std::size_t>(
        std::count_if(m_channel.sent.begin(), m_channel.sent.end(), [](const Bytes& one) { return one[1] == 0xB0; }));
    EXPECT_EQ(m_session.traffic().apdus, 3 + 7 + 3 + 2 + record_reads);
    EXPECT_LE(record_reads, 1 + reads(certificate->der.size()) + reads(record->photo_jp2.size() + 3500) + 1);
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
