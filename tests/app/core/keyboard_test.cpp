#include "app/core/keyboard.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace uketsuke::core {
namespace {

std::uint8_t key_of(Keyboard keyboard, std::string_view text) {
    for (std::uint8_t key = 0; key < 64; ++key) {
        if (key_text(keyboard, key) == text) return key;
    }
    ADD_FAILURE() << "no key " << text;
    return 255;
}

// Types keys one after the other; each is a character.
SecretText typed(Keyboard keyboard, std::string_view keys) {
    SecretText composed;
    while (!keys.empty()) {
        const std::string_view key = first_characters(keys, 1);
        type_kana(composed, keyboard, key_of(keyboard, key));
        keys.remove_prefix(key.size());
    }
    return composed;
}

std::string kana(std::string_view keys) {
    return std::string(typed(Keyboard::Kana, keys).view());
}
std::string romaji(std::string_view keys) {
    return std::string(typed(Keyboard::Romaji, keys).view());
}
std::string settled(std::string_view keys) {
    return std::string(settled_kana(typed(Keyboard::Romaji, keys)).view());
}

TEST(Keyboard, EveryKeyHasItsOwnWordsAndThereAreNoKeysBeyondTheLast) {
    const std::array sizes{k_kana_keys, k_letter_keys, k_letter_keys, k_digit_keys};
    for (std::size_t i = 0; i < k_keyboards; ++i) {
        const auto keyboard = static_cast<Keyboard>(i);
        std::set<std::string_view> seen;
        std::size_t keys = 0;
        for (int key = 0; key < 256; ++key) {
            const auto text = key_text(keyboard, static_cast<std::uint8_t>(key));
            if (text.empty()) continue;
            EXPECT_LT(key, sizes.at(i)) << name_of(keyboard);
            seen.insert(text);
            ++keys;
        }
        EXPECT_EQ(seen.size(), keys) << name_of(keyboard);
    }
}

TEST(Keyboard, KanaKeysStandInColumnsOfFive) {
    EXPECT_EQ(key_text(Keyboard::Kana, 0), "あ");
    EXPECT_EQ(key_text(Keyboard::Kana, 7), "く");
    EXPECT_EQ(key_text(Keyboard::Kana, 36), "");
    EXPECT_EQ(key_text(Keyboard::Kana, 39), "よ");
    EXPECT_EQ(key_text(Keyboard::Kana, 45), "わ");
    EXPECT_EQ(key_text(Keyboard::Kana, k_voiced_key), "゛");
    EXPECT_EQ(key_text(Keyboard::Kana, k_small_key), "小");
    EXPECT_EQ(key_text(Keyboard::Latin, 25), "Z");
    EXPECT_EQ(key_text(Keyboard::Romaji, 26), "ー");
    EXPECT_EQ(key_text(Keyboard::Latin, 26), "-");
    EXPECT_EQ(key_text(Keyboard::Digits, 11), "丁目");
}

TEST(Keyboard, MarksChangeTheLastKanaAndPressingAgainChangesItBack) {
    EXPECT_EQ(kana("か゛"), "が");
    EXPECT_EQ(kana("か゛゛"), "か");
    EXPECT_EQ(kana("は゛"), "ば");
    EXPECT_EQ(kana("は゜"), "ぱ");
    EXPECT_EQ(kana("は゛゜"), "ぱ");
    EXPECT_EQ(kana("は゜゜"), "は");
    EXPECT_EQ(kana("さつ小ほ゜ろ"), "さっぽろ");
    EXPECT_EQ(kana("つ小小"), "つ");
    EXPECT_EQ(kana("つ小゛"), "づ");
    EXPECT_EQ(kana("き小"), "き");
    EXPECT_EQ(kana("きよ小う"), "きょう");
    EXPECT_EQ(kana("う゛"), "ゔ");
    EXPECT_EQ(kana("う小"), "ぅ");
    EXPECT_EQ(kana("しんし゛ゆ小く"), "しんじゅく");
}

TEST(Keyboard, AKeyThatMeansNothingChangesNothing) {
    SecretText composed;
    EXPECT_FALSE(type_kana(composed, Keyboard::Kana, k_voiced_key));
    EXPECT_FALSE(type_kana(composed, Keyboard::Kana, 36));
    EXPECT_FALSE(type_kana(composed, Keyboard::Kana, k_kana_keys));
    EXPECT_FALSE(type_kana(composed, Keyboard::Kana, 255));
    EXPECT_FALSE(type_kana(composed, Keyboard::Romaji, 27));
    EXPECT_FALSE(type_kana(composed, Keyboard::Romaji, 28));
    EXPECT_FALSE(type_kana(composed, Keyboard::Latin, 0));
    EXPECT_FALSE(type_kana(composed, Keyboard::Digits, 3));
    EXPECT_TRUE(composed.empty());
    composed = "な";
    EXPECT_FALSE(type_kana(composed, Keyboard::Kana, k_voiced_key));
    EXPECT_FALSE(type_kana(composed, Keyboard::Kana, k_small_key));
    EXPECT_EQ(composed, "な");
}

TEST(Keyboard, RomajiIsHepburnAndKunrei) {
    EXPECT_EQ(romaji("takahashi"), "たかはし");
    EXPECT_EQ(romaji("takahasi"), "たかはし");
    EXPECT_EQ(romaji("tsuchiya"), "つちや");
    EXPECT_EQ(romaji("tutiya"), "つちや");
    EXPECT_EQ(romaji("fujii"), "ふじい");
    EXPECT_EQ(romaji("huzii"), "ふじい");
    EXPECT_EQ(romaji("shouchuu"), "しょうちゅう");
    EXPECT_EQ(romaji("syoutyuu"), "しょうちゅう");
    EXPECT_EQ(romaji("juujou"), "じゅうじょう");
    EXPECT_EQ(romaji("zyuuzyou"), "じゅうじょう");
    EXPECT_EQ(romaji("jyunko"), "じゅんこ");
    EXPECT_EQ(romaji("korーpo"), "こーぽ");
    EXPECT_EQ(romaji("koーpo"), "こーぽ");
    EXPECT_EQ(romaji("vaiorin"), "ゔぁいおりn");
    EXPECT_EQ(romaji("xtulya"), "っゃ");
    EXPECT_EQ(romaji("wo"), "を");
}

TEST(Keyboard, ADoubledConsonantIsASmallTsu) {
    EXPECT_EQ(romaji("sapporo"), "さっぽろ");
    EXPECT_EQ(romaji("hattori"), "はっとり");
    EXPECT_EQ(romaji("hotchi"), "ほっち");
    EXPECT_EQ(romaji("icchi"), "いっち");
    EXPECT_EQ(romaji("isshou"), "いっしょう");
    EXPECT_EQ(romaji("itt"), "いっt");
    EXPECT_EQ(settled("itt"), "いっ");
}

TEST(Keyboard, AnNBecomesKanaWhereNothingElseCanCome) {
    EXPECT_EQ(romaji("shin"), "しn");
    EXPECT_EQ(settled("shin"), "しん");
    EXPECT_EQ(romaji("shinn"), "しん");
    EXPECT_EQ(romaji("shinjuku"), "しんじゅく");
    EXPECT_EQ(romaji("kenn"), "けん");
    EXPECT_EQ(romaji("kennichi"), "けんいち");
    EXPECT_EQ(romaji("ken ichi"), "けんいち");
    EXPECT_EQ(romaji("konno"), "こんお");
    EXPECT_EQ(romaji("konnno"), "こんの");
    EXPECT_EQ(romaji("kunya"), "くにゃ");
    EXPECT_EQ(romaji("namba"), "なんば");
    EXPECT_EQ(romaji("gumma"), "ぐんま");
}

TEST(Keyboard, LettersThatAreNoKanaStayAtTheEndUntilTheyCanNotBecomeOne) {
    EXPECT_EQ(romaji("ky"), "ky");
    EXPECT_EQ(settled("aky"), "あ");
    EXPECT_EQ(romaji("aks"), "あs");
    EXPECT_EQ(romaji("aksa"), "あさ");
    EXPECT_EQ(romaji("dza"), "ざ");
    SecretText composed = typed(Keyboard::Romaji, "shin");
    EXPECT_TRUE(type_kana(composed, Keyboard::Kana, 0));
    EXPECT_EQ(composed, "しんあ");
    composed = typed(Keyboard::Romaji, "kak");
    EXPECT_TRUE(type_kana(composed, Keyboard::Kana, k_voiced_key));
    EXPECT_EQ(composed, "が");
}

TEST(Keyboard, ACompositionThatIsFullTakesNoMore) {
    SecretText composed;
    for (std::size_t i = 0; i < k_most_composed; ++i) ASSERT_TRUE(type_kana(composed, Keyboard::Kana, 0));
    EXPECT_FALSE(type_kana(composed, Keyboard::Kana, 0));
    EXPECT_FALSE(type_kana(composed, Keyboard::Romaji, 0));
    EXPECT_FALSE(type_kana(composed, Keyboard::Romaji, 10));
    EXPECT_EQ(characters_in(composed.view()), k_most_composed);
    EXPECT_TRUE(type_kana(composed, Keyboard::Kana, k_small_key));
}

TEST(Keyboard, EveryKanaKeyTypesItsKanaAndKatakanaFollows) {
    for (std::uint8_t key = 0; key < k_voiced_key; ++key) {
        SecretText composed;
        // A space is no kana: it takes or divides what was composed.
        const std::string_view face = key_text(Keyboard::Kana, key);
        const std::string_view kana = face == " " ? std::string_view() : face;
        EXPECT_EQ(type_kana(composed, Keyboard::Kana, key), !kana.empty());
        EXPECT_EQ(composed, kana);
    }
    EXPECT_EQ(katakana(SecretText("さとう　はなこ")), "サトウ　ハナコ");
    EXPECT_EQ(katakana(SecretText("ゔぁいおりん")), "ヴァイオリン");
    EXPECT_EQ(katakana(SecretText("ぁんーゎゐゑゖゝ")), "ァンーヮヰヱヶヽ");
    EXPECT_EQ(katakana(SecretText("カナ漢字A1")), "カナ漢字A1");
    EXPECT_EQ(katakana(SecretText("\xE3\x81")), "\xE3\x81");
}

TEST(Keyboard, ACharacterGoesWithWhatBelongsToIt) {
    constexpr std::string_view k_kuzu = "葛\xF3\xA0\x84\x80";  // with a variation selector
    EXPECT_EQ(characters_in("𠮷野家"), 3U);
    EXPECT_EQ(characters_in(std::string(k_kuzu) + "城"), 2U);
    EXPECT_EQ(characters_in("は\xE3\x82\x9A"), 1U);
    EXPECT_EQ(characters_in(""), 0U);
    EXPECT_EQ(characters_in("\xFF\xFEあ"), 3U);
    EXPECT_EQ(first_characters(std::string(k_kuzu) + "城", 1), k_kuzu);
    EXPECT_EQ(first_characters("あい", 0), "");
    EXPECT_EQ(first_characters("あい", 9), "あい");
    SecretText text("城" + std::string(k_kuzu));
    drop_last_character(text);
    EXPECT_EQ(text, "城");
    drop_last_character(text);
    drop_last_character(text);
    EXPECT_TRUE(text.empty());
    text = "か\xE3\x82\x99";
    drop_last_character(text);
    EXPECT_TRUE(text.empty());
}

}  // namespace
}  // namespace uketsuke::core
