#include "app/workers/care_keeper.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/workers/signing.h"
#include "net/wall_time.h"

namespace uketsuke::workers {
namespace {

core::CareResult to_core(net::CareResult result) {
    switch (result) {
        case net::CareResult::Nothing:
            return core::CareResult::Nothing;
        case net::CareResult::Waiting:
            return core::CareResult::Waiting;
        case net::CareResult::Confirmed:
            return core::CareResult::Confirmed;
        case net::CareResult::Conflict:
            return core::CareResult::Conflict;
    }
    return core::CareResult::Nothing;
}

core::CareConflict to_core(net::CareConflict conflict) {
    switch (conflict) {
        case net::CareConflict::None:
            return core::CareConflict::None;
        case net::CareConflict::ReceivedElsewhere:
            return core::CareConflict::ReceivedElsewhere;
        case net::CareConflict::ConsentsWithdrawn:
            return core::CareConflict::ConsentsWithdrawn;
        case net::CareConflict::ConsentsExpired:
            return core::CareConflict::ConsentsExpired;
        case net::CareConflict::NoRelation:
            return core::CareConflict::NoRelation;
        case net::CareConflict::NotInsured:
            return core::CareConflict::NotInsured;
        case net::CareConflict::Refused:
            return core::CareConflict::Refused;
    }
    return core::CareConflict::None;
}

core::ConsentItem to_core(net::ConsentItem item) {
    switch (item) {
        case net::ConsentItem::Operation:
            return core::ConsentItem::Operation;
        case net::ConsentItem::MedicationDiagnosis:
            return core::ConsentItem::MedicationDiagnosis;
        case net::ConsentItem::HealthCheckup:
            return core::ConsentItem::HealthCheckup;
    }
    return core::ConsentItem::Operation;
}

std::array<net::Consent, 3> to_wire(const std::array<core::ConsentAnswer, core::k_consent_items>& answers) {
    std::array<net::Consent, 3> consents;
    for (std::size_t item = 0; item < core::k_consent_items; ++item) {
        consents[item] =
            net::Consent{wire_item(static_cast<core::ConsentItem>(item)), answers[item].agreed, answers[item].at};
    }
    return consents;
}

std::string hex_sha256(const std::vector<std::uint8_t>& bytes) {
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
    std::array<char, 2 * digest.size() + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return text.data();
}

// yyyyMMdd; anything else: not said.
core::BirthDate birth_date_of(const std::string& text) {
    if (text.size() != 8 || text.find_first_not_of("0123456789") != std::string::npos) return {};
    const int number = std::stoi(text);
    return {static_cast<std::int16_t>(number / 10'000), static_cast<std::uint8_t>(number / 100 % 100),
            static_cast<std::uint8_t>(number % 100)};
}

// 顔認証マイナンバーカード have no PIN, and a card that was looked at was not opened by its own (facts §3.6).
bool online_possible(const net::CarePatient& patient) {
    return patient.by_pin && !patient.pin_locked;
}

// Whom staff look for first.
int order_of(const core::CareEntry& entry) {
    if (entry.result == core::CareResult::Conflict) return 0;
    return entry.visited_today ? 2 : 1;
}

}  // namespace

CareKeeper::CareKeeper(net::Outbox& outbox, NoticeSink notice, CareOptions options)
    : m_outbox(outbox), m_notice(std::move(notice)), m_options(std::move(options)) {}

CareKeeper::~CareKeeper() {
    if (m_begun) net::wipe(m_begun->patient);
}

std::vector<core::CareEntry> CareKeeper::list() {
    const auto now = std::chrono::floor<std::chrono::seconds>(m_options.now());
    if (const auto ended = m_outbox.end_care(now - m_options.relation, now - 2 * m_options.relation); !ended) {
        m_notice(NoticeLevel::Error, "continuing care: " + ended.error().where);
    }
    std::vector<core::CareEntry> entries;
    auto patients = m_outbox.care();
    if (!patients) {
        m_notice(NoticeLevel::Error, "continuing care: " + patients.error().where);
        return entries;
    }
    entries.reserve(patients->size());
    for (auto& patient : *patients) {
        entries.push_back(entry_of(patient));
        net::wipe(patient);
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
    return entries;
}

core::CareEntry CareKeeper::entry_of(const net::CarePatient& patient) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(m_options.now());
    core::CareEntry entry;
    entry.id = static_cast<core::CareId>(patient.number);
    entry.name = core::SecretText(patient.name);
    entry.kana = core::SecretText(patient.kana);
    entry.birth_date = birth_date_of(patient.birth_date);
    entry.standing = patient.withdrawn                   ? core::CareStanding::Withdrawn
                     : net::consents_stand(patient, now) ? core::CareStanding::Valid
                                                         : core::CareStanding::Expired;
    for (const auto& consent : patient.consents) {
        entry.agreed[static_cast<std::size_t>(to_core(consent.item))] = consent.agreed && !patient.withdrawn;
        entry.consented_at = std::max(entry.consented_at, consent.at);
    }
    entry.consented_until = patient.consented_until;
    entry.last_visit = patient.last_visit;
    entry.visited_today = net::jst_date(patient.last_visit) == net::jst_date(now);
    entry.online_possible = online_possible(patient);
    entry.result = to_core(patient.result);
    entry.conflict = to_core(patient.conflict);
    entry.number = patient.meaning;
    return entry;
}

net::Result<net::CarePatient> CareKeeper::patient(core::CareId id) const {
    return m_outbox.care_patient(static_cast<std::int64_t>(id));
}

net::CareRequest CareKeeper::request_about(const net::CarePatient& patient, net::Method method, core::StaffId who,
                                           core::WallTime at) const {
    net::CareRequest request;
    request.id = net::make_request_id();
    request.method = method;
    request.institution_code = m_options.institution_code;
    request.base = patient.base;
    request.certificate_sha256 = patient.certificate_sha256;
    request.consents = patient.consents;
    request.consented_until = patient.consented_until;
    request.staff = m_options.digest(who);
    request.at = at;
    request.share_visits = m_options.share_visits;
    if (method == net::Method::Withdrawal) {
        for (const auto& one : patient.earlier) request.other_bases.push_back(one.base);
    }
    return request;
}

net::Result<net::SignedRequest> CareKeeper::reinquiry(const core::effect::Reinquire& wish) {
    auto found = patient(wish.patient);
    if (!found) return tl::unexpected(found.error());
    // The core asked by a list that may be a moment old.
    const bool online = wish.treatment == core::Treatment::Online;
    if (!net::consents_stand(*found, wish.at) || (online && !online_possible(*found))) {
        net::wipe(*found);
        return net::fail(net::Fault::Conflict, "continuing care: no visit without a card is possible now");
    }
    auto request = request_about(*found, net::Method::Reinquiry, wish.who, wish.at);
    request.treatment = online ? net::Treatment::Online : net::Treatment::HomeVisit;
    auto signed_request = net::care_request(request, m_options.vouch);
    if (!signed_request) {
        net::wipe(*found);
        return signed_request;
    }
    signed_request->holder_birthdate = found->birth_date;
    found->last_visit = wish.at;
    if (m_begun) net::wipe(m_begun->patient);
    m_begun = Begun{wish.session, std::move(*found)};
    return signed_request;
}

net::Result<void> CareKeeper::keep_reinquiry(core::SessionId session, const net::SignedRequest& request) {
    if (!m_begun || m_begun->session != session) {
        return net::fail(net::Fault::NotFound, "continuing care: this visit was not begun");
    }
    const auto kept = m_outbox.enqueue(request, m_begun->patient, m_options.now());
    net::wipe(m_begun->patient);
    m_begun.reset();
    if (!kept) return tl::unexpected(kept.error());
    return {};
}

void CareKeeper::forget(core::SessionId session) {
    if (!m_begun || m_begun->session != session) return;
    net::wipe(m_begun->patient);
    m_begun.reset();
}

net::Result<void> CareKeeper::keep_visit(const net::SignedRequest& request, const core::effect::Visit& visit) {
    net::CarePatient patient;
    patient.certificate_sha256 = hex_sha256(request.certificate_der);
    patient.base = request.id;
    patient.consents = to_wire(visit.consents);
    const auto now = std::chrono::floor<std::chrono::seconds>(m_options.now());
    patient.consented_until = visit.confirmed_at + m_options.consented_for;
    patient.by_pin = visit.method == core::Method::Pin;
    patient.pin_locked = visit.pin_locked;
    patient.last_visit = now;
    patient.birth_date = request.holder_birthdate;
    const auto kept = m_outbox.enqueue(request, patient, m_options.now(), now - m_options.relation);
    net::wipe(patient);
    if (!kept) return tl::unexpected(kept.error());
    if (*kept == 0) m_notice(NoticeLevel::Warning, "continuing care: no room for one more patient");
    return {};
}

net::Result<void> CareKeeper::renew(const core::effect::RenewConsents& wish) {
    auto found = patient(wish.patient);
    if (!found) return tl::unexpected(found.error());
    const auto now = std::chrono::floor<std::chrono::seconds>(m_options.now());
    auto request = request_about(*found, net::Method::ConsentRenewal, wish.who, now);
    request.consents = to_wire(wish.consents);
    request.consented_until = now + m_options.consented_for;
    auto signed_request = net::care_request(request, m_options.vouch);
    net::Result<void> done;
    if (!signed_request) {
        done = tl::unexpected(signed_request.error());
    } else {
        found->base = request.id;
        found->consents = request.consents;
        found->consented_until = request.consented_until;
        const auto kept = m_outbox.enqueue(*signed_request, *found, m_options.now());
        if (!kept) done = tl::unexpected(kept.error());
        net::wipe(*signed_request);
    }
    net::wipe(*found);
    return done;
}

net::Result<void> CareKeeper::withdraw(const core::effect::WithdrawConsents& wish) {
    auto found = patient(wish.patient);
    if (!found) return tl::unexpected(found.error());
    auto request = request_about(*found, net::Method::Withdrawal, wish.who, wish.at);
    for (auto& consent : request.consents) consent = net::Consent{consent.item, false, wish.at};
    request.consented_until = wish.at;
    auto signed_request = net::care_request(request, m_options.vouch);
    net::Result<void> done;
    if (!signed_request) {
        done = tl::unexpected(signed_request.error());
    } else {
        found->withdrawn = true;
        found->consents = request.consents;
        const auto kept = m_outbox.enqueue(*signed_request, *found, m_options.now());
        if (!kept) done = tl::unexpected(kept.error());
        net::wipe(*signed_request);
    }
    net::wipe(*found);
    return done;
}

}  // namespace uketsuke::workers
