#include "app/voice/recorded_voice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

using core::Language;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(RecordedVoice, RemembersWhatWasSaidAsText) {
    RecordedVoice voice(house_text());
    voice.say({message("pin.tries", 3), message("pin.wrong")}, Language::Japanese);
    ASSERT_THAT(voice.said(), SizeIs(2));
    EXPECT_EQ(voice.said()[0].text, "あと3回入力できます");
    EXPECT_EQ(voice.said()[0].key, "pin.tries");
    EXPECT_EQ(voice.said()[0].n, 3);
    EXPECT_EQ(voice.said()[0].language, Language::Japanese);
    EXPECT_EQ(voice.said()[1].key, "pin.wrong");
}

TEST(RecordedVoice, ANameIsNotRemembered) {
    RecordedVoice voice(house_text());
    voice.say({message("pin.wrong", ui::Message::k_no_number, ui::Message::k_no_number, "山田太郎")},
              Language::Japanese);
    ASSERT_THAT(voice.said(), SizeIs(1));
    EXPECT_EQ(voice.said()[0].text.find("山田"), std::string::npos);
}

TEST(RecordedVoice, AnEmptyMessageIsNotSaid) {
    RecordedVoice voice(house_text());
    voice.say({{}}, Language::Japanese);
    EXPECT_THAT(voice.said(), IsEmpty());
}

TEST(RecordedVoice, SayingAndHushingBreakOffWhatIsBeingSaid) {
    RecordedVoice voice(house_text());
    voice.say({message("pin.wrong")}, Language::Japanese);
    voice.say({message("take.title")}, Language::Japanese);
    ASSERT_THAT(voice.saying(), SizeIs(1));
    EXPECT_EQ(voice.saying()[0].key, "take.title");
    voice.hush();
    EXPECT_THAT(voice.saying(), IsEmpty());
    EXPECT_THAT(voice.said(), SizeIs(2));
}

TEST(RecordedVoice, RemembersTonesAndVolume) {
    RecordedVoice voice(house_text());
    voice.tone(Tone::Tap);
    voice.tone(Tone::Done);
    voice.set_volume(9);
    EXPECT_THAT(voice.tones(), ElementsAre(Tone::Tap, Tone::Done));
    EXPECT_EQ(voice.volume(), 4);
    voice.forget();
    EXPECT_THAT(voice.tones(), IsEmpty());
}

}  // namespace
}  // namespace uketsuke::voice
