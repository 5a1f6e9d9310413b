#include "app/config/suggest.h"

#include <gtest/gtest.h>

#include <string>

namespace uketsuke::config {
namespace {

const std::vector<std::string_view> k_words{"reader", "reader_name", "front", "width", "height"};

TEST(Suggest, FindsALetterThatIsWrongMissingExtraOrSwapped) {
    EXPECT_EQ(nearest("reeder", k_words), "reader");
    EXPECT_EQ(nearest("reder", k_words), "reader");
    EXPECT_EQ(nearest("readder", k_words), "reader");
    EXPECT_EQ(nearest("widht", k_words), "width");
    EXPECT_EQ(nearest("reader_nmae", k_words), "reader_name");
}

TEST(Suggest, OffersNothingForAWordLikeNoOther) {
    EXPECT_EQ(nearest("colour", k_words), std::nullopt);
    EXPECT_EQ(nearest("", k_words), std::nullopt);
    EXPECT_EQ(nearest("x", {}), std::nullopt);
}

TEST(Suggest, DoesNotCompareEndlessWords) {
    EXPECT_EQ(nearest(std::string(1'000'000, 'a'), k_words), std::nullopt);
}

}  // namespace
}  // namespace uketsuke::config
