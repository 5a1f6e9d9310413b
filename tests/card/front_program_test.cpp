// `uketsuke-card front` as a clinic's IT runs it over pictures of cards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "card/persona.h"
#include "tests/card/fixtures.h"
#include "tests/card/pcsc_stack.h"

namespace uketsuke::card {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;

Ran front(const std::string& options) {
    return testing::run_program({"sh", "-c", "'" CARD_PROGRAM "' front " + options});
}

class FrontProgram : public ::testing::Test {
  protected:
    void SetUp() override {
        m_picture = std::filesystem::path(::testing::TempDir()) / ("front-" + std::to_string(getpid()) + ".png");
    }
    void TearDown() override { std::filesystem::remove(m_picture); }
    std::filesystem::path m_picture;
};

TEST_F(FrontProgram, ReadsADrawnCardAndKeepsItsNumberToItself) {
    ASSERT_EQ(front("--draw sato --turns 2 " + m_picture.string()).status, 0);
    const auto quiet = front("--json " + m_picture.string());
    EXPECT_EQ(quiet.status, 0);
    EXPECT_THAT(quiet.output, HasSubstr("\"certain\":true"));
    EXPECT_THAT(quiet.output, HasSubstr("\"quarter_turns\":2"));
    EXPECT_THAT(quiet.output, Not(HasSubstr("19051420322285")));
    EXPECT_THAT(front("--show-number " + m_picture.string()).output, HasSubstr("19051420322285"));
}

TEST_F(FrontProgram, SaysWhyAPictureIsNotRead) {
    ASSERT_EQ(front("--draw transit " + m_picture.string()).status, 0);
    const auto other = front(m_picture.string());
    EXPECT_EQ(other.status, 5);
    EXPECT_THAT(other.output, HasSubstr("not read: "));
    const auto text = front("/etc/passwd");
    EXPECT_EQ(text.status, 1);
    EXPECT_THAT(text.output, HasSubstr("/etc/passwd"));
}

}  // namespace
}  // namespace uketsuke::card
