#include "net/keyring.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/net/keyring_fixture.h"

namespace uketsuke::net {
namespace {

using ::testing::ElementsAre;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;
using testing::read_file;
using testing::write_file;

using KeyringTest = testing::KeyringFixture;
using Member = Keyring::Member;

bool same(const SealingKey& a, const SealingKey& b) {
    return std::equal(a.bytes().begin(), a.bytes().end(), b.bytes().begin());
}

TEST_F(KeyringTest, ACodeOpensTheSameKeyAfterEveryStart) {
    const auto ring = make();
    const auto first = opened(*ring, code);
    EXPECT_EQ(first.member, (Member{1, name}));
    EXPECT_EQ(ring->members(), 1U);
    const auto again = open();
    EXPECT_TRUE(same(opened(*again, code).key, first.key));
    EXPECT_EQ(again->device(), ring->device());
    EXPECT_EQ(again->device().size(), 32U);
    EXPECT_THAT(everything(), HasSubstr("tour.keyring.lock"));
    struct stat info {};
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(KeyringTest, TheFilesShowNeitherNamesNorCodesNorKeysAndNoLengthOfAName) {
    const auto ring = make();
    const auto me = opened(*ring, code);
    must(ring->enrol(me, "Sato", "271828"));
    EXPECT_THAT(everything(), Not(HasSubstr(name)));
    EXPECT_THAT(everything(), Not(HasSubstr("Sato")));
    EXPECT_THAT(everything(), Not(HasSubstr(code)));
    EXPECT_THAT(everything(), Not(HasSubstr("271828")));
    EXPECT_THAT(everything(), Not(HasSubstr(text_of(me.key))));
    EXPECT_THAT(everything(), Not(HasSubstr(text_of(device_key))));
    const auto size = std::filesystem::file_size(path);
    must(ring->remove(me.key, 2));
    must(ring->enrol(me, std::string(100, 'x'), "271828"));
    EXPECT_EQ(std::filesystem::file_size(path), size);
}

TEST_F(KeyringTest, WrongCodesAreCountedOverRestartsAndARightOneForgivesThem) {
    const auto ring = make();
    EXPECT_EQ(ring->tries_left(), 10);
    EXPECT_EQ(must(ring->try_code("000000")).tries_left, 9);
    for (const char* wrong : {"", "314", "3141590", "abcdef", "99999999999999999999"}) {
        const auto attempt = must(open()->try_code(wrong));
        EXPECT_FALSE(attempt.opened) << wrong;
        EXPECT_FALSE(attempt.destroyed);
    }
    EXPECT_EQ(open()->tries_left(), 4);
    EXPECT_EQ(must(ring->try_code(code)).tries_left, 10) << "another process counted meanwhile";
    EXPECT_EQ(open()->tries_left(), 10);
}

TEST_F(KeyringTest, TheTenthWrongCodeInARowDestroysEverythingForGood) {
    const auto ring = make();
    const auto me = opened(*ring, code);
    must(ring->enrol(me, "Sato", "271828"));
    const std::string device = ring->device();
    const std::string before = read_file(path);
    for (int i = 0; i < 9; ++i) EXPECT_FALSE(must(ring->try_code("000000")).destroyed);
    EXPECT_EQ(ring->tries_left(), 1);
    EXPECT_FALSE(ring->destroyed());
    const auto last = must(ring->try_code("000000"));
    EXPECT_TRUE(last.destroyed);
    EXPECT_EQ(last.tries_left, 0);
    EXPECT_TRUE(ring->destroyed());
    const auto later = open();
    EXPECT_TRUE(later->destroyed());
    EXPECT_EQ(later->device(), device) << "the clinic's list still knows it";
    EXPECT_EQ(later->members(), 0U);
    const auto attempt = must(later->try_code(code));
    EXPECT_FALSE(attempt.opened);
    EXPECT_TRUE(attempt.destroyed);
    // Not one stretch of sixteen bytes of any wrap or of the book is left.
    const std::string after = everything();
    EXPECT_EQ(read_file(path).size(), before.size());
    for (std::size_t at = internal::keyring_head_size; at + 16 <= before.size(); at += 8) {
        EXPECT_EQ(after.find(before.substr(at, 16)), std::string::npos) << at;
    }
    EXPECT_THAT(after, Not(HasSubstr(text_of(me.key))));
    must(later->destroy());
    EXPECT_TRUE(later->destroyed());
}

TEST_F(KeyringTest, DestroyedIsKnownToAnotherProcessAndANewOneTakesItsPlaceUnderAnotherName) {
    const auto ring = make();
    const auto me = opened(*ring, code);
    must(open()->destroy());
    EXPECT_TRUE(must(ring->try_code(code)).destroyed);
    EXPECT_EQ(fault_of(ring->enrol(me, "Sato", "271828")), Fault::BadKey);
    const std::string device = ring->device();
    const auto fresh = make();
    EXPECT_NE(fresh->device(), device);
    EXPECT_FALSE(same(opened(*fresh, code).key, me.key));
    EXPECT_EQ(fault_of(fresh->list(me.key)), Fault::BadKey);
}

TEST_F(KeyringTest, MembersComeAndGoAndNoNumberIsGivenTwice) {
    const auto ring = make();
    const auto me = opened(*ring, code);
    EXPECT_EQ(must(ring->enrol(me, "Sato", "271828")), (Member{2, "Sato"}));
    EXPECT_EQ(must(open()->enrol(me, "Kato", "161803398")), (Member{3, "Kato"}));
    EXPECT_TRUE(same(opened(*ring, "161803398").key, me.key));
    EXPECT_THAT(must(ring->list(me.key)), ElementsAre(Member{1, name}, Member{2, "Sato"}, Member{3, "Kato"}));
    must(ring->remove(me.key, 3));
    EXPECT_FALSE(must(ring->try_code("161803398")).opened);
    EXPECT_EQ(fault_of(ring->remove(me.key, 3)), Fault::NotFound);
    EXPECT_EQ(must(ring->enrol(me, "Ito", "161803398")).number, 4U);
    must(ring->remove(me.key, 1));
    must(ring->remove(me.key, 2));
    EXPECT_EQ(fault_of(ring->remove(me.key, 4)), Fault::Conflict);
    EXPECT_EQ(opened(*open(), "161803398").member, (Member{4, "Ito"}));
}

TEST_F(KeyringTest, ARemovedMembersWrapIsNowhereInTheFile) {
    const auto ring = make();
    const auto me = opened(*ring, code);
    must(ring->enrol(me, "Sato", "271828"));
    const std::string before = read_file(path);
    must(ring->remove(me.key, 2));
    const std::string after = everything();
    EXPECT_NE(after.find(before.substr(internal::keyring_head_size, 89)), std::string::npos)
        << "the first member's stays";
    EXPECT_EQ(after.find(before.substr(internal::keyring_head_size + 89 + 16, 16)), std::string::npos);
}

TEST_F(KeyringTest, SaysWhatItDoesNotTake) {
    const auto create = [&](const std::string& who, const char* with, const KeyringOptions& options) {
        return fault_of(Keyring::create(path, device_key.share(), who, with, options));
    };
    for (const char* bad : {"", "12345", "1234567890123", "12345a", "１２３４５６"}) {
        EXPECT_EQ(create(name, bad, quick()), Fault::BadOptions) << bad;
    }
    EXPECT_EQ(create("", "123456", quick()), Fault::BadOptions);
    EXPECT_EQ(create(std::string(101, 'x'), "123456", quick()), Fault::BadOptions);
    EXPECT_EQ(create("a\nb", "123456", quick()), Fault::BadOptions);
    EXPECT_EQ(create("\xff", "123456", quick()), Fault::BadOptions);
    for (const KeyringOptions& odd : {KeyringOptions{0, 1, 8u << 20}, KeyringOptions{10, 0, 8u << 20},
                                      KeyringOptions{10, 11, 8u << 20}, KeyringOptions{10, 1, 1u << 20}}) {
        EXPECT_EQ(create(name, "123456", odd), Fault::BadOptions);
    }
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(fault_of(Keyring::open(path, device_key.share(), quick())), Fault::NotFound);
    const auto ring = make();
    EXPECT_EQ(create(name, "123456", quick()), Fault::Conflict);
    const auto me = opened(*ring, code);
    EXPECT_EQ(fault_of(ring->enrol(me, "Sato", code)), Fault::Conflict);
    EXPECT_EQ(fault_of(ring->enrol(me, "Sato", "1")), Fault::BadOptions);
    EXPECT_EQ(fault_of(ring->enrol({SealingKey::random(), {}}, "Sato", "271828")), Fault::BadKey);
    EXPECT_EQ(fault_of(ring->remove(me.key, 1)), Fault::Conflict);
}

TEST_F(KeyringTest, HoldsThirtyTwoMembersAndNoMore) {
    const auto ring = make();
    const auto me = opened(*ring, code);
    for (int i = 2; i <= 32; ++i) must(ring->enrol(me, "m" + std::to_string(i), std::to_string(700'000 + i)));
    EXPECT_EQ(fault_of(ring->enrol(me, "m33", "700033")), Fault::Conflict);
    EXPECT_EQ(ring->members(), 32U);
    EXPECT_EQ(opened(*open(), "700032").member.number, 32U);
}

TEST_F(KeyringTest, ASealedFileIsReadOnlyWithItsKeyAndAsWhatItWasSealed) {
    const auto key = SealingKey::random();
    const std::vector<std::uint8_t> plain(1'700, 'K');
    const auto file = folder / "client.key.sealed";
    EXPECT_EQ(fault_of(read_sealed_file(file, key, "client key")), Fault::NotFound);
    must(write_sealed_file(file, key, "client key", std::vector<std::uint8_t>{1}));
    must(write_sealed_file(file, key, "client key", plain));
    EXPECT_EQ(must(read_sealed_file(file, key, "client key")), plain);
    EXPECT_EQ(fault_of(read_sealed_file(file, key, "another")), Fault::BadPayload);
    EXPECT_EQ(fault_of(read_sealed_file(file, SealingKey::random(), "client key")), Fault::BadPayload);
    EXPECT_THAT(everything(), Not(HasSubstr("KKKK")));
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    const std::string bytes = read_file(file);
    for (std::size_t size = 0; size < bytes.size(); size += 97) {
        write_file(file, bytes.substr(0, size));
        EXPECT_EQ(fault_of(read_sealed_file(file, key, "client key")), Fault::BadPayload);
    }
    write_file(file, std::string(70'000, 'x'));
    EXPECT_EQ(fault_of(read_sealed_file(file, key, "client key")), Fault::BadPayload);
    EXPECT_EQ(fault_of(write_sealed_file(file, key, "x", std::vector<std::uint8_t>(65'536))), Fault::BadOptions);
}

}  // namespace
}  // namespace uketsuke::net
