#include "vision/challenge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "tests/vision/challenge_script.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;
using test::k_nothing;
using test::Scripted;
using test::solid;

TEST(Challenge, WhoTurnsToTheAskedSideMeetsIt) {
    for (const Side side : {Side::Left, Side::Right}) {
        const double sign = side == Side::Left ? 1 : -1;
        Scripted person(side);
        person.until_asked();
        EXPECT_EQ(person.challenge.asked(), side);
        EXPECT_EQ(person.offset(0, 10), ChallengePhase::Asked);
        EXPECT_EQ(person.turn_over(0, sign * 18, 6), ChallengePhase::Met);
        EXPECT_EQ(person.requests, 1);
        EXPECT_FALSE(person.challenge.asked());
    }
}

TEST(Challenge, AsksAsSoonAsAFewQuietFramesShowTheFront) {
    Scripted person;
    EXPECT_EQ(person.offset(0, 4), ChallengePhase::Front);
    EXPECT_EQ(person.offset(0), ChallengePhase::Asked);
}

TEST(Challenge, DoesNotAskWhileTheHeadMovesOrLooksAway) {
    Scripted moving;
    for (int i = 0; i < 60; ++i) moving.offset(0.11 * std::sin(i * 0.9));
    EXPECT_EQ(moving.requests, 0);
    Scripted away;
    away.offset(0.25, 60);
    EXPECT_EQ(away.requests, 0);
}

TEST(Challenge, SlowJerkyAndOvershootingTurnsAreTurns) {
    Scripted slow;
    slow.until_asked();
    slow.offset(0, 20);
    EXPECT_EQ(slow.turn_over(0, 16, 40), ChallengePhase::Met) << "begins after 1.3 s and takes 2.6 s";

    Scripted jerky;
    jerky.until_asked();
    jerky.offset(0, 8);
    for (const double degrees : {6.0, 2.0, 9.0, 5.0, 12.0, 8.0, 15.0}) jerky.turned(degrees);
    EXPECT_EQ(jerky.turned(16, 2), ChallengePhase::Met);

    Scripted overshooting;
    overshooting.until_asked();
    overshooting.offset(0, 8);
    overshooting.turned(34);
    EXPECT_EQ(overshooting.turned(17), ChallengePhase::Met);
}

TEST(Challenge, OneFrameIsNoTurn) {
    Scripted person;
    person.until_asked();
    person.offset(0, 10);
    for (int i = 0; i < 8; ++i) {
        person.offset(0.2);
        EXPECT_EQ(person.offset(0, 2), ChallengePhase::Asked) << "a landmark that slips";
    }
}

TEST(Challenge, AMovementWithinTheReactionTimeStartsAnew) {
    Scripted early;
    early.until_asked();
    early.turned(8);
    EXPECT_EQ(early.turned(16), ChallengePhase::Front) << "132 ms after the request";
    early.turned(18, 20);
    EXPECT_EQ(early.requests, 1) << "not asked again before it looks ahead";
    early.until_asked();
    EXPECT_EQ(early.requests, 2);
    early.offset(0, 8);
    EXPECT_EQ(early.turn_over(0, 16, 5), ChallengePhase::Met);
}

TEST(Challenge, TheWrongSideIsForgivenOnceAndCostsATurn) {
    Scripted person;
    person.until_asked();
    person.offset(0, 8);
    EXPECT_EQ(person.turn_over(0, -18, 8), ChallengePhase::Front);
    person.until_asked();
    person.offset(0, 8);
    EXPECT_EQ(person.turn_over(0, 18, 6), ChallengePhase::Front) << "one more";
    person.until_asked();
    person.offset(0, 8);
    EXPECT_EQ(person.turn_over(0, 18, 6), ChallengePhase::Met);
    EXPECT_EQ(person.requests, 3);

    Scripted guessing;
    for (int i = 0; i < 2; ++i) {
        guessing.until_asked();
        guessing.offset(0, 8);
        guessing.turn_over(0, -18, 8);
    }
    EXPECT_EQ(guessing.challenge.phase(), ChallengePhase::Failed);
    EXPECT_EQ(guessing.challenge.failure(), ChallengeFailure::WrongSide);
}

