// The tour thread: whose code opens the tablet, and whether the clinic has reported it as lost.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/workers/event_queue.h"
#include "net/keyring.h"

namespace uketsuke::workers {

struct TourWorkerOptions {
    // Asks whether the device was reported as lost; may be empty. Loss thread.
    std::function<net::Result<bool>()> lost;
    // Makes the question that runs end at once. Any thread.
    std::function<void()> cancel;
    std::chrono::seconds ask_every{300};
};

// run() is the tour thread's whole life, and watch_for_loss() the loss thread's, so that no code waits for the network;
// everything else may be called from any thread.
class TourWorker {
  public:
    TourWorker(std::unique_ptr<net::Keyring> keyring, EventQueue& events, NoticeSink notice, TourWorkerOptions options);
    ~TourWorker();

    void run();
    void watch_for_loss();
    void stop();

    // Posts TourOpened (its name set, who by whoever passes it on), TourRefused, TourFailed or TourDestroyed.
    void open(core::SecretText code);
    // The key of the last code that was right, once; none when the device's key was destroyed meanwhile.
    std::optional<net::Keyring::Opened> take_key();
    // Whose code it is, counted like one that opens the tour. Takes as long as the keyring wants.
    std::optional<net::Keyring::Member> who_has_code(std::string_view code);
    // The clinic has reported the device as lost: destroys the key and posts TourDestroyed.
    void reported_lost();
    // Posts TourDestroyed again, where it may not have been heard.
    void repeat_destruction();
    bool destroyed();
    int tries_left();

  private:
    void try_now(const core::SecretText& code);
    void ask_now();
    bool destroy_now();

    std::mutex m_keyring_mutex;
    std::unique_ptr<net::Keyring> m_keyring;
    EventQueue& m_events;
    NoticeSink m_notice;
    TourWorkerOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_woken;
    std::optional<core::SecretText> m_code;
    std::optional<net::Keyring::Opened> m_opened;
    bool m_lost = false;  // what was destroyed was so from afar
    bool m_told = false;  // that no question gets an answer; loss thread
    bool m_stopping = false;
};

}  // namespace uketsuke::workers
