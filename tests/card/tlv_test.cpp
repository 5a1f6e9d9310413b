#include "card/tlv.h"

#include <gtest/gtest.h>

#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::hex;

TEST(Tlv, ReadsOneAndTwoByteTagsWithEveryLengthForm) {
    Bytes bytes = hex("0102AABB DF2103010203 DF2281020405");
    Bytes longest(300, 0x5A);
    append_tlv(bytes, 0xDF23, longest);
    const auto elements = parse_tlv(bytes);
    ASSERT_TRUE(elements);
    ASSERT_EQ(elements->size(), 4U);
    EXPECT_EQ((*elements)[0].tag, 0x01);
    EXPECT_EQ((*elements)[1].tag, 0xDF21);
    EXPECT_EQ((*elements)[2].value.size(), 2U);
    EXPECT_EQ((*elements)[3].value.size(), 300U);
    EXPECT_FALSE(find_tlv(*elements, 0xDF99));
    EXPECT_EQ(find_tlv(*elements, 0xDF22)->value[1], 5);
}

TEST(Tlv, TakesALengthThatIsLongerThanItNeedsToBe) {
    const auto header = read_tlv_header(hex("DF22 84 00000003"));
    ASSERT_TRUE(header);
    EXPECT_EQ(header->value_size, 3U);
    EXPECT_EQ(header->header_size, 7U);
}

TEST(Tlv, RejectsALengthThatRunsPastTheEnd) {
    EXPECT_EQ(parse_tlv(hex("DF22 05 01020304")).error().fault, Fault::BadData);
    EXPECT_EQ(parse_tlv(hex("DF22 82FFFF 01")).error().fault, Fault::BadData);
}

TEST(Tlv, RejectsEveryWayAHeaderCanBeCutShort) {
    for (const char* cut : {"", "DF", "DF22", "DF2281", "DF228201", "30", "3082", "308201"}) {
        EXPECT_FALSE(read_tlv_header(hex(cut))) << cut;
    }
}

TEST(Tlv, RejectsIndefiniteHugeAndOverlongLengths) {
    for (const char* wrong : {"3080", "3083200000", "3084FFFFFFFF", "30850000000001", "30FF"}) {
        EXPECT_FALSE(read_tlv_header(hex(wrong))) << wrong;
    }
}

TEST(Tlv, RejectsTagsOfThreeBytes) {
    EXPECT_FALSE(read_tlv_header(hex("DF 81 01 00")));
}

TEST(Tlv, TakesTrailingPaddingAndNothingAfterIt) {
    EXPECT_EQ(parse_tlv(hex("010100 0000 0000"))->size(), 1U);
    EXPECT_EQ(parse_tlv(hex("010100 FFFFFF"))->size(), 1U);
    EXPECT_EQ(parse_tlv(hex("010100 FF"))->size(), 1U);
    EXPECT_FALSE(parse_tlv(hex("010100 FFFF01")));
}

TEST(Tlv, BoundsTheNumberOfElementsAndTheDepth) {
    Bytes many;
    for (std::size_t i = 0; i <= k_tlv_most_elements; ++i) append_tlv(many, 0x01, {});
    EXPECT_FALSE(parse_tlv(many));

    Bytes nested = hex("0100");
    for (int i = 0; i < k_tlv_deepest; ++i) {
        Bytes outer;
        append_tlv(outer, 0x30, nested);
        nested = outer;
    }
    EXPECT_EQ(*check_tlv_tree(nested), static_cast<std::size_t>(k_tlv_deepest) + 1);
    Bytes deeper;
    append_tlv(deeper, 0x30, nested);
    EXPECT_FALSE(check_tlv_tree(deeper));
}

TEST(Tlv, FindsFf20AfterUpToTwoStrayBytes) {
    EXPECT_EQ(find_ff20(hex("FF200100")), 0U);
    EXPECT_EQ(find_ff20(hex("00FF200100")), 1U);
    EXPECT_EQ(find_ff20(hex("A5FFFF200100")), 2U);
    EXPECT_FALSE(find_ff20(hex("010203FF2000")));
    EXPECT_FALSE(find_ff20(hex("FF")));
    EXPECT_FALSE(find_ff20({}));
}

TEST(Tlv, ReadsBackWhatItWritesAroundEveryLengthBoundary) {
    for (const std::size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U, 65536U}) {
        Bytes bytes;
        append_tlv(bytes, 0xDF27, Bytes(size, 7));
        const auto elements = parse_tlv(bytes);
        ASSERT_TRUE(elements) << size;
        EXPECT_EQ((*elements)[0].value.size(), size);
    }
}

}  // namespace
}  // namespace uketsuke::card
