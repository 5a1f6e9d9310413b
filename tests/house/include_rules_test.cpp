#include "tests/house/include_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace uketsuke::house {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

File source(const std::string& path, const std::string& text) {
    return {path, text, text.size(), false};
}

Findings includes(const std::string& path, const std::string& line) {
    return check_includes({source(path, line + '\n')});
}

TEST(IncludeRules, HoldForTheHouse) {
    const auto files = read_tree(UKETSUKE_SOURCE_DIR);
    ASSERT_GT(files.size(), 50u);
    EXPECT_THAT(check_includes(files), IsEmpty());
}

TEST(IncludeRules, PublicHeadersOfTheHouseShowNoLibrary) {
    EXPECT_THAT(check_public_headers(read_tree(UKETSUKE_SOURCE_DIR)), IsEmpty());
}

TEST(IncludeRules, NoRoomOfTheHouseStartsThreadsPrintsOrAsksTheEnvironment) {
    EXPECT_THAT(check_words(read_tree(UKETSUKE_SOURCE_DIR)), IsEmpty());
}

TEST(IncludeRules, EveryRowHasItsBecause) {
    for (const Room& room : rooms()) EXPECT_FALSE(room.because.empty()) << room.folder;
    for (const Library& library : libraries()) EXPECT_FALSE(library.because.empty()) << library.name;
    for (const ForbiddenWords& row : forbidden_words()) EXPECT_FALSE(row.because.empty()) << row.words.front();
}

TEST(IncludeRules, ARoomMayIncludeItself) {
    EXPECT_THAT(includes("card/tlv.cpp", "#include \"card/tlv.h\""), IsEmpty());
    EXPECT_THAT(includes("app/core/step.cpp", "#include \"app/core/step.h\""), IsEmpty());
}

TEST(IncludeRules, ARoomMayNotEnterAnother) {
    EXPECT_THAT(includes("card/tlv.cpp", "#include \"net/error.h\""), SizeIs(1));
    EXPECT_THAT(includes("vision/image.cpp", "#include \"app/core/view.h\""), SizeIs(1));
    EXPECT_THAT(includes("net/internal/hex.cpp", "#include \"card/error.h\""), SizeIs(1));
}

TEST(IncludeRules, AFindingSaysWhereAndWhy) {
    EXPECT_THAT(check_includes({source("card/a.cpp", "\n\n#include \"net/error.h\"\n")}),
                ElementsAre(AllOf(HasSubstr("card/a.cpp:3: "), HasSubstr("\"net/error.h\""), HasSubstr("because"))));
}

TEST(IncludeRules, SpacesDoNotHideAnInclude) {
    EXPECT_THAT(includes("card/a.cpp", "  #  include   \"net/error.h\"  // why not"), SizeIs(1));
}

TEST(IncludeRules, TheScreenSeesNoDevice) {
    EXPECT_THAT(includes("app/ui/a.cpp", "#include \"app/core/view.h\""), IsEmpty());
    EXPECT_THAT(includes("app/ui/a.cpp", "#include \"app/workers/card_worker.h\""), SizeIs(1));
    EXPECT_THAT(includes("app/ui/a.cpp", "#include \"vision/image.h\""), SizeIs(1));
    EXPECT_THAT(includes("app/ui/a.cpp", "#include \"app/config/config.h\""), SizeIs(1));
}

TEST(IncludeRules, TheVoiceKnowsTheScreensSentencesButNoScreen) {
    EXPECT_THAT(includes("app/voice/a.h", "#include \"app/ui/text.h\""), IsEmpty());
    EXPECT_THAT(includes("app/voice/a.h", "#include \"app/ui/window.h\""), SizeIs(1));
    EXPECT_THAT(includes("app/voice/a.cpp", "#include <SDL.h>"), IsEmpty());
    EXPECT_THAT(includes("app/voice/a.cpp", "#include <imgui.h>"), SizeIs(1));
}

TEST(IncludeRules, WorkersKnowTheRoomsButNotTheScreen) {
    EXPECT_THAT(includes("app/workers/a.cpp", "#include \"vision/camera.h\""), IsEmpty());
    EXPECT_THAT(includes("app/workers/a.cpp", "#include \"app/ui/window.h\""), SizeIs(1));
}

