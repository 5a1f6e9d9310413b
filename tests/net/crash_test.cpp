#include "app/programs/bench/crash_trial.h"

#include <gtest/gtest.h>

#include "app/programs/bench/queue_load.h"

namespace uketsuke {
namespace {

TEST(Crash, FortyKillsAtRandomMomentsLoseNothingAndDoubleNothing) {
    const bench::ScratchFolder folder;
    const bench::CrashResult result = bench::run_crash_trial(folder.path(), 40, 20'251'121);
    EXPECT_EQ(result.trouble, "");
    EXPECT_EQ(result.kills, 40);
    EXPECT_GT(result.acknowledged, 40) << "the workers must get somewhere before they are killed";
    EXPECT_GT(result.resent, 0) << "some kill or cut must fall between the service's answer and its record";
    EXPECT_EQ(result.lost, 0);
    EXPECT_EQ(result.doubled, 0);
    EXPECT_EQ(result.unfiled, 0);
    EXPECT_EQ(result.unopened, 0);
}

}  // namespace
}  // namespace uketsuke
