#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "app/ui/ruby.h"
#include "app/ui/text.h"

namespace uketsuke::ui::test {

namespace {

using core::Language;

Text texts() {
    auto text = Text::load(std::string(UKETSUKE_BINARY_DIR) + "/locale");
    EXPECT_TRUE(text) << text.error();
    return text ? *text : Text{};
}

// Staff and whoever gives a demonstration are expected to read every kanji and longer lines.
bool for_patients(std::string_view key) {
    for (const auto* prefix : {"staff.", "tour.", "care.", "idle.note.", "number.", "bar.", "demo."}) {
        if (key.starts_with(prefix)) return false;
    }
    return !(key.starts_with("problem.") && key.ends_with(".staff"));
}

bool is_kanji(char32_t point) {
    return (point >= 0x3400 && point <= 0x9FFF) || point == U'々' || point >= 0x20000;
}

bool is_kana(char32_t point) {
    return point >= 0x3041 && point <= 0x30FF;
}

std::u32string points_of(std::string_view text) {
    std::u32string points;
    while (!text.empty()) points.push_back(take_code_point(text));
    return points;
}

// Whether every kanji has its reading in kana right behind it, and nothing else has one.
bool every_kanji_is_read(const std::u32string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const bool marked = text[i] == U'｜';
        const std::size_t base = marked ? i + 1 : i;
        std::size_t open = base;
        if (marked) {
            open = text.find(U'《', base);
            if (open == std::u32string::npos || open == base) return false;
            if (text.find_first_of(U"| \n", base) < open) return false;
        } else {
            while (open < text.size() && is_kanji(text[open])) ++open;
            if (open == base) {
                if (text[i] == U'《' || text[i] == U'》') return false;
                ++i;
                continue;
            }
        }
        if (open >= text.size() || text[open] != U'《') return false;
        const std::size_t close = text.find(U'》', open);
        if (close == std::u32string::npos || close == open + 1) return false;
        if (!std::all_of(&text[open + 1], &text[close], is_kana)) return false;
        i = close + 1;
    }
    return true;
}

// In columns as a terminal counts them, a place to fill as one digit; break marks and readings take no room.
int columns(std::string_view text) {
    int sum = 0;
    bool place = false;
    for (const char32_t point : points_of(without_ruby(text))) {
        if (point == U'{') place = true;
        if (!place && point != U'|') sum += point >= 0x1100 && !(point >= 0x1E00 && point < 0x2E80) ? 2 : 1;
        if (point == U'}') {
            place = false;
            ++sum;
        }
    }
    return sum;
}

int longest_without_a_break(std::string_view text) {
    int longest = 0;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find_first_of("| \n", from), text.size());
        longest = std::max(longest, columns(text.substr(from, end - from)));
        from = end + 1;
    }
    return longest;
}

bool is_a_button(std::string_view key) {
    constexpr std::array k_buttons{
        "common.stop",           "common.back",       "common.other_way",      "common.call_staff",
        "common.close",          "common.finish",     "choose.face",           "choose.pin",
        "choose.staff",          "consent.agree",     "consent.decline",       "consent.all",
        "consent.one_by_one",    "consent.none",      "consent.detail",        "consent.back",
        "limit.provide",         "limit.not",         "expiry.next",           "keypad.erase",
        "pin_last.use",          "face_failed.retry", "registration.register", "registration.not",
        "summary.confirm",       "summary.change",    "summary.agreed",        "summary.declined",
        "summary.provided",      "summary.limit",     "summary.registered",    "summary.not_provided",
        "consent.operation.name"};
    return std::ranges::find(k_buttons, key) != k_buttons.end();
}

// The most columns that the place on the screen is made for.
int room_for(std::string_view key) {
    if (key.ends_with(".spoken") || key.starts_with("voice.")) return 160;
    if (key.starts_with("rail.") || key == "language.button") return 10;
    if (key.starts_with("steps.")) return 14;
    if (is_a_button(key)) return 28;
    if (key.ends_with(".title")) return 76;
    if ((key.ends_with(".hint") && key.starts_with("choose.")) || key.ends_with(".name")) return 32;
    if (key.ends_with(".detail")) return 340;
    return 150;
}

TEST(Ruby, IsLeftOutWithItsMarks) {
    EXPECT_EQ(without_ruby("顔写真《かおじゃしん》の|ある面《めん》を"), "顔写真の|ある面を");
    EXPECT_EQ(without_ruby("今日｜一日《いちにち》"), "今日一日");
    EXPECT_EQ(without_ruby(""), "");
    EXPECT_EQ(without_ruby("no《kanji》"), "no《kanji》") << "a reading belongs to kanji, or to what a ｜ begins";
    EXPECT_EQ(without_ruby("開《ひら"), "開《ひら") << "never closed";
    EXPECT_EQ(without_ruby("》《》｜"), "》《》｜");
    EXPECT_EQ(without_ruby("a\xE3\x80"), "a\xE3\x80") << "cut in the middle of a character";
}

