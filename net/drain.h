#pragma once
// One step of emptying the outbox towards the service, and what it means for the patient and for staff. The caller
// loops (the app's net thread) and sleeps until `next_call`, or until something is enqueued.

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "net/eligibility_client.h"
#include "net/meaning.h"
#include "net/outbox.h"

namespace uketsuke::net {

enum class DrainOutcome {
    Idle,        ///< nothing was due
    Delivered,   ///< the service answered; see `meaning`
    Processing,  ///< accepted by the service, the answer comes later
    Postponed,   ///< no decision; the same key will be sent again
    NeedsStaff,  ///< the service refused it, or the row cannot be read
    Cancelled,   ///< the client was cancelled; the request stays queued
    Storage,     ///< the outbox failed; see `error`
};

const char* name_of(DrainOutcome outcome);

struct DrainOptions {
    std::chrono::milliseconds lease{60'000};  ///< longer than the client's total limit
    /// After a call that never reached the service the next one waits at most this long, however long this request
    /// waits.
    std::chrono::milliseconds outage_pause{10'000};
    int staff_after_bad_answers = 8;    ///< so many answers that nobody understands, and the request goes to staff
    std::chrono::seconds first_ask{2};  ///< 処理中 without a Retry-After
    bool settle = true;  ///< brings steps to the disk when nothing is due; false: the caller does, in a quiet moment
    std::function<bool(char32_t)> covers;  ///< RemarkContext::covers
};

struct DrainStep {
    DrainOutcome outcome = DrainOutcome::Idle;
    Meaning meaning = Meaning::Cancelled;  ///< without a call: not to be read
    std::vector<Remark> remarks;
    std::optional<RequestId> id;
    std::optional<OqsAnswer> answer;                       ///< personal: wipe after use
    std::string code;                                      ///< the service's code, when there is one
    std::string reason;                                    ///< for staff; no personal value
    std::optional<Error> error;                            ///< of the client or the outbox
    std::optional<std::chrono::sys_seconds> service_time;  ///< as Reply::service_time
    std::optional<CallTiming> timing;                      ///< of a call that was answered
    bool device_lost = false;                              ///< as Reply::device_lost
    std::optional<WallTime> next_call;                     ///< when to call again; empty: when something is enqueued
};

/// Claims one request, sends it or asks for it, and records what came back. `random` in [0, 1) spreads the back-off.
DrainStep drain_once(Outbox& outbox, EligibilityClient& client, WallTime now, double random,
                     const DrainOptions& options = {});

}  // namespace uketsuke::net
