#include "app/workers/files_worker.h"

#include <algorithm>
#include <utility>

#include "net/backoff.h"

namespace uketsuke::workers {
namespace {

constexpr std::chrono::milliseconds k_longest_sleep{60'000};

}  // namespace

FilesWorker::FilesWorker(net::Outbox& outbox, net::EligibilityClient& client, StaffNotes& notes, NoticeSink notice,
                         FilesWorkerOptions options)
    : m_outbox(outbox),
      m_client(client),
      m_notes(notes),
      m_notice(std::move(notice)),
      m_options(std::move(options)),
      m_folder(m_options.folders) {}

void FilesWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_client.cancel();
    m_changed.notify_all();
}

void FilesWorker::wake() {
    const std::lock_guard lock(m_mutex);
    m_work = true;
    m_changed.notify_all();
}

bool FilesWorker::stopping() {
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void FilesWorker::run() {
    if (!files() && !answers()) return;
    while (!stopping()) {
        {
            const std::lock_guard lock(m_mutex);
            m_work = false;
        }
        const auto filed = file_answers();
        const auto answered = answer_questions();
        settle(filed, answered);
        sleep();
    }
}

net::Result<void> FilesWorker::file_answers() {
    while (files() && !stopping()) {
        auto task = m_outbox.next_to_file();
        if (!task) return tl::unexpected(task.error());
        if (!*task) return {};
        net::FilingTask& file = **task;
        const std::string_view document(reinterpret_cast<const char*>(file.answer.data()), file.answer.size());
        const auto written = m_folder.file_answer(file.id, file.queued_at, document);
        net::wipe(file.answer);
        if (!written) return written;
        // A crash between the file and this line writes the same file once more, which changes nothing.
        if (auto noted = m_outbox.filed(file.id); !noted) return noted;
        m_notice(NoticeLevel::Info, "request " + file.id.text() + ": filed for the receipt computer");
    }
    return {};
}

net::Result<void> FilesWorker::answer_questions() {
    if (!answers() || stopping()) return {};
    const auto since_start = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now().time_since_epoch());
    for (bool more = true; more && !stopping();) {
        auto requests = m_folder.waiting_requests(since_start);
        if (!requests) return tl::unexpected(requests.error());
        more = false;
        net::Result<void> done;
        for (net::RequestFile& request : *requests) {
            const auto answered = m_outbox.file_is_answered(request.name, request.digest);
            if (!answered) {
                done = tl::unexpected(answered.error());
            } else if (*answered) {
                // Old questions must not stand before a new one.
                m_folder.done_with(request);
                more = true;
            } else if (done) {
                done = answer(request);
            }
            net::wipe(request.document);
        }
        if (!done) return done;
    }
    const auto& names = m_folder.names_seen();
    std::erase_if(m_waits, [&](const auto& one) { return !std::binary_search(names.begin(), names.end(), one.first); });
    const auto forgotten = m_outbox.forget_answered_files_except(names);
    if (!forgotten) return tl::unexpected(forgotten.error());
    return {};
}

net::Result<void> FilesWorker::answer(const net::RequestFile& request) {
    auto document = request.readable ? ask(request) : net::unreadable_answer(m_options.now());
    if (!request.readable) {
        m_notice(NoticeLevel::Warning, "a request file of the receipt computer is no OQSsiquc01req document");
    }
    if (!document) return {};
    m_waits.erase(request.name);
    auto written = m_folder.answer(request, *document);
    net::wipe(*document);
    if (!written) return written;
    return m_outbox.remember_answered_file(request.name, request.digest, m_options.now());
}

// Nothing: not now. The question stays where it is, and its key towards the service is the file's own.
std::optional<std::string> FilesWorker::ask(const net::RequestFile& request) {
    const auto now = Steady::now();
    const auto its_own = m_waits.find(request.name);
    if (stopping() || now < m_service.until || (its_own != m_waits.end() && now < its_own->second.until)) return {};
    auto reply = m_client.query(net::request_id_of(request.digest), request.document);
    if (!reply) {
        const net::Fault fault = reply.error().fault;
        if (fault == net::Fault::Cancelled) return {};
        // An answer that nobody understands is this question's trouble; a service that is away is everybody's.
        const bool unreadable = fault == net::Fault::BadAnswer || fault == net::Fault::AnswerTooBig;
        Wait& wait = unreadable ? m_waits[request.name] : m_service;
        if (wait.failures == 0) m_notice(NoticeLevel::Warning, "receipt computer's question: " + reply.error().where);
        wait_longer(wait, std::nullopt);
        return {};
    }
    if (reply->answer) net::wipe(*reply->answer);
    std::string document(reply->document.begin(), reply->document.end());
    net::wipe(reply->document);
    switch (reply->kind) {
        case net::ReplyKind::Answered:
            break;
        case net::ReplyKind::Refused:
            if (document.empty()) document = net::refused_answer(m_options.now(), reply->code);
            break;
        case net::ReplyKind::Processing:
        case net::ReplyKind::UnknownKey:
            net::wipe(document);
            wait_longer(m_waits[request.name], reply->retry_after);
            return {};
        case net::ReplyKind::TryLater:
            net::wipe(document);
            wait_longer(m_service, reply->retry_after);
            return {};
    }
    m_service = {};
    return document;
}

void FilesWorker::wait_longer(Wait& wait, std::optional<std::chrono::seconds> wish) {
    wait.until = Steady::now() + net::backoff_delay(++wait.failures, m_options.random(), wish);
}

void FilesWorker::settle(const net::Result<void>& filed, const net::Result<void>& answered) {
    const net::Error* trouble = !filed ? &filed.error() : (!answered ? &answered.error() : nullptr);
    m_notes.set(core::StaffNote::FilesAway, trouble != nullptr);
    if (trouble == nullptr) {
        if (m_failures > 0) m_notice(NoticeLevel::Info, "the receipt computer's folders can be used again");
        m_failures = 0;
        m_told.clear();
        return;
    }
    ++m_failures;
    if (m_told == trouble->where) return;
    m_told = trouble->where;
    m_notice(NoticeLevel::Error, "receipt computer: " + trouble->where);
}

void FilesWorker::sleep() {
    auto wait = answers() ? m_options.poll : k_longest_sleep;
    if (m_failures > 0) {
        wait = std::max(m_options.poll, net::backoff_delay(std::min(m_failures, 5), m_options.random()));
    }
    std::unique_lock lock(m_mutex);
    // Away, it is not looked for at every arrival: a server that is down answers slowly.
    const bool patient = m_failures > 0;
    m_changed.wait_for(lock, wait, [&] { return (m_work && !patient) || m_stopping; });
}

}  // namespace uketsuke::workers
