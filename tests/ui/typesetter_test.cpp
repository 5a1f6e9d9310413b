#include "app/ui/typesetter.h"

#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

class Letters : public ::testing::Test {
  protected:
    void SetUp() override {
        auto typesetter = Typesetter::create();
        if (!typesetter) GTEST_SKIP() << typesetter.error();
        m_letters = std::move(*typesetter);
        m_style.pixels = 48;
    }

    LineBox measure(std::string_view line) { return m_letters->measure(line, m_style); }
    std::vector<std::uint8_t> bytes(std::string_view line) { return m_letters->picture(line, m_style).alpha; }
    TextStyle with_readings() const {
        TextStyle style = m_style;
        style.ruby = Ruby::Read;
        return style;
    }
    // Needs Noto Sans CJK: BIZ UDPGothic has neither variants nor the second plane.
    static bool every_kanji() {
        return std::filesystem::exists("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
    }

    std::unique_ptr<Typesetter> m_letters;
    TextStyle m_style;
};

TEST_F(Letters, OfNamesAreNeverEmptyBoxes) {
    if (!every_kanji()) GTEST_SKIP() << "fonts-noto-cjk is not installed";
    for (const bool bold : {false, true}) {
        m_style.bold = bold;
        for (const char* name :
             {"●", "山●　太●　様", "𠮷田", "𠮷", "髙﨑", "葛\U000E0100城", "葛\U000E0101飾", "ﾔﾏﾀﾞ"}) {
            EXPECT_EQ(measure(name).unknown_glyphs, 0) << name;
            EXPECT_GT(measure(name).ink.width, 12) << name;
        }
    }
    EXPECT_EQ(measure("\uE000").unknown_glyphs, 1) << "a clinic's own character (外字)";
}

TEST_F(Letters, ShowTheVariantThatASelectorAsksFor) {
    if (!every_kanji()) GTEST_SKIP() << "fonts-noto-cjk is not installed";
    for (const bool bold : {false, true}) {
        m_style.bold = bold;
        const auto first = bytes("葛\U000E0100");
        const auto second = bytes("葛\U000E0101");
        EXPECT_NE(first, second);
        EXPECT_FALSE(first.empty());
        EXPECT_NEAR(measure("葛\U000E0100").width, 48, 1) << "a selector takes no room of its own";
    }
}

TEST_F(Letters, AreTheSameBytesWheneverTheyAreSet) {
    const auto other = Typesetter::create();
    ASSERT_TRUE(other);
    for (const char* line : {"顔をカメラに向けてください", "My Number Card", "𠮷田 葛\U000E0100 한국어 中文"}) {
        const auto before = bytes(line);
        EXPECT_EQ(before, bytes(line));
        EXPECT_EQ(before, (*other)->picture(line, m_style).alpha);
    }
}

TEST_F(Letters, GrowWithTheirSizeAndNothingElse) {
    for (const char* line : {"マイナンバーカードを置いてください", "Please place your card"}) {
        m_style.pixels = 20;
        const float small = measure(line).width;
        m_style.pixels = 60;
        EXPECT_NEAR(measure(line).width, small * 3, 0.5F) << line;
    }
}

TEST_F(Letters, StandInTheirBoxInEveryFace) {
    for (const char* line : {"受付を|ください。", "gjpqy", "中文", "한국어", "𠮷"}) {
        const Rect ink = measure(line).ink;
        EXPECT_GE(ink.y, -1) << line;
        EXPECT_LE(ink.bottom(), m_style.pixels * 1.12F) << line;
        const LinePicture picture = m_letters->picture(line, m_style);
        for (int x = 0; x < picture.width; ++x) {
            const auto last = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height - 1);
            EXPECT_EQ(picture.alpha.at(static_cast<std::size_t>(x)), 0) << line << " is cut off above";
            EXPECT_EQ(picture.alpha.at(last + static_cast<std::size_t>(x)), 0) << line << " is cut off below";
        }
    }
}

TEST_F(Letters, OfOneWordComeFromOneFace) {
    if (!every_kanji()) GTEST_SKIP() << "fonts-noto-cjk is not installed";
    // With ế from another face than the rest, the word would be as wide as its parts in their own faces.
    const float alone = measure("Ti").width + measure("ng").width + measure("ế").width;
    EXPECT_GT(std::abs(measure("Tiếng").width - alone), 0.5F);
}

