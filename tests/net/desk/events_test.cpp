#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

using namespace std::chrono_literals;

class DeskEventsTest : public ::testing::Test {
  protected:
    DeskEventsTest() { EXPECT_EQ(browser.sign_in().status, 200); }
    Desk desk;
    Browser browser{desk};
};

TEST_F(DeskEventsTest, AStreamBeginsWithTheBoard) {
    Client client(desk.port());
    client.send(browser.request_text("GET", "/events"));
    EXPECT_TRUE(client.read_until("event: board\ndata: {\"n\":1}\n\n"));
    EXPECT_NE(client.unread().find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_NE(client.unread().find("Cache-Control: no-store"), std::string::npos);
    EXPECT_EQ(desk.server().streams(), 1);
}

TEST_F(DeskEventsTest, AChangeReachesEveryStreamAtOnce) {
    const auto one = browser.open_stream();
    const auto other = browser.open_stream();
    desk.house.set_board(R"({"n":2})");
    const auto began = std::chrono::steady_clock::now();
    desk.server().notify();
    EXPECT_TRUE(one->read_until("{\"n\":2}"));
    EXPECT_TRUE(other->read_until("{\"n\":2}"));
    const auto took = std::chrono::steady_clock::now() - began;
    RecordProperty("microseconds", std::to_string(took / 1us));
    EXPECT_LT(took, 2s);
}

TEST_F(DeskEventsTest, ManyChangesAreToldAsOne) {
    const auto stream = browser.open_stream();
    const int before = desk.house.boards;
    for (int i = 0; i < 2'000; ++i) desk.server().notify();
    desk.house.set_board(R"({"n":"last"})");
    desk.server().notify();
    EXPECT_TRUE(stream->read_until("last"));
    EXPECT_LT(desk.house.boards - before, 200);
}

TEST_F(DeskEventsTest, ABoardWithLineBreaksStaysOneEvent) {
    desk.house.set_board("{\"a\":\"b\"\n,\r\n\"event: forged\":1}");
    Client client(desk.port());
    client.send(browser.request_text("GET", "/events"));
    EXPECT_TRUE(client.read_until("data: {\"a\":\"b\" ,  \"event: forged\":1}\n\n"));
}

TEST_F(DeskEventsTest, AQuietStreamHearsTheBoardEveryFiveSeconds) {
    const auto stream = browser.open_stream();
    for (int i = 0; i < 3; ++i) {
        stream->forget_read();
        desk.advance(5s);
        EXPECT_TRUE(stream->read_until("event: board")) << i;
    }
}

TEST_F(DeskEventsTest, AStreamIsNotCutOffForItsLength) {
    const auto stream = browser.open_stream();
    for (int i = 0; i < 20; ++i) {
        stream->forget_read();
        desk.advance(10s);
        ASSERT_TRUE(stream->read_until("event: board")) << i;
    }
    EXPECT_EQ(desk.server().streams(), 1);
}

TEST_F(DeskEventsTest, SigningOutClosesTheStreams) {
    const auto stream = browser.open_stream();
    EXPECT_EQ(browser.call("DELETE", "/session").status, 204);
    EXPECT_TRUE(stream->is_closed());
    EXPECT_TRUE(eventually([&] { return desk.server().streams() == 0; }));
}

TEST_F(DeskEventsTest, ANewPasswordClosesTheStreamsOfTheOldId) {
    Browser elsewhere(desk);
    ASSERT_EQ(elsewhere.sign_in().status, 200);
    const auto stream = elsewhere.open_stream();
    ASSERT_TRUE(desk.accounts->change_password("sato", k_other_password));
    EXPECT_TRUE(stream->is_closed());
}

TEST_F(DeskEventsTest, TheFifthStreamOfASessionEndsTheFirst) {
    std::vector<std::unique_ptr<Client>> streams;
    for (int i = 0; i < 5; ++i) streams.push_back(browser.open_stream());
    EXPECT_TRUE(streams[0]->is_closed());
    EXPECT_TRUE(eventually([&] { return desk.server().streams() == 4; }));
    desk.house.set_board(R"({"n":2})");
    desk.server().notify();
    for (int i = 1; i < 5; ++i) EXPECT_TRUE(streams[static_cast<std::size_t>(i)]->read_until("{\"n\":2}")) << i;
}

TEST_F(DeskEventsTest, ABrowserThatWentIsForgotten) {
    auto stream = browser.open_stream();
    stream.reset();
    EXPECT_TRUE(eventually([&] {
        desk.advance(10s);
        desk.server().notify();
        return desk.server().streams() == 0;
    }));
}

TEST_F(DeskEventsTest, ABrowserThatDoesNotReadHoldsUpNobody) {
    const auto deaf = browser.open_stream();
    const auto stream = browser.open_stream();
    for (int i = 0; i < 30; ++i) {
        const std::string mark = "mark" + std::to_string(i) + "-";
        desk.house.set_board("{\"" + mark + std::string(200'000, 'x') + "\":1}");
        desk.server().notify();
        stream->forget_read();
        ASSERT_TRUE(stream->read_until("}\n\n")) << i;
    }
    EXPECT_EQ(browser.get("/app.js").status, 200);
}

TEST_F(DeskEventsTest, StoppingTheServerEndsTheStreams) {
    const auto stream = browser.open_stream();
    desk.server().stop();
    EXPECT_TRUE(stream->is_closed());
}

TEST_F(DeskEventsTest, NobodyElseHearsTheBoard) {
    Browser stranger(desk);
    EXPECT_EQ(stranger.get("/events").status, 401);
    stranger.cookie = std::string(64, 'f');
    EXPECT_EQ(stranger.get("/events").status, 401);
    EXPECT_EQ(desk.house.boards, 0);
}

}  // namespace
}  // namespace uketsuke::net::testing
