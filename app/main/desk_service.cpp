#include "app/main/desk_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "app/ui/glyph_cover.h"
#include "net/sealing.h"

namespace uketsuke::app {
namespace {

constexpr std::size_t k_entries_looked_back = 2'000;
constexpr std::size_t k_longest_token = 256;

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

tl::expected<std::string, std::string> whole_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return tl::unexpected(path.string() + " cannot be read");
    return std::string(std::istreambuf_iterator<char>(in), {});
}

tl::expected<std::string, std::string> token_of(const std::filesystem::path& path) {
    if (path.empty()) return std::string();
    const auto text = whole_file(path);
    if (!text) return tl::unexpected(text.error());
    const std::string line = text->substr(0, text->find_first_of("\r\n"));
    if (line.size() < 16 || line.size() > k_longest_token) {
        return tl::unexpected(path.string() + ": the token is 16 to 256 characters");
    }
    return line;
}

const char* words_for(net::DeskNews::Kind kind) {
    switch (kind) {
        case net::DeskNews::Kind::SignedIn:
            return "signed in";
        case net::DeskNews::Kind::SignInRefused:
            return "sign-in refused";
        case net::DeskNews::Kind::SignInPaused:
            return "sign-in paused";
        case net::DeskNews::Kind::SignedOut:
            return "signed out";
        case net::DeskNews::Kind::PasswordChanged:
            return "password changed";
    }
    return "";
}

}  // namespace

DeskService::DeskService(const DeskServiceParts& parts)
    : m_clock(parts.clock),
      m_outbox(parts.outbox),
      m_events(parts.events),
      m_notice(parts.notice),
      m_log(parts.audit),
      m_recorder(m_log, m_names, parts.notice, parts.verify_audit, [this] { changed(); }),
      m_watch([this] { changed(); }) {}

DeskService::~DeskService() = default;

std::unique_ptr<DeskService> DeskService::open(const DeskServiceParts& parts) {
    std::unique_ptr<DeskService> service(new DeskService(parts));
    service->record_start(parts.config);
    if (!parts.config.desk.address.empty()) {
        // Patients are received all the same.
        if (auto done = service->open_page(parts); !done) {
            parts.notice(workers::NoticeLevel::Error, "there is no page for staff: " + done.error());
        }
    }
    return service;
}

tl::expected<void, std::string> DeskService::open_page(const DeskServiceParts& parts) {
    const config::DeskConfig& config = parts.config.desk;
    net::DeskServerOptions options;
    options.folder = beside_outbox(parts.config, config.folder, "desk");
    auto token = token_of(config.metrics_token_file);
    if (!token) return tl::unexpected(token.error());
    auto form = whole_file(parts.config.asset_dir / "declaration" / "form.html");
    if (!form) return tl::unexpected(form.error());
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    if (error) return tl::unexpected(options.folder.string() + ": " + error.message());
    std::filesystem::permissions(options.folder, std::filesystem::perms::owner_all, error);
    auto accounts = net::StaffAccounts::open(options.folder / "accounts.json");
    if (!accounts) return tl::unexpected(accounts.error().where);
    m_accounts = std::move(*accounts);

    desk::DeskOptions about;
    about.health.camera = parts.config.camera.source != config::CameraKind::None;
    about.health.receipt_computer =
        !parts.config.receipt_computer.face_folder.empty() || !parts.config.receipt_computer.request_folder.empty();
    about.health.webhook = !parts.config.webhook.url.empty();
    about.health.webhook_trouble = [this] {
        const auto trouble = m_workers ? m_workers->webhook().trouble() : std::nullopt;
        return trouble ? trouble->what : std::string();
    };
    about.health.disk = parts.config.outbox.path.parent_path();
    about.health.clock_ahead = [&clock = m_clock] {
        return std::chrono::duration_cast<std::chrono::seconds>(clock.machine_time() - clock.wall_ms());
    };
    about.visual_valid = std::chrono::duration_cast<std::chrono::seconds>(parts.config.policy.visual_check_valid);
    about.institution = parts.config.service.institution_code;
    about.form = std::move(*form);
    about.now = [&clock = m_clock] { return clock.wall_ms(); };
    about.covers = ui::glyph_cover();
    about.has_photo = [this](core::SessionId session) { return m_workers && m_workers->photos().has(session); };
    about.photo = [this](core::SessionId session) {
        return m_workers ? m_workers->photos().png_of(session) : std::nullopt;
    };
    about.queue_changed = [this] {
        if (m_workers) m_workers->net().wake();
    };
    about.board_changed = [this] { changed(); };
    m_desk = std::make_unique<desk::Desk>(
        desk::DeskParts{m_outbox, m_recorder, m_watch,
                        [this](int number, core::StaffId by) { return m_watch.call_seen(number, by); }, m_names,
                        m_metrics, m_events},
        std::move(about));

    options.address = config.address;
    options.port = config.port;
    options.certificate = config.certificate;
    options.certificate_key = config.certificate_key;
    options.names = words_of(config.names);
    options.files = parts.config.asset_dir / "desk";
    options.metrics_token = std::move(*token);
    options.signed_in_idle = config.signed_in_idle;
    options.signed_in_longest = config.signed_in_longest;
    options.news = [this](const net::DeskNews& told) { news(told); };
    auto server = net::DeskServer::create(options, *m_accounts, *m_desk);
    if (!server) return tl::unexpected(server.error().where);
    m_server = std::move(*server);
    return {};
}

