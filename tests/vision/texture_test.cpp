#include "vision/texture.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/vision/support.h"
#include "vision/attack.h"
#include "vision/face_attempt.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr Box k_box{225, 150, 190, 190};
constexpr int k_width = 640;
constexpr int k_height = 480;

FivePoints points_at(double dx, double dy) {
    return {{280 + dx, 211 + dy}, {360 + dx, 211 + dy}, {320 + dx, 261 + dy},
            {291 + dx, 302 + dy}, {349 + dx, 302 + dy}, true};
}
Box box_at(double dx, double dy) {
    return {k_box.left + dx, k_box.top + dy, k_box.width, k_box.height};
}

Image drawn(std::uint32_t take) {
    Appearance person;
    person.identity = 2;
    person.take = take;
    return draw_person(person, k_width, k_height);
}

template <typename Change>
Image changed(Image image, Change&& change) {
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            for (int c = 0; c < 3; ++c) {
                auto& pixel = image.pixels[static_cast<std::size_t>((y * image.width + x) * 3 + c)];
                pixel = static_cast<std::uint8_t>(std::clamp(change(x, y, static_cast<double>(pixel)), 0.0, 255.0));
            }
    return image;
}

Image on_screen(std::uint32_t take) {
    return changed(drawn(take), [](int x, int y, double level) {
        return level * (1 + 0.05 * std::cos(2 * M_PI * 0.19 * x) + 0.05 * std::cos(2 * M_PI * 0.19 * y));
    });
}

// Frames of a face that wanders in both directions, and what is about it.
enum class About : std::uint8_t { FourSides, TwoSides, RestingFrame, StillSheet };
struct Scene {
    Image image;
    Box box;
    FivePoints points;
};
Scene scene(About about, int frame) {
    const bool still = about == About::StillSheet;
    const int dx = still ? 0 : static_cast<int>(std::lround(9 * std::sin(frame * 0.35)));
    const int dy = still ? 0 : static_cast<int>(std::lround(8 * std::sin(frame * 0.27 + 1)));
    const Image person = drawn(static_cast<std::uint32_t>(frame));
    Image out = person;
    for (int y = 0; y < k_height; ++y)
        for (int x = 0; x < k_width; ++x) {
            const int from_x = x - dx;
            const int from_y = y - dy;
            const bool on_sheet = from_x >= 180 && from_x < 460 && from_y >= 90 && from_y < 400;
            const bool open =
                about == About::TwoSides && (from_x >= 320 || from_y >= 260) && from_x >= 180 && from_y >= 90;
            const bool on_face = std::pow((from_x - 320) / 100.0, 2) + std::pow((from_y - 255) / 120.0, 2) < 1;
            const bool in_frame = x >= 180 && x < 460 && y >= 90 && y < 400;
            // The room in stripes of light, so that nothing but the wanted is long and straight.
            double level = 90 + 20 * std::sin(x * 0.05) * std::sin(y * 0.04);
            const bool wall = about == About::RestingFrame ? in_frame : on_sheet || open;
            if (wall) level = 215;
            for (int c = 0; c < 3; ++c) {
                const auto at = static_cast<std::size_t>((y * k_width + x) * 3 + c);
                out.pixels[at] = on_face ? person.pixels[static_cast<std::size_t>((from_y * k_width + from_x) * 3 + c)]
                                         : static_cast<std::uint8_t>(level);
            }
        }
    return {std::move(out), box_at(dx, dy), points_at(dx, dy)};
}

struct Told {
    Surface surface = Surface::None;
    int sides = 0;  // the most
};
Told tell(About about, int frames) {
    TextureMeter meter;
    Told told;
    for (int i = 0; i < frames; ++i) {
        const Scene now = scene(about, i);
        told.sides = std::max(told.sides, meter.observe(now.image, now.box, now.points).sides);
    }
    told.surface = meter.surface();
    return told;
}

TEST(PixelGrid, OverTheFaceIsAScreen) {
    TextureMeter meter;
    TextureCues cues;
    for (std::uint32_t i = 0; i < 9; ++i) cues = meter.observe(on_screen(i), k_box, points_at(0, 0));
    EXPECT_EQ(meter.surface(), Surface::Screen) << cues.grid;
    EXPECT_GT(cues.grid, TextureOptions{}.grid_limit);
}

