#include <algorithm>

#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::moment;
using internal::Statement;

constexpr std::string_view summary_columns = "id, state, attempts, queued_at, next_at, reason";

RequestSummary summary_of(const Statement& row) {
    RequestSummary summary;
    summary.id = RequestId::parse(row.text(0)).value_or(RequestId{});
    summary.state = internal::state_of(row.integer(1));
    summary.attempts = static_cast<int>(row.integer(2));
    summary.queued_at = moment(row.integer(3));
    summary.next_at = moment(row.integer(4));
    summary.reason = row.text(5);
    return summary;
}

}  // namespace

Result<OutboxCounts> Outbox::counts() const {
    const std::lock_guard lock(m_parts->mutex);
    auto select = m_parts->database->prepare("SELECT state, count(*) FROM requests GROUP BY state");
    if (!select) return tl::unexpected(select.error());
    OutboxCounts counts;
    for (;;) {
        const auto more = select->row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return counts;
        const std::int64_t n = select->integer(1);
        switch (internal::state_of(select->integer(0))) {
            case RequestState::Due:
                counts.due += n;
                break;
            case RequestState::InFlight:
                counts.in_flight += n;
                break;
            case RequestState::Processing:
                counts.processing += n;
                break;
            case RequestState::Delivered:
                counts.delivered += n;
                break;
            case RequestState::NeedsStaff:
                counts.needs_staff += n;
                break;
        }
    }
}

Result<std::vector<RequestSummary>> Outbox::list(std::int64_t limit) const {
    const std::lock_guard lock(m_parts->mutex);
    auto select =
        m_parts->database->prepare("SELECT " + std::string(summary_columns) + " FROM requests ORDER BY seq LIMIT ?1");
    if (!select) return tl::unexpected(select.error());
    select->bind(1, limit);
    std::vector<RequestSummary> rows;
    for (;;) {
        const auto more = select->row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return rows;
        rows.push_back(summary_of(*select));
    }
}

