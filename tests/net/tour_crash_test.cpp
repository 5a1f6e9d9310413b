// kill -9 around an offline tour of 40 patients: first visits, visits without the card, renewals and withdrawals. What
// was acknowledged is there, and one drain sends it all in its order.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <random>
#include <set>

#include "tests/net/care_support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::first_visit;
using testing::HomeCards;
using ::testing::IsEmpty;
using testing::must;
using testing::patient_after;
using testing::request_about;
using testing::RunningSimulator;
using testing::start_second;
using testing::start_time;
using testing::Terminal;
using testing::TestOutbox;

constexpr int persons = 40;
constexpr int kills_wanted = 200;
constexpr int steps_a_life = 2;  // so that a tour has many lives
constexpr std::chrono::days tour_ends{5};

struct Step {
    int person = 0;
    SignedRequest request;
    CarePatient patient;  // as they stand after it; number 0: found by the card
    WallTime at{};
};

bool withdraws(int person) {
    return person % 8 == 3;
}

// First visits; the next day visits without the card, then renewals, then visits that rest on those; withdrawals last.
std::vector<Step> plan(const HomeCards& cards, const Terminal& terminal) {
    std::vector<Step> steps;
    std::vector<CarePatient> patients;
    for (int person = 0; person < persons; ++person) {
        const auto at = start_second() + std::chrono::minutes(person);
        const Reception visit = first_visit(cards, person, at, person % 3 == 0 ? Method::Visual : Method::Pin);
        patients.push_back(patient_after(visit));
        steps.push_back({person, cards.sign(visit, terminal), patients.back(), at});
    }
    int day = 1;
    for (const Method method : {Method::Reinquiry, Method::ConsentRenewal, Method::Reinquiry, Method::Withdrawal}) {
        for (int person = 0; person < persons; ++person) {
            if (method == Method::Withdrawal && !withdraws(person)) continue;
            const auto at = start_second() + std::chrono::days(day) + std::chrono::minutes(person);
            CarePatient& patient = patients.at(static_cast<std::size_t>(person));
            const CareRequest asked = request_about(patient, method, at);
            if (method == Method::ConsentRenewal) {
                patient.earlier = {grounds_of(patient)};
                patient.base = asked.id;
                patient.consents = asked.consents;
                patient.consented_until = asked.consented_until;
            }
            patient.withdrawn = method == Method::Withdrawal;
            for (CareGrounds& earlier : patient.earlier) {
                earlier.withdrawn = patient.withdrawn;
                if (patient.withdrawn) earlier.consents = patient.consents;
            }
            if (method == Method::Reinquiry) patient.last_visit = at;
            steps.push_back({person, must(care_request(asked, terminal.vouch())), patient, at});
        }
        ++day;
    }
    for (Step& step : steps) step.patient.latest = step.request.id;
    return steps;
}

// Goes on where the file says that it was interrupted, and tells the number of each step that it accepted.
[[noreturn]] void work(const std::filesystem::path& path, const SealingKey& key, const std::vector<Step>& steps,
                       int acknowledge) {
    const auto outbox = Outbox::open(path, key.share());
    if (!outbox || (*outbox)->damage()) ::_exit(3);
    const auto kept = (*outbox)->list();
    if (!kept) ::_exit(6);
    std::size_t next = kept->size();
    for (int i = 0; i < steps_a_life && next < steps.size(); ++i, ++next) {
        const Step& step = steps[next];
        if (!(*outbox)->enqueue(step.request, step.patient, step.at)) ::_exit(4);
        const auto number = static_cast<std::uint16_t>(next);
        if (::write(acknowledge, &number, sizeof number) != sizeof number) ::_exit(5);
    }
    for (;;) ::pause();
}

// The steps that were acknowledged before the kill.
std::set<std::size_t> live_and_die(const TestOutbox& box, const std::vector<Step>& steps, long nanoseconds) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe");
    const pid_t worker = ::fork();
    if (worker == 0) work(box.path(), box.key, steps, ends[1]);
    ::close(ends[1]);
    const timespec moment{0, nanoseconds};
    ::nanosleep(&moment, nullptr);
    ::kill(worker, SIGKILL);
    int status = 0;
    ::waitpid(worker, &status, 0);
    EXPECT_FALSE(WIFEXITED(status)) << "the worker ended by itself with code " << WEXITSTATUS(status);
    std::set<std::size_t> said;
    for (std::uint16_t number = 0; ::read(ends[0], &number, sizeof number) == sizeof number;) said.insert(number);
    ::close(ends[0]);
    return said;
}

void expect_all_kept(TestOutbox& box, const std::vector<Step>& steps) {
    ASSERT_FALSE(box->damage());
    EXPECT_THAT(must(box->verify()).problems, IsEmpty());
    const auto rows = must(box->list());
    ASSERT_EQ(rows.size(), steps.size()) << "each step once";
    for (std::size_t i = 0; i < steps.size(); ++i) {
        EXPECT_EQ(rows[i].id, steps[i].request.id) << "in the order of the tour";
        EXPECT_EQ(must(box->show(steps[i].request.id)).request, steps[i].request);
    }
    std::map<std::string, CarePatient> last;
    for (const Step& step : steps) last[step.patient.certificate_sha256] = step.patient;
    auto patients = must(box->care());
    EXPECT_EQ(patients.size(), static_cast<std::size_t>(persons));
    for (CarePatient& patient : patients) {
        CarePatient expected = last[patient.certificate_sha256];
        expected.number = patient.number;
        expected.result = CareResult::Waiting;
        EXPECT_EQ(patient, expected);
    }
}

