// Patients in continuing care beside the queue: kept with their requests or not at all, in their order, unreadable
// without the key.

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstring>

#include "tests/net/care_support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::fault_of;
using testing::first_visit;
using ::testing::HasSubstr;
using testing::HomeCards;
using ::testing::IsEmpty;
using testing::must;
using testing::patient_after;
using testing::read_file;
using testing::request_about;
using ::testing::SizeIs;
using testing::start_second;
using testing::start_time;
using testing::Terminal;
using testing::TestOutbox;
using testing::write_file;

const WallTime t0 = start_time();

struct OutboxCare : ::testing::Test {
    static const HomeCards& cards() {
        static const HomeCards some(4);
        return some;
    }
    Terminal terminal;
    TestOutbox box;
    void SetUp() override { box.open(); }

    struct Visited {
        RequestId id;
        std::int64_t number = 0;
    };
    Visited visit(int person, std::chrono::seconds later = 0s) {
        const Reception reception = first_visit(cards(), person, start_second() + later);
        const auto number = must(box->enqueue(cards().sign(reception, terminal), patient_after(reception), t0 + later));
        return {reception.id, number};
    }
    RequestId about(std::int64_t number, Method method, std::chrono::seconds later) {
        CarePatient patient = must(box->care_patient(number));
        const CareRequest asked = request_about(patient, method, start_second() + later);
        if (method == Method::Withdrawal) patient.withdrawn = true;
        patient.last_visit = asked.at;
        must(box->enqueue(must(care_request(asked, terminal.vouch())), patient, t0 + later));
        return asked.id;
    }
    RequestId claimed(WallTime at = t0 + 1h) {
        auto claim = must(box->claim(at, 60s));
        return claim ? claim->request.id : RequestId{};
    }
    void answered(const RequestId& id, const std::string& name) {
        CareAnswer answer;
        answer.result = CareResult::Confirmed;
        answer.meaning = 1;
        answer.name = name;
        answer.kana = name;
        answer.birth_date = "19440514";
        EXPECT_TRUE(must(box->care_answered(id, answer)));
    }
    std::string file() const { return read_file(box.path()) + read_file(box.path().string() + "-wal"); }
};

TEST_F(OutboxCare, KeepsThePatientWithTheRequestAndFindsThemByTheCard) {
    const Visited first = visit(0);
    const Visited other = visit(1);
    EXPECT_NE(first.number, other.number);
    const CarePatient kept = must(box->care_patient(first.number));
    EXPECT_EQ(kept.latest, first.id);
    EXPECT_EQ(kept.base, first.id);
    EXPECT_EQ(kept.result, CareResult::Waiting);
    EXPECT_EQ(kept.consented_until, start_second() + std::chrono::days(90));
    answered(first.id, "サトウ");
    const Visited again = visit(0, 24h);
    EXPECT_EQ(again.number, first.number) << "the same card";
    const CarePatient renewed = must(box->care_patient(first.number));
    EXPECT_EQ(renewed.base, again.id);
    EXPECT_EQ(renewed.name, "サトウ") << "stays until the service says another";
    EXPECT_EQ(renewed.result, CareResult::Waiting);
    EXPECT_THAT(must(box->care()), SizeIs(2));
}

TEST_F(OutboxCare, TheSameRequestAgainChangesNothingOfThePatient) {
    const Reception reception = first_visit(cards(), 0, start_second());
    const SignedRequest request = cards().sign(reception, terminal);
    CarePatient patient = patient_after(reception);
    const auto number = must(box->enqueue(request, patient, t0));
    answered(reception.id, "サトウ");
    patient.withdrawn = true;
    EXPECT_EQ(must(box->enqueue(request, patient, t0)), number);
    EXPECT_FALSE(must(box->care_patient(number)).withdrawn);
    EXPECT_EQ(must(box->care_patient(number)).result, CareResult::Confirmed);
    SignedRequest other = request;
    other.body.push_back(' ');
    EXPECT_EQ(fault_of(box->enqueue(other, patient, t0)), Fault::Conflict);
}

