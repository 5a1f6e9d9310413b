// uketsuke-tour as somebody at a terminal, or a script, uses it.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdio>

#include "net/audit_log.h"
#include "tests/net/keyring_fixture.h"

namespace uketsuke::net {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;
using testing::read_file;
using testing::write_file;

struct Ran {
    int code = 0;
    std::string out;  ///< standard error joins it
};

struct TourProgramTest : testing::KeyringFixture {
    std::filesystem::path config = folder / "tablet.toml";
    std::filesystem::path key_file = folder / "device.key";
    std::filesystem::path audit = folder / "audit.log";
    std::filesystem::path client_key = folder / "client.sealed";

    void SetUp() override {
        write_file(config,
                   "[visit]\nenabled = true\nkeyring = \"tour.keyring\"\nclient_key = \"client.sealed\"\n"
                   "[outbox]\npath = \"outbox.db\"\nkey_file = \"device.key\"\n"
                   "[face]\nenabled = false\n[camera]\nsource = \"none\"\n[flow]\ndemonstration = true\n"
                   "[service]\nmode = \"simulator\"\ninstitution_code = \"1312345670\"\n"
                   "client_certificate = \"client.pem\"\n");
    }
    /// With a keyring whose codes take little work.
    void set_up() {
        device_key = must(SealingKey::load(key_file, KeyCreation::IfAbsent));
        make();
    }
    Ran tour(const std::string& command, const std::string& input = "", const std::string& more = "") const {
        const std::string line = "printf '" + input + "' | " + TOUR_PROGRAM + " " + command + " --config '" +
                                 config.string() + "' " + more + " 2>&1";
        Ran ran;
        FILE* pipe = ::popen(line.c_str(), "r");
        char chunk[4096];
        for (std::size_t n = 0; (n = std::fread(chunk, 1, sizeof chunk, pipe)) > 0;) ran.out.append(chunk, n);
        const int status = ::pclose(pipe);
        ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return ran;
    }
};

TEST_F(TourProgramTest, SetsATabletUpOnceAndRecordsItSealed) {
    const Ran made = tour("set-up", "314159\\n", "--name '山田 花子'");
    EXPECT_EQ(made.code, 0) << made.out;
    device_key = must(SealingKey::load(key_file, KeyCreation::Never));
    const auto ring = must(Keyring::open(path, device_key.share()));
    EXPECT_THAT(made.out, AllOf(HasSubstr("山田 花子 is member 1"), HasSubstr("device " + ring->device())));
    const auto me = opened(*ring, code);
    EXPECT_TRUE(must(verify_audit_log(audit, me.key.share())).problems.empty());
    EXPECT_THAT(everything(), Not(HasSubstr("山田")));
    EXPECT_THAT(everything(), Not(HasSubstr("set up")));
    const Ran again = tour("set-up", "271828\\n", "--name Sato");
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.out, HasSubstr("this tablet is set up"));
    EXPECT_TRUE(must(ring->try_code(code)).opened);
}

