#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "vision/guidance.h"
#include "vision/operating_point.h"

namespace uketsuke::vision {

enum class Verdict : std::uint8_t {
    Undecided,
    Match,
    NoMatch,
    NotLive,  // what is before the camera is no living head (FaceAttempt); never of a Verifier
};
std::string_view to_string(Verdict verdict);

struct Progress {
    Verdict verdict = Verdict::Undecided;
    int frames = 0;                        // good frames so far
    int frames_needed = 0;                 // at most this many
    Guidance guidance = Guidance::NoFace;  // of the last frame: what to tell the person
};

// Decides on the median distance of the first `frames_needed` good frames (odd; an even number is raised by one), and
// as soon as the frames that are left cannot change it: a majority within the threshold is Match, a majority beyond it
// NoMatch. A clear owner is done sooner: when the first two good frames both lie within the point's `certain`, that is
// Match. So the order of the frames matters in this alone: which two come first. A frame counts when its guidance is Ok
// and it has a finite distance. Once decided it stays decided until reset(). Pure: no clock, no thread; one owner.
//
// Why false accepts stay bounded, whatever the frames of one stranger have to do with each other: let f be the rate at
// which a single frame lies within `threshold`, so f/10 within `certain`. A majority of n frames within the threshold
// has probability at most f·n/((n+1)/2) < 2f (Markov's inequality; f itself when all frames are alike). The early
// Match needs the first frame within `certain`: at most f/10 more, and nothing more when all frames are alike.
class Verifier {
  public:
    explicit Verifier(OperatingPoint point, int frames_needed = 5);

    Progress observe(const std::optional<double>& distance, Guidance guidance);
    Progress progress() const { return m_progress; }
    // Median of the good frames so far; none before the first. Shown to staff, never stored.
    std::optional<double> median() const;
    const OperatingPoint& point() const { return m_point; }
    void reset();

  private:
    OperatingPoint m_point;
    std::vector<double> m_distances;
    int m_within = 0;
    Progress m_progress;
};

}  // namespace uketsuke::vision