// Withdrawals may go ahead, the rest in the order of the tour.
void expect_order(const std::vector<Step>& steps, const std::vector<RequestId>& sent) {
    std::vector<RequestId> expected;
    for (const bool ahead : {true, false}) {
        for (const Step& step : steps) {
            if ((step.request.method == Method::Withdrawal) == ahead) expected.push_back(step.request.id);
        }
    }
    EXPECT_EQ(sent, expected);
}

void drain_and_expect_everything_once(TestOutbox& box, const std::vector<Step>& steps, const Terminal& terminal) {
    SimulatorOptions options;
    options.terminal_public_key = terminal.open;
    options.now = [] { return start_time() + tour_ends; };
    RunningSimulator service(options);
    const auto client = service.client();
    std::vector<RequestId> sent;
    std::size_t refused = 0;
    for (;;) {
        const DrainStep step = drain_once(*box.box, *client, start_time() + tour_ends, 0.0);
        if (step.outcome == DrainOutcome::Idle) break;
        sent.push_back(*step.id);
        if (step.outcome == DrainOutcome::Delivered) continue;
        ++refused;
        EXPECT_EQ(step.outcome, DrainOutcome::NeedsStaff);
        const bool rested_on_withdrawn = step.code == "SIM-E0019" || step.code == "SIM-E0021";
        EXPECT_TRUE(rested_on_withdrawn) << "only what rests on withdrawn consents, or on their renewal: " << step.code;
    }
    expect_order(steps, sent);
    std::map<std::string, const Step*> by_key;
    for (const Step& step : steps) by_key[step.request.id.text()] = &step;
    auto taken = service->receptions();
    const auto about_consents = service->consent_calls();
    taken.insert(taken.end(), about_consents.begin(), about_consents.end());
    EXPECT_EQ(taken.size() + refused, steps.size()) << "zero lost";
    for (const ReceivedReception& reception : taken) {
        ASSERT_EQ(by_key.count(reception.key), 1u);
        const Step& step = *by_key[reception.key];
        EXPECT_EQ(reception.times_received, 1);
        EXPECT_THAT(reception.other_keys, IsEmpty()) << "zero doubled";
        EXPECT_EQ(reception.method, step.request.method);
        if (step.request.method == Method::Withdrawal) continue;
        EXPECT_EQ(reception.person, HomeCards::serial(step.person));
        EXPECT_EQ(reception.consents, std::vector<Consent>(step.patient.consents.begin(), step.patient.consents.end()));
    }
    std::size_t withdrawn = 0;
    for (const CarePatient& patient : must(box->care())) {
        EXPECT_NE(patient.name, "");
        EXPECT_TRUE(patient.earlier.empty()) << "everything is answered";
        if (patient.withdrawn) {
            ++withdrawn;
            EXPECT_EQ(patient.result, CareResult::Conflict) << "visits were refused";
            EXPECT_EQ(patient.conflict, CareConflict::NoRelation) << "the last one rested on the renewal";
            continue;
        }
        EXPECT_EQ(patient.result, CareResult::Confirmed);
        EXPECT_EQ(patient.conflict, CareConflict::None);
    }
    EXPECT_EQ(refused, 3 * withdrawn) << "of each who withdrew, the renewal and the visits before and after it";
}

TEST(TourCrash, TwoHundredKillsLoseNothingDoubleNothingAndKeepTheOrder) {
    const HomeCards cards(persons);
    const Terminal terminal;
    std::mt19937_64 chance(20'261'122);
    int kills = 0;
    int tours = 0;
    int unfinished = 0;  // killed with an accepted step that nobody was told of, or before the next one
    while (kills < kills_wanted) {
        const std::vector<Step> steps = plan(cards, terminal);
        TestOutbox box;
        std::set<std::size_t> acknowledged;
        for (int idle = 0; acknowledged.size() < steps.size() && idle < 50; ++kills) {
            const auto said = live_and_die(box, steps, static_cast<long>(chance() % 30'000'000));
            if (said.size() < static_cast<std::size_t>(steps_a_life)) ++unfinished;
            idle = said.empty() ? idle + 1 : 0;
            acknowledged.insert(said.begin(), said.end());
            if (!said.empty() && *said.rbegin() + 1 == steps.size()) break;
        }
        ++tours;
        box.open();
        for (const std::size_t step : acknowledged) must(box->show(steps[step].request.id));
        // What was on disk and not told before a kill is no loss; what is missing at the end, this life adds.
        for (std::size_t i = must(box->list()).size(); i < steps.size(); ++i) {
            must(box->enqueue(steps[i].request, steps[i].patient, steps[i].at));
        }
        expect_all_kept(box, steps);
        drain_and_expect_everything_once(box, steps, terminal);
        if (HasFailure()) FAIL() << "in tour " << tours << " after " << kills << " kills";
    }
    EXPECT_GT(unfinished, 20) << "the kills must fall into the work, not behind it";
    RecordProperty("kills", kills);
    std::printf("%d kills in %d tours of %d patients, %d of them before the life had done its steps\n", kills, tours,
                persons, unfinished);
}

}  // namespace
}  // namespace uketsuke::net
