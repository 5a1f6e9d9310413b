#include "app/main/devices.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "app/workers/slot_camera.h"
#include "card/authority.h"
#include "card/front/camera_front.h"
#include "net/key_rotation.h"
#include "net/keyring.h"
#include "net/sealing.h"

namespace uketsuke::app {
namespace {

tl::unexpected<std::string> no(std::string what) {
    return tl::unexpected<std::string>(std::move(what));
}

void open_reader(const config::CardConfig& config, Devices& devices) {
    if (config.reader == config::CardReaderKind::Virtual) {
        auto reader = std::make_unique<card::VirtualReader>();
        devices.virtual_reader = reader.get();
        devices.reader = std::move(reader);
    } else {
        devices.reader = card::open_pcsc_reader(config.reader_name);
    }
    devices.attestation = std::make_unique<card::SimulatedAttestation>();
}

std::unique_ptr<card::FrontCamera> front_camera_of(const config::CardConfig& config, Devices& devices) {
    vision::CameraSource source;
    switch (config.front) {
        case config::CardFrontKind::None:
            return nullptr;
        case config::CardFrontKind::Virtual: {
            if (!devices.virtual_reader) return nullptr;
            auto camera = std::make_unique<card::DrawnFrontCamera>(*devices.virtual_reader);
            devices.front_camera = camera.get();
            return camera;
        }
        case config::CardFrontKind::Camera:
            source.kind = vision::CameraSource::Kind::Device;
            source.location = config.front_camera;
            // Digits two millimetres high want this many pixels over a card.
            source.width = 1920;
            source.height = 1080;
            break;
        case config::CardFrontKind::Picture:
            source.kind = vision::CameraSource::Kind::Pictures;
            source.location = config.front_picture.string();
            break;
    }
    return std::make_unique<workers::SlotCamera>([source] { return vision::open_camera(source); });
}

// A front that cannot be read leaves the PIN, staff, and staff's typing: the kiosk starts and says so.
void open_front(const config::CardConfig& config, const workers::NoticeSink& notice, Devices& devices) {
    devices.front = std::make_unique<card::NoCardFront>();
    auto camera = front_camera_of(config, devices);
    if (!camera) return;
    auto reader = card::NumberReader::open();
    if (!reader) {
        devices.front_camera = nullptr;
        notice(workers::NoticeLevel::Warning, "the card's front is not read: " + card::describe(reader.error()));
        return;
    }
    devices.front = std::make_unique<card::CameraFront>(std::move(camera), std::move(*reader));
}

tl::expected<void, std::string> open_issuers(Devices& devices) {
    if (!devices.virtual_reader) return {};
    const auto authority = card::Authority::shared();
    if (!authority) return no("virtual card: " + card::describe(authority.error()));
    devices.known_issuers.push_back((*authority)->known_issuer());
    return {};
}

// Beside the outbox, under a key derived from its own.
void open_refused_numbers(const config::OutboxConfig& config, const net::SealingKey& key,
                          const workers::NoticeSink& notice, Devices& devices) {
    const auto path = config.path.parent_path() / "refused-numbers";
    const auto derived = key.derive("refused numbers");
    // Virtual cards are made anew in each process, with all their tries.
    if (devices.virtual_reader) {
        devices.refused_numbers.emplace(derived.bytes());
        return;
    }
    auto refused = card::RefusedNumbers::open(path.string(), derived.bytes());
    if (!refused) {
        notice(workers::NoticeLevel::Warning,
               "refused numbers are remembered until the kiosk stops only: " + card::describe(refused.error()));
        devices.refused_numbers.emplace(derived.bytes());
        return;
    }
    if (refused->started_afresh()) {
        notice(
            workers::NoticeLevel::Warning,
            fmt::format("{} was damaged or is of another key: it is kept as {}.damaged", path.string(), path.string()));
    }
    devices.refused_numbers = std::move(*refused);
}

tl::expected<void, std::string> open_simulator(const config::Config& config, const Clock& clock, Devices& devices) {
    if (config.service.mode != config::ServiceMode::Simulator) return {};
    net::SimulatorOptions options;
    options.now = [&clock] { return clock.machine_time(); };
    options.people_file = config.service.people;
    const auto terminal = card::SimulatedAttestation::terminal_public_key();
    options.terminal_public_key.assign(terminal.begin(), terminal.end());
    if (devices.virtual_reader) {
        const auto authority = card::Authority::shared();
        if (!authority) return no("virtual card: " + card::describe(authority.error()));
        options.card_ca_pem = (*authority)->certificate_pem();
    }
    auto simulator = net::EligibilitySimulator::create(options);
    if (!simulator) return no("eligibility simulator: " + simulator.error().where);
    devices.simulator = std::move(*simulator);
    return {};
}

vision::CameraSource source_of(const config::CameraConfig& config) {
    vision::CameraSource source;
    source.width = config.width;
    source.height = config.height;
    source.frames_per_second = config.frames_per_second;
    switch (config.source) {
        case config::CameraKind::Device:
        case config::CameraKind::Virtual:
        case config::CameraKind::None:
            source.kind = vision::CameraSource::Kind::Device;
            source.location = config.device;
            break;
        case config::CameraKind::File:
            source.kind = vision::CameraSource::Kind::File;
            source.location = config.path.string();
            break;
        case config::CameraKind::Stream:
            source.kind = vision::CameraSource::Kind::Stream;
            source.location = config.url;
            break;
        case config::CameraKind::Pictures:
            source.kind = vision::CameraSource::Kind::Pictures;
            source.location = config.path.string();
            break;
    }
    return source;
}

tl::expected<void, std::string> open_stage(const config::Config& config, Devices& devices) {
    demo::Sights::Options sights;
    sights.webcam = config.camera.device;
    sights.camera.width = config.camera.width;
    sights.camera.height = config.camera.height;
    sights.camera.frames_per_second = config.camera.frames_per_second;
    devices.stage = std::make_unique<demo::Stage>(devices.virtual_reader, devices.simulator.get(), sights);
    devices.stage->set_front_camera(devices.front_camera);
    if (devices.virtual_reader) {
        if (const auto loaded = devices.stage->load_personas(config.card.personas.string()); !loaded) {
            return no(loaded.error());
        }
    }
    if (config.camera.source == config::CameraKind::Virtual) {
        devices.camera = devices.stage->sights().factory();
    } else if (config.camera.source == config::CameraKind::None) {
        devices.camera = []() -> tl::expected<std::unique_ptr<vision::Camera>, vision::CameraError> {
            return tl::unexpected(vision::CameraError{vision::CameraFault::NotThere, "no camera is configured"});
        };
    } else {
        devices.camera = [source = source_of(config.camera)] { return vision::open_camera(source); };
    }
    return {};
}

// What staff do must be recorded: a kiosk that cannot does not start.
tl::expected<void, std::string> open_audit(const config::Config& config, const Clock& clock, const net::SealingKey& key,
                                           Devices& devices) {
    const auto path = beside_outbox(config, config.audit.path, "audit.log");
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) return no(fmt::format("folder {}: {}", path.parent_path().string(), error.message()));
    net::AuditOptions options;
    options.now = [&clock] {
        auto moment = net::audit_moment_now();
        moment.wall = clock.machine_time();
        return moment;
    };
    options.sealed = config.visit.enabled;
    auto audit = net::AuditLog::open(path, key.share(), std::move(options));
    if (!audit) return no("audit log: " + audit.error().where);
    devices.audit = std::move(*audit);
    const auto held = std::make_shared<const net::SealingKey>(key.share());
    devices.read_audit = [path, held](const std::function<bool(const net::AuditEntry&)>& each) {
        return net::read_audit_log(path, each, held->share());
    };
    devices.verify_audit = [path, held] { return net::verify_audit_log(path, held->share()); };
    return {};
}

tl::expected<void, std::string> open_webhook(const config::WebhookConfig& config, Devices& devices) {
    if (config.url.empty()) return {};
    auto secret = net::load_webhook_secret(config.secret_file);
    if (!secret) return no(secret.error().where);
    net::WebhookOptions options;
    options.url = config.url;
    options.secret = std::move(*secret);
    options.ca_file = config.ca_file;
    auto webhook = net::Webhook::create(options);
    net::wipe(options.secret);
    if (!webhook) return no(webhook.error().where);
    devices.webhook = std::move(*webhook);
    return {};
}

tl::expected<void, std::string> make_folders(const config::OutboxConfig& config) {
    for (const auto& file : {config.path, config.key_file}) {
        std::error_code error;
        if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
        if (error) return no(fmt::format("folder {}: {}", file.parent_path().string(), error.message()));
    }
    return {};
}

tl::expected<void, std::string> open_outbox(const config::Config& whole, net::SealingKey key,
                                            const workers::NoticeSink& notice, Devices& devices) {
    const config::OutboxConfig& config = whole.outbox;
    net::OutboxOptions options;
    options.retention = config.retention;
    options.file_answers = !whole.receipt_computer.face_folder.empty();
    options.notify = !whole.webhook.url.empty();
    auto outbox = net::Outbox::open(config.path, std::move(key), options);
    if (!outbox) return no(fmt::format("{}: {}", net::name_of(outbox.error().fault), outbox.error().where));
    devices.outbox = std::move(*outbox);
    if (const auto& damage = devices.outbox->damage()) {
        notice(workers::NoticeLevel::Error,
               fmt::format("the outbox was damaged ({}); the damaged file is kept as {}, {} requests were rescued into "
                           "a fresh one",
                           damage->why, damage->copy.string(), damage->rescued));
    }
    return {};
}

net::ServiceOptions address_of(const config::ServiceConfig& config, const Devices& devices) {
    net::ServiceOptions options;
    options.device = devices.device;
    options.institution_code = config.institution_code;
    options.connect_limit = config.connect_timeout;
    options.total_limit = config.total_timeout;
    if (devices.simulator) {
        options.url = devices.simulator->url();
        options.ca_pem = devices.simulator->ca_pem();
    } else {
        options.url = config.url;
        options.ca_file = config.ca_file;
    }
    return options;
}

// The private key of the institution's certificate, where a tablet keeps it sealed.
tl::expected<void, std::string> unseal_identity(const config::Config& config, const net::SealingKey& key,
                                                net::ServiceOptions& options) {
    std::ifstream in(config.service.client_certificate, std::ios::binary);
    options.client_certificate_pem.assign(std::istreambuf_iterator<char>(in), {});
    if (options.client_certificate_pem.empty()) {
        return no(config.service.client_certificate.string() + " cannot be read");
    }
    auto pem = net::read_sealed_file(config.visit.client_key, key, net::client_key_seal);
    if (!pem) return no(pem.error().where);
    options.client_key_pem.assign(pem->begin(), pem->end());
    net::wipe(*pem);
    return {};
}

tl::expected<void, std::string> open_clients(const config::Config& whole, const net::SealingKey& key,
                                             Devices& devices) {
    const config::ServiceConfig& config = whole.service;
    net::ServiceOptions options = address_of(config, devices);
    if (!devices.simulator && !whole.visit.client_key.empty()) {
        if (auto done = unseal_identity(whole, key, options); !done) return done;
    } else if (!devices.simulator) {
        options.client_certificate = config.client_certificate;
        options.client_key = config.client_key;
        options.client_key_uri = config.client_key_uri;
        options.pkcs11_module = config.pkcs11_module;
        options.pkcs11_pin_file = config.pkcs11_pin_file;
    }
    net::ServiceOptions hurried = options;
    hurried.connect_limit = std::min(options.connect_limit, config.registration_timeout);
    hurried.total_limit = config.registration_timeout;
    const std::pair<std::unique_ptr<net::EligibilityClient>*, const net::ServiceOptions*> clients[] = {
        {&devices.client, &options}, {&devices.registration_client, &hurried}, {&devices.files_client, &options}};
    for (const auto& [place, its] : clients) {
        auto client = net::EligibilityClient::create(*its);
        if (!client) return no("eligibility service: " + client.error().where);
        *place = std::move(*client);
    }
    net::wipe(options.client_key_pem);
    net::wipe(hurried.client_key_pem);
    return {};
}

tl::expected<void, std::string> open_network(const config::Config& config, Devices& devices) {
    auto network = net::NetworkWatch::open();
    if (!network) return no(network.error().where);
    devices.network = std::move(*network);
    if (devices.device.empty()) return {};
    auto client = net::EligibilityClient::create(address_of(config.service, devices));
    if (!client) return no("eligibility service: " + client.error().where);
    devices.loss_client = std::move(*client);
    return {};
}

}  // namespace

