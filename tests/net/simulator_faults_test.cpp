// The faults of the simulated service, at run time and from its page; and who may change them.

#include "net/internal/simulator_faults.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "net/html_text.h"
#include "net/internal/simulated_document.h"
#include "net/internal/simulated_service.h"
#include "net/internal/simulator_page.h"
#include "tests/net/plain_http.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::answer_for;
using testing::card;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;
using testing::plain_http;
using testing::plain_post;
using testing::PlainAnswer;
using testing::RunningSimulator;
using testing::signed_request;
using testing::start_time;

const std::string json_type = "Content-Type: application/json";

struct SimulatorFault : ::testing::Test {
    RunningSimulator service;

    void set(const std::string& json) {
        const PlainAnswer answer = plain_http(service.service(), "/faults", &json, {json_type});
        EXPECT_EQ(answer.status, 204) << answer.body;
    }
    OqsAnswer answer() { return answer_for(service.service(), signed_request()); }
};

TEST_F(SimulatorFault, DuplicateGivesEveryResultTwice) {
    set(R"({"duplicate":true})");
    const OqsAnswer twice = answer();
    ASSERT_EQ(twice.results.size(), 2u);
    EXPECT_EQ(twice.results[0].name, twice.results[1].name);
}

TEST_F(SimulatorFault, OtherRequestSendsTheEarlierAnswerOrAForeignIdentifierWhileThereIsNone) {
    set(R"({"other_request":true})");
    const SignedRequest first = signed_request();
    const OqsAnswer foreign = answer_for(service.service(), first);
    EXPECT_NE(foreign.header.arbitrary_file_identifier, first.id.text());
    EXPECT_NE(foreign.results.at(0).arbitrary_identifier, first.id.text());
    EXPECT_EQ(answer().header.arbitrary_file_identifier, first.id.text()) << "the document of the earlier key";
    set("{}");
    EXPECT_EQ(answer_for(service.service(), first).header.arbitrary_file_identifier, first.id.text())
        << "it was only sent wrongly";
}

TEST_F(SimulatorFault, AnswerAsGivesAnotherPersonsResultsAndKnowsOnlyThoseInTheTable) {
    SimulatedPerson other;
    other.id = "other";
    other.results.resize(1);
    other.results[0].name = "別　人";
    other.results[0].birthdate = "19010101";
    service->add_person(other);
    set(R"({"answer_as":"other"})");
    EXPECT_EQ(answer().results.at(0).birthdate, "19010101");
    SimulatorFaults faults;
    faults.answer_as = "nobody";
    EXPECT_EQ(fault_of(service->set_fault(faults)), Fault::BadOptions);
    EXPECT_EQ(service->fault().answer_as, "other") << "a refused change changes nothing";
}

TEST_F(SimulatorFault, ShiftJisChangesTheEncodingAlone) {
    const SignedRequest request = signed_request();
    const OqsAnswer before = answer_for(service.service(), request);
    set(R"({"shift_jis":true})");
    const PlainAnswer sent = plain_post(service.service(), request);
    EXPECT_THAT(sent.body, HasSubstr("encoding=\"Shift_JIS\""));
    const OqsAnswer after = must(read_answer(sent.body));
    EXPECT_EQ(after.results.at(0).name, before.results.at(0).name);
    EXPECT_EQ(after.results.at(0).name_kana, before.results.at(0).name_kana);
}

TEST_F(SimulatorFault, BlackCirclesReplaceEveryNthCharacterOfNameAndAddress) {
    set(R"({"black_circles":2})");
    EXPECT_EQ(answer().results.at(0).name, "練●　受●");
    EXPECT_EQ(internal::with_black_circles("ab 𠮷野　c", 3), "ab ●野　c");
    EXPECT_EQ(internal::with_black_circles("\xE3\x81", 1), "●") << "a cut character does not run over the end";
}

TEST_F(SimulatorFault, ExpiredEndsTheInsuredCardOrTheQualificationYesterday) {
    set(R"({"expired":"card"})");
    OqsAnswer ended = answer();
    EXPECT_EQ(ended.validity, QualificationValidity::Valid);
    EXPECT_EQ(ended.results.at(0).insured_card_expiration_date, "20251008");
    set(R"({"expired":"qualification"})");
    ended = answer();
    EXPECT_EQ(ended.validity, QualificationValidity::Invalid);
    EXPECT_EQ(ended.results.at(0).disqualification_date, "20251008");
}

