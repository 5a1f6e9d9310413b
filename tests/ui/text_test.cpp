#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "app/ui/fonts_imgui.h"
#include "app/ui/glyph_cover.h"
#include "app/ui/text.h"
#include "app/ui/text_flow.h"

namespace uketsuke::ui::test {

namespace {

Text texts() {
    auto text = Text::load(std::string(UKETSUKE_BINARY_DIR) + "/locale");
    EXPECT_TRUE(text) << text.error();
    return text ? *text : Text{};
}

TEST(Fonts, HoldEveryCharacterOfEveryLanguage) {
    const std::vector<FontFiles> families = installed_fonts();
    if (families.empty()) GTEST_SKIP() << "neither fonts-morisawa-bizud-gothic nor fonts-noto-cjk is installed";
    std::string missing;
    for (const char32_t point : missing_glyphs(families, texts().code_points())) {
        missing += " U+" + std::to_string(static_cast<unsigned>(point));
    }
    EXPECT_TRUE(missing.empty()) << missing;
}

TEST(Fonts, SayWhichCharacterNoneOfThemHolds) {
    const std::vector<FontFiles> families = installed_fonts();
    if (families.empty()) GTEST_SKIP() << "no font is installed";
    // 16-bit characters only: U+20BB7 is beyond the drawing library; U+E000 is nobody's.
    EXPECT_EQ(missing_glyphs(families, {U'あ', 0xE000, 0x20BB7}), (std::set<char32_t>{0xE000, 0x20BB7}));
}

TEST(GlyphCover, KnowsWhatNamesAreMadeOf) {
    const auto covers = glyph_cover();
    if (!covers) GTEST_SKIP() << "no font is installed";
    for (const char32_t point : U"佐藤髙﨑𠮷𩸽德葛々ヶァャ●ｱﾞ1１") {
        if (point == 0) continue;
        EXPECT_TRUE(covers(point)) << std::hex << static_cast<std::uint32_t>(point);
    }
    EXPECT_TRUE(covers(0xE0100)) << "a variation selector is drawn with the character before it";
    EXPECT_FALSE(covers(0xE000)) << "a clinic's own character (外字)";
    EXPECT_FALSE(covers(0x10FFFD));
}

TEST(Lines, BreakOnlyWhereTheyMayAndBecomeAboutEquallyLong) {
    const Measure letters = [](std::string_view words) { return static_cast<float>(words.size()); };
    EXPECT_EQ(break_lines("aaa|bbb|ccc|ddd", 9, letters), (std::vector<std::string>{"aaabbb", "cccddd"}));
    EXPECT_EQ(break_lines("aa bb", 5, letters), (std::vector<std::string>{"aa bb"}));
    EXPECT_EQ(break_lines("aa bb", 4, letters), (std::vector<std::string>{"aa", "bb"}));
    EXPECT_EQ(break_lines("one\ntwo", 99, letters), (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(break_lines("unbreakable", 4, letters), (std::vector<std::string>{"unbreakable"}));
    EXPECT_EQ(break_lines("", 4, letters), (std::vector<std::string>{""}));
}

TEST(Texts, AreFilledAndReadByCodePoint) {
    EXPECT_EQ(fill("{n} of {m}, {n}", "n", 2), "2 of {m}, 2");
    std::string_view rest = "aあ\xF0\xA0\xAE\xB7\xFF";
    EXPECT_EQ(take_code_point(rest), U'a');
    EXPECT_EQ(take_code_point(rest), U'あ');
    EXPECT_EQ(take_code_point(rest), char32_t{0x20BB7});
    EXPECT_EQ(take_code_point(rest), char32_t{0xFFFD});
    EXPECT_TRUE(rest.empty());
}

}  // namespace

}  // namespace uketsuke::ui::test
