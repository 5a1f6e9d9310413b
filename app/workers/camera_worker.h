// The camera thread: captures while somebody is before the kiosk, and never waits for the analysis. A camera that fails
// is looked after while nobody is there, so that it is back, or known to be missing, before the next patient.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "app/workers/event_queue.h"
#include "vision/camera.h"

namespace uketsuke::workers {

using SharedFrame = std::shared_ptr<const vision::Frame>;  // its pixels are wiped with the last holder

// Opens the configured camera. Camera thread; called anew each time the camera is switched on.
using CameraFactory = std::function<tl::expected<std::unique_ptr<vision::Camera>, vision::CameraError>()>;

struct CameraWorkerOptions {
    // Without a usable frame for this long the camera counts as failed.
    std::chrono::milliseconds first_frame_timeout{3000};
    // Looks at the camera once at the start, and so often while it fails; zero: never.
    std::chrono::milliseconds look_after_every{3000};
    // A failing camera counts as back after so long of good pictures: longer than a frozen one takes to be noticed
    // (vision/blank.h).
    std::chrono::milliseconds back_after{2000};
    // A preview older than this is taken away rather than shown as if it were live.
    std::chrono::milliseconds preview_stale_after{600};
    // Newest frame wins; camera thread. Must not block.
    std::function<void(SharedFrame)> frame;
    // The camera is switched on and gives nothing usable (true), or does again (false). Camera thread.
    std::function<void(bool)> failing;
};

// run() is the camera thread's whole life; everything else may be called from any thread.
class CameraWorker {
  public:
    CameraWorker(CameraFactory open, EventQueue& events, NoticeSink notice, CameraWorkerOptions options);
    ~CameraWorker();

    void run();
    void stop();

    void switch_on();
    void switch_off();  // the last frame is let go of
    // The newest frame while the camera is on and gives pictures; null else.
    SharedFrame preview() const;
    // One picture, taken apart from any session: for the demonstration card with the visitor's own face. `done` runs on
    // the camera thread; it gets an error when the camera gives nothing.
    void take_still(std::function<void(tl::expected<SharedFrame, vision::CameraError>)> done);

  private:
    bool wanted() const;
    void capture();
    void look_after();
    void watch(vision::Camera& camera);
    void hold(vision::Camera* camera);
    void report(const vision::CameraError& error, std::chrono::steady_clock::time_point on_since);
    void publish(vision::Frame frame);
    void set_failing(bool failing);
    void serve_still();

    CameraFactory m_open;
    EventQueue& m_events;
    NoticeSink m_notice;
    CameraWorkerOptions m_options;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_on = false;
    bool m_stopping = false;
    vision::Camera* m_camera = nullptr;  // open right now: stop and switch_off close it from outside
    SharedFrame m_latest;
    std::function<void(tl::expected<SharedFrame, vision::CameraError>)> m_still;

    // Camera thread only.
    bool m_failing = false;
};

}  // namespace uketsuke::workers
