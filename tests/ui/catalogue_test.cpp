#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "app/ui/text.h"

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

// The "{n}", "{m}" and "{name}" of a text, sorted.
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

TEST(Catalogues, HaveTheSameKeysInEveryLanguage) {
    const Text text = texts();
    const auto keys_of = [&text](core::Language language) {
        std::set<std::string> keys;
        for (const auto& [key, message] : text.messages(language)) keys.insert(key);
        return keys;
    };
    const std::set<std::string> all = keys_of(core::Language::English);
    EXPECT_GT(all.size(), 250U);
    for (const core::Language language : core::k_languages)
        EXPECT_EQ(keys_of(language), all) << core::name_of(language);
}

TEST(Catalogues, LeaveOnlyKnownPlacesToFill) {
    const Text text = texts();
    const std::set<std::string> known{"{n", "{m", "{name", "{quoted", "{date", "{era", "{year", "{month", "{day"};
    for (const core::Language language : core::k_languages) {
        for (const auto& [key, message] : text.messages(language)) {
            for (const std::string& place : places(message)) EXPECT_TRUE(known.contains(place)) << key << " " << place;
        }
    }
}

TEST(Catalogues, ShowTheKeyWhereATextIsMissing) {
    EXPECT_EQ(texts().get(core::Language::English, "no.such_key"), "no.such_key");
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

}  // namespace

}  // namespace uketsuke::ui::test
