#include "app/ime/converter.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "tests/app/ime/fixture.h"

namespace uketsuke::ime {
namespace {

using core::KanaHint;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;

class ConverterTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!has_word_lists()) GTEST_SKIP() << "Debian's skkdic-extra is not installed";
    }
    std::vector<std::string> texts(std::string_view reading, KanaHint hint) {
        return texts_of(shared_converter().convert(reading, hint));
    }
};

TEST_F(ConverterTest, ThereIsOneAtATime) {
    shared_converter();
    const auto second = Converter::open({k_word_lists, own_words()});
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error(), HasSubstr("in use"));
    EXPECT_EQ(texts("さとう", KanaHint::PersonName).front(), "佐藤");
}

TEST_F(ConverterTest, NothingIsMissingOnAMachineThatHasThePackages) {
    EXPECT_THAT(shared_converter().missing(), IsEmpty());
}

TEST_F(ConverterTest, CommonSurnamesComeFirstAndTheirVariantsRightAfter) {
    struct Row {
        const char* reading;
        std::vector<std::string> first;
    };
    const std::vector<Row> rows{
        {"たかはし", {"高橋", "髙橋"}},
        {"わたなべ", {"渡辺", "渡邉", "渡邊", "渡部"}},
        {"さいとう", {"斎藤", "斉藤", "齋藤", "齊藤"}},
        {"さとう", {"佐藤"}},
        {"すずき", {"鈴木"}},
        {"いとう", {"伊藤", "伊東"}},
        {"やまざき", {"山崎", "山﨑"}},
        {"はまだ", {"浜田", "濱田", "濵田"}},
        {"よしだ", {"吉田", "𠮷田"}},
        {"とみた", {"富田", "冨田"}},
        {"なかじま", {"中島", "中嶋"}},
        {"さわだ", {"沢田", "澤田"}},
        {"ひろせ", {"広瀬"}},
        {"さくらい", {"桜井", "櫻井"}},
        {"ながさわ", {"長沢", "長澤"}},
        {"たなべ", {"田辺", "田邉", "田邊"}},
    };
    for (const Row& row : rows) {
        const auto found = texts(row.reading, KanaHint::PersonName);
        ASSERT_GE(found.size(), row.first.size()) << row.reading;
        for (std::size_t i = 0; i < row.first.size(); ++i) EXPECT_EQ(found[i], row.first[i]) << row.reading;
    }
}

TEST_F(ConverterTest, ANameWithTwoSuchCharactersIsFoundInEveryWay) {
    const auto found = texts("たかさき", KanaHint::PersonName);
    for (const char* name : {"高崎", "髙崎", "高﨑", "髙﨑"}) EXPECT_THAT(found, Contains(name));
}

TEST_F(ConverterTest, AWholeNameIsDividedAndTheLikeliestComesFirst) {
    EXPECT_EQ(texts("さとうはなこ", KanaHint::PersonName).front(), "佐藤　花子");
    EXPECT_EQ(texts("すずきいちろう", KanaHint::PersonName).front(), "鈴木　一郎");
    EXPECT_EQ(texts("たかはしけんいちろう", KanaHint::PersonName).front(), "高橋　健一郎");
    for (const auto& [reading, wanted] : std::vector<std::pair<std::string, std::string>>{
             {"たかはしけんいちろう", "髙橋　健一郎"}, {"わたなべさくら", "渡邉　さくら"}}) {
        auto found = texts(reading, KanaHint::PersonName);
        found.resize(6);
        EXPECT_THAT(found, Contains(wanted)) << "on the first page";
    }
}

TEST_F(ConverterTest, AddressesAreFoundWithoutAPostalCode) {
    EXPECT_EQ(texts("しんじゅく", KanaHint::Place).front(), "新宿");
    EXPECT_EQ(texts("とうきょうとかつしかくしんじゅく", KanaHint::Place).front(), "東京都葛飾区新宿");
    EXPECT_EQ(texts("おおさかふおおさかしきたくうめだ", KanaHint::Place).front(), "大阪府大阪市北区梅田");
    EXPECT_EQ(texts("ほっかいどうさっぽろしちゅうおうくきたいちじょうにし", KanaHint::Place).front(),
              "北海道札幌市中央区北一条西");
    EXPECT_EQ(texts("こーぽやまだ", KanaHint::Place).front(), "コーポ山田");
}