TEST_F(OutboxCare, WithoutThePatientTheRequestIsNotKeptEither) {
    const Reception reception = first_visit(cards(), 0, start_second());
    CarePatient nobody = patient_after(reception);
    nobody.number = 77;
    EXPECT_EQ(fault_of(box->enqueue(cards().sign(reception, terminal), nobody, t0)), Fault::NotFound);
    EXPECT_THAT(must(box->list()), IsEmpty());
    EXPECT_EQ(fault_of(box->care_patient(77)), Fault::NotFound);
}

TEST_F(OutboxCare, ListsByKanaAndKeepsOnlyTheLatestAnswersResult) {
    const Visited first = visit(0);
    const Visited second = visit(1);
    const RequestId later = about(first.number, Method::Reinquiry, 1h);
    answered(first.id, "ワタナベ");
    answered(second.id, "アオキ");
    const auto list = must(box->care());
    ASSERT_THAT(list, SizeIs(2));
    EXPECT_EQ(list[0].name, "アオキ");
    EXPECT_EQ(list[1].name, "ワタナベ") << "an earlier answer says who it is";
    EXPECT_EQ(list[1].result, CareResult::Waiting) << "but not what became of the latest request";
    CareAnswer conflict;
    conflict.result = CareResult::Conflict;
    conflict.conflict = CareConflict::ConsentsExpired;
    conflict.meaning = 31;
    EXPECT_TRUE(must(box->care_answered(later, conflict)));
    EXPECT_EQ(must(box->care_patient(first.number)).conflict, CareConflict::ConsentsExpired);
    EXPECT_EQ(must(box->care_patient(first.number)).birth_date, "19440514");
    EXPECT_FALSE(must(box->care_answered(make_request_id(), conflict)));
}

TEST_F(OutboxCare, AWithdrawalGoesFirstAndTheRestInItsOrder) {
    const Visited first = visit(0);
    const Visited second = visit(1, 1s);
    const RequestId asked = about(first.number, Method::Reinquiry, 2s);
    const RequestId withdrawn = about(second.number, Method::Withdrawal, 3s);
    EXPECT_EQ(claimed(), withdrawn);
    EXPECT_EQ(claimed(), first.id);
    EXPECT_EQ(claimed(), second.id);
    EXPECT_EQ(claimed(), RequestId{}) << "the first visit is still on its way";
    must(box->delivered(first.id, std::vector<std::uint8_t>{'x'}, t0 + 1h));
    EXPECT_EQ(claimed(), asked);
}

TEST_F(OutboxCare, NobodysLaterRequestOvertakesAnEarlierOneThatWasPostponed) {
    const Visited first = visit(0);
    const RequestId asked = about(first.number, Method::Reinquiry, 1s);
    const Visited other = visit(1, 2s);
    EXPECT_EQ(claimed(), first.id);
    must(box->postpone(first.id, t0 + 2h, "busy", Postponed::ByTheService));
    EXPECT_EQ(claimed(), other.id) << "another patient's may";
    EXPECT_EQ(claimed(), RequestId{});
    EXPECT_EQ(must(box->next_time()), t0 + 1h + 60s) << "nothing can be claimed now: the lease's end is next";
    must(box->delivered(other.id, std::vector<std::uint8_t>{'x'}, t0 + 1h));
    EXPECT_EQ(must(box->next_time()), t0 + 2h) << "what is blocked is no reason to look";
    EXPECT_EQ(claimed(t0 + 2h), first.id);
    must(box->delivered(first.id, std::vector<std::uint8_t>{'x'}, t0 + 2h));
    EXPECT_EQ(claimed(t0 + 2h), asked);
}