TEST(IncludeRules, ProgramsMayEnterEveryRoom) {
    EXPECT_THAT(includes("app/main/main.cpp", "#include \"app/ui/window.h\""), IsEmpty());
    EXPECT_THAT(includes("app/programs/bench/ui.cpp", "#include \"app/ui/window.h\""), IsEmpty());
}

TEST(IncludeRules, ALibraryStaysInItsRoom) {
    EXPECT_THAT(includes("net/outbox.cpp", "#include <sqlite3.h>"), IsEmpty());
    EXPECT_THAT(includes("app/programs/bench/queue.cpp", "#include <sqlite3.h>"), IsEmpty());
    EXPECT_THAT(includes("app/workers/a.cpp", "#include <sqlite3.h>"), SizeIs(1));
    EXPECT_THAT(includes("app/main/main.cpp", "#include <SDL.h>"), SizeIs(1));
    EXPECT_THAT(includes("app/workers/a.cpp", "#include <opencv2/core.hpp>"), SizeIs(1));
    EXPECT_THAT(includes("app/programs/match/a.cpp", "#include <winscard.h>"), SizeIs(1));
}

TEST(IncludeRules, ALibraryThatNobodyKnowsIsAFinding) {
    EXPECT_THAT(includes("net/a.cpp", "#include <boost/asio.hpp>"), ElementsAre(HasSubstr("no row")));
}

TEST(IncludeRules, TheCoreIsPure) {
    EXPECT_THAT(includes("app/core/a.cpp", "#include <vector>"), IsEmpty());
    EXPECT_THAT(includes("app/core/a.cpp", "#include <thread>"), SizeIs(1));
    EXPECT_THAT(includes("app/core/a.cpp", "#include <unistd.h>"), SizeIs(1));
    EXPECT_THAT(includes("app/core/a.cpp", "#include <tl/expected.hpp>"), SizeIs(1));
    EXPECT_THAT(check_words({source("app/core/a.cpp", "auto t = std::chrono::steady_clock::now();\n")}), SizeIs(1));
}

TEST(IncludeRules, AnIncludeWithoutItsFolderIsAFinding) {
    EXPECT_THAT(includes("card/tlv.cpp", "#include \"tlv.h\""), ElementsAre(HasSubstr("no path from the root")));
}

TEST(IncludeRules, AFileInNoRoomIsAFinding) {
    EXPECT_THAT(includes("app/helpers/a.cpp", "#include <vector>"), SizeIs(1));
}

TEST(IncludeRules, AHeaderThatTheAppReachesShowsNoLibrary) {
    const File app = source("app/main/main.cpp", "#include \"net/outer.h\"\n");
    const File outer = source("net/outer.h", "#include <tl/expected.hpp>\n#include \"net/inner.h\"\n");
    EXPECT_THAT(check_public_headers({app, outer, source("net/inner.h", "#include <vector>\n")}), IsEmpty());
    EXPECT_THAT(check_public_headers({app, outer, source("net/inner.h", "\n#include <sqlite3.h>\n")}),
                ElementsAre(HasSubstr("net/inner.h:2: ")));
}

TEST(IncludeRules, AHeaderThatTheAppDoesNotReachMayShowALibrary) {
    EXPECT_THAT(
        check_public_headers(
            {source("app/main/main.cpp", "#include \"net/outer.h\"\n"), source("net/outer.h", "#include <vector>\n"),
             source("net/outer.cpp", "#include \"net/inner.h\"\n"), source("net/inner.h", "#include <sqlite3.h>\n")}),
        IsEmpty());
}

TEST(IncludeRules, ARoomStartsNoThreadAndPrintsNothing) {
    EXPECT_THAT(check_words({source("net/a.cpp", "std::thread t;\n")}), SizeIs(1));
    EXPECT_THAT(check_words({source("vision/a.cpp", "std::cerr << 1;\n")}), SizeIs(1));
    EXPECT_THAT(check_words({source("app/main/a.cpp", "std::jthread t;\n")}), IsEmpty());
}

}  // namespace
}  // namespace uketsuke::house
