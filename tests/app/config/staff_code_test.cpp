#include "app/config/staff_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace uketsuke::config {
namespace {

// Of 2580; the second by the argon2 program of Debian's package of that name.
const std::string k_by_libsodium =
    "$argon2id$v=19$m=65536,t=2,p=1$NMBpxSpkN/zuJT9XLMSNMA$HCVZrk2p3eKWPGIYtmpTvOYPvNhtvWF9SOPql9x0/08";
const std::string k_by_argon2 =
    "$argon2id$v=19$m=65536,t=2,p=1$V0pTa3MxSFdlc2NUaHRkOA$PhmoMu+CifjGT9OfYCnwTqXW9FHx3YbPRrOFsh72/fc";

std::string replaced(std::string text, const std::string& old, const std::string& by) {
    return text.replace(text.find(old), old.size(), by);
}

TEST(StaffCode, MatchesItsHashAndNoOther) {
    const auto hash = hash_staff_code("13579");
    ASSERT_TRUE(hash) << hash.error();
    EXPECT_TRUE(is_staff_code_hash(*hash));
    EXPECT_TRUE(staff_code_matches(*hash, "13579"));
    EXPECT_FALSE(staff_code_matches(*hash, "13578"));
    EXPECT_FALSE(staff_code_matches(*hash, "135790"));
}

TEST(StaffCode, HashedTwiceGivesTwoHashes) {
    EXPECT_NE(hash_staff_code("2580").value(), hash_staff_code("2580").value());
}

TEST(StaffCode, HashedByTheArgon2ProgramIsUnderstood) {
    EXPECT_TRUE(staff_code_matches(k_by_libsodium, "2580"));
    EXPECT_TRUE(staff_code_matches(k_by_argon2, "2580"));
    EXPECT_FALSE(staff_code_matches(k_by_argon2, "0852"));
}

TEST(StaffCode, HasFourToTwelveDigits) {
    for (const auto* good : {"0000", "123456789012"}) EXPECT_TRUE(is_staff_code(good)) << good;
    for (const auto* bad : {"", "123", "1234567890123", "12a4", "１２３４", "12 4"}) {
        EXPECT_FALSE(is_staff_code(bad)) << bad;
        EXPECT_FALSE(hash_staff_code(bad)) << bad;
        EXPECT_FALSE(staff_code_matches(k_by_libsodium, bad)) << bad;
    }
}

TEST(StaffCode, WhatIsNoHashIsRefused) {
    EXPECT_TRUE(is_staff_code_hash(k_by_libsodium));
    for (const std::string& bad : {std::string{}, std::string{"2580"}, replaced(k_by_libsodium, "argon2id", "argon2i"),
                                   replaced(k_by_libsodium, "v=19", "v=18"), replaced(k_by_libsodium, "m=65536", "m="),
                                   replaced(k_by_libsodium, "p=1", "p=4"), k_by_libsodium.substr(0, 40),
                                   k_by_libsodium + std::string(200, 'A')}) {
        EXPECT_FALSE(is_staff_code_hash(bad)) << bad;
        EXPECT_FALSE(staff_code_matches(bad, "2580")) << bad;
    }
}

TEST(StaffCode, AHashThatWouldTakeAllMemoryOrMinutesIsRefused) {
    EXPECT_FALSE(is_staff_code_hash(replaced(k_by_libsodium, "m=65536", "m=4194304")));
    EXPECT_FALSE(is_staff_code_hash(replaced(k_by_libsodium, "t=2", "t=1000")));
    EXPECT_FALSE(is_staff_code_hash(replaced(k_by_libsodium, "m=65536", "m=99999999999999999999999")));
}

}  // namespace
}  // namespace uketsuke::config
