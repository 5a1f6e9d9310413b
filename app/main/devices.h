// Everything outside of the program, real or virtual as configured, opened once at start.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/config/config.h"
#include "app/demo/stage.h"
#include "app/main/clock.h"
#include "app/workers/workers.h"
#include "card/attestation.h"
#include "card/front.h"
#include "card/front/drawn_front.h"
#include "card/reader.h"
#include "card/refused_numbers.h"
#include "net/audit_log.h"
#include "net/eligibility_client.h"
#include "net/network_watch.h"
#include "net/outbox.h"
#include "net/simulator.h"
#include "net/webhook.h"

namespace uketsuke::app {

// Where something of the kiosk is kept for which the configuration names no place.
std::filesystem::path beside_outbox(const config::Config& config, const std::filesystem::path& path, const char* name);

// Members are destroyed in reverse: what refers to another stands below it.
struct Devices {
    std::unique_ptr<card::Reader> reader;
    card::VirtualReader* virtual_reader = nullptr;  // the same, when it is virtual
    std::unique_ptr<card::CardFront> front;
    card::DrawnFrontCamera* front_camera = nullptr;  // what front looks through, when it is drawn
    std::vector<card::KnownIssuer> known_issuers;    // of the virtual cards; no real issuer's key is public
    std::optional<card::RefusedNumbers> refused_numbers;
    std::unique_ptr<card::Attestation> attestation;
    std::unique_ptr<net::EligibilitySimulator> simulator;  // null when a real service is configured
    std::unique_ptr<demo::Stage> stage;
    workers::CameraFactory camera;
    std::unique_ptr<net::Outbox> outbox;
    std::unique_ptr<net::AuditLog> audit;
    std::function<net::Result<void>(const std::function<bool(const net::AuditEntry&)>&)> read_audit;  // oldest first
    std::function<net::Result<net::AuditCheck>()> verify_audit;  // reads it whole; any thread
    // One connection each, so that none waits for another's answer.
    std::unique_ptr<net::EligibilityClient> client;
    std::unique_ptr<net::EligibilityClient> registration_client;
    std::unique_ptr<net::EligibilityClient> files_client;
    std::unique_ptr<net::Webhook> webhook;  // null: none is configured
    std::unique_ptr<net::NetworkWatch> network;

    // The error says what could not be opened and where, for whoever starts the kiosk.
    // The simulated service lives by `clock`, which must outlive the devices.
    static tl::expected<Devices, std::string> open(const config::Config& config, const Clock& clock,
                                                   const workers::NoticeSink& notice);
};

}  // namespace uketsuke::app