TEST_F(Letters, WithReadingsTakeRoomAboveAndAreSpreadWhereTheReadingIsWider) {
    const LineBox plain = m_letters->measure("保険証", with_readings());
    const LineBox read = m_letters->measure("保険証《ほけんしょう》", with_readings());
    EXPECT_FALSE(plain.ruby);
    EXPECT_TRUE(read.ruby);
    EXPECT_NEAR(read.width, plain.width, plain.width * 0.05F);
    EXPECT_LT(read.ink.y, plain.ink.y - 48 * 0.3F);
    EXPECT_GE(read.ink.y, -48 * 0.6F);
    const LineBox spread = m_letters->measure("志《こころざし》", with_readings());
    EXPECT_GT(spread.width, 48 * 2) << "five kana of half the size are wider than a kanji";
    const LineBox two = m_letters->measure("承諾《うけたまわりました》", with_readings());
    EXPECT_GT(two.ink.width, 48 * 4);
    EXPECT_EQ(m_letters->measure("承諾《》", with_readings()).ruby, false);
}

TEST_F(Letters, OfWhatIsNoReadingAreDrawnAsTheyStand) {
    EXPECT_FALSE(measure("漢字《かんじ》").ruby);
    EXPECT_GT(measure("漢字《かんじ》").width, 48 * 5);
}

TEST_F(Letters, AreBoundedWhateverIsAskedFor) {
    std::string line(1'000'000, 'm');
    EXPECT_LT(measure(line).width, 48 * 4097);
    EXPECT_LE(m_letters->picture(line, m_style).width, 16384);
    EXPECT_GT(measure("a\xFF\xC0z").width, measure("az").width);
    EXPECT_EQ(measure("a\n\x01\xE2\x80\xAE\xE2\x80\xA8z").width, measure("az").width);
    EXPECT_EQ(measure("").width, 0);
    EXPECT_TRUE(bytes("").empty());
    EXPECT_TRUE(bytes(" ").empty());
    m_style.pixels = 1e9F;
    EXPECT_LT(measure("国").width, 600);
}

TEST_F(Letters, AreBrokenIntoLinesThatFitAndRememberedSo) {
    const std::string text = "请将您的个人编号卡（My Number Card）放在读卡器上，并确认照片朝上；请向前台工作人员咨询。";
    const auto flowed = m_letters->flow(text, m_style, 500);
    EXPECT_GT(flowed->lines.size(), 3U);
    for (const FlowedLine& line : flowed->lines) {
        EXPECT_LE(line.width, 500) << line.words;
        EXPECT_NEAR(line.width, measure(line.words).width, 0.01F);
    }
    EXPECT_EQ(m_letters->flow(text, m_style, 500), flowed);
    m_letters->forget();
    EXPECT_NE(m_letters->flow(text, m_style, 500), flowed);
    EXPECT_TRUE(flowed->lines.front().words.empty()) << "what was forgotten is overwritten";
}

// A window's context, and a typesetter of our own in it.
class Places : public Letters {
  protected:
    void SetUp() override {
        auto window = open_window(k_small_portrait);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
        show(*m_window, gallery(core::Language::Japanese).front());
        Letters::SetUp();
    }
    void TearDown() override { m_letters.reset(); }

    std::unique_ptr<Window> m_window;
};

TEST_F(Places, AreKeptAndGivenUpTogether) {
    const PlacedLine first = m_letters->place("山田", m_style);
    ASSERT_EQ(first.tiles.size(), 1U);
    const auto changes = m_letters->changes();
    EXPECT_EQ(m_letters->place("山田", m_style).tiles.front().part.x, first.tiles.front().part.x);
    EXPECT_EQ(m_letters->changes(), changes) << "drawn once";
    EXPECT_NE(m_letters->place("山口", m_style).tiles.front().part.x, first.tiles.front().part.x);
    m_letters->forget();
    EXPECT_GT(m_letters->changes(), changes + 1);
    EXPECT_EQ(m_letters->place("山口", m_style).tiles.front().part.x, first.tiles.front().part.x)
        << "its place is free";
}

TEST_F(Places, AreNeverTakenWithinAFrame) {
    m_style.pixels = 400;
    m_letters->begin_frame();
    std::vector<Tile> tiles;
    for (int i = 0; i < 60; ++i) {
        const auto& placed = m_letters->place(std::to_string(1000 + i), m_style);
        ASSERT_FALSE(placed.tiles.empty());
        tiles.push_back(placed.tiles.front());
    }
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        for (std::size_t j = i + 1; j < tiles.size(); ++j) {
            EXPECT_FALSE(tiles[i].texture == tiles[j].texture && tiles[i].part.overlaps(tiles[j].part));
        }
    }
    m_letters->begin_frame();
    EXPECT_FALSE(m_letters->place("1000", m_style).tiles.empty());
}

TEST_F(Places, OfALineWiderThanATextureLieSideBySide) {
    m_style.pixels = 200;
    const auto& placed = m_letters->place("一二三四五六七八九十一二三四五六七八九十", m_style);
    ASSERT_EQ(placed.tiles.size(), 2U);
    EXPECT_EQ(placed.tiles[0].place.right(), placed.tiles[1].place.x);
}

}  // namespace

}  // namespace uketsuke::ui::test