TEST(PixelGrid, IsNotSeenOnSkin) {
    TextureMeter meter;
    TextureCues cues;
    for (std::uint32_t i = 0; i < 12; ++i) cues = meter.observe(drawn(i), k_box, points_at(0, 0));
    EXPECT_EQ(meter.surface(), Surface::None);
    EXPECT_LT(cues.grid, 14);
    EXPECT_GT(cues.grid, 3) << "noise has its peaks";
}

TEST(PixelGrid, CountsWhenMostOfSeveralFramesShowIt) {
    TextureMeter meter;
    for (std::uint32_t i = 0; i < 8; ++i) {
        EXPECT_EQ(meter.observe(on_screen(i), k_box, points_at(0, 0)).grid, 0) << "too few frames";
        EXPECT_EQ(meter.surface(), Surface::None) << i;
    }
    TextureMeter seldom;
    for (std::uint32_t i = 0; i < 18; ++i) seldom.observe(i % 9 < 4 ? on_screen(i) : drawn(i), k_box, points_at(0, 0));
    EXPECT_EQ(seldom.surface(), Surface::None);
}

TEST(PixelGrid, IsNotTheBlocksOfJpeg) {
    TextureMeter meter;
    for (std::uint32_t i = 0; i < 12; ++i)
        meter.observe(
            changed(drawn(i), [](int x, int y, double level) { return level - (x % 8 == 0) * 8 - (y % 8 == 0) * 8; }),
            k_box, points_at(0, 0));
    EXPECT_EQ(meter.surface(), Surface::None);
}

TEST(PixelGrid, IsFoundInAGrayPictureToo) {
    TextureMeter meter;
    for (std::uint32_t i = 0; i < 9; ++i) meter.observe(to_gray(on_screen(i)), k_box, points_at(0, 0));
    EXPECT_EQ(meter.surface(), Surface::Screen);
}

TEST(Borders, ThatMoveWithTheFaceAreASheet) {
    const Told told = tell(About::FourSides, 40);
    EXPECT_EQ(told.surface, Surface::Sheet);
    EXPECT_GE(told.sides, 3);
}

TEST(Borders, ThatRestWhileTheFaceMovesAreARoom) {
    const Told told = tell(About::RestingFrame, 60);
    EXPECT_EQ(told.surface, Surface::None);
    EXPECT_EQ(told.sides, 0);
}

TEST(Borders, OfASheetThatRestsSayNothing) {
    const Told told = tell(About::StillSheet, 60);
    EXPECT_EQ(told.surface, Surface::None);
    EXPECT_EQ(told.sides, 0);
}

TEST(Borders, OnTwoSidesAreTooFew) {
    const Told told = tell(About::TwoSides, 60);
    EXPECT_EQ(told.sides, 2) << "seen they are";
    EXPECT_EQ(told.surface, Surface::None);
}

TEST(Borders, CountAfterSeveralFramesInARow) {
    TextureMeter meter;
    int enough = 0;
    for (int i = 0; i < 60 && meter.surface() == Surface::None; ++i) {
        const Scene now = scene(About::FourSides, i);
        const bool three = meter.observe(now.image, now.box, now.points).sides >= 3;
        enough = three ? enough + 1 : 0;
        EXPECT_EQ(meter.surface() == Surface::Sheet, enough >= TextureOptions{}.border_frames) << i;
    }
    EXPECT_EQ(meter.surface(), Surface::Sheet);
}

TEST(TextureMeter, KeepsWhatItFoundUntilItIsReset) {
    TextureMeter meter;
    for (std::uint32_t i = 0; i < 9; ++i) meter.observe(on_screen(i), k_box, points_at(0, 0));
    for (std::uint32_t i = 0; i < 12; ++i) meter.observe(drawn(i), k_box, points_at(0, 0));
    EXPECT_EQ(meter.surface(), Surface::Screen);
    meter.reset();
    EXPECT_EQ(meter.surface(), Surface::None);
    EXPECT_EQ(meter.observe(on_screen(1), k_box, points_at(0, 0)).grid, 0) << "frames before the reset count no longer";
}

