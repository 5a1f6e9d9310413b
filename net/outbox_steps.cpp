#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::stamp;

// No wait that the program itself sets is longer; a row further away was stamped by a clock that has since been set
// back.
constexpr std::chrono::hours longest_wait{4};

constexpr std::size_t longest_reason = 300;

}  // namespace

Result<void> Outbox::enqueue(const SignedRequest& request, WallTime now) {
    Parts& p = *m_parts;
    if (request.id.is_nil()) return fail(Fault::BadOptions, "outbox: a request without an id");
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return key;
    std::vector<std::uint8_t> plain = encode(request);
    const std::vector<std::uint8_t> sealed = seal(*p.key, plain, request.id.text());
    auto result = p.sync_commits(true).and_then(
        [&] { return p.insert.bind(1, request.id.text()).bind(2, stamp(now)).bind(3, sealed).run(); });
    if (result) {
        p.synced = true;
    } else if (sqlite3_extended_errcode(p.database->handle()) == SQLITE_CONSTRAINT_UNIQUE) {
        result = p.find.bind(1, request.id.text()).row().and_then([&](bool found) -> Result<void> {
            auto known = found ? unseal(*p.key, p.find.bytes(0), request.id.text())
                               : Result<std::vector<std::uint8_t>>(std::vector<std::uint8_t>{});
            p.find.reset();
            const bool same = known && *known == plain;
            if (known) wipe(*known);
            if (!same)
                return tl::unexpected(p.error(Fault::Conflict, "other bytes under the known id " + request.id.text()));
            return {};
        });
    }
    wipe(plain);
    return result;
}

Result<std::optional<Claim>> Outbox::Parts::take(internal::Statement& statement, WallTime now,
                                                 std::chrono::milliseconds lease) {
    const bool changed_clock = &statement == &claim_after_clock_change;
    for (;;) {
        const auto found =
            statement.bind(1, stamp(changed_clock ? now + longest_wait : now)).bind(2, stamp(now + lease)).row();
        if (!found) return tl::unexpected(found.error());
        if (!*found) return std::optional<Claim>{};
        synced = false;
        const std::string text = statement.text(0);
        Claim claimed;
        claimed.ask = statement.integer(1) != 0;
        claimed.attempt = static_cast<int>(statement.integer(2));
        auto plain = unseal(*key, statement.bytes(3), text);
        if (auto finished = statement.run(); !finished) return tl::unexpected(finished.error());
        auto request = plain ? decode(*plain) : Result<SignedRequest>(tl::unexpected(plain.error()));
        if (plain) wipe(*plain);
        if (request && request->id.text() == text) {
            claimed.request = std::move(*request);
            return std::optional<Claim>(std::move(claimed));
        }
        auto drop = database->prepare("UPDATE requests SET state = 4, next_at = ?2, reason = ?3 WHERE id = ?1");
        if (!drop) return tl::unexpected(drop.error());
        auto dropped =
            drop->bind(1, text).bind(2, stamp(now)).bind(3, std::string_view("its seal does not hold")).run();
        if (!dropped) return tl::unexpected(dropped.error());
    }
}

Result<std::optional<Claim>> Outbox::claim(WallTime now, std::chrono::milliseconds lease) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    if (auto set = p.sync_commits(false); !set) return tl::unexpected(set.error());
    auto claimed = p.take(p.claim, now, lease);
    if (!claimed || *claimed) return claimed;
    return p.take(p.claim_after_clock_change, now, lease);
}

Result<void> Outbox::delivered(const RequestId& id, std::span<const std::uint8_t> answer, WallTime now,
                               const std::string& reason) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return key;
    const std::vector<std::uint8_t> sealed = seal(*p.key, answer, id.text() + " answer");
    auto done = p.sync_commits(false).and_then([&] {
        return p.finish.bind(1, id.text())
            .bind(2, stamp(now))
            .bind(3, sealed)
            .bind(4, std::string_view(reason).substr(0, longest_reason))
            .run();
    });
    if (!done) return done;
    p.synced = false;
    if (p.database->changes() > 0) return {};
    const auto found = p.find.bind(1, id.text()).row();
    p.find.reset();
    if (!found) return tl::unexpected(found.error());
    return *found ? Result<void>{} : Result<void>(tl::unexpected(p.no_such(id)));
}

