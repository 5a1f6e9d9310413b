// The face thread: loads the networks while the kiosk starts, keeps the card photo's side of the comparison for one
// session, and turns the newest frames into guidance and one verdict.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

#include "app/workers/camera_worker.h"
#include "app/workers/event_queue.h"
#include "app/workers/photo_shelf.h"
#include "card/secret.h"
#include "vision/face_attempt.h"
#include "vision/face_engine.h"

namespace uketsuke::workers {

struct FaceWorkerOptions {
    bool enabled = true;
    std::vector<std::filesystem::path> model_folders;
    std::filesystem::path operating_points;
    double false_accept_rate = 0.001;
    bool demo_operating_point = false;
    // Weights that cannot keep the rate alone are used where something else must come on top (Policy::second_sign).
    bool second_sign = false;
    int turns = 1;  // of the head, in a challenge; 0: nobody is asked to turn
    std::chrono::milliseconds decide_within{20'000};
    // Without a picture for so long the patient is told that the camera is being prepared.
    std::chrono::milliseconds picture_missed_after{700};
};

// run() is the face thread's whole life; everything else may be called from any thread and returns at once.
class FaceWorker {
  public:
    // `photos` outlives it and gets the decoded photo, whether or not a face can be matched.
    FaceWorker(EventQueue& events, PhotoShelf& photos, NoticeSink notice, FaceWorkerOptions options);
    ~FaceWorker();

    void run();
    void stop();

    void give_photo(core::SessionId session, card::SecretBytes photo_jp2);
    // challenge: whether the head must be turned; false only on the word of staff.
    void start(core::SessionId session, bool challenge);
    void stop_matching(core::SessionId session);
    void wipe(core::SessionId session);
    void give_frame(SharedFrame frame);  // newest wins
    void camera_failing(bool failing);
    // Blocks until the models were loaded or found missing; false at the timeout.
    bool wait_until_ready(std::chrono::milliseconds timeout) const;

  private:
    struct Photo {
        core::SessionId session{};
        card::SecretBytes jp2;
    };
    struct Start {
        core::SessionId session{};
        bool challenge = true;
    };
    struct StopMatching {
        core::SessionId session{};
    };
    struct Forget {
        core::SessionId session{};
    };
    using Command = std::variant<Photo, Start, StopMatching, Forget>;
    struct Matching;

    void post(Command command);
    void want_frames(bool wanted);
    core::event::FaceAvailability load();
    vision::Result<vision::OperatingPoint> pick_point(const std::vector<std::string>& combinations);
    void perform(Command& command);
    void enroll(Photo& photo);
    void begin(const Start& start);
    void look(const SharedFrame& frame);
    void guide(core::FaceGuidance guidance);
    void decide(core::FaceOutcome outcome);
    void check_time();

    EventQueue& m_events;
    PhotoShelf& m_photos;
    NoticeSink m_notice;
    FaceWorkerOptions m_options;

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::deque<Command> m_commands;  // at most a few a session: bounded by the core, which waits for answers
    SharedFrame m_frame;
    bool m_frames_wanted = false;
    bool m_camera_failing = false;
    bool m_stopping = false;
    bool m_ready = false;

    // Face thread only.
    std::unique_ptr<vision::FaceEngine> m_engine;
    std::optional<vision::OperatingPoint> m_point;
    core::SessionId m_reference_of{0};
    std::optional<vision::Reference> m_reference;
    bool m_engine_used = false;  // since it was last made to forget
    core::SessionId m_wiped_up_to{0};
    std::optional<Start> m_waiting_for_reference;  // before the photo was enrolled
    std::unique_ptr<Matching> m_matching;
};

}  // namespace uketsuke::workers
