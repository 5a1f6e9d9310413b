#include "app/demo/sights.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace uketsuke::demo {
namespace {

// Somebody whom no persona's card shows.
constexpr std::uint32_t k_stranger = 90'001;

std::optional<vision::Instrument> instrument_of(const std::string& sight) {
    if (sight == "person" || sight == "other") return vision::Instrument::Living;
    if (sight == "photo") return vision::Instrument::PhotoTurned;
    if (sight == "screen") return vision::Instrument::ScreenTurned;
    return std::nullopt;
}

std::string device_path(const std::string& device) {
    const bool number = !device.empty() && device.find_first_not_of("0123456789") == std::string::npos;
    return number ? "/dev/video" + device : device;
}

}  // namespace

// The camera thread owns a camera; whoever changes what it sees keeps a second hold on it.
class Sights::HeldCamera : public vision::Camera {
  public:
    HeldCamera(Sights& sights, std::shared_ptr<vision::VirtualCamera> camera)
        : m_sights(sights), m_camera(std::move(camera)) {}
    tl::expected<vision::Frame, vision::CameraError> next(std::chrono::milliseconds timeout) override {
        m_sights.play_on(*m_camera);
        return m_camera->next(timeout);
    }
    void close() override { m_camera->close(); }
    std::string name() const override { return m_camera->name(); }

  private:
    Sights& m_sights;
    std::shared_ptr<vision::VirtualCamera> m_camera;
};

Sights::Sights(Options options) : m_options(std::move(options)) {
    std::error_code ignored;
    m_webcam_there = std::filesystem::exists(device_path(m_options.webcam), ignored);
}

std::vector<std::string> Sights::all() const {
    std::vector<std::string> sights{"person", "other", "photo", "screen", "nobody", "white", "black", "frozen", "none"};
    if (m_webcam_there) sights.emplace_back("webcam");
    return sights;
}

bool Sights::look_at(const std::string& id) {
    const auto known = all();
    if (std::find(known.begin(), known.end(), id) == known.end()) return false;
    const std::lock_guard lock(m_mutex);
    const bool other_device = (id == "webcam") != (m_now == "webcam");
    m_now = id;
    if (other_device) {
        if (const auto camera = m_running.lock()) camera->close();
    }
    show();
    return true;
}

std::string Sights::now() const {
    const std::lock_guard lock(m_mutex);
    return m_now;
}

void Sights::set_person(std::uint32_t identity) {
    const std::lock_guard lock(m_mutex);
    m_person = identity;
    show();
}

void Sights::ask_to_turn(std::optional<vision::Side> side) {
    const std::lock_guard lock(m_mutex);
    m_asked = side;
}

void Sights::show() {
    ++m_changes;
    if (instrument_of(m_now)) return;  // played on by the thread that takes the pictures
    if (const auto camera = m_running.lock()) camera->show(scene());
}

// Drawing takes longer than anybody who tells the camera what to see may wait: it is done without m_mutex.
void Sights::play_on(vision::VirtualCamera& camera) {
    std::unique_lock lock(m_mutex);
    const auto instrument = instrument_of(m_now);
    if (!instrument) return;
    const std::uint64_t changes = m_changes;
    vision::Subject subject;
    subject.identity = m_now == "other" ? k_stranger : m_person;
    const auto asked = m_asked;
    lock.unlock();

    const std::lock_guard playing(m_playing);
    const auto now = std::chrono::steady_clock::now();
    if (!m_presentation || m_presented != changes) {
        const std::uint32_t seed = subject.identity;
        m_presentation = std::make_unique<vision::Presentation>(*instrument, std::move(subject), seed);
        m_presented = changes;
        m_began = now;
    }
    auto frame = m_presentation->frame(std::chrono::duration_cast<std::chrono::milliseconds>(now - m_began), asked);
    lock.lock();
    if (m_changes == changes) camera.show(vision::Scene::picture(std::move(frame)));
}

vision::Scene Sights::scene() const {
    if (m_now == "white") return vision::Scene::of(vision::Scene::Kind::White);
    if (m_now == "black") return vision::Scene::of(vision::Scene::Kind::Black);
    if (m_now == "frozen") return vision::Scene::of(vision::Scene::Kind::Frozen);
    if (m_now == "none") return vision::Scene::of(vision::Scene::Kind::Absent);
    return vision::Scene::nobody();
}

workers::CameraFactory Sights::factory() {
    return [this]() -> tl::expected<std::unique_ptr<vision::Camera>, vision::CameraError> {
        const std::lock_guard lock(m_mutex);
        if (m_now == "webcam") {
            vision::CameraSource source;
            source.location = m_options.webcam;
            source.width = m_options.camera.width;
            source.height = m_options.camera.height;
            return vision::open_camera(source);
        }
        auto camera = std::make_shared<vision::VirtualCamera>(scene(), m_options.camera);
        m_running = camera;
        return std::make_unique<HeldCamera>(*this, std::move(camera));
    };
}

}  // namespace uketsuke::demo
