#include "net/webhook.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "tests/net/support.h"
#include "tests/net/tls_server.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::http_answer;
using testing::must;
using ::testing::Not;
using testing::ScratchFolder;
using testing::TlsServer;
using testing::TlsServerOptions;
using testing::write_file;

const std::string secret = "0123456789abcdef0123456789abcdef";
const std::chrono::sys_seconds at{1'700'000'000s};

TEST(WebhookSignature, IsTheHmacThatOpensslComputes) {
    // printf '1700000000.{"id":"x"}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    EXPECT_EQ(webhook_signature(secret, at, R"({"id":"x"})"),
              "t=1700000000,v1=1d3a1a80c8ad0d56d3cc81d488b5779dbdd6367281fd813d1d9b8d7a5cd0204b");
}

TEST(WebhookSignature, HoldsForItsBodyTimeAndSecretOnly) {
    const std::string header = webhook_signature(secret, at, "body");
    const auto holds = [&](const std::string& text, std::string_view key = secret, std::string_view body = "body",
                           std::chrono::sys_seconds now = at) {
        return webhook_signature_holds(text, key, body, now, 300s);
    };
    EXPECT_TRUE(holds(header));
    EXPECT_TRUE(holds(header, secret, "body", at + 300s));
    EXPECT_TRUE(holds(header, secret, "body", at - 300s));
    EXPECT_FALSE(holds(header, secret, "body", at + 301s));
    EXPECT_FALSE(holds(header, secret, "body", at - 301s));
    EXPECT_FALSE(holds(header, secret, "bodY"));
    EXPECT_FALSE(holds(header, "0123456789abcdef0123456789abcdeF"));
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string altered = header;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        EXPECT_FALSE(holds(altered)) << i;
        EXPECT_FALSE(holds(header.substr(0, i))) << i;
    }
    EXPECT_FALSE(holds(header + " "));
    EXPECT_FALSE(holds("t=99999999999999999999999,v1="));
    EXPECT_FALSE(holds("t=,v1=" + std::string(10'000, 'a')));
}

struct WebhookBodyTest : ::testing::Test {
    NotifyTask task;
    OqsAnswer answer;
    void SetUp() override {
        task.summary.id = make_request_id();
        task.summary.queued_at = testing::start_time();
        task.summary.next_at = testing::start_time();
        task.method = Method::Face;
        task.version = 2;
        answer.header.segment_of_result = SegmentOfResult::Normal;
        answer.header.arbitrary_file_identifier = task.summary.id.text();
        answer.processing_status = ProcessingResultStatus::Normal;
        answer.validity = QualificationValidity::Valid;
        answer.results = {testing::ordinary_result()};
    }
    nlohmann::json body(RequestState state, bool with_answer = true) {
        task.summary.state = state;
        const std::string document = with_answer ? write_answer(answer) : std::string();
        task.answer.assign(document.begin(), document.end());
        return nlohmann::json::parse(webhook_body(task));
    }
};

TEST_F(WebhookBodyTest, SaysQueuedAndNoPersonWhileNothingIsDecided) {
    for (const auto state : {RequestState::Due, RequestState::InFlight, RequestState::Processing}) {
        const auto json = body(state, false);
        EXPECT_EQ(json["state"], "queued");
        EXPECT_TRUE(json["meaning"].is_null());
        EXPECT_TRUE(json["person"].is_null());
        EXPECT_EQ(json["method"], "face");
        EXPECT_EQ(json["version"], 2);
        EXPECT_EQ(json["id"], task.summary.id.text());
    }
}

TEST_F(WebhookBodyTest, NamesThePersonWhomTheServiceConfirmed) {
    const auto json = body(RequestState::Delivered);
    const QualificationResult result = testing::ordinary_result();
    EXPECT_EQ(json["state"], "confirmed");
    EXPECT_EQ(json["meaning"], "confirmed");
    EXPECT_EQ(json["person"]["name"], result.name);
    EXPECT_EQ(json["person"]["birth_date"], result.birthdate);
    EXPECT_EQ(json["person"]["insurer_number"], result.insurer_number);
    EXPECT_EQ(json["person"]["number"], result.insured_identification_number);
    EXPECT_TRUE(json["remarks"].empty());
}

TEST_F(WebhookBodyTest, SendsThePatientToTheDeskByTheTableOfMeanings) {
    answer.validity = QualificationValidity::Invalid;
    EXPECT_EQ(body(RequestState::Delivered)["state"], "see the desk");
    EXPECT_EQ(body(RequestState::Delivered)["meaning"], "insurance ended");
    answer.validity = QualificationValidity::Several;
    answer.results.push_back(answer.results.front());
    EXPECT_TRUE(body(RequestState::Delivered)["person"].is_null()) << "which of them is not known";
    EXPECT_EQ(body(RequestState::NeedsStaff, false)["state"], "see the desk");
    EXPECT_EQ(body(RequestState::NeedsStaff, false)["meaning"], "refused");
    EXPECT_EQ(body(RequestState::Delivered, false)["state"], "see the desk");
}

TEST_F(WebhookBodyTest, NamesNobodyElseThanThePatient) {
    task.holder_birthdate = "19991231";
    auto json = body(RequestState::NeedsStaff);
    EXPECT_EQ(json["meaning"], "other person");
    EXPECT_TRUE(json["person"].is_null());
    json = body(RequestState::Delivered);
    EXPECT_TRUE(json["person"].is_null());
    task.holder_birthdate.clear();
    answer.header.arbitrary_file_identifier = make_request_id().text();
    EXPECT_TRUE(body(RequestState::Delivered)["person"].is_null());
}

TEST_F(WebhookBodyTest, TellsTheRemarksThatStaffRead) {
    answer.results.front().insured_partial_contribution_ratio.clear();
    answer.results.front().qualification_date.clear();
    const auto json = body(RequestState::Delivered);
    EXPECT_EQ(json["meaning"], "confirmed with a remark");
    EXPECT_EQ(json["state"], "confirmed");
    EXPECT_THAT(json["remarks"].dump(), HasSubstr("qualification date missing"));
}

TEST(WebhookSecret, IsTheFirstLineOfAFileThatNobodyElseReads) {
    const ScratchFolder folder;
    const auto file = folder / "secret";
    EXPECT_EQ(fault_of(load_webhook_secret(file)), Fault::BadKey);
    write_file(file, secret + "\r\nmore\n");
    ::chmod(file.c_str(), 0600);
    EXPECT_EQ(must(load_webhook_secret(file)), secret);
    ::chmod(file.c_str(), 0640);
    EXPECT_EQ(fault_of(load_webhook_secret(file)), Fault::BadKey);
    write_file(file, "short\n" + secret);
    ::chmod(file.c_str(), 0600);
    EXPECT_EQ(fault_of(load_webhook_secret(file)), Fault::BadKey);
    EXPECT_EQ(fault_of(load_webhook_secret(folder.path())), Fault::BadKey);
}

TEST(WebhookOptionsTest, AreRefusedWhereWhatIsToldCouldBeRead) {
    const auto refuses = [](const std::string& url) {
        WebhookOptions options;
        options.url = url;
        options.secret = secret;
        return !Webhook::create(options).has_value();
    };
    EXPECT_FALSE(refuses("https://clinic.example/hook"));
    EXPECT_FALSE(refuses("http://127.0.0.1:8080/hook"));
    EXPECT_FALSE(refuses("http://localhost/hook"));
    EXPECT_TRUE(refuses("http://clinic.example/hook"));
    EXPECT_TRUE(refuses("http://127.0.0.1.example/hook"));
    EXPECT_TRUE(refuses("http://127.0.0.1@clinic.example/hook"));
    EXPECT_TRUE(refuses("https://user:password@clinic.example/hook"));
    EXPECT_TRUE(refuses("file:///etc/passwd"));
    EXPECT_TRUE(refuses(""));
    WebhookOptions options;
    options.url = "https://clinic.example/";
    options.secret = "short";
    EXPECT_EQ(fault_of(Webhook::create(options)), Fault::BadOptions);
}

struct WebhookPostTest : ::testing::Test {
    ScratchFolder folder;
    internal::TlsIdentity ca = must(internal::make_ca("Webhook test CA"));
    internal::TlsIdentity identity = must(internal::issue(ca, "receiver", internal::Usage::Server));

    WebhookOptions options_for(const std::string& url) {
        WebhookOptions options;
        options.url = url;
        options.secret = secret;
        options.ca_file = folder / "ca.pem";
        options.total_limit = 5s;
        write_file(options.ca_file, internal::pem_of(ca.certificate.get()));
        return options;
    }
    WebhookResult post_to(const TlsServer& server) {
        return must(Webhook::create(options_for(server.url() + "/hook?token=hidden")))->post("id:1", "{\"a\":1}", at);
    }
    WebhookResult post(const std::string& answer) {
        TlsServerOptions options;
        options.identity = &identity;
        options.answer = answer;
        const TlsServer server(options);
        return post_to(server);
    }
};

TEST_F(WebhookPostTest, SendsTheBodyWithItsKeyAndSignature) {
    TlsServerOptions options;
    options.identity = &identity;
    options.answer = http_answer(204, "");
    const TlsServer server(options);
    const WebhookResult result = post_to(server);
    EXPECT_EQ(result.reply, WebhookReply::Taken);
    EXPECT_EQ(result.status, 204);
    ASSERT_EQ(server.requests().size(), 1U);
    const std::string request = server.requests().front();
    EXPECT_THAT(request, ::testing::StartsWith("POST /hook?token=hidden HTTP/1.1\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nIdempotency-Key: id:1\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_THAT(request, ::testing::EndsWith("\r\n\r\n{\"a\":1}"));
    const std::string name = "\r\nUketsuke-Signature: ";
    const std::size_t from = request.find(name) + name.size();
    const std::string header = request.substr(from, request.find("\r\n", from) - from);
    EXPECT_TRUE(webhook_signature_holds(header, secret, "{\"a\":1}", at, 1s));
}

TEST_F(WebhookPostTest, KnowsWhatIsTakenWhatWaitsAndWhatIsRefused) {
    EXPECT_EQ(post(http_answer(200, "{}")).reply, WebhookReply::Taken);
    for (const int status : {408, 425, 429, 500, 503}) {
        EXPECT_EQ(post(http_answer(status, "")).reply, WebhookReply::TryLater) << status;
    }
    for (const int status : {400, 409, 410, 413, 415, 422}) {
        EXPECT_EQ(post(http_answer(status, "")).reply, WebhookReply::Refused) << status;
    }
    const WebhookResult later = post(http_answer(503, "", "Retry-After: 120\r\n"));
    EXPECT_EQ(later.retry_after, 120s);
    EXPECT_THAT(later.why, HasSubstr("HTTP 503"));
    EXPECT_THAT(later.why, Not(HasSubstr("hidden")));
}

TEST_F(WebhookPostTest, FollowsNoRedirect) {
    TlsServerOptions options;
    options.identity = &identity;
    options.answer = http_answer(200, "");
    const TlsServer elsewhere(options);
    const WebhookResult result = post(http_answer(307, "", "Location: " + elsewhere.url() + "/\r\n"));
    EXPECT_EQ(result.reply, WebhookReply::TryLater) << "an address that somebody will put right";
    EXPECT_TRUE(elsewhere.requests().empty());
}

TEST_F(WebhookPostTest, TellsNobodyWhoseCertificateIsOfAnotherAuthority) {
    const internal::TlsIdentity other_ca = must(internal::make_ca("Other CA"));
    const internal::TlsIdentity other = must(internal::issue(other_ca, "receiver", internal::Usage::Server));
    TlsServerOptions options;
    options.identity = &other;
    options.answer = http_answer(200, "");
    const TlsServer server(options);
    const WebhookResult result = post_to(server);
    EXPECT_EQ(result.reply, WebhookReply::TryLater);
    EXPECT_EQ(result.status, 0);
    EXPECT_THAT(result.why, HasSubstr("certificate"));
    EXPECT_THAT(result.why, Not(HasSubstr("hidden")));
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(WebhookPostTest, ReadsNoLongAnswerToItsEnd) {
    const WebhookResult result = post(http_answer(200, std::string(8u << 20, 'x')));
    EXPECT_EQ(result.reply, WebhookReply::Taken) << "what it says is of no interest";
    EXPECT_EQ(result.status, 200);
}

TEST_F(WebhookPostTest, TriesLaterWhereNobodyListensOrAnswers) {
    std::string url;
    {
        TlsServerOptions options;
        options.identity = &identity;
        const TlsServer server(options);
        url = server.url();
    }
    auto result = must(Webhook::create(options_for(url)))->post("id:1", "{}", at);
    EXPECT_EQ(result.reply, WebhookReply::TryLater);
    TlsServerOptions silent;
    silent.identity = &identity;
    silent.silent = true;
    const TlsServer server(silent);
    WebhookOptions options = options_for(server.url());
    options.total_limit = 200ms;
    result = must(Webhook::create(options))->post("id:1", "{}", at);
    EXPECT_EQ(result.reply, WebhookReply::TryLater);
}

TEST_F(WebhookPostTest, EndsAtOnceWhenItIsCancelled) {
    TlsServerOptions silent;
    silent.identity = &identity;
    silent.silent = true;
    const TlsServer server(silent);
    WebhookOptions options = options_for(server.url());
    options.total_limit = 60s;
    const auto webhook = must(Webhook::create(options));
    const std::jthread other([&] { webhook->cancel(); });
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(webhook->post("id:1", "{}", at).status, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
}

}  // namespace
}  // namespace uketsuke::net