TEST(Challenge, AFlatPictureThatIsTurnedIsAnAttack) {
    Scripted sheet;
    for (int i = 0; i < 2 && sheet.challenge.phase() != ChallengePhase::Failed; ++i) {
        sheet.until_asked();
        sheet.offset(0, 8);
        sheet.turn_over(0, 32, 8, 0.06);
        sheet.turned(32, 6, 0.06);
        sheet.turn_over(32, 0, 4, 0.06);
    }
    EXPECT_EQ(sheet.challenge.failure(), ChallengeFailure::Flat);
}

TEST(Challenge, ABentPictureIsNeverATurn) {
    Scripted sheet;
    for (int i = 0; i < 6; ++i) {
        sheet.offset(0, 12);
        sheet.turn_over(0, 35, 8, 0.35);
        sheet.turned(35, 10, 0.35);
        sheet.turn_over(35, 0, 4, 0.35);
    }
    EXPECT_NE(sheet.challenge.phase(), ChallengePhase::Met);
}

TEST(Challenge, TheMouthMustAgreeThatTheNoseMoved) {
    Scripted sheet;
    sheet.until_asked();
    sheet.offset(0, 8);
    for (int i = 0; i < 20; ++i) {
        ChallengeFrame given = sheet.frame(0.2);
        given.nose_to_mouth = 0.02;
        EXPECT_EQ(sheet.feed(given), ChallengePhase::Asked);
    }
    Scripted without;  // landmarks that know no mouth
    const auto feed = [&](double offset, int frames) {
        for (int i = 0; i < frames; ++i) {
            ChallengeFrame given = without.frame(offset);
            given.nose_to_mouth = given.eyes_to_height = k_nothing;
            without.feed(given);
        }
    };
    feed(0, 15);
    feed(0.2, 3);
    EXPECT_EQ(without.challenge.phase(), ChallengePhase::Met);
}

TEST(Challenge, WhatLandmarksSeeTheFlowMustSeeToo) {
    for (const double followed : {0.0, 0.03, -0.2}) {
        Scripted sheet;
        sheet.until_asked();
        sheet.offset(0, 8);
        for (int i = 0; i < 8; ++i) {
            ChallengeFrame given = sheet.frame(0.2);
            given.followed = followed;
            EXPECT_EQ(sheet.feed(given), ChallengePhase::Asked) << followed;
        }
        for (int i = 0; i < 2; ++i) {
            ChallengeFrame given = sheet.frame(0.2);
            given.followed = 0.1;
            sheet.feed(given);
        }
        EXPECT_EQ(sheet.challenge.phase(), ChallengePhase::Met);
    }
}

TEST(Challenge, WhoseTurnTheFlowDoesNotSeeIsAskedAnewAndIsNoAttack) {
    Scripted person;
    person.until_asked();
    person.offset(0, 8);
    ChallengePhase phase = ChallengePhase::Asked;
    for (int i = 0; i < 40 && phase == ChallengePhase::Asked; ++i) {
        ChallengeFrame given = person.frame(0.2);
        given.followed = 0.03;
        phase = person.feed(given);
    }
    EXPECT_EQ(phase, ChallengePhase::Front) << "left waiting for the end of the window";
    EXPECT_EQ(person.challenge.failure(), ChallengeFailure::None);
}

TEST(Challenge, WhoDoesNotMoveStaysAskedAndIsNoAttack) {
    Scripted person;
    for (int i = 0; i < 15 * 30; ++i) EXPECT_NE(person.offset(0.008 * (i % 3 - 1)), ChallengePhase::Failed);
    EXPECT_EQ(person.challenge.failure(), ChallengeFailure::None);
    EXPECT_GE(person.requests, 6) << "a side is picked anew each window";
    EXPECT_LE(person.requests, 8);
}