Result<void> Outbox::Parts::leave_flight(const RequestId& id, const Step& step) {
    const std::lock_guard guard(mutex);
    // What staff must see is worth a sync; a postponed row is only asked again.
    const bool wait = step.to == RequestState::NeedsStaff;
    auto done = sync_commits(wait).and_then([&] {
        return move.bind(1, id.text())
            .bind(2, internal::code(step.to))
            .bind(3, stamp(step.next_at))
            .bind(4, std::string_view(step.reason).substr(0, longest_reason))
            .bind(5, static_cast<std::int64_t>(step.ask))
            .bind(6, static_cast<std::int64_t>(step.firm))
            .run();
    });
    if (!done) return done;
    synced = wait;
    if (database->changes() > 0) return {};
    const auto found = find.bind(1, id.text()).row();
    find.reset();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(no_such(id));
    return tl::unexpected(error(Fault::Conflict, "request " + id.text() + " is not in flight"));
}

Result<void> Outbox::processing(const RequestId& id, WallTime next_at, const std::string& reason) {
    return m_parts->leave_flight(id, {RequestState::Processing, next_at, reason, true, true});
}

Result<void> Outbox::postpone(const RequestId& id, WallTime next_at, const std::string& reason, bool firm) {
    Parts& p = *m_parts;
    // A request that the service has taken in goes on being asked for.
    bool asks = false;
    {
        const std::lock_guard lock(p.mutex);
        auto ask = p.database->prepare("SELECT ask FROM requests WHERE id = ?1");
        if (!ask) return tl::unexpected(ask.error());
        const auto found = ask->bind(1, id.text()).row();
        if (!found) return tl::unexpected(found.error());
        asks = *found && ask->integer(0) != 0;
    }
    return p.leave_flight(id, {asks ? RequestState::Processing : RequestState::Due, next_at, reason, asks, firm});
}

Result<void> Outbox::send_again(const RequestId& id, WallTime next_at, const std::string& reason) {
    return m_parts->leave_flight(id, {RequestState::Due, next_at, reason, false, false});
}

Result<void> Outbox::needs_staff(const RequestId& id, const std::string& reason, std::span<const std::uint8_t> answer,
                                 WallTime now) {
    Parts& p = *m_parts;
    if (!answer.empty()) {
        const std::lock_guard lock(p.mutex);
        if (auto key = p.need_key(); !key) return key;
        const std::vector<std::uint8_t> sealed = seal(*p.key, answer, id.text() + " answer");
        auto keep = p.database->prepare("UPDATE requests SET answer = ?2 WHERE id = ?1 AND state = 1");
        if (!keep) return tl::unexpected(keep.error());
        if (auto kept = keep->bind(1, id.text()).bind(2, sealed).run(); !kept) return kept;
    }
    return p.leave_flight(id, {RequestState::NeedsStaff, now, reason});
}

Result<void> Outbox::retry(const RequestId& id, WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto set = p.sync_commits(true); !set) return set;
    auto update = p.database->prepare(
        "UPDATE requests SET state = CASE ask WHEN 1 THEN 2 ELSE 0 END, next_at = ?2, attempts = 0, firm = 0, "
        "reason = 'retried by staff' WHERE id = ?1 AND state IN (0, 2, 4)");
    if (!update) return tl::unexpected(update.error());
    if (auto done = update->bind(1, id.text()).bind(2, stamp(now)).run(); !done) return done;
    if (p.database->changes() > 0) return {};
    const auto found = p.find.bind(1, id.text()).row();
    p.find.reset();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(p.no_such(id));
    return tl::unexpected(p.error(Fault::Conflict, "request " + id.text() + " is delivered or in flight"));
}

Result<std::int64_t> Outbox::make_all_due(WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto set = p.sync_commits(false); !set) return tl::unexpected(set.error());
    auto update = p.database->prepare(
        "UPDATE requests SET next_at = min(queued_at, ?1) WHERE state = 0 AND firm = 0 AND next_at > min(queued_at, "
        "?1)");
    if (!update) return tl::unexpected(update.error());
    if (auto done = update->bind(1, stamp(now)).run(); !done) return tl::unexpected(done.error());
    return p.database->changes();
}

}  // namespace uketsuke::net
