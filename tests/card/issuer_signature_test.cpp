// The issuer's signature over the face record: what verifies, and what must never pass.
#include "card/issuer_signature.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <map>
#include <memory>

#include "card/authority.h"
#include "card/my_number_card.h"
#include "card/tlv.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::CardChannel;
using testing::hex;
using testing::make_card;
using testing::test_persona;

constexpr KeyId k_issuer{'9', '9', '9', '9', '0', '2', '3', 8, 5, '0', '0', '1', 0, 0, 0, 0};
constexpr KeyId k_subject{'9', '1', '3', '9', '9', '9', '0', 8, 5, '0', '0', '1', 0, 0, 0, 0};

struct KeyFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;

Bytes modulus(EVP_PKEY* key) {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &number);
    Bytes out(256);
    BN_bn2binpad(number, out.data(), 256);
    BN_free(number);
    return out;
}

// PKCS#1 v1.5 around exactly these bytes.
Bytes padded_signature(EVP_PKEY* key, const Bytes& content) {
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key, nullptr);
    Bytes out(256);
    std::size_t size = out.size();
    EVP_PKEY_sign_init(context);
    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
    EXPECT_EQ(EVP_PKEY_sign(context, out.data(), &size, content.data(), content.size()), 1);
    EVP_PKEY_CTX_free(context);
    return out;
}

void append(Bytes& out, const Bytes& more) {
    out.insert(out.end(), more.begin(), more.end());
}

Bytes sha256(const Bytes& message) {
    Bytes digest(32);
    EVP_Digest(message.data(), message.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return digest;
}

Bytes signature_over(EVP_PKEY* key, const Bytes& message) {
    Bytes content = hex("3031300D060960864801650304020105000420");
    append(content, sha256(message));
    return padded_signature(key, content);
}

Bytes element(std::uint16_t tag, const Bytes& value) {
    Bytes out;
    append_tlv(out, tag, value);
    return out;
}

Bytes key_file(const Key& card_key, const Key& issuer_key, const KeyId& issuer = k_issuer) {
    Bytes body;
    append(body, {issuer.begin(), issuer.end()});
    append(body, {k_subject.begin(), k_subject.end()});
    append(body, element(0x90, {1, 0, 1}));
    append(body, element(0x91, modulus(card_key.get())));
    Bytes content = element(0x5F4E, body);
    append(content, element(0x5F37, signature_over(issuer_key.get(), body)));
    return element(0x7F21, content);
}

enum class Digests { AsOneDigestInfo, Hashed };

// A record whose elements may be changed after the signature was made.
class Record {
  public:
    explicit Record(const Key& key, Digests form = Digests::AsOneDigestInfo) {
        m_elements = {
            {0xDF22, element(0xDF22, hex("3139383030323137"))},   {0xDF23, element(0xDF23, hex("31"))},
            {0xDF24, element(0xDF24, Bytes(265, 0x5A))},          {0xDF25, element(0xDF25, hex("89504E470D0A1A0A01"))},
            {0xDF26, element(0xDF26, hex("89504E470D0A1A0A02"))}, {0xDF27, element(0xDF27, testing::test_photo(900))},
            {0xDF29, element(0xDF29, hex("3230333530323137"))},   {0xDF2A, element(0xDF2A, hex("89504E470D0A1A0A03"))}};
        Bytes digests = digest_of({0xDF22, 0xDF23, 0xDF24});
        append(digests, digest_of({0xDF25, 0xDF26}));
        append(digests, digest_of({0xDF27}));
        Bytes whole = hex("3071300D060960864801650304020105000460");
        append(whole, digests);
        m_elements[0xDF28] = element(
            0xDF28, form == Digests::Hashed ? signature_over(key.get(), digests) : padded_signature(key.get(), whole));
    }
    Bytes& operator[](std::uint16_t tag) { return m_elements[tag]; }
    void drop(std::uint16_t tag) { m_elements.erase(tag); }
    Bytes file(bool backwards = false) const {
        Bytes value;
        for (const auto& [tag, bytes] : m_elements) {
            value.insert(backwards ? value.begin() : value.end(), bytes.begin(), bytes.end());
        }
        return element(0xFF20, value);
    }

  private:
    Bytes digest_of(const std::vector<std::uint16_t>& tags) const {
        Bytes message;
        for (const std::uint16_t tag : tags) append(message, m_elements.at(tag));
        return sha256(message);
    }
    std::map<std::uint16_t, Bytes> m_elements;
};

class FaceRecordSignature : public ::testing::Test {
  protected:
    // RSA keys are slow to make.
    static void SetUpTestSuite() {
        s_card.reset(EVP_RSA_gen(2048));
        s_issuer.reset(EVP_RSA_gen(2048));
    }
    static void TearDownTestSuite() {
        s_card.reset();
        s_issuer.reset();
    }
    static std::vector<KnownIssuer> known() { return {{k_issuer, modulus(s_issuer.get()), {1, 0, 1}}}; }

    static inline Key s_card;
    static inline Key s_issuer;
    Bytes m_key_file = key_file(s_card, s_issuer);
};

TEST_F(FaceRecordSignature, WithTheKeyOnTheCardAloneTheRecordIsConsistent) {
    EXPECT_EQ(check_issuer(Record(s_card).file(), m_key_file, {}), IssuerCheck::Consistent);
}

TEST_F(FaceRecordSignature, WithAKnownIssuerTheRecordIsVouchedFor) {
    EXPECT_EQ(check_issuer(Record(s_card).file(), m_key_file, known()), IssuerCheck::Vouched);
}

TEST_F(FaceRecordSignature, TakesBothFormsOfTheThreeDigests) {
    EXPECT_EQ(check_issuer(Record(s_card, Digests::Hashed).file(), m_key_file, known()), IssuerCheck::Vouched);
}

TEST_F(FaceRecordSignature, TheFilesLengthIsThatOfARealOne) {
    EXPECT_EQ(m_key_file.size(), 568U);
    const auto key = parse_issuer_key(m_key_file);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->issuer_id, k_issuer);
    EXPECT_EQ(key->subject_id, k_subject);
    EXPECT_EQ(key->modulus, modulus(s_card.get()));
    EXPECT_EQ(key->signed_part.size(), 297U);
}

