#include "vision/attack.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "vision/detail/cv_image.h"
#include "vision/drawing/actor.h"
#include "vision/drawing/instrument.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

using drawing::Chance;
using drawing::Hand;
using drawing::Sheet;
using drawing::SheetPose;
using drawing::Turner;

Turner::Habit habit_of(Instrument instrument, Chance& chance) {
    Turner::Habit habit{chance.between(0.4, 1.5), chance.between(12, 25), chance.between(15, 70), 0,
                        chance.between(5, 10)};
    if (chance.happens(0.3)) habit.overshoot_deg = chance.between(2, 6);
    if (instrument == Instrument::Living || instrument == Instrument::SwappedHead ||
        instrument == Instrument::CutOutWorn)
        return habit;
    // An attacker is practised.
    return {chance.between(0.4, 0.9), chance.between(20, 30), chance.between(30, 70), 0, chance.between(0, 8)};
}

bool on_screen(Instrument instrument) {
    return instrument == Instrument::ScreenHeld || instrument == Instrument::ScreenTurned ||
           instrument == Instrument::ReplayFrontal || instrument == Instrument::ReplayMoving ||
           instrument == Instrument::Puppet;
}

}  // namespace

std::string_view to_string(Instrument instrument) {
    switch (instrument) {
        case Instrument::Living:
            return "living";
        case Instrument::LivingIdle:
            return "living-idle";
        case Instrument::PhotoStill:
            return "photo-still";
        case Instrument::PhotoHeld:
            return "photo-held";
        case Instrument::PhotoTurned:
            return "photo-turned";
        case Instrument::PhotoBent:
            return "photo-bent";
        case Instrument::PhotoSideways:
            return "photo-sideways";
        case Instrument::PhotoTilted:
            return "photo-tilted";
        case Instrument::ScreenHeld:
            return "screen-held";
        case Instrument::ScreenTurned:
            return "screen-turned";
        case Instrument::CutOut:
            return "cut-out";
        case Instrument::CutOutWorn:
            return "cut-out-worn";
        case Instrument::ReplayFrontal:
            return "replay-frontal";
        case Instrument::ReplayMoving:
            return "replay-moving";
        case Instrument::Puppet:
            return "puppet";
        case Instrument::SwappedHead:
            return "swapped-head";
    }
    return "unknown";
}

std::vector<Instrument> all_instruments() {
    std::vector<Instrument> all;
    for (int i = 0; i <= static_cast<int>(Instrument::SwappedHead); ++i) all.push_back(static_cast<Instrument>(i));
    return all;
}

bool is_attack(Instrument instrument) {
    return instrument != Instrument::Living && instrument != Instrument::LivingIdle;
}

bool from_photograph(Instrument instrument) {
    return is_attack(instrument) && instrument != Instrument::ReplayFrontal && instrument != Instrument::ReplayMoving &&
           instrument != Instrument::SwappedHead;
}

struct Presentation::Parts {
    Parts(Instrument what, Subject who, std::uint32_t seed_value)
        : instrument(what),
          subject(std::move(who)),
          seed(seed_value),
          chance(seed_value * 31U + static_cast<std::uint32_t>(what) + 1),
          turner(habit_of(what, chance)),
          room(drawing::furnished_room(seed_value)) {
        if (subject.picture.empty()) {
            subject.picture = draw_card_portrait(subject.identity);
            subject.points = drawing::points_of_portrait();
        }
        hand.phase = chance.between(0, 6);
        fading = chance.happens(0.3) ? chance.between(0.06, 0.2) : 0;
        scale = chance.between(0.85, 1.1);
        // Presented on a stand or from a hand.
        if (instrument == Instrument::PhotoStill) hand = {0, 0, 0, 0};
        if (on_screen(instrument)) hand.drift_cm = chance.between(0, 0.4);
        if (on_screen(instrument)) hand.turn_deg = chance.between(0, 2);
    }
    ~Parts() { wipe(subject.picture); }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    Image compose(std::chrono::milliseconds time, std::optional<Side> asked);
    void paint_living(cv::Mat& rgb, std::uint32_t identity, std::chrono::milliseconds time, double yaw) const;
    void paint_held(cv::Mat& rgb, std::chrono::milliseconds time, double turn);
    Sheet sheet_at(std::chrono::milliseconds time, double turn);
    double wandering(double seconds);

    const Instrument instrument;
    Subject subject;
    const std::uint32_t seed;
    Chance chance;
    Turner turner;
    cv::Mat room;
    Hand hand;
    double fading = 0;  // how much the light changes
    double scale = 1;
    std::uint32_t frames = 0;
    std::optional<double> swapped_at;
    // The recording's own turns.
    Turner recorded{{0, 20, 45, 0, 0}};
    std::optional<Side> recorded_side;
    double recorded_until = 1.5;
};

