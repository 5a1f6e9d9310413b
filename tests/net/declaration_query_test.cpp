// A declaration's question from the outbox to the simulated service and back.
#include <gmock/gmock.h>

#include "net/receipt_folder.h"
#include "net/webhook.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::declared_form;
using testing::declared_request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::must;
using ::testing::Not;
using testing::RunningSimulator;
using testing::start_time;
using testing::TestOutbox;

const WallTime t0 = start_time();

SimulatorOptions with_people() {
    SimulatorOptions options;
    options.people_file = UKETSUKE_SOURCE_DIR "/assets/eligibility/people.toml";
    return options;
}

Declaration form_of(const std::string& name, const std::string& kana, const std::string& birth_date) {
    Declaration form = declared_form(20);
    form.name = name;
    form.name_kana = kana;
    form.birth_date = birth_date;
    form.sex = DeclaredSex::NotSaid;
    form.address.clear();
    form.postal_code.clear();
    form.insurance = DeclaredInsurance::DontKnow;
    form.ratio_tenths = 0;
    return form;
}

struct DeclarationQueries : ::testing::Test {
    RunningSimulator service{with_people()};
    std::unique_ptr<EligibilityClient> client = service.client();
    TestOutbox box;

    void SetUp() override {
        OutboxOptions options;
        options.notify = true;
        options.file_answers = true;
        box.open(options);
    }
    DrainStep drain(WallTime at = t0) { return drain_once(*box.box, *client, at, 0.5); }
    // Queued, sent, and compared with what came back, as the desk does it.
    DrainStep settle(const Declaration& form) {
        must(box->enqueue(declared_request(form), t0));
        return drain();
    }
    Reconciled reconciled(const RequestId& id) {
        const RequestDetail detail = must(box->show(id));
        const Declaration form = must(decode_declaration(must(box->declaration(id))));
        if (detail.answer.empty()) return reconcile(form, nullptr);
        const auto answer =
            must(read_answer({reinterpret_cast<const char*>(detail.answer.data()), detail.answer.size()}));
        return reconcile(form, &answer);
    }
};

TEST_F(DeclarationQueries, FindWhoeverIsKnownWhateverTheSpelling) {
    for (const auto& [name, kana, birth_date, id] :
         {std::array{"佐藤花子", "サトウハナコ", "19440514", "sato"},
          std::array{"すずき", "スズキイチロウ", "19711103", "suzuki"},
          std::array{"渡辺　正", "", "19600309", "watanabe"}, std::array{"髙﨑　𠮷江", "", "19520722", "takasaki"},
          std::array{"木村　翔", "キムラシヨウ", "19920707", "kimura"}}) {
        const Declaration form = form_of(name, kana, birth_date);
        const DrainStep step = settle(form);
        EXPECT_EQ(step.outcome, DrainOutcome::Delivered) << step.reason;
        EXPECT_THAT(name_of(step.meaning), ::testing::StartsWith("confirmed")) << id;
        EXPECT_EQ(service->queries().back().found, id);
        EXPECT_TRUE(service->queries().back().declared);
        EXPECT_EQ(reconciled(form.id).claim, ClaimCase::CurrentNumber);
    }
    EXPECT_THAT(service->receptions(), IsEmpty());
}

TEST_F(DeclarationQueries, MatchWhatThePersonSaidOrNameWhatDiffers) {
    const Declaration sato = declared_form();
    EXPECT_EQ(settle(sato).meaning, Meaning::Confirmed);
    EXPECT_EQ(reconciled(sato.id), (Reconciled{Reconciliation::Match, {}, ClaimCase::CurrentNumber}));

    Declaration moved = form_of("齋藤　実", "サイトウミノル", "19550605");
    moved.address = "東京都架空区みどり町1-1";
    moved.postal_code = "9999901";
    moved.insurance = DeclaredInsurance::NationalHealth;
    moved.ratio_tenths = 3;
    settle(moved);
    const Reconciled found = reconciled(moved.id);
    EXPECT_EQ(found.result, Reconciliation::Differs);
    EXPECT_THAT(found.differ, ElementsAre(DeclaredField::PostalCode, DeclaredField::Address, DeclaredField::Ratio));
    EXPECT_EQ(found.claim, ClaimCase::CurrentNumber);
}

