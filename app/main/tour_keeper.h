// What a tablet has and a counter has not: a keyring before everything that is kept, and a thread that tries codes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "app/config/config.h"
#include "app/main/threads.h"
#include "app/workers/tour_worker.h"
#include "net/eligibility_client.h"
#include "net/keyring.h"

namespace uketsuke::app {

// The ui thread's, but what its thread runs.
class TourKeeper {
  public:
    // In a demonstration a keyring that is missing is made; else the error says how it is.
    static tl::expected<std::unique_ptr<TourKeeper>, std::string> open(const config::Config& config,
                                                                       workers::EventQueue& events,
                                                                       const workers::NoticeSink& notice);
    ~TourKeeper();
    TourKeeper(const TourKeeper&) = delete;
    TourKeeper& operator=(const TourKeeper&) = delete;

    const std::string& device() const { return m_device; }
    workers::TourWorker& tours() { return *m_tours; }
    // `client` asks whether the device was reported as lost, on a thread that starts here and ends with stop().
    void start(net::EligibilityClient& client);
    void stop();

    // Everything that was sealed. What cannot be opened any more is of no use, and takes room.
    static void remove_sealed(const config::Config& config, const workers::NoticeSink& notice);

  private:
    TourKeeper() = default;
    std::string m_device;
    std::unique_ptr<net::Keyring> m_keyring;  // until start()
    workers::EventQueue* m_events = nullptr;
    workers::NoticeSink m_notice;
    std::chrono::seconds m_ask_every{};
    std::unique_ptr<workers::TourWorker> m_tours;
    bool m_running = false;
    Threads m_threads;
};

}  // namespace uketsuke::app
