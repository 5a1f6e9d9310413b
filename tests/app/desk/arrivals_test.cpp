#include "app/desk/arrivals.h"

#include <gtest/gtest.h>

#include "net/oqs_xml.h"
#include "tests/net/support.h"

namespace uketsuke::desk {
namespace {

using net::testing::must;

class ArrivalsTest : public ::testing::Test {
  protected:
    ArrivalsTest() { m_box.open(); }

    net::RequestId queue() {
        const auto request = net::testing::signed_request();
        must(m_box->enqueue(request, m_now));
        return request.id;
    }

    static net::OqsAnswer answer_for(const net::RequestId& id) {
        net::OqsAnswer answer;
        answer.header.segment_of_result = net::SegmentOfResult::Normal;
        answer.header.arbitrary_file_identifier = id.text();
        answer.processing_status = net::ProcessingResultStatus::Normal;
        answer.validity = net::QualificationValidity::Valid;
        auto result = net::testing::ordinary_result();
        result.name = "山田　太郎";
        answer.results.push_back(result);
        return answer;
    }

    void answer(const net::RequestId& id, const net::OqsAnswer& answer) {
        ASSERT_TRUE(must(m_box->claim(m_now, std::chrono::seconds{60})));
        const std::string document = net::write_answer(answer);
        const std::vector<std::uint8_t> bytes(document.begin(), document.end());
        must(m_box->delivered(id, bytes, m_now, "confirmed"));
    }

    // Of the person of ordinary_result(), as answer_for() names them.
    void declare(const net::RequestId& id, const std::string& address = {}, const std::string& born = "19800101") {
        net::Declaration form;
        form.id = id;
        form.name = "山田　太郎";
        form.birth_date = born;
        form.address = address;
        form.made_at = std::chrono::floor<std::chrono::seconds>(m_now);
        must(m_box->declare(id, must(net::encode(form)), m_now));
    }

    Arrivals arrivals() {
        return Arrivals(*m_box.box, {[this] { return m_now; }, {}, 200});
    }

