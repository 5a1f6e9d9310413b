#include <algorithm>

#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::moment;
using internal::Statement;

constexpr std::string_view summary_columns =
    "r.id, r.state, r.attempts, r.queued_at, r.next_at, r.reason, r.to_file, "
    "r.to_notify, r.marks, d.declared_at, d.kind, r.kind";
constexpr int summary_width = 12;
constexpr std::string_view every_row = "requests r LEFT JOIN declarations d ON d.seq = r.seq";

// The forms are few beside the rows, so they come first.
std::string open_rows() {
    return "declarations d CROSS JOIN requests r ON r.seq = d.seq WHERE (r.marks & " +
           std::to_string(internal::bit(Mark::Reconciled)) + ") = 0";
}

std::string summaries_from(std::string_view rows) {
    return "SELECT " + std::string(summary_columns) + " FROM " + std::string(rows);
}

RequestSummary summary_of(const Statement& row) {
    RequestSummary summary;
    summary.id = RequestId::parse(row.text(0)).value_or(RequestId{});
    summary.state = internal::state_of(row.integer(1));
    summary.attempts = static_cast<int>(row.integer(2));
    summary.queued_at = moment(row.integer(3));
    summary.next_at = moment(row.integer(4));
    summary.reason = row.text(5);
    summary.to_file = row.integer(6) != 0;
    summary.to_notify = row.integer(7) == internal::to_be_told;
    summary.has_declaration = !row.is_null(9);
    if (summary.has_declaration) summary.declared_at = moment(row.integer(9));
    summary.asks_nothing = !row.is_null(10) && row.integer(10) == internal::code(internal::FormKind::Unaskable);
    summary.received_nobody = row.integer(11) != internal::code(internal::RequestKind::Reception);
    for (std::size_t i = 0; i < mark_count; ++i) {
        summary.marks.at(i) = (row.integer(8) & internal::bit(static_cast<Mark>(i))) != 0;
    }
    return summary;
}

void add(OutboxCounts& counts, RequestState state, std::int64_t rows) {
    switch (state) {
        case RequestState::Due:
            counts.due += rows;
            return;
        case RequestState::InFlight:
            counts.in_flight += rows;
            return;
        case RequestState::Processing:
            counts.processing += rows;
            return;
        case RequestState::Delivered:
            counts.delivered += rows;
            return;
        case RequestState::NeedsStaff:
            counts.needs_staff += rows;
            return;
    }
}

}  // namespace

Result<void> Outbox::Parts::prepare_views() {
    const std::pair<Statement*, std::string_view> texts[] = {
        {&count, "SELECT state, count(*) FROM requests GROUP BY state"},
        {&count_to_file, "SELECT count(*) FROM requests WHERE to_file = 1"},
        {&first_time, "SELECT min(next_at) FROM requests WHERE state < 3"},
        {&oldest_to_file,
         "SELECT r.seq, r.id, r.queued_at, a.answer FROM requests r LEFT JOIN answers a ON a.seq = r.seq "
         "WHERE r.to_file = 1 AND r.seq > ?1 ORDER BY r.seq LIMIT 1"},
    };
    for (const auto& [statement, sql] : texts) {
        auto prepared = database->prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    auto one = database->prepare(summaries_from(every_row) + " WHERE r.seq = ?1");
    if (!one) return tl::unexpected(one.error());
    summary_row = std::move(*one);
    auto open = database->prepare("SELECT count(*) FROM " + open_rows());
    if (!open) return tl::unexpected(open.error());
    count_open_forms = std::move(*open);
    return {};
}

Result<RequestSummary> Outbox::Parts::summary_by_seq(std::int64_t seq) const {
    const auto found = summary_row.bind(1, seq).row();
    if (!found) return tl::unexpected(found.error());
    RequestSummary summary = *found ? summary_of(summary_row) : RequestSummary{};
    summary_row.reset();
    return summary;
}

Result<OutboxCounts> Outbox::counts() const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    OutboxCounts counts;
    const auto to_file = p.count_to_file.row();
    if (!to_file) return tl::unexpected(to_file.error());
    counts.to_file = p.count_to_file.integer(0);
    p.count_to_file.reset();
    const auto to_notify = p.count_to_notify.row();
    if (!to_notify) return tl::unexpected(to_notify.error());
    counts.to_notify = p.count_to_notify.integer(0);
    p.count_to_notify.reset();
    for (;;) {
        const auto more = p.count.row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return counts;
        add(counts, internal::state_of(p.count.integer(0)), p.count.integer(1));
    }
}

