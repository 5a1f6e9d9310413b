#include "app/voice/clip_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/voice/script.h"
#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

using core::Language;
using testing::AllOf;
using testing::HasSubstr;

TEST(ClipStore, AnEmptyFolderSaysWhatIsMissingAndWhatRepairsIt) {
    const VoiceFolder folder;
    const std::string missing = ClipStore(folder.path()).missing(house_text(), Language::Japanese);
    EXPECT_THAT(missing, AllOf(HasSubstr("ja"), HasSubstr("missing"),
                               HasSubstr("kiosk-config/install-voice " + folder.path().string())));
    EXPECT_EQ(missing.find('\n'), std::string::npos);
}

TEST(ClipStore, AWholeFolderMissesNothing) {
    const VoiceFolder folder;
    folder.write_all(house_text());
    EXPECT_EQ(ClipStore(folder.path()).missing(house_text(), Language::Japanese), "");
}

TEST(ClipStore, AClipThatWasNeverFinishedIsMissing) {
    const VoiceFolder folder;
    folder.write_all(house_text());
    std::filesystem::remove(folder.path() / "ja/pin.tries.0.txt");
    EXPECT_THAT(ClipStore(folder.path()).missing(house_text(), Language::Japanese),
                AllOf(HasSubstr("1 are missing"), HasSubstr("pin.tries.0.wav")));
}

TEST(ClipStore, AnEmptyClipIsMissing) {
    const VoiceFolder folder;
    folder.write_all(house_text());
    folder.write("ja/number-7.wav", "");
    EXPECT_THAT(ClipStore(folder.path()).missing(house_text(), Language::Japanese), HasSubstr("number-7.wav"));
}

TEST(ClipStore, AClipThatSaysAnOlderTextIsNamed) {
    const VoiceFolder folder;
    folder.write_all(house_text());
    folder.write_clip("ja", "pin.tries.1", "打てます");
    EXPECT_THAT(ClipStore(folder.path()).missing(house_text(), Language::Japanese),
                AllOf(HasSubstr("1 say an older text"), HasSubstr("pin.tries.1.wav")));
}

TEST(ClipStore, ANoteWithoutEndIsNoText) {
    const VoiceFolder folder;
    folder.write_all(house_text());
    folder.write("ja/number-7.txt", std::string(100'000, '\t'));
    EXPECT_THAT(ClipStore(folder.path()).missing(house_text(), Language::Japanese), HasSubstr("number-7.wav"));
}

TEST(ClipStore, AClipIsLoadedFromItsLanguage) {
    const VoiceFolder folder;
    folder.write_clip("ja", "number-7", "7");
    const ClipStore clips(folder.path());
    EXPECT_TRUE(clips.load(Language::Japanese, "number-7"));
    const auto absent = clips.load(Language::English, "number-7");
    ASSERT_FALSE(absent);
    EXPECT_THAT(absent.error(), HasSubstr("en/number-7.wav"));
}

}  // namespace
}  // namespace uketsuke::voice
