// The files of a card as they may come: whole, old, damaged and cut short at every byte.
#include <gtest/gtest.h>

#include "card/attributes.h"
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
