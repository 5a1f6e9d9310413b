// kiosk-config/install-voice with stand-ins for the engines and for uketsuke-voice: what it renders, keeps and says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class InstallVoice : public testing::Test {
  protected:
    InstallVoice() {
        // Both engines write what they were told to say; one text makes them fail.
        const std::string engine =
            "#!/bin/bash\n"
            "text=$(cat)\n"
            "[ \"$text\" != bad ] || exit 1\n"
            "while [ $# -gt 0 ]; do case $1 in -ow|-w) shift; printf 'spoken %s' \"$text\" >\"$1\" ;; esac; shift; "
            "done\n";
        write_program("bin/open_jtalk", engine);
        write_program("bin/espeak-ng", engine);
        write_program("bin/uketsuke-voice",
                      "#!/bin/bash\n"
                      "case $1 in list) cat \"$(dirname \"$0\")/../list\" ;; level) cp \"$2\" \"$3\" ;; esac\n");
        m_folder.write("voice.htsvoice", "voice");
        list("ja\ta.0\tはい\nja\tnumber-1\t1\nen\ta.0\tYes\n");
    }

    void write_program(const std::string& name, const std::string& text) {
        m_folder.write(name, text);
        fs::permissions(path(name), fs::perms::owner_all);
    }
    void list(const std::string& lines) { m_folder.write("list", lines); }
    fs::path path(const std::string& name) const { return m_folder.path() / name; }

    // The exit status; m_output holds what it said.
    int run(const std::string& voice = "voice.htsvoice") {
        const std::string command = "PATH='" + path("bin").string() + "':\"$PATH\" '" + UKETSUKE_SOURCE_DIR +
                                    "/kiosk-config/install-voice' --render-only --program '" +
                                    path("bin/uketsuke-voice").string() + "' --hts-voice '" + path(voice).string() +
                                    "' '" + path("out").string() + "' >'" + path("said").string() + "' 2>&1";
        const int status = std::system(command.c_str());
        m_output = text_of(path("said"));
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    VoiceFolder m_folder;
    std::string m_output;
};

TEST_F(InstallVoice, RendersEveryClipAndNotesWhatItSays) {
    EXPECT_EQ(run(), 0) << m_output;
    EXPECT_THAT(m_output, HasSubstr("3 clips rendered"));
    EXPECT_EQ(text_of(path("out/ja/a.0.wav")), "spoken はい");
    EXPECT_THAT(text_of(path("out/ja/a.0.txt")), testing::EndsWith("\tはい\n"));
    EXPECT_EQ(text_of(path("out/ja/number-1.wav")), "spoken 1");
    EXPECT_EQ(text_of(path("out/en/a.0.wav")), "spoken Yes");
}

TEST_F(InstallVoice, ASecondRunRendersNothing) {
    run();
    EXPECT_EQ(run(), 0);
    EXPECT_THAT(m_output, HasSubstr(" 0 clips rendered"));
}

TEST_F(InstallVoice, OnlyWhatChangedOrWasNeverFinishedIsRenderedAnew) {
    run();
    list("ja\ta.0\tいいえ\nja\tnumber-1\t1\nen\ta.0\tYes\n");
    fs::remove(path("out/en/a.0.txt"));
    m_folder.write("out/ja/number-1.wav", "kept");
    EXPECT_EQ(run(), 0);
    EXPECT_THAT(m_output, HasSubstr(" 2 clips rendered"));
    EXPECT_EQ(text_of(path("out/ja/a.0.wav")), "spoken いいえ");
    EXPECT_EQ(text_of(path("out/ja/number-1.wav")), "kept");
}

TEST_F(InstallVoice, AnEmptyClipIsRenderedAnew) {
    run();
    m_folder.write("out/ja/number-1.wav", "");
    EXPECT_EQ(run(), 0);
    EXPECT_EQ(text_of(path("out/ja/number-1.wav")), "spoken 1");
}

TEST_F(InstallVoice, AClipThatFailsIsNamedAndTheOthersAreRendered) {
    list("ja\ta.0\tbad\nja\tnumber-1\t1\n");
    EXPECT_EQ(run(), 3);
    EXPECT_THAT(m_output, HasSubstr("1 clips failed, first ja/a.0"));
    EXPECT_FALSE(fs::exists(path("out/ja/a.0.wav")));
    EXPECT_TRUE(fs::exists(path("out/ja/number-1.wav")));
}

TEST_F(InstallVoice, WithoutTheJapaneseVoiceItNamesThePackageAndRendersTheRest) {
    EXPECT_EQ(run("absent.htsvoice"), 3);
    EXPECT_THAT(m_output, HasSubstr("hts-voice-nitech-jp-atr503-m001"));
    EXPECT_TRUE(fs::exists(path("out/en/a.0.wav")));
    EXPECT_FALSE(fs::exists(path("out/ja")));
}

TEST_F(InstallVoice, WhatNoTextNeedsAnyMoreGoes) {
    run();
    m_folder.write("out/ja/old.0.wav", "x");
    m_folder.write("out/ja/old.0.txt", "x");
    m_folder.write("out/.rendering.killed/0.wav", "x");
    EXPECT_EQ(run(), 0);
    EXPECT_FALSE(fs::exists(path("out/ja/old.0.wav")));
    EXPECT_FALSE(fs::exists(path("out/ja/old.0.txt")));
    EXPECT_FALSE(fs::exists(path("out/.rendering.killed")));
    EXPECT_TRUE(fs::exists(path("out/ja/a.0.wav")));
}

TEST_F(InstallVoice, AnotherVoiceRendersJapaneseAnew) {
    run();
    m_folder.write("other.htsvoice", "voice");
    EXPECT_EQ(run("other.htsvoice"), 0);
    EXPECT_THAT(m_output, HasSubstr(" 2 clips rendered"));
}

}  // namespace
}  // namespace uketsuke::voice
