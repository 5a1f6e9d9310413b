#include "net/outbox.h"

#include "net/internal/outbox_parts.h"

namespace uketsuke::net {
namespace {

static_assert(static_cast<int>(RequestState::Delivered) == 3, "the schema's partial index says state < 3");

// A row left in flight by a process that is gone keeps its place: it is due since it was queued.
Result<void> land_rows(const internal::Database& database) {
    return database.run(
        "UPDATE requests SET state = CASE ask WHEN 1 THEN 2 ELSE 0 END, next_at = queued_at "
        "WHERE state = 1");
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
    if (m_parts->database && !m_parts->synced) [[maybe_unused]]
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
    auto database = internal::open_checked(path, options);
    if (!database && database.error().fault == Fault::StorageDamaged && kiosk) {
        DamageReport report;
        report.why = database.error().where;
        auto copy = internal::set_aside(path);
        if (!copy) return tl::unexpected(copy.error());
        report.copy = *copy;
        database = internal::open_checked(path, options);
        if (!database) return tl::unexpected(database.error());
        report.rescued = internal::rescue_rows(*copy, **database, *parts->key);
        parts->damage = std::move(report);
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
    const auto set = [this](internal::Statement& statement, std::string_view sql) -> Result<void> {
        auto prepared = database->prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        statement = std::move(*prepared);
        return {};
    };
    const std::string claim_head =
        "UPDATE requests SET state = 1, attempts = attempts + 1, next_at = ?2 WHERE seq = ("
        "SELECT seq FROM requests WHERE state < 3 AND next_at ";
    const std::string claim_tail = " ORDER BY next_at, seq LIMIT 1) RETURNING id, ask, attempts, payload";
    return set(insert, "INSERT INTO requests(id, state, queued_at, next_at, payload) VALUES(?1, 0, ?2, ?2, ?3)")
        .and_then([&] { return set(find, "SELECT payload FROM requests WHERE id = ?1"); })
        .and_then([&] { return set(claim, claim_head + "<= ?1" + claim_tail); })
        .and_then([&] { return set(claim_after_clock_change, claim_head + "> ?1" + claim_tail); })
        .and_then([&] {
            return set(finish,
                       "UPDATE requests SET state = 3, next_at = ?2, reason = ?4, answer = ?3 "
                       "WHERE id = ?1 AND state <> 3");
        })
        .and_then([&] {
            return set(move,
                       "UPDATE requests SET state = ?2, next_at = ?3, reason = ?4, ask = ?5, firm = ?6 "
                       "WHERE id = ?1 AND state = 1");
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

Result<void> Outbox::Parts::need_key() const {
    if (!key) return tl::unexpected(error(Fault::BadKey, "this needs the key it was sealed with"));
    return {};
}

}  // namespace uketsuke::net
