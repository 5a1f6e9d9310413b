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
    auto requests = m_folder.waiting_requests(since_start);
    if (!requests) return tl::unexpected(requests.error());
    const auto forgotten = m_outbox.forget_answered_files_except(m_folder.names_seen());
    if (!forgotten) return tl::unexpected(forgotten.error());
    net::Result<void> done;
    for (net::RequestFile& request : *requests) {
        if (done) done = answer(request);
        net::wipe(request.document);
    }
    return done;
}

net::Result<void> FilesWorker::answer(const net::RequestFile& request) {
    const auto answered = m_outbox.file_is_answered(request.name, request.digest);
    if (!answered) return tl::unexpected(answered.error());
    if (*answered || stopping()) return {};
    std::string document;
    if (request.readable) {
        if (Steady::now() < m_ask_again) return {};
        auto reply = m_client.query(net::request_id_of(request.digest), request.document);
        const bool decided = reply && !reply->document.empty() &&
                             (reply->kind == net::ReplyKind::Answered || reply->kind == net::ReplyKind::Refused);
        if (!decided) {
            // The question stays where it is: the receipt computer waits for its answer, and the key is the file's own.
            const auto wish = reply ? reply->retry_after : std::nullopt;
            m_ask_again = Steady::now() + net::backoff_delay(++m_unanswered, m_options.random(), wish);
            if (!reply && reply.error().fault != net::Fault::Cancelled && m_unanswered == 1) {
                m_notice(NoticeLevel::Warning, "receipt computer's question: " + reply.error().where);
            }
            return {};
        }
        m_unanswered = 0;
        document.assign(reply->document.begin(), reply->document.end());
        net::wipe(reply->document);
        if (reply->answer) net::wipe(*reply->answer);
    } else {
        m_notice(NoticeLevel::Warning, "a request file of the receipt computer is no OQSsiquc01req document");
        document = net::unreadable_answer(m_options.now());
    }
    auto written = m_folder.answer(request, document);
    net::wipe(document);
    if (!written) return written;
    return m_outbox.remember_answered_file(request.name, request.digest, m_options.now());
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
