// One list of patients in continuing care for all devices of an institution: what is taken in from the service.

#include <gmock/gmock.h>

#include "tests/net/care_support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::first_visit;
using testing::HomeCards;
using testing::must;
using testing::patient_after;
using ::testing::SizeIs;
using testing::start_second;
using testing::start_time;
using testing::Terminal;
using testing::TestOutbox;

const WallTime t0 = start_time();

const HomeCards& cards() {
    static const HomeCards some(2);
    return some;
}

struct CareMerge : ::testing::Test {
    Terminal terminal;
    TestOutbox box;
    void SetUp() override { box.open(); }

    // As the service tells somebody whom a device received.
    static CarePatient told(int person, std::chrono::seconds later = 0s) {
        CarePatient patient = patient_after(first_visit(cards(), person, start_second() + later));
        patient.name = "佐藤　花子";
        patient.kana = "ｻﾄｳ ﾊﾅｺ";
        patient.birth_date = "19440514";
        return patient;
    }
    // Somebody whom this device received, and whose reception was answered unless it waits.
    CarePatient received(int person, bool waits = false) {
        const Reception reception = first_visit(cards(), person, start_second());
        const auto number = must(box->enqueue(cards().sign(reception, terminal), patient_after(reception), t0));
        if (!waits) {
            CareAnswer answer;
            answer.result = CareResult::Confirmed;
            must(box->care_answered(reception.id, answer));
        }
        return must(box->care_patient(number));
    }
    std::int64_t merge(const std::vector<CarePatient>& known) { return must(box->merge_care(known)); }
    CarePatient only() {
        const auto all = must(box->care());
        EXPECT_THAT(all, SizeIs(1));
        return all.at(0);
    }
};

TEST_F(CareMerge, AddsWhomThisDeviceDoesNotKnowWithoutAnyResult) {
    CarePatient said = told(0);
    said.result = CareResult::Conflict;
    said.latest = make_request_id();
    EXPECT_EQ(merge({said, told(1)}), 2);
    const auto all = must(box->care());
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_NE(all[0].number, all[1].number);
    CarePatient expected = told(0);
    expected.base = said.base;
    expected.number = all[0].number;
    EXPECT_EQ(all[0], expected);
    box.open();
    EXPECT_EQ(must(box->care()), all);
}

TEST_F(CareMerge, WritesNothingWhenItBringsNothingNew) {
    const std::vector<CarePatient> known{told(0), told(1)};
    merge(known);
    const auto before = box->changes();
    EXPECT_EQ(merge(known), 0);
    EXPECT_EQ(merge({}), 0);
    EXPECT_EQ(box->changes(), before);
    EXPECT_THAT(must(box->care()), SizeIs(2)) << "nobody is removed for not being told any more";
}

TEST_F(CareMerge, FillsWhatIsNotKnownHereAndLeavesTheRestAlone) {
    const CarePatient mine = received(0);
    CarePatient said = told(0);
    said.base = make_request_id();
    EXPECT_EQ(merge({said}), 1);
    CarePatient expected = mine;
    expected.name = said.name;
    expected.kana = said.kana;
    expected.birth_date = said.birth_date;
    EXPECT_EQ(only(), expected) << "what was decided at the same moment is the same decision";
    said.name = "佐藤　華子";
    EXPECT_EQ(merge({said}), 0) << "the name that an answer gave stays";
}

TEST_F(CareMerge, TakesWhicheverWasDecidedLater) {
    received(0);
    const CarePatient later = told(0, 2h);
    EXPECT_EQ(merge({later}), 1);
    EXPECT_EQ(only().base, later.base);
    EXPECT_EQ(only().consents, later.consents);
    EXPECT_EQ(only().consented_until, later.consented_until);
    EXPECT_EQ(only().last_visit, later.last_visit);
    EXPECT_EQ(only().result, CareResult::Confirmed) << "what became of this device's own request is its own affair";

    CarePatient ended = later;
    ended.withdrawn = true;
    for (Consent& consent : ended.consents) consent = {consent.item, false, start_second() + 3h};
    EXPECT_EQ(merge({ended}), 1);
    EXPECT_TRUE(only().withdrawn);
    EXPECT_FALSE(consents_stand(only(), start_second() + 3h));

    EXPECT_EQ(merge({later}), 0) << "an older list does not bring consents back";
    EXPECT_TRUE(only().withdrawn);
    EXPECT_EQ(merge({told(0, 4h)}), 1) << "but who was asked anew has agreed anew";
    EXPECT_TRUE(consents_stand(only(), start_second() + 4h));
}

TEST_F(CareMerge, AWithdrawalOfTheSameBaseHoldsThoughTheOtherDevicesClockWasBehind) {
    const CarePatient mine = received(0);
    CarePatient ended = told(0);
    ended.base = mine.base;
    ended.withdrawn = true;
    for (Consent& consent : ended.consents) consent = {consent.item, false, start_second() - 1h};
    EXPECT_EQ(merge({ended}), 1);
    EXPECT_TRUE(only().withdrawn);
    EXPECT_EQ(merge({ended}), 0);
}

TEST_F(CareMerge, WhileARequestWaitsOnlyFillsTheName) {
    const CarePatient mine = received(0, true);
    EXPECT_EQ(merge({told(0, 2h)}), 1);
    EXPECT_EQ(only().name, "佐藤　花子");
    EXPECT_EQ(only().base, mine.base);
    EXPECT_EQ(only().last_visit, mine.last_visit);
    EXPECT_EQ(only().result, CareResult::Waiting);
}

TEST_F(CareMerge, LeavesOutWhoHasNoCardOrNoBaseAndEndsWhereNobodyMoreCanBeKept) {
    CarePatient no_card = told(0);
    no_card.certificate_sha256.clear();
    CarePatient no_base = told(0);
    no_base.base = {};
    EXPECT_EQ(merge({no_card, no_base}), 0);
    std::vector<CarePatient> many;
    for (std::size_t i = 0; i < Outbox::most_patients + 5; ++i) {
        CarePatient one = told(0);
        const std::string number = std::to_string(i);
        one.certificate_sha256 = std::string(64 - number.size(), 'c') + number;
        many.push_back(one);
    }
    EXPECT_EQ(merge(many), static_cast<std::int64_t>(Outbox::most_patients));
    EXPECT_EQ(merge(many), 0);
}

TEST_F(CareMerge, NeedsTheKey) {
    merge({told(0)});
    box.close();
    OutboxOptions options;
    options.access = OutboxAccess::Maintenance;
    const auto blind = must(Outbox::open_without_key(box.path(), options));
    EXPECT_EQ(fault_of(blind->merge_care(std::vector{told(1)})), Fault::BadKey);
}

}  // namespace
}  // namespace uketsuke::net