Result<RequestDetail> Outbox::show(const RequestId& id) const {
    const Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    auto select =
        p.database->prepare("SELECT " + std::string(summary_columns) + ", payload, answer FROM requests WHERE id = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, id.text()).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(p.no_such(id));
    RequestDetail detail;
    detail.summary = summary_of(*select);
    auto plain = unseal(*p.key, select->bytes(6), id.text());
    if (!plain) return tl::unexpected(p.error(Fault::BadPayload, "request " + id.text() + ": " + plain.error().where));
    auto request = decode(*plain);
    wipe(*plain);
    if (!request)
        return tl::unexpected(p.error(Fault::BadPayload, "request " + id.text() + ": " + request.error().where));
    detail.request = std::move(*request);
    if (!select->bytes(7).empty()) {
        auto answer = unseal(*p.key, select->bytes(7), id.text() + " answer");
        if (!answer) return tl::unexpected(p.error(Fault::BadPayload, "the answer of request " + id.text()));
        detail.answer = std::move(*answer);
    }
    return detail;
}

Result<OutboxCheck> Outbox::verify() const {
    const Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    OutboxCheck check;
    auto pages = internal::damaged_pages(*p.database, false);
    if (!pages) {
        if (pages.error().fault != Fault::StorageDamaged) return tl::unexpected(pages.error());
        check.problems.push_back(pages.error().where);
        return check;
    }
    check.problems = std::move(*pages);
    auto select = p.database->prepare("SELECT id, payload, answer FROM requests ORDER BY seq");
    if (!select) return tl::unexpected(select.error());
    for (;;) {
        const auto more = select->row();
        if (!more) {
            check.problems.push_back(more.error().where);
            return check;
        }
        if (!*more) return check;
        ++check.rows;
        if (!p.key) continue;
        const std::string id = select->text(0);
        auto plain = unseal(*p.key, select->bytes(1), id);
        auto request = plain ? decode(*plain) : Result<SignedRequest>(tl::unexpected(plain.error()));
        if (plain) wipe(*plain);
        if (!request || request->id.text() != id)
            check.problems.push_back("request " + id + ": its seal does not hold");
        if (request) wipe(*request);
        if (select->bytes(2).empty()) continue;
        auto answer = unseal(*p.key, select->bytes(2), id + " answer");
        if (!answer) check.problems.push_back("request " + id + ": the seal of its answer does not hold");
        if (answer) wipe(*answer);
    }
}

Result<std::optional<WallTime>> Outbox::next_time() const {
    const std::lock_guard lock(m_parts->mutex);
    auto select = m_parts->database->prepare("SELECT next_at FROM requests WHERE state < 3 ORDER BY next_at LIMIT 1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->row();
    if (!found) return tl::unexpected(found.error());
    return *found ? std::optional<WallTime>(moment(select->integer(0))) : std::nullopt;
}

Result<std::int64_t> Outbox::purge(WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto set = p.sync_commits(true); !set) return tl::unexpected(set.error());
    auto remove = p.database->prepare("DELETE FROM requests WHERE state = 3 AND next_at < ?1");
    if (!remove) return tl::unexpected(remove.error());
    if (auto done = remove->bind(1, internal::stamp(now - p.options.retention)).run(); !done) {
        return tl::unexpected(done.error());
    }
    const std::int64_t removed = p.database->changes();
    if (removed == 0) return 0;
    if (auto shrunk = p.database->run("PRAGMA incremental_vacuum"); !shrunk) return tl::unexpected(shrunk.error());
    // The old pages also stand in the WAL. A tool that reads at this moment keeps it; the next purge tries again.
    const auto emptied = p.database->value("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!emptied) return tl::unexpected(emptied.error());
    p.synced = true;
    return removed;
}

Result<void> Outbox::settle() {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (p.synced) return {};
    const auto done = p.database->value("PRAGMA wal_checkpoint(PASSIVE)");
    if (!done) return tl::unexpected(done.error());
    p.synced = true;
    return {};
}

Result<void> Outbox::change_key(SealingKey key) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto old = p.need_key(); !old) return old;
    const auto reseal = [&]() -> Result<void> {
        auto select =
            p.database->prepare("SELECT seq, id, payload, answer FROM requests WHERE seq > ?1 ORDER BY seq LIMIT 1");
        auto update = p.database->prepare("UPDATE requests SET payload = ?2, answer = ?3 WHERE seq = ?1");
        if (!select) return tl::unexpected(select.error());
        if (!update) return tl::unexpected(update.error());
        for (std::int64_t last = -1;;) {
            const auto more = select->bind(1, last).row();
            if (!more) return tl::unexpected(more.error());
            if (!*more) return internal::store_key_check(*p.database, key);
            last = select->integer(0);
            const std::string id = select->text(1);
            auto payload = unseal(*p.key, select->bytes(2), id);
            const bool answered = !select->bytes(3).empty();
            auto answer = answered ? unseal(*p.key, select->bytes(3), id + " answer") : payload;
            select->reset();
            if (!payload || !answer)
                return tl::unexpected(p.error(Fault::BadPayload, "request " + id + " cannot be unsealed"));
            const std::vector<std::uint8_t> new_payload = seal(key, *payload, id);
            const std::vector<std::uint8_t> new_answer = seal(key, *answer, id + " answer");
            wipe(*payload);
            wipe(*answer);
            update->bind(1, last).bind(2, new_payload);
            answered ? update->bind(3, new_answer) : update->bind_null(3);
            if (auto done = update->run(); !done) return done;
        }
    };
    if (auto begun = p.sync_commits(true).and_then([&] { return p.database->run("BEGIN IMMEDIATE"); }); !begun)
        return begun;
    auto done = reseal().and_then([&] { return p.database->run("COMMIT"); });
    if (!done) {
        [[maybe_unused]] const auto undone = p.database->run("ROLLBACK");
        return done;
    }
    p.key = std::move(key);
    const auto emptied = p.database->value("PRAGMA wal_checkpoint(TRUNCATE)");
    return emptied ? Result<void>{} : Result<void>(tl::unexpected(emptied.error()));
}

}  // namespace uketsuke::net
