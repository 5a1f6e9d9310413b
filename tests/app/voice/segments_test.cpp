#include "app/voice/segments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace uketsuke::voice {
namespace {

// "words|n回|words": what a text becomes.
std::string cut(std::string_view text, Grammar grammar = Grammar::Japanese) {
    std::string result;
    for (const Segment& segment : segments_of(text, grammar)) {
        if (!result.empty()) result += '|';
        if (!segment.is_number()) {
            result += '[' + segment.words + ']';
            continue;
        }
        result += segment.number;
        if (segment.counter != nullptr) result += segment.counter->written;
    }
    return result;
}

TEST(Segments, ATextWithoutNumbersIsOnePiece) {
    EXPECT_EQ(cut("カードを|置いて|ください"), "[カードを置いてください]");
    EXPECT_EQ(cut("Lay the card", Grammar::Other), "[Lay the card]");
}

TEST(Segments, ANumberTakesItsJapaneseCounterAlong) {
    EXPECT_EQ(cut("あと{n}回|入力できます"), "[あと]|n回|[入力できます]");
    EXPECT_EQ(cut("あと{n}|回"), "[あと]|n回|[]");
    EXPECT_EQ(cut("{m}つのうち|{n}つ目"), "[]|mつ|[のうち]|nつ|[目]");
    EXPECT_EQ(cut("あと{n}か月"), "[あと]|nか月|[]");
}

TEST(Segments, ACounterCarriesItsReadingWithoutSayingItTwice) {
    EXPECT_EQ(cut("あと{n}回《かい》|できます"), "[あと]|n回|[できます]");
    EXPECT_EQ(cut("{n}回目《かいめ》です（{m}回《かい》まで）"), "[]|n回|[目です（]|m回|[まで）]");
    EXPECT_EQ(cut("{m}この うち、 {n}ばんめ"), "[]|mこ|[のうち、]|nばん|[め]");
}

TEST(Segments, SpacesOfEasyJapaneseAreNotWaitedFor) {
    EXPECT_EQ(cut("カードを 置いて ください"), "[カードを置いてください]");
    EXPECT_EQ(cut("番号： IC card です"), "[番号：IC cardです]");
}

TEST(Segments, OtherLanguagesHaveNoCounters) {
    EXPECT_EQ(cut("Attempt {n} of {m}", Grammar::Other), "[Attempt]|n|[of]|m|[]");
}

TEST(Segments, TheEndOfALineIsAPause) {
    EXPECT_EQ(cut("はい\nどうぞ"), "[はい、どうぞ]");
    EXPECT_EQ(cut("はい。\nどうぞ"), "[はい。どうぞ]");
    EXPECT_EQ(cut("Yes\nplease", Grammar::Other), "[Yes, please]");
    EXPECT_EQ(cut("Yes.\nPlease", Grammar::Other), "[Yes. Please]");
}

TEST(Segments, RubyIsNotSaidTwice) {
    EXPECT_EQ(cut("｜受付《うけつけ》を|始めます"), "[受付を始めます]");
    EXPECT_EQ(cut("受付《うけつけ"), "[受付うけつけ]");
}

TEST(Segments, ANameAndItsHonorificAreLeftOut) {
    EXPECT_EQ(cut("{name}様、|こんにちは"), "[こんにちは]");
    EXPECT_EQ(cut("{name} |様"), "[]");
    EXPECT_EQ(cut("Hello, {name}", Grammar::Other), "[Hello,]");
    EXPECT_EQ(cut("{quoted}"), "[]") << "nobody recorded it";
}

TEST(Segments, WhatAnEngineStumblesOverIsTrimmed) {
    EXPECT_EQ(cut("N-{n}", Grammar::Other), "[N]|n|[]");
    EXPECT_EQ(cut("{n}. You can", Grammar::Other), "[]|n|[You can]");
}

TEST(Segments, ControlCharactersNeverReachAList) {
    EXPECT_EQ(cut("a\tb\rc", Grammar::Other), "[a b c]");
}

TEST(Segments, OnlyLettersAndDigitsCanBeSpoken) {
    EXPECT_FALSE(can_be_spoken(""));
    EXPECT_FALSE(can_be_spoken("（）。、・…—！"));
    EXPECT_TRUE(can_be_spoken("）ー"));
    EXPECT_TRUE(can_be_spoken("7"));
    EXPECT_TRUE(can_be_spoken("é"));
    EXPECT_TRUE(can_be_spoken("々"));
}

}  // namespace
}  // namespace uketsuke::voice
