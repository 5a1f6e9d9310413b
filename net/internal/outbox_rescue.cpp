#include <array>
#include <map>
#include <set>

#include "net/internal/outbox_file.h"
#include "net/internal/outbox_parts.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::array<const char*, 3> suffixes{"", "-wal", "-shm"};
constexpr std::int64_t due = 0, delivered = 3, needs_staff = 4;

// One row of a damaged file, as far as it can be read. Without its state it is due: sent again under its own key, it
// is answered as before.
struct Found {
    std::string id;
    std::vector<std::uint8_t> payload;
    std::vector<std::uint8_t> answer;
    std::int64_t state = due, ask = 0, attempts = 0, queued_at = 0, next_at = 0, to_file = 0;
    std::string reason;
    bool state_read = false;
    std::int64_t marks = 0, to_notify = 0, notify_at = 0, version = 0, patient = 0;
    RequestKind kind = RequestKind::Reception;
};

// A form of a damaged file.
struct FoundForm {
    std::string id;
    std::int64_t declared_at = 0, kind = 0;
    std::vector<std::uint8_t> form;
};

std::vector<std::uint8_t> copy_of(std::span<const std::uint8_t> bytes) {
    return {bytes.begin(), bytes.end()};
}

void read_state(const Statement& row, Found& found) {
    found.state = row.integer(0);
    found.ask = row.integer(1);
    found.attempts = row.integer(2);
    found.next_at = row.integer(3);
    found.to_file = row.integer(4);
    found.reason = row.text(5);
    found.marks = row.integer(6);
    found.to_notify = row.integer(7);
    found.notify_at = row.integer(8);
    found.version = row.integer(9);
    found.patient = row.integer(10);
    found.state_read = true;
}

// The receiver must not take what it is told next for something it has heard before.
constexpr std::int64_t version_after_loss = 1000;

// Puts what was found into the fresh file, once an id.
class CarryOver {
  public:
    CarryOver(const Database& fresh, const SealingKey& key, bool notify)
        : m_fresh(fresh), m_key(key), m_notify(notify) {}

    std::int64_t carried() const { return static_cast<std::int64_t>(m_seen.size()); }

    void take(Found found) {
        if (!RequestId::parse(found.id) || m_seen.contains(found.id)) return;
        auto plain = unseal(m_key, found.payload, found.id);
        if (!plain) return;
        if (auto request = decode(*plain)) {
            found.kind = request_kind_of(request->method);
            wipe(*request);
        }
        wipe(*plain);
        auto answer = found.answer.empty() ? Result<std::vector<std::uint8_t>>(std::vector<std::uint8_t>{})
                                           : unseal(m_key, found.answer, found.id + " answer");
        if (!answer) found.answer.clear();
        if (answer) wipe(*answer);
        // The answer that the receipt computer waits for is lost: the service gives it again.
        if (found.state == delivered && found.to_file != 0 && found.answer.empty()) found.state = due;
        if (found.state != delivered) found.to_file = 0;
        if (!found.state_read) {
            found.version = version_after_loss;
            found.to_notify = m_notify && found.kind == RequestKind::Reception ? 1 : 0;
        }
        if (found.next_at == 0) found.next_at = found.queued_at;
        if (!m_fresh.run("BEGIN IMMEDIATE")) return;
        if (store(found) && m_fresh.run("COMMIT")) {
            m_seen.emplace(found.id, m_seq);
        } else {
            m_fresh.undo();
        }
    }

    // After the requests. A form whose request is gone becomes one of its own, for staff.
    void take(FoundForm found) {
        const auto id = RequestId::parse(found.id);
        if (!id || m_forms.contains(found.id)) return;
        auto form = unseal(m_key, found.form, form_of(found.id));
        if (!form) return;
        wipe(*form);
        if (!m_seen.contains(found.id)) {
            Found row;
            row.id = found.id;
            SignedRequest request;
            request.id = *id;
            request.method = Method::Declaration;
            row.payload = seal(m_key, encode(request), found.id);
            row.state = needs_staff;
            row.queued_at = found.declared_at;
            row.reason = "its request was lost: only the declaration is here";
            take(std::move(row));
            found.kind = code(FormKind::Unaskable);
        }
        const auto row = m_seen.find(found.id);
        if (row == m_seen.end() || !m_fresh.run("BEGIN IMMEDIATE")) return;
        if (store(found, row->second) && m_fresh.run("COMMIT")) {
            m_forms.insert(found.id);
        } else {
            m_fresh.undo();
        }
    }