void DeskService::record_start(const config::Config& config) {
    const std::string now = "configuration " + m_log.digest(config::fingerprint_of(config));
    const auto entries = m_log.latest(k_entries_looked_back);
    const auto last = !entries ? nullptr : [&]() -> const net::AuditEntry* {
        const auto found = std::find_if(entries->begin(), entries->end(),
                                        [](const net::AuditEntry& one) { return one.act.what == "kiosk started"; });
        return found == entries->end() ? nullptr : &*found;
    }();
    if (last != nullptr && last->act.more != now) {
        m_recorder.record_now({"kiosk", "configuration changed", "", "", "was " + last->act.more});
    }
    m_recorder.record_now({"kiosk", "kiosk started", "", "", now});
}

void DeskService::news(const net::DeskNews& told) {
    m_recorder.record({told.name, words_for(told.kind), "", "", "from " + told.address});
}

void DeskService::changed() {
    if (m_server) m_server->notify();
}

void DeskService::watch(Kiosk& kiosk) {
    kiosk.observe([this](const core::Passed& passed) {
        m_recorder.passed(passed);
        m_metrics.passed(passed);
        m_watch.passed(passed);
        const bool queue = std::holds_alternative<core::event::Committed>(passed.event) ||
                           std::holds_alternative<core::event::Answered>(passed.event);
        if (queue) changed();
    });
}

void DeskService::start(Threads& threads) {
    threads.start("audit", [this] { m_recorder.run(); });
    // However many knock at the page, the patient's screen goes first.
    if (m_server)
        threads.start(
            "desk", [this] { m_server->run(); }, Threads::Importance::Background);
}

void DeskService::stop() {
    if (m_server) m_server->stop();
    m_recorder.record({"kiosk", "kiosk stopped", "", "", ""});
    m_recorder.stop();
}

std::optional<core::StaffId> DeskService::who_has_code(const std::string& code) {
    const auto name = m_accounts ? m_accounts->who_has_code(code) : std::nullopt;
    return name ? std::optional(m_names.id_of(*name)) : std::nullopt;
}

void DeskService::timed(const net::CallTiming& timing) {
    const auto seconds = [](std::chrono::microseconds time) { return std::chrono::duration<double>(time).count(); };
    if (timing.connect.count() > 0) m_metrics.took(desk::Whose::Network, "connect", seconds(timing.connect));
    m_metrics.took(desk::Whose::Service, "answer", seconds(timing.answer));
}

std::string DeskService::url() const {
    return m_server ? m_server->url() : std::string();
}

std::string DeskService::fingerprint() const {
    return m_server ? m_server->fingerprint() : std::string();
}

std::optional<net::StaffAccounts::Made> DeskService::take_made() {
    return m_accounts ? m_accounts->take_made() : std::nullopt;
}

}  // namespace uketsuke::app
