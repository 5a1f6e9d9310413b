#include "app/voice/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

using core::Language;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> japanese(const ui::Message& message) {
    return clips_of(house_text(), Language::Japanese, message);
}

TEST(Script, ASentenceIsItsPiecesAndItsNumber) {
    EXPECT_THAT(japanese(message("pin.tries", 3)), ElementsAre("pin.tries.0", "number-3-kai", "pin.tries.1"));
    EXPECT_THAT(clips_of(house_text(), Language::English, message("pin.tries", 3)),
                ElementsAre("pin.tries.0", "number-3"));
}

TEST(Script, APieceThatIsOnlyPunctuationHasNoClip) {
    EXPECT_THAT(japanese(message("face.attempt", 1, 3)),
                ElementsAre("number-1-kai", "face.attempt.1", "number-3-kai", "face.attempt.2"));
}

TEST(Script, ANumberThatNoClipHoldsIsSaidInPieces) {
    EXPECT_THAT(japanese(message("accepted.number", 120)), ElementsAre("accepted.number.0", "number-120"));
    EXPECT_THAT(japanese(message("accepted.number", 245)), ElementsAre("accepted.number.0", "number-200", "number-45"));
    EXPECT_THAT(japanese(message("accepted.number", 300)), ElementsAre("accepted.number.0", "number-300"));
    EXPECT_THAT(japanese(message("accepted.number", 1024)),
                ElementsAre("accepted.number.0", "number-1", "number-0", "number-2", "number-4"));
}

TEST(Script, ACounterAfterALargeNumberIsAPieceOfItsOwn) {
    EXPECT_THAT(japanese(message("expiry.soon.body", 45)),
                ElementsAre("expiry.soon.body.0", "number-45", "counter-nichi", "expiry.soon.body.1"));
}

TEST(Script, HalfASentenceIsNotSaid) {
    EXPECT_THAT(japanese(message("pin.tries")), IsEmpty());
    EXPECT_THAT(japanese(message("face.attempt", 1)), IsEmpty());
    EXPECT_THAT(japanese(message("no.such.message", 1, 1)), IsEmpty());
}

TEST(Script, ASentenceIsReadableWithItsNumber) {
    EXPECT_EQ(sentence_of(house_text(), Language::Japanese, message("pin.tries", 1)), "あと1回入力できます");
    EXPECT_EQ(sentence_of(house_text(), Language::English, message("pin.tries", 1)), "Tries left: 1");
}

TEST(Script, EveryMessageFindsItsClipsAmongThePrompts) {
    for (const Language language : core::k_languages) {
        if (!has_engine(language)) continue;
        std::set<std::string> known;
        for (const Prompt& prompt : prompts(house_text(), language)) known.insert(prompt.clip);
        for (const auto& [key, words] : house_text().messages(language)) {
            for (const int number : {0, 1, 9, 10, 31, 61, 120, 121, 200, 999, 1000, 2'147'483'647}) {
                for (const auto& clip : clips_of(house_text(), language, message(key, number, number))) {
                    EXPECT_TRUE(known.contains(clip)) << core::name_of(language) << ' ' << clip;
                }
            }
        }
    }
}

TEST(Script, APromptIsOneLineThatCanBeAFileName) {
    for (const Language language : core::k_languages) {
        for (const Prompt& prompt : prompts(house_text(), language)) {
            EXPECT_THAT(prompt.text, Not(IsEmpty())) << prompt.clip;
            EXPECT_EQ(prompt.text.find_first_of("\t\r\n|{}"), std::string::npos) << prompt.clip;
            EXPECT_EQ(prompt.clip.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-"), std::string::npos)
                << prompt.clip;
        }
    }
}

}  // namespace
}  // namespace uketsuke::voice
