#include <algorithm>

#include "net/declaration.h"
#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::longest_wait;
using internal::stamp;

// Looking for leases that have ended reads every row: not at every claim.
constexpr std::chrono::seconds shortest_look{1};

constexpr std::string_view broken_seal = "its seal does not hold";

std::vector<std::uint8_t> encode_without_form(const SignedRequest& request) {
    if (request.declaration.empty()) return encode(request);
    SignedRequest rest = request;
    wipe(rest.declaration);
    std::vector<std::uint8_t> plain = encode(rest);
    wipe(rest);
    return plain;
}

}  // namespace

Result<void> Outbox::enqueue(const SignedRequest& request, WallTime now) {
    const auto done = m_parts->enqueue(request, nullptr, now);
    return done ? Result<void>{} : Result<void>(tl::unexpected(done.error()));
}

Result<std::int64_t> Outbox::enqueue(const SignedRequest& request, CarePatient patient, WallTime now,
                                     std::chrono::sys_seconds not_visited_since) {
    auto number = m_parts->enqueue(request, &patient, now, not_visited_since);
    wipe(patient);
    return number;
}

Result<std::int64_t> Outbox::Parts::enqueue(const SignedRequest& request, const CarePatient* patient, WallTime now,
                                            std::chrono::sys_seconds not_visited_since) {
    if (request.id.is_nil()) return fail(Fault::BadOptions, "outbox: a request without an id");
    if (request.declaration.size() > declaration_bytes_limit) {
        return fail(Fault::BadOptions, "outbox: a form that is too large");
    }
    if (request.method == Method::Declaration && request.declaration.empty()) {
        return fail(Fault::BadOptions, "outbox: a declaration without its form");
    }
    const std::lock_guard guard(mutex);
    if (auto held = need_key(); !held) return tl::unexpected(held.error());
    const std::string& id = request.id.text();
    // The form has a table of its own: a claim would read all of it for nothing.
    std::vector<std::uint8_t> plain = encode_without_form(request);
    const std::vector<std::uint8_t> sealed = seal(*key, plain, id);
    const std::vector<std::uint8_t> form = request.declaration.empty()
                                               ? std::vector<std::uint8_t>{}
                                               : seal(*key, request.declaration, internal::form_of(id));
    const internal::RequestKind kind = internal::request_kind_of(request.method);
    bool known_id = false;
    std::int64_t number = 0;
    auto result = together(true, [&]() -> Result<void> {
        auto added = insert.bind(1, id)
                         .bind(2, stamp(now))
                         .bind(3, static_cast<std::int64_t>(options.notify && internal::is_told(request)))
                         .bind(4, internal::code(kind))
                         .run();
        known_id = !added && sqlite3_extended_errcode(database->handle()) == SQLITE_CONSTRAINT_UNIQUE;
        if (!added) return added;
        const std::int64_t seq = database->last_row();
        auto kept = insert_payload.bind(1, seq).bind(2, id).bind(3, stamp(now)).bind(4, sealed).run();
        if (kept && !form.empty()) kept = add_form(seq, request, form, now);
        if (!kept || patient == nullptr) return kept;
        const auto of = keep_patient(*patient, request.id, not_visited_since);
        if (!of) return tl::unexpected(of.error());
        number = *of;
        if (number == 0) return {};
        auto link = database->prepare("UPDATE requests SET patient = ?2 WHERE seq = ?1");
        if (!link) return tl::unexpected(link.error());
        return link->bind(1, seq).bind(2, number).run();
    });
    if (result) {
        with_care = with_care || patient != nullptr;
        with_withdrawals = with_withdrawals || kind == internal::RequestKind::Withdrawal;
    }
    if (known_id) result = same_as_known(request, plain);
    wipe(plain);
    if (!result) return tl::unexpected(result.error());
    return known_id && patient != nullptr ? patient_number(request.id) : Result<std::int64_t>(number);
}

