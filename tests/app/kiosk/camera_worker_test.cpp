// Every fault of a camera, as patients, staff and the face thread notice it.
#include "app/workers/camera_worker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>

#include "vision/virtual_camera.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using vision::Scene;

// What is plugged in: any number of cameras may be opened upon it one after the other.
class Socket {
  public:
    CameraFactory factory() {
        return [this]() -> tl::expected<std::unique_ptr<vision::Camera>, vision::CameraError> {
            const std::lock_guard lock(m_mutex);
            ++m_opened;
            if (!m_there) return tl::unexpected(vision::CameraError{vision::CameraFault::NotThere, "nothing plugged"});
            vision::VirtualCameraOptions options;
            options.width = 64;
            options.height = 48;
            options.frames_per_second = 100;
            options.blank.frozen_after = 30ms;
            auto camera = std::make_shared<vision::VirtualCamera>(m_scene, options);
            m_running = camera;
            return std::make_unique<Hold>(std::move(camera));
        };
    }
    void plug(bool there) {
        const std::lock_guard lock(m_mutex);
        m_there = there;
    }
    void show(const Scene& scene) {
        const std::lock_guard lock(m_mutex);
        m_scene = scene;
        if (const auto camera = m_running.lock()) camera->show(scene);
    }
    int opened() const {
        const std::lock_guard lock(m_mutex);
        return m_opened;
    }

  private:
    class Hold : public vision::Camera {
      public:
        explicit Hold(std::shared_ptr<vision::VirtualCamera> camera) : m_camera(std::move(camera)) {}
        tl::expected<vision::Frame, vision::CameraError> next(std::chrono::milliseconds timeout) override {
            return m_camera->next(timeout);
        }
        void close() override { m_camera->close(); }
        std::string name() const override { return m_camera->name(); }

      private:
        std::shared_ptr<vision::VirtualCamera> m_camera;
    };

    mutable std::mutex m_mutex;
    bool m_there = true;
    int m_opened = 0;
    Scene m_scene = Scene::person(3);
    std::weak_ptr<vision::VirtualCamera> m_running;
};

class CameraWorkerTest : public testing::Test {
  protected:
    void start() {
        CameraWorkerOptions options;
        options.first_frame_timeout = 60ms;
        options.look_after_every = 5ms;
        options.back_after = 60ms;
        options.preview_stale_after = 20ms;
        options.frame = [this](const SharedFrame&) { ++m_frames; };
        options.failing = [this](bool failing) { m_face_told = failing; };
        m_worker.emplace(
            m_socket.factory(), m_events,
            [this](NoticeLevel level, const std::string&) {
                if (level == NoticeLevel::Warning) ++m_warnings;
            },
            options);
        m_thread = std::thread([this] { m_worker->run(); });
    }
    void TearDown() override {
        if (!m_worker) return;
        m_worker->stop();
        m_thread.join();
    }
    static bool until(const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }
    // What the kiosk was told last.
    bool told(bool failing) {
        return until([&] {
            while (auto event = m_events.take()) {
                if (const auto* change = std::get_if<core::event::CameraChanged>(&*event)) m_last = change->failing;
            }
            return m_last == failing;
        });
    }
    bool previewing() {
        return until([&] { return m_worker->preview() != nullptr; });
    }
    bool preview_gone() {
        return until([&] { return m_worker->preview() == nullptr; });
    }

    Socket m_socket;
    EventQueue m_events;
    std::atomic<int> m_frames{0};
    std::atomic<int> m_warnings{0};
    std::atomic<bool> m_face_told{false};
    std::optional<bool> m_last;
    std::optional<CameraWorker> m_worker;
    std::thread m_thread;
};

TEST_F(CameraWorkerTest, AMissingCameraIsToldBeforeAnybodyComesAndFoundAgainWithoutARestart) {
    m_socket.plug(false);
    start();
    EXPECT_TRUE(told(true));
    EXPECT_EQ(m_frames, 0) << "nobody is filmed meanwhile";
    m_socket.plug(true);
    EXPECT_TRUE(told(false));
    EXPECT_EQ(m_worker->preview(), nullptr);
    EXPECT_EQ(m_frames, 0);
    EXPECT_EQ(m_warnings, 1) << "said once, not at every look";
}

TEST_F(CameraWorkerTest, EveryBlankPictureAndSilenceIsAFailureWithoutAPreview) {
    for (const auto kind :
         {Scene::Kind::White, Scene::Kind::Black, Scene::Kind::Covered, Scene::Kind::Garbled, Scene::Kind::Silent}) {
        m_socket.show(Scene::of(kind));
        if (!m_worker) start();
        m_worker->switch_on();
        EXPECT_TRUE(told(true)) << static_cast<int>(kind);
        EXPECT_EQ(m_worker->preview(), nullptr);
        EXPECT_TRUE(m_face_told) << "the attempt that runs must end";
        m_socket.show(Scene::person(3));
        EXPECT_TRUE(told(false));
        EXPECT_TRUE(previewing());
        m_worker->switch_off();
    }
}

TEST_F(CameraWorkerTest, APictureThatFreezesIsTakenOffTheScreenAndThenIsAFailure) {
    start();
    m_worker->switch_on();
    ASSERT_TRUE(previewing());
    m_socket.show(Scene::of(Scene::Kind::Frozen));
    EXPECT_TRUE(preview_gone());
    EXPECT_TRUE(told(true));
}

TEST_F(CameraWorkerTest, AFrozenCameraDoesNotPassForOneThatIsBack) {
    m_socket.plug(false);
    start();
    ASSERT_TRUE(told(true));
    m_socket.show(Scene::of(Scene::Kind::Frozen));
    const int before = m_socket.opened();
    m_socket.plug(true);
    ASSERT_TRUE(until([&] { return m_socket.opened() > before + 3; }));
    while (auto event = m_events.take()) {
        const auto* change = std::get_if<core::event::CameraChanged>(&*event);
        EXPECT_FALSE(change && !change->failing);
    }
}

TEST_F(CameraWorkerTest, ACameraLostInTheMiddleComesBackWhileThePatientStandsThere) {
    start();
    m_worker->switch_on();
    ASSERT_TRUE(previewing());
    m_socket.plug(false);
    m_socket.show(Scene::of(Scene::Kind::Absent));
    EXPECT_TRUE(told(true));
    EXPECT_TRUE(preview_gone());
    m_socket.show(Scene::person(3));
    m_socket.plug(true);
    EXPECT_TRUE(told(false));
    EXPECT_TRUE(previewing());
}

TEST_F(CameraWorkerTest, LookingAfterACameraGivesWayToAPatientAtOnce) {
    m_socket.show(Scene::of(Scene::Kind::White));
    start();
    ASSERT_TRUE(told(true));
    m_worker->switch_on();
    m_socket.show(Scene::person(3));
    EXPECT_TRUE(previewing());
    EXPECT_TRUE(told(false));
}

TEST_F(CameraWorkerTest, SwitchedOffKeepsNoPicture) {
    start();
    m_worker->switch_on();
    ASSERT_TRUE(previewing());
    m_worker->switch_off();
    EXPECT_EQ(m_worker->preview(), nullptr);
}

}  // namespace
}  // namespace uketsuke::workers