TEST(Challenge, ASidePickedAnewIsHonoured) {
    Scripted person(Side::Left);
    person.until_asked();
    person.next = Side::Right;
    for (int i = 0; i < 80 && person.requests < 2; ++i) person.offset(0);
    EXPECT_EQ(person.challenge.asked(), Side::Right);
    person.offset(0, 8);
    EXPECT_EQ(person.turn_over(0, -18, 6), ChallengePhase::Met);
}

TEST(Challenge, WhoIsOnTheWayWhenTheWindowEndsMayFinish) {
    Scripted person;
    person.until_asked();
    person.offset(0, 40);
    person.turn_over(0, 8, 18);  // 3.8 s
    EXPECT_EQ(person.turned(9, 12), ChallengePhase::Asked) << "4.6 s";
    EXPECT_EQ(person.turned(16, 2), ChallengePhase::Met);
}

TEST(Challenge, ALostTrackForgetsWhatWasSeen) {
    Scripted person;
    person.until_asked();
    person.offset(0, 8);
    ChallengeFrame jump = person.frame(0.2);
    jump.same_track = false;
    EXPECT_EQ(person.feed(jump), ChallengePhase::Front);
    EXPECT_EQ(person.challenge.restarts(), 1);
    EXPECT_EQ(person.turned(20, 10), ChallengePhase::Front);

    ChallengeOptions two;
    two.turns = 2;
    Scripted twice(Side::Left, two);
    twice.until_asked();
    twice.offset(0, 8);
    EXPECT_EQ(twice.turn_over(0, 18, 6), ChallengePhase::Front);
    ChallengeFrame lost = twice.frame(0);
    lost.same_track = false;
    twice.feed(lost);
    twice.until_asked();
    twice.offset(0, 8);
    EXPECT_EQ(twice.turn_over(0, 18, 6), ChallengePhase::Front) << "the turn before belonged to another track";
}

TEST(Challenge, BlinksAndMissedFramesAreBorneALongGapIsNot) {
    Scripted person;
    person.until_asked();
    person.offset(0, 8);
    ChallengeFrame missed = person.frame(k_nothing);
    for (int i = 0; i < 4; ++i) {
        missed.time = person.now;
        EXPECT_EQ(person.feed(missed), ChallengePhase::Asked);
    }
    EXPECT_EQ(person.turn_over(0, 18, 6), ChallengePhase::Met);

    Scripted away;
    away.until_asked();
    away.now += milliseconds(3000);
    EXPECT_EQ(away.turned(18), ChallengePhase::Front);
    EXPECT_EQ(away.challenge.restarts(), 1);
}

TEST(Challenge, AnotherHeadInTheTurnedFramesIsForgivenOnce) {
    Scripted swapped;
    for (int round = 0; round < 2; ++round) {
        swapped.until_asked();
        swapped.offset(0, 8);
        for (int i = 0; i < 6 && swapped.challenge.phase() == ChallengePhase::Asked; ++i) {
            ChallengeFrame given = swapped.frame(0.2);
            given.same_identity = false;
            swapped.feed(given);
        }
        EXPECT_NE(swapped.challenge.phase(), ChallengePhase::Met);
    }
    EXPECT_EQ(swapped.challenge.failure(), ChallengeFailure::OtherIdentity);
}

TEST(Challenge, ATurnWithoutAnIdentityInItIsNotMet) {
    Scripted person;
    person.until_asked();
    person.offset(0, 8);
    for (int i = 0; i < 10; ++i) {
        ChallengeFrame given = person.frame(0.2);
        given.same_identity.reset();
        EXPECT_EQ(person.feed(given), ChallengePhase::Asked);
    }
    EXPECT_EQ(person.offset(0.2), ChallengePhase::Met);
}

