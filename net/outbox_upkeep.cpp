#include <algorithm>

#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::Database;

// A receiver that was away for so long asks for what it missed itself.
constexpr std::chrono::hours longest_untold{7 * 24};

// Seals the blobs of one table anew; `bound` says what a row's blob is bound to.
template <class Bound>
Result<void> reseal(const Database& database, const std::string& table, const std::string& column,
                    const SealingKey& from, const SealingKey& into, Bound bound) {
    auto select = database.prepare("SELECT t.seq, r.id, t." + column + " FROM " + table +
                                   " t JOIN requests r ON r.seq = t.seq WHERE t.seq > ?1 ORDER BY t.seq LIMIT 1");
    auto update = database.prepare("UPDATE " + table + " SET " + column + " = ?2 WHERE seq = ?1");
    if (!select) return tl::unexpected(select.error());
    if (!update) return tl::unexpected(update.error());
    for (std::int64_t last = -1;;) {
        const auto more = select->bind(1, last).row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
        last = select->integer(0);
        const std::string id = select->text(1);
        auto plain = unseal(from, select->bytes(2), bound(id));
        select->reset();
        if (!plain) return fail(Fault::BadPayload, "outbox: request " + id + " cannot be unsealed");
        const std::vector<std::uint8_t> sealed = seal(into, *plain, bound(id));
        wipe(*plain);
        if (auto done = update->bind(1, last).bind(2, sealed).run(); !done) return done;
    }
}

}  // namespace

Result<std::int64_t> Outbox::purge(WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    const std::int64_t oldest = internal::stamp(now - p.options.retention);
    // Where nobody is told any more, nothing waits for it.
    const std::int64_t oldest_untold =
        p.options.notify ? std::min(oldest, internal::stamp(now - longest_untold)) : oldest;
    std::int64_t removed = 0;
    auto done = p.together(true, [&]() -> Result<void> {
        const std::string of_row = " EXISTS(SELECT 1 FROM declarations d WHERE d.seq = requests.seq";
        const std::string reconciled = "(marks & " + std::to_string(internal::bit(Mark::Reconciled)) + ") <> 0";
        // A form whose question was refused, or could never be asked, is not delivered: staff's mark is its end.
        const std::string ended = "(state = 3 OR state = 4 AND " + reconciled + " AND" + of_row + "))";
        const std::string gone = ended +
                                 " AND to_file = 0 AND next_at < ?1 AND (to_notify <> 1 OR next_at < ?2) AND (" +
                                 reconciled + " OR NOT" + of_row + "))";
        for (const std::string table : {"payloads", "answers"}) {
            auto remove = p.database->prepare("DELETE FROM " + table +
                                              " WHERE seq IN (SELECT seq FROM requests WHERE " + gone + ")");
            if (!remove) return tl::unexpected(remove.error());
            if (auto removal = remove->bind(1, oldest).bind(2, oldest_untold).run(); !removal) return removal;
        }
        auto remove = p.database->prepare("DELETE FROM requests WHERE " + gone);
        if (!remove) return tl::unexpected(remove.error());
        if (auto removal = remove->bind(1, oldest).bind(2, oldest_untold).run(); !removal) return removal;
        removed = p.database->changes();
        // Last, since the others ask for it.
        return removed == 0 ? Result<void>{}
                            : p.database->run("DELETE FROM declarations WHERE seq NOT IN (SELECT seq FROM requests)");
    });
    if (!done) return tl::unexpected(done.error());
    if (removed == 0) return 0;
    if (auto shrunk = p.database->run("PRAGMA incremental_vacuum"); !shrunk) return tl::unexpected(shrunk.error());
    // The old pages also stand in the WAL. A tool that reads at this moment keeps it; the next purge tries again.
    const auto emptied = p.database->value("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!emptied) return tl::unexpected(emptied.error());
    return removed;
}

Result<void> Outbox::settle() {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    if (p.synced) return {};
    const auto done = p.database->value("PRAGMA wal_checkpoint(PASSIVE)");
    if (!done) return tl::unexpected(done.error());
    p.synced = true;
    return {};
}

Result<void> Outbox::change_key(SealingKey key) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    if (auto old = p.need_key(); !old) return old;
    // The digests of answered files stay as they are: only the key that makes them is sealed anew.
    const auto file_key = p.need_file_key();
    if (!file_key) return tl::unexpected(file_key.error());
    auto done = p.together(true, [&] {
        return reseal(*p.database, "payloads", "payload", *p.key, key, [](const std::string& id) { return id; })
            .and_then([&] { return reseal(*p.database, "answers", "answer", *p.key, key, internal::answer_of); })
            .and_then([&] { return reseal(*p.database, "declarations", "form", *p.key, key, internal::form_of); })
            .and_then([&] { return p.reseal_patients(key); })
            .and_then([&] { return internal::store_file_key(*p.database, key, **file_key); })
            .and_then([&] { return internal::store_key_check(*p.database, key); });
    });
    if (!done) return done;
    p.key = std::move(key);
    // What the old key opens must not stay in the WAL either.
    const auto emptied = p.database->value("PRAGMA wal_checkpoint(TRUNCATE)");
    return emptied ? Result<void>{} : Result<void>(tl::unexpected(emptied.error()));
}

}  // namespace uketsuke::net