TEST_F(OutboxCare, WhatOnlyWantedANetworkGoesBeforeThoseBehindIt) {
    const Visited first = visit(0);
    const Visited second = visit(1, 1s);
    const Visited third = visit(2, 2s);
    for (int attempt = 0; attempt < 3; ++attempt) {
        EXPECT_EQ(claimed(), first.id) << "one probe, and it is the oldest";
        must(box->postpone(first.id, t0 + 3h, "no network"));
    }
    EXPECT_EQ(claimed(), first.id);
    EXPECT_EQ(claimed(), second.id);
    EXPECT_EQ(claimed(), third.id);
}

TEST_F(OutboxCare, OneRequestThatIsNeverAnsweredIsPassedAfterSomeAttempts) {
    const Visited first = visit(0);
    const Visited second = visit(1, 1s);
    int probes = 0;
    while (claimed() == first.id && probes < 50) {
        ++probes;
        must(box->postpone(first.id, t0 + 3h, "no answer"));
    }
    EXPECT_GT(probes, 3);
    EXPECT_LT(probes, 20);
    EXPECT_EQ(must(box->show(second.id)).summary.state, RequestState::InFlight);
}

TEST_F(OutboxCare, WhatCouldNotBeSentKeepsItsPlaceHoweverOften) {
    const Visited first = visit(0);
    const Visited second = visit(1, 1s);
    for (int probe = 0; probe < 50; ++probe) {
        EXPECT_EQ(claimed(), first.id);
        must(box->postpone(first.id, t0 + 3h, "no network", Postponed::NoNetwork));
    }
    EXPECT_EQ(claimed(), first.id);
    EXPECT_EQ(claimed(), second.id);
}

TEST_F(OutboxCare, ARequestThatGotThroughMakesDueWhatOnlyWantedANetwork) {
    const Visited first = visit(0);
    const Visited second = visit(1, 1s);
    const Visited third = visit(2, 2s);
    EXPECT_EQ(claimed(), first.id);
    EXPECT_EQ(claimed(), second.id);
    EXPECT_EQ(claimed(), third.id);
    must(box->postpone(first.id, t0 + 3h, "no network", Postponed::NoNetwork));
    must(box->postpone(second.id, t0 + 3h, "no answer"));
    must(box->delivered(third.id, std::vector<std::uint8_t>{'x'}, t0 + 1h));
    EXPECT_EQ(must(box->network_works(t0 + 1h)), 1) << "not what was sent and not answered";
    EXPECT_EQ(must(box->next_time()), t0);
    EXPECT_EQ(must(box->make_all_due(t0 + 1h)), 1);
}

TEST_F(OutboxCare, ConsentsAreNoArrivalNeitherFiledNorTold) {
    OutboxOptions options;
    options.notify = true;
    options.file_answers = true;
    box.open(options);
    const Visited first = visit(0);
    const RequestId renewed = about(first.number, Method::ConsentRenewal, 1s);
    const RequestId withdrawn = about(first.number, Method::Withdrawal, 2s);
    EXPECT_EQ(must(box->counts()).to_notify, 1);
    for (const RequestId& id : {withdrawn, first.id, renewed}) {
        EXPECT_EQ(claimed(), id);
        must(box->delivered(id, std::vector<std::uint8_t>{'x'}, t0 + 1h));
        must(box->settle());
    }
    EXPECT_EQ(must(box->counts()).to_notify, 1);
    EXPECT_EQ(must(box->counts()).to_file, 1);
    EXPECT_EQ(must(box->next_to_file())->id, first.id);
    const auto list = must(box->list());
    EXPECT_FALSE(list[0].received_nobody);
    EXPECT_TRUE(list[1].received_nobody);
    EXPECT_TRUE(list[2].received_nobody);
}

