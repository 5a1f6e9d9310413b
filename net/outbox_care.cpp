// Patients in continuing care, kept beside the requests about them.

#include <algorithm>
#include <cstdlib>

#include "net/internal/care_standing.h"
#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

using internal::care_of;

// So often a request that was sent and not answered goes before the others; then it is its own trouble, and they pass.
// One that could not be sent says nothing of itself.
constexpr const char* attempts_in_turn = "8";

// A later request about a patient rests on the earlier ones.
constexpr const char* its_turn =
    "(r.patient = 0 OR r.kind = 2 OR NOT EXISTS(SELECT 1 FROM requests e INDEXED BY requests_of_patients "
    "WHERE e.patient = r.patient AND e.patient <> 0 AND e.state < 2 AND e.seq < r.seq AND e.kind <> 2))";

std::string head(const std::string& index) {
    return "SELECT r.seq, r.id, r.ask, r.attempts, p.payload, r.unreadable, r.patient FROM requests r INDEXED BY " +
           index + " LEFT JOIN payloads p ON p.seq = r.seq WHERE r.state IN (0, 2) AND ";
}

Result<bool> is_any(const internal::Database& database, const std::string& rows) {
    const auto found = database.value("SELECT EXISTS(SELECT 1 FROM " + rows + ")");
    return found ? Result<bool>(*found == "1") : Result<bool>(tl::unexpected(found.error()));
}

}  // namespace

