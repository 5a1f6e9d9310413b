#include "app/ime/postal_codes.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "tests/app/ime/fixture.h"

namespace uketsuke::ime {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string row(const std::string& code, const std::string& town, const std::string& city = "葛飾区",
                const std::string& prefecture = "東京都") {
    return "13122,\"125  \",\"" + code + "\",\"トウキョウト\",\"カツシカク\",\"ニイジュク\",\"" + prefecture + "\",\"" +
           city + "\",\"" + town + "\",0,0,1,0,0,0\r\n";
}

class PostalCodesTest : public testing::Test {
  protected:
    PostalCodes load(std::string_view bytes) {
        auto table = PostalCodes::load(m_folder.write("table.csv", bytes));
        EXPECT_TRUE(table) << table.error();
        return table ? std::move(*table) : PostalCodes();
    }
    std::string trouble(std::string_view bytes) {
        const auto table = PostalCodes::load(m_folder.write("table.csv", bytes));
        EXPECT_FALSE(table);
        return table ? "" : table.error();
    }
    Folder m_folder;
};

TEST_F(PostalCodesTest, ARowOfJapanPostBecomesAPlace) {
    const auto table = load(row("1250051", "新宿") + row("1250052", "柴又"));
    EXPECT_THAT(table.find("1250051"), ElementsAre("東京都葛飾区新宿"));
    EXPECT_THAT(table.find("1250052"), ElementsAre("東京都葛飾区柴又"));
    EXPECT_EQ(table.size(), 2U);
}

TEST_F(PostalCodesTest, OnlySevenDigitsOfAKnownCodeFindAnything) {
    const auto table = load(row("1250051", "新宿"));
    for (const char* code :
         {"", "125", "125005", "12500511", "125-0051", "1250053", "9999999", "125005a", "１２５００５１"}) {
        EXPECT_THAT(table.find(code), IsEmpty()) << code;
    }
}

TEST_F(PostalCodesTest, SeveralPlacesOfACodeComeInTheOrderOfTheFileAndOnce) {
    const auto table =
        load(row("1250051", "新宿") + row("1250052", "柴又") + row("1250051", "金町") + row("1250051", "新宿"));
    EXPECT_THAT(table.find("1250051"), ElementsAre("東京都葛飾区新宿", "東京都葛飾区金町"));
}

TEST_F(PostalCodesTest, NoMoreThanThirtyPlacesAreShown) {
    std::string rows;
    for (int i = 0; i < 40; ++i) rows += row("1250051", "町" + std::to_string(i));
    EXPECT_THAT(load(rows).find("1250051"), SizeIs(30));
}

TEST_F(PostalCodesTest, WhatOnlyDescribesTheRowIsNoPartOfAnAddress) {
    struct Row {
        const char* town;
        const char* place;
    };
    const std::vector<Row> rows{
        {"以下に掲載がない場合", "東京都葛飾区"},
        {"葛飾区の次に番地がくる場合", "東京都葛飾区"},
        {"西新宿（次のビルを除く）", "東京都葛飾区西新宿"},
        {"大前（細原）", "東京都葛飾区大前"},
        {"協和（８８－２、２７１－１０、３４３－２）", "東京都葛飾区協和"},
        {"甲、乙（大木戸）", "東京都葛飾区甲"},
        {"種市第１５地割～第２１地割（鹿糠、小路合）", "東京都葛飾区種市"},
        {"利島村一円", "東京都葛飾区"},
        {"一円", "東京都葛飾区一円"},
        {"名駅ミッドランドスクエア高層棟）（１階", "東京都葛飾区名駅ミッドランドスクエア高層棟"},
        {"", "東京都葛飾区"},
    };
    for (const Row& one : rows) {
        EXPECT_THAT(load(row("1250051", one.town)).find("1250051"), ElementsAre(one.place)) << one.town;
    }
}

TEST_F(PostalCodesTest, ATownThatGoesOnInTheNextLinesIsOne) {
    const auto table = load(row("0660005", "協和（８８－２、") + row("0660005", "２７１－１０、") +
                            row("0660005", "４３１）") + row("0660006", "大学"));
    EXPECT_THAT(table.find("0660005"), ElementsAre("東京都葛飾区協和"));
    EXPECT_EQ(table.size(), 2U);
    const auto never_closed = load(row("0660005", "協和（８８") + row("0660006", "大学"));
    EXPECT_THAT(never_closed.find("0660005"), ElementsAre("東京都葛飾区協和"));
    EXPECT_THAT(never_closed.find("0660006"), ElementsAre("東京都葛飾区大学"));
}

TEST_F(PostalCodesTest, ShiftJisAndAByteOrderMarkAreRead) {
    // 東京都 葛飾区 新宿
    const std::string sjis =
        "13122,\"125\",\"1250051\",\"\",\"\",\"\",\"\x93\x8C\x8B\x9E\x93\x73\",\"\x8A\x8B\x8F\xFC\x8B\xE6\","
        "\"\x90\x56\x8F\x68\",0,0,1,0,0,0\r\n";
    EXPECT_THAT(load(sjis).find("1250051"), ElementsAre("東京都葛飾区新宿"));
    EXPECT_THAT(load("\xEF\xBB\xBF" + row("1250051", "新宿")).find("1250051"), ElementsAre("東京都葛飾区新宿"));
}

TEST_F(PostalCodesTest, TheListOfSkkIsRead) {
    const auto table = load(";; remark\n0028089 /北海道石狩郡当別町ビトエ/北海道石狩郡当別町ビトエ中島;note/\n");
    EXPECT_THAT(table.find("0028089"), ElementsAre("北海道石狩郡当別町ビトエ", "北海道石狩郡当別町ビトエ中島"));
}

TEST_F(PostalCodesTest, ABrokenFileSaysWhereItIsBroken) {
    const std::string good = row("1250051", "新宿");
    EXPECT_THAT(trouble(good + "1,2,3\n"), AllOf(HasSubstr("table.csv line 2"), HasSubstr("3 columns")));
    EXPECT_THAT(trouble(good + good + row("125005", "新宿")), AllOf(HasSubstr("line 3"), HasSubstr("postal code")));
    EXPECT_THAT(trouble(good + "1,\"open\n"), AllOf(HasSubstr("line 2"), HasSubstr("quote")));
    EXPECT_THAT(trouble(good + "1,\"a\"b,c\n"), AllOf(HasSubstr("line 2"), HasSubstr("comma")));
    EXPECT_THAT(trouble(good + row("1250051", "\xE6\x96")), HasSubstr("line 2"));
    EXPECT_THAT(trouble(good + row("1250051", "新宿", "")), AllOf(HasSubstr("line 2"), HasSubstr("city")));
    EXPECT_THAT(trouble(good + row("1250051", std::string(500, 'x'))),
                AllOf(HasSubstr("line 2"), HasSubstr("too long")));
    EXPECT_THAT(trouble(good + std::string(20'000, 'x') + "\n"), HasSubstr("line 2"));
    EXPECT_THAT(trouble("<html>\n<body>not found</body>\n"), HasSubstr("line 1"));
    EXPECT_THAT(trouble("0028089 /a/\n0028089 a\n"), AllOf(HasSubstr("line 2"), HasSubstr("slashes")));
    EXPECT_THAT(trouble("0028089 //\n"), HasSubstr("line 1"));
    EXPECT_THAT(trouble("PK\x03\x04stuff"), HasSubstr("zip"));
    EXPECT_THAT(trouble(""), HasSubstr("empty"));
    EXPECT_THAT(trouble("\n\n;; nothing\n"), HasSubstr("empty"));
    EXPECT_THAT(PostalCodes::load(m_folder.path() / "none").error(), HasSubstr("not there"));
    EXPECT_THAT(PostalCodes::load(m_folder.path()).error(), HasSubstr("no file"));
}

TEST_F(PostalCodesTest, AFileWithoutAnEndIsRefused) {
    std::string many;
    for (int i = 0; i < 400'001; ++i) many += "0028089 /a/\n";
    EXPECT_THAT(trouble(many), HasSubstr("too many lines"));
    EXPECT_THAT(trouble(std::string((std::size_t{64} << 20U) + 1, '0')), HasSubstr("64 MiB"));
}

TEST_F(PostalCodesTest, BytesByChanceCrashNothing) {
    std::mt19937 chance(7);
    const std::string good = row("1250051", "新宿（１") + row("1250051", "２）") + row("1250052", "柴又");
    std::uniform_int_distribution<std::size_t> at(0, good.size() - 1);
    std::uniform_int_distribution<int> byte(0, 255);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes = good;
        for (int i = 0; i < 1 + round % 5; ++i) bytes[at(chance)] = static_cast<char>(byte(chance));
        if (round % 7 == 0) bytes.resize(at(chance));
        if (const auto table = PostalCodes::load(m_folder.write("table.csv", bytes))) table->find("1250051");
    }
}

TEST_F(PostalCodesTest, TheTableOfDebianIsReadQuicklyAndTakesLittleRoom) {
    const auto file = k_word_lists / "SKK-JISYO.zipcode";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "Debian's skkdic-extra is not installed";
    const long before = memory_of("RssAnon");
    const auto from = std::chrono::steady_clock::now();
    const auto table = PostalCodes::load(file);
    const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
    ASSERT_TRUE(table) << table.error();
    std::printf("%zu places in %.0f ms, %ld kB\n", table->size(), took, memory_of("RssAnon") - before);
    EXPECT_GT(table->size(), 120'000U);
    EXPECT_THAT(table->find("1250051"), ElementsAre("東京都葛飾区新宿"));
    EXPECT_THAT(table->find("5300001"), ElementsAre("大阪府大阪市北区梅田"));
    EXPECT_THAT(table->find("0600001"), ElementsAre("北海道札幌市中央区北一条西"));
    EXPECT_THAT(table->find("0010000"), ElementsAre("北海道札幌市北区"));
    EXPECT_LT(took, 5'000.0);  // some hundred on a quiet machine
}

}  // namespace
}  // namespace uketsuke::ime
