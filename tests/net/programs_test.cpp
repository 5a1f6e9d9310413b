#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "net/audit_log.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;
using testing::read_file;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;

struct Ran {
    int code = 0;
    std::string out;
};

// Standard error joins standard output.
Ran run(const std::string& command) {
    Ran ran;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    char chunk[4096];
    for (std::size_t n = 0; (n = std::fread(chunk, 1, sizeof chunk, pipe)) > 0;) ran.out.append(chunk, n);
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

struct QueueProgram : ::testing::Test {
    TestOutbox box;
    std::filesystem::path key_file = box.folder / "outbox.key";
    SignedRequest request = signed_request();

    void SetUp() override {
        box.key = must(SealingKey::load(key_file, KeyCreation::IfAbsent));
        must(box.open().enqueue(request, start_time()));
    }
    Ran queue(const std::string& arguments, bool with_key = false) const {
        return run(std::string(QUEUE_PROGRAM) + " --outbox " + box.path().string() +
                   (with_key ? " --key " + key_file.string() : "") + " " + arguments);
    }
};

TEST_F(QueueProgram, ListsBesideARunningKioskWithoutAKeyAndWithoutPersonalValues) {
    const Ran list = queue("list");
    EXPECT_EQ(list.code, 0) << list.out;
    EXPECT_THAT(list.out, HasSubstr(request.id.text()));
    EXPECT_THAT(list.out, HasSubstr("due 1"));
    EXPECT_THAT(list.out, Not(HasSubstr("1312345670")));
    const Ran exported = queue("export");
    const auto line = nlohmann::json::parse(exported.out.substr(0, exported.out.find('\n')));
    EXPECT_EQ(line.at("id"), request.id.text());
    EXPECT_EQ(line.at("state"), "due");
    EXPECT_EQ(line.at("queued_at"), "2025-10-09T08:53:20Z");
}

TEST_F(QueueProgram, ShowsTheDocumentOnlyWithTheKey) {
    const Ran closed = queue("show " + request.id.text());
    EXPECT_EQ(closed.code, 1);
    EXPECT_THAT(closed.out, HasSubstr("needs the key"));
    const Ran open = queue("show " + request.id.text(), true);
    EXPECT_EQ(open.code, 0) << open.out;
    EXPECT_THAT(open.out, HasSubstr("<MedicalInstitutionCode>1312345670<"));
    EXPECT_EQ(queue("show nonsense", true).code, 1);
}

TEST_F(QueueProgram, RetriesWhatNeedsStaffAndRefusesWhatIsInFlight) {
    must(box->claim(start_time(), 60s));
    EXPECT_EQ(queue("retry " + request.id.text()).code, 1);
    must(box->needs_staff(request.id, "refused", {}, start_time()));
    const Ran retried = queue("retry " + request.id.text());
    EXPECT_EQ(retried.code, 0) << retried.out;
    EXPECT_EQ(must(box->counts()).due, 1);
}

TEST_F(QueueProgram, SaysThatADeclarationIsKeptAndGivesItsPageOnlyWithTheKey) {
    const Declaration form = testing::declared_form();
    must(box->enqueue(testing::declared_request(form), start_time()));
    const Ran list = queue("list");
    EXPECT_THAT(list.out, HasSubstr("(declaration)"));
    EXPECT_THAT(queue("export").out, HasSubstr("\"declaration\":true"));
    EXPECT_THAT(queue("verify", true).out, HasSubstr("2 requests, all in order"));
    const Ran shown = queue("show " + form.id.text(), true);
    EXPECT_THAT(shown.out, HasSubstr("method declaration"));
    EXPECT_THAT(shown.out, HasSubstr("a declaration is kept: made at 20251009175320 JST, page of 3000 bytes, signed"));
    EXPECT_THAT(shown.out, Not(HasSubstr(form.phone)));
    EXPECT_EQ(queue("show " + form.id.text()).code, 1);
    const std::filesystem::path folder = box.folder / "evidence";
    EXPECT_EQ(queue("export --documents " + folder.string()).code, 1);
    EXPECT_EQ(queue("export --documents " + folder.string(), true).code, 0);
    const std::string page = read_file(folder / (form.id.text() + "-declaration.pdf"));
    EXPECT_EQ(std::vector<std::uint8_t>(page.begin(), page.end()), form.page);
}

TEST_F(QueueProgram, VerifiesSealsAndFindsADamagedFile) {
    EXPECT_THAT(queue("verify", true).out, HasSubstr("1 requests, all in order"));
    EXPECT_EQ(queue("verify", true).code, 0);
    box.close();
    std::string bytes = read_file(box.path());
    for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
    testing::write_file(box.path(), bytes);
    const Ran bad = queue("verify", true);
    EXPECT_EQ(bad.code, 1);
    EXPECT_THAT(bad.out, HasSubstr(box.path().string()));
}

TEST_F(QueueProgram, ShowsMethodConsentsAndStateBeforeTheDocument) {
    const Ran shown = queue("show " + request.id.text(), true);
    EXPECT_THAT(shown.out, HasSubstr("method pin"));
    EXPECT_THAT(shown.out, HasSubstr("operations yes (till "));
    EXPECT_THAT(shown.out, HasSubstr("health checkup no"));
    EXPECT_THAT(shown.out, HasSubstr("limit amount provided"));
    EXPECT_THAT(shown.out, HasSubstr("\"state\": \"due\""));
}

TEST_F(QueueProgram, ListsWhatAnAnswerMeantAndWhatWaitsToBeFiled) {
    OutboxOptions options;
    options.file_answers = true;
    box.open(options);
    must(box->claim(start_time(), 60s));
    must(box->delivered(request.id, std::vector<std::uint8_t>{'o', 'k'}, start_time(), "confirmed with a remark: x"));
    must(box->settle());
    const Ran list = queue("list");
    EXPECT_THAT(list.out, HasSubstr("confirmed with a remark: x (to file)"));
    EXPECT_THAT(list.out, HasSubstr("delivered 1, needs staff 0, to file 1"));
}

TEST_F(QueueProgram, ExportsDocumentsOnlyWithTheKeyIntoPrivateFilesAndNeverOverOthers) {
    const std::filesystem::path folder = box.folder / "evidence";
    const std::string to = "export --documents " + folder.string();
    EXPECT_EQ(queue(to).code, 1);
    EXPECT_FALSE(std::filesystem::exists(folder));
    const Ran exported = queue(to, true);
    EXPECT_EQ(exported.code, 0) << exported.out;
    const std::filesystem::path file = folder / (request.id.text() + "-request.xml");
    EXPECT_EQ(read_file(file), std::string(request.body.begin(), request.body.end()));
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    EXPECT_THAT(exported.out, Not(HasSubstr("answer")));
    EXPECT_EQ(queue(to + " " + request.id.text(), true).code, 1) << "the file is there already";
    EXPECT_EQ(queue("export " + make_request_id().text()).code, 1);
    EXPECT_THAT(queue("export " + request.id.text()).out, HasSubstr(request.id.text()));
}

TEST_F(QueueProgram, RotatesTheKeyOnlyWhileTheKioskIsStopped) {
    EXPECT_EQ(queue("rotate-key").code, 1);
    const Ran busy = queue("rotate-key", true);
    EXPECT_EQ(busy.code, 1);
    EXPECT_THAT(busy.out, HasSubstr("another kiosk holds it"));
    box.close();
    const std::string before = read_file(key_file);
    const Ran rotated = queue("rotate-key", true);
    EXPECT_EQ(rotated.code, 0) << rotated.out;
    EXPECT_THAT(rotated.out, HasSubstr("1 requests are now sealed"));
    EXPECT_NE(read_file(key_file), before);
    EXPECT_EQ(queue("verify", true).code, 0);
    const std::string given = (box.folder / "given.key").string();
    must(SealingKey::load(given, KeyCreation::IfAbsent));
    EXPECT_EQ(queue("rotate-key --new-key " + given, true).code, 0);
    EXPECT_EQ(queue("verify", true).code, 1) << "the old key does not fit any more";
}

// The program on a port of its own, until the end of the test.
struct SimulatorProgram : ::testing::Test {
    testing::ScratchFolder folder;
    std::string state = (folder / "state.json").string();
    pid_t child = -1;
    ServiceOptions service;

    void start(std::vector<std::string> arguments) {
        const std::string ca = (folder / "ca.pem").string();
        arguments.insert(arguments.begin(), {SIMULATOR_PROGRAM, "--ca-out", ca, "--state", state});
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        int out[2];
        ASSERT_EQ(::pipe(out), 0);
        child = ::fork();
        if (child == 0) {
            ::dup2(out[1], STDOUT_FILENO);
            ::close(out[0]);
            ::close(out[1]);
            ::execv(SIMULATOR_PROGRAM, argv.data());
            ::_exit(127);
        }
        ::close(out[1]);
        for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) service.url += c;
        ::close(out[0]);
        service.ca_file = ca;
    }
    int end() {
        ::kill(child, SIGTERM);
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        child = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void TearDown() override {
        if (child > 0) end();
    }
    // By the real clock, which is the program's.
    static SignedRequest request() {
        Reception reception = testing::practice_reception(testing::card(), make_request_id());
        reception.confirmed_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        for (Consent& consent : reception.consents) consent.at = reception.confirmed_at;
        return testing::practice_request(testing::card(), reception);
    }
};

TEST_F(SimulatorProgram, ServesPrintsItsUrlAndEndsCleanlyOnATerminationSignal) {
    start({"--processing", "1"});
    EXPECT_TRUE(service.url.starts_with("https://127.0.0.1:")) << service.url;
    {
        const auto client = must(EligibilityClient::create(service));
        const SignedRequest one = request();
        EXPECT_EQ(must(client->send(one)).kind, ReplyKind::Processing);
        EXPECT_EQ(must(client->ask(one.id)).kind, ReplyKind::Answered);
    }
    EXPECT_EQ(end(), 0);
    EXPECT_EQ(nlohmann::json::parse(read_file(state)).at("receptions").size(), 1u);
}

TEST_F(SimulatorProgram, KnowsThePeopleOfAFileAndAnswersEverybodyAsOneOfThem) {
    start({"--people", UKETSUKE_SOURCE_DIR "/assets/eligibility/people.toml", "--everyone-is", "several", "--duplicate",
           "--shift-jis", "--black-circles", "2", "--expired", "card"});
    const Reply reply = must(must(EligibilityClient::create(service))->send(request()));
    ASSERT_TRUE(reply.answer);
    EXPECT_EQ(reply.answer->validity, QualificationValidity::Several);
    EXPECT_EQ(reply.answer->results.size(), 4u);
    EXPECT_EQ(reply.answer->header.character_code_identifier, "1");
    EXPECT_THAT(reply.answer->results[0].name, HasSubstr("●"));
    EXPECT_FALSE(reply.answer->results[0].insured_card_expiration_date.empty());
}

TEST_F(SimulatorProgram, TakesEveryFaultAsAnOption) {
    start({"--other-request",
           "--clock",
           "60",
           "--retry-after-as-date",
           "--retry-after",
           "5",
           "--processing",
           "1",
           "--slow",
           "1",
           "--flaky",
           "0",
           "--cut",
           "none",
           "--accept-days",
           "1",
           "--institution",
           "1312345670",
           "--terminal-key",
           std::string(64, 'a')});
    const auto client = must(EligibilityClient::create(service));
    const SignedRequest one = request();
    EXPECT_EQ(must(client->send(one)).kind, ReplyKind::Processing);
    const Reply reply = must(client->ask(one.id));
    ASSERT_TRUE(reply.answer);
    EXPECT_NE(reply.answer->header.arbitrary_file_identifier, one.id.text());
}

TEST_F(SimulatorProgram, ExplainsEveryFaultInItsHelp) {
    const Ran help = run(std::string(SIMULATOR_PROGRAM) + " --help");
    EXPECT_EQ(help.code, 0);
    for (const char* option : {"--people",    "--everyone-is",   "--answer-as",   "--down",
                               "--slow",      "--flaky",         "--processing",  "--error",
                               "--cut",       "--status",        "--retry-after", "--retry-after-as-date",
                               "--duplicate", "--other-request", "--shift-jis",   "--black-circles",
                               "--expired",   "--clock",         "--institution", "--terminal-key"}) {
        EXPECT_THAT(help.out, HasSubstr(option));
    }
}

TEST_F(SimulatorProgram, RefusesOptionsOutOfRange) {
    EXPECT_NE(run(std::string(SIMULATOR_PROGRAM) + " --flaky 2").code, 0);
    EXPECT_NE(run(std::string(SIMULATOR_PROGRAM) + " --card-ca /nonexistent").code, 0);
    EXPECT_NE(run(std::string(SIMULATOR_PROGRAM) + " --cut sideways").code, 0);
    EXPECT_NE(run(std::string(SIMULATOR_PROGRAM) + " --expired never").code, 0);
    EXPECT_NE(run(std::string(SIMULATOR_PROGRAM) + " --institution 12").code, 0);
    EXPECT_NE(run(std::string(SIMULATOR_PROGRAM) + " --terminal-key 12").code, 0);
    const Ran nobody = run(std::string(SIMULATOR_PROGRAM) + " --everyone-is nobody");
    EXPECT_EQ(nobody.code, 1);
    EXPECT_THAT(nobody.out, HasSubstr("answer_as"));
}

TEST_F(QueueProgram, ShowsMarksAndWhatWaitsToBeTold) {
    OutboxOptions options;
    options.notify = true;
    box.close();
    const SignedRequest told = signed_request();
    must(box.open(options).enqueue(told, start_time()));
    must(box->mark(told.id, Mark::Declared, true, start_time()));
    must(box->mark(told.id, Mark::Seen, true, start_time()));
    const Ran list = queue("list");
    EXPECT_THAT(list.out, HasSubstr("(to notify) [seen, declared]"));
    EXPECT_THAT(list.out, HasSubstr("to notify 1"));
    const Ran exported = queue("export " + told.id.text());
    const auto line = nlohmann::json::parse(exported.out);
    EXPECT_EQ(line.at("marks"), "seen, declared");
    EXPECT_EQ(line.at("to_notify"), true);
}

TEST_F(QueueProgram, WritesExportsAndRetriesIntoTheRecord) {
    const std::filesystem::path log = box.folder / "audit.log";
    const std::string audit = "--audit " + log.string() + " ";
    EXPECT_NE(queue(audit + "export", true).code, 0) << "a record that is not there is not begun by a tool";
    must(AuditLog::open(log, box.key.share()));
    EXPECT_NE(queue(audit + "retry " + request.id.text()).code, 0) << "without the key nothing is done at all";
    EXPECT_EQ(queue(audit + "export", true).code, 0);
    const Ran retried = queue(audit + "retry " + request.id.text(), true);
    EXPECT_EQ(retried.code, 0) << retried.out;
    const auto entries = must(must(AuditLog::open(log, box.key.share()))->latest(10));
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_THAT(entries[1].act.who, ::testing::StartsWith("tool:"));
    EXPECT_EQ(entries[1].act.what, "requests exported");
    EXPECT_EQ(entries[1].act.more, "1 requests");
    EXPECT_EQ(entries[0].act.what, "request retried");
    EXPECT_EQ(entries[0].act.on, request.id.text());
    EXPECT_TRUE(must(verify_audit_log(log, box.key.share())).intact());
    box.close();
    const Ran rotated = queue(audit + "rotate-key", true);
    EXPECT_EQ(rotated.code, 0) << rotated.out;
    EXPECT_TRUE(must(verify_audit_log(log, must(SealingKey::load(key_file, KeyCreation::Never)))).intact());
}

struct AuditProgram : ::testing::Test {
    testing::ScratchFolder folder;
    std::filesystem::path log = folder / "audit.log";
    std::filesystem::path key_file = folder / "key";
    SealingKey key = must(SealingKey::load(key_file, KeyCreation::IfAbsent));
    std::string head;

    void SetUp() override {
        const auto audit = must(AuditLog::open(log, key.share()));
        must(audit->append({"sato", "visual-check armed", "pin-forgotten", "id-1", "=HYPERLINK(\"x\")"}));
        must(audit->append({"+cmd", "exported", "", "", ""}));
        head = audit->head();
    }
    Ran audit(const std::string& arguments) const {
        return run(std::string(AUDIT_PROGRAM) + " --log " + log.string() + " " + arguments);
    }
};

TEST_F(AuditProgram, SaysWhetherTheRecordIsIntact) {
    const Ran intact = audit("verify --key " + key_file.string() + " --head " + head.substr(0, 16));
    EXPECT_EQ(intact.code, 0) << intact.out;
    EXPECT_THAT(intact.out, HasSubstr("2 entries, intact"));
    EXPECT_THAT(intact.out, HasSubstr("head " + head));
    EXPECT_THAT(audit("verify").out, HasSubstr("no --key"));
    EXPECT_EQ(audit("verify --head 0123456789abcdef").code, 1);
    std::string bytes = read_file(log);
    bytes[bytes.find("sato")] = 'S';
    testing::write_file(log, bytes);
    const Ran altered = audit("verify");
    EXPECT_EQ(altered.code, 1);
    EXPECT_THAT(altered.out, HasSubstr("line 1: altered"));
    EXPECT_THAT(altered.out, HasSubstr("NOT intact"));
    EXPECT_EQ(audit("verify --head xyz").code, 2);
    EXPECT_EQ(audit("").code, 2);
    EXPECT_EQ(audit("verify --nonsense").code, 2);
    EXPECT_EQ(audit("--help").code, 0);
    std::filesystem::remove(log);
    std::filesystem::remove(folder / "audit.log.head");
    EXPECT_EQ(audit("verify").code, 1);
}

TEST_F(AuditProgram, ExportsWhatNoSpreadsheetComputes) {
    const Ran out = audit("export --out -");
    EXPECT_EQ(out.code, 0);
    EXPECT_THAT(out.out, ::testing::StartsWith("number,at,who,what,why,on,more,hash\r\n1,"));
    EXPECT_THAT(out.out, HasSubstr("\"'=HYPERLINK(\"\"x\"\")\""));
    EXPECT_THAT(out.out, HasSubstr("\"'+cmd\""));
    const std::filesystem::path file = folder / "out.csv";
    EXPECT_EQ(audit("export --out " + file.string()).code, 0);
    EXPECT_EQ(read_file(file), out.out);
    EXPECT_EQ(audit("export --out " + file.string()).code, 1) << "never written over";
}

TEST_F(AuditProgram, ListsTheLatestEntries) {
    const Ran one = audit("list -n 1");
    EXPECT_EQ(one.code, 0);
    EXPECT_THAT(one.out, HasSubstr("exported"));
    EXPECT_THAT(one.out, Not(HasSubstr("visual-check armed")));
    EXPECT_THAT(audit("list").out, HasSubstr("sato  visual-check armed  pin-forgotten  id-1"));
    EXPECT_EQ(audit("list -n 0").code, 2);
}

}  // namespace
}  // namespace uketsuke::net
