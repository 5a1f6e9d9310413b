#include "card/apdu.h"

#include <gtest/gtest.h>

#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::hex;
using testing::ScriptedChannel;
using testing::to_hex;
using Sent = std::vector<std::string>;

std::string repeat(const std::string& byte, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += byte;
    return out;
}

TEST(Apdu, EncodesTheSevenCasesOfIso7816) {
    const Bytes small = hex("0102");
    const Bytes large(256, 0xAA);
    EXPECT_EQ(to_hex(*encode({0x00, 0x20, 0x00, 0x80})), "00200080");
    EXPECT_EQ(to_hex(*encode({0x00, 0xB0, 0x01, 0x02, {}, 256})), "00B0010200");
    EXPECT_EQ(to_hex(*encode({0x00, 0xA4, 0x02, 0x0C, small})), "00A4020C020102");
    EXPECT_EQ(to_hex(*encode({0x80, 0x2A, 0x00, 0x80, small, 255})), "802A0080020102FF");
    EXPECT_EQ(to_hex(*encode({0x00, 0xB0, 0x00, 0x00, {}, 4096})), "00B00000001000");
    EXPECT_EQ(to_hex(*encode({0x80, 0x2A, 0x00, 0x80, large})), "802A0080000100" + repeat("AA", 256));
    EXPECT_EQ(to_hex(*encode({0x80, 0x2A, 0x00, 0x80, small, 65536})), "802A008000000201020000");
    EXPECT_FALSE(encode({0x00, 0xB0, 0x00, 0x00, {}, 65537}));
    EXPECT_FALSE(encode({0x00, 0xB0, 0x00, 0x00, Bytes(65536)}));
}

TEST(Apdu, FetchesTheRestAfter61xx) {
    ScriptedChannel channel({"AABB6102", "CCDD6101", "EE9000"});
    ApduEngine engine(channel);
    const auto answer = engine.exchange({0x00, 0xCA, 0x00, 0xF0, {}, 256}, "GET DATA");
    ASSERT_TRUE(answer);
    EXPECT_EQ(to_hex(answer->data), "AABBCCDDEE");
    EXPECT_EQ(answer->status_word, 0x9000);
    EXPECT_EQ(channel.sent, (Sent{"00CA00F000", "00C0000002", "00C0000001"}));
    EXPECT_EQ(engine.traffic().apdus, 3U);
    EXPECT_EQ(engine.traffic().sent, 15U);
    EXPECT_EQ(engine.traffic().received, 11U);
}

TEST(Apdu, DoesNotFollow61xxForEver) {
    std::deque<std::string> answers(400, repeat("AA", 255) + "61FF");
    ScriptedChannel channel(answers);
    ApduEngine engine(channel);
    EXPECT_EQ(engine.exchange({0x00, 0xCA, 0x00, 0xF0, {}, 256}, "x").error().fault, Fault::BadData);
    ScriptedChannel nothing({"6110", "6110"});
    ApduEngine other(nothing);
    EXPECT_EQ(other.exchange({0x00, 0xCA, 0x00, 0xF0, {}, 256}, "x").error().fault, Fault::BadData);
}

TEST(Apdu, RepeatsWithTheRightLengthAfter6Cxx) {
    ScriptedChannel channel({"6C04", "010203049000"});
    ApduEngine engine(channel);
    const auto answer = engine.exchange({0x00, 0xB0, 0x00, 0x00, {}, 256}, "x");
    ASSERT_TRUE(answer);
    EXPECT_EQ(to_hex(answer->data), "01020304");
    EXPECT_EQ(channel.sent, (Sent{"00B0000000", "00B0000004"}));
}

TEST(Apdu, Repeats6CxxOnceAndNeverForACommandWithoutLe) {
    ScriptedChannel twice({"6C04", "6C05"});
    ApduEngine engine(twice);
    EXPECT_EQ(engine.exchange({0x00, 0xB0, 0x00, 0x00, {}, 256}, "x")->status_word, 0x6C05);
    EXPECT_EQ(twice.sent.size(), 2U);

    ScriptedChannel verify({"6C04"});
    ApduEngine other(verify);
    const Bytes pin = hex("31323334");
    EXPECT_EQ(other.exchange({0x00, 0x20, 0x00, 0x80, pin}, "VERIFY")->status_word, 0x6C04);
    EXPECT_EQ(verify.sent.size(), 1U);
}

TEST(Apdu, ReadsAnObjectLongerThanOneAnswer) {
    ScriptedChannel channel({"30820200" + repeat("AB", 252) + "9000", repeat("CD", 256) + "9000", "EFEFEFEF9000"});
    ApduEngine engine(channel);
    const auto object = engine.read_object(ObjectStart::FirstByte, "EF");
    ASSERT_TRUE(object);
    EXPECT_EQ(object->size(), 516U);
    EXPECT_EQ(channel.sent, (Sent{"00B0000000", "00B0010000", "00B0020004"}));
}

TEST(Apdu, GoesOnAfterShortReads) {
    ScriptedChannel channel({"300A01029000", "0304056282", "060708096B00", "0A9000"});
    ApduEngine engine(channel);
    const auto object = engine.read_object(ObjectStart::FirstByte, "EF");
    ASSERT_TRUE(object);
    EXPECT_EQ(to_hex(*object), "300A0102030405060708090A");
}

