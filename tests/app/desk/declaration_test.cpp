#include "app/desk/declaration.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace uketsuke::desk {
namespace {

std::string form() {
    std::ifstream in(UKETSUKE_SOURCE_DIR "/assets/declaration/form.html");
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string page_of(const Person& person, const std::string& layout) {
    DeclarationFacts facts;
    facts.person = &person;
    facts.day = "20261121";
    return declaration_page(layout, facts);
}

TEST(Declaration, IsEmptyWhenNobodyIsKnown) {
    const std::string page = declaration_page(form(), {});
    EXPECT_NE(page.find("被保険者資格申立書"), std::string::npos);
    EXPECT_EQ(page.find("{{"), std::string::npos);
    EXPECT_NE(page.find("<th scope=\"row\">氏名</th><td></td>"), std::string::npos);
}

TEST(Declaration, HoldsWhatTheServiceSaid) {
    Person person;
    person.result.name = "髙﨑　𠮷子";
    person.result.name_kana = "タカサキ　ヨシコ";
    person.result.birthdate = "19890107";
    person.result.sex1 = "2";
    person.result.address = "東京都千代田区一番町１";
    person.result.insurer_name = "東京都後期高齢者医療広域連合";
    person.result.insured_partial_contribution_ratio = "020";
    const std::string page = page_of(person, form());
    for (const char* words :
         {"髙﨑　𠮷子", "タカサキ　ヨシコ", "1989年1月7日（昭和64年）", "<td>女</td>", "東京都千代田区一番町１",
          "東京都後期高齢者医療広域連合", "<td>2割</td>", "2026年11月21日（令和8年）"}) {
        EXPECT_NE(page.find(words), std::string::npos) << words;
    }
}

TEST(Declaration, TheFirstYearOfAnEraIsNamedSo) {
    Person person;
    person.result.birthdate = "20190501";
    EXPECT_NE(page_of(person, form()).find("（令和元年）"), std::string::npos);
}

TEST(Declaration, ANameThatIsMarkupStaysAName) {
    Person person;
    person.result.name = "<script>alert(1)</script>\"'&{{address}}";
    person.result.address = "secret";
    EXPECT_EQ(page_of(person, "<p>{{name}}</p>"),
              "<p>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;{{address}}</p>");
}

TEST(Declaration, AFormThatIsBrokenOffLosesNothing) {
    EXPECT_EQ(declaration_page("a {{name", {}), "a {{name");
    EXPECT_EQ(declaration_page("a {{nobody}} b", {}), "a  b");
}

}  // namespace
}  // namespace uketsuke::desk