TEST_F(FaceRecordSignature, AnyChangeToASignedElementIsWrong) {
    for (const std::uint16_t tag : {0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27, 0xDF28}) {
        Record record(s_card);
        record[tag].back() ^= 1;
        EXPECT_EQ(check_issuer(record.file(), m_key_file, {}), IssuerCheck::Wrong) << std::hex << tag;
        EXPECT_EQ(check_issuer(record.file(), m_key_file, known()), IssuerCheck::Wrong) << std::hex << tag;
    }
}

TEST_F(FaceRecordSignature, SomebodyElsesPhotoWithTheirOwnSignatureDoesNotFit) {
    Record record(s_card);
    const Key other(EVP_RSA_gen(2048));
    record[0xDF27] = element(0xDF27, testing::test_photo(901));
    record[0xDF28] = Record(other)[0xDF28];
    EXPECT_EQ(check_issuer(record.file(), m_key_file, {}), IssuerCheck::Wrong);
}

TEST_F(FaceRecordSignature, AForgersOwnKeyIsConsistentAndNeverVouchedFor) {
    const Key forger(EVP_RSA_gen(2048));
    const Bytes own_key = key_file(forger, forger);
    EXPECT_EQ(check_issuer(Record(forger).file(), own_key, {}), IssuerCheck::Consistent);
    EXPECT_EQ(check_issuer(Record(forger).file(), own_key, known()), IssuerCheck::Wrong);
}

TEST_F(FaceRecordSignature, AnIssuerThatIsNotKnownVouchesForNothing) {
    KeyId other = k_issuer;
    other.back() ^= 1;  // the padding counts, too
    const Bytes file = key_file(s_card, s_issuer, other);
    EXPECT_EQ(check_issuer(Record(s_card).file(), file, known()), IssuerCheck::Consistent);
}

TEST_F(FaceRecordSignature, ABadlyConfiguredIssuerSaysNothingAboutTheCard) {
    auto bad = known();
    for (const Bytes& exponent : {Bytes{}, Bytes{1}, Bytes{2}, Bytes(9, 3)}) {
        bad[0].exponent = exponent;
        EXPECT_EQ(check_issuer(Record(s_card).file(), m_key_file, bad), IssuerCheck::Consistent);
    }
    bad = known();
    bad[0].modulus.resize(128);
    EXPECT_EQ(check_issuer(Record(s_card).file(), m_key_file, bad), IssuerCheck::Consistent);
}

