// Drawn fronts, pictures on disk, and the dates as they are printed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "card/front/drawn_front.h"
#include "card/front/picture_file.h"
#include "card/front/printed_dates.h"
#include "card/virtual_reader.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using testing::test_persona;

std::vector<ReadSymbol> symbols(std::string_view utf8, float confidence = 0.9F) {
    std::vector<ReadSymbol> line;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t length = static_cast<unsigned char>(utf8[at]) < 0x80 ? 1 : 3;
        if (utf8[at] != ' ') line.push_back({std::string(utf8.substr(at, length)), confidence});
        at += length;
    }
    return line;
}

class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& name)
        : m_path(std::filesystem::path(::testing::TempDir()) / ("uketsuke_front_" + name)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    std::string path() const { return m_path.string(); }
    void write(const std::string& bytes) const { std::ofstream(m_path, std::ios::binary) << bytes; }

  private:
    std::filesystem::path m_path;
};

TEST(PrintedDates, AreFoundAgainAsTheyArePrinted) {
    for (const auto born :
         {year{1980} / month{2} / day{17}, year{1926} / month{12} / day{25}, year{1989} / month{1} / day{8},
          year{2019} / month{5} / day{1}, year{1912} / month{7} / day{29}, year{2004} / month{2} / day{29}}) {
        const auto found = find_birth(symbols("性別" + printed_birth(born) + "男"));
        ASSERT_TRUE(found) << printed_birth(born);
        EXPECT_EQ(found->day, born);
    }
    const auto ends = year{2035} / month{12} / day{3};
    EXPECT_EQ(printed_expiry(ends), "2035年12月 3日まで有効");
    EXPECT_EQ(find_expiry(symbols(printed_expiry(ends)))->day, ends);
}

TEST(PrintedDates, TheFirstYearOfAnEraIsWrittenWithAWord) {
    EXPECT_EQ(printed_birth(year{2019} / month{5} / day{2}), "令和元年 5月 2日生");
    EXPECT_EQ(find_birth(symbols("平成元年12月31日生"))->day, year{1989} / month{12} / day{31});
}

TEST(PrintedDates, ADayThatTheNamedEraDoesNotHaveIsNotRead) {
    for (const char* wrong : {"昭和65年 1月 1日生", "昭和64年 1月 8日生", "大正19年 5月14日生", "平成元年 1月 7日生",
                              "昭和55年 2月30日生", "昭和55年13月 1日生", "昭和 0年 1月 1日生"}) {
        EXPECT_FALSE(find_birth(symbols(wrong))) << wrong;
    }
}

TEST(PrintedDates, OnlyTheWordThatFollowsTellsWhichDateItIs) {
    EXPECT_FALSE(find_birth(symbols("顔認証令和6年12月2日")));
    EXPECT_FALSE(find_birth(symbols("1980年2月17日生")));
    EXPECT_FALSE(find_expiry(symbols("2030年2月17日")));
    EXPECT_FALSE(find_expiry(symbols("12035年2月17日まで有効")));
}

TEST(PrintedDates, TwoDifferentOnesInALineAreNone) {
    EXPECT_FALSE(find_birth(symbols("昭和55年2月17日生昭和55年2月11日生")));
    EXPECT_TRUE(find_birth(symbols("昭和55年2月17日生昭和55年2月17日生")));
}

TEST(PrintedDates, TheLeastSymbolIsTheConfidence) {
    auto line = symbols("2035年2月17日まで有効");
    line[3].confidence = 0.25F;
    EXPECT_FLOAT_EQ(find_expiry(line)->confidence, 0.25F);
}

TEST(DrawnFront, TheSameLookGivesTheSameBytes) {
    FrontLook look;
    look.wear = 0.4;
    look.glare = 0.5;
    look.noise = 0.3;
    look.shadow = 0.4;
    const auto once = draw_front(test_persona(), look);
    const auto again = draw_front(test_persona(), look);
    ASSERT_TRUE(once && again);
    EXPECT_EQ(once->grey, again->grey);
    look.seed = 2;
    EXPECT_NE(draw_front(test_persona(), look)->grey, once->grey);
}

TEST(DrawnFront, StrengthsAndTurnsOutOfRangeAreBroughtIntoIt) {
    FrontLook look;
    look.quarter_turns = -1;
    look.wear = -3;
    look.tilt_degrees = 400;
    FrontLook same;
    same.quarter_turns = 3;
    same.tilt_degrees = 45;
    EXPECT_EQ(draw_front(test_persona(), look)->grey, draw_front(test_persona(), same)->grey);
}

TEST(DrawnFront, TheCameraSeesWhatLiesOnTheReader) {
    VirtualReader reader;
    DrawnFrontCamera camera(reader);
    const auto empty = camera.take();
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().fault, Fault::NoCard);
    reader.place(testing::make_card());
    const auto front = camera.take();
    ASSERT_TRUE(front);
    EXPECT_EQ(front->grey.size(), static_cast<std::size_t>(front->width) * static_cast<std::size_t>(front->height));
    EXPECT_NE(camera.take()->grey, front->grey) << "no two pictures of a camera are the same";
    FrontLook back;
    back.back = true;
    camera.set_look(back);
    EXPECT_NE(camera.take()->grey, front->grey);
}

TEST(PictureFile, APictureComesBackAsItWasWritten) {
    const TemporaryFile file("round.png");
    const auto picture = draw_front(test_persona(), {});
    ASSERT_TRUE(save_front_picture(*picture, file.path()));
    const auto back = load_front_picture(file.path());
    ASSERT_TRUE(back) << describe(back.error());
    EXPECT_EQ(back->width, picture->width);
    EXPECT_EQ(back->grey, picture->grey);
}

TEST(PictureFile, WhatIsNoPictureIsNamed) {
    const TemporaryFile file("bad.png");
    const auto missing = load_front_picture(file.path());
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().where.find(file.path()), std::string::npos);
    for (const std::string& bytes :
         {std::string(), std::string("hello"), std::string("\x89PNG\r\n\x1a\n and then nothing"),
          std::string("\xFF\xD8\xFF\xE0 no JPEG"), std::string("GIF89a....")}) {
        file.write(bytes);
        const auto read = load_front_picture(file.path());
        ASSERT_FALSE(read) << bytes;
        EXPECT_EQ(read.error().fault, Fault::BadData);
        EXPECT_EQ(read.error().where.find(file.path()), 0U);
    }
    EXPECT_FALSE(load_front_picture(::testing::TempDir()));
}

TEST(PictureFile, LargerThanTheBoundIsNotEvenRead) {
    const TemporaryFile file("large.png");
    file.write("\x89PNG");
    std::filesystem::resize_file(file.path(), k_largest_picture_file + 1);
    const auto read = load_front_picture(file.path());
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().where.find("16 MiB"), std::string::npos);
}

TEST(PictureFile, AThumbnailIsNoFront) {
    const TemporaryFile file("small.png");
    FrontPicture small{100, 80, SecretBytes(8000, 200)};
    EXPECT_FALSE(save_front_picture(small, file.path()));
}

}  // namespace
}  // namespace uketsuke::card