TEST_F(ConverterTest, InsurersAreFoundByTheirNames) {
    EXPECT_EQ(texts("ぜんこくけんこうほけんきょうかい", KanaHint::Organisation).front(), "全国健康保険協会");
    EXPECT_EQ(texts("しぶやくこくみんけんこうほけん", KanaHint::Organisation).front(), "渋谷区国民健康保険");
    EXPECT_EQ(texts("こうきこうれいしゃいりょうこういきれんごう", KanaHint::Organisation).front(),
              "後期高齢者医療広域連合");
    EXPECT_EQ(texts("やまだこうぎょう", KanaHint::Organisation).front(), "山田工業");
}

TEST_F(ConverterTest, TheWholeReadingComesBeforeItsBeginningAndEachTextOnce) {
    for (const char* reading : {"さとうはなこ", "とうきょうとかつしかく", "さくら", "やまだせいさくしょ", "ん"}) {
        for (const auto hint : {KanaHint::PersonName, KanaHint::Place, KanaHint::Organisation}) {
            const auto found = shared_converter().convert(reading, hint);
            EXPECT_THAT(found, SizeIs(Le(core::k_most_candidates)));
            const std::size_t length = core::characters_in(reading);
            bool beginning = false;
            std::set<std::string> seen;
            for (const auto& one : found) {
                ASSERT_GE(one.reading, 1);
                ASSERT_LE(one.reading, length);
                if (one.reading < length) beginning = true;
                EXPECT_TRUE(!beginning || one.reading < length) << one.text.view();
                EXPECT_TRUE(seen.emplace(one.text.view()).second) << one.text.view();
            }
            EXPECT_THAT(texts_of(found), Contains(reading)) << "as it was typed";
        }
    }
}

TEST_F(ConverterTest, ABeginningStandsForItsCharacters) {
    bool found = false;
    for (const auto& one : shared_converter().convert("さとうはなこ", KanaHint::PersonName)) {
        if (one.text == "佐藤") {
            found = true;
            EXPECT_EQ(one.reading, 3);
        }
    }
    EXPECT_TRUE(found);
}

TEST_F(ConverterTest, WhatIsNoHiraganaOrTooLongIsNotConverted) {
    const std::string longest(3 * core::k_most_composed, 'x');
    for (const std::string text : {"", "abc", "漢字", "カナ", "さk", "さ\xE3\x81", "\xFF", "さ\n"}) {
        EXPECT_THAT(shared_converter().convert(text, KanaHint::PersonName), IsEmpty());
    }
    std::string kana;
    for (std::size_t i = 0; i < core::k_most_composed; ++i) kana += "か";
    EXPECT_THAT(shared_converter().convert(kana, KanaHint::Place), Not(IsEmpty()));
    EXPECT_THAT(shared_converter().convert(kana + "か", KanaHint::Place), IsEmpty());
}

TEST_F(ConverterTest, TwentyThousandReadingsByChanceAreConverted) {
    std::mt19937 chance(8);
    std::uniform_int_distribution<int> kana(0, core::k_voiced_key - 1);
    std::uniform_int_distribution<int> length(1, 4);
    std::uniform_int_distribution<int> hint(0, 2);
    std::size_t candidates = 0;
    for (int round = 0; round < k_random_readings; ++round) {
        core::SecretText reading;
        // Now and then as long as it may be.
        const int keys = round % 500 == 0 ? static_cast<int>(core::k_most_composed) : length(chance);
        for (int i = 0; i < keys; ++i) {
            core::type_kana(reading, core::Keyboard::Kana, static_cast<std::uint8_t>(kana(chance)));
            if (round % 3 == 0) core::type_kana(reading, core::Keyboard::Kana, core::k_voiced_key);
        }
        const std::size_t typed = core::characters_in(reading.view());
        for (const auto& one : shared_converter().convert(reading.view(), static_cast<KanaHint>(hint(chance)))) {
            ASSERT_FALSE(one.text.empty());
            ASSERT_GE(one.reading, 1);
            ASSERT_LE(one.reading, typed);
            ++candidates;
        }
    }
    RecordProperty("candidates", std::to_string(candidates));
}

TEST_F(ConverterTest, AnAnswerComesWhileTheFingerIsStillUp) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> times;
    for (const char* reading : {"たかはしけんいちろう", "わたなべさくら", "とうきょうとかつしかくしんじゅく",
                                "ぜんこくけんこうほけんきょうかい", "こーぽやまだ"}) {
        for (int i = 0; i < 9; ++i) {
            const auto from = Clock::now();
            shared_converter().convert(reading, static_cast<KanaHint>(i % 3));
            times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - from).count());
        }
    }
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    const double median = times[times.size() / 2];
    RecordProperty("median_ms", std::to_string(median));
    std::printf("median of a conversion: %.1f ms\n", median);
    EXPECT_LT(median, 250.0);  // some ten on a quiet machine
}

}  // namespace
}  // namespace uketsuke::ime