TEST_F(TourProgramTest, IsNotSetUpOverWhatAnotherKeySealed) {
    write_file(folder / "outbox.db", "x");
    const Ran made = tour("set-up", "314159\\n", "--name Sato");
    EXPECT_EQ(made.code, 1);
    EXPECT_THAT(made.out, HasSubstr("put it away first"));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(TourProgramTest, AMemberLetsAnotherInAndOneIsTakenOut) {
    set_up();
    const Ran added = tour("enrol", "314159\\n271828\\n", "--name Sato");
    EXPECT_EQ(added.code, 0) << added.out;
    EXPECT_EQ(added.out, "Sato is member 2\n");
    EXPECT_EQ(tour("list", "271828\\n").out, "1\t" + name + "\n2\tSato\n");
    EXPECT_THAT(tour("enrol", "314159\\n271828\\n", "--name Kato").out, HasSubstr("somebody has this code"));
    EXPECT_THAT(tour("enrol", "314159\\n12345\\n", "--name Kato").out, HasSubstr("6 to 12 digits"));
    const Ran removed = tour("remove", "271828\\n", "1");
    EXPECT_EQ(removed.code, 0) << removed.out;
    EXPECT_THAT(tour("list", "314159\\n").out, HasSubstr("wrong code; 9 tries are left"));
    EXPECT_EQ(tour("remove", "271828\\n", "2").code, 1);
    EXPECT_THAT(tour("record", "271828\\n").out,
                AllOf(HasSubstr(name + "  tour member enrolled  member 2 Sato"),
                      HasSubstr("Sato  tour member removed  member 1"), HasSubstr("2 entries, intact")));
}

TEST_F(TourProgramTest, SealsTheInstitutionsKeyAndSaysToRemoveItsSource) {
    set_up();
    const auto source = folder / "client.key.pem";
    const std::string pem = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    write_file(source, pem);
    const std::string as = "--as client-key '" + source.string() + "'";
    EXPECT_EQ(tour("seal", "000000\\n", as).code, 1);
    EXPECT_FALSE(std::filesystem::exists(client_key));
    const Ran sealed = tour("seal", "314159\\n", as);
    EXPECT_EQ(sealed.code, 0) << sealed.out;
    EXPECT_THAT(sealed.out, HasSubstr("Now remove " + source.string()));
    const auto key = opened(*open(), code).key;
    const auto plain = must(read_sealed_file(client_key, key, client_key_seal));
    EXPECT_EQ(std::string(plain.begin(), plain.end()), pem);
    EXPECT_THAT(read_file(client_key), Not(HasSubstr("PRIVATE")));
    for (const char* bad : {"", "no key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"}) {
        write_file(source, bad);
        EXPECT_EQ(tour("seal", "314159\\n", as).code, 1) << bad;
    }
    EXPECT_EQ(tour("seal", "314159\\n", "--as password '" + source.string() + "'").code, 2);
}

TEST_F(TourProgramTest, SaysWhichDeviceItIsAndDestroysItWithoutACode) {
    set_up();
    const std::string id = open()->device();
    EXPECT_EQ(tour("device").out, "device " + id + "\nmembers 1\ntries left 10\n");
    EXPECT_EQ(tour("destroy").code, 2);
    EXPECT_FALSE(open()->destroyed());
    EXPECT_EQ(tour("destroy", "", "--yes").code, 0);
    EXPECT_EQ(tour("device").out, "device " + id + "\ndestroyed\n");
    EXPECT_THAT(tour("list", "314159\\n").out, HasSubstr("the key is destroyed"));
}

TEST_F(TourProgramTest, TheTenthWrongCodeThereDestroysTooAndAnEmptyLineIsNoCode) {
    set_up();
    EXPECT_THAT(tour("list", "\\n").out, HasSubstr("no code was given"));
    for (int i = 0; i < 8; ++i) EXPECT_EQ(tour("list", "000000\\n").code, 1);
    EXPECT_THAT(tour("list", "000000\\n").out, HasSubstr("one try is left"));
    EXPECT_THAT(tour("list", "000000\\n").out, HasSubstr("the key is destroyed"));
    EXPECT_TRUE(open()->destroyed());
}

TEST_F(TourProgramTest, SaysWhatIsWrongWithACommandOrAConfiguration) {
    EXPECT_EQ(tour("").code, 2);
    EXPECT_EQ(tour("list --help").code, 0);
    EXPECT_EQ(tour("remove", "", "x").code, 2);
    EXPECT_THAT(tour("device").out, HasSubstr("device.key"));
    write_file(key_file, std::string(32, 'k'));
    std::filesystem::permissions(key_file, std::filesystem::perms(0600));
    EXPECT_THAT(tour("device").out, HasSubstr("there is no keyring"));
    write_file(config, "[visit]\nenabled = 3\n");
    EXPECT_THAT(tour("device").out, HasSubstr("tablet.toml:2"));
    EXPECT_EQ(tour("device").code, 1);
}

}  // namespace
}  // namespace uketsuke::net