TEST_F(OutboxCare, ARefusedRequestThatStaffSendAgainWaitsAgain) {
    const Visited first = visit(0);
    EXPECT_EQ(claimed(), first.id);
    CareAnswer refused;
    refused.result = CareResult::Conflict;
    refused.conflict = CareConflict::Refused;
    must(box->care_answered(first.id, refused));
    must(box->needs_staff(first.id, "refused", {}, t0));
    must(box->retry(first.id, t0));
    EXPECT_EQ(must(box->care_patient(first.number)).result, CareResult::Waiting);
    EXPECT_EQ(claimed(), first.id);
}

TEST_F(OutboxCare, ForgetsWhoWasNotVisitedAnyMoreButNotWhoWaitsOrConflicts) {
    const Visited waits = visit(0);
    const Visited over = visit(1);
    const Visited conflicts = visit(2);
    const Visited recent = visit(3, 24h);
    for (const RequestId& id : {waits.id, over.id, conflicts.id, recent.id}) EXPECT_EQ(claimed(t0 + 48h), id);
    answered(over.id, "スズキ");
    answered(recent.id, "タナカ");
    CareAnswer conflict;
    conflict.result = CareResult::Conflict;
    must(box->care_answered(conflicts.id, conflict));
    must(box->needs_staff(conflicts.id, "refused", {}, t0));
    for (const RequestId& id : {over.id, recent.id}) must(box->delivered(id, std::vector<std::uint8_t>{'x'}, t0));
    EXPECT_EQ(must(box->end_care(start_second() + 1h)), 1);
    EXPECT_EQ(fault_of(box->care_patient(over.number)), Fault::NotFound);
    for (const Visited& kept : {waits, conflicts, recent}) must(box->care_patient(kept.number));
    EXPECT_FALSE(must(box->care_answered(over.id, conflict))) << "an old request is nobody's then";
    EXPECT_EQ(must(box->end_care(start_second() + 1h)), 0);
    EXPECT_EQ(must(box->end_care(start_second() + 1h, start_second() + 1h)), 1) << "a conflict does not last for ever";
    EXPECT_EQ(fault_of(box->care_patient(conflicts.number)), Fault::NotFound);
    must(box->care_patient(waits.number));
}

TEST_F(OutboxCare, NobodyIsForgottenWhileAnEarlierRequestIsOnItsWay) {
    const Visited first = visit(0);
    const RequestId withdrawal = about(first.number, Method::Withdrawal, 1s);
    EXPECT_EQ(claimed(), withdrawal);
    answered(withdrawal, "サトウ");
    must(box->delivered(withdrawal, std::vector<std::uint8_t>{'x'}, t0 + 1h));
    EXPECT_EQ(must(box->care_patient(first.number)).result, CareResult::Confirmed);
    EXPECT_EQ(must(box->end_care(start_second() + 9h, start_second() + 9h)), 0) << "the first visit is still due";
}

