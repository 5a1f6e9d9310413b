#include "app/desk/replies.h"

#include <gtest/gtest.h>

namespace uketsuke::desk {
namespace {

TEST(Replies, APathIsItsParts) {
    EXPECT_EQ(parts_of("/arrivals/3f/seen"), (std::vector<std::string_view>{"arrivals", "3f", "seen"}));
    EXPECT_TRUE(parts_of("").empty());
    EXPECT_TRUE(parts_of("/").empty());
    EXPECT_TRUE(parts_of("//arrivals").empty());
    EXPECT_TRUE(parts_of("/arrivals/").empty());
    EXPECT_TRUE(parts_of("/a/b/c/d/e").empty());
}

TEST(Replies, ABodyIsAnObjectOfKnownMembers) {
    EXPECT_TRUE(object_of("", {}));
    EXPECT_TRUE(object_of(R"({"why":"x"})", {"why"}));
    EXPECT_FALSE(object_of(R"({"why":"x","who":"y"})", {"why"}));
    EXPECT_FALSE(object_of("[]", {}));
    EXPECT_FALSE(object_of("{", {}));
    EXPECT_FALSE(object_of(std::string(5'000, '['), {}));
}

TEST(Replies, ATextIsBoundedAndATextOnly) {
    const auto object = *object_of(R"({"a":"four","b":1})", {"a", "b"});
    EXPECT_EQ(text_in(object, "a", 4), "four");
    EXPECT_EQ(text_in(object, "a", 3), std::nullopt);
    EXPECT_EQ(text_in(object, "b", 9), std::nullopt);
    EXPECT_EQ(text_in(object, "c", 9), "");
}

TEST(Replies, ANumberIsDigitsOnly) {
    EXPECT_EQ(number_in("12"), 12U);
    EXPECT_EQ(number_in(""), std::nullopt);
    EXPECT_EQ(number_in("-1"), std::nullopt);
    EXPECT_EQ(number_in("1x"), std::nullopt);
    EXPECT_EQ(number_in("99999999999999999999999"), std::nullopt);
}

}  // namespace
}  // namespace uketsuke::desk
