#include <gtest/gtest.h>

#include <sstream>

#include "app/main/player.h"
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

class PlayStream : public KioskTest {
  protected:
    tl::expected<void, NotPlayed> play(const std::string& lines) {
        start();
        std::istringstream in(lines);
        PlayOptions options;
        options.say = [this](const std::string& line) { m_said.push_back(line); };
        return play_stream(in, *m_runtime, options);
    }
    std::vector<std::string> m_said;
};

TEST_F(PlayStream, PlaysEachLineAndSaysWhatBecameOfIt) {
    const auto held = play("# a visit\n\nPLACE sato\nWAIT choose-method\nREMOVE");
    EXPECT_TRUE(held) << held.error().why;
    ASSERT_EQ(m_said.size(), 3U);
    EXPECT_TRUE(m_said[0].starts_with("held 3 ")) << m_said[0];
    EXPECT_EQ(m_said[1], "held 4 choose-method: WAIT choose-method");
    EXPECT_TRUE(m_said[2].starts_with("held 5 ")) << m_said[2];
}

TEST_F(PlayStream, GoesOnAfterALineThatDidNotHold) {
    const auto held = play("EXPECT consent\nDANCE\n" + std::string(5000, 'x') + "\nDESK stop Closed today\n");
    ASSERT_FALSE(held);
    EXPECT_FALSE(held.error().skipped);
    EXPECT_EQ(held.error().why, "3 lines did not hold");
    ASSERT_EQ(m_said.size(), 4U);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(m_said[i].starts_with("not-held")) << m_said[i];
    EXPECT_EQ(m_said[3], "held 4 out-of-service: DESK stop Closed today");
}

TEST_F(PlayStream, NeverRepeatsADigitOfASecret) {
    static_cast<void>(play("STAFF visual 2580\nPIN 1234x\n"));
    ASSERT_EQ(m_said.size(), 2U);
    for (const std::string& line : m_said) {
        EXPECT_EQ(line.find("2580"), std::string::npos) << line;
        EXPECT_EQ(line.find("1234"), std::string::npos) << line;
    }
}

}  // namespace
}  // namespace uketsuke::app::test
