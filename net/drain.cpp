#include "net/drain.h"

#include <algorithm>

#include "net/backoff.h"
#include "net/internal/care_answer.h"
#include "net/internal/consent_triples.h"
#include "net/internal/declared_query.h"

namespace uketsuke::net {
namespace {

Expected expected_of(const SignedRequest& request, WallTime now, const DrainOptions& options) {
    Expected expected;
    expected.id = request.id;
    expected.holder_birthdate = internal::birthdate_of(request);
    expected.remarks.today = jst_date(std::chrono::floor<std::chrono::seconds>(now));
    expected.remarks.covers = options.covers;
    expected.remarks.consents =
        consents_given({reinterpret_cast<const char*>(request.body.data()), request.body.size()});
    return expected;
}

// What a request about a patient rests on; nil: on the card, or it is about nobody.
RequestId base_of(const Claim& claim) {
    if (claim.patient == 0 || !without_card(claim.request.method)) return {};
    const auto& body = claim.request.body;
    const auto document = read_request({reinterpret_cast<const char*>(body.data()), body.size()});
    if (!document) return {};
    const OqsElement* base = find_element(document->other_in_confirmation, internal::base_reception_name);
    return base == nullptr ? RequestId{} : RequestId::parse(base->text).value_or(RequestId{});
}

// One claimed request on its way through one call.
class Attempt {
  public:
    Attempt(Outbox& outbox, const DrainOptions& options, WallTime now, double random, const Claim& claim)
        : m_outbox(outbox),
          m_options(options),
          m_now(now),
          m_random(random),
          m_attempt(claim.attempt),
          m_unreadable(claim.unreadable),
          m_ask(claim.ask),
          m_of_patient(claim.patient != 0),
          m_with_patients(claim.with_patients),
          m_base(base_of(claim)),
          m_about_consents(claim.request.method == Method::ConsentRenewal ||
                           claim.request.method == Method::Withdrawal) {}

    DrainStep record(const Expected& expected, Result<Reply> reply) {
        const RequestId& id = expected.id;
        m_step.id = id;
        m_step.next_call = m_now;
        if (!reply) {
            no_decision(id, reply.error());
            return std::move(m_step);
        }
        m_step.code = reply->code;
        m_step.service_time = reply->service_time;
        m_step.timing = reply->timing;
        m_step.device_lost = reply->device_lost;
        Judgement judgement = judge(*reply, expected);
        if (m_about_consents && reply->kind == ReplyKind::Answered && theirs(judgement.meaning)) {
            // Nobody asked about an insurance.
            judgement = {Meaning::Confirmed, {}};
        }
        m_step.meaning = judgement.meaning;
        m_step.remarks = std::move(judgement.remarks);
        if (!theirs(m_step.meaning)) {
            wipe(*reply->answer);
            const std::string reason = row_of(m_step.meaning).staff;
            finish(DrainOutcome::NeedsStaff, reason, tell_patient(id, nullptr).and_then([&] {
                return m_outbox.needs_staff(id, reason, reply->document, m_now);
            }));
            wipe(reply->document);
            return std::move(m_step);
        }
        decide(id, *reply);
        m_step.answer = std::move(reply->answer);
        wipe(reply->document);
        return std::move(m_step);
    }

  private:
    static bool theirs(Meaning meaning) { return meaning != Meaning::OtherRequest && meaning != Meaning::OtherPerson; }
    static const OqsAnswer* answer_in(const Reply& reply) { return reply.answer ? &*reply.answer : nullptr; }

