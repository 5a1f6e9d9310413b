// What the demonstration's camera can be made to see, by the words of the scenario language and of the demo bar.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/workers/camera_worker.h"
#include "vision/attack.h"
#include "vision/virtual_camera.h"

namespace uketsuke::demo {

// Any thread.
class Sights {
  public:
    struct Options {
        vision::VirtualCameraOptions camera;
        std::string webcam = "0";  // device of the visitor's own camera
    };
    explicit Sights(Options options);

    // What can be chosen: "person", "other", "photo" and "screen" (of the person, held up and turned about), "nobody",
    // "white", "black", "frozen", "none", and "webcam" when the device is there.
    std::vector<std::string> all() const;
    // False for an unknown word. Takes effect at once, also on a running camera.
    bool look_at(const std::string& id);
    std::string now() const;
    // Who "person" is: the drawn person of the card that was placed last.
    void set_person(std::uint32_t identity);
    // What the kiosk's screen asks for just now: a living person turns the head, after a human moment.
    void ask_to_turn(std::optional<vision::Side> side);
    bool webcam_there() const { return m_webcam_there; }

    workers::CameraFactory factory();

  private:
    class HeldCamera;

    vision::Scene scene() const;  // m_mutex is held; of what is not played
    void show();                  // m_mutex is held
    void play_on(vision::VirtualCamera& camera);

    const Options m_options;
    bool m_webcam_there = false;
    mutable std::mutex m_mutex;
    std::string m_now = "person";
    std::uint32_t m_person = 1;
    std::optional<vision::Side> m_asked;
    std::uint64_t m_changes = 0;

    // What is played before the camera; taken before m_mutex, never after it.
    std::mutex m_playing;
    std::unique_ptr<vision::Presentation> m_presentation;
    std::uint64_t m_presented = 0;  // m_changes of the presentation
    std::chrono::steady_clock::time_point m_began;
    std::weak_ptr<vision::VirtualCamera> m_running;
};

}  // namespace uketsuke::demo
