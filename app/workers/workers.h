// The only place where an effect becomes a call of a room. Starts no thread: app/main runs each worker's run().
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/core/effect.h"
#include "app/workers/camera_worker.h"
#include "app/workers/card_worker.h"
#include "app/workers/event_queue.h"
#include "app/workers/face_worker.h"
#include "app/workers/files_worker.h"
#include "app/workers/front_worker.h"
#include "app/workers/input_worker.h"
#include "app/workers/net_worker.h"
#include "app/workers/photo_shelf.h"
#include "app/workers/print_worker.h"
#include "app/workers/registration_worker.h"
#include "app/workers/session_vault.h"
#include "app/workers/staff_notes.h"
#include "app/workers/store_worker.h"
#include "app/workers/webhook_worker.h"

namespace uketsuke::workers {

// What the workers work on; the owner keeps it alive longer than the workers.
struct Rooms {
    card::Reader& reader;
    card::CardFront& front;
    card::Attestation& attestation;
    CameraFactory camera;
    net::Outbox& outbox;
    net::EligibilityClient& client;
    net::EligibilityClient& registration_client;
    net::EligibilityClient& files_client;
    net::NetworkWatch& network;
    net::Webhook* webhook = nullptr;  // null: the clinic's own system is told nothing
};

struct WorkersOptions {
    CardWorkerOptions card;
    CameraWorkerOptions camera;
    FaceWorkerOptions face;
    StoreWorkerOptions store;
    NetWorkerOptions net;
    FilesWorkerOptions files;
    WebhookWorkerOptions webhook;
    InputWorkerOptions input;
    PrintWorkerOptions print;
    bool ask_registration = true;
    // Takes the service's time; returns how far this machine's own clock is ahead of it. Any thread.
    std::function<std::chrono::seconds(std::chrono::sys_seconds)> learn_clock;
};

// Owner and perform(): the ui thread. The workers' run() belong to their threads; stop() ends all of them, once the
// EventQueue was closed (a worker may be waiting for room in it).
class Workers {
  public:
    Workers(Rooms rooms, EventQueue& events, NoticeSink notice, WorkersOptions options);

    // Returns what is known at once; everything else comes through the EventQueue.
    std::optional<core::Event> perform(core::Effect effect);
    void stop();

    CardWorker& card() { return m_card; }
    FrontWorker& front() { return m_front; }
    CameraWorker& camera() { return m_camera; }
    FaceWorker& face() { return m_face; }
    StoreWorker& store() { return m_store; }
    NetWorker& net() { return m_net; }
    RegistrationWorker& registration() { return m_registration; }
    FilesWorker& files() { return m_files; }
    WebhookWorker& webhook() { return m_webhook; }
    InputWorker& input() { return m_input; }
    PrintWorker& print() { return m_print; }
    StaffNotes& notes() { return m_notes; }
    const SessionVault& vault() const { return m_vault; }
    PhotoShelf& photos() { return m_photos; }

  private:
    bool perform_for_form(core::Effect& effect);
    void compare_clocks(std::chrono::sys_seconds service_time);

    NoticeSink m_notice;
    std::function<std::chrono::seconds(std::chrono::sys_seconds)> m_learn_clock;
    SessionVault m_vault;
    PhotoShelf m_photos;
    StaffNotes m_notes;
    RegistrationWorker m_registration;
    FilesWorker m_files;
    WebhookWorker m_webhook;
    FaceWorker m_face;
    CameraWorker m_camera;
    FrontWorker m_front;
    CardWorker m_card;
    NetWorker m_net;
    InputWorker m_input;
    PrintWorker m_print;
    StoreWorker m_store;
};

}  // namespace uketsuke::workers
