#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
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

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Text texts() {
    auto text = Text::load(std::string(UKETSUKE_BINARY_DIR) + "/locale");
    EXPECT_TRUE(text) << text.error();
    return text ? *text : Text{};
}

// "word.word" of small letters.
bool like_a_key(std::string_view literal) {
    const auto part = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    bool dot = false;
    bool before = false;
    for (const char c : literal) {
        if (c == '.' && !before) return false;
        if (c != '.' && !part(c)) return false;
        dot = dot || c == '.';
        before = c != '.';
    }
    return dot && before;
}

// What stands between quotation marks on the line.
std::vector<std::string> literals(const std::string& line) {
    std::vector<std::string> found;
    for (auto from = line.find('"'); from != std::string::npos;) {
        const auto to = line.find('"', from + 1);
        if (to == std::string::npos) break;
        found.push_back(line.substr(from + 1, to - from - 1));
        from = line.find('"', to + 1);
    }
    return found;
}

// Every literal in the sources of the screens that is written like a key.
std::set<std::string> keys_in_code() {
    std::set<std::string> keys;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(UKETSUKE_SOURCE_DIR) / "app" / "ui")) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            if (line.starts_with("#include")) continue;
            for (const std::string& literal : literals(line)) {
                if (like_a_key(literal)) keys.insert(literal);
            }
        }
    }
    return keys;
}

// The "{n}" of a text, sorted.
std::multiset<std::string> places(const std::string& text) {
    std::multiset<std::string> found;
    for (auto from = text.find('{'); from != std::string::npos; from = text.find('{', from + 1)) {
        found.insert(text.substr(from, text.find('}', from) - from));
    }
    return found;
}

TEST(Catalogues, HoldEveryKeyOfTheCodeInEveryLanguage) {
    const Text text = texts();
    const std::set<std::string> keys = keys_in_code();
    ASSERT_GT(keys.size(), 100U);
    for (const core::Language language : core::k_languages) {
        for (const std::string& key : keys) {
            EXPECT_TRUE(text.messages(language).contains(key)) << core::name_of(language) << " lacks " << key;
        }
    }
}

TEST(Catalogues, HoldNothingThatTheCodeDoesNotUse) {
    const Text text = texts();
    const std::set<std::string> keys = keys_in_code();
    for (const core::Language language : core::k_languages) {
        for (const auto& [key, message] : text.messages(language)) EXPECT_TRUE(keys.contains(key)) << key;
    }
}

TEST(Catalogues, HaveTheSamePlacesToFillInEveryLanguage) {
    const Text text = texts();
    for (const auto& [key, message] : text.messages(core::Language::Japanese)) {
        for (const core::Language language : core::k_languages) {
            EXPECT_EQ(places(message), places(std::string(text.get(language, key)))) << key;
        }
    }
}

TEST(Catalogues, ShowTheKeyWhereATextIsMissing) {
    EXPECT_EQ(texts().get(core::Language::English, "no.such_key"), "no.such_key");
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

TEST(Catalogue, IsReadInEitherByteOrder) {
    const std::string compiled = contents(fs::path(UKETSUKE_BINARY_DIR) / "locale/en/LC_MESSAGES/uketsuke.mo");
    ASSERT_GT(compiled.size(), 28U);
    const auto little = read_catalogue(compiled);
    ASSERT_TRUE(little);
    // The header and both tables are 32-bit numbers; the strings stay.
    std::string turned = compiled;
    const auto number = [&compiled](std::size_t at) {
        std::uint32_t value = 0;
        compiled.copy(reinterpret_cast<char*>(&value), 4, at);
        return value;
    };
    const std::size_t strings_of = number(8);
    const auto turn = [&turned](std::size_t at) { std::reverse(&turned[at], &turned[at] + 4); };
    for (std::size_t at = 0; at < 28; at += 4) turn(at);
    for (const std::size_t table : {number(12), number(16)}) {
        for (std::size_t i = 0; i < strings_of * 2; ++i) turn(table + i * 4);
    }
    const auto big = read_catalogue(turned);
    ASSERT_TRUE(big);
    EXPECT_EQ(*little, *big);
}

TEST(Catalogue, RefusesEveryTruncationAndSurvivesEveryFlippedByte) {
    const std::string compiled = contents(fs::path(UKETSUKE_BINARY_DIR) / "locale/en/LC_MESSAGES/uketsuke.mo");
    ASSERT_GT(compiled.size(), 28U);
    for (std::size_t length = 0; length + 1 < compiled.size(); length += 7) {
        EXPECT_FALSE(read_catalogue(std::string_view(compiled).substr(0, length))) << length;
    }
    const std::size_t tables = std::min<std::size_t>(compiled.size(), 4096);
    for (std::size_t at = 0; at < tables; ++at) {
        std::string broken = compiled;
        broken[at] = static_cast<char>(~broken[at]);
        static_cast<void>(read_catalogue(broken));
    }
    EXPECT_FALSE(read_catalogue("not a catalogue at all"));
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