TEST_F(FaceRecordSignature, TheExpiryAndTheSecurityCodeAreNotSigned) {
    Record record(s_card);
    record[0xDF29].back() ^= 1;
    record.drop(0xDF2A);
    EXPECT_EQ(check_issuer(record.file(), m_key_file, known()), IssuerCheck::Vouched);
}

TEST_F(FaceRecordSignature, TheOrderOfTheElementsAndStrayBytesDoNotMatter) {
    Record record(s_card);
    EXPECT_EQ(check_issuer(record.file(true), m_key_file, known()), IssuerCheck::Vouched);
    record[0xDF77] = element(0xDF77, hex("00"));
    Bytes file = record.file();
    file.insert(file.begin(), {0x12, 0x34});
    EXPECT_EQ(check_issuer(file, m_key_file, known()), IssuerCheck::Vouched);
}

TEST_F(FaceRecordSignature, LengthsThatAreLongerThanNeededAreSignedAsTheyAreWritten) {
    Record record(s_card);
    record[0xDF23] = hex("DF23820001 31");
    EXPECT_EQ(check_issuer(record.file(), m_key_file, {}), IssuerCheck::Wrong);
}

TEST_F(FaceRecordSignature, AnythingMissingOrOfAnotherShapeMakesACheckImpossible) {
    for (const std::uint16_t tag : {0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27, 0xDF28}) {
        Record record(s_card);
        record.drop(tag);
        EXPECT_EQ(check_issuer(record.file(), m_key_file, {}), IssuerCheck::NotPossible) << std::hex << tag;
    }
    const Bytes file = Record(s_card).file();
    EXPECT_EQ(check_issuer(file, {}, {}), IssuerCheck::NotPossible);
    EXPECT_EQ(check_issuer({}, m_key_file, {}), IssuerCheck::NotPossible);
    EXPECT_EQ(check_issuer(file, element(0x7F21, element(0x7F49, Bytes(300, 1))), {}), IssuerCheck::NotPossible);
    Bytes two = m_key_file;
    append(two, m_key_file);
    EXPECT_EQ(check_issuer(file, two, {}), IssuerCheck::NotPossible);
}

TEST_F(FaceRecordSignature, AKeyFileCutShortAtAnyByteIsNoKey) {
    for (std::size_t size = 0; size < m_key_file.size(); ++size) {
        EXPECT_FALSE(parse_issuer_key(std::span(m_key_file).first(size))) << size;
    }
}

TEST_F(FaceRecordSignature, NoDamagedFileEverPasses) {
    const Bytes file = Record(s_card).file();
    for (std::size_t at = 0; at < m_key_file.size(); ++at) {
        Bytes damaged = m_key_file;
        damaged[at] ^= 0x10;
        EXPECT_NE(check_issuer(file, damaged, known()), IssuerCheck::Vouched) << at;
    }
}

// The virtual card, read as the kiosk reads it.
class IssuerOnTheCard : public ::testing::Test {
  protected:
    // Answers of READ BINARY in the 券面事項確認AP come from here where the file is given.
    Result<FaceRecord> read(const std::map<std::uint16_t, Bytes>& files, std::vector<KnownIssuer> known = {}) {
        m_card->reset();
        bool surface = false;
        unsigned selected = 0;
        m_channel = std::make_unique<CardChannel>(
            *m_card, [&, files](std::size_t, std::span<const std::uint8_t> command, Bytes answer) -> Result<Bytes> {
                if (command[1] == 0xA4 && command[2] == 0x04) surface = command.back() == 0x02;
                if (command[1] == 0xA4 && command[2] == 0x02) selected = command[5] << 8U | command[6];
                const auto file = files.find(static_cast<std::uint16_t>(selected));
                if (!surface || command[1] != 0xB0 || file == files.end()) return answer;
                if (file->second.empty()) return hex("6982");
                const std::size_t at = std::min<std::size_t>(command[2] << 8U | command[3], file->second.size());
                const std::size_t size =
                    std::min<std::size_t>(command[4] == 0 ? 256 : command[4], file->second.size() - at);
                Bytes out(file->second.begin() + static_cast<std::ptrdiff_t>(at),
                          file->second.begin() + static_cast<std::ptrdiff_t>(at + size));
                append(out, {0x90, 0x00});
                return out;
            });
        MyNumberCardOptions options;
        options.known_issuers = std::move(known);
        MyNumberCard session(*m_channel, options);
        EXPECT_EQ(session.verify_number_b(*test_persona().number_b())->verdict, PinVerdict::Right);
        auto record = session.read_face_record();
        EXPECT_EQ(session.read_face_record().has_value(), record.has_value());
        return record;
    }
    std::size_t selections(std::uint16_t file) const {
        const Bytes command{
            0x00, 0xA4, 0x02, 0x0C, 0x02, static_cast<std::uint8_t>(file >> 8), static_cast<std::uint8_t>(file)};
        return static_cast<std::size_t>(std::count(m_channel->sent.begin(), m_channel->sent.end(), command));
    }