TEST_F(SimulatorFault, ClockMovesTheDateHeaderAndTheProcessExecutionTime) {
    const PlainAnswer right = plain_post(service.service(), signed_request());
    EXPECT_EQ(right.header("Date"), "Thu, 09 Oct 2025 08:53:20 GMT");
    set(R"({"clock":3600})");
    const PlainAnswer ahead = plain_post(service.service(), signed_request());
    EXPECT_EQ(ahead.header("Date"), "Thu, 09 Oct 2025 09:53:20 GMT");
    EXPECT_EQ(must(read_answer(ahead.body)).header.process_execution_time, "20251009185320");
    set(R"({"clock":-3600})");
    EXPECT_EQ(must(read_answer(plain_post(service.service(), signed_request()).body)).header.error_code, "SIM-E0009")
        << "for a service that is behind, the kiosk is ahead";
}

TEST_F(SimulatorFault, RetryAfterIsSecondsOrADateByTheServicesClock) {
    set(R"({"status":503,"retry_after":120})");
    PlainAnswer busy = plain_post(service.service(), signed_request());
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(busy.header("Retry-After"), "120");
    set(R"({"status":429,"retry_after":120,"retry_after_as_date":true})");
    busy = plain_post(service.service(), signed_request());
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(busy.header("Retry-After"), "Thu, 09 Oct 2025 08:55:20 GMT");
    set(R"({"processing":1,"retry_after":7})");
    busy = plain_post(service.service(), signed_request());
    EXPECT_EQ(busy.status, 202);
    EXPECT_EQ(busy.header("Retry-After"), "7");
}

TEST_F(SimulatorFault, ReachesQueriesAndRegistrationsToo) {
    set(R"({"status":500})");
    EXPECT_EQ(must(service.client()->query(make_request_id(), "<x/>")).kind, ReplyKind::TryLater);
    EXPECT_EQ(plain_http(service.service(), "/registrations/" + std::string(64, 'a')).status, 500);
}

TEST(SimulatorFaults, ComeBackFromTheirJsonUnchanged) {
    SimulatorFaults faults;
    faults.down = faults.retry_after_as_date = faults.duplicate = faults.other_request = faults.shift_jis = true;
    faults.slow = 12ms;
    faults.flaky = 0.25;
    faults.processing = -1;
    faults.error = "E";
    faults.cut = Cut::Half;
    faults.status = 429;
    faults.retry_after = 9s;
    faults.answer_as = "sato";
    faults.black_circles = 3;
    faults.expired = Expired::Card;
    faults.clock = -90s;
    EXPECT_EQ(must(internal::faults_from_json(faults_json(faults))), faults);
    EXPECT_EQ(must(internal::faults_from_json("{}")), SimulatorFaults{});
}

TEST(SimulatorFaults, NameTheKeyThatIsUnknownOrOutOfItsRange) {
    const std::pair<const char*, const char*> table[] = {{R"({"downn":true})", "unknown key downn"},
                                                         {R"({"black_circles":-1})", "black_circles"},
                                                         {R"({"black_circles":1.5})", "black_circles"},
                                                         {R"({"expired":"today"})", "expired"},
                                                         {R"({"clock":99999999999999999999})", "clock"},
                                                         {R"({"clock":34560001})", "clock"},
                                                         {R"({"shift_jis":1})", "shift_jis"},
                                                         {R"({"answer_as":3})", "answer_as"},
                                                         {R"([1])", "not a JSON object"},
                                                         {"{", "not JSON"}};
    for (const auto& [json, words] : table) {
        const auto faults = internal::faults_from_json(json);
        ASSERT_FALSE(faults) << json;
        EXPECT_THAT(faults.error().where, HasSubstr(words)) << json;
    }
}

TEST(SimulatorFaults, ComeFromTheFieldsOfAForm) {
    const SimulatorFaults faults = must(internal::faults_from_form(
        {{"down", "on"}, {"slow_ms", ""}, {"flaky", "0.5"}, {"processing", "-1"}, {"cut", "half"}, {"error", "E7"}}));
    EXPECT_TRUE(faults.down);
    EXPECT_EQ(faults.flaky, 0.5);
    EXPECT_EQ(faults.processing, -1);
    EXPECT_EQ(faults.cut, Cut::Half);
    EXPECT_EQ(faults.error, "E7");
    EXPECT_EQ(fault_of(internal::faults_from_form({{"slow_ms", "soon"}})), Fault::BadOptions);
    EXPECT_EQ(fault_of(internal::faults_from_form({{"slwo_ms", "1"}})), Fault::BadOptions);
}