Result<std::vector<RequestSummary>> Outbox::Parts::summaries(const std::string& text, std::int64_t limit) {
    const std::lock_guard guard(mutex);
    if (auto kept = flush(); !kept) return tl::unexpected(kept.error());
    auto select = database->prepare(text + " LIMIT ?1");
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

Result<std::vector<RequestSummary>> Outbox::list(std::int64_t limit) const {
    return m_parts->summaries(summaries_from(every_row) + " ORDER BY r.seq", limit);
}

Result<std::vector<RequestSummary>> Outbox::latest(std::int64_t limit) const {
    return m_parts->summaries(summaries_from(every_row) + " ORDER BY r.seq DESC", limit);
}

Result<std::vector<RequestSummary>> Outbox::open_forms(std::int64_t limit) const {
    return m_parts->summaries(summaries_from(open_rows()) + " ORDER BY d.seq DESC", limit);
}

Result<std::int64_t> Outbox::open_form_count() const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    const auto found = p.count_open_forms.row();
    if (!found) return tl::unexpected(found.error());
    const std::int64_t open = p.count_open_forms.integer(0);
    p.count_open_forms.reset();
    return open;
}

Result<RequestDetail> Outbox::show(const RequestId& id) const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    auto select = p.database->prepare("SELECT " + std::string(summary_columns) + ", p.payload, a.answer FROM " +
                                      std::string(every_row) +
                                      " LEFT JOIN payloads p ON p.seq = r.seq "
                                      "LEFT JOIN answers a ON a.seq = r.seq WHERE r.id = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, id.text()).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(p.no_such(id));
    RequestDetail detail;
    detail.summary = summary_of(*select);
    auto plain = unseal(*p.key, select->bytes(summary_width), id.text());
    if (!plain) return tl::unexpected(p.error(Fault::BadPayload, "request " + id.text() + ": " + plain.error().where));
    auto request = decode(*plain);
    wipe(*plain);
    if (!request)
        return tl::unexpected(p.error(Fault::BadPayload, "request " + id.text() + ": " + request.error().where));
    detail.request = std::move(*request);
    if (!select->bytes(summary_width + 1).empty()) {
        auto answer = unseal(*p.key, select->bytes(summary_width + 1), internal::answer_of(id.text()));
        if (!answer) return tl::unexpected(p.error(Fault::BadPayload, "the answer of request " + id.text()));
        detail.answer = std::move(*answer);
    }
    return detail;
}

Result<OutboxCheck> Outbox::verify() const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    OutboxCheck check;
    auto pages = internal::damaged_pages(*p.database, false);
    if (!pages) {
        if (pages.error().fault != Fault::StorageDamaged) return tl::unexpected(pages.error());
        check.problems.push_back(pages.error().where);
        return check;
    }
    check.problems = std::move(*pages);
    auto select = p.database->prepare(
        "SELECT r.id, p.payload, a.answer, d.form FROM requests r LEFT JOIN payloads p ON p.seq = r.seq "
        "LEFT JOIN answers a ON a.seq = r.seq LEFT JOIN declarations d ON d.seq = r.seq ORDER BY r.seq");
    if (!select) return tl::unexpected(select.error());
    for (;;) {
        const auto more = select->row();
        if (!more) {
            check.problems.push_back(more.error().where);
            return check;
        }
        if (!*more) break;
        ++check.rows;
        if (!p.key) continue;
        const std::string id = select->text(0);
        auto plain = unseal(*p.key, select->bytes(1), id);
        auto request = plain ? decode(*plain) : Result<SignedRequest>(tl::unexpected(plain.error()));
        if (plain) wipe(*plain);
        if (!request || request->id.text() != id)
            check.problems.push_back("request " + id + ": its seal does not hold");
        if (request) wipe(*request);
        const auto look_at = [&](std::span<const std::uint8_t> sealed, const std::string& bound, const char* what) {
            if (sealed.empty()) return;
            auto kept = unseal(*p.key, sealed, bound);
            if (!kept) check.problems.push_back("request " + id + ": the seal of its " + what + " does not hold");
            if (kept) wipe(*kept);
        };
        look_at(select->bytes(2), internal::answer_of(id), "answer");
        look_at(select->bytes(3), internal::form_of(id), "declaration");
    }
    if (auto patients = p.verify_patients(check.problems); !patients) check.problems.push_back(patients.error().where);
    return check;
}

Result<std::optional<WallTime>> Outbox::next_time() const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    Statement& select = p.with_care ? p.first_time_in_turn : p.first_time;
    const auto found = select.row();
    if (!found) return tl::unexpected(found.error());
    const bool none = !*found || select.is_null(0);
    const auto first = none ? std::nullopt : std::optional<WallTime>(moment(select.integer(0)));
    select.reset();
    return first;
}

}  // namespace uketsuke::net
