#include "tests/house/layout_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace uketsuke::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

File file(const std::string& path, const std::string& text = {}, bool executable = false) {
    return {path, text, text.size(), executable};
}

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "x\n";
    return text;
}

const std::vector<File>& house() {
    static const std::vector<File> files = read_tree(UKETSUKE_SOURCE_DIR);
    return files;
}

TEST(LayoutRules, NoFileOfTheHouseIsTooLongAndTheMedianIsShort) {
    EXPECT_THAT(check_lengths(house()), IsEmpty());
}

TEST(LayoutRules, NoFileOfTheHouseIsTooLarge) {
    EXPECT_THAT(check_sizes(house()), IsEmpty());
}

TEST(LayoutRules, TheTopOfTheHouseHoldsWhatItShould) {
    EXPECT_THAT(check_top_level(house()), IsEmpty());
}

TEST(LayoutRules, EveryScriptOfTheHouseCanBeRun) {
    EXPECT_THAT(check_scripts(house()), IsEmpty());
}

TEST(LayoutRules, TheHouseNamesNoPlaceOfOneMachine) {
    EXPECT_THAT(check_places(house()), IsEmpty());
}

TEST(LayoutRules, FilesOfTheHouseAreNamedAndGuardedAlike) {
    EXPECT_THAT(check_names(house()), IsEmpty());
}

TEST(LayoutRules, ALongFileIsAFindingAndOneAtTheLimitIsNot) {
    EXPECT_THAT(check_lengths({file("card/a.cpp", lines(400)), file("card/b.cpp"), file("card/c.cpp")}), IsEmpty());
    EXPECT_THAT(check_lengths({file("card/a.cpp", lines(401)), file("card/b.cpp"), file("card/c.cpp")}),
                ElementsAre(HasSubstr("card/a.cpp: 401 lines")));
}

TEST(LayoutRules, AHighMedianIsAFinding) {
    EXPECT_THAT(check_lengths({file("card/a.cpp", lines(151)), file("card/b.cpp", lines(151)), file("card/c.cpp")}),
                ElementsAre(HasSubstr("median")));
}

TEST(LayoutRules, OnlySourcesAreCounted) {
    EXPECT_THAT(check_lengths({file("card/README.md", lines(1000))}), IsEmpty());
}

TEST(LayoutRules, WeightsAreAFinding) {
    File weights = file("assets/models/network.dat");
    weights.size = k_largest_file + 1;
    EXPECT_THAT(check_sizes({weights}), SizeIs(1));
    weights.size = k_largest_file;
    EXPECT_THAT(check_sizes({weights}), IsEmpty());
}

TEST(LayoutRules, AStrangerAtTheTopIsAFinding) {
    const std::vector<File> good{file("README.md"), file(".ci/run"), file("card/README.md"), file(".gitignore")};
    EXPECT_THAT(check_top_level(good), IsEmpty());
    auto with = [&](const std::string& path) {
        auto files = good;
        files.push_back(file(path));
        return check_top_level(files);
    };
    EXPECT_THAT(with("docs/a.md"), SizeIs(1));
    EXPECT_THAT(with("NOTES.md"), SizeIs(1));
    EXPECT_THAT(with("net/a.cpp"), ElementsAre("net/ has no README.md"));
}

TEST(LayoutRules, AScriptThatCannotBeRunOrGoesOnWithAnUnsetNameIsAFinding) {
    const std::string careful = "#!/usr/bin/env bash\nset -euo pipefail\n";
    EXPECT_THAT(check_scripts({file("app/run", careful, true)}), IsEmpty());
    EXPECT_THAT(check_scripts({file("app/run", careful, false)}), SizeIs(1));
    EXPECT_THAT(check_scripts({file("app/run", "#!/usr/bin/env bash\n", true)}), SizeIs(1));
    EXPECT_THAT(check_scripts({file("app/run", "#!/usr/bin/env bash\nset -e\n", true)}), SizeIs(1));
}

TEST(LayoutRules, APlaceOnOneMachineOrAPackageHostIsAFinding) {
    EXPECT_THAT(check_places({file("card/a.cpp",
                                   "open(\"/"
                                   "work/x\");\n")}),
                SizeIs(1));
    EXPECT_THAT(check_places({file("README.md",
                                   "see /"
                                   "farm/x\n")}),
                SizeIs(1));
    EXPECT_THAT(check_places({file("app/run",
                                   "curl deb."
                                   "debian.org\n")}),
                SizeIs(1));
    EXPECT_THAT(check_places({file("README.md",
                                   "Debian: deb."
                                   "debian.org\n")}),
                IsEmpty());
    EXPECT_THAT(check_places({file("net/a.cpp", "#include \"app/workers/x.h\"\n")}), IsEmpty());
}

TEST(LayoutRules, ACamelCaseFileOrAnUnguardedHeaderIsAFinding) {
    EXPECT_THAT(check_names({file("card/Tlv.cpp")}), SizeIs(1));
    EXPECT_THAT(check_names({file("card/tlv.h", "int a;\n")}), SizeIs(1));
    EXPECT_THAT(check_names({file("card/tlv.h", "// What.\n#pragma once\n")}), IsEmpty());
}

}  // namespace
}  // namespace uketsuke::house