    // After the requests, some of which may have lost their link, or their patient.
    void take(std::int64_t number, std::span<const std::uint8_t> sealed) {
        auto plain = unseal(m_key, sealed, care_of(number));
        if (!plain || m_patients.contains(number)) return;
        auto patient = decode_care(*plain);
        wipe(*plain);
        if (!patient) return;
        const auto latest = m_seen.find(patient->latest.text());
        // Nothing will be answered any more to a request that is gone.
        if (latest == m_seen.end() && patient->result == CareResult::Waiting) patient->result = CareResult::Nothing;
        std::vector<std::uint8_t> again = encode(*patient);
        wipe(*patient);
        auto keep = m_fresh.prepare("INSERT INTO care(number, sealed) VALUES(?1, ?2)");
        auto link = m_fresh.prepare("UPDATE requests SET patient = ?2 WHERE seq = ?1");
        const std::vector<std::uint8_t> fresh = seal(m_key, again, care_of(number));
        wipe(again);
        if (!keep || !link || !keep->bind(1, number).bind(2, fresh).run()) return;
        m_patients.insert(number);
        if (latest != m_seen.end()) [[maybe_unused]]
            const auto linked = link->bind(1, latest->second).bind(2, number).run();
    }
    void unlink_lost_patients() const {
        [[maybe_unused]] const auto done = m_fresh.run(
            "UPDATE requests SET patient = 0 WHERE patient <> 0 AND patient NOT IN (SELECT number FROM care)");
    }

  private:
    bool store(const FoundForm& found, std::int64_t seq) const {
        auto form =
            m_fresh.prepare("INSERT INTO declarations(seq, id, declared_at, kind, form) VALUES(?1, ?2, ?3, ?4, ?5)");
        auto mark = m_fresh.prepare("UPDATE requests SET marks = marks | ?2 WHERE seq = ?1");
        if (!form || !mark) return false;
        form->bind(1, seq).bind(2, found.id).bind(3, found.declared_at).bind(4, found.kind).bind(5, found.form);
        return form->run() && mark->bind(1, seq).bind(2, bit(Mark::Declared)).run();
    }

    bool store(const Found& found) const {
        auto row = m_fresh.prepare(
            "INSERT INTO requests(id, state, ask, attempts, queued_at, next_at, to_file, reason, marks, to_notify, "
            "notify_at, version, kind, patient) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
        auto payload = m_fresh.prepare("INSERT INTO payloads(seq, id, queued_at, payload) VALUES(?1, ?2, ?3, ?4)");
        auto answer = m_fresh.prepare("INSERT INTO answers(seq, answer) VALUES(?1, ?2)");
        if (!row || !payload || !answer) return false;
        row->bind(1, found.id).bind(2, found.state).bind(3, found.ask).bind(4, found.attempts);
        row->bind(5, found.queued_at).bind(6, found.next_at).bind(7, found.to_file).bind(8, found.reason);
        row->bind(9, found.marks).bind(10, found.to_notify).bind(11, found.notify_at).bind(12, found.version);
        row->bind(13, code(found.kind)).bind(14, found.patient);
        if (!row->run()) return false;
        const std::int64_t seq = m_seq = m_fresh.last_row();
        if (!payload->bind(1, seq).bind(2, found.id).bind(3, found.queued_at).bind(4, found.payload).run())
            return false;
        return found.answer.empty() || answer->bind(1, seq).bind(2, found.answer).run().has_value();
    }

    const Database& m_fresh;
    const SealingKey& m_key;
    bool m_notify;
    std::map<std::string, std::int64_t> m_seen;  // and its row in the fresh file
    std::set<std::string> m_forms;
    std::set<std::int64_t> m_patients;
    mutable std::int64_t m_seq = 0;  // of the row that was stored last
};

// From both ends: a broken page in the middle hides what lies behind it.
constexpr std::array<const char*, 2> both_ways{"ASC", "DESC"};

// Damaged pages may name one another in a circle, which gives rows for ever: the numbers of the rows only go one way.
class OneWay {
  public:
    explicit OneWay(std::string_view order) : m_up(order == "ASC") {}
    bool goes_on(std::int64_t seq) {
        const bool on = !m_begun || (m_up ? seq > m_last : seq < m_last);
        m_begun = true;
        m_last = seq;
        return on;
    }

