// The document by which the service tells an institution's patients.

#include "net/internal/care_list.h"

#include <gmock/gmock.h>

#include "tests/net/care_support.h"

namespace uketsuke::net::internal {
namespace {

using namespace std::chrono_literals;
using net::testing::fault_of;
using net::testing::institution;
using net::testing::must;
using net::testing::start_second;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

CarePatient somebody() {
    CarePatient patient = testing::somebody_in_care();
    patient.name = "佐藤　<花子>&";
    return patient;
}

std::string written(const std::vector<CarePatient>& patients) {
    return write_care_list(institution, start_second(), patients);
}

Result<std::vector<CarePatient>> read(const std::string& text) {
    return read_care_list(text, institution);
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), instead);
}

TEST(CareList, IsReadAsItWasWritten) {
    CarePatient ended = somebody();
    ended.certificate_sha256 = std::string(64, 'b');
    ended.withdrawn = true;
    ended.by_pin = false;
    for (Consent& consent : ended.consents) consent = {consent.item, false, start_second() + 5h};
    // Where nothing is agreed to, the term ends with its last day.
    ended.consented_until = *parse_jst_date_time("20260131235959");
    CarePatient unnamed = somebody();
    unnamed.name = unnamed.kana = unnamed.birth_date = "";
    EXPECT_THAT(must(read(written({somebody(), ended}))), SizeIs(2));
    const std::vector<CarePatient> all{unnamed, ended};
    EXPECT_EQ(must(read(written(all))), all);
    EXPECT_THAT(must(read(written({}))), IsEmpty());
}

TEST(CareList, LeavesANameEmptyThatIsNotOneForCertain) {
    const std::string text = written({somebody()});
    const auto names = [](const std::string& document) {
        const CarePatient patient = must(read(document)).at(0);
        return std::vector{patient.name, patient.kana, patient.birth_date};
    };
    EXPECT_THAT(names(with(text, "ﾊﾅｺ", "\xFF")), ElementsAre("佐藤　<花子>&", "", "19440514"));
    EXPECT_THAT(names(with(text, "花子", "&#xD800;")), ElementsAre("", "ｻﾄｳ ﾊﾅｺ", "19440514"));
    EXPECT_THAT(names(with(text, "<NameKana>", "<NameKana>x</NameKana><NameKana>")),
                ElementsAre("佐藤　<花子>&", "", "19440514"));
    EXPECT_THAT(names(with(text, "19440514", "昭和19年")), ElementsAre("佐藤　<花子>&", "ｻﾄｳ ﾊﾅｺ", ""));
}

TEST(CareList, LeavesOutAPatientOfWhomAnythingElseIsMissing) {
    const std::string text = written({somebody()});
    for (const std::string name :
         {"BaseReception", "CertificateSha256", "OperationInfoConsFlg", "DiagnosisInfoConsTime",
          "SpecificHealthCheckupsInfoAvailableTime", "Withdrawn", "WithoutPin", "LastVisit"}) {
        EXPECT_THAT(must(read(with(text, "<" + name + ">", "<" + name + ">?"))), IsEmpty()) << name;
        EXPECT_THAT(must(read(with(with(text, "<" + name + ">", "<Other>"), "</" + name + ">", "</Other>"))), IsEmpty())
            << name;
    }
}

TEST(CareList, IsRefusedWhenItIsAnotherInstitutionsOrNone) {
    const std::string text = written({somebody()});
    EXPECT_EQ(fault_of(read_care_list(text, "9999999999")), Fault::BadAnswer);
    for (const std::string& wrong :
         {std::string(), std::string("<html/>"), with(text, "<SegmentOfResult>1", "<SegmentOfResult>9"),
          text.substr(0, text.size() / 2),
          with(with(text, "<ContinuingCareList>", "<Other>"), "</ContinuingCareList>", "</Other>")}) {
        const auto refused = read(wrong);
        EXPECT_EQ(fault_of(refused), Fault::BadAnswer) << wrong;
        EXPECT_THAT(refused.error().where, Not(HasSubstr("佐藤")));
    }
    EXPECT_EQ(fault_of(read(text + std::string(longest_care_list, ' '))), Fault::AnswerTooBig);
}

TEST(CareList, OfTheMostPatientsThatCanBeKeptFitsIntoItsBoundsAndEndsThere) {
    CarePatient patient = somebody();
    patient.name = std::string(90, 'n');
    const std::string text = written(std::vector<CarePatient>(most_listed + 10, patient));
    EXPECT_LT(text.size(), longest_care_list * 2 / 3);
    EXPECT_THAT(must(read(text)), SizeIs(most_listed));
    const std::string end = "</ContinuingCareList>";
    const std::string one = "<ContinuingCarePatient/>";
    EXPECT_THAT(must(read(with(text, end, one + end))), SizeIs(most_listed));
    std::string many;
    for (std::size_t i = 0; i < 41 * most_listed; ++i) many += one;
    EXPECT_EQ(fault_of(read(with(written({}), "<ContinuingCareList/>", "<ContinuingCareList>" + many + end))),
              Fault::BadAnswer)
        << "more elements than any list has";
}

}  // namespace
}  // namespace uketsuke::net::internal
