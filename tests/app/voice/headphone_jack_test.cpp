#include "app/voice/headphone_jack.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

// A plain file instead of a device: '1' is plugged, '0' is empty, anything else has no switch.
Jack ask_file(int file) {
    char answer = 0;
    if (::pread(file, &answer, 1, 0) != 1) return Jack::Absent;
    return answer == '1' ? Jack::Plugged : answer == '0' ? Jack::Empty : Jack::Absent;
}

TEST(HeadphoneJack, AMachineWithoutASwitchDoesNotTell) {
    const VoiceFolder folder;
    folder.write("event0", "k");
    EvdevJack jack(folder.path(), &ask_file);
    EXPECT_EQ(jack.look(), Jack::Absent);
    EvdevJack nowhere(folder.path() / "absent", &ask_file);
    EXPECT_EQ(nowhere.look(), Jack::Absent);
}

TEST(HeadphoneJack, PluggingInAndPullingOutAreSeen) {
    const VoiceFolder folder;
    folder.write("event0", "k");
    folder.write("event7", "0");
    EvdevJack jack(folder.path(), &ask_file);
    EXPECT_EQ(jack.look(), Jack::Empty);
    folder.write("event7", "1");
    EXPECT_EQ(jack.look(), Jack::Plugged);
    folder.write("event7", "0");
    EXPECT_EQ(jack.look(), Jack::Empty);
}

TEST(HeadphoneJack, OneOfSeveralJacksIsEnough) {
    const VoiceFolder folder;
    folder.write("event1", "0");
    folder.write("event2", "1");
    folder.write("event3", "0");
    EvdevJack jack(folder.path(), &ask_file);
    EXPECT_EQ(jack.look(), Jack::Plugged);
}

TEST(HeadphoneJack, ADeviceThatComesLaterIsFound) {
    const VoiceFolder folder;
    EvdevJack jack(folder.path(), &ask_file);
    EXPECT_EQ(jack.look(), Jack::Absent);
    folder.write("event0", "1");
    EXPECT_EQ(jack.look(), Jack::Plugged);
    std::filesystem::remove(folder.path() / "event0");
    EXPECT_EQ(jack.look(), Jack::Absent);
}

TEST(HeadphoneJack, OtherFilesAreNotOpened) {
    const VoiceFolder folder;
    folder.write("mouse0", "1");
    folder.write("by-path/event0", "1");
    EvdevJack jack(folder.path(), &ask_file);
    EXPECT_EQ(jack.look(), Jack::Absent);
}

TEST(HeadphoneJack, APlainFileIsNoInputDevice) {
    const VoiceFolder folder;
    folder.write("event0", "1");
    EvdevJack jack(folder.path());
    EXPECT_EQ(jack.look(), Jack::Absent);
}

TEST(HeadphoneJack, OnlyWhatThePatientAloneHearsIsPrivate) {
    for (const Jack jack : {Jack::Absent, Jack::Empty, Jack::Plugged}) {
        EXPECT_EQ(is_private(Output::Auto, jack), jack == Jack::Plugged);
        EXPECT_FALSE(is_private(Output::Speaker, jack));
        EXPECT_TRUE(is_private(Output::Headphones, jack));
    }
}

}  // namespace
}  // namespace uketsuke::voice
