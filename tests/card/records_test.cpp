// The files of a card as they may come: whole, old, damaged and cut short at every byte.
#include <gtest/gtest.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <chrono>

#include "card/attributes.h"
#include "card/authority.h"
#include "card/certificate.h"
#include "card/face_record.h"
#include "card/jp2.h"
#include "card/tlv.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::hex;
using testing::test_photo;

Bytes text(std::string_view value) {
    return {value.begin(), value.end()};
}

Bytes record_of(const std::vector<std::pair<std::uint16_t, Bytes>>& elements) {
    Bytes value;
    for (const auto& [tag, content] : elements) append_tlv(value, tag, content);
    Bytes out;
    append_tlv(out, 0xFF20, value);
    return out;
}

Bytes face_record() {
    return record_of(
        {{0xDF22, text("19800217")}, {0xDF23, text("2")}, {0xDF27, test_photo(200)}, {0xDF29, text("20350217")}});
}

TEST(FaceRecord, NeedsNothingButThePhoto) {
    const auto record = parse_face_record(record_of({{0xDF27, test_photo(200)}}));
    ASSERT_TRUE(record);
    EXPECT_FALSE(record->birth_date);
    EXPECT_EQ(record->sex, Sex::Unknown);
    EXPECT_TRUE(record->name_png.empty());
}

TEST(FaceRecord, SkipsUnknownTagsAndStrayBytes) {
    Bytes file = record_of({{0xDF77, text("?")}, {0x01, text("?")}, {0xDF23, text("2")}, {0xDF27, test_photo(200)}});
    file.insert(file.begin(), {0x12, 0x34});
    file.insert(file.end(), {0xFF, 0xFF, 0xFF});
    const auto record = parse_face_record(file);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->sex, Sex::Female);
}

TEST(FaceRecord, CutShortAtAnyByteIsBadData) {
    const Bytes file = face_record();
    ASSERT_TRUE(parse_face_record(file));
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto record = parse_face_record(std::span(file).first(size));
        ASSERT_FALSE(record) << size;
        EXPECT_EQ(record.error().fault, Fault::BadData);
    }
}

TEST(FaceRecord, RefusesAPhotoThatIsNoJpeg2000AndDropsPicturesThatAreNoPng) {
    EXPECT_FALSE(parse_face_record(record_of({{0xDF27, text("GIF89a...")}})));
    EXPECT_FALSE(parse_face_record(record_of({{0xDF22, text("19800217")}})));
    const auto record = parse_face_record(record_of(
        {{0xDF27, test_photo(200)}, {0xDF25, text("not a png")}, {0xDF22, text("19801332")}, {0xDF23, text("12")}}));
    ASSERT_TRUE(record);
    EXPECT_TRUE(record->name_png.empty());
    EXPECT_FALSE(record->birth_date);
    EXPECT_EQ(record->sex, Sex::Unknown);
}

// A TLV element whose length takes more bytes than it needs: 81 xx, 82 00 xx.
Bytes with_long_length(std::uint16_t tag, const Bytes& content, int bytes) {
    Bytes out{static_cast<std::uint8_t>(tag >> 8), static_cast<std::uint8_t>(tag)};
    out.push_back(static_cast<std::uint8_t>(0x80 + bytes));
    for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(content.size() >> (8 * i)));
    out.insert(out.end(), content.begin(), content.end());
    return out;
}

TEST(FaceRecord, TakesEveryLengthForm) {
    for (const int bytes : {1, 2, 3}) {
        Bytes value = with_long_length(0xDF22, text("19800217"), bytes);
        const Bytes photo = with_long_length(0xDF27, test_photo(90), bytes);
        value.insert(value.end(), photo.begin(), photo.end());
        const auto record = parse_face_record(with_long_length(0xFF20, value, bytes < 2 ? 2 : bytes));
        ASSERT_TRUE(record) << bytes;
        EXPECT_TRUE(record->birth_date);
        EXPECT_EQ(record->photo_jp2.size(), test_photo(90).size());
    }
}

