#include "app/declaration/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include "tests/app/declaration/forms.h"

namespace uketsuke::declaration {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;

constexpr const char* k_institution = "かもめ内科クリニック";

class DeclarationPage : public testing::Test {
  protected:
    void SetUp() override {
        if (!installed("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
    }
    static Page page(const net::Declaration& form) {
        auto made = page_of(form, {k_institution});
        EXPECT_TRUE(made) << (made ? "" : made.error());
        return made ? std::move(*made) : Page{};
    }
};

// Where the parts stand in the text; std::string::npos for what is missing.
std::vector<std::size_t> places(const std::string& text, const std::vector<std::string>& parts) {
    std::vector<std::size_t> all;
    for (const std::string& part : parts) all.push_back(text.find(part));
    return all;
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

TEST_F(DeclarationPage, EveryValueCanBeReadFromItsTextInTheOrderOfTheForm) {
    const Page made = page(full_form());
    const std::string text = PdfFile(made.pdf).text();
    const auto at = places(
        text, {"被保険者資格申立書", k_institution, "タカサキ ヨシホッケ", "髙﨑 𠮷𩸽", "昭和25年4月1日（1950年）",
               "125-0061", "東京都葛󠄀飾区亀有五丁目３４番１２－４０５号", "090-1234-5678",
               "東京都後期高齢者医療広域連合", "株式会社亀有製作所", "令和8年11月22日", "0f8a2c31"});
    EXPECT_THAT(at, Each(Not(std::string::npos))) << text;
    EXPECT_TRUE(std::is_sorted(at.begin(), at.end())) << text;
    EXPECT_EQ(made.unknown_characters, 0);
}

TEST_F(DeclarationPage, EachValueFollowsItsLabelInTheFile) {
    const std::string text = without_spaces(PdfFile(page(full_form()).pdf).text_as_drawn());
    for (const char* pair :
         {"フリガナタカサキヨシホッケ", "氏名髙﨑𠮷𩸽", "生年月日昭和25年4月1日（1950年）", "性別□男■女",
          "住所〒125-0061東京都葛󠄀飾区", "連絡先（電話）090-1234-5678",
          "種別□国民健康保険■後期高齢者医療□会社などの健康保険□共済組合□分からない",
          "保険者等名称東京都後期高齢者医療広域連合", "事業所名株式会社亀有製作所", "一部負担金の割合□1割■2割□3割",
          "申立日令和8年11月22日（2026年）署名", "受付番号0f8a2c31"}) {
        EXPECT_THAT(text, HasSubstr(pair));
    }
}

TEST_F(DeclarationPage, EveryFontIsEmbedded) {
    std::istringstream lines(PdfFile(page(full_form()).pdf).fonts());
    std::string line;
    std::getline(lines, line);
    const std::size_t column = line.find("emb");
    std::getline(lines, line);
    int fonts = 0;
    for (; std::getline(lines, line); ++fonts) EXPECT_EQ(line.substr(column, 3), "yes") << line;
    EXPECT_GE(fonts, 2);
}

TEST_F(DeclarationPage, TheLongestTextsStayOnTheOnePageAndNothingOfThemIsLost) {
    const net::Declaration form = longest_form();
    const PdfFile file(page(form).pdf);
    EXPECT_THAT(file.info(), HasSubstr("Pages:           1\n"));
    const std::string text = without_spaces(file.text());
    for (const std::string& value :
         {form.name, form.name_kana, form.address, form.phone, form.insurer_name, form.office_name}) {
        EXPECT_THAT(text, HasSubstr(value));
    }
}

TEST_F(DeclarationPage, AFormWithoutANameIsTheEmptyOneToBeWrittenByHand) {
    const PdfFile file(page({}).pdf);
    const std::string text = file.text();
    EXPECT_THAT(file.info(), HasSubstr("Pages:           1\n"));
    EXPECT_THAT(text, HasSubstr("大正・昭和・平成・令和"));
    EXPECT_THAT(text, Not(HasSubstr("■")));
    EXPECT_THAT(text, Not(HasSubstr("1970")));
    EXPECT_THAT(text, Not(HasSubstr("00000000")));
}

TEST_F(DeclarationPage, TheFileSaysNothingOfThePersonBesideThePage) {
    net::Declaration form = full_form();
    form.name = "Yamada";
    const Page made = page(form);
    const std::string bytes(made.pdf.begin(), made.pdf.end());
    EXPECT_THAT(bytes, Not(HasSubstr("Yamada")));
    EXPECT_THAT(PdfFile(made.pdf).info(), Not(HasSubstr("Yamada")));
}

TEST_F(DeclarationPage, TheSameFormGivesTheSameBytes) {
    EXPECT_EQ(page(full_form()).pdf, page(full_form()).pdf);
    net::Declaration later = full_form();
    later.made_at += std::chrono::hours{24};
    EXPECT_NE(page(later).pdf, page(full_form()).pdf);
}

TEST_F(DeclarationPage, ACharacterThatNoFontHasIsCountedAndTheRestIsThere) {
    net::Declaration form = full_form();
    form.name = "山田　\xF3\xB0\x80\x80";  // of a private plane
    const Page made = page(form);
    EXPECT_EQ(made.unknown_characters, 1);
    EXPECT_THAT(PdfFile(made.pdf).text(), HasSubstr("山田"));
}

TEST_F(DeclarationPage, LineEndsTurnsAndBrokenBytesDoNotReachThePage) {
    net::Declaration form = full_form();
    form.name = "山\n田\xE2\x80\xAE　太\xFF郎";
    const std::string text = PdfFile(page(form).pdf).text();
    EXPECT_THAT(text, HasSubstr("山田 太〓郎"));
    EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
}

TEST_F(DeclarationPage, ADayThatIsNoneIsLeftToBeWritten) {
    net::Declaration form = full_form();
    form.birth_date = "19500231";
    EXPECT_THAT(PdfFile(page(form).pdf).text(), HasSubstr("大正・昭和・平成・令和"));
}

}  // namespace
}  // namespace uketsuke::declaration
