#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "app/ui/glyph_cover.h"
#include "app/ui/line_ends.h"
#include "app/ui/ruby.h"
#include "app/ui/text.h"
#include "app/ui/text_flow.h"
#include "app/ui/typesetter_fonts.h"

namespace uketsuke::ui::test {

namespace {

Text texts() {
    auto text = Text::load(std::string(UKETSUKE_BINARY_DIR) + "/locale");
    EXPECT_TRUE(text) << text.error();
    return text ? *text : Text{};
}

TEST(Quoted, WordsKeepTheirLettersAndLoseWhatWouldBeAMarkOfTheCatalogue) {
    EXPECT_EQ(without_marks("午後|休診《ごご》｜です"), "午後¦休診〈ごご〉¦です");
    EXPECT_EQ(without_marks("\xE3\x80"), "\xE3\x80") << "cut in the middle of a character";
    EXPECT_EQ(without_marks(""), "");
}

TEST(Fonts, HoldEveryCharacterOfEveryLanguage) {
    if (!any_font_installed()) GTEST_SKIP() << "neither fonts-morisawa-bizud-gothic nor fonts-noto-cjk is installed";
    const Text text = texts();
    for (const core::Language language : core::k_languages) {
        for (const auto& [key, message] : text.messages(language)) {
            for (const char32_t point : missing_glyphs(language, message)) {
                ADD_FAILURE() << core::name_of(language) << " " << key << " U+" << std::hex
                              << static_cast<std::uint32_t>(point);
            }
        }
    }
}

TEST(Fonts, SayWhichCharacterNoneOfThemHolds) {
    if (!any_font_installed()) GTEST_SKIP() << "no font is installed";
    EXPECT_EQ(missing_glyphs(core::Language::Japanese, "あ\uE000\n𠮷|葛\U000E0100｜漢《\uE001》"),
              (std::set<char32_t>{0xE000, 0xE001}));
}

TEST(Fonts, HoldTheLettersOfLanguagesToCome) {
    const FontConfig config = closed_font_config();
    if (!config) GTEST_SKIP() << "no font is installed";
    const auto lacks = [&config](Script script, std::u32string_view letters) {
        const Coverage coverage(config, families(script));
        return std::ranges::any_of(letters, [&](char32_t letter) { return !coverage.has(letter); });
    };
    EXPECT_FALSE(lacks(Script::Vietnamese, U"ĂÂĐÊÔƠƯăâđêôơưẰẲẴẮẶềểễếệựỳỷỹỵ"));
    EXPECT_FALSE(lacks(Script::Latin, U"ÃÕÇÁÉÍÓÚÂÊÔÀãõçáéíóúâêôà“”–…"));
    EXPECT_FALSE(lacks(Script::Chinese, U"请将个人编号卡放在读卡器上。，？《》"));
    EXPECT_FALSE(lacks(Script::Korean, U"마이넘버카드를리더기에올려놓으세요."));
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

constexpr auto k_read = Ruby::Read;

// Every character as wide as the next; a reading half of one.
float by_character(std::string_view line) {
    float width = 0;
    for (const RubyRun& run : ruby_runs(line)) {
        const auto count = [](std::string_view words) {
            float number = 0;
            for (; !words.empty(); ++number) static_cast<void>(take_code_point(words));
            return number;
        };
        width += std::max(count(run.base), count(run.ruby) / 2);
    }
    return width;
}

TEST(Lines, OfAJapaneseTextWithoutMarksKeepKinsoku) {
    const std::string text =
        "「マイナンバーカード」を、カードリーダーの上にしっかりと置いて（写真を上に）ください。ちょっとお待ちください"
        "。";
    const std::u32string_view never_first = U"、。」）ーっょゃュ";
    const std::u32string_view never_last = U"「（";
    for (int width = 4; width < 40; ++width) {
        std::string all;
        for (const std::string& line : break_lines(text, static_cast<float>(width), by_character)) {
            std::string_view rest = line;
            const char32_t first = take_code_point(rest);
            char32_t last = first;
            while (!rest.empty()) last = take_code_point(rest);
            EXPECT_EQ(never_first.find(first), std::u32string_view::npos) << line;
            EXPECT_EQ(never_last.find(last), std::u32string_view::npos) << line;
            EXPECT_LE(by_character(line), static_cast<float>(std::max(width, 10))) << line;
            all += line;
        }
        EXPECT_EQ(all, text);
    }
}

TEST(Lines, OfALongChineseSentenceFitAndKeepPunctuationWithItsWords) {
    const std::string text =
        "请将您的个人编号卡（My Number "
        "Card）放在读卡器上，并确认照片朝上；如果您不清楚如何操作，请向前台工作人员咨询。";
    const auto lines = break_lines(text, 16, by_character);
    EXPECT_GE(lines.size(), 4U);
    for (const std::string& line : lines) {
        EXPECT_LE(by_character(line), 16) << line;
        for (const std::string_view mark : {"，", "。", "；", "）"}) EXPECT_FALSE(line.starts_with(mark)) << line;
        EXPECT_FALSE(line.ends_with("（")) << line;
        EXPECT_FALSE(line.ends_with("Numb")) << line;
    }
}

TEST(Lines, OfKoreanEndAtItsSpacesOnly) {
    EXPECT_EQ(break_lines("카드를 올려놓으세요", 6, by_character),
              (std::vector<std::string>{"카드를", "올려놓으세요"}));
}

TEST(Lines, OfMarkedTextEndAtItsMarksOnly) {
    EXPECT_EQ(break_lines("受付の|ありがとうございます", 6, by_character),
              (std::vector<std::string>{"受付の", "ありがとうございます"}));
}

TEST(Lines, OfSpacedJapaneseEndAtTheSpacesWhileTheWordsFit) {
    EXPECT_EQ(break_lines("この カードを 取って ください", 9, by_character),
              (std::vector<std::string>{"この カードを", "取って ください"}));
    EXPECT_EQ(break_lines("カードを マイナンバーと いいます", 9, by_character),
              (std::vector<std::string>{"カードを", "マイナンバーと", "いいます"}));
    EXPECT_EQ(break_lines("マイナンバーカードを", 6, by_character).size(), 2U) << "a word that does not fit is parted";
}

TEST(Lines, NeverPartAReadingFromItsBase) {
    const std::string text = "保険証《ほけんしょう》の利用｜登録《とうろく》を｜同意《どう い》しますか";
    for (int width = 3; width < 20; ++width) {
        std::string all;
        for (const std::string& line : break_lines(text, static_cast<float>(width), by_character, k_read)) all += line;
        EXPECT_EQ(without_ruby(all), "保険証の利用登録を同意しますか");
        EXPECT_EQ(ruby_runs(all), ruby_runs(text)) << width;
    }
}

TEST(Lines, KeepAReadingOnItsOwnKanjiWhereAMarkFallsAway) {
    EXPECT_EQ(break_lines("受付|窓口《まどぐち》", 99, by_character, k_read),
              (std::vector<std::string>{"受付｜窓口《まどぐち》"}));
}

TEST(Readings, BelongToTheKanjiBeforeThemOrToWhatTheBarBegins) {
    EXPECT_EQ(ruby_runs("お会計《かいけい》です"),
              (std::vector<RubyRun>{{"お", ""}, {"会計", "かいけい"}, {"です", ""}}));
    EXPECT_EQ(ruby_runs("｜お薬《おくすり》"), (std::vector<RubyRun>{{"お薬", "おくすり"}}));
    EXPECT_EQ(without_ruby("人々《ひとびと》と葛\U000E0100《くず》"), "人々と葛\U000E0100");
    for (const char* letters : {"《法》", "a《b》", "漢字《かんじ", "｜", "漢字《》", "》《", ""}) {
        EXPECT_EQ(without_ruby(letters), letters);
    }
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
