// What is wrong with a configuration, and where.
#include "app/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace uketsuke::config {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// The least that a demonstration needs. Ends with the line that `line` numbers start after.
const std::string k_demo =
    "[card]\nreader = \"virtual\"\n[camera]\nsource = \"virtual\"\n"
    "[service]\nmode = \"simulator\"\ninstitution_code = \"1312345678\"\n[flow]\ndemonstration = true\n";

std::string error_of(const std::string& toml) {
    const auto config = parse_config(toml, "kiosk-config/x.toml");
    return config ? "no error" : config.error().text();
}

class ConfigFile : public testing::Test {
  protected:
    void SetUp() override {
        m_folder = fs::path{testing::TempDir()} / ("uketsuke-config-" + std::to_string(getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    fs::path write(const std::string& text) const {
        const fs::path file = m_folder / "kiosk.toml";
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }
    fs::path m_folder;
};

TEST(Config, TheLeastDemonstrationIsRead) {
    EXPECT_EQ(error_of(k_demo), "no error");
}

TEST(Config, AnUnknownKeyIsNamedWithFileLineAndTheKeyThatWasMeant) {
    EXPECT_EQ(error_of("[card]\nraeder = \"pcsc\"\n"),
              "kiosk-config/x.toml:2: unknown key 'card.raeder' (did you mean 'reader'?)");
}

TEST(Config, AKeyInTheWrongTableIsToldWhereItBelongs) {
    EXPECT_EQ(error_of("[face]\nfullscreen = true\n"),
              "kiosk-config/x.toml:2: unknown key 'face.fullscreen' (it belongs in [display])");
}

TEST(Config, AnUnknownKeyLikeNoOtherIsNamedWithoutAGuess) {
    EXPECT_EQ(error_of("[card]\nflavour = 1\n"), "kiosk-config/x.toml:2: unknown key 'card.flavour'");
}

TEST(Config, AnUnknownTableIsNamed) {
    EXPECT_EQ(error_of("\n[crad]\nreader = \"pcsc\"\n"),
              "kiosk-config/x.toml:2: unknown table 'crad' (did you mean 'card'?)");
}

TEST(Config, AnUnknownKeyBeforeTheTablesIsNamed) {
    EXPECT_EQ(error_of("asset_dri = \"x\"\n"),
              "kiosk-config/x.toml:1: unknown key 'asset_dri' (did you mean 'asset_dir'?)");
}

TEST(Config, AnInnerTableIsAnUnknownKey) {
    EXPECT_THAT(error_of("[card.slot]\nx = 1\n"), HasSubstr(":1: unknown key 'card.slot'"));
}

TEST(Config, ATableWrittenAsAValueOrAsAnArrayIsAnError) {
    EXPECT_EQ(error_of("card = 3\n"), "kiosk-config/x.toml:1: 'card' must be a table");
    EXPECT_THAT(error_of("[[card]]\nreader = \"pcsc\"\n"), HasSubstr("'card' must be a table"));
}

TEST(Config, BrokenTomlIsAnErrorWithItsLine) {
    EXPECT_THAT(error_of("[card]\n\nreader = \"pcsc\n"), HasSubstr("kiosk-config/x.toml:3: "));
    EXPECT_THAT(error_of("[card\n"), HasSubstr("kiosk-config/x.toml:1: "));
    EXPECT_THAT(error_of("[card]\nreader = \"pcsc\"\nreader = \"pcsc\"\n"), HasSubstr("kiosk-config/x.toml:3: "));
}

TEST(Config, BytesThatAreNoTextAreAnError) {
    EXPECT_THAT(error_of(std::string("[card]\nreader = \"\xff\xfe\"\n")), HasSubstr("kiosk-config/x.toml:2: "));
    EXPECT_THAT(error_of(std::string("\0\0\0", 3)), HasSubstr("kiosk-config/x.toml:1: "));
}

TEST(Config, DeepNestingIsAnErrorNotACrash) {
    EXPECT_THAT(error_of("a = " + std::string(100'000, '[')), HasSubstr("kiosk-config/x.toml:1: "));
}

TEST(Config, TheFirstErrorOfTheFileIsTold) {
    EXPECT_THAT(error_of("[staff]\nbogus = 1\n[card]\nreader = 7\n"), HasSubstr(":2: unknown key 'staff.bogus'"));
    EXPECT_THAT(error_of("[flow]\nscreen_timeout_s = \"x\"\n[card]\nbogus = 7\n"), HasSubstr(":2: 'flow.screen_time"));
}

TEST(Config, VirtualPartsAreRefusedOutsideOfADemonstration) {
    EXPECT_THAT(error_of("[service]\nmode = \"simulator\"\ninstitution_code = \"1312345678\"\n"),
                HasSubstr(":2: 'service.mode' \"simulator\" needs flow.demonstration"));
    EXPECT_THAT(error_of("[card]\nreader = \"virtual\"\n[service]\nurl = \"https://a\"\nca_file = \"a\"\n"
                         "institution_code = \"1312345678\"\n"),
                HasSubstr(":2: 'card.reader' \"virtual\" needs flow.demonstration"));
    EXPECT_THAT(error_of("[face]\ndemo_operating_point = true\n[service]\nurl = \"https://a\"\nca_file = \"a\"\n"
                         "institution_code = \"1312345678\"\n"),
                HasSubstr(":2: 'face.demo_operating_point' needs flow.demonstration"));
}

TEST(Config, StaffAsASecondSignNeedACode) {
    const std::string service = "[service]\nurl = \"https://a\"\nca_file = \"a\"\ninstitution_code = \"1312345678\"\n";
    EXPECT_THAT(error_of("[face]\nsecond_sign = \"staff\"\n" + service),
                HasSubstr(":2: 'face.second_sign' \"staff\" needs staff.visual_check_code_hash"));
    EXPECT_EQ(error_of("[face]\nsecond_sign = \"pin\"\n" + service), "no error");
}

TEST(Config, TheFrontOfTheCardNeedsAPictureOrACameraOfItsOwn) {
    const std::string service = "[service]\nurl = \"https://a\"\nca_file = \"a\"\ninstitution_code = \"1312345678\"\n";
    EXPECT_THAT(error_of("[card]\nfront = \"picture\"\n" + service), HasSubstr("needs card.front_picture"));
    EXPECT_THAT(error_of("[card]\nfront = \"camera\"\nfront_camera = 0\n[camera]\ndevice = 0\n" + service),
                HasSubstr("same device as camera.device"));
    EXPECT_THAT(error_of("[card]\nfront = \"virtual\"\n" + service), HasSubstr("needs card.reader"));
    EXPECT_EQ(error_of("[card]\nfront = \"camera\"\n[camera]\ndevice = 0\n" + service), "no error");
}

TEST(Config, AServiceOverHttpsNeedsItsAddressAndItsCa) {
    const std::string rest = "institution_code = \"1312345678\"\n";
    EXPECT_THAT(error_of("[service]\nmode = \"https\"\nca_file = \"a\"\n" + rest), HasSubstr(":2: 'service.mode'"));
    EXPECT_THAT(error_of("[service]\nurl = \"https://a\"\n" + rest), HasSubstr(":1: 'service.mode'"));
    EXPECT_EQ(error_of("[service]\nurl = \"https://a\"\nca_file = \"a\"\n" + rest), "no error");
}

TEST(Config, AKeyThatIsNeededAndMissingIsToldEvenInAnEmptyFile) {
    EXPECT_THAT(error_of(""), HasSubstr("kiosk-config/x.toml: 'service."));
}

TEST(Config, AClientCertificateNeedsItsKeyAndTheOtherWayRound) {
    const std::string service = "[service]\nurl = \"https://a\"\nca_file = \"a\"\ninstitution_code = \"1312345678\"\n";
    EXPECT_THAT(error_of(service + "client_certificate = \"c\"\n"),
                HasSubstr(":5: 'service.client_certificate' needs"));
    EXPECT_THAT(error_of(service + "client_key = \"c\"\n"), HasSubstr(":5: 'service.client_key' needs"));
}

TEST(Config, AnErrorRepeatsNoAddressAndNoHash) {
    const std::string error = error_of("[camera]\nurl = \"user:secret@camera\"\n");
    EXPECT_THAT(error, HasSubstr(":2: 'camera.url' is out of range"));
    EXPECT_THAT(error, testing::Not(HasSubstr("secret")));
}

TEST_F(ConfigFile, IsReadFromDisk) {
    EXPECT_TRUE(load_config(write(k_demo)));
}

TEST_F(ConfigFile, ThatIsMissingIsNamed) {
    const auto config = load_config(m_folder / "none.toml");
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().text(), (m_folder / "none.toml").string() + ": there is no such file");
}

TEST_F(ConfigFile, ThatIsAFolderIsRefused) {
    const auto config = load_config(m_folder);
    ASSERT_FALSE(config);
    EXPECT_THAT(config.error().what, HasSubstr("not a plain file"));
}

TEST_F(ConfigFile, ThatNeverEndsIsRefused) {
    EXPECT_FALSE(load_config("/dev/zero"));
}

TEST_F(ConfigFile, OfExactly256KiBIsReadAndOneByteMoreIsRefused) {
    const std::string most = k_demo + '#' + std::string(256 * 1024 - k_demo.size() - 1, 'x');
    EXPECT_TRUE(load_config(write(most)));
    const auto config = load_config(write(most + 'x'));
    ASSERT_FALSE(config);
    EXPECT_THAT(config.error().what, HasSubstr("256 KiB"));
}

TEST_F(ConfigFile, ThatMayNotBeReadIsNamed) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read every file";
    const fs::path file = write(k_demo);
    fs::permissions(file, fs::perms::none);
    const auto config = load_config(file);
    ASSERT_FALSE(config);
    EXPECT_THAT(config.error().text(), HasSubstr("cannot be opened"));
}

}  // namespace
}  // namespace uketsuke::config
