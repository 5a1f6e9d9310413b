// Every kept input, and mutations of it that are the same in every run, through the fuzz targets of an ordinary build.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {

// GoogleTest and ctest name a case by it; the addresses that they would print are others in each run.
void PrintTo(const Target& target, std::ostream* out) {
    *out << target.name;
}

namespace {

namespace fs = std::filesystem;
using card::Bytes;

std::vector<fs::path> corpus_of(std::string_view target) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(UKETSUKE_SOURCE_DIR) / "tests/fuzz/corpus" / target)) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Bytes read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

class Mutator {
  public:
    Bytes operator()(Bytes bytes) {
        for (std::size_t hits = 1 + below(5); hits > 0 && !bytes.empty(); --hits) {
            const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size()));
            switch (below(6)) {
                case 0:
                    *at = static_cast<std::uint8_t>(m_engine());
                    break;
                case 1:
                    *at = static_cast<std::uint8_t>(*at ^ (1U << below(8)));
                    break;
                case 2:
                    *at = below(2) == 0 ? 0x00 : 0xFF;
                    break;
                case 3:
                    bytes.erase(at);
                    break;
                case 4:
                    bytes.insert(at, static_cast<std::uint8_t>(m_engine()));
                    break;
                case 5:
                    bytes.erase(at, at + std::min(bytes.end() - at, static_cast<std::ptrdiff_t>(1 + below(40))));
                    break;
            }
        }
        return bytes;
    }

  private:
    std::size_t below(std::size_t limit) { return m_engine() % limit; }
    std::mt19937 m_engine{20261121};
};

class FuzzCorpus : public ::testing::TestWithParam<Target> {};

TEST_P(FuzzCorpus, EveryKeptInputAndItsMutationsKeepEveryPromise) {
    const auto files = corpus_of(GetParam().name);
    ASSERT_FALSE(files.empty()) << "an empty corpus tries nothing";
    Mutator mutate;
    for (const fs::path& path : files) {
        const Bytes whole = read(path);
        EXPECT_NO_THROW(GetParam().run(whole)) << path;
        for (std::size_t i = 0; i < GetParam().mutations / files.size(); ++i) {
            ASSERT_NO_THROW(GetParam().run(mutate(whole))) << path << ", mutation " << i;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Every, FuzzCorpus, ::testing::ValuesIn(k_targets),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace uketsuke::fuzz