std::filesystem::path beside_outbox(const config::Config& config, const std::filesystem::path& path, const char* name) {
    return path.empty() ? config.outbox.path.parent_path() / name : path;
}

tl::expected<net::SealingKey, std::string> load_device_key(const config::OutboxConfig& config,
                                                           const workers::NoticeSink& notice,
                                                           net::KeyCreation creation) {
    if (auto made = make_folders(config); !made) return no(made.error());
    if (!config.key_file.empty()) {
        // A rotation that was cut off leaves two keys; afterwards the one in the file fits.
        const auto finished = net::finish_key_rotation(config.path, config.key_file);
        if (!finished) return no(finished.error().where);
        if (*finished) notice(workers::NoticeLevel::Info, "a key rotation that was cut off is finished");
    }
    auto key = config.key_credential.empty()
                   ? net::SealingKey::load(config.key_file, creation)
                   : net::SealingKey::load_any(config.key_credential, config.key_file, creation);
    if (!key) return no(key.error().where);
    return std::move(*key);
}

tl::expected<Devices, std::string> Devices::open(const config::Config& config, const Clock& clock,
                                                 const workers::NoticeSink& notice, const std::string& device) {
    Devices devices;
    devices.device = device;
    open_reader(config.card, devices);
    open_front(config.card, notice, devices);
    if (auto done = open_issuers(devices); !done) return no(done.error());
    if (auto done = open_simulator(config, clock, devices); !done) return no(done.error());
    if (auto done = open_stage(config, devices); !done) return no(done.error());
    if (auto done = open_network(config, devices); !done) return no(done.error());
    return devices;
}

tl::expected<void, std::string> Devices::open_store(const config::Config& config, const Clock& clock,
                                                    net::SealingKey key, const workers::NoticeSink& notice) {
    open_refused_numbers(config.outbox, key, notice, *this);
    if (auto done = open_audit(config, clock, key, *this); !done) return done;
    if (auto done = open_clients(config, key, *this); !done) return done;
    if (auto done = open_webhook(config.webhook, *this); !done) return done;
    return open_outbox(config, std::move(key), notice, *this);
}

void Devices::close_store() {
    webhook.reset();
    files_client.reset();
    registration_client.reset();
    client.reset();
    verify_audit = nullptr;
    read_audit = nullptr;
    audit.reset();
    outbox.reset();
    refused_numbers.reset();
}

}  // namespace uketsuke::app
