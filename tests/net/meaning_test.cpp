// Every answer and every failure leads to one row of the table of meanings, and to the right one.
#include "net/meaning.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using testing::ordinary_result;

Expected expected_of(const RequestId& id) {
    Expected expected;
    expected.id = id;
    expected.holder_birthdate = "19800101";
    expected.remarks.today = "20261121";
    return expected;
}

Meaning meaning_of_reply(const Result<Reply>& reply, const RequestId& id) {
    return reply ? judge(*reply, expected_of(id)).meaning : meaning_of(reply.error().fault);
}

std::string element(const std::string& name, const std::string& text) {
    return text.empty() ? "" : "<" + name + ">" + text + "</" + name + ">";
}

// An answer with these codes ("" leaves one out) and one ordinary result.
std::string document(const std::string& segment, const std::string& status, const std::string& validity,
                     const QualificationResult& result = ordinary_result()) {
    OqsAnswer answer;
    answer.results.push_back(result);
    std::string text = write_answer(answer);
    const std::string header = "<MessageHeader/>";
    text.replace(text.find(header), header.size(),
                 "<MessageHeader>" + element("SegmentOfResult", segment) + "</MessageHeader>");
    text.insert(text.find("<ResultList>"),
                element("ProcessingResultStatus", status) + element("QualificationValidity", validity));
    return text;
}

TEST(Meaning, EveryCombinationOfCodesHasItsRow) {
    const std::map<std::string, Meaning> validities{{"", Meaning::Unclear},          {"1", Meaning::Confirmed},
                                                    {"2", Meaning::InsuranceEnded},  {"3", Meaning::InsuranceReplaced},
                                                    {"4", Meaning::NotFound},        {"5", Meaning::SeveralFound},
                                                    {"6", Meaning::ConfirmedRemark}, {"7", Meaning::Unclear},
                                                    {"x", Meaning::Unclear}};
    const RequestId id = make_request_id();
    int tried = 0;
    for (const std::string segment : {"", "1", "2", "9", "7"}) {
        for (const std::string status : {"", "1", "2", "7"}) {
            for (const auto& [validity, decided] : validities) {
                Meaning right = decided;
                if (status == "7" && right == Meaning::Confirmed) right = Meaning::ConfirmedRemark;  // an unknown code
                if (status == "2") right = Meaning::Refused;
                if (segment == "2") right = Meaning::Processing;
                if (segment == "9") right = Meaning::Refused;
                if (segment.empty() || segment == "7") right = Meaning::Unreadable;
                const auto reply = understand_reply({200, "", ""}, document(segment, status, validity), false);
                EXPECT_EQ(name_of(meaning_of_reply(reply, id)), name_of(right))
                    << "segment '" << segment << "' status '" << status << "' validity '" << validity << "'";
                ++tried;
            }
        }
    }
    EXPECT_EQ(tried, 180);
}

Meaning right_for_status(int status, bool asked) {
    if (status == 200) return Meaning::Confirmed;
    if (status == 202) return Meaning::Processing;
    if (status == 404) return asked ? Meaning::NotKnownThere : Meaning::Unreadable;
    if (status == 401 || status == 403 || status == 407) return Meaning::OwnIdentity;
    if (status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599)) return Meaning::Busy;
    return status >= 400 && status <= 499 ? Meaning::Refused : Meaning::Unreadable;
}

TEST(Meaning, EveryHttpStatusHasItsRow) {
    const RequestId id = make_request_id();
    const std::string good = document("1", "1", "1");
    for (int status = 0; status < 1000; ++status) {
        for (const bool asked : {false, true}) {
            const auto reply = understand_reply({status, "", ""}, good, asked);
            ASSERT_EQ(name_of(meaning_of_reply(reply, id)), name_of(right_for_status(status, asked))) << status;
            const auto empty = understand_reply({status, "", ""}, "", asked);
            const Meaning right = status == 200 ? Meaning::Unreadable : right_for_status(status, asked);
            ASSERT_EQ(name_of(meaning_of_reply(empty, id)), name_of(right)) << status << " without a body";
        }
    }
}

TEST(Meaning, EveryFaultHasItsRow) {
    const std::map<Fault, Meaning> outside{{Fault::NameUnknown, Meaning::NameUnknown},
                                           {Fault::Unreachable, Meaning::Unreachable},
                                           {Fault::TlsRefused, Meaning::ServiceUntrusted},
                                           {Fault::OwnIdentity, Meaning::OwnIdentity},
                                           {Fault::Timeout, Meaning::TimedOut},
                                           {Fault::Cancelled, Meaning::Cancelled},
                                           {Fault::BadAnswer, Meaning::Unreadable},
                                           {Fault::AnswerTooBig, Meaning::Unreadable}};
    for (int i = 0; i <= static_cast<int>(Fault::Internal); ++i) {
        const auto fault = static_cast<Fault>(i);
        const auto found = outside.find(fault);
        EXPECT_EQ(meaning_of(fault), found == outside.end() ? Meaning::OwnFault : found->second) << name_of(fault);
    }
}

