#include "net/internal/declared_query.h"
#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::moment;
using internal::stamp;

// A name that may not be used must not crash whoever shows it.
constexpr std::array<const char*, mark_count> mark_names{"seen", "declared", "reconciled", "set aside", "printed"};

}  // namespace

const char* name_of(Mark mark) {
    return mark_names.at(static_cast<std::size_t>(mark));
}

void wipe(NotifyTask& task) {
    wipe(task.holder_birthdate);
    wipe(task.answer);
}

Result<void> Outbox::Parts::prepare_notifications() {
    const std::pair<internal::Statement*, std::string_view> texts[] = {
        {&count_to_notify, "SELECT count(*) FROM requests WHERE to_notify = 1"},
        {&first_notify, "SELECT min(notify_at) FROM requests WHERE to_notify = 1"},
        {&next_notify,
         "SELECT r.seq, p.payload, a.answer, r.version, r.notify_attempts, r.id FROM requests r "
         "INDEXED BY requests_to_notify LEFT JOIN payloads p ON p.seq = r.seq LEFT JOIN answers a ON a.seq = r.seq "
         "WHERE r.to_notify = 1 AND (r.notify_at <= ?1 OR r.notify_at > ?2) ORDER BY r.notify_at, r.seq LIMIT 1"},
        {&notified, "UPDATE requests SET to_notify = 0, notify_attempts = 0 WHERE id = ?1 AND version = ?2"},
        {&notify_later,
         "UPDATE requests SET to_notify = ?3, notify_at = ?4, notify_attempts = notify_attempts + 1 "
         "WHERE id = ?1 AND version = ?2 AND to_notify = 1"},
    };
    for (const auto& [statement, sql] : texts) {
        auto prepared = database->prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

Result<std::optional<NotifyTask>> Outbox::Parts::notify_candidate(WallTime now, std::int64_t& seq) {
    const auto found = next_notify.bind(1, stamp(now)).bind(2, stamp(now + internal::longest_wait)).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) {
        seq = 0;
        return std::optional<NotifyTask>{};
    }
    seq = next_notify.integer(0);
    const std::string id = next_notify.text(5);
    NotifyTask task;
    task.version = next_notify.integer(3);
    task.attempts = static_cast<int>(next_notify.integer(4));
    auto plain = unseal(*key, next_notify.bytes(1), id);
    const auto sealed_answer = next_notify.bytes(2);
    auto answer = sealed_answer.empty() ? Result<std::vector<std::uint8_t>>(std::vector<std::uint8_t>{})
                                        : unseal(*key, sealed_answer, internal::answer_of(id));
    next_notify.reset();
    auto request = plain ? decode(*plain) : Result<SignedRequest>(tl::unexpected(plain.error()));
    if (plain) wipe(*plain);
    if (answer) task.answer = std::move(*answer);
    if (!request || !answer || request->id.text() != id) {
        wipe(task);
        return std::optional<NotifyTask>{};
    }
    task.method = request->method;
    task.holder_birthdate = internal::birthdate_of(*request);
    task.consents = consents_given({reinterpret_cast<const char*>(request->body.data()), request->body.size()});
    wipe(*request);
    auto summary = summary_by_seq(seq);
    if (!summary) {
        wipe(task);
        return tl::unexpected(summary.error());
    }
    task.summary = std::move(*summary);
    return std::optional<NotifyTask>(std::move(task));
}

Result<std::optional<NotifyTask>> Outbox::next_to_notify(WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    for (;;) {
        std::int64_t seq = 0;
        auto found = p.notify_candidate(now, seq);
        if (!found || *found || seq == 0) return found;
        auto drop = p.database->prepare("UPDATE requests SET to_notify = 2 WHERE seq = ?1");
        if (!drop) return tl::unexpected(drop.error());
        const auto dropped = p.together(false, [&] { return drop->bind(1, seq).run(); });
        if (!dropped) return tl::unexpected(dropped.error());
    }
}

Result<void> Outbox::notified(const RequestId& id, std::int64_t version) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    return p.together(true, [&]() -> Result<void> {
        if (auto done = p.notified.bind(1, id.text()).bind(2, version).run(); !done) return done;
        return p.database->changes() > 0 ? Result<void>{} : p.unless_missing(id, {});
    });
}

Result<void> Outbox::notify_later(const RequestId& id, std::int64_t version, std::optional<WallTime> next_at) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    // Losing a postponement only tells again; a message that was refused must not come back after a cut.
    return p.together(!next_at.has_value(), [&]() -> Result<void> {
        p.notify_later.bind(1, id.text())
            .bind(2, version)
            .bind(3, next_at ? internal::to_be_told : internal::not_taken)
            .bind(4, next_at ? stamp(*next_at) : 0);
        if (auto done = p.notify_later.run(); !done) return done;
        return p.database->changes() > 0 ? Result<void>{} : p.unless_missing(id, {});
    });
}

Result<std::optional<WallTime>> Outbox::next_notify_time() const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    const auto found = p.first_notify.row();
    if (!found) return tl::unexpected(found.error());
    const bool none = !*found || p.first_notify.is_null(0);
    const auto first = none ? std::nullopt : std::optional<WallTime>(moment(p.first_notify.integer(0)));
    p.first_notify.reset();
    return first;
}

// What still goes to the service by itself cannot be dealt with otherwise.
Result<void> Outbox::Parts::is_at_rest(const RequestId& id) {
    auto select = database->prepare("SELECT state FROM requests WHERE id = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, id.text()).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(no_such(id));
    const RequestState state = internal::state_of(select->integer(0));
    if (state == RequestState::Delivered || state == RequestState::NeedsStaff) return {};
    return fail(Fault::Conflict, "request " + id.text() + " is " + name_of(state));
}

Result<void> Outbox::mark(const RequestId& id, Mark mark, bool on, WallTime /*now*/) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    return p.together(true, [&]() -> Result<void> {
        if (on && mark == Mark::SetAside) {
            if (auto idle = p.is_at_rest(id); !idle) return idle;
        }
        auto update = p.database->prepare(on ? "UPDATE requests SET marks = marks | ?2 WHERE id = ?1"
                                             : "UPDATE requests SET marks = marks & ~?2 WHERE id = ?1");
        if (!update) return tl::unexpected(update.error());
        if (auto done = update->bind(1, id.text()).bind(2, internal::bit(mark)).run(); !done) return done;
        return p.database->changes() > 0 ? Result<void>{} : Result<void>(tl::unexpected(p.no_such(id)));
    });
}

std::uint64_t Outbox::changes() const {
    return m_parts->changes;
}

}  // namespace uketsuke::net
