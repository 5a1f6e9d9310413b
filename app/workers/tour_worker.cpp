#include "app/workers/tour_worker.h"

#include <utility>

#include "net/sealing.h"

namespace uketsuke::workers {

TourWorker::TourWorker(std::unique_ptr<net::Keyring> keyring, EventQueue& events, NoticeSink notice,
                       TourWorkerOptions options)
    : m_keyring(std::move(keyring)), m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {}

TourWorker::~TourWorker() = default;

void TourWorker::run() {
    if (destroyed()) m_events.post(core::event::TourDestroyed{false});
    // At the start and from then on every so often.
    auto ask_at = std::chrono::steady_clock::now();
    while (true) {
        std::optional<std::string> code;
        bool asks = false;
        {
            std::unique_lock lock(m_mutex);
            m_woken.wait_until(lock, ask_at, [&] { return m_stopping || m_code; });
            if (m_stopping) return;
            code = std::exchange(m_code, std::nullopt);
            asks = !code && !m_open;
        }
        if (code) {
            try_now(std::move(*code));
            continue;
        }
        if (asks) ask_now();
        ask_at = std::chrono::steady_clock::now() + m_options.ask_every;
    }
}

void TourWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_woken.notify_all();
}

void TourWorker::open(std::string code) {
    const std::lock_guard lock(m_mutex);
    m_code = std::move(code);
    m_woken.notify_all();
}

void TourWorker::try_now(std::string code) {
    auto attempt = [&] {
        const std::lock_guard lock(m_keyring_mutex);
        return m_keyring->try_code(code);
    }();
    net::wipe(code);
    if (!attempt) {
        m_notice(NoticeLevel::Error, "the code could not be tried: " + attempt.error().where);
        m_events.post(core::event::TourFailed{});
    } else if (attempt->opened) {
        const std::string name = attempt->opened->member.name;
        {
            const std::lock_guard lock(m_mutex);
            m_opened.emplace(std::move(*attempt->opened));
        }
        m_events.post(core::event::TourOpened{core::StaffId{}, name});
    } else if (attempt->destroyed) {
        m_notice(NoticeLevel::Error, "too many wrong codes: the key of this device was destroyed");
        m_events.post(core::event::TourDestroyed{false});
    } else {
        m_notice(NoticeLevel::Warning, "a wrong code");
        m_events.post(core::event::TourRefused{attempt->tries_left});
    }
}

std::optional<net::Keyring::Opened> TourWorker::take_key() {
    const std::lock_guard lock(m_mutex);
    std::optional<net::Keyring::Opened> opened;
    if (m_opened) opened.emplace(std::move(*m_opened));
    m_opened.reset();
    return opened;
}

std::optional<net::Keyring::Member> TourWorker::who_has_code(const std::string& code) {
    auto attempt = [&] {
        const std::lock_guard lock(m_keyring_mutex);
        return m_keyring->try_code(code);
    }();
    if (!attempt) {
        m_notice(NoticeLevel::Error, "the code could not be tried: " + attempt.error().where);
        return std::nullopt;
    }
    if (attempt->destroyed) m_events.post(core::event::TourDestroyed{false});
    return attempt->opened ? std::optional(attempt->opened->member) : std::nullopt;
}

bool TourWorker::destroy_now() {
    const std::lock_guard lock(m_keyring_mutex);
    const auto done = m_keyring->destroy();
    if (!done) m_notice(NoticeLevel::Error, "the key could not be destroyed: " + done.error().where);
    return done.has_value();
}

void TourWorker::reported_lost() {
    {
        const std::lock_guard lock(m_mutex);
        m_opened.reset();
    }
    m_notice(NoticeLevel::Error, "the clinic has reported this device as lost: its key is destroyed");
    destroy_now();
    m_events.post(core::event::TourDestroyed{true});
}

void TourWorker::set_open(bool open) {
    const std::lock_guard lock(m_mutex);
    m_open = open;
}

bool TourWorker::destroyed() {
    const std::lock_guard lock(m_keyring_mutex);
    return m_keyring->destroyed();
}

int TourWorker::tries_left() {
    const std::lock_guard lock(m_keyring_mutex);
    return m_keyring->tries_left();
}

void TourWorker::ask_now() {
    if (!m_options.lost || destroyed()) return;
    const auto lost = m_options.lost();
    // Without signal there is nobody to ask: the next time.
    if (lost && *lost) reported_lost();
}

}  // namespace uketsuke::workers
