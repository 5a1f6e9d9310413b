#include "app/workers/tour_worker.h"

#include <utility>

#include "net/sealing.h"

namespace uketsuke::workers {

TourWorker::TourWorker(std::unique_ptr<net::Keyring> keyring, EventQueue& events, NoticeSink notice,
                       TourWorkerOptions options)
    : m_keyring(std::move(keyring)), m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {}

TourWorker::~TourWorker() = default;

void TourWorker::run() {
    repeat_destruction();
    while (true) {
        std::optional<core::SecretText> code;
        {
            std::unique_lock lock(m_mutex);
            m_woken.wait(lock, [&] { return m_stopping || m_code; });
            if (m_stopping) return;
            code.swap(m_code);
        }
        try_now(*code);
    }
}

void TourWorker::watch_for_loss() {
    if (!m_options.lost) return;
    while (true) {
        ask_now();
        std::unique_lock lock(m_mutex);
        if (m_woken.wait_for(lock, m_options.ask_every, [&] { return m_stopping; })) return;
    }
}

void TourWorker::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_woken.notify_all();
    if (m_options.cancel) m_options.cancel();
}

void TourWorker::open(core::SecretText code) {
    {
        const std::lock_guard lock(m_mutex);
        m_code = std::move(code);
    }
    m_woken.notify_all();
}

void TourWorker::try_now(const core::SecretText& code) {
    auto attempt = [&] {
        const std::lock_guard lock(m_keyring_mutex);
        return m_keyring->try_code(code.view());
    }();
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
    // A destruction between the code and here came from the loss thread.
    const bool gone = destroyed();
    const std::lock_guard lock(m_mutex);
    std::optional<net::Keyring::Opened> opened;
    if (m_opened && !gone) opened.emplace(std::move(*m_opened));
    m_opened.reset();
    return opened;
}

std::optional<net::Keyring::Member> TourWorker::who_has_code(std::string_view code) {
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
        m_lost = true;
    }
    m_notice(NoticeLevel::Error, "the clinic has reported this device as lost: its key is destroyed");
    destroy_now();
    m_events.post(core::event::TourDestroyed{true});
}

void TourWorker::repeat_destruction() {
    if (!destroyed()) return;
    bool lost = false;
    {
        const std::lock_guard lock(m_mutex);
        lost = m_lost;
    }
    m_events.post(core::event::TourDestroyed{lost});
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
    if (destroyed()) return;
    // A program beside the kiosk may have destroyed it.
    const auto now = [&] {
        const std::lock_guard lock(m_keyring_mutex);
        return m_keyring->refresh();
    }();
    if (now && destroyed()) {
        m_events.post(core::event::TourDestroyed{false});
        return;
    }
    const auto lost = m_options.lost();
    if (lost && *lost) reported_lost();
    if (lost || m_told) return;
    // Without signal there is nobody to ask; who answers something else will never say it.
    const net::Fault fault = lost.error().fault;
    const bool never = fault == net::Fault::TlsRefused || fault == net::Fault::OwnIdentity ||
                       fault == net::Fault::BadAnswer || fault == net::Fault::BadOptions;
    if (!never) return;
    m_told = true;
    m_notice(NoticeLevel::Error, "whether this device was reported as lost cannot be asked: " + lost.error().where);
}

}  // namespace uketsuke::workers
