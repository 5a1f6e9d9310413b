// Who leaves continuing care, and what becomes of those whose request is lost.

#include <map>

#include "net/internal/outbox_parts.h"
#include "net/meaning.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

// Of each patient with requests that are not delivered: whether one of them is on its way.
Result<std::map<std::int64_t, bool>> open_requests(const internal::Database& database) {
    auto select = database.prepare(
        "SELECT patient, max(state < 3) FROM requests WHERE patient <> 0 AND state <> 3 GROUP BY patient");
    if (!select) return tl::unexpected(select.error());
    std::map<std::int64_t, bool> open;
    for (;;) {
        const auto more = select->row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return open;
        open[select->integer(0)] = select->integer(1) != 0;
    }
}

bool is_unsettled(const CarePatient& patient) {
    return patient.trouble || patient.result == CareResult::Waiting || patient.result == CareResult::Conflict;
}

}  // namespace

Result<std::optional<std::int64_t>> Outbox::Parts::find_room() const {
    auto last = database->prepare("SELECT coalesce(max(number), 0), count(*) FROM care");
    if (!last) return tl::unexpected(last.error());
    if (const auto counted = last->row(); !counted) return tl::unexpected(counted.error());
    std::optional<std::int64_t> number;
    if (last->integer(1) < static_cast<std::int64_t>(most_patients)) number = last->integer(0) + 1;
    return number;
}

Result<std::int64_t> Outbox::Parts::forget_patients(std::chrono::sys_seconds not_visited_since,
                                                    std::chrono::sys_seconds unsettled_since) {
    auto patients = every_patient();
    if (!patients) return tl::unexpected(patients.error());
    const auto open = open_requests(*database);
    if (!open) return tl::unexpected(open.error());
    auto forget = database->prepare("DELETE FROM care WHERE number = ?1");
    // Another patient may get the number, and an old request must not be taken for one about them.
    auto unlink = database->prepare("UPDATE requests SET patient = 0 WHERE patient = ?1");
    if (!forget) return tl::unexpected(forget.error());
    if (!unlink) return tl::unexpected(unlink.error());
    std::int64_t ended = 0;
    Result<void> done;
    for (CarePatient& patient : *patients) {
        const auto request = open->find(patient.number);
        const bool on_its_way = request != open->end() && request->second;
        const bool unsettled = request != open->end() || is_unsettled(patient);
        const bool over = !on_its_way && patient.last_visit < (unsettled ? unsettled_since : not_visited_since);
        wipe(patient);
        if (!done || !over) continue;
        done = forget->bind(1, patient.number).run().and_then([&] { return unlink->bind(1, patient.number).run(); });
        ++ended;
    }
    return done ? Result<std::int64_t>(ended) : Result<std::int64_t>(tl::unexpected(done.error()));
}

Result<std::int64_t> Outbox::end_care(std::chrono::sys_seconds not_visited_since,
                                      std::chrono::sys_seconds unsettled_since) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    std::int64_t ended = 0;
    auto done = p.together(true, [&]() -> Result<void> {
        const auto forgotten = p.forget_patients(not_visited_since, unsettled_since);
        if (!forgotten) return tl::unexpected(forgotten.error());
        ended = *forgotten;
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    if (ended == 0) return 0;
    // The old pages also stand in the WAL. A tool that reads at this moment keeps it; the next purge tries again.
    const auto emptied = p.database->value("PRAGMA wal_checkpoint(TRUNCATE)");
    return emptied ? Result<std::int64_t>(ended) : Result<std::int64_t>(tl::unexpected(emptied.error()));
}

Result<void> Outbox::Parts::tell_patient_of_lost(const std::string& id) {
    const auto parsed = RequestId::parse(id);
    if (!parsed) return {};
    CareAnswer said;
    said.result = CareResult::Conflict;
    said.conflict = CareConflict::Refused;
    said.meaning = row_of(Meaning::OwnFault).number;
    const auto told = tell_patient(*parsed, said);
    return told ? Result<void>{} : Result<void>(tl::unexpected(told.error()));
}

Result<std::int64_t> Outbox::network_works(WallTime now) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto set = p.sync_commits(false); !set) return tl::unexpected(set.error());
    auto update = p.database->prepare(
        "UPDATE requests INDEXED BY requests_waiting SET next_at = min(queued_at, ?1), firm = 0 "
        "WHERE state IN (0, 2) AND firm = 2 AND next_at > min(queued_at, ?1)");
    if (!update) return tl::unexpected(update.error());
    if (auto done = update->bind(1, internal::stamp(now)).run(); !done) return tl::unexpected(done.error());
    if (p.database->changes() > 0) ++p.changes;
    return p.database->changes();
}

}  // namespace uketsuke::net
