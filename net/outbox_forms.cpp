// Self-declarations: kept with a reception, or as a request of their own.

#include <algorithm>

#include "net/declaration.h"
#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::code;
using internal::FormKind;
using internal::stamp;

constexpr const char* keep_form =
    "INSERT INTO declarations(seq, id, declared_at, kind, form) VALUES(?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT(seq) DO UPDATE SET declared_at = excluded.declared_at, form = excluded.form";

}  // namespace

FormKind internal::form_kind_of(const SignedRequest& request) {
    if (request.method != Method::Declaration) return FormKind::WithReception;
    return request.body.empty() ? FormKind::Unaskable : FormKind::Asking;
}

Result<void> Outbox::Parts::add_form(std::int64_t seq, const SignedRequest& request,
                                     std::span<const std::uint8_t> sealed, WallTime now) {
    const FormKind kind = internal::form_kind_of(request);
    auto keep = database->prepare(keep_form);
    auto update = database->prepare(
        "UPDATE requests SET marks = marks | ?2, state = CASE ?3 WHEN 2 THEN 4 ELSE state END, "
        "reason = CASE ?3 WHEN 2 THEN ?4 ELSE reason END WHERE seq = ?1");
    if (!keep) return tl::unexpected(keep.error());
    if (!update) return tl::unexpected(update.error());
    keep->bind(1, seq).bind(2, request.id.text()).bind(3, stamp(now)).bind(4, code(kind)).bind(5, sealed);
    if (auto kept = keep->run(); !kept) return kept;
    update->bind(1, seq).bind(2, internal::bit(Mark::Declared)).bind(3, code(kind)).bind(4, internal::unaskable_reason);
    return update->run();
}

Result<void> Outbox::Parts::same_as_known(const SignedRequest& request, std::span<const std::uint8_t> plain) {
    const auto found = find.bind(1, request.id.text()).row();
    if (!found) return tl::unexpected(found.error());
    auto known = *found ? unseal(*key, find.bytes(0), request.id.text())
                        : Result<std::vector<std::uint8_t>>(std::vector<std::uint8_t>{});
    find.reset();
    bool same = known && std::equal(known->begin(), known->end(), plain.begin(), plain.end());
    if (known) wipe(*known);
    if (same && !request.declaration.empty()) {
        auto form = read_form(request.id);
        if (!form) return tl::unexpected(form.error());
        same = *form == request.declaration;
        if (*form) wipe(**form);
    }
    if (same) return {};
    return tl::unexpected(error(Fault::Conflict, "other bytes under the known id " + request.id.text()));
}

Result<std::optional<std::vector<std::uint8_t>>> Outbox::Parts::read_form(const RequestId& id) {
    using Form = std::optional<std::vector<std::uint8_t>>;
    auto select = database->prepare(
        "SELECT d.form FROM requests r JOIN declarations d ON d.seq = r.seq WHERE r.id = ?1 AND d.id = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, id.text()).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return Form{};
    auto form = unseal(*key, select->bytes(0), internal::form_of(id.text()));
    if (!form) {
        return tl::unexpected(
            error(Fault::BadPayload, "request " + id.text() + ": the seal of its declaration is broken"));
    }
    return Form(std::move(*form));
}

Result<void> Outbox::declare(const RequestId& reception, std::span<const std::uint8_t> declaration, WallTime now) {
    Parts& p = *m_parts;
    if (declaration.empty() || declaration.size() > declaration_bytes_limit) {
        return fail(Fault::BadOptions, "outbox: no form, or one that is too large");
    }
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return kept;
    if (auto key = p.need_key(); !key) return key;
    const std::string& id = reception.text();
    const std::vector<std::uint8_t> sealed = seal(*p.key, declaration, internal::form_of(id));
    return p.together(true, [&]() -> Result<void> {
        auto known = p.read_form(reception);
        // One that cannot be read any more is replaced like any other.
        if (!known && known.error().fault != Fault::BadPayload) return tl::unexpected(known.error());
        const bool there = known && *known;
        const bool same =
            there && std::equal((*known)->begin(), (*known)->end(), declaration.begin(), declaration.end());
        if (there) wipe(**known);
        // What was done with another form, or before there was one, says nothing of this one: staff are to see it.
        std::int64_t of_another = 0;
        for (const Mark mark : {Mark::Printed, Mark::Reconciled, Mark::Seen, Mark::SetAside}) {
            if (!same) of_another |= internal::bit(mark);
        }
        auto update = p.database->prepare("UPDATE requests SET marks = (marks & ~?3) | ?2 WHERE id = ?1 RETURNING seq");
        auto keep = p.database->prepare(keep_form);
        if (!update) return tl::unexpected(update.error());
        if (!keep) return tl::unexpected(keep.error());
        const auto found = update->bind(1, id).bind(2, internal::bit(Mark::Declared)).bind(3, of_another).row();
        if (!found) return tl::unexpected(found.error());
        if (!*found) return tl::unexpected(p.no_such(reception));
        const std::int64_t seq = update->integer(0);
        if (auto marked = update->run(); !marked || same) return marked;
        keep->bind(1, seq).bind(2, id).bind(3, stamp(now)).bind(4, code(FormKind::WithReception)).bind(5, sealed);
        return keep->run();
    });
}

Result<std::vector<std::uint8_t>> Outbox::declaration(const RequestId& id) const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    auto form = p.read_form(id);
    if (!form) return tl::unexpected(form.error());
    if (!*form) return tl::unexpected(p.error(Fault::NotFound, "no form is kept with request " + id.text()));
    return std::move(**form);
}

}  // namespace uketsuke::net
