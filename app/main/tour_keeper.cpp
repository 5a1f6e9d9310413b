#include "app/main/tour_keeper.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "app/config/sealed_files.h"
#include "app/main/devices.h"

namespace uketsuke::app {
namespace {

tl::expected<std::unique_ptr<net::Keyring>, std::string> open_keyring(const config::Config& config,
                                                                      const net::SealingKey& key) {
    const config::VisitConfig& visit = config.visit;
    auto keyring = net::Keyring::open(visit.keyring, key.share());
    if (!keyring && keyring.error().fault == net::Fault::NotFound && !visit.demonstration_code.empty()) {
        keyring = net::Keyring::create(visit.keyring, key.share(), visit.demonstration_name, visit.demonstration_code);
    }
    if (keyring) return std::move(*keyring);
    std::string why = keyring.error().where;
    if (keyring.error().fault == net::Fault::NotFound) {
        why += ": this tablet has not been set up (uketsuke-tour set-up --config FILE --name NAME)";
    }
    return tl::unexpected(std::move(why));
}

}  // namespace

TourKeeper::~TourKeeper() {
    stop();
}

tl::expected<std::unique_ptr<TourKeeper>, std::string> TourKeeper::open(const config::Config& config,
                                                                        workers::EventQueue& events,
                                                                        const workers::NoticeSink& notice) {
    // Another key would open nothing that the keyring knows, and hide that the right one is gone.
    std::error_code error;
    const bool set_up = std::filesystem::exists(config.visit.keyring, error);
    auto key = load_device_key(config.outbox, notice, set_up ? net::KeyCreation::Never : net::KeyCreation::IfAbsent);
    if (!key) return tl::unexpected(key.error());
    auto keyring = open_keyring(config, *key);
    if (!keyring) return tl::unexpected(keyring.error());
    std::unique_ptr<TourKeeper> keeper(new TourKeeper);
    keeper->m_device = (*keyring)->device();
    keeper->m_ask_every = std::chrono::duration_cast<std::chrono::seconds>(config.visit.device_check);
    if (config.outbox.key_credential.empty() && !config.policy.demonstration) {
        notice(workers::NoticeLevel::Warning,
               "the device's key lies in a file: whoever copies this disk can try codes elsewhere "
               "(outbox.key_credential)");
    }
    // A destruction that a power cut left half done.
    if ((*keyring)->destroyed()) remove_sealed(config, notice);
    keeper->m_keyring = std::move(*keyring);
    keeper->m_events = &events;
    keeper->m_notice = notice;
    return keeper;
}

void TourKeeper::start(net::EligibilityClient& client) {
    workers::TourWorkerOptions options;
    options.lost = [&client] { return client.device_lost(); };
    options.cancel = [&client] { client.cancel(); };
    options.ask_every = m_ask_every;
    m_tours = std::make_unique<workers::TourWorker>(std::move(m_keyring), *m_events, m_notice, std::move(options));
    m_running = true;
    m_threads.start("tour", [this] { m_tours->run(); });
    m_threads.start("loss", [this] { m_tours->watch_for_loss(); });
}

void TourKeeper::stop() {
    // Once: whom it asks may be gone afterwards.
    if (std::exchange(m_running, false)) m_tours->stop();
    m_threads.join();
}

void TourKeeper::remove_sealed(const config::Config& config, const workers::NoticeSink& notice) {
    for (const auto& file : config::sealed_files(config)) {
        std::error_code error;
        std::filesystem::remove(file, error);
        if (error) notice(workers::NoticeLevel::Error, file.string() + ": " + error.message());
    }
}

}  // namespace uketsuke::app
