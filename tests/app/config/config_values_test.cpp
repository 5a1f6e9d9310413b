// Every key: its type, its range, its way into the configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "app/config/config.h"
#include "app/config/keys.h"

namespace uketsuke::config {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

// A configuration of this one line, in its table, and of what every one needs.
tl::expected<Config, ConfigError> with(const Key& key, const std::string& value) {
    const std::string line = std::string{key.name} + " = " + value + '\n';
    if (key.table.empty()) return parse_config(line + "[flow]\ndemonstration = true\n", "/etc/k/x.toml");
    return parse_config('[' + std::string{key.table} + "]\n" + line, "/etc/k/x.toml");
}

// Whether that value of that key is itself taken; what it does not go together with does not matter.
bool is_taken(const Key& key, const std::string& value) {
    const auto config = with(key, value);
    return config || (config.error().what.find("must be") == std::string::npos &&
                      config.error().what.find("holds control") == std::string::npos);
}

Config parsed(const std::string& lines) {
    const auto config = parse_config(lines +
                                         "\n[flow]\ndemonstration = true\n"
                                         "[service]\nmode = \"simulator\"\ninstitution_code = \"1312345678\"\n",
                                     "/etc/k/x.toml");
    EXPECT_TRUE(config) << (config ? "" : config.error().text());
    return config.value_or(Config{});
}

TEST(ConfigValues, EveryKeyTakesItsOwnDefault) {
    for (const Key& key : keys()) EXPECT_TRUE(is_taken(key, default_of(key))) << key.full_name();
}

TEST(ConfigValues, EveryKeyRefusesAnotherType) {
    for (const Key& key : keys()) {
        const bool text = std::holds_alternative<TextField>(key.field) ||
                          std::holds_alternative<PathField>(key.field) || std::holds_alternative<WordField>(key.field);
        for (const std::string value : {text ? "true" : "\"12\"", "[1]", "{ a = 1 }", "1979-05-27"}) {
            const auto config = with(key, value);
            ASSERT_FALSE(config) << key.full_name();
            EXPECT_THAT(config.error().what, HasSubstr("must be " + type_of(key))) << key.full_name() << value;
            EXPECT_EQ(config.error().line, key.table.empty() ? 1 : 2) << key.full_name();
        }
    }
}

TEST(ConfigValues, EveryWholeNumberHasTwoEnds) {
    const auto check = [](const Key& key, int least, int most) {
        EXPECT_TRUE(is_taken(key, std::to_string(least))) << key.full_name();
        EXPECT_TRUE(is_taken(key, std::to_string(most))) << key.full_name();
        EXPECT_FALSE(is_taken(key, std::to_string(least - 1))) << key.full_name();
        EXPECT_FALSE(is_taken(key, std::to_string(most + 1))) << key.full_name();
        EXPECT_FALSE(is_taken(key, "9223372036854775807")) << key.full_name();
        EXPECT_FALSE(is_taken(key, std::to_string(most) + ".0")) << key.full_name();
    };
    for (const Key& key : keys()) {
        if (const auto* field = std::get_if<IntField>(&key.field)) check(key, field->least, field->most);
        if (const auto* field = std::get_if<TimeField>(&key.field)) check(key, field->least, field->most);
    }
}

TEST(ConfigValues, EveryWordIsTakenAndAnotherIsGuessedAt) {
    for (const Key& key : keys()) {
        const auto* field = std::get_if<WordField>(&key.field);
        if (field == nullptr) continue;
        for (const auto word : field->words) {
            EXPECT_TRUE(is_taken(key, '"' + std::string{word} + '"')) << key.full_name();
            const auto config = with(key, '"' + std::string{word} + "x\"");
            ASSERT_FALSE(config) << key.full_name();
            EXPECT_THAT(config.error().what, HasSubstr("did you mean \"" + std::string{word})) << key.full_name();
        }
    }
}

TEST(ConfigValues, NoTextHoldsControlCharactersOrIsEndless) {
    for (const Key& key : keys()) {
        const bool text = std::holds_alternative<TextField>(key.field) || std::holds_alternative<PathField>(key.field);
        if (!text) continue;
        EXPECT_FALSE(is_taken(key, "\"/a\\u0000b\"")) << key.full_name();
        EXPECT_FALSE(is_taken(key, "\"/a\\u001b[2J\"")) << key.full_name();
        EXPECT_FALSE(is_taken(key, "\"/" + std::string(1'100, 'a') + '"')) << key.full_name();
    }
}

TEST(ConfigValues, TheFalseAcceptRateIsAboveNothingAndAtMostOneInAHundred) {
    const auto taken = [](const std::string& value) {
        const auto config = parse_config("[face]\nfalse_accept_rate = " + value + '\n', "/etc/k/x.toml");
        return config.error().what.find("false_accept_rate") == std::string::npos;
    };
    for (const auto* good : {"0.01", "0.0001", "1e-9"}) EXPECT_TRUE(taken(good)) << good;
    for (const auto* bad : {"0", "0.0", "-0.001", "0.0100001", "1", "nan", "inf", "-inf"})
        EXPECT_FALSE(taken(bad)) << bad;
}

TEST(ConfigValues, ReachTheirPlaces) {
    const Config config = parsed(
        "[card]\nreader = \"virtual\"\nreader_name = \"ACS\"\nfront = \"virtual\"\nnumber_b_floor = 5\n"
        "[camera]\nsource = \"stream\"\nurl = \"rtsp://c\"\nwidth = 800\nfirst_frame_timeout_ms = 1500\n"
        "[face]\nattempts = 2\nfalse_accept_rate = 0.0001\n"
        "[outbox]\nretention_days = 3\n"
        "[display]\ntheme = \"high-contrast\"\nscale = 1.5\ndefault_language = \"en\"\nfullscreen = false\nvoice = "
        "true\n"
        "[log]\nlevel = \"debug\"\n");
    EXPECT_EQ(config.card.reader, CardReaderKind::Virtual);
    EXPECT_EQ(config.card.reader_name, "ACS");
    EXPECT_EQ(config.card.front, CardFrontKind::Virtual);
    EXPECT_EQ(config.card.number_b_floor, 5);
    EXPECT_EQ(config.camera.source, CameraKind::Stream);
    EXPECT_EQ(config.camera.url, "rtsp://c");
    EXPECT_EQ(config.camera.width, 800);
    EXPECT_EQ(config.camera.first_frame_timeout, milliseconds{1'500});
    EXPECT_EQ(config.policy.face_attempts, 2);
    EXPECT_DOUBLE_EQ(config.face.false_accept_rate, 0.0001);
    EXPECT_EQ(config.outbox.retention, std::chrono::hours{72});
    EXPECT_EQ(config.policy.default_preferences, (core::Preferences{false, true, false, true}));
    EXPECT_EQ(config.policy.name_display, core::NameDisplay::Masked);
    EXPECT_DOUBLE_EQ(config.display.scale, 1.5);
    EXPECT_EQ(config.policy.default_language, core::Language::English);
    EXPECT_FALSE(config.display.fullscreen);
    EXPECT_EQ(config.log.level, LogLevel::Debug);
    EXPECT_EQ(config.service.institution_code, "1312345678");
    EXPECT_TRUE(config.policy.demonstration);
}

TEST(ConfigValues, ANameIsShownAsTheClinicWrites) {
    const auto config = parse_config(
        "[flow]\ndemonstration = true\nname_display = \"full\"\n"
        "[service]\nmode = \"simulator\"\ninstitution_code = \"1312345678\"\n",
        "/etc/k/x.toml");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_EQ(config->policy.name_display, core::NameDisplay::Full);
}

TEST(ConfigValues, EveryWholeNumberReachesAPlaceOfItsOwn) {
    // Two rows of the table that named the same place would overwrite each other.
    std::set<const void*> places;
    std::size_t rows = 0;
    Config config;
    for (const Key& key : keys()) {
        const void* place = nullptr;
        if (const auto* field = std::get_if<IntField>(&key.field)) place = &field->of(config);
        if (const auto* field = std::get_if<BoolField>(&key.field)) place = &field->of(config);
        if (const auto* field = std::get_if<NumberField>(&key.field)) place = &field->of(config);
        if (const auto* field = std::get_if<TextField>(&key.field)) place = &field->of(config);
        if (const auto* field = std::get_if<PathField>(&key.field)) place = &field->of(config);
        if (place == nullptr) continue;
        places.insert(place);
        ++rows;
    }
    EXPECT_EQ(places.size(), rows);
}

TEST(ConfigValues, EveryTimeAndEveryWordReachesAPlaceOfItsOwn) {
    for (const Key& changed : keys()) {
        Config config;
        if (const auto* field = std::get_if<TimeField>(&changed.field)) {
            const milliseconds value = field->most * field->unit;
            field->set(config, value);
            EXPECT_EQ(field->get(config), value) << changed.full_name();
        } else if (const auto* word = std::get_if<WordField>(&changed.field)) {
            const std::size_t other = word->get(config) == 0 ? 1 : 0;
            word->set(config, other);
            EXPECT_EQ(word->get(config), other) << changed.full_name();
        } else {
            continue;
        }
        for (const Key& key : keys()) {
            if (&key == &changed) continue;
            if (const auto* field = std::get_if<TimeField>(&key.field)) {
                EXPECT_EQ(field->get(config), field->get(Config{})) << changed.full_name() << key.full_name();
            }
            if (const auto* word = std::get_if<WordField>(&key.field)) {
                EXPECT_EQ(word->get(config), word->get(Config{})) << changed.full_name() << key.full_name();
            }
        }
    }
}

TEST(ConfigValues, ACameraIsANumberOrAPath) {
    EXPECT_EQ(parsed("[camera]\ndevice = 2\n").camera.device, "2");
    EXPECT_EQ(parsed("[camera]\ndevice = \"/dev/video4\"\n").camera.device, "/dev/video4");
    for (const auto* bad : {"-1", "100", "\"video0\"", "\"\"", "2.0"}) {
        EXPECT_FALSE(parse_config("[camera]\ndevice = " + std::string{bad} + '\n', "/etc/k/x.toml")) << bad;
        EXPECT_THAT(parse_config("[camera]\ndevice = " + std::string{bad} + '\n', "/etc/k/x.toml").error().what,
                    HasSubstr("camera.device"));
    }
}

TEST(ConfigValues, RelativePathsStartWhereTheirKeySays) {
    const Config config = parsed(
        "asset_dir = \"../../usr/share/uketsuke\"\n[card]\npersonas = \"people\"\n"
        "[outbox]\npath = \"queue/o.db\"\nkey_file = \"/root/k\"\n");
    EXPECT_EQ(config.asset_dir, "/usr/share/uketsuke");
    EXPECT_EQ(config.card.personas, "/usr/share/uketsuke/people");
    EXPECT_EQ(config.outbox.path, "/etc/k/queue/o.db");
    EXPECT_EQ(config.outbox.key_file, "/root/k");
    EXPECT_TRUE(config.service.ca_file.empty());
    EXPECT_EQ(config.face.operating_points.parent_path(), "/usr/share/uketsuke/models");
}

TEST(ConfigValues, AStaffCodeTurnsTheVisualCheckOn) {
    EXPECT_FALSE(parsed("").policy.visual_check);
    EXPECT_TRUE(parsed("[staff]\nvisual_check_code_hash = \"$argon2id$v=19$m=65536,t=2,p=1$NMBpxSpkN/zuJT9XLMSNMA$"
                       "HCVZrk2p3eKWPGIYtmpTvOYPvNhtvWF9SOPql9x0/08\"\n")
                    .policy.visual_check);
    EXPECT_FALSE(parse_config("[staff]\nvisual_check_code_hash = \"2580\"\n", "/etc/k/x.toml"));
}

}  // namespace
}  // namespace uketsuke::config
