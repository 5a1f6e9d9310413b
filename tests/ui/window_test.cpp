#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

std::size_t digest(const std::vector<std::uint8_t>& pixels) {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(pixels.data()), pixels.size()});
}

std::vector<std::size_t> digests(Window& window) {
    std::vector<std::size_t> all;
    for (const core::Language language : core::k_languages) {
        for (const Shot& shot : gallery(language)) {
            show(window, shot);
            all.push_back(digest(window.pixels()));
        }
    }
    return all;
}

TEST(Pictures, AreTheSameBytesInTwoRuns) {
    std::vector<std::vector<std::size_t>> runs;
    for (int run = 0; run < 2; ++run) {
        auto window = open_window(k_small_portrait);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        runs.push_back(digests(**window));
    }
    EXPECT_EQ(runs[0], runs[1]);
    EXPECT_GT(std::set<std::size_t>(runs[0].begin(), runs[0].end()).size(), runs[0].size() * 9 / 10)
        << "many pages look the same";
}

TEST(Pictures, AreNotDrawnAgainWhileNothingChanges) {
    auto window = open_window(k_portrait);
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    const Shot shot = gallery(core::Language::Japanese).front();
    show(**window, shot);
    const auto drawn = (*window)->draw_time();
    auto again = drawn;
    for (int frame = 0; frame < 10; ++frame) {
        show(**window, shot);
        again = std::min(again, (*window)->draw_time());
    }
    EXPECT_LT(again, drawn / 4);
    static_cast<void>((*window)->empty_frame());
    show(**window, shot);
    EXPECT_GT((*window)->draw_time(), again) << "after the window was cleared it must be drawn anew";
}

TEST(Pictures, ShowNoKeyBeingPressedOnTheKeypad) {
    auto window = open_window(k_small_portrait);
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    for (const Shot& shot : gallery(core::Language::Japanese)) {
        if (shot.name != "pin") continue;
        show(**window, shot);
        const std::size_t before = digest((*window)->pixels());
        (*window)->touch(place_of(**window, {core::Intent::Kind::Digit, 7})->centre(), true);
        show(**window, shot);
        EXPECT_EQ(digest((*window)->pixels()), before);
    }
}

TEST(Pictures, KeepNothingOfTheCameraOncePreviewEnds) {
    auto window = open_window(k_small_portrait);
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    for (Shot& shot : gallery(core::Language::Japanese)) {
        if (shot.name != "face-look") continue;
        shot.camera = false;
        show(**window, shot);
        const std::size_t without = digest((*window)->pixels());
        shot.camera = true;
        show(**window, shot);
        EXPECT_NE(digest((*window)->pixels()), without);
        shot.camera = false;
        show(**window, shot);
        EXPECT_EQ(digest((*window)->pixels()), without);
        const std::vector<std::uint8_t> few(10);
        const Preview broken{640, 480, few, 2};
        (*window)->frame(shot.view, &broken, nullptr);
        EXPECT_EQ(digest((*window)->pixels()), without) << "a picture of the wrong size is not drawn";
    }
}

TEST(DemoBar, KeepsEveryChipInsideTheWindowUprightAndLying) {
    DemoBar bar;
    for (int i = 0; i < 20; ++i) bar.cards.push_back({std::string(1, static_cast<char>('a' + i)), "card"});
    for (const char* id : {"person", "other", "nobody", "white", "black", "frozen", "none", "webcam"}) {
        bar.sights.push_back({id, id});
    }
    bar.card_now = "a";
    bar.can_issue_own_card = true;
    constexpr std::size_t k_chips = k_demo_cards_shown + 8 + 4;  // and more, take the card, an own one, the network
    for (const auto& [width, height] : {std::pair{1080, 1920}, std::pair{1280, 800}}) {
        auto window = open_window({"demo", width, height});
        if (!window) GTEST_SKIP() << window.error();
        (*window)->frame(core::View{}, nullptr, &bar);
        std::size_t chips = 0;
        for (const auto& drawn : (*window)->drawn()) {
            if (drawn.kind != Drawn::Kind::Button || drawn.intent) continue;
            ++chips;
            EXPECT_GE(drawn.rect.x, 0) << drawn.label;
            EXPECT_LE(drawn.rect.right(), static_cast<float>(width)) << drawn.label;
            EXPECT_GE(drawn.rect.width, 60) << drawn.label;
        }
        EXPECT_EQ(chips, k_chips) << width;
    }
}

TEST(DemoBar, HandsOnWhatIsTouchedAndLeavesThePatientsScreenWhole) {
    auto window = open_window({"demo", 1280, 940});
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    const DemoItem card{"sato", "佐藤 花子"};
    const DemoBar bar{.cards = std::vector<DemoItem>(k_demo_cards_shown + 1, card),
                      .sights = {{"none", "だれもいない"}, {"person", "本人"}},
                      .card_now = "sato",
                      .sight_now = "person",
                      .network_up = true,
                      .can_issue_own_card = true};
    const Shot shot = gallery(core::Language::Japanese).front();
    (*window)->frame(shot.view, nullptr, &bar);
    std::filesystem::create_directories(std::string(UKETSUKE_BINARY_DIR) + "/screens");
    ASSERT_TRUE((*window)->save_png(std::string(UKETSUKE_BINARY_DIR) + "/screens/demo-bar.png"));
    const std::vector<Drawn> drawn = (*window)->drawn();
    std::set<DemoAction::Kind> kinds;
    for (const Drawn& item : drawn) {
        if (item.kind != Drawn::Kind::Button || item.intent) continue;
        EXPECT_GE(item.rect.y, 800) << item.label;
        (*window)->touch(item.rect.centre(), true);
        (*window)->touch(item.rect.centre(), false);
        (*window)->frame(shot.view, nullptr, &bar);
        const Window::Input input = (*window)->frame(shot.view, nullptr, &bar);
        ASSERT_TRUE(input.demo) << item.label;
        kinds.insert(input.demo->kind);
    }
    EXPECT_EQ(kinds.size(), 6U);
}

TEST(Window, SaysWhyItCannotBeOpened) {
    WindowOptions options;
    options.offscreen = true;
    options.asset_dir = "/nowhere";
    const auto without_texts = Window::open(options);
    ASSERT_FALSE(without_texts);
    EXPECT_NE(without_texts.error().find("/nowhere/locale/ja/LC_MESSAGES/uketsuke.mo"), std::string::npos);
    options.width = 5;
    EXPECT_FALSE(Window::open(options));
}

TEST(Window, NamesThePictureThatCannotBeWritten) {
    auto window = open_window(k_small_portrait);
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    show(**window, gallery(core::Language::Japanese).front());
    const auto saved = (*window)->save_png("/nowhere/picture.png");
    ASSERT_FALSE(saved);
    EXPECT_NE(saved.error().find("/nowhere/picture.png"), std::string::npos);
}

}  // namespace

}  // namespace uketsuke::ui::test