    // Before the request's own step: after a crash between both the same answer comes once more.
    Result<void> tell_patient(const RequestId& id, const OqsAnswer* answer) {
        if (!m_of_patient) return {};
        CareAnswer said = internal::care_answer(m_step.meaning, m_step.code, answer);
        said.base = m_base;
        said.at = std::chrono::floor<std::chrono::seconds>(m_now);
        const auto told = m_outbox.care_answered(id, said);
        wipe(said);
        return told ? Result<void>{} : Result<void>(tl::unexpected(told.error()));
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
                finish(DrainOutcome::Delivered, summary(), tell_patient(id, answer_in(reply)).and_then([&] {
                    return m_outbox.delivered(id, reply.document, m_now, summary());
                }));
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
                finish(DrainOutcome::Postponed, reason,
                       m_outbox.postpone(id, m_now + wait, reason, Postponed::ByTheService));
                return;
            }
            case ReplyKind::Refused: {
                const std::string reason = "the service refuses it (" + reply.code + ")";
                finish(DrainOutcome::NeedsStaff, reason, tell_patient(id, nullptr).and_then([&] {
                    return m_outbox.needs_staff(id, reason, reply.document, m_now);
                }));
                return;
            }
        }
    }

    // "confirmed with a remark: character replaced"
    std::string summary() const {
        const std::string words = words_for(m_step.remarks);
        return name_of(m_step.meaning) + (words.empty() ? std::string() : ": " + words);
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
        if (unreadable && m_unreadable + 1 >= m_options.staff_after_bad_answers) {
            finish(DrainOutcome::NeedsStaff, error.where, tell_patient(id, nullptr).and_then([&] {
                return m_outbox.needs_staff(id, error.where, {}, m_now);
            }));
            return;
        }
        const auto wait = backoff_delay(m_attempt, m_random);
        finish(DrainOutcome::Postponed, error.where,
               m_outbox.postpone(id, m_now + wait, error.where,
                                 unreadable     ? Postponed::UnreadableAnswer
                                 : error.unsent ? Postponed::NoNetwork
                                                : Postponed::NoAnswer));
        // Whatever waits behind this one meets the same network: one probe at a time.
        if (!unreadable) m_step.next_call = m_now + std::min(wait, m_options.outage_pause);
    }

    // A request that got through after failing says that the network is back.
    void release_others() {
        const bool failed_before = m_attempt > 1 && !m_ask;
        if (m_step.outcome == DrainOutcome::Storage || (!failed_before && !m_with_patients)) return;
        // Where the order counts, those that only wanted a network are not passed by what came later.
        const auto released = failed_before ? m_outbox.make_all_due(m_now) : m_outbox.network_works(m_now);
        if (!released) m_step.error = released.error();
    }

    Outbox& m_outbox;
    const DrainOptions& m_options;
    WallTime m_now;
    double m_random;
    int m_attempt;
    int m_unreadable;
    bool m_ask;
    bool m_of_patient;
    bool m_with_patients;
    RequestId m_base;
    bool m_about_consents;
    DrainStep m_step;
};

// A query is asked for by sending it once more: the same key gives the same answer.
Result<Reply> call(EligibilityClient& client, const Claim& claim) {
    const SignedRequest& request = claim.request;
    if (request.method == Method::Declaration) {
        return client.query(request.id, {reinterpret_cast<const char*>(request.body.data()), request.body.size()});
    }
    return claim.ask ? client.ask(request.id) : client.send(request);
}

DrainStep storage_step(const Error& error, WallTime now, const DrainOptions& options) {
    DrainStep step;
    step.outcome = DrainOutcome::Storage;
    step.meaning = Meaning::OwnFault;
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

DrainStep drain_once(Outbox& outbox, EligibilityClient& client, WallTime now, double random,
                     const DrainOptions& options) {
    auto claimed = outbox.claim(now, options.lease);
    if (!claimed) return storage_step(claimed.error(), now, options);
    if (!*claimed) {
        if (options.settle) {
            if (const auto settled = outbox.settle(); !settled) return storage_step(settled.error(), now, options);
        }
        const auto next = outbox.next_time();
        if (!next) return storage_step(next.error(), now, options);
        DrainStep idle;
        idle.next_call = *next;
        return idle;
    }
    Claim& claim = **claimed;
    Expected expected = expected_of(claim.request, now, options);
    Attempt attempt(outbox, options, now, random, claim);
    auto reply = call(client, claim);
    wipe(claim.request);
    DrainStep step = attempt.record(expected, std::move(reply));
    wipe(expected.holder_birthdate);
    return step;
}

}  // namespace uketsuke::net