    std::shared_ptr<VirtualCard> m_card = make_card();
    std::unique_ptr<CardChannel> m_channel;
};

TEST_F(IssuerOnTheCard, TheVirtualCardIsConsistentAndItsAuthorityVouchesForIt) {
    const auto plain = read({});
    ASSERT_TRUE(plain) << describe(plain.error());
    EXPECT_EQ(plain->issuer_check, IssuerCheck::Consistent);
    const auto authority = Authority::shared();
    ASSERT_TRUE(authority);
    const auto vouched = read({}, {(*authority)->known_issuer()});
    ASSERT_TRUE(vouched) << describe(vouched.error());
    EXPECT_EQ(vouched->issuer_check, IssuerCheck::Vouched);
}

TEST_F(IssuerOnTheCard, AVirtualCardMayBeForgedOrUnsigned) {
    Persona persona = test_persona();
    persona.issuer_signature = IssuerSignature::Wrong;
    m_card = make_card(persona);
    EXPECT_EQ(read({}).error().fault, Fault::IssuerSignatureWrong);
    persona.issuer_signature = IssuerSignature::Absent;
    m_card = make_card(persona);
    const auto record = read({});
    ASSERT_TRUE(record) << describe(record.error());
    EXPECT_EQ(record->issuer_check, IssuerCheck::NotPossible);
}

TEST_F(IssuerOnTheCard, AVirtualCardOfAnOldShapeVerifiesAsWell) {
    Persona persona = test_persona();
    persona.record_shape = RecordShape::Old;
    m_card = make_card(persona);
    const auto authority = Authority::shared();
    ASSERT_TRUE(authority);
    const auto record = read({}, {(*authority)->known_issuer()});
    ASSERT_TRUE(record) << describe(record.error());
    EXPECT_EQ(record->issuer_check, IssuerCheck::Vouched);
}

TEST_F(IssuerOnTheCard, TheKeyIsReadOnceInASession) {
    ASSERT_TRUE(read({}));
    EXPECT_EQ(selections(0x0004), 1U);
}

TEST_F(IssuerOnTheCard, ACardWithoutAKeyIsReadAndSaysThatNothingWasChecked) {
    const auto record = read({{0x0004, {}}});
    ASSERT_TRUE(record) << describe(record.error());
    EXPECT_EQ(record->issuer_check, IssuerCheck::NotPossible);
    EXPECT_EQ(selections(0x0004), 1U);
}

TEST_F(IssuerOnTheCard, ARecordWithoutASignatureNeedsNoKey) {
    const auto record = read({{0x0002, element(0xFF20, element(0xDF27, testing::test_photo(500)))}});
    ASSERT_TRUE(record) << describe(record.error());
    EXPECT_EQ(record->issuer_check, IssuerCheck::NotPossible);
    EXPECT_EQ(selections(0x0004), 0U);
}

TEST_F(IssuerOnTheCard, AForgedPhotoIsNeverGivenAway) {
    const Key forger(EVP_RSA_gen(2048));
    const auto record = read({{0x0002, Record(forger).file()}});
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().fault, Fault::IssuerSignatureWrong);
    EXPECT_EQ(kind_of(record.error().fault), ErrorKind::Refusal);
}

}  // namespace
}  // namespace uketsuke::card
