#include "app/main/tour_keeper.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

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
    auto key = load_device_key(config.outbox, notice);
    if (!key) return tl::unexpected(key.error());
    auto keyring = open_keyring(config, *key);
    if (!keyring) return tl::unexpected(keyring.error());
    std::unique_ptr<TourKeeper> keeper(new TourKeeper);
    keeper->m_device = (*keyring)->device();
    keeper->m_ask_every = std::chrono::duration_cast<std::chrono::seconds>(config.visit.device_check);
    // A destruction that a power cut left half done.
    if ((*keyring)->destroyed()) remove_sealed(config, notice);
    keeper->m_keyring = std::move(*keyring);
    keeper->m_events = &events;
    keeper->m_notice = notice;
    return keeper;
}

void TourKeeper::start(std::function<net::Result<bool>()> lost) {
    m_tours = std::make_unique<workers::TourWorker>(std::move(m_keyring), *m_events, m_notice,
                                                    workers::TourWorkerOptions{std::move(lost), m_ask_every});
    m_thread.start("tour", [this] { m_tours->run(); });
}

void TourKeeper::stop() {
    if (m_tours) m_tours->stop();
    m_thread.join();
}

void TourKeeper::remove_sealed(const config::Config& config, const workers::NoticeSink& notice) {
    const auto folder = config.outbox.path.parent_path();
    const std::string outbox = config.outbox.path.filename().string();
    const std::string audit = beside_outbox(config, config.audit.path, "audit.log").filename().string();
    std::error_code error;
    // With what SQLite and the record keep beside them, and copies of damaged files.
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        const bool ours =
            name.rfind(outbox, 0) == 0 || name.rfind(audit, 0) == 0 || name.rfind("refused-numbers", 0) == 0;
        if (!ours || !entry.is_regular_file(error)) continue;
        std::filesystem::remove(entry.path(), error);
        if (error) notice(workers::NoticeLevel::Error, entry.path().string() + ": " + error.message());
    }
    if (!config.visit.client_key.empty()) std::filesystem::remove(config.visit.client_key, error);
}

}  // namespace uketsuke::app
