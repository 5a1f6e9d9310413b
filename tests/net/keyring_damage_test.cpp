// What a thief, a flat battery or a bad disk does to the keyring's file.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <random>

#include "net/internal/keyring_store.h"
#include "tests/net/keyring_fixture.h"

namespace uketsuke::net {
namespace {

using testing::fault_of;
using testing::must;
using testing::read_file;
using testing::write_file;

using KeyringDamageTest = testing::KeyringFixture;

TEST_F(KeyringDamageTest, EveryByteThatIsAlteredIsFound) {
    const auto ring = make();
    must(ring->enrol(opened(*ring, code), "Sato", "271828"));
    const std::string bytes = read_file(path);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string altered = bytes;
        altered[at] = static_cast<char>(altered[at] ^ 0x01);
        write_file(path, altered);
        ASSERT_EQ(fault_of(Keyring::open(path, device_key.share(), quick())), Fault::BadPayload) << at;
        ASSERT_EQ(fault_of(ring->try_code(code)), Fault::BadPayload) << at;
    }
    write_file(path, bytes);
    EXPECT_TRUE(must(ring->try_code(code)).opened);
}

TEST_F(KeyringDamageTest, EveryFileThatWasCutOrGrewIsFound) {
    make();
    const std::string bytes = read_file(path);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        write_file(path, bytes.substr(0, size));
        ASSERT_EQ(fault_of(Keyring::open(path, device_key.share(), quick())), Fault::BadPayload) << size;
    }
    for (const std::size_t more : {1U, 89U, 65'536U, 1'000'000U}) {
        write_file(path, bytes + std::string(more, '\0'));
        EXPECT_EQ(fault_of(Keyring::open(path, device_key.share(), quick())), Fault::BadPayload) << more;
    }
    EXPECT_EQ(fault_of(Keyring::create(path, device_key.share(), name, code, quick())), Fault::Conflict)
        << "it may hold a key that somebody can still save";
}

TEST_F(KeyringDamageTest, NobodySetsTheCountBackWithoutTheDevicesKey) {
    const auto ring = make();
    const std::string fresh = read_file(path);
    must(ring->try_code("000000"));
    std::string set_back = read_file(path);
    constexpr std::size_t count_at = 8 + 1 + 16 + 16 + 8 + 1;
    ASSERT_EQ(set_back[count_at + 1], 1);
    set_back[count_at + 1] = 0;
    write_file(path, set_back);
    EXPECT_EQ(fault_of(Keyring::open(path, device_key.share(), quick())), Fault::BadPayload);
}

TEST_F(KeyringDamageTest, AnotherDevicesKeyOpensNothing) {
    make();
    EXPECT_EQ(fault_of(Keyring::open(path, SealingKey::random(), quick())), Fault::BadPayload);
}

TEST_F(KeyringDamageTest, ACostThatWouldHoldTheTabletUpIsRefused) {
    make();
    auto file = must(internal::read_keyring(path, device_key));
    for (const auto& [memory, passes] : {std::pair{std::uint64_t{2} << 30, 1}, {1 << 20, 1}, {8 << 20, 200}}) {
        file.memory = memory;
        file.passes = static_cast<std::uint64_t>(passes);
        write_file(path, internal::encode_keyring(file, device_key));
        EXPECT_EQ(fault_of(Keyring::open(path, device_key.share(), quick())), Fault::BadPayload);
    }
}

TEST_F(KeyringDamageTest, ALastTryWhoseOutcomeNobodySawIsAWrongOne) {
    make();
    auto file = must(internal::read_keyring(path, device_key));
    file.wrong_codes = 10;
    write_file(path, internal::encode_keyring(file, device_key));
    const std::string before = read_file(path);
    const auto ring = open();
    EXPECT_TRUE(ring->destroyed());
    EXPECT_FALSE(must(ring->try_code(code)).opened);
    EXPECT_EQ(everything().find(before.substr(internal::keyring_head_size + 16, 32)), std::string::npos);
}

TEST_F(KeyringDamageTest, ADestructionThatWasCutOffIsFinishedAtTheNextStart) {
    make();
    const std::string before = read_file(path);
    auto file = must(internal::read_keyring(path, device_key));
    file.destroyed = true;
    file.wraps.clear();
    file.book.clear();
    const std::string head = internal::encode_keyring(file, device_key);
    write_file(path, head + before.substr(head.size()));
    write_file(path.string() + ".new", before);
    EXPECT_TRUE(open()->destroyed());
    EXPECT_EQ(everything().find(before.substr(internal::keyring_head_size + 16, 32)), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
}

TEST_F(KeyringDamageTest, WhatAKilledProcessLeftBesideItIsGoneAfterTheNextChange) {
    const auto ring = make();
    write_file(path.string() + ".new", read_file(path).substr(0, 300));
    must(ring->try_code(code));
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
}

TEST_F(KeyringDamageTest, AnOlderFileIsOverwrittenWhereItLay) {
    const auto ring = make();
    const std::string before = read_file(path);
    const int held = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    must(ring->try_code("000000"));
    std::string older(before.size(), '\0');
    ASSERT_EQ(::pread(held, older.data(), older.size(), 0), static_cast<ssize_t>(older.size()));
    ::close(held);
    EXPECT_EQ(older.find(before.substr(internal::keyring_head_size + 16, 16)), std::string::npos);
}

TEST_F(KeyringDamageTest, WhereTheCountCannotBeWrittenNoCodeIsTried) {
    const auto ring = make();
    std::filesystem::create_directory(path.string() + ".new");
    EXPECT_FALSE(ring->try_code(code).has_value());
    std::filesystem::remove(path.string() + ".new");
    EXPECT_TRUE(must(ring->try_code(code)).opened);
}

TEST_F(KeyringDamageTest, NoBatteryThatIsPulledTakesATryBack) {
    std::mt19937 chance(20'261'122);
    int kills = 0;
    for (int ring_number = 0; ring_number < 20; ++ring_number) {
        make();
        int acknowledged = 0;
        while (!open()->destroyed()) {
            ASSERT_GE(10 - open()->tries_left(), acknowledged);
            int tells[2];
            ASSERT_EQ(::pipe(tells), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                const auto ring = open();
                while (ring->try_code("000000").has_value() && ::write(tells[1], "x", 1) == 1 && !ring->destroyed()) {
                }
                ::_exit(0);
            }
            ::close(tells[1]);
            for (std::atomic<unsigned> spin = chance() % 2'500'000; spin > 0; --spin) {
            }
            ::kill(child, SIGKILL);
            ASSERT_EQ(::waitpid(child, nullptr, 0), child);
            for (char c = 0; ::read(tells[0], &c, 1) == 1;) ++acknowledged;
            ::close(tells[0]);
            ASSERT_LT(++kills, 2'000) << "tries are not counted";
        }
        EXPECT_LE(acknowledged, 10);
        EXPECT_FALSE(must(open()->try_code(code)).opened);
    }
    EXPECT_GT(kills, 40);
    RecordProperty("kills", kills);
}

TEST_F(KeyringDamageTest, AKillAtAnyMomentOfAChangeLeavesAKeyringThatOpens) {
    make();
    std::mt19937 chance(20'261'123);
    for (int life = 0; life < 60; ++life) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto ring = open();
            const auto me = opened(*ring, code);
            for (unsigned n = 0; n < 1'000; ++n) {
                const auto added = ring->enrol(me, "Sato", std::to_string(700'000 + n));
                if (added) [[maybe_unused]]
                    const auto gone = ring->remove(me.key, added->number);
            }
            ::_exit(0);
        }
        for (std::atomic<unsigned> spin = chance() % 8'000'000; spin > 0; --spin) {
        }
        ::kill(child, SIGKILL);
        ASSERT_EQ(::waitpid(child, nullptr, 0), child);
        const auto ring = open();
        const auto me = opened(*ring, code);
        for (const auto& member : must(ring->list(me.key))) {
            if (member.number != 1) must(ring->remove(me.key, member.number));
        }
        ASSERT_EQ(ring->tries_left(), 10);
    }
}

TEST_F(KeyringDamageTest, TwoProcessesLoseNoTryOfEachOther) {
    make();
    std::vector<pid_t> children;
    for (int i = 0; i < 2; ++i) {
        children.push_back(::fork());
        if (children.back() != 0) continue;
        const auto ring = Keyring::open(path, device_key.share(), quick());
        bool fine = ring.has_value();
        for (int n = 0; fine && n < 4; ++n) fine = (*ring)->try_code("00000" + std::to_string(i)).has_value();
        ::_exit(fine ? 0 : 1);
    }
    for (const pid_t child : children) {
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(open()->tries_left(), 2);
}

}  // namespace
}  // namespace uketsuke::net
