#include "app/main/devices.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "card/authority.h"
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
    if (config.front == config::CardFrontKind::Virtual && devices.virtual_reader) {
        devices.front = std::make_unique<card::VirtualCardFront>(*devices.virtual_reader);
    } else {
        devices.front = std::make_unique<card::NoCardFront>();
    }
    devices.attestation = std::make_unique<card::SimulatedAttestation>();
}

tl::expected<void, std::string> open_simulator(const config::Config& config, Devices& devices) {
    if (config.service.mode != config::ServiceMode::Simulator) return {};
    net::SimulatorOptions options;
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

tl::expected<void, std::string> open_outbox(const config::OutboxConfig& config, const workers::NoticeSink& notice,
                                            Devices& devices) {
    for (const auto& file : {config.path, config.key_file}) {
        std::error_code error;
        if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
        if (error) return no(fmt::format("folder {}: {}", file.parent_path().string(), error.message()));
    }
    auto key = config.key_credential.empty()
                   ? net::SealingKey::load(config.key_file, net::KeyCreation::IfAbsent)
                   : net::SealingKey::load_any(config.key_credential, config.key_file, net::KeyCreation::IfAbsent);
    if (!key) return no(key.error().where);
    net::OutboxOptions options;
    options.retention = config.retention;
    auto outbox = net::Outbox::open(config.path, std::move(*key), options);
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

tl::expected<void, std::string> open_client(const config::ServiceConfig& config, Devices& devices) {
    net::ServiceOptions options;
    options.connect_limit = config.connect_timeout;
    options.total_limit = config.total_timeout;
    if (devices.simulator) {
        options.url = devices.simulator->url();
        options.ca_pem = devices.simulator->ca_pem();
    } else {
        options.url = config.url;
        options.ca_file = config.ca_file;
        options.client_certificate = config.client_certificate;
        options.client_key = config.client_key;
    }
    auto client = net::EligibilityClient::create(options);
    if (!client) return no("eligibility service: " + client.error().where);
    devices.client = std::move(*client);
    return {};
}

}  // namespace

tl::expected<Devices, std::string> Devices::open(const config::Config& config, const workers::NoticeSink& notice) {
    Devices devices;
    open_reader(config.card, devices);
    if (auto done = open_simulator(config, devices); !done) return no(done.error());
    if (auto done = open_stage(config, devices); !done) return no(done.error());
    if (auto done = open_outbox(config.outbox, notice, devices); !done) return no(done.error());
    if (auto done = open_client(config.service, devices); !done) return no(done.error());
    return devices;
}

}  // namespace uketsuke::app