Result<void> Outbox::Parts::prepare_care() {
    const std::string turn = its_turn;
    const std::pair<internal::Statement*, std::string> texts[] = {
        {&next_withdrawal, head("requests_first") + "r.kind = 2 AND r.next_at <= ?1 ORDER BY r.next_at, r.seq LIMIT 1"},
        {&next_in_turn,
         head("requests_waiting") + "r.next_at <= ?1 AND " + turn + " ORDER BY r.next_at, r.seq LIMIT 1"},
        {&oldest_held,
         head("requests_waiting") +
             "r.state = 0 AND r.firm <> 1 AND r.unreadable = 0 AND r.attempts >= 1 AND (r.firm = 2 OR r.attempts <= " +
             attempts_in_turn + ") AND r.seq < ?1 AND " + turn + " ORDER BY r.seq LIMIT 1"},
        {&first_time_in_turn,
         "SELECT min(r.next_at) FROM requests r WHERE r.state < 3 AND (r.state = 1 OR " + turn + ")"},
        {&patient_of, "SELECT patient, kind, seq FROM requests WHERE id = ?1"},
    };
    for (const auto& [statement, sql] : texts) {
        auto prepared = database->prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    const auto care = is_any(*database, "care");
    if (!care) return tl::unexpected(care.error());
    const auto withdrawals = is_any(*database, "requests INDEXED BY requests_first WHERE kind = 2 AND state IN (0, 2)");
    if (!withdrawals) return tl::unexpected(withdrawals.error());
    with_care = *care;
    with_withdrawals = *withdrawals || with_care;
    return {};
}

Result<std::optional<Outbox::Parts::Candidate>> Outbox::Parts::candidate_in_turn(WallTime now) {
    auto found = candidate(next_withdrawal, internal::stamp(now));
    if (!found || *found) return found;
    found = candidate(next_in_turn, internal::stamp(now));
    if (!found || !*found) return found;
    auto held = candidate(oldest_held, (*found)->seq);
    if (!held || !*held) return held ? std::move(found) : std::move(held);
    wipe((*found)->claim.request);
    return held;
}

Result<CarePatient> Outbox::Parts::read_patient(std::int64_t number) const {
    auto select = database->prepare("SELECT sealed FROM care WHERE number = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, number).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(error(Fault::NotFound, "no patient in continuing care has this number"));
    auto plain = unseal(*key, select->bytes(0), care_of(number));
    auto patient = plain ? decode_care(*plain) : Result<CarePatient>(tl::unexpected(plain.error()));
    if (plain) wipe(*plain);
    if (patient) patient->number = number;
    return patient;
}

Result<void> Outbox::Parts::write_patient(const CarePatient& patient) {
    auto keep = database->prepare("INSERT OR REPLACE INTO care(number, sealed) VALUES(?1, ?2)");
    if (!keep) return tl::unexpected(keep.error());
    std::vector<std::uint8_t> plain = encode(patient);
    const std::vector<std::uint8_t> sealed = seal(*key, plain, care_of(patient.number));
    wipe(plain);
    return keep->bind(1, patient.number).bind(2, sealed).run();
}

Result<std::vector<CarePatient>> Outbox::Parts::every_patient() const {
    auto select = database->prepare("SELECT number, sealed FROM care ORDER BY number");
    if (!select) return tl::unexpected(select.error());
    const auto count = database->value("SELECT count(*) FROM care");
    if (!count) return tl::unexpected(count.error());
    std::vector<CarePatient> patients;
    // A growing vector, or a short text that is moved, leaves bytes behind in freed memory.
    patients.reserve(std::min<std::size_t>(std::strtoull(count->c_str(), nullptr, 10), most_patients));
    for (;;) {
        const auto more = select->row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return patients;
        const std::int64_t number = select->integer(0);
        auto plain = unseal(*key, select->bytes(1), care_of(number));
        if (!plain) continue;
        if (auto patient = decode_care(*plain)) {
            patient->number = number;
            patients.push_back(*patient);
            wipe(*patient);
        }
        wipe(*plain);
    }
}

Result<std::vector<CarePatient>> Outbox::Parts::one_patient(std::int64_t number) const {
    auto patient = read_patient(number);
    std::vector<CarePatient> one;
    // Of one whose seal is broken everything is said anew.
    if (!patient && patient.error().fault != Fault::BadPayload) return tl::unexpected(patient.error());
    if (patient) {
        one.push_back(*patient);
        wipe(*patient);
    }
    return one;
}

Result<void> Outbox::Parts::waits_again(const RequestId& id) {
    const auto number = patient_number(id);
    if (!number || *number == 0) return number ? Result<void>{} : Result<void>(tl::unexpected(number.error()));
    auto patient = read_patient(*number);
    if (!patient) return tl::unexpected(patient.error());
    Result<void> done;
    if (patient->latest == id) {
        patient->result = CareResult::Waiting;
        patient->conflict = CareConflict::None;
        patient->meaning = 0;
        done = write_patient(*patient);
    }
    wipe(*patient);
    return done;
}

Result<std::int64_t> Outbox::Parts::patient_number(const RequestId& id) const {
    const auto of = of_patient(id);
    return of ? Result<std::int64_t>(of->number) : Result<std::int64_t>(tl::unexpected(of.error()));
}

Result<Outbox::Parts::OfPatient> Outbox::Parts::of_patient(const RequestId& id) const {
    const auto found = patient_of.bind(1, id.text()).row();
    if (!found) return tl::unexpected(found.error());
    OfPatient of;
    if (*found) {
        of = {patient_of.integer(0), patient_of.integer(2),
              patient_of.integer(1) == internal::code(internal::RequestKind::Reception)};
    }
    patient_of.reset();
    return *found ? Result<OfPatient>(of) : Result<OfPatient>(tl::unexpected(no_such(id)));
}

Result<void> Outbox::Parts::forget_old_result(CarePatient& patient) const {
    if (patient.result != CareResult::Confirmed) return {};
    const auto kept = patient_number(patient.latest);
    if (kept) return {};
    if (kept.error().fault != Fault::NotFound) return tl::unexpected(kept.error());
    patient.result = CareResult::Nothing;
    patient.conflict = CareConflict::None;
    patient.meaning = 0;
    return {};
}

Result<std::int64_t> Outbox::Parts::keep_patient(CarePatient patient, const RequestId& latest,
                                                 std::chrono::sys_seconds not_visited_since) {
    auto kept = patient.number != 0 ? one_patient(patient.number) : every_patient();
    if (!kept) return tl::unexpected(kept.error());
    const bool numbered = patient.number != 0;
    bool found = false;
    for (CarePatient& known : *kept) {
        const bool same =
            numbered || (!known.certificate_sha256.empty() && known.certificate_sha256 == patient.certificate_sha256);
        if (same && !found) {
            found = true;
            internal::take_up(patient, known, latest);
        }
        wipe(known);
    }
    if (patient.number == 0) {
        auto room = find_room();
        if (room && !*room) {
            const auto forgotten = forget_patients(not_visited_since, {});
            room = forgotten ? find_room() : Result<std::optional<std::int64_t>>(tl::unexpected(forgotten.error()));
        }
        if (!room || !*room) {
            wipe(patient);
            return room ? Result<std::int64_t>(0) : Result<std::int64_t>(tl::unexpected(room.error()));
        }
        patient.number = **room;
    }
    patient.latest = latest;
    patient.result = CareResult::Waiting;
    patient.conflict = CareConflict::None;
    patient.meaning = 0;
    const std::int64_t number = patient.number;
    auto written = write_patient(patient);
    wipe(patient);
    return written ? Result<std::int64_t>(number) : Result<std::int64_t>(tl::unexpected(written.error()));
}

Result<std::vector<CarePatient>> Outbox::care() const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    auto patients = p.every_patient();
    if (!patients) return patients;
    for (CarePatient& patient : *patients) {
        if (auto looked = p.forget_old_result(patient); !looked) return tl::unexpected(looked.error());
    }
    std::stable_sort(patients->begin(), patients->end(),
                     [](const CarePatient& one, const CarePatient& other) { return one.kana < other.kana; });
    return patients;
}

Result<CarePatient> Outbox::care_patient(std::int64_t number) const {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    auto patient = p.read_patient(number);
    if (!patient) return patient;
    if (auto looked = p.forget_old_result(*patient); !looked) return tl::unexpected(looked.error());
    return patient;
}

Result<bool> Outbox::care_answered(const RequestId& id, const CareAnswer& answer) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (!p.with_care) return false;
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    bool told = false;
    auto done = p.together(false, [&]() -> Result<void> {
        const auto said = p.tell_patient(id, answer);
        told = said && *said;
        return said ? Result<void>{} : Result<void>(tl::unexpected(said.error()));
    });
    return done ? Result<bool>(told) : Result<bool>(tl::unexpected(done.error()));
}

