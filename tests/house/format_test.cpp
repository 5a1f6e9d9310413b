// Every source looks as .clang-format says.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "tests/house/source_tree.h"

namespace uketsuke::house {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_formatter = "clang-format-14";

struct Ended {
    int status = -1;  // 127: there is no such program
    std::string output;
};

Ended run(std::vector<std::string> words) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = -1;
    const int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    Ended ended{127, {}};
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; failed == 0 && (got = read(ends[0], buffer.data(), buffer.size())) > 0;) {
        ended.output.append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(ends[0]);
    int status = 0;
    if (failed == 0 && waitpid(child, &status, 0) == child) ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
}

TEST(Format, EverySourceOfTheHouseIsFormatted) {
    if (run({k_formatter, "--version"}).status != 0) GTEST_SKIP() << k_formatter << " is not installed";
    std::vector<std::string> words{k_formatter, "--dry-run", "-Werror"};
    for (const File& file : read_tree(UKETSUKE_SOURCE_DIR)) {
        if (is_source(file)) words.push_back((fs::path{UKETSUKE_SOURCE_DIR} / file.path).string());
    }
    const Ended ended = run(words);
    EXPECT_EQ(ended.status, 0) << ended.output.substr(0, 4000);
}

TEST(Format, AnUnformattedFileIsNoticedAndAFormattedOneIsNot) {
    if (run({k_formatter, "--version"}).status != 0) GTEST_SKIP() << k_formatter << " is not installed";
    const fs::path folder = fs::path{testing::TempDir()} / ("uketsuke-format-" + std::to_string(getpid()));
    fs::create_directories(folder);
    fs::copy_file(fs::path{UKETSUKE_SOURCE_DIR} / ".clang-format", folder / ".clang-format");
    const auto status_of = [&](const char* text) {
        const fs::path file = folder / "sample.cpp";
        std::ofstream(file) << text;
        return run({k_formatter, "--dry-run", "-Werror", file.string()}).status;
    };
    EXPECT_EQ(status_of("int a;\n"), 0);
    EXPECT_NE(status_of("int   a ;\n"), 0);
    fs::remove_all(folder);
}

}  // namespace
}  // namespace uketsuke::house