TEST(Meaning, AnAnswerForAnotherRequestOrAboutAnotherPersonIsNotThisPatients) {
    const RequestId id = make_request_id();
    OqsAnswer answer;
    answer.validity = QualificationValidity::Valid;
    answer.results.push_back(ordinary_result());
    Reply reply;
    reply.kind = ReplyKind::Answered;
    reply.answer = answer;
    EXPECT_EQ(judge(reply, expected_of(id)).meaning, Meaning::Confirmed);
    for (const ReplyKind kind :
         {ReplyKind::Answered, ReplyKind::Processing, ReplyKind::TryLater, ReplyKind::UnknownKey, ReplyKind::Refused}) {
        reply.kind = kind;
        reply.answer->header.arbitrary_file_identifier = make_request_id().text();
        EXPECT_EQ(judge(reply, expected_of(id)).meaning, Meaning::OtherRequest) << name_of(kind);
        reply.answer->header.arbitrary_file_identifier = id.text();
        reply.answer->results[0].birthdate = "19800102";
        EXPECT_EQ(judge(reply, expected_of(id)).meaning, Meaning::OtherPerson) << name_of(kind);
        reply.answer->results[0].birthdate = "19800101";
    }
    Expected unknown = expected_of(id);
    unknown.holder_birthdate.clear();
    reply.kind = ReplyKind::Answered;
    reply.answer->results[0].birthdate = "19800102";
    EXPECT_EQ(judge(reply, unknown).meaning, Meaning::Confirmed) << "a card whose birth date was not read";
}

TEST(Meaning, ABirthDateThatIsNoneIsARemarkAndNotAnotherPerson) {
    const auto judged = [](const std::string& birthdate) {
        Reply reply;
        reply.kind = ReplyKind::Answered;
        reply.answer.emplace();
        reply.answer->validity = QualificationValidity::Valid;
        reply.answer->results.push_back(ordinary_result());
        reply.answer->results[0].birthdate = birthdate;
        return judge(reply, expected_of(make_request_id()));
    };
    EXPECT_EQ(judged("昭和55年").meaning, Meaning::ConfirmedRemark);
    EXPECT_THAT(judged("昭和55年").remarks, ::testing::ElementsAre(Remark::DateUnreadable));
    EXPECT_EQ(judged("").meaning, Meaning::Confirmed);
    EXPECT_EQ(judged("19791231").meaning, Meaning::OtherPerson);
}

TEST(Meaning, NumbersAndNamesAreGivenOnce) {
    std::set<int> numbers;
    std::set<std::string> names;
    for (const MeaningRow& row : meaning_table()) {
        EXPECT_TRUE(numbers.insert(row.number).second) << row.number;
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_GE(row.number, 1);
        EXPECT_LE(row.number, 99) << "two digits, as it is said";
        EXPECT_STRNE(row.staff, "");
        EXPECT_EQ(&row_of(row.meaning), &row);
    }
    EXPECT_EQ(row_of(Meaning::NotFound).number, 13) << "numbers are on paper at the desk: never moved";
    EXPECT_EQ(row_of(Meaning::OwnFault).number, 62);
}

std::string line_of(const MeaningRow& row) {
    const std::string digits = std::to_string(row.number);
    return "| N-" + (digits.size() == 1 ? "0" + digits : digits) + " | " + row.name + " | " + name_of(row.patient) +
           " | " + name_of(row.next) + " | " + row.staff + " |\n";
}

TEST(Meaning, TheReadmeShowsTheTableOfTheCode) {
    const std::string readme = testing::read_file(std::string(UKETSUKE_SOURCE_DIR) + "/net/README.md");
    std::string table = "| number | meaning | the patient reads | next | staff read |\n|---|---|---|---|---|\n";
    for (const MeaningRow& row : meaning_table()) table += line_of(row);
    for (const MeaningRow& row : meaning_table()) {
        ASSERT_NE(readme.find(line_of(row)), std::string::npos)
            << "net/README.md lacks this row; the whole table, to be pasted there:\n"
            << table;
    }
    std::size_t rows = 0;
    for (std::size_t at = readme.find("\n| N-"); at != std::string::npos; at = readme.find("\n| N-", at + 1)) ++rows;
    EXPECT_EQ(rows, meaning_table().size()) << "net/README.md has a row that is not in the code";
}

}  // namespace
}  // namespace uketsuke::net
