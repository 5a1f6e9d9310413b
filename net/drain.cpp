#include "net/drain.h"

#include <algorithm>

#include "net/backoff.h"

namespace uketsuke::net {
namespace {

constexpr std::string_view black_circle = "\xE2\x97\x8F";  // ● stands for a character the service cannot write

bool needs_a_look(const OqsAnswer& answer) {
    const auto garbled = [](const QualificationResult& result) {
        return result.name.find(black_circle) != std::string::npos ||
               result.address.find(black_circle) != std::string::npos;
    };
    return answer.text_repaired || !answer.processing_code.empty() || !answer.processing_message.empty() ||
           answer.results.size() != 1 || std::any_of(answer.results.begin(), answer.results.end(), garbled);
}

// One claimed request on its way through one call.
class Attempt {
  public:
    Attempt(Outbox& outbox, const DrainOptions& options, WallTime now, double random, int attempt, bool ask)
        : m_outbox(outbox), m_options(options), m_now(now), m_random(random), m_attempt(attempt), m_ask(ask) {}

    DrainStep record(const RequestId& id, Result<Reply> reply) {
        m_step.id = id;
        m_step.next_call = m_now;
        if (!reply) {
            no_decision(id, reply.error());
            return std::move(m_step);
        }
        m_step.code = reply->code;
        m_step.meaning = meaning_of(*reply);
        if (reply->answer && foreign(*reply->answer, id)) {
            wipe(*reply->answer);
            m_step.meaning = Meaning::Refused;
            finish(DrainOutcome::NeedsStaff, "the answer belongs to another request",
                   m_outbox.needs_staff(id, "the answer belongs to another request", reply->document, m_now));
            wipe(reply->document);
            return std::move(m_step);
        }
        decide(id, *reply);
        m_step.answer = std::move(reply->answer);
        wipe(reply->document);
        return std::move(m_step);
    }

  private:
    static bool foreign(const OqsAnswer& answer, const RequestId& id) {
        const std::string& named = answer.header.arbitrary_file_identifier;
        return !named.empty() && named != id.text();
    }

    void finish(DrainOutcome outcome, std::string reason, const Result<void>& stored) {
        m_step.outcome = stored ? outcome : DrainOutcome::Storage;
        m_step.reason = std::move(reason);
        if (stored) return;
        m_step.reason = stored.error().where;
        m_step.error = stored.error();
    }

    void decide(const RequestId& id, const Reply& reply) {
        switch (reply.kind) {
            case ReplyKind::Answered:
                finish(DrainOutcome::Delivered, "", m_outbox.delivered(id, reply.document, m_now));
                release_others();
                return;
            case ReplyKind::Processing: {
                const auto wait = reply.retry_after ? backoff_delay(1, m_random, reply.retry_after)
                                                    : std::max<std::chrono::milliseconds>(
                                                          m_options.first_ask, backoff_delay(m_attempt, m_random));
                finish(DrainOutcome::Processing, "the service is processing it",
                       m_outbox.processing(id, m_now + wait, "the service is processing it"));
                release_others();
                return;
            }
            case ReplyKind::UnknownKey:
                finish(DrainOutcome::Postponed, "the service does not know it; it is sent again",
                       m_outbox.send_again(id, m_now, "the service does not know it; it is sent again"));
                return;
            case ReplyKind::TryLater: {
                const std::string reason = "the service asks to try later (" + reply.code + ")";
                const auto wait = backoff_delay(m_attempt, m_random, reply.retry_after);
                finish(DrainOutcome::Postponed, reason, m_outbox.postpone(id, m_now + wait, reason, true));
                return;
            }
            case ReplyKind::Refused: {
                const std::string reason = "the service refuses it (" + reply.code + ")";
                finish(DrainOutcome::NeedsStaff, reason, m_outbox.needs_staff(id, reason, reply.document, m_now));
                return;
            }
        }
    }

    void no_decision(const RequestId& id, const Error& error) {
        m_step.error = error;
        m_step.meaning = meaning_of(error.fault);
        if (error.fault == Fault::Cancelled) {
            finish(DrainOutcome::Cancelled, "cancelled", m_outbox.postpone(id, m_now, "cancelled"));
            m_step.next_call.reset();
            return;
        }
        const bool unreadable = error.fault == Fault::BadAnswer || error.fault == Fault::AnswerTooBig;
        if (unreadable && m_attempt >= m_options.staff_after_bad_answers) {
            finish(DrainOutcome::NeedsStaff, error.where, m_outbox.needs_staff(id, error.where, {}, m_now));
            return;
        }
        const auto wait = backoff_delay(m_attempt, m_random);
        finish(DrainOutcome::Postponed, error.where, m_outbox.postpone(id, m_now + wait, error.where));
        // Whatever waits behind this one meets the same network: one probe at a time.
        if (!unreadable) m_step.next_call = m_now + std::min(wait, m_options.outage_pause);
    }