TEST_F(DeclarationQueries, OfAnOldInsuranceGiveItsNumber) {
    const Declaration form = form_of("藤田　亮", "フジタリョウ", "19870921");
    EXPECT_EQ(settle(form).meaning, Meaning::InsuranceEnded);
    EXPECT_EQ(reconciled(form.id), (Reconciled{Reconciliation::Match, {}, ClaimCase::OldNumber}));
}

TEST_F(DeclarationQueries, OfNobodyAndOfSeveralAreForStaff) {
    const Declaration nobody = form_of("佐藤　花子", "サトウハナコ", "19440515");
    EXPECT_EQ(settle(nobody).meaning, Meaning::NotFound);
    EXPECT_EQ(reconciled(nobody.id), Reconciled{});
    const Declaration both = form_of("田村", "タムラマコト", "19750101");
    EXPECT_EQ(settle(both).meaning, Meaning::SeveralFound);
    EXPECT_EQ(reconciled(both.id), Reconciled{});
    const Declaration one = form_of("田村　誠", "", "19750101");
    EXPECT_EQ(settle(one).meaning, Meaning::Confirmed) << "the name alone tells them apart";
    EXPECT_EQ(service->queries().at(1).found, "declared-same-1 declared-same-2");
}

TEST_F(DeclarationQueries, WaitWhileTheServiceIsAwayAndGoWhenItIsBack) {
    SimulatorFaults down;
    down.down = true;
    must(service->set_fault(down));
    const Declaration form = declared_form();
    DrainStep step = settle(form);
    EXPECT_EQ(step.outcome, DrainOutcome::Postponed);
    EXPECT_EQ(reconciled(form.id), Reconciled{});
    must(service->set_fault({}));
    must(box->make_all_due(t0 + 1s));
    step = drain(t0 + 1s);
    EXPECT_EQ(step.meaning, Meaning::Confirmed);
    EXPECT_EQ(service->queries().at(0).times_received, 1);
}

TEST_F(DeclarationQueries, CutOffAreAskedAgainUnderTheSameKeyAndAnsweredAsBefore) {
    SimulatorFaults cut;
    cut.cut = Cut::After;
    must(service->set_fault(cut));
    EXPECT_EQ(settle(declared_form()).outcome, DrainOutcome::Postponed);
    must(service->set_fault({}));
    EXPECT_EQ(drain(t0 + 1h).meaning, Meaning::Confirmed);
    ASSERT_EQ(service->queries().size(), 1u);
    EXPECT_EQ(service->queries()[0].times_received, 2);
}

TEST_F(DeclarationQueries, InProcessingAreAskedForByThemselves) {
    SimulatorFaults slow;
    slow.processing = 2;
    must(service->set_fault(slow));
    EXPECT_EQ(settle(declared_form()).outcome, DrainOutcome::Processing);
    EXPECT_EQ(must(box->list()).at(0).state, RequestState::Processing);
    EXPECT_EQ(drain(t0 + 1h).outcome, DrainOutcome::Processing);
    EXPECT_EQ(drain(t0 + 2h).meaning, Meaning::Confirmed);
}

TEST_F(DeclarationQueries, AnsweredAboutSomebodyBornOnAnotherDayGoToStaff) {
    SimulatorFaults other;
    other.answer_as = "somebody-else";
    must(service->set_fault(other));
    SignedRequest request = declared_request();
    request.holder_birthdate.clear();  // the question itself says whom it is about
    must(box->enqueue(request, t0));
    const DrainStep step = drain();
    EXPECT_EQ(step.outcome, DrainOutcome::NeedsStaff);
    EXPECT_EQ(step.meaning, Meaning::OtherPerson);
}

