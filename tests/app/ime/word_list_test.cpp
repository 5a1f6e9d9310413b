#include "app/ime/word_list.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "app/ime/joined.h"
#include "app/ime/own_words.h"
#include "app/ime/tiling.h"
#include "tests/app/ime/fixture.h"

namespace uketsuke::ime {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> found(WordList& list, std::string_view reading) {
    std::vector<std::string> texts;
    for (const auto& word : list.find(reading)) texts.emplace_back(word.text.view());
    return texts;
}

std::vector<std::string> texts_of(const Ways& ways) {
    std::vector<std::string> texts;
    for (const auto& way : ways) texts.emplace_back(way.view());
    return texts;
}

TEST(WordList, WordsOfAReadingComeInTheirOrderWithWhatTheyAre) {
    const Folder folder;
    auto list =
        WordList::load(folder.write("list", ";; remark\nさとう /佐藤;姓/佐東/さとし;名, 誰か/\nあおき /青木/\n"));
    ASSERT_TRUE(list) << list.error();
    EXPECT_THAT(found(*list, "さとう"), ElementsAre("佐藤", "佐東", "さとし"));
    EXPECT_THAT(found(*list, "あおき"), ElementsAre("青木"));
    EXPECT_EQ(list->find("さとう")[0].kind, Word::Kind::Surname);
    EXPECT_EQ(list->find("さとう")[1].kind, Word::Kind::Any);
    EXPECT_EQ(list->find("さとう")[2].kind, Word::Kind::Given);
    EXPECT_TRUE(list->has("あおき"));
    for (const char* reading : {"", "さ", "さとうさ", "か", "abc", "\xFF"}) EXPECT_FALSE(list->has(reading)) << reading;
    EXPECT_EQ(list->broken_lines(), 0U);
}

TEST(WordList, ListsInEucJpAreRead) {
    const Folder folder;
    auto list = WordList::load(folder.write("list", "\xA4\xB5\xA4\xC8\xA4\xA6 /\xBA\xB4\xC6\xA3;\xC0\xAB/\n"));
    ASSERT_TRUE(list) << list.error();
    EXPECT_THAT(found(*list, "さとう"), ElementsAre("佐藤"));
    EXPECT_EQ(list->find("さとう")[0].kind, Word::Kind::Surname);
}

TEST(WordList, BrokenLinesAreLeftOutAndCounted) {
    const Folder folder;
    const std::string good = "さとう /佐藤/\n";
    const std::vector<std::string> broken{
        "さとう",  "さとう ",       "さとう /",          "さとう 佐藤/", "さとう /佐藤",
        " /佐藤/", "あ\xE3 /佐藤/", "さとう /佐\xFF藤/", "さ\x01\x02",   "さとう /佐" + std::string(1, '\0') + "藤/"};
    for (const std::string& bad : broken) {
        auto list = WordList::load(folder.write("list", good + bad + "\n" + "あおき /青木/\n"));
        ASSERT_TRUE(list) << list.error();
        EXPECT_EQ(list->broken_lines(), 1U) << bad;
        EXPECT_THAT(found(*list, "さとう"), ElementsAre("佐藤"));
        EXPECT_THAT(found(*list, "あおき"), ElementsAre("青木"));
    }
    auto list = WordList::load(folder.write("list", good + "あおき /" + std::string(9'000, 'x') + "/\n"));
    ASSERT_TRUE(list);
    EXPECT_EQ(list->broken_lines(), 1U);
}

TEST(WordList, AFileWithoutWordsIsTold) {
    const Folder folder;
    EXPECT_THAT(WordList::load(folder.write("list", "")).error(), HasSubstr("holds no word"));
    EXPECT_THAT(WordList::load(folder.write("list", "GIF89a\n\n")).error(), HasSubstr("holds no word"));
    EXPECT_THAT(WordList::load(folder.path() / "none").error(), HasSubstr("not there"));
    EXPECT_THAT(WordList::load(folder.write("list", std::string((std::size_t{32} << 20U) + 1, 'x'))).error(),
                HasSubstr("32 MiB"));
}

TEST(WordList, BytesByChanceCrashNothing) {
    const Folder folder;
    std::mt19937 chance(3);
    const std::string good = "さとう /佐藤;姓/佐東/\nあおき /青木/\n\xA4\xB5 /\xBA\xB4/\n";
    std::uniform_int_distribution<std::size_t> at(0, good.size() - 1);
    std::uniform_int_distribution<int> byte(0, 255);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes = good;
        for (int i = 0; i < 1 + round % 5; ++i) bytes[at(chance)] = static_cast<char>(byte(chance));
        if (round % 7 == 0) bytes.resize(at(chance));
        auto list = WordList::load(folder.write("list", bytes));
        if (!list) continue;
        for (const char* reading : {"さとう", "あおき", "さ", "あ"}) list->find(reading);
    }
}

TEST(WordList, BrokenLinesOfOurOwnWordsAreLeftOutAndCounted) {
    const Folder folder;
    const auto own =
        OwnWords::load(folder.write("words.txt", "same 高\nsurname さとう 佐藤\n\xFF\nsame 高い 髙\nwhat a b\n"));
    ASSERT_TRUE(own);
    EXPECT_EQ(own->broken_lines(), 4U);
    EXPECT_THAT(texts_of(own->surnames("さとう")), ElementsAre("佐藤"));
    EXPECT_FALSE(OwnWords::load(folder.path() / "none"));
}

TEST(WordList, TheKiosksOwnWordsAreWhole) {
    const auto own = OwnWords::load(own_words());
    ASSERT_TRUE(own) << own.error();
    EXPECT_EQ(own->broken_lines(), 0U);
    EXPECT_THAT(texts_of(own->variants("高崎")), ElementsAre("高﨑", "髙崎", "高嵜", "髙﨑", "髙嵜"));
    EXPECT_THAT(texts_of(own->variants("吉田")), ElementsAre("𠮷田"));
    EXPECT_THAT(own->variants("佐藤"), IsEmpty());
}

TEST(WordList, DebiansListsAreReadQuicklyAndWhole) {
    if (!has_word_lists()) GTEST_SKIP() << "Debian's skkdic-extra is not installed";
    for (const char* name : {"SKK-JISYO.jinmei", "SKK-JISYO.fullname", "SKK-JISYO.geo"}) {
        const auto from = std::chrono::steady_clock::now();
        const long before = memory_of("RssAnon");
        auto list = WordList::load(k_word_lists / name);
        const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
        ASSERT_TRUE(list) << list.error();
        std::printf("%s: %zu readings in %.0f ms, %ld kB\n", name, list->size(), took, memory_of("RssAnon") - before);
        EXPECT_EQ(list->broken_lines(), 0U) << name;
        EXPECT_LT(took, 3'000.0);  // some ten on a quiet machine
    }
}

TEST(Joined, TheLikeliestComeFirstAndNoMoreThanAreWanted) {
    const Ways first{core::SecretText("A"), core::SecretText("B")};
    const Ways second{core::SecretText("1"), core::SecretText("2")};
    EXPECT_THAT(texts_of(best_joined({first, second}, "-", 9)), ElementsAre("A-1", "A-2", "B-1", "B-2"));
    EXPECT_THAT(texts_of(best_joined({first, second}, "", 2)), ElementsAre("A1", "A2"));
    EXPECT_THAT(best_joined({}, "", 9), IsEmpty());
    EXPECT_THAT(best_joined({first, {}}, "", 9), IsEmpty());
}

TEST(Tiling, TheFewestWordsCoverAReading) {
    const auto is_word = [](std::string_view part) {
        return part == "おおさかし" || part == "おおさか" || part == "きたく" || part == "し" || part == "きた";
    };
    std::vector<std::string> parts;
    const std::string_view reading = "おおさかしきたくるる";
    for (const auto& one : tile(reading, is_word)) {
        parts.push_back(std::string(reading.substr(one.from, one.bytes)) + (one.known ? "" : "?"));
    }
    EXPECT_THAT(parts, ElementsAre("おおさかし", "きたく", "るる?"));
    EXPECT_THAT(tile("", is_word), IsEmpty());
}

}  // namespace
}  // namespace uketsuke::ime
