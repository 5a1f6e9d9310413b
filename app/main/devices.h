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

    // A tablet's (config::VisitConfig); null: a counter.
    std::string device;                                   // by which the clinic reports it as lost
    std::unique_ptr<net::EligibilityClient> loss_client;  // asks whether it did, with no identity of the institution

    // What can be had without the key of what is kept: everything above `outbox`, the network, and `loss_client` where
    // `device` is given. The error says what could not be opened and where, for whoever starts the kiosk.
    // The simulated service lives by `clock`, which must outlive the devices.
    static tl::expected<Devices, std::string> open(const config::Config& config, const Clock& clock,
                                                   const workers::NoticeSink& notice, const std::string& device = {});
    // What is sealed: the outbox, the record, the refused numbers, and whom the service knows us by.
    tl::expected<void, std::string> open_store(const config::Config& config, const Clock& clock, net::SealingKey key,
                                               const workers::NoticeSink& notice);
    void close_store();
};

// The key of a counter; on a tablet the device's part of it (net::Keyring). Ends a rotation that was cut off.
tl::expected<net::SealingKey, std::string> load_device_key(const config::OutboxConfig& config,
                                                           const workers::NoticeSink& notice,
                                                           net::KeyCreation creation = net::KeyCreation::IfAbsent);

}  // namespace uketsuke::app
