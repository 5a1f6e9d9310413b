#include <cmath>
#include <set>

#include "tests/vision/support.h"
#include "vision/attack.h"
#include "vision/face_attempt.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

struct Played {
    AttemptProgress last;
    std::set<Guidance> shown;
    milliseconds after{};
};

class Attempt : public test::WithEngine {
  protected:
    // As wide as any distance: whoever is shown is the person, only liveness decides.
    OperatingPoint everybody() const {
        OperatingPoint point;
        point.model = m_engine->model_name();
        point.threshold = 99;
        return point;
    }
    Reference card_of(std::uint32_t identity) {
        auto reference = m_engine->enroll(draw_card_portrait(identity));
        EXPECT_TRUE(reference);
        return reference ? std::move(*reference) : Reference{};
    }
    static AttemptOptions always(Side side, int turns = 1) {
        AttemptOptions options;
        options.turns = turns;
        options.pick_side = [side] { return side; };
        return options;
    }
    // 15 frames a second until the verdict, six seconds at most.
    Played play(Instrument instrument, std::uint32_t identity, const OperatingPoint& point,
                const AttemptOptions& options) {
        const Reference card = card_of(identity);
        FaceAttempt attempt(*m_engine, card, point, options);
        Presentation presentation(instrument, Subject{identity, {}, {}}, identity);
        Played played;
        std::optional<Side> asked;
        for (milliseconds time{}; time < milliseconds(6000); time += milliseconds(66)) {
            const Frame frame{presentation.frame(time, asked), 0, Clock::time_point(time)};
            played.last = attempt.observe(frame);
            played.shown.insert(played.last.guidance);
            played.after = time;
            asked.reset();
            if (played.last.guidance == Guidance::TurnLeft) asked = Side::Left;
            if (played.last.guidance == Guidance::TurnRight) asked = Side::Right;
            if (played.last.verdict != Verdict::Undecided) break;
        }
        return played;
    }
};

TEST_F(Attempt, ALivingPersonPassesByTurningToEitherSide) {
    for (const std::uint32_t identity : {2U}) {
        for (const Side side : {Side::Left, Side::Right}) {
            const Played played = play(Instrument::Living, identity, everybody(), always(side));
            EXPECT_EQ(played.last.verdict, Verdict::Match) << identity << " " << played.last.reason;
            EXPECT_TRUE(played.shown.contains(side == Side::Left ? Guidance::TurnLeft : Guidance::TurnRight));
            EXPECT_FALSE(played.shown.contains(side == Side::Left ? Guidance::TurnRight : Guidance::TurnLeft));
            EXPECT_TRUE(played.last.reason.empty());
            EXPECT_LT(played.after, milliseconds(5000));
        }
    }
}

TEST_F(Attempt, ATurnedHeadIsNotToldToFaceForwardWhileItIsAskedToTurn) {
    const Played played = play(Instrument::Living, 2, everybody(), always(Side::Left));
    EXPECT_FALSE(played.shown.contains(Guidance::Turned));
}

TEST_F(Attempt, APersonWhoDoesNotTurnIsNeitherAcceptedNorCalledAnAttack) {
    const Played played = play(Instrument::LivingIdle, 2, everybody(), always(Side::Left));
    EXPECT_EQ(played.last.verdict, Verdict::Undecided) << played.last.reason;
}

TEST_F(Attempt, PicturesNeverMatch) {
    for (const Instrument instrument :
         {Instrument::PhotoStill, Instrument::PhotoHeld, Instrument::PhotoTurned, Instrument::PhotoSideways,
          Instrument::PhotoTilted, Instrument::ScreenHeld, Instrument::ReplayFrontal}) {
        const Played played = play(instrument, 4, everybody(), always(Side::Left));
        EXPECT_NE(played.last.verdict, Verdict::Match) << to_string(instrument);
        EXPECT_NE(played.last.verdict, Verdict::NoMatch) << to_string(instrument);
    }
}

TEST_F(Attempt, WithoutAChallengeAPhotographPasses) {
    const Played played = play(Instrument::PhotoStill, 4, everybody(), always(Side::Left, 0));
    EXPECT_EQ(played.last.verdict, Verdict::Match) << "what the challenge is for";
    EXPECT_LT(played.after, milliseconds(1000));
}