TEST(FaceRecord, OfAnOldCardWithoutOffsetsAndInAnotherOrderIsReadTheSame) {
    const auto record = parse_face_record(record_of(
        {{0xDF29, text("20350217")}, {0xDF27, test_photo(200)}, {0xDF23, text("2")}, {0xDF22, text("19800217")}}));
    ASSERT_TRUE(record);
    const auto usual = parse_face_record(face_record());
    EXPECT_EQ(record->photo_jp2, usual->photo_jp2);
    EXPECT_EQ(record->birth_date, usual->birth_date);
    EXPECT_EQ(record->card_expiry, usual->card_expiry);
    EXPECT_EQ(record->sex, usual->sex);
}

TEST(FaceRecord, IsNotCheckedByParsingIt) {
    EXPECT_EQ(parse_face_record(face_record())->issuer_check, IssuerCheck::NotChecked);
}

TEST(Attributes, AreReadAfterUpToTwoStrayBytesAndNoMore) {
    Bytes file = record_of({{0xDF22, text("試験　太郎")}});
    for (int stray = 0; stray <= 3; ++stray) {
        EXPECT_EQ(parse_attributes(file).has_value(), stray <= 2) << stray;
        file.insert(file.begin(), 0x12);
    }
}

TEST(Attributes, SkipUnknownTagsInAnyOrderAndWithoutOffsets) {
    const auto attributes = parse_attributes(record_of({{0xDF25, text("2")},
                                                        {0xDF7A, Bytes(300, 0xEE)},
                                                        {0xDF24, text("19800217")},
                                                        {0x01, text("?")},
                                                        {0xDF22, text("試験　花子")}}));
    ASSERT_TRUE(attributes);
    EXPECT_EQ(attributes->name.view(), "試験　花子");
    EXPECT_TRUE(attributes->address.empty());
    EXPECT_TRUE(attributes->birth_date);
    EXPECT_EQ(attributes->sex, Sex::Female);
}

TEST(Attributes, TakeEveryLengthForm) {
    for (const int bytes : {1, 2, 3}) {
        Bytes value = with_long_length(0xDF22, text("試験　太郎"), bytes);
        const Bytes address = with_long_length(0xDF23, Bytes(200, 'a'), bytes);
        value.insert(value.end(), address.begin(), address.end());
        const auto attributes = parse_attributes(with_long_length(0xFF20, value, bytes));
        ASSERT_TRUE(attributes) << bytes;
        EXPECT_EQ(attributes->address.view().size(), 200U);
    }
}

TEST(Attributes, CutShortAtAnyByteAreBadData) {
    const Bytes file = record_of({{0xDF22, text("試験　太郎")}, {0xDF23, text("東京都")}});
    for (std::size_t size = 0; size < file.size(); ++size) {
        EXPECT_FALSE(parse_attributes(std::span(file).first(size))) << size;
    }
}

TEST(Attributes, AreUtf8TextOrNothing) {
    EXPECT_EQ(parse_attributes(record_of({{0xDF22, text("髙﨑　𠮷江")}}))->name.view(), "髙﨑　𠮷江");
    EXPECT_FALSE(parse_attributes(record_of({{0xDF23, text("住所")}})));
    EXPECT_FALSE(parse_attributes(record_of({{0xDF22, {}}})));
    for (const char* wrong : {"C0AF", "EDA080", "F4908080", "E38182E3", "80", "410042", "1B5B", "F0808080"}) {
        EXPECT_FALSE(parse_attributes(record_of({{0xDF22, hex(wrong)}}))) << wrong;
    }
    EXPECT_FALSE(parse_attributes(record_of({{0xDF22, Bytes(513, 'a')}})));
    EXPECT_TRUE(parse_attributes(record_of({{0xDF22, Bytes(512, 'a')}})));
}

TEST(Certificate, IsOneWholeX509AndNothingElse) {
    const Bytes der = testing::make_card()->certificate_der();
    ASSERT_TRUE(parse_certificate(der));
    for (std::size_t size = 0; size < der.size(); ++size) {
        ASSERT_FALSE(parse_certificate(std::span(der).first(size))) << size;
    }
    Bytes longer = der;
    longer.push_back(0);
    EXPECT_FALSE(parse_certificate(longer));
    EXPECT_FALSE(parse_certificate(Bytes(k_largest_certificate + 1, 0x30)));
}