TEST_F(DeclarationQueries, MayBeAnsweredAsAnyComplaint) {
    SimulatorFaults lost;
    lost.answer_as = "lost";
    must(service->set_fault(lost));
    EXPECT_EQ(settle(declared_form()).meaning, Meaning::InsuranceEnded);
}

TEST_F(DeclarationQueries, LeaveTheReceiptComputersFolderAlone) {
    EXPECT_EQ(settle(declared_form()).outcome, DrainOutcome::Delivered);
    EXPECT_FALSE(must(box->next_to_file()));
    EXPECT_EQ(must(box->counts()).to_file, 0);
}

TEST_F(DeclarationQueries, AreToldToTheClinicsOwnSystemAsDeclarations) {
    must(box->enqueue(declared_request(), t0));
    EXPECT_THAT(webhook_body(*must(box->next_to_notify(t0)), {}),
                HasSubstr(R"("state":"queued","method":"declaration")"));
    drain();
    const std::string told = webhook_body(*must(box->next_to_notify(t0)), {});
    EXPECT_THAT(told, HasSubstr(R"("method":"declaration","meaning":"confirmed")"));
    EXPECT_THAT(told, HasSubstr("佐藤"));
}

TEST_F(DeclarationQueries, ThatWereNeverAskedAreToldAsForTheDeskWithoutAMeaning) {
    Declaration form = declared_form();
    form.birth_date.clear();
    must(box->enqueue(declared_request(form), t0));
    EXPECT_EQ(drain(t0 + 1h).outcome, DrainOutcome::Idle);
    EXPECT_THAT(webhook_body(*must(box->next_to_notify(t0)), {}),
                HasSubstr(R"("state":"see the desk","method":"declaration","meaning":null)"));
}

TEST_F(DeclarationQueries, StandOnTheSimulatorsPageAndWithoutWordsInItsState) {
    settle(declared_form());
    EXPECT_THAT(service->queries().at(0).asked, HasSubstr("サトウハナコ"));
    EXPECT_THAT(service->state_json(), HasSubstr(R"("by": "declaration")"));
    EXPECT_THAT(service->state_json(), HasSubstr(R"("found": "sato")"));
    EXPECT_THAT(service->state_json(), Not(HasSubstr("サトウ")));
}

TEST(DeclarationQueryService, AnswersAKnownKeyAlikeAfterItWasStartedAnew) {
    const testing::ScratchFolder folder;
    SimulatorOptions options = with_people();
    options.state_file = folder / "state.json";
    const SignedRequest request = declared_request();
    const std::string text(request.body.begin(), request.body.end());
    std::vector<std::uint8_t> first;
    for (int start = 1; start <= 2; ++start) {
        const RunningSimulator service(options);
        const Reply reply = must(service.client()->query(request.id, text));
        if (start == 1) first = reply.document;
        EXPECT_EQ(reply.document, first);
        ASSERT_EQ(service->queries().size(), 1u);
        EXPECT_EQ(service->queries()[0].times_received, start);
        const std::string other = must(query_text(declared_form(), "9999999999")).value();
        EXPECT_EQ(must(service.client()->query(request.id, other)).code, "SIM-E0004");
    }
}

TEST(DeclarationQueryService, RefusesAQuestionThatIsNotTheKeysOrSaysTooLittle) {
    const RunningSimulator service(with_people());
    const SignedRequest request = declared_request();
    const std::string text(request.body.begin(), request.body.end());
    EXPECT_EQ(must(service.client()->query(make_request_id(), text)).code, "SIM-E0005");
    std::string dayless = text;
    dayless.replace(dayless.find("19440514"), 8, "");
    EXPECT_EQ(must(service.client()->query(request.id, dayless)).code, "SIM-E0018");
}

}  // namespace
}  // namespace uketsuke::net
