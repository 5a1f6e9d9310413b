#include "app/main/desk_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "app/ui/glyph_cover.h"
#include "net/sealing.h"

namespace uketsuke::app {
namespace {

constexpr std::chrono::minutes k_refusals_together{15};
constexpr int k_refusals_written = 20;
constexpr std::size_t k_largest_stop = 4'096;
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
      m_watch([this] { changed(); }),
      m_stop_file(parts.config.outbox.path.parent_path() / "reception-stop") {}

DeskService::~DeskService() = default;

std::unique_ptr<DeskService> DeskService::open(const DeskServiceParts& parts) {
    std::unique_ptr<DeskService> service(new DeskService(parts));
    service->record_start(parts);
    if (parts.config.desk.serve && !parts.config.desk.address.empty()) {
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
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    if (error) return tl::unexpected(options.folder.string() + ": " + error.message());
    std::filesystem::permissions(options.folder, std::filesystem::perms::owner_all, error);
    auto accounts = net::StaffAccounts::open(options.folder / "accounts.json");
    if (!accounts) return tl::unexpected(accounts.error().where);
    m_accounts = std::move(*accounts);
    for (auto& account : m_accounts->list()) {
        const std::uint64_t generation = m_accounts->generation(account.name);
        m_known_accounts.emplace_back(std::move(account), generation);
    }
    m_recorder.set_idle([this] { look_at_accounts(); });

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
    const config::DeclarationConfig& form = parts.config.declaration;
    about.institution = form.institution;
    if (!form.printer.empty()) about.paper_takes = std::chrono::ceil<std::chrono::seconds>(form.print_limit);
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

void DeskService::record_start(const DeskServiceParts& parts) {
    const std::string now = "configuration " + m_log.digest(config::fingerprint_of(parts.config));
    std::string last;
    const auto read = parts.read_audit([&](const net::AuditEntry& entry) {
        if (entry.act.what == "kiosk started") last = entry.act.more;
        return true;
    });
    if (!read) m_notice(workers::NoticeLevel::Error, "audit log: " + read.error().where);
    if (!last.empty() && last != now) {
        m_recorder.record_now({"kiosk", "configuration changed", "", "", "was " + last});
    }
    m_recorder.record_now({"kiosk", "kiosk started", "", "", now});
}

void DeskService::news(const net::DeskNews& told) {
    const bool refused =
        told.kind == net::DeskNews::Kind::SignInRefused || told.kind == net::DeskNews::Kind::SignInPaused;
    if (!refused) {
        m_recorder.record({told.name, words_for(told.kind), "", "", "from " + told.address});
        return;
    }
    // Whoever guesses must not fill the record: some lines a quarter of an hour, and then their number.
    const auto now = m_clock.wall();
    if (now - m_refusals_since > k_refusals_together) {
        if (m_refusals > k_refusals_written) {
            const int left_out = m_refusals - k_refusals_written;
            m_recorder.record_if_room({"page", "sign-in refused", "", "", fmt::format("{} times more", left_out)});
        }
        m_refusals = 0;
        m_refusals_since = now;
    }
    if (++m_refusals > k_refusals_written) return;
    // What was typed may be anything, a password among it.
    const bool known = m_accounts->find(told.name).has_value();
    m_recorder.record_if_room({known ? told.name : "page", words_for(told.kind), "",
                               known ? "" : "name " + m_log.digest(told.name), "from " + told.address});
}

// The accounts are changed by a program beside the kiosk, which has no key to the record.
void DeskService::look_at_accounts() {
    std::vector<std::pair<net::Account, std::uint64_t>> now;
    for (auto& account : m_accounts->list()) {
        const std::uint64_t generation = m_accounts->generation(account.name);
        now.emplace_back(std::move(account), generation);
    }
    if (now == m_known_accounts) return;
    const auto find = [](const auto& list, const std::string& name) {
        return std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.first.name == name; });
    };
    const auto tell = [&](const char* what, const net::Account& account) {
        m_recorder.record({"kiosk", what, "", account.name, net::name_of(account.role)});
    };
    for (const auto& [account, generation] : now) {
        const auto before = find(m_known_accounts, account.name);
        if (before == m_known_accounts.end()) {
            tell("account added", account);
            continue;
        }
        if (before->first.role != account.role) tell("account has another role", account);
        if (before->first.has_kiosk_code != account.has_kiosk_code) {
            tell(account.has_kiosk_code ? "account has a kiosk code" : "account has no kiosk code any more", account);
        }
        if (account.must_change && before->second != generation) tell("account has a new first password", account);
    }
    for (const auto& [account, generation] : m_known_accounts) {
        if (find(now, account.name) == now.end()) tell("account removed", account);
    }
    m_known_accounts = std::move(now);
}

void DeskService::changed() {
    if (m_server) m_server->notify();
}

void DeskService::attach(workers::Workers& workers) {
    m_workers = &workers;
    workers.photos().set_kept([this] { changed(); });
}

void DeskService::watch(Kiosk& kiosk) {
    kiosk.observe(
        [this](const core::Passed& passed) {
            m_recorder.passed(passed);
            m_metrics.passed(passed);
            m_watch.passed(passed);
            const bool queue = std::holds_alternative<core::event::Committed>(passed.event) ||
                               std::holds_alternative<core::event::Answered>(passed.event);
            if (queue) changed();
            const bool stop = std::holds_alternative<core::event::ReceptionStopped>(passed.event) ||
                              std::holds_alternative<core::event::ReceptionResumed>(passed.event);
            if (stop) keep_stop(passed.state);
        },
        this);
    restore_stop(kiosk);
}

void DeskService::keep_stop(const core::State& state) {
    std::error_code error;
    if (!state.stopped) {
        std::filesystem::remove(m_stop_file, error);
        return;
    }
    const nlohmann::json stop{{"by", m_names.name_of(state.stopped->who)}, {"message", state.stopped->message}};
    const auto draft = m_stop_file.string() + ".part";
    std::ofstream(draft, std::ios::trunc) << stop.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::filesystem::rename(draft, m_stop_file, error);
    if (error) m_notice(workers::NoticeLevel::Warning, "a restart will receive patients again: " + error.message());
}

void DeskService::restore_stop(Kiosk& kiosk) {
    std::error_code error;
    if (!std::filesystem::exists(m_stop_file, error)) return;
    const auto text = whole_file(m_stop_file);
    const auto stop = text && text->size() <= k_largest_stop ? nlohmann::json::parse(*text, nullptr, false)
                                                             : nlohmann::json(nlohmann::json::value_t::discarded);
    // A file that cannot be read was written all the same: nobody is received until staff say so.
    core::event::ReceptionStopped stopped;
    const auto text_of = [&](const char* member) {
        const bool there = stop.is_object() && stop.contains(member) && stop[member].is_string();
        return there ? stop[member].get<std::string>() : std::string();
    };
    if (!text_of("by").empty()) stopped.who = m_names.id_of(text_of("by"));
    stopped.message = text_of("message");
    kiosk.handle(stopped);
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

std::optional<core::StaffId> DeskService::who_has_code(std::string_view code) {
    const auto name = m_accounts ? m_accounts->who_has_code(std::string(code)) : std::nullopt;
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