Result<std::optional<Outbox::Parts::Candidate>> Outbox::Parts::candidate(internal::Statement& select,
                                                                         std::int64_t bound) {
    const auto found = select.bind(1, bound).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return std::optional<Candidate>{};
    Candidate candidate;
    candidate.seq = select.integer(0);
    candidate.claim.ask = select.integer(2) != 0;
    candidate.claim.attempt = static_cast<int>(select.integer(3)) + 1;
    candidate.claim.unreadable = static_cast<int>(select.integer(5));
    candidate.claim.patient = select.integer(6);
    candidate.claim.with_patients = with_care;
    const std::string id = select.text(1);
    candidate.id = id;
    auto plain = unseal(*key, select.bytes(4), id);
    select.reset();
    auto request = plain ? decode(*plain) : Result<SignedRequest>(tl::unexpected(plain.error()));
    if (plain) wipe(*plain);
    candidate.intact = request && request->id.text() == id;
    candidate.unaskable = candidate.intact && internal::form_kind_of(*request) == internal::FormKind::Unaskable;
    if (candidate.intact) candidate.claim.request = std::move(*request);
    return std::optional<Candidate>(std::move(candidate));
}

Result<std::optional<Outbox::Parts::Candidate>> Outbox::Parts::candidate_at(WallTime now) {
    auto found = with_care || with_withdrawals ? candidate_in_turn(now) : candidate(next, stamp(now));
    if (!found || *found) return found;
    return candidate(next_after_clock_change, stamp(now + longest_wait));
}

Result<void> Outbox::Parts::land_overdue(WallTime now) {
    const bool maybe = first_lease_end && (*first_lease_end <= now || *first_lease_end > now + longest_wait);
    if (!maybe) return {};
    auto landed = land.bind(1, stamp(now)).bind(2, stamp(now + longest_wait)).run();
    if (landed) first_lease_end = now + shortest_look;
    return landed;
}

Result<std::optional<Claim>> Outbox::claim(WallTime now, std::chrono::milliseconds lease) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    std::optional<Claim> claimed;
    std::int64_t claimed_seq = 0;
    // Whose turn it is depends on what is answered.
    const bool flush = p.pending_is_due(now) || (p.with_care && !p.pending.empty());
    auto done = p.together(false, [&]() -> Result<void> {
        if (flush) {
            if (auto written = p.write_pending(); !written) return written;
        }
        if (auto landed = p.land_overdue(now); !landed) return landed;
        for (;;) {
            auto found = p.candidate_at(now);
            if (!found) return tl::unexpected(found.error());
            if (!*found) return {};
            const std::int64_t seq = (*found)->seq;
            const bool intact = (*found)->intact;
            if (intact && !(*found)->unaskable) {
                claimed = std::move((*found)->claim);
                claimed_seq = seq;
                return p.take_off.bind(1, seq).bind(2, stamp(now + lease)).run();
            }
            auto drop = p.database->prepare("UPDATE requests SET state = 4, next_at = ?2, reason = ?3 WHERE seq = ?1");
            if (!drop) return tl::unexpected(drop.error());
            drop->bind(1, seq).bind(2, stamp(now)).bind(3, intact ? internal::unaskable_reason : broken_seal);
            if (auto dropped = drop->run(); !dropped) return dropped;
            if (intact || (*found)->claim.patient == 0) continue;
            if (auto told = p.tell_patient_of_lost((*found)->id); !told) return told;
        }
    });
    if (done) {
        if (flush) p.pending.clear();
        if (claimed) {
            p.note_flight(claimed->request, claimed_seq);
            p.first_lease_end = std::min(p.first_lease_end.value_or(now + lease), now + lease);
        }
        return claimed;
    }
    if (claimed) wipe(claimed->request);
    return tl::unexpected(done.error());
}

Result<void> Outbox::Parts::leave_flight(const RequestId& id, const Step& step, std::span<const std::uint8_t> answer) {
    const std::lock_guard guard(mutex);
    if (auto kept = flush(); !kept) return kept;
    if (!answer.empty()) {
        if (auto held = need_key(); !held) return held;
    }
    // What staff must see is worth a sync; a postponed row is only asked again.
    return together(step.to == RequestState::NeedsStaff, [&]() -> Result<void> {
        move.bind(1, id.text())
            .bind(2, stamp(step.next_at))
            .bind(3, std::string_view(step.reason).substr(0, internal::longest_reason))
            .bind(4, static_cast<std::int64_t>(step.firm))
            .bind(5, internal::code(step.to))
            .bind(6, static_cast<std::int64_t>(step.ask))
            .bind(7, static_cast<std::int64_t>(options.notify && step.to == RequestState::NeedsStaff));
        const auto changed = move.row();
        if (!changed) return tl::unexpected(changed.error());
        if (!*changed) return unless_missing(id, tl::unexpected(not_in_flight(id)));
        const std::int64_t seq = move.integer(0);
        return move.run().and_then(
            [&]() -> Result<void> { return answer.empty() ? Result<void>{} : store_answer(seq, id, answer); });
    });
}

