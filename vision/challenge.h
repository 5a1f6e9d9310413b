#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace uketsuke::vision {

// The person's own left or right hand. In an unmirrored picture somebody who turns to the left moves the nose towards
// the picture's right edge (positive yaw).
enum class Side : std::uint8_t { Left, Right };

// What one frame tells the challenge.
struct ChallengeFrame {
    std::chrono::milliseconds time{};  // of the frame, on any clock that does not go back
    // Where the nose lies along the line of the eyes, in eye distances from its middle, positive towards the person's
    // left. NaN: this frame says nothing (no face, covered, blurred).
    double nose_offset = 0;
    // The same from the middle of the mouth's corners. On a sheet bent round an upright cylinder nose, mouth and the
    // eyes' middle keep to one line more than on a head. NaN where the landmarks have no mouth.
    double nose_to_mouth = 0;
    // Eye distance ÷ distance from the eyes' middle to the mouth's: falls as the cosine of a turn, whether of a head or
    // of a sheet. NaN where the landmarks have no mouth.
    double eyes_to_height = 0;
    // How far the nose moved since the request by optical flow (PresentationMeter), the smaller of both; 0 when the
    // flow was lost, NaN where there is none.
    double followed = std::numeric_limits<double>::quiet_NaN();
    // Eye distance ÷ height by the same flow, as a share of what it was at the request; NaN where there is none.
    double followed_narrowed = std::numeric_limits<double>::quiet_NaN();
    bool same_track = true;  // no jump in place or size since the frame before, and the face was not lost
    // Whether the face is still the one of the frontal frames; none: not asked of this frame.
    std::optional<bool> same_identity;
};

// Limits, measured on drawn persons and composed attacks (vision/README.md). Offsets are in eye distances: a head that
// turns by 10, 15, 20 degrees moves its nose by 0.087, 0.13, 0.17; a flat picture hardly. A change is the smaller one
// of the two offsets' changes.
struct ChallengeOptions {
    int turns = 1;
    int front_frames = 5;          // quiet frames in a row; their median is this person's neutral offset
    double front_limit = 0.12;     // a frame whose offset is larger is not frontal
    double front_spread = 0.09;    // largest less smallest offset of quiet frames: five landmarks' noise
    double turn_limit = 0.09;      // change of the offset that counts as turned, 10 to 13 degrees
    double start_limit = 0.05;     // change at which a movement has begun
    int frames_in_a_row = 2;       // that must agree on a turn, a wrong side or a start: one landmark may slip
    double share_of_solid = 0.4;   // that flow must see, of what a solid head foreshortened alike would show
    double followed_limit = 0.05;  // that optical flow must see of the turn
    int flat_frames = 4;           // frames of one request that are foreshortened but have no turned nose
    double flat_degrees = 24;      // foreshortening from which such a frame counts
    int unseen_frames = 36;    // of one request whose turn the landmarks see and the flow does not: it is asked anew
    int flat_requests = 2;     // so many such requests are an attack
    int wrong_sides = 1;       // forgiven: left and right are easily confused; each asks for one turn more
    int other_frames = 3;      // turned frames of somebody else, more than of this person, start anew
    int other_identities = 1;  // so often that is forgiven
    std::chrono::milliseconds reaction{250};     // who moves sooner after the request did not react to it
    std::chrono::milliseconds window{4000};      // after it a side is picked anew
    std::chrono::milliseconds extension{2500};   // for someone who is on the way when the window ends
    std::chrono::milliseconds longest_gap{600};  // between two frames that say something: longer is another track
};

enum class ChallengePhase : std::uint8_t { Front, Asked, Met, Failed };

enum class ChallengeFailure : std::uint8_t {
    None,
    Flat,           // foreshortened as if turned, again and again, but the nose stays in the middle of the eyes
    WrongSide,      // turned to the other side more often than one errs
    OtherIdentity,  // the turned face is not the frontal one
};
std::string_view to_string(ChallengeFailure failure);

// Asks for a turn of the head to a side that chance picks and judges from the nose's offset whether it was followed: a
// recording does not know the side, and a picture has no nose that stands before the eyes. Somebody who does not move
// is never called an attack; he stays asked, a side picked anew each window. Pure: no clock, no picture, no thread.
class Challenge {
  public:
    // `pick_side` is asked once for every request; without one the side is Left. turns <= 0 is met at once.
    explicit Challenge(std::function<Side()> pick_side, ChallengeOptions options = {});

    // Once Met or Failed it stays so. A time that goes back or a gap starts anew.
    ChallengePhase observe(const ChallengeFrame& frame);

    ChallengePhase phase() const { return m_phase; }
    ChallengeFailure failure() const { return m_failure; }
    std::optional<Side> asked() const;  // while Asked
    // Change of the offset since the frontal frames, towards the asked side; 0 unless Asked. Of the last frame.
    double turned() const { return m_turned; }
    // Whether the last frame shows the head on its way to the asked side: the next is one to compare identities on.
    bool turning() const { return m_phase == ChallengePhase::Asked && m_turned >= m_options.start_limit; }
    // How often the track was lost, or the identity, and all that was observed forgotten.
    int restarts() const { return m_restarts; }

  private:
    void to_front();
    void ask(std::chrono::milliseconds now);
    void restart();
    void look_at_front(const ChallengeFrame& frame);
    void look_at_turn(const ChallengeFrame& frame);
    bool judge_identity(const ChallengeFrame& frame);
    bool is_early(double change, std::chrono::milliseconds since);
    bool is_flat(double change, double foreshortened);
    void fail(ChallengeFailure failure);

    std::function<Side()> m_pick_side;
    ChallengeOptions m_options;
    ChallengePhase m_phase = ChallengePhase::Front;
    ChallengeFailure m_failure = ChallengeFailure::None;
    Side m_side = Side::Left;
    int m_turns_left;
    int m_wrong = 0;
    int m_flat_requests = 0;
    int m_others = 0;
    int m_restarts = 0;
    std::vector<ChallengeFrame> m_front;
    double m_neutral = 0;
    double m_neutral_mouth = 0;                                         // NaN when unknown
    double m_neutral_shape = std::numeric_limits<double>::quiet_NaN();  // eyes_to_height of the frontal frames
    std::optional<std::chrono::milliseconds> m_last;
    std::chrono::milliseconds m_asked_at{};
    double m_turned = 0;
    int m_started_frames = 0;
    int m_turned_frames = 0;
    int m_unseen_frames = 0;
    int m_wrong_frames = 0;
    int m_flat_frames = 0;
    int m_identity_fits = 0;
    int m_identity_misses = 0;
};

}  // namespace uketsuke::vision