    net::WallTime m_now = net::testing::start_time();
    net::testing::TestOutbox m_box;
};

TEST_F(ArrivalsTest, WhoWaitsForTheServiceHasNoNameYet) {
    queue();
    const auto today = arrivals().today();
    ASSERT_EQ(today.size(), 1U);
    EXPECT_EQ(today[0].state, ArrivalState::Queued);
    EXPECT_EQ(today[0].masked_name, "");
    EXPECT_EQ(today[0].age, std::nullopt);
}

TEST_F(ArrivalsTest, WhoIsConfirmedHasAMaskedNameAndAnAge) {
    const auto id = queue();
    answer(id, answer_for(id));
    const auto today = arrivals().today();
    ASSERT_EQ(today.size(), 1U);
    EXPECT_EQ(today[0].state, ArrivalState::Confirmed) << net::name_of(today[0].meaning.value());
    EXPECT_EQ(today[0].masked_name, "山○ 太○");
    EXPECT_TRUE(today[0].age.has_value());
}

TEST_F(ArrivalsTest, AnInsuranceThatEndedIsAProblemUntilItIsSetAside) {
    const auto id = queue();
    auto ended = answer_for(id);
    ended.validity = net::QualificationValidity::Invalid;
    answer(id, ended);
    auto list = arrivals();
    EXPECT_EQ(list.today().at(0).state, ArrivalState::Problem);
    must(m_box->mark(id, net::Mark::SetAside, true, m_now));
    EXPECT_EQ(list.today().at(0).state, ArrivalState::SetAside);
}

TEST_F(ArrivalsTest, TheAnswerIsTakenInOnceItComes) {
    const auto id = queue();
    auto list = arrivals();
    EXPECT_EQ(list.today().at(0).state, ArrivalState::Queued);
    answer(id, answer_for(id));
    EXPECT_EQ(list.today().at(0).state, ArrivalState::Confirmed);
    EXPECT_EQ(list.today().at(0).masked_name, "山○ 太○");
}

TEST_F(ArrivalsTest, NewestFirstAndOnlyToday) {
    queue();
    m_now += std::chrono::hours{24};
    const auto second = queue();
    const auto third = queue();
    const auto today = arrivals().today();
    ASSERT_EQ(today.size(), 2U);
    EXPECT_EQ(today[0].summary.id, third);
    EXPECT_EQ(today[1].summary.id, second);
}

TEST_F(ArrivalsTest, WhatNeedsStaffStaysOnTheListHoweverOld) {
    const auto id = queue();
    ASSERT_TRUE(must(m_box->claim(m_now, std::chrono::seconds{60})));
    must(m_box->needs_staff(id, "the service refuses it", {}, m_now));
    m_now += std::chrono::hours{72};
    const auto today = arrivals().today();
    ASSERT_EQ(today.size(), 1U);
    EXPECT_EQ(today[0].state, ArrivalState::Problem);
}

TEST_F(ArrivalsTest, SomebodyElsesAnswerNamesNobody) {
    const auto id = queue();
    auto other = answer_for(id);
    other.header.arbitrary_file_identifier = net::make_request_id().text();
    answer(id, other);
    auto list = arrivals();
    EXPECT_EQ(list.today().at(0).masked_name, "");
    EXPECT_EQ(list.today().at(0).meaning, net::Meaning::OtherRequest);
    EXPECT_EQ(list.person(id).value().result.name, "");
}

TEST_F(ArrivalsTest, APersonIsGivenInFullWhenAskedFor) {
    const auto id = queue();
    answer(id, answer_for(id));
    const auto person = arrivals().person(id);
    ASSERT_TRUE(person);
    EXPECT_EQ(person->result.name, "山田　太郎");
    EXPECT_FALSE(arrivals().person(net::make_request_id()));
}

TEST(AgeOn, CountsWholeYears) {
    EXPECT_EQ(age_on("19500402", "20260401"), 75);
    EXPECT_EQ(age_on("19500401", "20260401"), 76);
    EXPECT_EQ(age_on("20260401", "20260401"), 0);
    EXPECT_EQ(age_on("20260402", "20260401"), std::nullopt);
    EXPECT_EQ(age_on("17000101", "20260401"), std::nullopt);
    EXPECT_EQ(age_on("1950", "20260401"), std::nullopt);
    EXPECT_EQ(age_on("", "20260401"), std::nullopt);
}

TEST_F(ArrivalsTest, WhoFilledInAFormIsNamedByItUntilTheServiceNamesThem) {
    const auto id = queue();
    auto list = arrivals();
    EXPECT_EQ(list.today().at(0).check, std::nullopt);
    declare(id);
    const Arrival arrival = list.today().at(0);
    EXPECT_EQ(arrival.masked_name, "山○ 太○");
    EXPECT_TRUE(arrival.age.has_value());
    ASSERT_TRUE(arrival.check);
    EXPECT_EQ(arrival.check->result, net::Reconciliation::Unknown);
    EXPECT_EQ(arrival.check->claim, net::ClaimCase::Sevens);
}

TEST_F(ArrivalsTest, AFormIsComparedOnceTheServiceAnswers) {
    const auto id = queue();
    declare(id);
    auto list = arrivals();
    EXPECT_EQ(list.today().at(0).check->result, net::Reconciliation::Unknown);
    answer(id, answer_for(id));
    EXPECT_EQ(list.today().at(0).check->result, net::Reconciliation::Match);
    EXPECT_EQ(list.today().at(0).check->claim, net::ClaimCase::CurrentNumber);
}

TEST_F(ArrivalsTest, WhatTheServiceKnowsOtherwiseIsNamed) {
    const auto id = queue();
    declare(id, "北海道札幌市中央区北一条西２丁目９９");
    auto told = answer_for(id);
    told.results[0].address = "沖縄県那覇市泉崎１丁目１";
    answer(id, told);
    const Arrival arrival = arrivals().today().at(0);
    EXPECT_EQ(arrival.check->result, net::Reconciliation::Differs);
    EXPECT_EQ(arrival.check->differ, std::vector{net::DeclaredField::Address});
}

TEST_F(ArrivalsTest, FormsOfAnyDayAreListedUntilTheyAreReconciled) {
    const auto with_form = queue();
    declare(with_form);
    queue();
    auto list = arrivals();
    EXPECT_EQ(list.lists().declarations.size(), 1U);
    m_now += std::chrono::hours{24 * 9};
    EXPECT_TRUE(list.today().empty());
    ASSERT_EQ(list.lists().declarations.size(), 1U);
    EXPECT_EQ(list.lists().declarations[0].summary.id, with_form);
    must(m_box->mark(with_form, net::Mark::Reconciled, true, m_now));
    EXPECT_TRUE(list.lists().declarations.empty());
}

TEST_F(ArrivalsTest, WhatTheServiceSaidOfSomebodyElseIsNotComparedWithTheForm) {
    const auto id = queue();
    declare(id);
    auto other = answer_for(id);
    other.header.arbitrary_file_identifier = net::make_request_id().text();
    answer(id, other);
    const Arrival arrival = arrivals().today().at(0);
    EXPECT_EQ(arrival.meaning, net::Meaning::OtherRequest);
    EXPECT_EQ(arrival.check->result, net::Reconciliation::Unknown);
    EXPECT_EQ(arrival.check->claim, net::ClaimCase::Sevens);
}

TEST_F(ArrivalsTest, AnInsuranceThatEndedConfirmsNobodyHoweverWellTheFormAgrees) {
    const auto id = queue();
    declare(id);
    auto ended = answer_for(id);
    ended.validity = net::QualificationValidity::Invalid;
    answer(id, ended);
    const ArrivalLists lists = arrivals().lists();
    EXPECT_EQ(lists.declarations.at(0).check->result, net::Reconciliation::Match);
    EXPECT_EQ(lists.declared, (DeclaredCounts{0, 0, 1}));
}

TEST_F(ArrivalsTest, FormsAreCountedWhetherTheListHoldsThemOrNot) {
    std::vector<net::RequestId> ids;
    for (int i = 0; i < 4; ++i) {
        ids.push_back(queue());
        declare(ids.back(), "北海道札幌市中央区北一条西２丁目９９");
        m_now += std::chrono::seconds{1};
    }
    answer(ids[0], answer_for(ids[0]));
    auto told = answer_for(ids[1]);
    told.results[0].address = "沖縄県那覇市泉崎１丁目１";
    answer(ids[1], told);
    Arrivals list(*m_box.box, {[this] { return m_now; }, {}, 1});
    const ArrivalLists lists = list.lists();
    ASSERT_EQ(lists.declarations.size(), 1U);
    EXPECT_EQ(lists.declarations[0].summary.id, ids[3]);
    EXPECT_EQ(lists.declared, (DeclaredCounts{2, 1, 2}));
}

TEST_F(ArrivalsTest, AFormIsListedHoweverManyCameAfterIt) {
    const auto with_form = queue();
    declare(with_form);
    for (int i = 0; i < 1'000; ++i) queue();
    const ArrivalLists lists = arrivals().lists();
    ASSERT_EQ(lists.declarations.size(), 1U);
    EXPECT_EQ(lists.declarations[0].summary.id, with_form);
    EXPECT_EQ(lists.declared, (DeclaredCounts{0, 0, 1}));
}

TEST_F(ArrivalsTest, AnotherFormForTheSameReceptionIsComparedAnew) {
    const auto id = queue();
    declare(id);
    answer(id, answer_for(id));
    auto list = arrivals();
    EXPECT_EQ(list.lists().declared, (DeclaredCounts{1, 0, 0}));
    m_now += std::chrono::seconds{1};
    declare(id, "北海道札幌市中央区北一条西２丁目９９", "19800102");
    EXPECT_EQ(list.lists().declared, (DeclaredCounts{0, 0, 1}));
}

}  // namespace
}  // namespace uketsuke::desk
