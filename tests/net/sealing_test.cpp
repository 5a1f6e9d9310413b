#include "net/sealing.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;
using testing::ScratchFolder;
using testing::write_file;

const std::vector<std::uint8_t> plain{'p', 'e', 'r', 's', 'o', 'n', 'a', 'l'};

TEST(Sealing, GivesBackWhatWasSealedAndNeverTheSameBytesTwice) {
    const SealingKey key = SealingKey::random();
    const auto sealed = seal(key, plain, "id-1");
    EXPECT_EQ(sealed.size(), plain.size() + seal_overhead);
    EXPECT_EQ(must(unseal(key, sealed, "id-1")), plain);
    EXPECT_NE(sealed, seal(key, plain, "id-1"));
    EXPECT_EQ(must(unseal(key, seal(key, {}, ""), "")).size(), 0u);
}

TEST(Sealing, RefusesAnotherRowAnotherKeyAndEveryFlippedBit) {
    const SealingKey key = SealingKey::random();
    auto sealed = seal(key, plain, "id-1");
    EXPECT_EQ(fault_of(unseal(key, sealed, "id-2")), Fault::BadPayload);
    EXPECT_EQ(fault_of(unseal(SealingKey::random(), sealed, "id-1")), Fault::BadPayload);
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        sealed[i / 8] ^= static_cast<std::uint8_t>(1u << (i % 8));
        ASSERT_FALSE(unseal(key, sealed, "id-1")) << i;
        sealed[i / 8] ^= static_cast<std::uint8_t>(1u << (i % 8));
    }
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        ASSERT_FALSE(unseal(key, std::span(sealed).first(length), "id-1")) << length;
    }
}

TEST(SealingKey, GivesEachPurposeAKeyOfItsOwnAndAlwaysTheSameOne) {
    const auto key = SealingKey::random();
    const auto bytes = [](const SealingKey& one) {
        return std::vector<std::uint8_t>(one.bytes().begin(), one.bytes().end());
    };
    EXPECT_EQ(bytes(key.derive("audit")), bytes(key.derive("audit")));
    EXPECT_NE(bytes(key.derive("audit")), bytes(key.derive("refused numbers")));
    EXPECT_NE(bytes(key.derive("audit")), bytes(key));
    EXPECT_NE(bytes(key.derive("audit")), bytes(SealingKey::random().derive("audit")));
}

TEST(SealingKey, IsMadeOnceWithModeSixHundredAndReadAgain) {
    const ScratchFolder folder;
    const auto file = folder / "outbox.key";
    EXPECT_EQ(fault_of(SealingKey::load(file, KeyCreation::Never)), Fault::BadKey);
    EXPECT_FALSE(std::filesystem::exists(file));
    const SealingKey made = must(SealingKey::load(file, KeyCreation::IfAbsent));
    struct stat info {};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0600u);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << "a draft was left behind";
    const SealingKey again = must(SealingKey::load(file, KeyCreation::IfAbsent));
    EXPECT_TRUE(std::equal(made.bytes().begin(), made.bytes().end(), again.bytes().begin()));
}

TEST(SealingKey, RefusesAFileThatOthersCanReadAndSaysWhatToDo) {
    const ScratchFolder folder;
    const auto file = folder / "outbox.key";
    must(SealingKey::load(file, KeyCreation::IfAbsent));
    for (const mode_t mode : {0640u, 0604u, 0660u, 0644u}) {
        ASSERT_EQ(::chmod(file.c_str(), mode), 0);
        const auto key = SealingKey::load(file, KeyCreation::IfAbsent);
        EXPECT_EQ(fault_of(key), Fault::BadKey);
        EXPECT_THAT(key.error().where, HasSubstr(file.string()));
        EXPECT_THAT(key.error().where, HasSubstr("chmod 600"));
    }
}

TEST(SealingKey, RefusesAShortFileALinkAndAFolder) {
    const ScratchFolder folder;
    write_file(folder / "short", "12345");
    ASSERT_EQ(::chmod((folder / "short").c_str(), 0600), 0);
    EXPECT_THAT(SealingKey::load(folder / "short", KeyCreation::IfAbsent).error().where, HasSubstr("5 bytes"));
    must(SealingKey::load(folder / "real", KeyCreation::IfAbsent));
    std::filesystem::create_symlink(folder / "real", folder / "link");
    EXPECT_EQ(fault_of(SealingKey::load(folder / "link", KeyCreation::IfAbsent)), Fault::BadKey);
    EXPECT_EQ(fault_of(SealingKey::load(folder.path(), KeyCreation::IfAbsent)), Fault::BadKey);
    EXPECT_EQ(fault_of(SealingKey::load(folder / "no" / "such", KeyCreation::IfAbsent)), Fault::BadKey);
}

TEST(SealingKey, ComesFromTheServiceManagersCredentialsWhereThereAreSome) {
    const ScratchFolder folder;
    must(SealingKey::load(folder / "uketsuke-key", KeyCreation::IfAbsent));
    ASSERT_EQ(::chmod((folder / "uketsuke-key").c_str(), 0440), 0);
    ASSERT_EQ(::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1), 0);
    EXPECT_TRUE(SealingKey::from_credential("uketsuke-key"));
    EXPECT_TRUE(SealingKey::load_any("uketsuke-key", folder / "elsewhere", KeyCreation::Never));
    EXPECT_FALSE(SealingKey::from_credential("../uketsuke-key"));
    EXPECT_FALSE(SealingKey::from_credential("absent"));
    ASSERT_EQ(::unsetenv("CREDENTIALS_DIRECTORY"), 0);
    EXPECT_EQ(fault_of(SealingKey::from_credential("uketsuke-key")), Fault::BadKey);
    EXPECT_TRUE(SealingKey::load_any("uketsuke-key", folder / "elsewhere", KeyCreation::IfAbsent));
}

}  // namespace
}  // namespace uketsuke::net