  private:
    bool m_up;
    bool m_begun = false;
    std::int64_t m_last = 0;
};

void rescue_version_1(const Database& damaged, CarryOver& into) {
    for (const char* order : both_ways) {
        auto from = damaged.prepare(
            std::string(
                "SELECT state, ask, attempts, next_at, 0, reason, 0, 0, 0, 0, 0, id, queued_at, payload, answer, "
                "seq FROM requests NOT INDEXED ORDER BY seq ") +
            order);
        OneWay way(order);
        while (from && from->row().value_or(false) && way.goes_on(from->integer(15))) {
            Found found;
            read_state(*from, found);
            found.id = from->text(11);
            found.queued_at = from->integer(12);
            found.payload = copy_of(from->bytes(13));
            found.answer = copy_of(from->bytes(14));
            into.take(std::move(found));
        }
    }
}

// Versions 2 to 5 keep the payloads alike.
void rescue_payloads(const Database& damaged, CarryOver& into) {
    const auto select = [&](const std::string& told) {
        return damaged.prepare("SELECT state, ask, attempts, next_at, to_file, reason, " + told +
                               " FROM requests NOT INDEXED WHERE seq = ?1 AND id = ?2");
    };
    auto state = select("marks, to_notify, notify_at, version, patient");
    if (!state) state = select("marks, to_notify, notify_at, version, 0");
    if (!state) state = select("0, 0, 0, 0, 0");
    auto answer = damaged.prepare("SELECT answer FROM answers WHERE seq = ?1");
    for (const char* order : both_ways) {
        auto from =
            damaged.prepare(std::string("SELECT seq, id, queued_at, payload FROM payloads ORDER BY seq ") + order);
        OneWay way(order);
        while (from && from->row().value_or(false) && way.goes_on(from->integer(0))) {
            Found found;
            const std::int64_t seq = from->integer(0);
            found.id = from->text(1);
            found.queued_at = from->integer(2);
            found.payload = copy_of(from->bytes(3));
            if (state && state->bind(1, seq).bind(2, found.id).row().value_or(false)) read_state(*state, found);
            if (state) state->reset();
            if (answer && answer->bind(1, seq).row().value_or(false)) found.answer = copy_of(answer->bytes(0));
            if (answer) answer->reset();
            into.take(std::move(found));
        }
    }
}

void rescue_forms(const Database& damaged, CarryOver& into) {
    for (const char* order : both_ways) {
        auto from = damaged.prepare(
            std::string("SELECT seq, id, declared_at, kind, form FROM declarations ORDER BY seq ") + order);
        OneWay way(order);
        while (from && from->row().value_or(false) && way.goes_on(from->integer(0))) {
            into.take(FoundForm{from->text(1), from->integer(2), from->integer(3), copy_of(from->bytes(4))});
        }
    }
}

void rescue_patients(const Database& damaged, CarryOver& into) {
    for (const char* order : both_ways) {
        auto from = damaged.prepare(std::string("SELECT number, sealed FROM care ORDER BY number ") + order);
        OneWay way(order);
        while (from && from->row().value_or(false) && way.goes_on(from->integer(0))) {
            into.take(from->integer(0), from->bytes(1));
        }
    }
    into.unlink_lost_patients();
}

Result<std::filesystem::path> set_aside(const std::filesystem::path& path) {
    std::filesystem::path copy;
    std::error_code error;
    for (int n = 1; copy.empty() || std::filesystem::exists(copy, error); ++n) {
        copy = path.string() + ".damaged-" + std::to_string(n);
    }
    for (const char* suffix : suffixes) {
        const std::filesystem::path from = path.string() + suffix;
        if (*suffix != '\0' && !std::filesystem::exists(from, error)) continue;
        std::filesystem::rename(from, copy.string() + suffix, error);
        if (error) {
            return fail(Fault::StorageFailed,
                        "outbox " + path.string() + ": damaged, and no copy of it can be kept: " + error.message());
        }
    }
    return copy;
}

std::int64_t rescue_rows(const std::filesystem::path& path, const Database& fresh, const SealingKey& key, bool notify) {
    // SQLite may write while it reads (recovering a WAL), so it gets a copy.
    const std::string work = path.string() + ".reading";
    std::error_code error;
    for (const char* suffix : {"", "-wal"}) {
        std::filesystem::copy_file(path.string() + suffix, work + suffix,
                                   std::filesystem::copy_options::overwrite_existing, error);
    }
    CarryOver into(fresh, key, notify);
    if (const auto damaged = Database::open(work, SQLITE_OPEN_READWRITE, "damaged outbox")) {
        // Which version it was, its tables say: the page with the number may be the one that is damaged.
        rescue_payloads(**damaged, into);
        rescue_version_1(**damaged, into);
        rescue_forms(**damaged, into);
        rescue_patients(**damaged, into);
    }
    for (const char* suffix : suffixes) std::filesystem::remove(work + suffix, error);
    return into.carried();
}

std::filesystem::path fresh_of(const std::filesystem::path& path) {
    return path.string() + ".fresh";
}

}  // namespace

Result<DamageReport> replace_damaged(const std::filesystem::path& path, const OutboxOptions& options,
                                     const SealingKey& key) {
    const std::filesystem::path fresh = fresh_of(path);
    std::error_code error;
    for (const char* suffix : suffixes) std::filesystem::remove(fresh.string() + suffix, error);
    DamageReport report;
    {
        const auto database = open_checked(fresh, options);
        if (!database) return tl::unexpected(database.error());
        report.rescued = rescue_rows(path, **database, key, options.notify);
        if (auto stored = store_key_check(**database, key); !stored) return tl::unexpected(stored.error());
        const auto emptied = (*database)->value("PRAGMA wal_checkpoint(TRUNCATE)");
        if (!emptied) return tl::unexpected(emptied.error());
        if (*emptied != "0") return fail(Fault::StorageFailed, "outbox " + fresh.string() + ": cannot be completed");
    }
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(fresh.string() + suffix, error);
    auto copy = set_aside(path);
    if (!copy) return tl::unexpected(copy.error());
    report.copy = std::move(*copy);
    std::filesystem::rename(fresh, path, error);
    if (error) return fail(Fault::StorageFailed, "outbox " + path.string() + ": " + error.message());
    return report;
}

void finish_replacement(const std::filesystem::path& path) {
    std::error_code error;
    const std::filesystem::path fresh = fresh_of(path);
    if (std::filesystem::exists(path, error) || !std::filesystem::exists(fresh, error)) return;
    std::filesystem::rename(fresh, path, error);
}

}  // namespace uketsuke::net::internal