TEST(Apdu, LeavesPaddingAndStrayBytesAway) {
    ScriptedChannel channel({"A5A5FF2003010203FFFFFF9000"});
    ApduEngine engine(channel);
    EXPECT_EQ(to_hex(*engine.read_object(ObjectStart::Ff20AfterStrayBytes, "EF")), "FF2003010203");
    ScriptedChannel none({"0102030405069000"});
    ApduEngine other(none);
    EXPECT_EQ(other.read_object(ObjectStart::Ff20AfterStrayBytes, "EF").error().fault, Fault::BadData);
}

TEST(Apdu, AFileThatEndsTooEarlyIsBadDataAndNoEndlessLoop) {
    for (const char* end : {"6B00", "9000", "6282"}) {
        ScriptedChannel channel(
            {"308200100102"
             "9000",
             end});
        ApduEngine engine(channel);
        const auto object = engine.read_object(ObjectStart::FirstByte, "EF 000A");
        ASSERT_FALSE(object) << end;
        EXPECT_EQ(object.error().fault, Fault::BadData);
        EXPECT_EQ(object.error().where, "EF 000A: the file ends after 6 of 20 bytes");
    }
}

TEST(Apdu, AFileThatClaimsTooMuchIsNotRead) {
    ScriptedChannel channel({"308301000001029000"});
    ApduEngine engine(channel);
    EXPECT_EQ(engine.read_object(ObjectStart::FirstByte, "EF").error().fault, Fault::BadData);
    EXPECT_EQ(channel.sent.size(), 1U);
    ScriptedChannel more({repeat("30", 257) + "9000"});
    ApduEngine other(more);
    EXPECT_EQ(other.read_object(ObjectStart::FirstByte, "EF").error().fault, Fault::BadData);
}

TEST(Apdu, TakesLongAnswersWhereTheCardKnowsThem) {
    ScriptedChannel channel({"30820FFC" + repeat("AB", 4092) + "9000"});
    ApduEngine engine(channel, {.extended_reads = true});
    EXPECT_EQ(engine.read_object(ObjectStart::FirstByte, "EF")->size(), 4096U);
    EXPECT_EQ(channel.sent, (Sent{"00B00000001000"}));
}

TEST(Apdu, ACardWithoutExtendedLengthIsReadInShortSteps) {
    for (const char* word : {"6700", "6A86", "6D00"}) {
        const std::string rest = repeat("AB", 252) + "9000";
        ScriptedChannel channel({word, "308200FE" + rest, "CDCD9000", "30820001AA9000"});
        ApduEngine engine(channel, {.extended_reads = true});
        EXPECT_EQ(engine.read_object(ObjectStart::FirstByte, "EF")->size(), 258U) << word;
        EXPECT_TRUE(engine.read_object(ObjectStart::FirstByte, "EF"));
        EXPECT_EQ(channel.sent, (Sent{"00B00000001000", "00B0000000", "00B0010002", "00B0000000"}));
    }
    ScriptedChannel refusing({"6982", "9000"});
    ApduEngine engine(refusing, {.extended_reads = true});
    EXPECT_EQ(engine.read_object(ObjectStart::FirstByte, "EF").error().fault, Fault::NotAllowed);
    EXPECT_EQ(refusing.sent.size(), 1U);
}

TEST(Apdu, ReadsAFileWhoseAnswersComeInParts) {
    // 61xx in the first read, 6Cxx in the second.
    ScriptedChannel channel(
        {"3082010061FC", repeat("AB", 248) + "6104", "CDCDCDCD9000", "6C02", "EFEF9000", "EEEE9000"});
    ApduEngine engine(channel);
    const auto object = engine.read_object(ObjectStart::FirstByte, "EF");
    ASSERT_TRUE(object) << describe(object.error());
    EXPECT_EQ(to_hex(std::span(*object).last(8)), "CDCDCDCDEFEFEEEE");
    EXPECT_EQ(object->size(), 260U);
    EXPECT_EQ(channel.sent, (Sent{"00B0000000", "00C00000FC", "00C0000004", "00B0010004", "00B0010002", "00B0010202"}));
}

TEST(Apdu, NothingIsSentAfterALostAnswer) {
    ScriptedChannel channel({"", "9000"});
    ApduEngine engine(channel);
    EXPECT_EQ(engine.select_file(0x0018, "PIN").error().fault, Fault::CardGone);
    EXPECT_EQ(engine.select_file(0x0018, "PIN").error().fault, Fault::CardGone);
    EXPECT_EQ(channel.sent.size(), 1U);
    EXPECT_TRUE(engine.broken());
}

TEST(Apdu, AnAnswerWithoutAStatusWordEndsTheSession) {
    ScriptedChannel channel({"90", "9000"});
    ApduEngine engine(channel);
    EXPECT_EQ(engine.select_file(0x0018, "PIN").error().fault, Fault::CardSilent);
    EXPECT_EQ(engine.select_file(0x0018, "PIN").error().fault, Fault::CardSilent);
    EXPECT_EQ(channel.sent.size(), 1U);
}

}  // namespace
}  // namespace uketsuke::card
