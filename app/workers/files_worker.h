// The files thread: writes each answer into the receipt computer's folder and answers the questions it drops there.
// A server that hangs holds up this thread and no other.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "app/workers/event_queue.h"
#include "app/workers/staff_notes.h"
#include "net/eligibility_client.h"
#include "net/outbox.h"
#include "net/receipt_folder.h"

namespace uketsuke::workers {

struct FilesWorkerOptions {
    net::ReceiptFolders folders;            // none: the thread ends at once
    std::chrono::milliseconds poll{1'000};  // between two looks into the request folder
    std::function<net::WallTime()> now;     // any thread
    std::function<double()> random;         // in [0, 1); files thread
};

// run() is the files thread's whole life; everything else may be called from any thread.
class FilesWorker {
  public:
    // A client of its own. Everything referred to must outlive the worker.
    FilesWorker(net::Outbox& outbox, net::EligibilityClient& client, StaffNotes& notes, NoticeSink notice,
                FilesWorkerOptions options);

    void run();
    void stop();
    // An answer arrived.
    void wake();

  private:
    using Steady = std::chrono::steady_clock;

    bool files() const { return !m_options.folders.face.empty(); }
    bool answers() const { return !m_options.folders.requests.empty(); }
    net::Result<void> file_answers();
    net::Result<void> answer_questions();
    struct Wait {
        int failures = 0;
        Steady::time_point until{};
    };
    net::Result<void> answer(const net::RequestFile& request);
    std::optional<std::string> ask(const net::RequestFile& request);
    void wait_longer(Wait& wait, std::optional<std::chrono::seconds> wish);
    void settle(const net::Result<void>& filed, const net::Result<void>& answered);
    bool stopping();
    void sleep();

    net::Outbox& m_outbox;
    net::EligibilityClient& m_client;
    StaffNotes& m_notes;
    NoticeSink m_notice;
    FilesWorkerOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_work = false;
    bool m_stopping = false;

    // Files thread only.
    net::ReceiptFolder m_folder;
    int m_failures = 0;                   // of the folders, in a row
    std::string m_told;                   // the last trouble that was told
    Wait m_service;                       // before the next question to it
    std::map<std::string, Wait> m_waits;  // of a question, by its file's name
};

}  // namespace uketsuke::workers