Result<bool> Outbox::Parts::tell_patient(const RequestId& id, const CareAnswer& answer) {
    const auto of = of_patient(id);
    if (!of && of.error().fault != Fault::NotFound) return tl::unexpected(of.error());
    if (!of || of->number == 0) return false;
    auto patient = read_patient(of->number);
    // A patient whose seal is broken keeps nobody's request from being delivered; verify() names them.
    const bool gone =
        !patient && (patient.error().fault == Fault::BadPayload || patient.error().fault == Fault::NotFound);
    if (gone) return false;
    if (!patient) return tl::unexpected(patient.error());
    bool newest = true;
    if (patient->trouble && patient->trouble->request != id) {
        const auto troubled = of_patient(patient->trouble->request);
        if (!troubled && troubled.error().fault != Fault::NotFound) return tl::unexpected(troubled.error());
        newest = !troubled || troubled->seq < of->seq;
    }
    internal::hear(*patient, {id, of->is_reception, newest}, answer);
    auto written = write_patient(*patient);
    wipe(*patient);
    return written ? Result<bool>(true) : Result<bool>(tl::unexpected(written.error()));
}

Result<void> Outbox::Parts::verify_patients(std::vector<std::string>& problems) const {
    if (!key) return {};
    auto select = database->prepare("SELECT number FROM care ORDER BY number");
    if (!select) return tl::unexpected(select.error());
    for (;;) {
        const auto more = select->row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
        auto patient = read_patient(select->integer(0));
        if (!patient) problems.push_back(care_of(select->integer(0)) + ": its seal does not hold");
        if (patient) wipe(*patient);
    }
}

Result<void> Outbox::Parts::reseal_patients(const SealingKey& into) const {
    auto select = database->prepare("SELECT number, sealed FROM care WHERE number > ?1 ORDER BY number LIMIT 1");
    auto update = database->prepare("UPDATE care SET sealed = ?2 WHERE number = ?1");
    if (!select) return tl::unexpected(select.error());
    if (!update) return tl::unexpected(update.error());
    for (std::int64_t last = 0;;) {
        const auto more = select->bind(1, last).row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
        last = select->integer(0);
        auto plain = unseal(*key, select->bytes(1), care_of(last));
        select->reset();
        if (!plain) return fail(Fault::BadPayload, "outbox: " + care_of(last) + " cannot be unsealed");
        const std::vector<std::uint8_t> sealed = seal(into, *plain, care_of(last));
        wipe(*plain);
        if (auto done = update->bind(1, last).bind(2, sealed).run(); !done) return done;
    }
}

}  // namespace uketsuke::net
