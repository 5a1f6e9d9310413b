// The whole kiosk but its window: devices, workers, threads and state, put together from a configuration.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "app/config/config.h"
#include "app/main/clock.h"
#include "app/main/desk_service.h"
#include "app/main/devices.h"
#include "app/main/kiosk.h"
#include "app/main/threads.h"
#include "app/main/tour_keeper.h"
#include "app/workers/workers.h"

namespace uketsuke::app {

// Everything on the thread that made it; its threads run until it is destroyed.
class Runtime {
  public:
    // Opens the devices and starts the threads. The networks are loaded meanwhile; until then the face is not offered.
    static tl::expected<std::unique_ptr<Runtime>, std::string> start(const config::Config& config,
                                                                     workers::NoticeSink notice);
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    // Blocks until it is known whether the face is offered; false after half a minute.
    bool wait_for_face();

    Kiosk& kiosk() { return *m_kiosk; }
    Clock& clock() { return *m_clock; }
    workers::EventQueue& events() { return m_events; }
    // Nobody works while a tablet's tour is closed: then neither of the two is there.
    bool furnished() const { return m_workers != nullptr; }
    workers::Workers& workers() { return *m_workers; }
    DeskService& desk() { return *m_desk; }
    // A tablet's; null at a counter.
    TourKeeper* tour_keeper() { return m_tour_keeper.get(); }
    // The power is cut and comes back: what is not on the disk is gone. A tablet's.
    void cut_power();
    Devices& devices() { return m_devices; }
    demo::Stage& stage() { return *m_devices.stage; }
    // As demo::Stage::network(); what waits is sent as soon as the network is back.
    demo::Done network(const std::string& what);

  private:
    Runtime(const config::Config& config, workers::NoticeSink notice);
    tl::expected<void, std::string> open();
    std::optional<core::Event> perform(core::Effect effect);
    // A tour is opened with what the right code gave; what cannot be opened makes it fail.
    core::Event admit(core::Event event);
    tl::expected<void, std::string> open_tour();
    // Opens what is sealed and the desk, puts the workers together and starts their threads.
    tl::expected<void, std::string> furnish(net::SealingKey key);
    void start_threads();
    // Ends them, and closes what is sealed.
    void clear_away();

    const config::Config m_config;
    workers::NoticeSink m_notice;
    std::unique_ptr<Clock> m_clock;
    Devices m_devices;
    workers::EventQueue m_events;
    std::unique_ptr<TourKeeper> m_tour_keeper;
    std::unique_ptr<DeskService> m_desk;  // refers to the workers until its threads were joined
    std::unique_ptr<workers::Workers> m_workers;
    std::unique_ptr<Kiosk> m_kiosk;
    Threads m_simulator_thread;  // outlives the others: they talk to it
    Threads m_threads;
};

}  // namespace uketsuke::app
