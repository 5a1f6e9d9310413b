#include <algorithm>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "app/ui/guide.h"
#include "tests/ui/gallery.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;

core::View view_of(const std::string& name, bool voice) {
    for (Shot& shot : gallery(core::Language::Japanese)) {
        if (shot.name != name) continue;
        shot.view.preferences[static_cast<std::size_t>(core::Preference::Voice)] = voice;
        return shot.view;
    }
    ADD_FAILURE() << "no shot " << name;
    return {};
}

bool says(const std::vector<Message>& said, std::string_view key) {
    for (const Message& message : said) {
        if (message.key == key) return true;
    }
    return false;
}

TEST(Guide, ReachesEverythingThatAFingerReachesWithTwoKeys) {
    for (const Shot& shot : gallery(core::Language::Japanese)) {
        SCOPED_TRACE(shot.name);
        Guide guide;
        static_cast<void>(guide.look(shot.view));
        std::vector<core::Intent> reached;
        for (std::size_t i = 0; i < halts_of(shot.view).size(); ++i) {
            static_cast<void>(guide.press(GuideKey::Next, shot.view));
            reached.push_back(guide.press(GuideKey::Select, shot.view).intent.value());
        }
        std::vector<core::Intent> wanted = shot.intents;
        if (shot.view.can_stop) wanted.push_back({Kind::Stop});
        if (shot.view.can_call_staff) wanted.push_back({Kind::CallStaff});
        for (std::uint8_t i = 0; i < core::k_preferences; ++i) wanted.push_back({Kind::ChangePreference, i});
        for (const core::Intent& intent : wanted) {
            // Nobody signs with four keys: the question can be skipped.
            if (intent.kind == Kind::PenDown) continue;
            EXPECT_NE(std::ranges::find(reached, intent), reached.end()) << core::name_of(intent.kind);
        }
    }
}

TEST(Guide, SaysThatStaffAreComingOnceTheyHaveSeenTheCall) {
    Guide guide;
    static_cast<void>(guide.look(view_of("idle", true)));
    EXPECT_TRUE(says(guide.look(view_of("idle-staff-called", true)), "common.staff_called"));
    EXPECT_TRUE(says(guide.look(view_of("idle-staff-coming", true)), "common.staff_coming"));
    EXPECT_TRUE(guide.look(view_of("idle-staff-coming", true)).empty());
    static_cast<void>(guide.look(view_of("call-staff", true)));
    EXPECT_TRUE(says(guide.look(view_of("call-staff-coming", true)), "call.coming"));
}

TEST(Guide, NeverSpeaksWhatStaffWroteButSaysWhereToAsk) {
    Guide guide;
    const auto said = guide.look(view_of("out-of-service-message", true));
    EXPECT_FALSE(says(said, "out.message"));
    EXPECT_TRUE(says(said, "out.stopped.title"));
    EXPECT_TRUE(says(said, "out.stopped.body"));
}

TEST(Guide, BeginsWithTheUsualChoiceAndWalksBothWaysRound) {
    const core::View view = view_of("choose-method", false);
    Guide guide;
    static_cast<void>(guide.look(view));
    EXPECT_FALSE(guide.focus());
    EXPECT_FALSE(guide.press(GuideKey::Select, view).intent) << "nobody moved a key yet";
    static_cast<void>(guide.press(GuideKey::Next, view));
    EXPECT_EQ(guide.focus(), (core::Intent{Kind::ChooseFace}));
    static_cast<void>(guide.press(GuideKey::Previous, view));
    EXPECT_EQ(guide.focus(), (core::Intent{Kind::ChangePreference, 3})) << "round to the last";
    static_cast<void>(guide.press(GuideKey::Next, view));
    EXPECT_EQ(guide.focus(), (core::Intent{Kind::ChooseFace}));
    guide.touched();
    EXPECT_FALSE(guide.focus()) << "a finger needs no ring";
}

TEST(Guide, SaysNothingUntilTheVoiceIsSwitchedOnByItsKey) {
    const core::View silent = view_of("choose-method", false);
    Guide guide;
    EXPECT_TRUE(guide.look(silent).empty());
    EXPECT_TRUE(guide.press(GuideKey::Next, silent).said.empty());
    EXPECT_EQ(guide.press(GuideKey::Listen, silent).intent,
              (core::Intent{Kind::ChangePreference, static_cast<std::uint8_t>(core::Preference::Voice)}));
    const core::View speaking = view_of("choose-method", true);
    const auto said = guide.look(speaking);
    EXPECT_TRUE(says(said, "voice.on"));
    EXPECT_TRUE(says(said, "choose.title"));
    EXPECT_TRUE(guide.look(speaking).empty()) << "once is enough";
    EXPECT_TRUE(says(guide.press(GuideKey::Listen, speaking).said, "choose.title")) << "again when asked";
}

TEST(Guide, ReadsEachChoiceWithWhatItMeans) {
    const core::View view = view_of("choose-method", true);
    Guide guide;
    static_cast<void>(guide.look(view));
    EXPECT_EQ(guide.press(GuideKey::Next, view).said,
              (std::vector<Message>{{"choose.face"}, {"choose.face.hint"}, {"voice.position", 1, 10}}));
    EXPECT_EQ(guide.press(GuideKey::Next, view).said,
              (std::vector<Message>{{"choose.pin"}, {"choose.pin.hint"}, {"voice.position", 2, 10}}));
}