TEST_F(Attempt, AnotherPersonIsRefusedWithoutBeingAskedToTurn) {
    OperatingPoint nobody = everybody();
    nobody.threshold = 1e-6;
    const Played played = play(Instrument::Living, 2, nobody, always(Side::Left));
    EXPECT_EQ(played.last.verdict, Verdict::NoMatch);
    EXPECT_FALSE(played.shown.contains(Guidance::TurnLeft));
    EXPECT_LT(played.after, milliseconds(1000));
}

TEST_F(Attempt, APhotographForTheIdentityAndAnotherHeadForTheTurnNeverMatch) {
    // About the drawn persons' own threshold (assets/models/operating-points.toml).
    OperatingPoint drawn = everybody();
    drawn.threshold = 0.35;
    for (const std::uint32_t identity : {3U, 8U}) {
        const Played played = play(Instrument::SwappedHead, identity, drawn, always(Side::Right));
        EXPECT_NE(played.last.verdict, Verdict::Match) << identity;
    }
}

TEST_F(Attempt, AnEmptyRoomIsUndecidedAndSaysSo) {
    const Reference card = card_of(2);
    FaceAttempt attempt(*m_engine, card, everybody(), always(Side::Left));
    EXPECT_EQ(attempt.progress().verdict, Verdict::Undecided);
    const Image room = draw_people({}, 640, 480);
    for (int i = 0; i < 5; ++i) {
        const auto progress = attempt.observe({room, 0, Clock::time_point(milliseconds(66 * i))});
        EXPECT_EQ(progress.verdict, Verdict::Undecided);
        EXPECT_EQ(progress.guidance, Guidance::NoFace);
    }
    EXPECT_EQ(attempt.observe({Image{}, 0, Clock::time_point(milliseconds(400))}).guidance, Guidance::NoFace);
}

TEST_F(Attempt, AVerdictStays) {
    const Reference card = card_of(2);
    FaceAttempt attempt(*m_engine, card, everybody(), always(Side::Left, 0));
    Appearance person;
    person.identity = 2;
    for (int i = 0; i < 8; ++i) {
        person.take = static_cast<std::uint32_t>(i);
        attempt.observe({draw_person(person, 640, 480), 0, Clock::time_point(milliseconds(66 * i))});
    }
    ASSERT_EQ(attempt.progress().verdict, Verdict::Match);
    EXPECT_EQ(attempt.observe({Image{}, 0, Clock::time_point(milliseconds(9000))}).verdict, Verdict::Match);
}

TEST_F(Attempt, ASessionsFacesAreToldApartByTheirTrack) {
    // One who is enrolled, then nobody, then somebody who only turns: what the first one showed is forgotten.
    const Reference card = card_of(2);
    OperatingPoint drawn = everybody();
    drawn.threshold = 0.35;
    FaceAttempt attempt(*m_engine, card, drawn, always(Side::Left));
    Appearance person;
    person.identity = 2;
    int frame = 0;
    const auto show = [&](const Appearance& who) {
        ++frame;
        return attempt.observe({draw_person(animate(who, milliseconds(66 * frame)), 640, 480), 0,
                                Clock::time_point(milliseconds(66 * frame))});
    };
    for (int i = 0; i < 8; ++i) show(person);
    ASSERT_EQ(attempt.progress().guidance, Guidance::TurnLeft);
    frame += 30;
    Appearance other;
    other.identity = 1004;
    for (int i = 0; i < 6; ++i) show(other);
    other.yaw_deg = 20;
    for (int i = 0; i < 20; ++i) show(other);
    EXPECT_NE(attempt.progress().verdict, Verdict::Match);
}

TEST(Instruments, AreDrawnTheSameForTheSameSeedAndHaveNames) {
    std::set<std::string_view> names;
    for (const Instrument instrument : all_instruments()) {
        names.insert(to_string(instrument));
        Presentation one(instrument, Subject{5, {}, {}}, 3);
        Presentation two(instrument, Subject{5, {}, {}}, 3);
        for (const int time : {0, 66}) {
            const Image a = one.frame(milliseconds(time), Side::Left);
            EXPECT_EQ(a.pixels, two.frame(milliseconds(time), Side::Left).pixels) << to_string(instrument);
            EXPECT_EQ(a.width, 640);
            EXPECT_EQ(a.height, 480);
            EXPECT_TRUE(a.sound());
        }
    }
    EXPECT_EQ(names.size(), all_instruments().size());
}

}  // namespace
}  // namespace uketsuke::vision