void Presentation::Parts::paint_living(cv::Mat& rgb, std::uint32_t identity, std::chrono::milliseconds time,
                                       double yaw) const {
    Appearance person;
    person.identity = identity;
    person.scale = scale;
    person = animate(person, time);
    person.yaw_deg += yaw;
    drawing::paint_person_over(rgb, person);
}

// A recording of somebody who turns now and then, knowing nothing of what will be asked.
double Presentation::Parts::wandering(double seconds) {
    if (seconds >= recorded_until) {
        recorded_until = seconds + chance.between(0.8, 2.2);
        if (recorded_side)
            recorded_side.reset();
        else
            recorded_side = chance.happens(0.5) ? Side::Left : Side::Right;
    }
    return recorded.at(seconds, recorded_side);
}

Sheet Presentation::Parts::sheet_at(std::chrono::milliseconds time, double turn) {
    if (instrument == Instrument::ReplayFrontal || instrument == Instrument::ReplayMoving) {
        Appearance person;
        person.identity = subject.identity;
        person.scale = 1.45;
        person.noise = 0.8;
        const double own = wandering(static_cast<double>(time.count()) / 1000);
        person = animate(person, time);
        if (instrument == Instrument::ReplayMoving) person.yaw_deg += own;
        const Image shown = draw_person(person, 480, 640);
        return drawing::telephone(shown, subject.points, seed);
    }
    if (instrument == Instrument::Puppet) {
        Image shown = subject.picture;
        drawing::drag_nose(shown, subject.points, turn / 25 * 0.16);
        const Sheet sheet = drawing::telephone(shown, subject.points, seed);
        wipe(shown);
        return sheet;
    }
    if (on_screen(instrument)) return drawing::telephone(subject.picture, subject.points, seed);
    if (instrument == Instrument::CutOut || instrument == Instrument::CutOutWorn)
        return drawing::cut_out(subject.picture, subject.points);
    return drawing::print(subject.picture, subject.points);
}

void Presentation::Parts::paint_held(cv::Mat& rgb, std::chrono::milliseconds time, double turn) {
    const double seconds = static_cast<double>(time.count()) / 1000;
    Sheet sheet = sheet_at(time, turn);
    SheetPose pose;
    // As large in the picture as a living face: the smaller on the sheet, the nearer it is held.
    pose.z = drawing::focal_pixels * sheet.eye_cm / (80 * scale);
    hand.hold(pose, seconds);
    switch (instrument) {
        case Instrument::PhotoTurned:
        case Instrument::ScreenTurned:
        case Instrument::CutOut:
            pose.yaw_deg += turn;
            break;
        case Instrument::CutOutWorn:
            pose.yaw_deg += turn;
            pose.bend_cm = 12;
            break;
        case Instrument::PhotoBent:
            pose.yaw_deg += turn;
            pose.bend_cm = 6 * sheet.eye_cm / 6.3;
            break;
        case Instrument::PhotoSideways:
            pose.x += turn / 25 * 0.9 * sheet.eye_cm;
            break;
        case Instrument::PhotoTilted:
            pose.roll_deg += turn * 0.7;
            pose.pitch_deg += std::abs(turn) * 0.6;
            break;
        case Instrument::Living:
        case Instrument::LivingIdle:
        case Instrument::PhotoStill:
        case Instrument::PhotoHeld:
        case Instrument::ScreenHeld:
        case Instrument::ReplayFrontal:
        case Instrument::ReplayMoving:
        case Instrument::Puppet:
        case Instrument::SwappedHead:
            break;
    }
    drawing::paint_sheet(rgb, sheet, pose);
    detail::wipe(sheet.rgb);
}

Image Presentation::Parts::compose(std::chrono::milliseconds time, std::optional<Side> asked) {
    const double seconds = static_cast<double>(time.count()) / 1000;
    const double turn = instrument == Instrument::LivingIdle ? 0 : turner.at(seconds, asked);
    cv::Mat rgb = room.clone();
    if (instrument == Instrument::SwappedHead && asked && !swapped_at) swapped_at = seconds + 0.25;
    const bool another = swapped_at && seconds >= *swapped_at;
    const std::uint32_t other = subject.identity + 1000;
    if (instrument == Instrument::Living || instrument == Instrument::LivingIdle || another)
        paint_living(rgb, another ? other : subject.identity, time, turn);
    if (instrument == Instrument::CutOutWorn) paint_living(rgb, other, time, turn);
    if (is_attack(instrument) && !another) paint_held(rgb, time, turn);
    const double light = 1 + fading * std::sin(seconds * 1.3);
    Image out = drawing::sensed(rgb, light, seed * 977U + ++frames);
    detail::wipe(rgb);
    return out;
}

Presentation::Presentation(Instrument instrument, Subject subject, std::uint32_t seed)
    : m_parts(std::make_unique<Parts>(instrument, std::move(subject), seed)) {}
Presentation::~Presentation() = default;

Image Presentation::frame(std::chrono::milliseconds time, std::optional<Side> asked) {
    return m_parts->compose(time, asked);
}

}  // namespace uketsuke::vision