Result<void> Outbox::processing(const RequestId& id, WallTime next_at, const std::string& reason) {
    return m_parts->leave_flight(id, {RequestState::Processing, next_at, reason, true, true});
}

Result<void> Outbox::postpone(const RequestId& id, WallTime next_at, const std::string& reason, Postponed why) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    return p.together(false, [&]() -> Result<void> {
        p.postpone.bind(1, id.text())
            .bind(2, stamp(next_at))
            .bind(3, std::string_view(reason).substr(0, internal::longest_reason))
            .bind(4, internal::wait_code(why))
            .bind(5, static_cast<std::int64_t>(why == Postponed::UnreadableAnswer));
        const auto changed = p.postpone.row();
        if (!changed) return tl::unexpected(changed.error());
        return *changed ? p.postpone.run() : p.unless_missing(id, tl::unexpected(p.not_in_flight(id)));
    });
}

Result<void> Outbox::send_again(const RequestId& id, WallTime next_at, const std::string& reason) {
    return m_parts->leave_flight(id, {RequestState::Due, next_at, reason, false, false});
}

Result<void> Outbox::needs_staff(const RequestId& id, const std::string& reason, std::span<const std::uint8_t> answer,
                                 WallTime now) {
    return m_parts->leave_flight(id, {RequestState::NeedsStaff, now, reason}, answer);
}

Result<void> Outbox::retry(const RequestId& id, WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    if (auto set = p.sync_commits(true); !set) return set;
    auto update = p.database->prepare(
        "UPDATE requests SET state = CASE ask WHEN 1 THEN 2 ELSE 0 END, next_at = ?2, attempts = 0, unreadable = 0, "
        "firm = 0, marks = marks & ~?3, reason = 'retried by staff' WHERE id = ?1 AND state IN (0, 2, 4) AND NOT "
        "EXISTS("
        "SELECT 1 FROM declarations d WHERE d.seq = requests.seq AND d.kind = 2)");
    if (!update) return tl::unexpected(update.error());
    if (auto done = update->bind(1, id.text()).bind(2, stamp(now)).bind(3, internal::bit(Mark::SetAside)).run();
        !done) {
        return done;
    }
    if (p.database->changes() > 0) {
        ++p.changes;
        // The list of patients is told so where it can be; the request goes either way.
        if (p.with_care && p.key) [[maybe_unused]]
            const auto told = p.waits_again(id);
        return {};
    }
    return p.unless_missing(
        id,
        tl::unexpected(p.error(Fault::Conflict, "request " + id.text() + " is delivered, in flight, or asks nothing")));
}

Result<std::int64_t> Outbox::make_all_due(WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto set = p.sync_commits(false); !set) return tl::unexpected(set.error());
    auto update = p.database->prepare(
        "UPDATE requests INDEXED BY requests_waiting SET next_at = min(queued_at, ?1) "
        "WHERE state IN (0, 2) AND state = 0 AND firm <> 1 AND next_at > min(queued_at, "
        "?1)");
    if (!update) return tl::unexpected(update.error());
    if (auto done = update->bind(1, stamp(now)).run(); !done) return tl::unexpected(done.error());
    if (p.database->changes() > 0) ++p.changes;
    return p.database->changes();
}

Result<std::int64_t> Outbox::forget_waits(WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto set = p.sync_commits(false); !set) return tl::unexpected(set.error());
    auto update =
        p.database->prepare("UPDATE requests SET next_at = min(queued_at, ?1) WHERE state IN (0, 2) AND next_at > ?1");
    if (!update) return tl::unexpected(update.error());
    if (auto done = update->bind(1, stamp(now)).run(); !done) return tl::unexpected(done.error());
    const std::int64_t freed = p.database->changes();
    if (freed > 0) ++p.changes;
    auto tell = p.database->prepare("UPDATE requests SET notify_at = ?1 WHERE to_notify = 1 AND notify_at > ?1");
    if (!tell) return tl::unexpected(tell.error());
    if (auto done = tell->bind(1, stamp(now)).run(); !done) return tl::unexpected(done.error());
    return freed;
}

}  // namespace uketsuke::net
