// The table of what the OWASP ASVS asks and which test shows it: every test that it names exists.

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

namespace fs = std::filesystem;

std::set<std::string> tests_in(const fs::path& folder) {
    static const std::regex k_test(R"(\bTEST(?:_F)?\(\s*(\w+)\s*,\s*(\w+)\s*\))");
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = read_text(entry.path());
        for (std::sregex_iterator it(text.begin(), text.end(), k_test), end; it != end; ++it) {
            names.insert((*it)[1].str() + "." + (*it)[2].str());
        }
    }
    return names;
}

std::vector<std::string> rows_of(const std::string& readme) {
    static const std::regex k_row(R"(\| *(\d+\.\d+\.\d+) *\|.*)");
    std::vector<std::string> rows;
    std::istringstream lines(readme);
    for (std::string line; std::getline(lines, line);) {
        if (std::regex_match(line, k_row)) rows.push_back(line);
    }
    return rows;
}

TEST(AsvsTableTest, EveryTestThatItNamesExists) {
    const fs::path root = UKETSUKE_SOURCE_DIR;
    const auto tests = tests_in(root / "tests/net/desk");
    const auto rows = rows_of(read_text(root / "net/desk/README.md"));
    ASSERT_GT(rows.size(), 60u);
    static const std::regex k_name(R"(`(\w+Test\.\w+)`)");
    for (const std::string& row : rows) {
        for (std::sregex_iterator it(row.begin(), row.end(), k_name), end; it != end; ++it) {
            EXPECT_TRUE(tests.contains((*it)[1].str())) << (*it)[1].str();
        }
    }
}

TEST(AsvsTableTest, EveryRowIsShownByATestOrSaysWhyNot) {
    static const std::regex k_shown(R"(`\w+Test\.\w+`|does not apply|not met|by reading|the page's)");
    std::set<std::string> seen;
    for (const std::string& row : rows_of(read_text(fs::path(UKETSUKE_SOURCE_DIR) / "net/desk/README.md"))) {
        EXPECT_TRUE(std::regex_search(row, k_shown)) << row;
        EXPECT_TRUE(seen.insert(row.substr(0, row.find('|', 1))).second) << "twice: " << row;
    }
}

}  // namespace
}  // namespace uketsuke::net::testing