TEST(SimulatorPage, ChangesTheFaultsFromItsOwnFormAndFromNoOtherPage) {
    RunningSimulator service;
    const std::string own = "Origin: " + service->url();
    const std::string form = "down=on&answer_as=&black_circles=3";
    EXPECT_EQ(plain_http(service.service(), "/faults", &form, {"Origin: https://elsewhere.example"}).status, 403);
    EXPECT_EQ(plain_http(service.service(), "/faults", &form, {"Origin: null"}).status, 403);
    EXPECT_EQ(plain_http(service.service(), "/faults", &form, {"Sec-Fetch-Site: cross-site"}).status, 403);
    EXPECT_EQ(plain_http(service.service(), "/faults", &form, {own, "Sec-Fetch-Site: same-site"}).status, 403);
    const std::string json = R"({"down":true})";
    EXPECT_EQ(plain_http(service.service(), "/faults", &json, {json_type, "Origin: https://elsewhere.example"}).status,
              403);
    EXPECT_EQ(plain_http(service.service(), "/faults", &json, {"Content-Type: text/plain"}).status, 415);
    EXPECT_EQ(service->fault(), SimulatorFaults{});
    const PlainAnswer changed = plain_http(service.service(), "/faults", &form, {own, "Sec-Fetch-Site: same-origin"});
    EXPECT_EQ(changed.status, 303);
    EXPECT_EQ(changed.header("Location"), "/");
    EXPECT_TRUE(service->fault().down);
    EXPECT_EQ(service->fault().black_circles, 3);
    const std::string none;
    EXPECT_EQ(plain_http(service.service(), "/faults", &none, {own}).status, 303) << "the button that clears all";
    EXPECT_EQ(service->fault(), SimulatorFaults{});
    EXPECT_EQ(plain_http(service.service(), "/faults", &json, {json_type, own}).status, 204);
    const std::string long_text(9000, ' ');
    EXPECT_EQ(plain_http(service.service(), "/faults", &long_text, {json_type}).status, 413);
}

TEST(SimulatorPage, ShowsReceptionsRefusalsFaultsAndPeopleAndFetchesNothing) {
    RunningSimulator service;
    SimulatedPerson person;
    person.id = "hanako";
    person.serial = card().serial();
    person.results.resize(1);
    person.results[0].name = "佐藤<b>花子";
    service->add_person(person);
    const SignedRequest taken = signed_request();
    plain_post(service.service(), taken);
    SignedRequest forged = signed_request();
    forged.signature[0] ^= 1;
    plain_post(service.service(), forged);
    SimulatorFaults faults;
    faults.black_circles = 4;
    must(service->set_fault(faults));
    const PlainAnswer page = plain_http(service.service(), "/");
    EXPECT_THAT(page.body, HasSubstr(taken.id.text()));
    EXPECT_THAT(page.body, HasSubstr("hanako 佐藤&lt;b&gt;花子"));
    EXPECT_THAT(page.body, HasSubstr("暗証番号 PIN"));
    EXPECT_THAT(page.body, HasSubstr("2025-10-09 17:53:14")) << "when the patient agreed";
    EXPECT_THAT(page.body, HasSubstr("SIM-E0002"));
    EXPECT_THAT(page.body, HasSubstr(forged.id.text()));
    EXPECT_THAT(page.body, HasSubstr("name=\"black_circles\" inputmode=\"decimal\" size=\"8\" value=\"4\""));
    EXPECT_THAT(page.body, HasSubstr("<option>hanako</option>"));
    EXPECT_THAT(page.body, Not(HasSubstr("http")));
    EXPECT_THAT(page.body, Not(HasSubstr("<script")));
    EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
}

TEST(SimulatorPage, EscapesWhateverCameFromOutside) {
    internal::PageParts parts;
    const std::string evil = "\"'><script>&\x01";
    parts.refused.push_back({evil, evil, evil, {}});
    parts.people.resize(1);
    parts.people[0].id = parts.people[0].label = parts.people[0].serial = evil;
    parts.receptions.resize(1);
    parts.receptions[0].key = parts.receptions[0].person = parts.receptions[0].institution = evil;
    parts.faults.error = parts.faults.answer_as = evil;
    const std::string page = internal::page_of(parts);
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("\"'>")));
    EXPECT_EQ(escaped(evil), "&quot;&#39;&gt;&lt;script&gt;&amp;\xEF\xBF\xBD");
}

TEST(SimulatedDays, FollowTheServicesClock) {
    const auto now = std::chrono::floor<std::chrono::seconds>(start_time());
    EXPECT_EQ(internal::day_of("today", now), "20251009");
    EXPECT_EQ(internal::day_of("today-9", now), "20250930");
    EXPECT_EQ(internal::day_of("today+23", now), "20251101");
    for (const char* other : {"", "20200101", "today-", "today+x", "today-99999999999", "today 1", "tod"}) {
        EXPECT_EQ(internal::day_of(other, now), other);
    }
}

TEST(HttpDate, IsSpelledAsRfc9110Says) {
    EXPECT_EQ(internal::http_date(std::chrono::sys_seconds(784111777s)), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace uketsuke::net