TEST(Guide, NeverSpeaksADigitThroughALoudspeaker) {
    for (const char* name : {"pin", "pin-ordered", "staff-check", "number-entry"}) {
        SCOPED_TRACE(name);
        core::View view = view_of(name, true);
        Guide guide;
        static_cast<void>(guide.look(view));
        for (std::size_t i = 0; i < halts_of(view).size(); ++i) {
            EXPECT_FALSE(says(guide.press(GuideKey::Next, view).said, "voice.digit"));
        }
        view.private_voice = true;
        static_cast<void>(guide.look(view));
        bool spoken = false;
        for (std::size_t i = 0; i < halts_of(view).size(); ++i) {
            spoken = spoken || says(guide.press(GuideKey::Next, view).said, "voice.digit");
        }
        EXPECT_TRUE(spoken) << "with headphones nobody else hears it";
    }
}

TEST(Guide, NeverSpeaksAName) {
    core::View view = view_of("accepted", true);
    Guide guide;
    const auto said = guide.look(view);
    EXPECT_FALSE(says(said, "accepted.name"));
    EXPECT_TRUE(says(said, "accepted.confirmed.title"));
}

TEST(Guide, NeverSpeaksOfWhomStaffVisit) {
    for (Shot& shot : visits(core::Language::Japanese)) {
        SCOPED_TRACE(shot.name);
        shot.view.preferences[static_cast<std::size_t>(core::Preference::Voice)] = true;
        shot.view.private_voice = true;
        Guide guide;
        std::vector<Message> said = guide.look(shot.view);
        for (std::size_t i = 0; i < halts_of(shot.view).size(); ++i) {
            for (Message& message : guide.press(GuideKey::Next, shot.view).said) said.push_back(std::move(message));
        }
        EXPECT_FALSE(said.empty());
        for (const Message& message : said) {
            EXPECT_TRUE(message.quoted.empty() && message.name.empty() && !message.date.said()) << message.key;
        }
    }
}

TEST(Guide, SaysWhatChangesOnAPageAndOnlyThat) {
    core::View view = view_of("face-look", true);
    Guide guide;
    EXPECT_TRUE(says(guide.look(view), "face.title"));
    std::get<core::page::Face>(view.page).guidance = core::FaceGuidance::ComeCloser;
    EXPECT_EQ(guide.look(view), (std::vector<Message>{{"guidance.come_closer"}}));
    EXPECT_TRUE(guide.look(view).empty());
    view.seconds_left = 20;
    EXPECT_EQ(guide.look(view), (std::vector<Message>{{"common.countdown", 20}}));
    view.seconds_left = 19;
    EXPECT_TRUE(guide.look(view).empty()) << "not every second";
}

TEST(Guide, CountsTheDigitsAloud) {
    core::View view = view_of("pin", true);
    Guide guide;
    static_cast<void>(guide.look(view));
    auto& pin = std::get<core::page::Pin>(view.page);
    pin.entered = 1;
    EXPECT_EQ(guide.look(view), (std::vector<Message>{{"pin.spoken_entered", 1}}));
    pin.entered = 2;
    EXPECT_EQ(guide.look(view), (std::vector<Message>{{"pin.spoken_entered", 2}}));
    pin.entered = 1;
    EXPECT_EQ(guide.look(view), (std::vector<Message>{{"voice.erased"}}));
}

TEST(Guide, KeepsItsPlaceWhenTheChoicesMoveUnderIt) {
    core::View view = view_of("pin-typed", false);
    Guide guide;
    static_cast<void>(guide.look(view));
    for (int i = 0; i < 4; ++i) static_cast<void>(guide.press(GuideKey::Next, view));
    const auto before = guide.focus();
    std::get<core::page::Pin>(view.page).entered = 0;
    static_cast<void>(guide.look(view));
    EXPECT_EQ(guide.focus(), before);
}

}  // namespace

TEST(Guide, PressesNothingInPlaceOfWhatIsGone) {
    core::View view = view_of("pin-typed", false);
    Guide guide;
    static_cast<void>(guide.look(view));
    while (guide.focus() != core::Intent{Kind::Erase}) static_cast<void>(guide.press(GuideKey::Next, view));
    std::get<core::page::Pin>(view.page).entered = 0;
    static_cast<void>(guide.look(view));
    EXPECT_FALSE(guide.press(GuideKey::Select, view).intent) << "the eraser went; Stop is not what was meant";
}

TEST(Guide, OffersNoVoiceWhereTheClinicHasNone) {
    core::View view = view_of("choose-method", false);
    view.voice_offered = false;
    Guide guide;
    static_cast<void>(guide.look(view));
    EXPECT_FALSE(guide.press(GuideKey::Listen, view).intent);
    for (const Halt& halt : halts_of(view)) EXPECT_NE(halt.intent, (core::Intent{Kind::ChangePreference, 3}));
}

TEST(Guide, NamesEveryLanguageInTheOneThatIsSpoken) {
    const core::View view = view_of("sheet-languages", true);
    std::set<std::string_view> names;
    for (const Halt& halt : halts_of(view)) {
        if (halt.intent.kind == Kind::ChangeLanguage) names.insert(halt.label.key);
    }
    EXPECT_EQ(names.size(), core::k_languages.size());
}

}  // namespace uketsuke::ui::test
