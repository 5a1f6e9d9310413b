#include "app/main/runtime.h"

#include <random>
#include <utility>

#include "app/ui/glyph_cover.h"

namespace uketsuke::app {
namespace {

constexpr std::chrono::seconds k_models_wait{30};

// In [0, 1), evenly.
std::function<double()> any_part() {
    return [random = std::mt19937_64(std::random_device{}())]() mutable {
        return std::uniform_real_distribution<double>(0.0, 1.0)(random);
    };
}

workers::WorkersOptions options_of(const config::Config& config, Devices& devices, Clock& clock, DeskService& desk) {
    workers::WorkersOptions options;
    options.card.terms.institution_code = config.service.institution_code;
    options.card.terms.share_visits = config.service.share_visits;
    options.card.card.number_b_floor = config.card.number_b_floor;
    options.card.card.known_issuers = devices.known_issuers;
    options.card.card.refused = devices.refused_numbers ? &*devices.refused_numbers : nullptr;
    options.card.now = [&clock] { return clock.wall(); };
    options.camera.first_frame_timeout = config.camera.first_frame_timeout;
    // What is not there needs no looking after, and what is not used is not switched on.
    if (config.camera.source == config::CameraKind::None || !config.face.enabled) {
        options.camera.look_after_every = std::chrono::milliseconds{0};
    }
    options.face.enabled = config.face.enabled && config.camera.source != config::CameraKind::None;
    options.face.model_folders = {config.face.models};
    options.face.operating_points = config.face.operating_points;
    options.face.false_accept_rate = config.face.false_accept_rate;
    options.face.demo_operating_point = config.face.demo_operating_point;
    options.face.second_sign = config.policy.second_sign != core::SecondSign::None;
    options.face.turns = config.face.challenge == config::ChallengeRule::Off ? 0 : config.face.challenge_turns;
    options.face.decide_within = config.face.decide_within;
    options.store.who_has_code = [&desk](std::string_view code) { return desk.who_has_code(code); };
    options.store.can_record = [&desk] { return desk.can_record(); };
    options.store.staff_code_hash = config.staff.visual_check_code_hash;
    options.store.now = [&clock] { return clock.wall_ms(); };
    options.net.drain.lease = config.service.total_timeout + std::chrono::seconds{30};
    options.net.name_display = config.policy.name_display;
    options.net.drain.covers = ui::glyph_cover();
    options.net.now = [&clock] { return clock.wall_ms(); };
    options.learn_clock = [&clock](std::chrono::sys_seconds time) { return clock.learn(time); };
    options.ask_registration = config.policy.offer_registration;
    const config::ReceiptComputerConfig& receipt = config.receipt_computer;
    options.files.folders.face = receipt.face_folder;
    options.files.folders.requests = receipt.request_folder;
    options.files.folders.results = receipt.result_folder;
    options.files.folders.mount_point = receipt.mount_point;
    options.files.poll = receipt.poll;
    options.files.now = [&clock] { return clock.wall_ms(); };
    options.files.random = any_part();
    options.net.timed = [&desk](const net::CallTiming& timing) { desk.timed(timing); };
    options.net.random = any_part();
    const config::DeclarationConfig& form = config.declaration;
    options.store.institution = form.institution;
    options.store.institution_code = config.service.institution_code;
    options.input.converter.word_lists = form.word_lists;
    options.input.converter.own_words = config.asset_dir / "ime" / "words.txt";
    options.input.postal_codes = form.postal_codes;
    options.print.printer.queue = form.printer;
    options.print.printer.server = form.print_server;
    options.print.printer.limit = form.print_limit;
    options.print.now = [&clock] { return clock.wall_ms(); };
    options.webhook.now = [&clock] { return clock.wall_ms(); };
    options.webhook.random = any_part();
    options.webhook.covers = ui::glyph_cover();
    return options;
}

// What a tablet's workers do besides, or otherwise.
void take_along(const config::Config& config, Devices& devices, Clock& clock, DeskService& desk,
                workers::TourWorker& tours, workers::WorkersOptions& options) {
    const auto days = [](std::chrono::hours hours) { return std::chrono::duration_cast<std::chrono::days>(hours); };
    const config::VisitConfig& visit = config.visit;
    options.card.terms.consented_for = days(visit.consent);
    workers::CareOptions care;
    care.institution_code = config.service.institution_code;
    care.consented_for = days(visit.consent);
    care.relation = days(visit.relation);
    care.share_visits = config.service.share_visits;
    care.vouch = [&attestation =
                      *devices.attestation](std::string_view text) -> net::Result<std::vector<std::uint8_t>> {
        auto vouched = attestation.vouch(text);
        if (!vouched) return net::fail(net::Fault::Internal, card::describe(vouched.error()));
        return std::move(*vouched);
    };
    care.digest = [&desk](core::StaffId who) { return desk.digest_of(who); };
    care.now = [&clock] { return clock.wall_ms(); };
    options.net.relation = care.relation;
    options.store.care = std::move(care);
    // Each member's own code, counted like one that opens the tour.
    options.store.staff_code_hash.clear();
    options.store.who_has_code = [&desk, &tours](std::string_view code) -> std::optional<core::StaffId> {
        const auto member = tours.who_has_code(code);
        return member ? std::optional(desk.id_of(member->name)) : std::nullopt;
    };
    options.store.tries_left = [&tours] { return tours.tries_left(); };
    options.net.at_home = true;
    options.net.device_lost = [&tours] { tours.reported_lost(); };
}

// What the screen asks the demonstration's drawn person for.
std::optional<vision::Side> asked_side(const core::State& state) {
    if (state.screen != core::Screen::Face || !state.session) return std::nullopt;
    if (state.session->guidance == core::FaceGuidance::TurnLeft) return vision::Side::Left;
    if (state.session->guidance == core::FaceGuidance::TurnRight) return vision::Side::Right;
    return std::nullopt;
}

}  // namespace

Runtime::Runtime(const config::Config& config, workers::NoticeSink notice)
    : m_config(config), m_notice(std::move(notice)), m_clock(std::make_unique<Clock>()) {}

tl::expected<void, std::string> Runtime::furnish(net::SealingKey key) {
    if (auto opened = m_devices.open_store(m_config, *m_clock, std::move(key), m_notice); !opened) {
        m_devices.close_store();
        return opened;
    }
    m_desk = DeskService::open({m_config, *m_clock, *m_devices.outbox, *m_devices.audit, m_devices.verify_audit,
                                m_devices.read_audit, m_events, m_notice});
    workers::Rooms rooms{
        *m_devices.reader,  *m_devices.front,       *m_devices.attestation,         m_devices.camera,
        *m_devices.outbox,  *m_devices.client,      *m_devices.registration_client, *m_devices.files_client,
        *m_devices.network, m_devices.webhook.get()};
    auto options = options_of(m_config, m_devices, *m_clock, *m_desk);
    if (m_tour_keeper) take_along(m_config, m_devices, *m_clock, *m_desk, m_tour_keeper->tours(), options);
    m_workers = std::make_unique<workers::Workers>(std::move(rooms), m_events, m_notice, std::move(options));
    m_desk->attach(*m_workers);
    m_desk->watch(*m_kiosk);
    if (m_config.camera.source == config::CameraKind::Virtual) {
        m_kiosk->watch([this](const core::State& state) { stage().sights().ask_to_turn(asked_side(state)); }, this);
    }
    if (m_devices.outbox->damage()) m_workers->notes().set(core::StaffNote::QueueDamaged, true);
    // Until the face thread has loaded its networks.
    m_kiosk->handle(core::event::FaceAvailability{core::FaceAbsence::Starting});
    start_threads();
    return {};
}

tl::expected<void, std::string> Runtime::open() {
    std::string device;
    if (m_config.visit.enabled) {
        auto keeper = TourKeeper::open(m_config, m_events, m_notice);
        if (!keeper) return tl::unexpected(keeper.error());
        m_tour_keeper = std::move(*keeper);
        device = m_tour_keeper->device();
    }
    auto devices = Devices::open(m_config, *m_clock, m_notice, device);
    if (!devices) return tl::unexpected(devices.error());
    m_devices = std::move(*devices);
    m_kiosk = std::make_unique<Kiosk>(m_config.policy, *m_clock, m_events,
                                      [this](core::Effect effect) { return perform(std::move(effect)); });
    if (m_devices.simulator) {
        m_simulator_thread.start("simulator", [this] { m_devices.simulator->run(); });
    }
    if (m_tour_keeper) {
        m_kiosk->admit([this](core::Event event) { return admit(std::move(event)); });
        m_tour_keeper->start(*m_devices.loss_client);
        return {};
    }
    auto key = load_device_key(m_config.outbox, m_notice);
    if (!key) return tl::unexpected(key.error());
    return furnish(std::move(*key));
}

tl::expected<std::unique_ptr<Runtime>, std::string> Runtime::start(const config::Config& config,
                                                                   workers::NoticeSink notice) {
    std::unique_ptr<Runtime> runtime(new Runtime(config, std::move(notice)));
    if (auto opened = runtime->open(); !opened) return tl::unexpected(opened.error());
    runtime->m_kiosk->pump();
    return runtime;
}

std::optional<core::Event> Runtime::perform(core::Effect effect) {
    if (auto* opening = std::get_if<core::effect::OpenTour>(&effect)) {
        if (m_tour_keeper) m_tour_keeper->tours().open(std::move(opening->code));
        return std::nullopt;
    }
    if (std::holds_alternative<core::effect::CloseTour>(effect)) {
        clear_away();
        return std::nullopt;
    }
    return m_workers ? m_workers->perform(std::move(effect)) : std::nullopt;
}

core::Event Runtime::admit(core::Event event) {
    if (auto* opened = std::get_if<core::event::TourOpened>(&event)) {
        // Nobody waits for it any more: what the code gave is dropped.
        if (!m_kiosk->state().tour.with_keyring || m_kiosk->state().tour.destroyed) {
            m_tour_keeper->tours().take_key();
            return event;
        }
        if (auto done = open_tour(); !done) {
            m_notice(workers::NoticeLevel::Error, "the tour cannot be opened: " + done.error());
            return core::event::TourFailed{};
        }
        opened->who = m_desk->id_of(opened->name);
    } else if (std::holds_alternative<core::event::TourDestroyed>(event)) {
        if (!m_kiosk->state().tour.destroyed) {
            clear_away();
            TourKeeper::remove_sealed(m_config, m_notice);
        }
    }
    return event;
}

tl::expected<void, std::string> Runtime::open_tour() {
    auto opened = m_tour_keeper->tours().take_key();
    // Unlocked, or by another member: everything is open.
    if (m_workers) return {};
    if (!opened) return tl::unexpected<std::string>("its key was taken back");
    if (auto done = furnish(std::move(opened->key)); !done) return done;
    return {};
}

bool Runtime::wait_for_face() {
    const bool ready = !m_workers || m_workers->face().wait_until_ready(k_models_wait);
    m_kiosk->pump();
    return ready;
}

void Runtime::start_threads() {
    m_desk->start(m_threads);
    m_threads.start("net", [this] { m_workers->net().run(); });
    m_threads.start("registration", [this] { m_workers->registration().run(); });
    m_threads.start("files", [this] { m_workers->files().run(); });
    if (m_devices.webhook) m_threads.start("webhook", [this] { m_workers->webhook().run(); });
    m_threads.start("input", [this] { m_workers->input().run(); });
    if (m_workers->print().has_printer()) m_threads.start("printer", [this] { m_workers->print().run(); });
    m_threads.start("store", [this] { m_workers->store().run(); });
    m_threads.start("face", [this] { m_workers->face().run(); });
    m_threads.start("camera", [this] { m_workers->camera().run(); });
    m_threads.start("front", [this] { m_workers->front().run(); });
    m_threads.start("card", [this] { m_workers->card().run(); });
}

void Runtime::clear_away() {
    if (!m_workers) return;
    m_events.mute(true);
    m_workers->stop();
    m_desk->stop();
    m_threads.join();
    m_kiosk->forget(this);
    m_kiosk->forget(m_desk.get());
    m_desk.reset();
    // A kept connection would hold the simulator back.
    m_workers.reset();
    m_devices.close_store();
    m_events.mute(false);
    if (!m_tour_keeper) return;
    // What came meanwhile was not heard.
    m_tour_keeper->tours().take_key();
    m_tour_keeper->tours().repeat_destruction();
}

void Runtime::cut_power() {
    if (!m_tour_keeper) return;
    clear_away();
    m_kiosk->start_anew();
}

Runtime::~Runtime() {
    m_events.set_wake({});
    if (m_tour_keeper) m_tour_keeper->stop();
    clear_away();
    m_events.close();
    m_devices.loss_client.reset();
    if (m_devices.simulator) m_devices.simulator->stop();
    m_simulator_thread.join();
}

demo::Done Runtime::network(const std::string& what) {
    auto done = stage().network(what);
    if (done && what == "up" && m_workers) m_workers->net().network_back();
    return done;
}

}  // namespace uketsuke::app