TEST(Certificate, NamesTheKeyOfItsAuthority) {
    const auto certificate = parse_certificate(testing::make_card()->certificate_der());
    ASSERT_TRUE(certificate);
    EXPECT_EQ(certificate->authority_key_id.size(), 40U);  // SHA-1 of the key
    EXPECT_EQ(certificate->authority_key_id.find_first_not_of("0123456789abcdef"), std::string::npos);
    const auto authority = Authority::shared();
    ASSERT_TRUE(authority);
    const auto own = parse_certificate((*authority)->certificate_der());
    ASSERT_TRUE(own);
    EXPECT_TRUE(own->authority_key_id.empty());
}

TEST(Certificate, ItsAuthorityIsToldFromAnother) {
    const auto card = testing::make_card();
    const auto user = parse_certificate(card->certificate_der());
    const auto authority = Authority::shared();
    ASSERT_TRUE(user && authority);
    const auto issuer = describe_issuer((*authority)->certificate_der(), *user);
    ASSERT_TRUE(issuer) << describe(issuer.error());
    EXPECT_TRUE(issuer->signed_user_certificate);
    EXPECT_EQ(issuer->name, user->issuer);
    // A certificate that its key did not sign: the user's own.
    const auto other = describe_issuer(card->certificate_der(), *user);
    ASSERT_TRUE(other);
    EXPECT_FALSE(other->signed_user_certificate);
    EXPECT_EQ(other->not_after, user->not_after);
    EXPECT_FALSE(describe_issuer({}, *user));
}

// A certificate of its own key whose validity starts at this moment (DER).
Bytes authority_from(std::chrono::sys_seconds start) {
    EVP_PKEY* key = EVP_RSA_gen(2048);
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
    ASN1_TIME_set(X509_getm_notBefore(certificate), start.time_since_epoch().count());
    ASN1_TIME_set(X509_getm_notAfter(certificate), (start + std::chrono::days(3650)).time_since_epoch().count());
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate, &data);
    Bytes der(data, data + std::max(size, 0));
    OPENSSL_free(data);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return der;
}

TEST(Certificate, AGenerationIsTheYearInJapanInWhichItStarts) {
    const auto user = parse_certificate(testing::make_card()->certificate_der());
    ASSERT_TRUE(user);
    using namespace std::chrono_literals;
    const std::chrono::sys_seconds new_year = std::chrono::sys_days{2023y / 1 / 1} - 9h;
    EXPECT_EQ(describe_issuer(authority_from(new_year), *user)->generation, 2023);
    EXPECT_EQ(describe_issuer(authority_from(new_year - 1s), *user)->generation, 2022);
}

TEST(Jp2, GivesTheSizeOfThePictureInItsHeader) {
    const auto size = jp2_size(test_photo());
    ASSERT_TRUE(size);
    EXPECT_EQ(size->width, 240U);
    EXPECT_EQ(size->height, 320U);
    const Bytes photo = test_photo(0);
    for (std::size_t cut = 0; cut < 62; ++cut) EXPECT_FALSE(jp2_size(std::span(photo).first(cut))) << cut;
}

TEST(Jp2, RefusesPicturesThatAreTooLargeOrHaveNoHeader) {
    Bytes photo = test_photo(0);
    photo[48] = 0x7F;  // height
    EXPECT_FALSE(jp2_size(photo));
    Bytes header_only = hex("0000000C6A5020200D0A870A 00000000 6A703263");
    EXPECT_FALSE(jp2_size(header_only));
    Bytes endless = hex("0000000C6A5020200D0A870A");
    for (int i = 0; i < 1000; ++i) {
        const Bytes box = hex("00000008 78787878");
        endless.insert(endless.end(), box.begin(), box.end());
    }
    EXPECT_FALSE(jp2_size(endless));
}

}  // namespace
}  // namespace uketsuke::card
