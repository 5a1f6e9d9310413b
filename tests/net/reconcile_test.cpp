// What was said against what the service knows, row by row.
#include <gmock/gmock.h>

#include <map>

#include "net/declaration.h"
#include "net/internal/ideograph_variants.h"

namespace uketsuke::net {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One field said, the same known; nothing else on either side.
struct Row {
    DeclaredField field;
    const char* said;
    const char* known;
    bool differs;
    const char* why;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << name_of(row.field) << ", " << row.why;
}

Declaration saying(DeclaredField field, const std::string& text) {
    Declaration form;
    switch (field) {
        case DeclaredField::Name:
            form.name = text;
            break;
        case DeclaredField::NameKana:
            form.name_kana = text;
            break;
        case DeclaredField::BirthDate:
            form.birth_date = text;
            break;
        case DeclaredField::Sex:
            form.sex = text == "1" ? DeclaredSex::Male : (text == "2" ? DeclaredSex::Female : DeclaredSex::NotSaid);
            break;
        case DeclaredField::PostalCode:
            form.postal_code = text;
            break;
        case DeclaredField::Address:
            form.address = text;
            break;
        case DeclaredField::Insurance:
            form.insurance = static_cast<DeclaredInsurance>(std::stoi(text));
            break;
        case DeclaredField::InsurerName:
            form.insurer_name = text;
            break;
        case DeclaredField::Ratio:
            form.ratio_tenths = std::stoi(text);
            break;
    }
    return form;
}

OqsAnswer knowing(DeclaredField field, const std::string& text) {
    OqsAnswer answer;
    answer.validity = QualificationValidity::Valid;
    QualificationResult& known = answer.results.emplace_back();
    known.insurer_number = field == DeclaredField::Insurance ? text : "";
    switch (field) {
        case DeclaredField::Name:
            known.name = text;
            break;
        case DeclaredField::NameKana:
            known.name_kana = text;
            break;
        case DeclaredField::BirthDate:
            known.birthdate = text;
            break;
        case DeclaredField::Sex:
            known.sex1 = text;
            break;
        case DeclaredField::PostalCode:
            known.post_number = text;
            break;
        case DeclaredField::Address:
            known.address = text;
            break;
        case DeclaredField::Insurance:
            break;
        case DeclaredField::InsurerName:
            known.insurer_name = text;
            break;
        case DeclaredField::Ratio:
            known.insured_partial_contribution_ratio = text;
            break;
    }
    return answer;
}

class Reconcile : public ::testing::TestWithParam<Row> {};

TEST_P(Reconcile, ComparesOneField) {
    const Row& row = GetParam();
    const OqsAnswer answer = knowing(row.field, row.known);
    const Reconciled found = reconcile(saying(row.field, row.said), &answer);
    if (row.differs) {
        EXPECT_EQ(found.result, Reconciliation::Differs);
        EXPECT_THAT(found.differ, ElementsAre(row.field));
    } else {
        EXPECT_EQ(found.result, Reconciliation::Match);
        EXPECT_THAT(found.differ, IsEmpty());
    }
}

using enum DeclaredField;
constexpr bool same = false, other = true;

INSTANTIATE_TEST_SUITE_P(
    Names, Reconcile,
    ::testing::Values(
        Row{Name, "佐藤　花子", "佐藤　花子", same, "alike"}, Row{Name, "佐藤花子", "佐藤　 花子", same, "blanks"},
        Row{Name, "髙橋　とめ", "高橋　とめ", same, "the ladder-shaped 高"},
        Row{Name, "高﨑　ヨシエ", "髙崎　ヨシエ", same, "two variants"}, Row{Name, "渡辺　正", "渡邉　正", same, "邉"},
        Row{Name, "渡邊　正", "渡邉　正", same, "邊"}, Row{Name, "斎藤", "齋藤", same, "齋"},
        Row{Name, "斉藤", "齊藤", same, "齊"}, Row{Name, "斉藤", "斎藤", same, "斎"},
        Row{Name, "中沢", "中澤", same, "澤"}, Row{Name, "檜山", "桧山", same, "檜 said"},
        Row{Name, "桧山", "檜山", same, "桧 said"}, Row{Name, "神田　祥", "\uFA19田　\uFA1A", same, "old 神 and 祥"},
        Row{Name, "\uFA10本　\uF9DC", "塚本　隆", same, "old 塚 and 隆"},
        Row{Name, "大\uFA10　\uFA12\uFA1B", "大塚　晴福", same, "old 晴 and 福"},
        Row{Name, "猪\uFA26　逸\uFA17", "\uFA16都　\uFA25益", same, "old on either side"},
        Row{Name, "\uFA22星　\uFA1E\uFA1C", "諸星　羽靖", same, "old 諸, 羽 and 靖"},
        Row{Name, "\uFA44野　\uFA4F", "梅野　祐", same, "old 梅 and 祐"}, Row{Name, "籔内", "薮内", same, "籔"},
        Row{Name, "藪内", "籔内", same, "藪"}, Row{Name, "渕上", "淵上", same, "淵"},
        Row{Name, "兒玉", "児玉", same, "兒"}, Row{Name, "佐々木", "佐佐木", same, "々"},
        Row{Name, "斎々", "齊斉", same, "々 of a variant"}, Row{Name, "々木", "佐木", other, "々 of nothing"},
        Row{Name, "佐々木", "佐●木", same, "々 against a circle"}, Row{Name, "一ヶ谷", "一ケ谷", same, "the small ケ"},
        Row{Name, "渡部", "塚部", other, "another ideograph"},
        Row{Name, "辻󠄀　一郎", "辻　一郎", same, "a variation selector"},
        Row{Name, "𠮷川　幸乃", "●川　●乃", same, "black circles"},
        Row{Name, "吉川　幸乃", "𠮷川　幸乃", same, "𠮷 of four bytes"},
        Row{Name, "佐藤　花子", "佐藤●花子", other, "a black circle is one character"},
        Row{Name, "佐藤　花子", "佐藤　●", other, "and not two"},
        Row{Name, "SMITH JOHN", "ＳＭＩＴＨ　ｊｏｈｎ", same, "wide and small letters"},
        Row{Name, "ﾊﾟｸ　ｼﾞﾖﾝ", "パク　ジヨン", same, "narrow kana"},
        Row{Name, "ジョン・スミス", "ジョンスミス", same, "the middle dot"},
        Row{Name, "佐藤　花子", "佐藤　華子", other, "another name"}, Row{Name, "佐藤　花子", "", same, "not known"},
        Row{NameKana, "サトウハナコ", "ｻﾄｳ ﾊﾅｺ", same, "narrow"},
        Row{NameKana, "キムラショウ", "ｷﾑﾗ ｼﾖｳ", same, "small ones"},
        Row{NameKana, "すずきいちろう", "ｽｽﾞｷ ｲﾁﾛｳ", same, "hiragana"},
        Row{NameKana, "ローラパーク", "ﾛﾗ ﾊﾟｸ", same, "long marks"},
        Row{NameKana, "ワタナベ", "ﾜﾀﾅﾍﾞ", same, "voiced in two"},
        Row{NameKana, "ハラダ", "ﾊﾗﾀ", other, "another sound"}, Row{NameKana, "", "ｻﾄｳ ﾊﾅｺ", same, "not said"}));

INSTANTIATE_TEST_SUITE_P(
    Places, Reconcile,
    ::testing::Values(
        Row{Address, "東京都架空区みどり町1-2-3", "東京都架空区みどり町１丁目２番３号", same, "丁目"},
        Row{Address, "架空区みどり町1-2-3", "東京都架空区みどり町１丁目２番３号", same, "no prefecture"},
        Row{Address, "みどり町1の2の3", "東京都架空区みどり町１－２－３", same, "no town, の"},
        Row{Address, "神奈川県仮想市浜辺1-1-2", "神奈川県仮想市浜辺一丁目１番地の２", same, "番地の"},
        Row{Address, "仮想市浜辺三丁目", "仮想市浜辺3-", same, "三丁目 is 3-"},
        Row{Address, "仮想市浜辺二十三番地", "仮想市浜辺23", same, "tens"},
        Row{Address, "東京都架空区みなと町4-5-6-201", "東京都架空区みなと町４丁目５番６号　コーポ架空２０１", same,
            "a room"},
        Row{Address, "東京都架空区みなと町4-5-6", "東京都架空区みなと町４丁目５番６号　コーポ架空２０１", same,
            "no building"},
        Row{Address, "東京都架空区みなと町4-5-6 201号室", "東京都架空区みなと町４丁目５番６号コーポ架空２０１", same,
            "a blank apart"},
        Row{Address, "東京都架空区みなと町4-5-6 301", "東京都架空区みなと町４丁目５番６号　コーポ架空２０１", other,
            "another room"},
        Row{Address, "北海道仮想市南3条西9-1", "北海道仮想市南三条西９丁目１番地", same, "条"},
        Row{Address, "北海道仮想市南3条東9-1", "北海道仮想市南三条西９丁目１番地", other, "the other side"},
        Row{Address, "長野県仮想市山里123-4", "長野県仮想市大字山里１２３番地４", same, "大字"},
        Row{Address, "霞が関1-1", "霞ケ関１丁目１番", same, "が"},
        Row{Address, "三番町5-1", "３番町５番１号", same, "a name with a number"},
        Row{Address, "仮想市三田1-2", "仮想市三田１丁目２番", same, "kanji that count nothing"},
        Row{Address, "新潟県仮想市桜田町12", "新潟県仮想市●田町１２番地", same, "a black circle"},
        Row{Address, "東京都架空区みどり町1-2-4", "東京都架空区みどり町１丁目２番３号", other, "another number"},
        Row{Address, "東京都架空区あおば町1-2-3", "東京都架空区みどり町１丁目２番３号", other, "another town"},
        Row{Address, "千葉県架空区みどり町1-2-3", "東京都架空区みどり町１丁目２番３号", other, "another prefecture"},
        Row{Address, "東京都架空区", "", same, "not known"}, Row{PostalCode, "1000001", "100-0001", same, "a hyphen"},
        Row{PostalCode, "1000001", "１００－０００１", same, "wide"},
        Row{PostalCode, "1000001", "100-0002", other, "another"},
        Row{PostalCode, "1000001", "100", same, "a part is none"}));

INSTANTIATE_TEST_SUITE_P(
    Others, Reconcile,
    ::testing::Values(Row{BirthDate, "19440514", "19440514", same, "alike"},
                      Row{BirthDate, "19440514", "19440515", other, "another day"},
                      Row{BirthDate, "19440514", "昭和19年", same, "a date that is none"},
                      Row{Sex, "2", "2", same, "alike"}, Row{Sex, "1", "2", other, "another"},
                      Row{Sex, "1", "3", same, "not registered"}, Row{Sex, "", "2", same, "not said"},
                      Row{Insurance, "2", "39980011", same, "後期高齢者"},
                      Row{Insurance, "1", "  980012", same, "国保"}, Row{Insurance, "3", "06980016", same, "健保組合"},
                      Row{Insurance, "3", "01980015", same, "協会"}, Row{Insurance, "4", "31980015", same, "共済"},
                      Row{Insurance, "1", "39980011", other, "国保 said"},
                      Row{Insurance, "5", "39980011", same, "don't know"},
                      Row{Insurance, "3", "12990011", same, "no insurance"},
                      Row{InsurerName, "架空電機健保", "架空電機健康保険組合", same, "as people call it"},
                      Row{InsurerName, "協会けんぽ", "架空健康保険協会仮想支部", same, "協会けんぽ"},
                      Row{InsurerName, "仮想市", "仮想市国民健康保険", same, "a part"},
                      Row{InsurerName, "みほん健保", "架空電機健康保険組合", other, "another"},
                      Row{Ratio, "1", "010", same, "one tenth"}, Row{Ratio, "3", "010", other, "three"},
                      Row{Ratio, "3", "", same, "not known"}, Row{Ratio, "0", "030", same, "not said"}));

TEST(IdeographGroups, HoldEachCharacterOnceAndDoNotLeadToOneAnother) {
    std::map<char32_t, int> times;
    char32_t first = 0;
    std::size_t in_group = 0;
    const auto ends = [&] { EXPECT_GE(in_group, 2u) << "one that ends with U+" << std::hex << std::uint32_t{first}; };
    for (const char32_t c : internal::ideograph_groups()) {
        if (c == U' ') {
            ends();
            in_group = 0;
            continue;
        }
        if (in_group++ == 0) first = c;
        EXPECT_EQ(++times[c], 1) << "U+" << std::hex << std::uint32_t{c};
        EXPECT_EQ(internal::one_ideograph(c), first);
        EXPECT_EQ(internal::one_ideograph(internal::one_ideograph(c)), internal::one_ideograph(c));
    }
    ends();
    EXPECT_GT(times.size(), 300u);
    EXPECT_EQ(internal::one_ideograph(U'木'), U'木');
}

OqsAnswer numbered(QualificationValidity validity) {
    OqsAnswer answer = knowing(DeclaredField::Name, "佐藤　花子");
    answer.validity = validity;
    answer.results[0].insurer_number = "39980011";
    answer.results[0].insured_identification_number = "01234567";
    return answer;
}

TEST(ReconcileClaim, IsWithTheNumberThatTheServiceNames) {
    const Declaration form = saying(DeclaredField::Name, "佐藤花子");
    const std::pair<QualificationValidity, ClaimCase> rows[] = {
        {QualificationValidity::Valid, ClaimCase::CurrentNumber},
        {QualificationValidity::ValidUnregistered, ClaimCase::CurrentNumber},
        {QualificationValidity::Invalid, ClaimCase::OldNumber},
        {QualificationValidity::InvalidNewer, ClaimCase::OldNumber}};
    for (const auto& [validity, claim] : rows) {
        const OqsAnswer answer = numbered(validity);
        EXPECT_EQ(reconcile(form, &answer), (Reconciled{Reconciliation::Match, {}, claim}));
    }
}

TEST(ReconcileClaim, IsWithSevensWhereNothingIsKnown) {
    const Declaration form = saying(DeclaredField::Name, "佐藤花子");
    const Reconciled unknown{};
    EXPECT_EQ(reconcile(form, nullptr), unknown);
    for (const auto validity : {QualificationValidity::NotFound, QualificationValidity::Several,
                                QualificationValidity::Missing, QualificationValidity::Unknown}) {
        const OqsAnswer answer = numbered(validity);
        EXPECT_EQ(reconcile(form, &answer), unknown);
    }
    OqsAnswer nobody = numbered(QualificationValidity::Valid);
    nobody.results.clear();
    EXPECT_EQ(reconcile(form, &nobody), unknown);
    OqsAnswer two = numbered(QualificationValidity::Valid);
    two.results.push_back(two.results[0]);
    EXPECT_EQ(reconcile(form, &two).result, Reconciliation::Match) << "the same twice is one";
    two.results[1].insurer_number = "  990014";
    EXPECT_EQ(reconcile(form, &two), unknown);
    OqsAnswer numberless = numbered(QualificationValidity::Valid);
    numberless.results[0].insurer_number.clear();
    EXPECT_EQ(reconcile(form, &numberless), (Reconciled{Reconciliation::Match, {}, ClaimCase::Sevens}));
}

TEST(ReconcileClaim, IsNotMadeWithTheNumberOfSomebodyBornOnAnotherDay) {
    Declaration form = saying(DeclaredField::Name, "佐藤花子");
    form.birth_date = "19440514";
    OqsAnswer answer = numbered(QualificationValidity::Valid);
    answer.results[0].birthdate = "19700101";
    EXPECT_EQ(reconcile(form, &answer),
              (Reconciled{Reconciliation::Differs, {DeclaredField::BirthDate}, ClaimCase::Sevens}));
}

TEST(ReconcileFields, TakeTheNameThatIsGivenBesideTheOther) {
    Declaration form = saying(DeclaredField::Name, "髙﨑　ヨシエ");
    form.name_kana = "コウシ";
    form.ratio_tenths = 2;
    OqsAnswer answer = numbered(QualificationValidity::Valid);
    answer.results[0].name_of_other = "高崎　ヨシエ";
    answer.results[0].name_kana = "ｾｲｼ";
    answer.results[0].name_of_other_kana = "ｺｳｼ";
    answer.results[0].insured_partial_contribution_ratio = "030";
    answer.results[0].elderly_recipient.contribution_ratio = "020";
    EXPECT_EQ(reconcile(form, &answer).result, Reconciliation::Match);
}

TEST(ReconcileFields, AreNamedInTheirOrder) {
    Declaration form = saying(DeclaredField::Name, "佐藤花子");
    form.ratio_tenths = 3;
    form.sex = DeclaredSex::Male;
    OqsAnswer answer = numbered(QualificationValidity::Valid);
    answer.results[0].sex1 = "2";
    answer.results[0].insured_partial_contribution_ratio = "010";
    EXPECT_THAT(reconcile(form, &answer).differ, ElementsAre(DeclaredField::Sex, DeclaredField::Ratio));
}

}  // namespace
}  // namespace uketsuke::net
