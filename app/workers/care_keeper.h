// Patients in continuing care, on the store thread: who they are, and requests about them without a card.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/core/effect.h"
#include "app/workers/event_queue.h"
#include "net/care.h"
#include "net/outbox.h"

namespace uketsuke::workers {

struct CareOptions {
    std::string institution_code;
    std::chrono::days consented_for{365};  // of a consent for continuing care
    std::chrono::days relation{100};       // not visited for so long, it is over
    bool share_visits = false;
    net::Vouch vouch;                                  // store thread
    std::function<std::string(core::StaffId)> digest;  // of a member of staff, for the service. Store thread
    std::function<net::WallTime()> now;                // any thread
};

// Store thread only.
class CareKeeper {
  public:
    CareKeeper(net::Outbox& outbox, NoticeSink notice, CareOptions options);
    ~CareKeeper();

    // Whom staff see, those of today and those with a conflict first. Forgets whose relation is over.
    std::vector<core::CareEntry> list();

    // A signed request that is not on disk yet. Error: why there is none.
    net::Result<net::SignedRequest> reinquiry(const core::effect::Reinquire& wish);
    // On disk when they return.
    net::Result<void> renew(const core::effect::RenewConsents& wish);
    net::Result<void> withdraw(const core::effect::WithdrawConsents& wish);

    // Puts a request on the disk, with the patient it makes or concerns.
    net::Result<void> keep_visit(const net::SignedRequest& request, const core::effect::Visit& visit);
    net::Result<void> keep_reinquiry(core::SessionId session, const net::SignedRequest& request);

    void forget(core::SessionId session);  // whatever was begun for it

  private:
    net::Result<net::CarePatient> patient(core::CareId id) const;
    net::CareRequest request_about(const net::CarePatient& patient, net::Method method, core::StaffId who,
                                   core::WallTime at) const;
    core::CareEntry entry_of(const net::CarePatient& patient) const;

    // What a re-inquiry that is being signed will mean for its patient.
    struct Begun {
        core::SessionId session{};
        net::CarePatient patient;
    };
    net::Outbox& m_outbox;
    NoticeSink m_notice;
    CareOptions m_options;
    std::optional<Begun> m_begun;
};

}  // namespace uketsuke::workers
