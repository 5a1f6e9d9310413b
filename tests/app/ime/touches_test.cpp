#include "tests/app/ime/touches.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "tests/app/ime/fixture.h"

namespace uketsuke::ime {
namespace {

using core::KanaHint;

constexpr int k_goal = 60;  // name and address together

struct Person {
    std::string name_reading;
    std::string name;
    std::string code;
    std::string place;              // of the code
    std::vector<Piece> after_code;  // of the address
    std::vector<Piece> without_code;
};

const std::vector<Person>& persons() {
    static const std::vector<Person> k_persons{
        {"さとうはなこ",
         "佐藤　花子",
         "1250051",
         "東京都葛飾区新宿",
         {{"", "3丁目4-5"}},
         {{"とうきょうとかつしかくしんじゅく", "東京都葛飾区新宿"}, {"", "3丁目4-5"}}},
        {"たかはしけんいちろう",
         "髙橋　健一郎",
         "5300001",
         "大阪府大阪市北区梅田",
         {{"", "1丁目12-7"}, {"こーぽやまだ", "コーポ山田"}, {"", "201"}},
         {{"おおさかふおおさかしきたくうめだ", "大阪府大阪市北区梅田"},
          {"", "1丁目12-7"},
          {"こーぽやまだ", "コーポ山田"},
          {"", "201"}}},
        {"わたなべさくら",
         "渡邉　さくら",
         "0600001",
         "北海道札幌市中央区北一条西",
         {{"", "2丁目"}},
         {{"ほっかいどうさっぽろしちゅうおうくきたいちじょうにし", "北海道札幌市中央区北一条西"}, {"", "2丁目"}}},
    };
    return k_persons;
}

TEST(Touches, KanaAndDigitsAreCountedAsTheyAreTyped) {
    EXPECT_EQ(touches_of_kana("さとう"), 3);
    EXPECT_EQ(touches_of_kana("しんじゅく"), 7);
    EXPECT_EQ(touches_of_kana("さっぽろ"), 6);
    EXPECT_EQ(touches_of_digits("3丁目4-5"), 5);
}

TEST(Touches, ANameAndAnAddressTakeNoMoreThanSixty) {
    const auto file = k_word_lists / "SKK-JISYO.zipcode";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "Debian's skkdic-extra is not installed";
    const auto codes = PostalCodes::load(file);
    ASSERT_TRUE(codes) << codes.error();
    for (const Person& person : persons()) {
        auto& converter = shared_converter();
        const auto name = touches_of(converter, KanaHint::PersonName, {{person.name_reading, person.name}});
        const auto code = touches_of_postal_code(*codes, person.code, person.place);
        const auto rest = touches_of(converter, KanaHint::Place, person.after_code);
        const auto typed = touches_of(converter, KanaHint::Place, person.without_code);
        EXPECT_TRUE(name.found) << person.name;
        EXPECT_TRUE(code.found) << person.place;
        EXPECT_TRUE(rest.found) << person.place;
        EXPECT_TRUE(typed.found) << person.place;
        const int all = name.all() + code.all() + rest.all();
        std::printf(
            "%s: name %d + postal code %d + rest %d = %d touches; address without postal code %d, together %d\n",
            person.name.c_str(), name.all(), code.all(), rest.all(), all, typed.all(), name.all() + typed.all());
        EXPECT_LE(all, k_goal) << person.name;
    }
}

}  // namespace
}  // namespace uketsuke::ime