TEST(Challenge, TwoTurnsNeedTheFrontBetweenThem) {
    ChallengeOptions two;
    two.turns = 2;
    Scripted person(Side::Right, two);
    person.until_asked();
    person.offset(0, 8);
    EXPECT_EQ(person.turn_over(0, -18, 6), ChallengePhase::Front);
    EXPECT_EQ(person.turned(-18, 20), ChallengePhase::Front);
    person.until_asked();
    person.offset(0, 8);
    EXPECT_EQ(person.turn_over(0, -18, 6), ChallengePhase::Met);
    EXPECT_EQ(person.turned(0), ChallengePhase::Met) << "stays met";
}

TEST(Challenge, NoTurnsAreMetAtOnce) {
    ChallengeOptions none;
    none.turns = 0;
    EXPECT_EQ(Challenge({}, none).phase(), ChallengePhase::Met);
}

TEST(Challenge, TimeThatGoesBackStartsAnewAndEqualTimesCountOnce) {
    Scripted person;
    for (int i = 0; i < 20; ++i) person.challenge.observe(person.frame(0));
    EXPECT_EQ(person.requests, 0) << "one and the same frame";
    person.until_asked();
    person.now = milliseconds(10);
    EXPECT_EQ(person.offset(0.2), ChallengePhase::Front);
    person.until_asked();
    person.offset(0, 8);
    EXPECT_EQ(person.turn_over(0, 18, 6), ChallengePhase::Met) << "the new clock counts";
}

TEST(Challenge, NumbersThatAreNoneSayNothing) {
    Scripted person;
    for (const double value : {k_nothing, std::numeric_limits<double>::infinity()})
        for (int i = 0; i < 5; ++i) {
            EXPECT_EQ(person.offset(value), ChallengePhase::Front);
        }
    EXPECT_EQ(person.requests, 0);
}

TEST(Challenge, NothingThatKeepsItsNoseInTheMiddleEverMeetsIt) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937 chance(seed);
        std::normal_distribution<double> noise(0, 0.02);
        std::uniform_real_distribution<double> any(0, 1);
        Scripted sheet(Side::Left);
        for (int i = 0; i < 300; ++i) {
            sheet.next = any(chance) < 0.5 ? Side::Left : Side::Right;
            ChallengeFrame given = sheet.frame(noise(chance));
            given.nose_to_mouth = noise(chance);
            given.eyes_to_height *= 0.75 + 0.3 * any(chance);
            if (any(chance) < 0.05) given.nose_offset = k_nothing;
            if (any(chance) < 0.01) given.same_track = false;
            ASSERT_NE(sheet.feed(given), ChallengePhase::Met) << "seed " << seed;
        }
    }
}

TEST(Challenge, WhoObeysMeetsItWhateverTheNoise) {
    int met = 0;
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937 chance(seed);
        std::normal_distribution<double> noise(0, 0.015);
        std::uniform_real_distribution<double> any(0, 1);
        Scripted person(seed % 2 == 0 ? Side::Left : Side::Right);
        const double delay = 0.4 + 1.1 * any(chance);
        const double speed = (10 + 50 * any(chance)) * 0.066;
        const double goal = 16 + 9 * any(chance);
        double degrees = 0;
        double waited = 0;
        for (int i = 0; i < 150 && person.challenge.phase() != ChallengePhase::Met; ++i) {
            const auto asked = person.challenge.asked();
            waited = asked ? waited + 0.066 : 0;
            const double target = waited < delay ? 0 : *asked == Side::Left ? goal : -goal;
            degrees += std::clamp(target - degrees, -speed, speed);
            ChallengeFrame given = person.frame(solid(degrees) + noise(chance));
            given.nose_to_mouth = solid(degrees) + noise(chance);
            given.eyes_to_height *= std::cos(degrees * M_PI / 180) * (1 + noise(chance));
            person.feed(given);
        }
        met += person.challenge.phase() == ChallengePhase::Met ? 1 : 0;
    }
    EXPECT_GE(met, 196);
}

}  // namespace
}  // namespace uketsuke::vision
