// A self-declaration as a value: its bytes, and the question that it asks the service.
#include "net/declaration.h"

#include <gmock/gmock.h>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using testing::declared_form;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;

TEST(Declaration, ComesBackFromItsEncodingUnchanged) {
    const Declaration form = declared_form(200'000);
    EXPECT_EQ(must(decode_declaration(must(encode(form)))), form);
}

TEST(Declaration, OfNothingButANameIsOne) {
    Declaration form;
    form.id = make_request_id();
    form.name = "山田";
    EXPECT_EQ(must(decode_declaration(must(encode(form)))), form);
}

TEST(Declaration, RefusesEveryCutAndEveryTail) {
    std::vector<std::uint8_t> bytes = must(encode(declared_form(40)));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        ASSERT_FALSE(decode_declaration(std::span(bytes).first(length))) << length;
    }
    bytes.push_back(0);
    EXPECT_EQ(fault_of(decode_declaration(bytes)), Fault::BadPayload);
}

TEST(Declaration, OfAnotherVersionIsNotRead) {
    std::vector<std::uint8_t> bytes = must(encode(declared_form(40)));
    for (const std::uint8_t version : {0, 2, 255}) {
        bytes[0] = version;
        EXPECT_EQ(fault_of(decode_declaration(bytes)), Fault::BadPayload);
    }
}

TEST(Declaration, IsRefusedWhereItIsNone) {
    const std::pair<const char*, void (*)(Declaration&)> wrongs[] = {
        {"no id", [](Declaration& f) { f.id = {}; }},
        {"no name", [](Declaration& f) { f.name.clear(); }},
        {"a long text", [](Declaration& f) { f.address.assign(declaration_text_limit + 1, 'a'); }},
        {"no date", [](Declaration& f) { f.birth_date = "19440231"; }},
        {"no UTF-8", [](Declaration& f) { f.name = "\xE4\xBD"; }},
        {"a control character", [](Declaration& f) { f.phone = "03\n1"; }},
        {"no sex", [](Declaration& f) { f.sex = static_cast<DeclaredSex>(3); }},
        {"no insurance", [](Declaration& f) { f.insurance = static_cast<DeclaredInsurance>(6); }},
        {"no ratio", [](Declaration& f) { f.ratio_tenths = 4; }},
        {"a page too large", [](Declaration& f) { f.page.assign(declaration_page_limit + 1, 0); }},
        {"too many strokes",
         [](Declaration& f) {
             f.signature.assign(declaration_strokes_limit + 1, {{1, 1}});
         }},
        {"too many points", [](Declaration& f) { f.signature = {Stroke(declaration_points_limit + 1)}; }},
        {"beside the field",
         [](Declaration& f) {
             f.signature = {{{10'001, 0}}};
         }},
        {"no moment", [](Declaration& f) { f.made_at = std::chrono::sys_seconds::max(); }},
    };
    for (const auto& [name, spoil] : wrongs) {
        Declaration form = declared_form(40);
        spoil(form);
        EXPECT_EQ(fault_of(encode(form)), Fault::BadOptions) << name;
    }
}

TEST(Declaration, AsLargeAsItMayBeIsWithinTheLimitOfItsBytes) {
    Declaration form = declared_form();
    for (std::string* text : {&form.name, &form.name_kana, &form.postal_code, &form.address, &form.phone,
                              &form.insurer_name, &form.office_name}) {
        text->assign(declaration_text_limit, 'a');
    }
    form.signature.assign(declaration_strokes_limit, Stroke(declaration_points_limit / declaration_strokes_limit));
    form.page.assign(declaration_page_limit, 7);
    const auto bytes = must(encode(form));
    EXPECT_LE(bytes.size(), declaration_bytes_limit);
    EXPECT_EQ(must(decode_declaration(bytes)), form);
}

TEST(Declaration, IsEmptyAfterItWasWiped) {
    Declaration form = declared_form();
    wipe(form);
    Declaration empty;
    empty.id = form.id;
    empty.made_at = form.made_at;
    EXPECT_EQ(form, empty);
}

TEST(DeclarationQuery, AsksByWhatWasSaidAndBindsItToItsId) {
    const Declaration form = declared_form();
    const std::string text = must(query_text(form, "1312345670")).value();
    const OqsRequest request = must(read_request(text));
    EXPECT_EQ(request.header.arbitrary_file_identifier, form.id.text());
    EXPECT_EQ(request.arbitrary_identifier, form.id.text());
    EXPECT_EQ(request.header.medical_institution_code, "1312345670");
    EXPECT_EQ(request.birthdate, "19440514");
    ASSERT_EQ(request.other.size(), 1u);
    const OqsElement& person = request.other[0];
    EXPECT_EQ(person.name, "DeclaredPerson");
    EXPECT_EQ(find_element(person.children, "Name")->text, form.name);
    EXPECT_EQ(find_element(person.children, "NameKana")->text, form.name_kana);
    EXPECT_EQ(find_element(person.children, "Sex1")->text, "2");
    EXPECT_EQ(find_element(person.children, "Address")->text, form.address);
    EXPECT_THAT(text, Not(HasSubstr(form.phone)));
}

TEST(DeclarationQuery, IsNotAskedWithoutABirthDate) {
    Declaration form = declared_form();
    form.birth_date.clear();
    EXPECT_FALSE(must(query_text(form, "1312345670")));
}

TEST(DeclarationQuery, IsRefusedForAnInstitutionThatIsNone) {
    EXPECT_EQ(fault_of(query_text(declared_form(), "13123")), Fault::BadOptions);
}

}  // namespace
}  // namespace uketsuke::net