TEST(TextureMeter, LooksNeitherAtBrokenFramesNorAtFacesOutsideThem) {
    TextureMeter meter;
    const Image screen = on_screen(1);
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    FivePoints nowhere = points_at(0, 0);
    nowhere.left_eye.x = nan;
    for (int i = 0; i < 12; ++i) {
        meter.observe({}, k_box, points_at(0, 0));
        for (const Box& box : {Box{}, Box{900, 900, 100, 100}, Box{nan, 0, 100, 100}, Box{0, 0, 1e30, 1e30},
                               Box{225, 150, 40, 40}, Box{-1e30, 0, 1e30, 1e30}, Box{0, 0, 100, nan}})
            meter.observe(screen, box, points_at(0, 0));
        meter.observe(screen, k_box, nowhere);
    }
    EXPECT_EQ(meter.surface(), Surface::None);
}

TEST(TextureMeter, StartsAnewWithFramesOfAnotherSize) {
    TextureMeter meter;
    for (std::uint32_t i = 0; i < 8; ++i) meter.observe(on_screen(i), k_box, points_at(0, 0));
    meter.observe(resized(drawn(1), 800, 600), k_box, points_at(0, 0));
    meter.observe(on_screen(9), k_box, points_at(0, 0));
    EXPECT_EQ(meter.surface(), Surface::None);
}

TEST(TextureMeter, LeavesOutACueThatIsNotWanted) {
    TextureOptions options;
    options.grid_frames = 0;
    TextureMeter meter(options);
    for (std::uint32_t i = 0; i < 12; ++i) meter.observe(on_screen(i), k_box, points_at(0, 0));
    EXPECT_EQ(meter.surface(), Surface::None);
    options = {};
    options.border_frames = 0;
    TextureMeter other(options);
    for (int i = 0; i < 40; ++i) {
        const Scene now = scene(About::FourSides, i);
        EXPECT_EQ(other.observe(now.image, now.box, now.points).sides, 0);
    }
    EXPECT_EQ(other.surface(), Surface::None);
}

class Cues : public test::WithEngine {
  protected:
    AttemptProgress play(Instrument instrument, std::uint32_t identity, bool cues) {
        OperatingPoint everybody;
        everybody.model = m_engine->model_name();
        everybody.threshold = 99;
        const auto card = m_engine->enroll(draw_card_portrait(identity));
        EXPECT_TRUE(card);
        if (!card) return {};
        AttemptOptions options;
        options.cues = cues;
        options.pick_side = [] { return Side::Left; };
        FaceAttempt attempt(*m_engine, *card, everybody, options);
        Presentation presentation(instrument, Subject{identity, {}, {}}, identity);
        std::optional<Side> asked;
        for (milliseconds time{}; time < milliseconds(5000); time += milliseconds(66)) {
            const auto progress = attempt.observe({presentation.frame(time, asked), 0, Clock::time_point(time)});
            asked.reset();
            if (progress.guidance == Guidance::TurnLeft) asked = Side::Left;
            if (progress.verdict != Verdict::Undecided) break;
        }
        return attempt.progress();
    }
};

// Whose screen is held where its grid beats with the camera's.
constexpr std::uint32_t k_screen = 4001;

TEST_F(Cues, EndAnAttemptWithAScreenOrASheetAsNotLiveWithAReason) {
    const auto screen = play(Instrument::ScreenHeld, k_screen, true);
    EXPECT_EQ(screen.verdict, Verdict::NotLive);
    EXPECT_EQ(screen.reason, "screen: a pixel grid over the face");
    const auto sheet = play(Instrument::PhotoHeld, 1003, true);
    EXPECT_EQ(sheet.verdict, Verdict::NotLive);
    EXPECT_EQ(sheet.reason, "sheet: straight borders move with the face");
    const auto unseen = play(Instrument::PhotoHeld, 1003, false);
    EXPECT_EQ(unseen.verdict, Verdict::Undecided) << unseen.reason << ": a photograph that is held still enough";
}

TEST_F(Cues, DoNotKeepALivingPersonFromPassing) {
    // An odd number has a room with a door and posters.
    const auto living = play(Instrument::Living, 1003, true);
    EXPECT_EQ(living.verdict, Verdict::Match) << living.reason;
}

}  // namespace
}  // namespace uketsuke::vision