TEST_F(OutboxCare, ARequestWhoseSealIsBrokenIsAConflictOfItsPatient) {
    const Visited first = visit(0);
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(box.path().c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, "UPDATE payloads SET payload = zeroblob(200)", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    EXPECT_EQ(claimed(), RequestId{});
    const CarePatient patient = must(box->care_patient(first.number));
    EXPECT_EQ(patient.result, CareResult::Conflict);
    EXPECT_EQ(patient.conflict, CareConflict::Refused);
    ASSERT_TRUE(patient.trouble);
    EXPECT_EQ(patient.trouble->request, first.id);
}

TEST_F(OutboxCare, AConfirmationThatIsNoLongerKeptIsNoResult) {
    const Visited first = visit(0);
    EXPECT_EQ(claimed(), first.id);
    answered(first.id, "サトウ");
    must(box->delivered(first.id, std::vector<std::uint8_t>{'x'}, t0 + 1h));
    EXPECT_EQ(must(box->care())[0].result, CareResult::Confirmed);
    EXPECT_EQ(must(box->purge(t0 + 48h)), 1);
    EXPECT_EQ(must(box->care())[0].result, CareResult::Nothing);
    EXPECT_EQ(must(box->care_patient(first.number)).name, "サトウ");
}

TEST_F(OutboxCare, NothingOfAPatientCanBeReadFromTheFile) {
    const Visited first = visit(0);
    answered(first.id, "カタカナノナマエ");
    must(box->settle());
    const std::string bytes = file();
    for (const std::string& secret : {std::string("カタカナノナマエ"), std::string("19440514"), cards().digest(0)}) {
        EXPECT_EQ(bytes.find(secret), std::string::npos);
    }
}

TEST_F(OutboxCare, IsThereAfterARestartUnderAnotherKeyAndVerified) {
    const Visited first = visit(0);
    answered(first.id, "サトウ");
    const CarePatient before = must(box->care_patient(first.number));
    SealingKey next = SealingKey::random();
    must(box->change_key(next.share()));
    box.close();
    box.key = std::move(next);
    box.open();
    EXPECT_EQ(must(box->care_patient(first.number)), before);
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(box.path().c_str(), &raw), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(raw, "UPDATE care SET number = number + 1", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    EXPECT_THAT(must(box->verify()).problems, ElementsAre(HasSubstr("seal")));
    EXPECT_THAT(must(box->care()), IsEmpty()) << "a row that was put in another's place is nobody";
}

TEST_F(OutboxCare, ADamagedFileGivesItsPatientsToAFreshOne) {
    std::vector<Visited> visits;
    for (int i = 0; i < 40; ++i) visits.push_back(visit(i % 4, std::chrono::hours(i)));
    answered(visits.back().id, "サトウ");
    const CarePatient before = must(box->care_patient(visits.back().number));
    box.close();
    std::string bytes = read_file(box.path());
    // A page of the payloads, far from the few of the patients.
    const std::size_t page = bytes.size() / 2 / 4096 * 4096;
    std::memset(bytes.data() + page, 0xA5, 4096);
    write_file(box.path(), bytes);
    box.open();
    ASSERT_TRUE(box->damage());
    EXPECT_THAT(must(box->care()), SizeIs(4));
    EXPECT_EQ(must(box->care_patient(before.number)), before);
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
    answered(visits.back().id, "スズキ");
}

TEST_F(OutboxCare, HoldsNoMorePatientsThanItsLimit) {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(box.path().c_str(), &raw), SQLITE_OK);
    const std::string fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                             std::to_string(Outbox::most_patients) + ") INSERT INTO care SELECT i, x'00' FROM n";
    ASSERT_EQ(sqlite3_exec(raw, fill.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    const Reception reception = first_visit(cards(), 0, start_second());
    EXPECT_EQ(must(box->enqueue(cards().sign(reception, terminal), patient_after(reception), t0)), 0);
    ASSERT_THAT(must(box->list()), SizeIs(1)) << "whoever was received stays so";
    EXPECT_EQ(claimed(), reception.id);
    EXPECT_FALSE(must(box->care_answered(reception.id, {})));
}

TEST_F(OutboxCare, WhoseRelationIsOverMakesRoomForANewPatient) {
    const Visited old = visit(0);
    EXPECT_EQ(claimed(), old.id);
    answered(old.id, "サトウ");
    must(box->delivered(old.id, std::vector<std::uint8_t>{'x'}, t0 + 1h));
    must(box->settle());
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(box.path().c_str(), &raw), SQLITE_OK);
    const std::string fill = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                             std::to_string(Outbox::most_patients) + ") INSERT INTO care SELECT i, x'00' FROM n";
    ASSERT_EQ(sqlite3_exec(raw, fill.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    const Reception reception = first_visit(cards(), 1, start_second() + 48h);
    const auto number =
        must(box->enqueue(cards().sign(reception, terminal), patient_after(reception), t0 + 48h, start_second() + 24h));
    EXPECT_GT(number, 0);
    EXPECT_EQ(must(box->care_patient(number)).base, reception.id);
    EXPECT_THAT(must(box->care()), SizeIs(1));
}

}  // namespace
}  // namespace uketsuke::net
