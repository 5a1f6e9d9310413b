// The desk's answers about self-declarations.
#include <gmock/gmock.h>

#include "app/desk/desk.h"
#include "tests/net/support.h"

namespace uketsuke::desk {
namespace {

using net::testing::must;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class DeskDeclaration : public ::testing::Test {
  protected:
    void SetUp() override {
        m_box.open();
        m_log = must(net::AuditLog::open(m_box.folder / "audit.log", net::SealingKey::random()));
        m_recorder = std::make_unique<Recorder>(
            *m_log, m_names, [](auto, const auto&) {}, [] { return net::AuditCheck{}; }, [] {});
        m_audit = std::jthread([this] { m_recorder->run(); });
        DeskOptions options;
        options.institution = "1312345678";
        options.health.clock_ahead = [] { return std::chrono::seconds{0}; };
        options.health.webhook_trouble = [] { return std::string(); };
        options.health.disk = m_box.folder / "";
        options.now = [] { return net::testing::start_time(); };
        options.board_changed = [this] { ++m_board_changes; };
        m_desk = std::make_unique<Desk>(
            DeskParts{*m_box.box, *m_recorder, m_watch, [](int, core::StaffId) { return std::nullopt; }, m_names,
                      m_metrics, m_events},
            std::move(options));
    }
    void TearDown() override {
        if (m_recorder) m_recorder->stop();
    }
    net::RequestId arrive() {
        const auto request = net::testing::signed_request();
        must(m_box->enqueue(request, net::testing::start_time()));
        return request.id;
    }
    void declare(const net::RequestId& id, const std::string& page) {
        net::Declaration form;
        form.id = id;
        form.name = "山田　花子";
        form.page.assign(page.begin(), page.end());
        must(m_box->declare(id, must(net::encode(form)), net::testing::start_time()));
    }
    net::DeskReply get(const std::string& path, bool save = false) {
        net::DeskCall call;
        call.method = "GET";
        call.path = path;
        if (save) call.query["save"] = "1";
        return m_desk->answer(call);
    }
    bool seen(const net::RequestId& id) { return must(m_box->show(id)).summary.has(net::Mark::Seen); }

    net::testing::TestOutbox m_box;
    StaffNames m_names;
    Metrics m_metrics;
    workers::EventQueue m_events;
    KioskWatch m_watch{[] {}};
    std::unique_ptr<net::AuditLog> m_log;
    std::unique_ptr<Recorder> m_recorder;
    std::jthread m_audit;
    std::unique_ptr<Desk> m_desk;
    int m_board_changes = 0;
};

TEST_F(DeskDeclaration, OpensThePageThatWasConfirmedAndCountsAsSeen) {
    const auto id = arrive();
    declare(id, "%PDF as it was confirmed");
    const auto reply = get("/arrivals/" + id.text() + "/declaration");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.type, "application/pdf");
    EXPECT_EQ(reply.body, "%PDF as it was confirmed");
    EXPECT_EQ(reply.download, "") << "it is shown";
    EXPECT_TRUE(seen(id));
    EXPECT_EQ(m_board_changes, 1);
}

TEST_F(DeskDeclaration, MakesThePageOfAFormThatHasNone) {
    const auto id = arrive();
    declare(id, "");
    EXPECT_THAT(get("/arrivals/" + id.text() + "/declaration").body, StartsWith("%PDF-"));
}

TEST_F(DeskDeclaration, WithoutAFormHoldsWhatIsKnownAndIsStillToBeSeen) {
    const auto id = arrive();
    const auto reply = get("/arrivals/" + id.text() + "/declaration", true);
    EXPECT_THAT(reply.body, StartsWith("%PDF-"));
    EXPECT_EQ(reply.download, "declaration.pdf");
    EXPECT_FALSE(seen(id));
}

TEST_F(DeskDeclaration, OpenedIsRecordedAndTheEmptyOneIsNot) {
    const auto id = arrive();
    EXPECT_THAT(get("/declarations/blank").body, StartsWith("%PDF-"));
    EXPECT_EQ(m_log->entries(), 0U);
    get("/arrivals/" + id.text() + "/declaration");
    const auto entries = must(m_log->latest(1));
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].act.what, "self-declaration opened");
    EXPECT_EQ(entries[0].act.on, id.text());
}

TEST_F(DeskDeclaration, OfNobodyIsNotThere) {
    EXPECT_EQ(get("/arrivals/" + net::make_request_id().text() + "/declaration").status, 404);
}

TEST_F(DeskDeclaration, TheBoardListsTheFormAndItsNameMasked) {
    const auto id = arrive();
    declare(id, "%PDF");
    const std::string board = m_desk->board();
    EXPECT_THAT(board, HasSubstr(R"("check":"unknown")"));
    EXPECT_THAT(board, HasSubstr(R"("kind":"declaration")"));
    EXPECT_THAT(board, Not(HasSubstr("花子")));
    get("/arrivals/" + id.text() + "/declaration");
    EXPECT_THAT(m_desk->board(), Not(HasSubstr(R"("kind":"declaration")")));
}

}  // namespace
}  // namespace uketsuke::desk
