#include "app/workers/camera_worker.h"

#include <utility>

namespace uketsuke::workers {
namespace {

constexpr std::chrono::milliseconds k_frame_timeout{200};
constexpr std::chrono::milliseconds k_reopen_after{300};
// The first pictures of a webcam are dark or white until its exposure has settled.
constexpr int k_still_settles_after = 12;

SharedFrame share(vision::Frame frame) {
    return {new vision::Frame(std::move(frame)), [](const vision::Frame* held) {
                vision::wipe(const_cast<vision::Frame*>(held)->image);
                delete held;
            }};
}

}  // namespace

CameraWorker::CameraWorker(CameraFactory open, EventQueue& events, NoticeSink notice, CameraWorkerOptions options)
    : m_open(std::move(open)), m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {}

CameraWorker::~CameraWorker() = default;

void CameraWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    if (m_camera) m_camera->close();
    m_changed.notify_all();
}

void CameraWorker::switch_on() {
    const std::lock_guard lock(m_mutex);
    m_on = true;
    m_changed.notify_all();
}

void CameraWorker::switch_off() {
    const std::lock_guard lock(m_mutex);
    m_on = false;
    m_latest.reset();
    if (m_camera) m_camera->close();
    m_changed.notify_all();
}

SharedFrame CameraWorker::preview() const {
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

void CameraWorker::take_still(std::function<void(tl::expected<SharedFrame, vision::CameraError>)> done) {
    const std::lock_guard lock(m_mutex);
    m_still = std::move(done);
    m_changed.notify_all();
}

bool CameraWorker::wanted() const {
    const std::lock_guard lock(m_mutex);
    return m_on && !m_stopping;
}

void CameraWorker::run() {
    bool worth_a_look = m_options.look_after_every.count() > 0;
    while (true) {
        if (worth_a_look) look_after();
        {
            std::unique_lock lock(m_mutex);
            const auto something = [&] { return m_on || m_stopping || m_still; };
            worth_a_look = m_failing && m_options.look_after_every.count() > 0;
            if (worth_a_look) {
                m_changed.wait_for(lock, m_options.look_after_every, something);
            } else {
                m_changed.wait(lock, something);
            }
            if (m_stopping) return;
            worth_a_look = worth_a_look && !something();
        }
        serve_still();
        if (wanted()) capture();
    }
}

void CameraWorker::hold(vision::Camera* camera) {
    const std::lock_guard lock(m_mutex);
    m_camera = camera;
}

// Nobody's picture is kept: each is looked at by the camera itself, and wiped.
void CameraWorker::look_after() {
    auto camera = m_open();
    if (!camera) {
        report(camera.error(), std::chrono::steady_clock::now());
        return;
    }
    hold(camera->get());
    watch(**camera);
    hold(nullptr);
}

void CameraWorker::watch(vision::Camera& camera) {
    const auto began = std::chrono::steady_clock::now();
    const auto idle = [&] {
        const std::lock_guard lock(m_mutex);
        return !m_on && !m_stopping && !m_still;
    };
    auto good_since = began;
    bool good = false;
    while (idle()) {
        auto frame = camera.next(k_frame_timeout);
        const auto now = std::chrono::steady_clock::now();
        if (frame) {
            vision::wipe(frame->image);
            if (!std::exchange(good, true)) good_since = now;
            if (m_failing && now - good_since < m_options.back_after) continue;
            set_failing(false);
            return;
        }
        good = false;
        report(frame.error(), began);
        const bool gone =
            frame.error().fault == vision::CameraFault::NotThere || frame.error().fault == vision::CameraFault::Closed;
        if (gone || now - began > m_options.first_frame_timeout) return;
    }
}

void CameraWorker::capture() {
    const auto on_since = std::chrono::steady_clock::now();
    while (wanted()) {
        auto camera = m_open();
        if (!camera) {
            report(camera.error(), on_since);
            std::unique_lock lock(m_mutex);
            m_changed.wait_for(lock, k_reopen_after, [&] { return !m_on || m_stopping; });
            continue;
        }
        {
            const std::lock_guard lock(m_mutex);
            m_camera = camera->get();
            // Switched off while the camera was opening: nobody closed it.
            if (!m_on || m_stopping) m_camera->close();
        }
        auto since = on_since;
        while (wanted()) {
            auto frame = (*camera)->next(k_frame_timeout);
            if (frame) {
                since = std::chrono::steady_clock::now();
                publish(std::move(*frame));
                continue;
            }
            report(frame.error(), since);
            if (std::chrono::steady_clock::now() - since > m_options.preview_stale_after) {
                const std::lock_guard lock(m_mutex);
                m_latest.reset();
            }
            if (frame.error().fault == vision::CameraFault::NotThere ||
                frame.error().fault == vision::CameraFault::Closed) {
                break;
            }
        }
        const std::lock_guard lock(m_mutex);
        m_camera = nullptr;
        m_latest.reset();
    }
}

void CameraWorker::report(const vision::CameraError& error, std::chrono::steady_clock::time_point since) {
    if (error.fault == vision::CameraFault::Closed) return;
    const bool at_once = error.fault == vision::CameraFault::NotThere;
    if (!at_once && std::chrono::steady_clock::now() - since < m_options.first_frame_timeout) return;
    if (!m_failing) {
        m_notice(NoticeLevel::Warning, "camera: " + std::string(vision::to_string(error.fault)) + ": " + error.where);
    }
    set_failing(true);
}

void CameraWorker::set_failing(bool failing) {
    if (m_failing == failing) return;
    m_failing = failing;
    if (!failing) m_notice(NoticeLevel::Info, "camera: gives pictures again");
    m_events.post(core::event::CameraChanged{failing});
    m_options.failing(failing);
}

void CameraWorker::publish(vision::Frame frame) {
    set_failing(false);
    const SharedFrame shared = share(std::move(frame));
    {
        const std::lock_guard lock(m_mutex);
        if (!m_on) return;
        m_latest = shared;
    }
    m_options.frame(shared);
    m_events.wake();
}

void CameraWorker::serve_still() {
    std::function<void(tl::expected<SharedFrame, vision::CameraError>)> done;
    {
        const std::lock_guard lock(m_mutex);
        done.swap(m_still);
    }
    if (!done) return;
    auto camera = m_open();
    if (!camera) {
        done(tl::unexpected(camera.error()));
        return;
    }
    tl::expected<SharedFrame, vision::CameraError> still =
        tl::unexpected(vision::CameraError{vision::CameraFault::NoFrame, (*camera)->name()});
    for (int i = 0; i < k_still_settles_after; ++i) {
        auto frame = (*camera)->next(m_options.first_frame_timeout);
        if (frame) {
            still = share(std::move(*frame));
        } else if (frame.error().fault != vision::CameraFault::Blank) {
            still = tl::unexpected(frame.error());
            break;
        }
    }
    done(std::move(still));
}

}  // namespace uketsuke::workers
