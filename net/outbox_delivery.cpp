#include <algorithm>

#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::stamp;

// Eight answers fill some eleven pages in one transaction, and some forty in eight. A second is far below the lease,
// after which their rows would be handed out again.
constexpr std::size_t most_pending = 8;
constexpr std::chrono::seconds longest_pending{1};

// A claim that its caller forgot is found in the file instead.
constexpr std::size_t most_flying = 64;

}  // namespace

void Outbox::Parts::note_flight(const SignedRequest& request, std::int64_t seq) {
    if (flying.size() >= most_flying) flying.erase(flying.begin());
    flying.push_back({request.id.text(), seq, internal::is_filed(request), internal::is_told(request)});
}

bool Outbox::Parts::pending_is_due(WallTime now) const {
    if (pending.empty()) return false;
    const auto age = now - pending.front().at;
    return pending.size() >= most_pending || age >= longest_pending || age.count() < 0;
}

Result<void> Outbox::Parts::write_pending() {
    for (const Delivery& delivery : pending) {
        auto done = finish_row.bind(1, delivery.seq)
                        .bind(2, stamp(delivery.at))
                        .bind(3, delivery.reason)
                        .bind(4, static_cast<std::int64_t>(delivery.to_file))
                        .bind(5, static_cast<std::int64_t>(options.notify && delivery.told))
                        .run();
        if (!done) return done;
        if (database->changes() == 0) continue;
        if (auto kept = keep_answer.bind(1, delivery.seq).bind(2, delivery.sealed).run(); !kept) return kept;
    }
    return {};
}

Result<void> Outbox::Parts::flush() {
    if (pending.empty()) return {};
    auto done = together(false, [this] { return write_pending(); });
    if (done) pending.clear();
    return done;
}

Result<void> Outbox::Parts::store_answer(std::int64_t seq, const RequestId& id, std::span<const std::uint8_t> answer) {
    if (answer.empty()) return drop_answer.bind(1, seq).run();
    const std::vector<std::uint8_t> sealed = seal(*key, answer, internal::answer_of(id.text()));
    return keep_answer.bind(1, seq).bind(2, sealed).run();
}

Result<void> Outbox::delivered(const RequestId& id, std::span<const std::uint8_t> answer, WallTime now,
                               const std::string& reason) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return key;
    const auto flying =
        std::find_if(p.flying.begin(), p.flying.end(), [&](const Parts::Flying& row) { return row.id == id.text(); });
    if (flying != p.flying.end() && !answer.empty()) {
        p.pending.push_back({flying->seq, now, reason.substr(0, internal::longest_reason),
                             p.options.file_answers && flying->to_file, flying->told,
                             seal(*p.key, answer, internal::answer_of(id.text()))});
        p.flying.erase(flying);
        ++p.changes;
        return {};
    }
    if (auto kept = p.flush(); !kept) return kept;
    return p.together(false, [&]() -> Result<void> {
        p.finish.bind(1, id.text())
            .bind(2, stamp(now))
            .bind(3, std::string_view(reason).substr(0, internal::longest_reason))
            .bind(4, static_cast<std::int64_t>(p.options.file_answers && !answer.empty()))
            .bind(5, static_cast<std::int64_t>(p.options.notify));
        const auto changed = p.finish.row();
        if (!changed) return tl::unexpected(changed.error());
        if (!*changed) return p.unless_missing(id, {});
        const std::int64_t seq = p.finish.integer(0);
        return p.finish.run().and_then([&] { return p.store_answer(seq, id, answer); });
    });
}

}  // namespace uketsuke::net