TEST(Ruby, IsInTheJapaneseWithFuriganaAndNotInTheJapaneseWithout) {
    const Text text = texts();
    EXPECT_EQ(text.get(Language::Japanese, "idle.title"), "マイナンバーカードを|置いてください");
    EXPECT_EQ(text.get(Language::JapaneseFurigana, "idle.title"), "マイナンバーカードを|置《お》いてください");
    for (const auto& [key, message] : text.messages(Language::JapaneseFurigana)) {
        EXPECT_EQ(text.get(Language::Japanese, key), without_ruby(message));
    }
}

TEST(Ruby, ReadsEveryKanjiThatAPatientSees) {
    const Text text = texts();
    for (const Language language : {Language::JapaneseFurigana, Language::EasyJapanese}) {
        for (const auto& [key, message] : text.messages(language)) {
            if (!for_patients(key)) continue;
            EXPECT_TRUE(every_kanji_is_read(points_of(message))) << core::name_of(language) << " " << key;
        }
    }
    EXPECT_FALSE(every_kanji_is_read(U"置いて"));
    EXPECT_FALSE(every_kanji_is_read(U"置|《お》いて")) << "a break between the kanji and the reading";
    EXPECT_FALSE(every_kanji_is_read(U"あ《お》"));
    EXPECT_FALSE(every_kanji_is_read(U"置《》いて"));
    EXPECT_FALSE(every_kanji_is_read(U"置《置》いて"));
    EXPECT_TRUE(every_kanji_is_read(U"一度《いちど》置《お》く｜お札《おふだ》"));
}

TEST(Ruby, IsOnlyInJapanese) {
    const Text text = texts();
    for (const Language language : core::k_languages) {
        const bool japanese = language == Language::JapaneseFurigana || language == Language::EasyJapanese;
        if (japanese) continue;
        for (const auto& [key, message] : text.messages(language)) {
            if (key == "language.furigana_name") continue;
            EXPECT_EQ(without_ruby(message), message) << core::name_of(language) << " " << key;
        }
    }
}

TEST(Sentences, HaveRoomWhereTheyAreShown) {
    const Text text = texts();
    for (const Language language : core::k_languages) {
        for (const auto& [key, message] : text.messages(language)) {
            SCOPED_TRACE(std::string(core::name_of(language)) + " " + key);
            EXPECT_FALSE(message.empty());
            EXPECT_LE(columns(message), room_for(key)) << message;
            if (!for_patients(key)) continue;
            EXPECT_LE(longest_without_a_break(message), 28) << message;
        }
    }
}

// A place where a line may end is of no use beside a space, another one, or the end.
TEST(Sentences, HaveNoStrayBreaks) {
    const Text text = texts();
    for (const Language language : core::k_languages) {
        for (const auto& [key, message] : text.messages(language)) {
            const bool tidy = !message.ends_with('|') && !message.ends_with(' ') && !message.starts_with('|') &&
                              !message.starts_with(' ') && message.find("||") == std::string::npos &&
                              message.find("  ") == std::string::npos && message.find("|\n") == std::string::npos;
            EXPECT_TRUE(tidy) << core::name_of(language) << " " << key << ": " << message;
        }
    }
}

TEST(Sentences, NeverSpeakOfAnError) {
    const Text text = texts();
    for (const Language language : core::k_languages) {
        for (const auto& [key, message] : text.messages(language)) {
            std::string words = " " + without_ruby(message);
            std::erase(words, '|');
            std::ranges::transform(words, words.begin(),
                                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
            for (const auto* word : {" erro", "-erro", "\nerro", "エラー", "错误", "出错", "오류", "에러", "lỗi"}) {
                EXPECT_EQ(words.find(word), std::string::npos)
                    << core::name_of(language) << " " << key << ": " << message;
            }
        }
    }
}

TEST(Sentences, NameTheNumberForStaffInEveryLanguage) {
    const Text text = texts();
    for (const auto& [key, message] : text.messages(Language::English)) {
        const auto at = message.find("E-");
        if (at == std::string::npos) continue;
        const std::string code = message.substr(at, message.find_first_of(":{", at) - at);
        for (const Language language : core::k_languages) {
            EXPECT_NE(text.get(language, key).find(code), std::string_view::npos)
                << core::name_of(language) << " " << key;
        }
    }
}

}  // namespace

}  // namespace uketsuke::ui::test
