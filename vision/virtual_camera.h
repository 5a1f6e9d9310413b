#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "vision/blank.h"
#include "vision/camera.h"
#include "vision/frame_check.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {

// What a virtual camera sees.
struct Scene {
    enum class Kind : std::uint8_t {
        People,  // drawn persons, gently moving; none of them: an empty room
        White,   // the sensor's white-out
        Black,
        Covered,   // a finger on the lens
        Frozen,    // the last picture over and over
        Absent,    // unplugged: next() answers NotThere until another scene is shown
        Silent,    // plugged in, but no frame ever comes
        Garbled,   // frames that are no pictures, of several kinds in turn
        Resizing,  // every frame of another size
        Still,     // one picture, with a little sensor noise (a photograph, a visitor's own face)
    };
    Kind kind = Kind::People;
    std::vector<Appearance> people;
    Image still;  // Rgb8 or Gray8

    static Scene person(std::uint32_t identity);
    static Scene person(const Appearance& appearance);
    static Scene nobody();
    static Scene of(Kind kind);
    static Scene picture(Image image);
};

struct VirtualCameraOptions {
    int width = 640;
    int height = 480;
    double frames_per_second = 15.0;
    bool moving = true;  // false: every frame of a person is the same but for its noise
    BlankLimits blank;
};

// A camera whose view is set by the program: demonstration, training at the counter, tests. Same faults as a real one,
// through the same frame check. next() belongs to the capture thread and blocks on a condition until the next frame
// is due; show() and close() may come from any thread and take effect at once.
class VirtualCamera : public Camera {
  public:
    explicit VirtualCamera(Scene scene = Scene::nobody(), VirtualCameraOptions options = {});
    ~VirtualCamera() override;

    void show(Scene scene);

    tl::expected<Frame, CameraError> next(std::chrono::milliseconds timeout) override;
    void close() override;
    std::string name() const override { return "virtual camera"; }

  private:
    Image render(const Scene& scene, std::chrono::steady_clock::time_point now);

    const VirtualCameraOptions m_options;
    FrameCheck m_check;  // capture thread only, as are the next four
    Image m_last;
    std::uint64_t m_sequence = 0;
    std::uint64_t m_seen_change = 0;
    std::chrono::steady_clock::time_point m_due;
    const std::chrono::steady_clock::time_point m_start;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::shared_ptr<const Scene> m_scene;  // guarded by m_mutex, as are the next two
    std::uint64_t m_change = 0;
    bool m_closed = false;
};

}  // namespace uketsuke::vision
