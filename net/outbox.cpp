#include "net/outbox.h"

#include "net/internal/outbox_parts.h"

namespace uketsuke::net {
namespace {

static_assert(static_cast<int>(RequestState::Due) == 0 && static_cast<int>(RequestState::Processing) == 2,
              "the schema's index of waiting rows says state IN (0, 2)");

// A row left in flight by a process that is gone keeps its place: it is due since it was queued.
Result<void> land_rows(const internal::Database& database) {
    return database.run(
        "UPDATE requests SET state = CASE ask WHEN 1 THEN 2 ELSE 0 END, next_at = queued_at "
        "WHERE state = 1");
}

// `news` is the parameter that says whether the clinic's own system is to be told of this step, from `at` on.
std::string more_to_tell(const std::string& news, const std::string& at) {
    const auto either = [&](const std::string& then, const std::string& column) {
        return ", " + column + " = CASE " + news + " WHEN 1 THEN " + then + " ELSE " + column + " END";
    };
    return either("1", "to_notify") + either(at, "notify_at") + either("0", "notify_attempts") +
           ", version = version + " + news;
}

// A name that may not be used (a row of a later version, a flipped bit) must not crash the tool that shows it.
constexpr std::array<const char*, 5> state_names{"due", "in flight", "processing", "delivered", "needs staff"};

}  // namespace

const char* name_of(RequestState state) {
    return state_names.at(static_cast<std::size_t>(state));
}

RequestState internal::state_of(std::int64_t code) {
    return code >= 0 && code <= 4 ? static_cast<RequestState>(code) : RequestState::NeedsStaff;
}

Outbox::Outbox(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Outbox::~Outbox() {
    if (m_parts->database) [[maybe_unused]]
        const auto settled = settle();
}

const std::optional<DamageReport>& Outbox::damage() const {
    return m_parts->damage;
}

Result<std::unique_ptr<Outbox>> Outbox::open(const std::filesystem::path& path, SealingKey key,
                                             const OutboxOptions& options) {
    auto parts = std::make_unique<Parts>();
    parts->path = path;
    parts->options = options;
    parts->key = std::move(key);
    const bool kiosk = options.access == OutboxAccess::Kiosk;
    if (kiosk) {
        auto lock = internal::lock_outbox(path);
        if (!lock) return tl::unexpected(lock.error());
        parts->lock = std::move(*lock);
    }
    const auto damaged = [](const auto& database) {
        return !database && database.error().fault == Fault::StorageDamaged;
    };
    if (kiosk) internal::finish_replacement(path);
    auto database = internal::open_checked(path, options);
    // A read that came short once is no damage.
    if (damaged(database) && kiosk) database = internal::open_checked(path, options);
    if (damaged(database) && kiosk) {
        auto report = internal::replace_damaged(path, options, *parts->key);
        if (!report) return tl::unexpected(report.error());
        report->why = database.error().where;
        parts->damage = std::move(*report);
        database = internal::open_checked(path, options);
    }
    if (!database) return tl::unexpected(database.error());
    parts->database = std::move(*database);
    if (auto known = internal::check_key(*parts->database, path, *parts->key, kiosk); !known) {
        return tl::unexpected(known.error());
    }
    if (kiosk) {
        if (auto landed = land_rows(*parts->database); !landed) return tl::unexpected(landed.error());
    }
    if (auto prepared = parts->prepare(); !prepared) return tl::unexpected(prepared.error());
    return std::unique_ptr<Outbox>(new Outbox(std::move(parts)));
}

Result<std::unique_ptr<Outbox>> Outbox::open_without_key(const std::filesystem::path& path,
                                                         const OutboxOptions& options) {
    if (options.access == OutboxAccess::Kiosk) {
        return fail(Fault::BadKey, "outbox " + path.string() + ": a kiosk needs the key");
    }
    auto parts = std::make_unique<Parts>();
    parts->path = path;
    parts->options = options;
    auto database = internal::open_checked(path, options);
    if (!database) return tl::unexpected(database.error());
    parts->database = std::move(*database);
    if (auto prepared = parts->prepare(); !prepared) return tl::unexpected(prepared.error());
    return std::unique_ptr<Outbox>(new Outbox(std::move(parts)));
}

Result<void> Outbox::Parts::prepare() {
    const std::string next_head =
        "SELECT r.seq, r.id, r.ask, r.attempts, p.payload, r.unreadable, r.patient FROM requests r INDEXED BY "
        "requests_waiting "
        "LEFT JOIN payloads p ON p.seq = r.seq WHERE r.state IN (0, 2) AND r.next_at ";
    const std::string next_tail = " ORDER BY r.next_at, r.seq LIMIT 1";
    const std::string leave = "UPDATE requests SET next_at = ?2, reason = ?3, firm = ?4, ";
    const std::string from_flight = " WHERE id = ?1 AND state = 1 RETURNING seq";
    const std::pair<internal::Statement*, std::string> texts[] = {
        {&begin, "BEGIN IMMEDIATE"},
        {&commit, "COMMIT"},
        {&insert,
         "INSERT INTO requests(id, state, queued_at, next_at, to_notify, version, notify_at, kind) "
         "VALUES(?1, 0, ?2, ?2, ?3, ?3, ?2, ?4)"},
        {&insert_payload, "INSERT INTO payloads(seq, id, queued_at, payload) VALUES(?1, ?2, ?3, ?4)"},
        {&find, "SELECT p.payload FROM requests r LEFT JOIN payloads p ON p.seq = r.seq WHERE r.id = ?1"},
        {&next, next_head + "<= ?1" + next_tail},
        {&next_after_clock_change, next_head + "> ?1" + next_tail},
        {&take_off, "UPDATE requests SET state = 1, attempts = attempts + 1, next_at = ?2 WHERE seq = ?1"},
        {&land,
         "UPDATE requests SET state = CASE ask WHEN 1 THEN 2 ELSE 0 END WHERE state = 1 AND (next_at <= ?1 OR next_at "
         "> "
         "?2)"},
        {&finish,
         "UPDATE requests SET state = 3, next_at = ?2, reason = ?3, to_file = (?4 AND kind = 0 AND NOT EXISTS(SELECT 1 "
         "FROM "
         "declarations d WHERE d.seq = requests.seq AND d.kind <> 0))" +
             more_to_tell("(?5 AND kind = 0)", "?2") + " WHERE id = ?1 AND state <> 3 RETURNING seq"},
        {&finish_row, "UPDATE requests SET state = 3, next_at = ?2, reason = ?3, to_file = ?4" +
                          more_to_tell("?5", "?2") + " WHERE seq = ?1 AND state <> 3"},
        {&keep_answer, "INSERT OR REPLACE INTO answers(seq, answer) VALUES(?1, ?2)"},
        {&drop_answer, "DELETE FROM answers WHERE seq = ?1"},
        {&move, leave + "state = ?5, ask = ?6" + more_to_tell("(?7 AND kind = 0)", "?2") + from_flight},
        // A request that the service has taken in goes on being asked for.
        {&postpone, leave + "unreadable = unreadable + ?5, state = CASE ask WHEN 1 THEN 2 ELSE 0 END" + from_flight},
        {&filed, "UPDATE requests SET to_file = 0 WHERE id = ?1 AND to_file = 1"},
    };
    for (const auto& [statement, sql] : texts) {
        auto prepared = database->prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return prepare_views().and_then([this] { return prepare_notifications(); }).and_then([this] {
        return prepare_care();
    });
}

Result<void> Outbox::Parts::sync_commits(bool wait) {
    if (full_sync == wait) return {};
    auto done = database->run(wait ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    if (done) full_sync = wait;
    return done;
}

Error Outbox::Parts::error(Fault fault, const std::string& what) const {
    return Error{fault, "outbox " + path.string() + ": " + what};
}

Result<void> Outbox::Parts::unless_missing(const RequestId& id, Result<void> otherwise) {
    const auto found = find.bind(1, id.text()).row();
    find.reset();
    if (!found) return tl::unexpected(found.error());
    return *found ? otherwise : Result<void>(tl::unexpected(no_such(id)));
}

Result<void> Outbox::Parts::need_key() const {
    if (!key) return tl::unexpected(error(Fault::BadKey, "this needs the key it was sealed with"));
    return {};
}

}  // namespace uketsuke::net