    // A request that got through after failing says that the network is back.
    void release_others() {
        if (m_attempt <= 1 || m_ask || m_step.outcome == DrainOutcome::Storage) return;
        if (const auto released = m_outbox.make_all_due(m_now); !released) m_step.error = released.error();
    }

    Outbox& m_outbox;
    const DrainOptions& m_options;
    WallTime m_now;
    double m_random;
    int m_attempt;
    bool m_ask;
    DrainStep m_step;
};

DrainStep storage_step(const Error& error, WallTime now, const DrainOptions& options) {
    DrainStep step;
    step.outcome = DrainOutcome::Storage;
    step.meaning = Meaning::OurFault;
    step.reason = error.where;
    step.error = error;
    step.next_call = now + options.outage_pause;
    return step;
}

}  // namespace

const char* name_of(DrainOutcome outcome) {
    switch (outcome) {
        case DrainOutcome::Idle:
            return "idle";
        case DrainOutcome::Delivered:
            return "delivered";
        case DrainOutcome::Processing:
            return "processing";
        case DrainOutcome::Postponed:
            return "postponed";
        case DrainOutcome::NeedsStaff:
            return "needs staff";
        case DrainOutcome::Cancelled:
            return "cancelled";
        case DrainOutcome::Storage:
            return "storage";
    }
    return "storage";
}

const char* name_of(Meaning meaning) {
    switch (meaning) {
        case Meaning::Confirmed:
            return "confirmed";
        case Meaning::ConfirmedRemark:
            return "confirmed with a remark";
        case Meaning::NotValid:
            return "not valid";
        case Meaning::NotFound:
            return "not found";
        case Meaning::SeveralFound:
            return "several found";
        case Meaning::Unclear:
            return "unclear";
        case Meaning::Queued:
            return "queued";
        case Meaning::Refused:
            return "refused";
        case Meaning::OurFault:
            return "our fault";
    }
    return "unclear";
}

Meaning meaning_of(const Reply& reply) {
    if (reply.kind == ReplyKind::Refused) return Meaning::Refused;
    if (reply.kind != ReplyKind::Answered || !reply.answer) return Meaning::Queued;
    switch (reply.answer->validity) {
        case QualificationValidity::Valid:
            return needs_a_look(*reply.answer) ? Meaning::ConfirmedRemark : Meaning::Confirmed;
        case QualificationValidity::ValidUnregistered:
            return Meaning::ConfirmedRemark;
        case QualificationValidity::Invalid:
        case QualificationValidity::InvalidNewer:
            return Meaning::NotValid;
        case QualificationValidity::NotFound:
            return Meaning::NotFound;
        case QualificationValidity::Several:
            return Meaning::SeveralFound;
        case QualificationValidity::Missing:
        case QualificationValidity::Unknown:
            return Meaning::Unclear;
    }
    return Meaning::Unclear;
}

Meaning meaning_of(Fault fault) {
    switch (fault) {
        case Fault::TlsRefused:
        case Fault::OwnIdentity:
        case Fault::BadOptions:
        case Fault::BadKey:
        case Fault::BadPayload:
        case Fault::StorageFull:
        case Fault::StorageDamaged:
        case Fault::StorageBusy:
        case Fault::StorageReadOnly:
        case Fault::StorageFailed:
        case Fault::NotFound:
        case Fault::Conflict:
        case Fault::Internal:
            return Meaning::OurFault;
        case Fault::Unreachable:
        case Fault::Timeout:
        case Fault::Cancelled:
        case Fault::BadAnswer:
        case Fault::AnswerTooBig:
            return Meaning::Queued;
    }
    return Meaning::OurFault;
}

DrainStep drain_once(Outbox& outbox, EligibilityClient& client, WallTime now, double random,
                     const DrainOptions& options) {
    auto claimed = outbox.claim(now, options.lease);
    if (!claimed) return storage_step(claimed.error(), now, options);
    if (!*claimed) {
        if (const auto settled = outbox.settle(); !settled) return storage_step(settled.error(), now, options);
        const auto next = outbox.next_time();
        if (!next) return storage_step(next.error(), now, options);
        DrainStep idle;
        idle.next_call = *next;
        return idle;
    }
    Claim& claim = **claimed;
    const RequestId id = claim.request.id;
    Attempt attempt(outbox, options, now, random, claim.attempt, claim.ask);
    auto reply = claim.ask ? client.ask(id) : client.send(claim.request);
    wipe(claim.request);
    return attempt.record(id, std::move(reply));
}

}  // namespace uketsuke::net
