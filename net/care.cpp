#include "net/care.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "net/internal/byte_parts.h"
#include "net/internal/consent_triples.h"
#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::size_t id_length = 36;
constexpr std::size_t longest_name = 600;   // bytes; a document of the service may hold anything
constexpr std::size_t longest_digest = 64;  // of certificate_sha256
constexpr std::size_t date_length = 8;
constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999, which OQS dates can still spell
constexpr std::uint8_t withdrawn_bit = 1, pin_locked_bit = 2, by_pin_bit = 4;

std::string_view cut(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return text;
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80) --longest;
    return text.substr(0, longest);
}

void put_moment(std::vector<std::uint8_t>& out, std::chrono::sys_seconds at) {
    const std::int64_t seconds = std::clamp<std::int64_t>(at.time_since_epoch().count(), 0, last_second);
    internal::put_number(out, static_cast<std::uint64_t>(seconds), 8);
}

bool take_moment(internal::PartReader& reader, std::chrono::sys_seconds& at) {
    std::uint64_t seconds = 0;
    if (!reader.take_number(8, seconds) || seconds > static_cast<std::uint64_t>(last_second)) return false;
    at = std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
    return true;
}

void put_id(std::vector<std::uint8_t>& out, const RequestId& id) {
    out.insert(out.end(), id.text().begin(), id.text().end());
}

bool take_id(internal::PartReader& reader, RequestId& id) {
    std::span<const std::uint8_t> bytes;
    if (!reader.take(id_length, bytes)) return false;
    const std::string text(bytes.begin(), bytes.end());
    if (text == RequestId{}.text()) return true;
    const auto parsed = RequestId::parse(text);
    if (parsed) id = *parsed;
    return parsed.has_value();
}

void put_meaning(std::vector<std::uint8_t>& out, int meaning) {
    internal::put_number(out, static_cast<std::uint64_t>(std::clamp(meaning, 0, 0xFFFF)), 2);
}

bool take_consent(internal::PartReader& reader, Consent& consent) {
    std::uint8_t item = 0;
    std::uint8_t agreed = 0;
    if (!reader.take_number(1, item) || !reader.take_number(1, agreed) || item > 2 || agreed > 1) return false;
    consent.item = static_cast<ConsentItem>(item);
    consent.agreed = agreed == 1;
    return take_moment(reader, consent.at);
}

bool take_consents(internal::PartReader& reader, std::array<Consent, 3>& consents) {
    return std::all_of(consents.begin(), consents.end(), [&](Consent& one) { return take_consent(reader, one); });
}

void put_consents(std::vector<std::uint8_t>& out, const std::array<Consent, 3>& consents) {
    for (const Consent& consent : consents) {
        out.push_back(static_cast<std::uint8_t>(consent.item));
        out.push_back(consent.agreed ? 1 : 0);
        put_moment(out, consent.at);
    }
}

std::uint8_t flags_of(std::initializer_list<std::pair<bool, std::uint8_t>> flags) {
    int all = 0;
    for (const auto& [set, bit] : flags) all |= set ? bit : 0;
    return static_cast<std::uint8_t>(all);
}

void put_trouble(std::vector<std::uint8_t>& out, const std::optional<CareTrouble>& trouble) {
    out.push_back(trouble ? 1 : 0);
    if (!trouble) return;
    put_id(out, trouble->request);
    out.push_back(static_cast<std::uint8_t>(trouble->conflict));
    put_meaning(out, trouble->meaning);
}

bool take_trouble(internal::PartReader& reader, std::optional<CareTrouble>& trouble) {
    std::uint8_t there = 0;
    if (!reader.take_number(1, there) || there > 1) return false;
    if (there == 0) return true;
    trouble.emplace();
    std::uint8_t conflict = 0;
    if (!take_id(reader, trouble->request) || !reader.take_number(1, conflict)) return false;
    if (conflict > static_cast<std::uint8_t>(CareConflict::Refused)) return false;
    trouble->conflict = static_cast<CareConflict>(conflict);
    return reader.take_number(2, trouble->meaning);
}

void put_earlier(std::vector<std::uint8_t>& out, const std::vector<CareGrounds>& earlier) {
    const std::size_t count = std::min(earlier.size(), CarePatient::most_earlier);
    out.push_back(static_cast<std::uint8_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        const CareGrounds& one = earlier[i];
        out.push_back(flags_of({{one.withdrawn, withdrawn_bit}, {one.by_pin, by_pin_bit}}));
        put_id(out, one.base);
        put_consents(out, one.consents);
        put_moment(out, one.consented_until);
    }
}

bool take_earlier(internal::PartReader& reader, std::vector<CareGrounds>& earlier) {
    std::uint8_t count = 0;
    if (!reader.take_number(1, count) || count > CarePatient::most_earlier) return false;
    for (earlier.resize(count); CareGrounds & one : earlier) {
        std::uint8_t flags = 0;
        if (!reader.take_number(1, flags) || (flags & ~(withdrawn_bit | by_pin_bit)) != 0) return false;
        one.withdrawn = (flags & withdrawn_bit) != 0;
        one.by_pin = (flags & by_pin_bit) != 0;
        const bool whole = take_id(reader, one.base) && take_consents(reader, one.consents) &&
                           take_moment(reader, one.consented_until);
        if (!whole) return false;
    }
    return true;
}

bool take_standing(internal::PartReader& reader, CarePatient& patient) {
    std::uint8_t flags = 0;
    std::uint8_t result = 0;
    std::uint8_t conflict = 0;
    if (!reader.take_number(1, flags) || flags > (withdrawn_bit | pin_locked_bit | by_pin_bit)) return false;
    if (!reader.take_number(1, result) || result > static_cast<std::uint8_t>(CareResult::Conflict)) return false;
    if (!reader.take_number(1, conflict) || conflict > static_cast<std::uint8_t>(CareConflict::Refused)) return false;
    patient.withdrawn = (flags & withdrawn_bit) != 0;
    patient.pin_locked = (flags & pin_locked_bit) != 0;
    patient.by_pin = (flags & by_pin_bit) != 0;
    patient.result = static_cast<CareResult>(result);
    patient.conflict = static_cast<CareConflict>(conflict);
    return reader.take_number(2, patient.meaning);
}

bool take_texts(internal::PartReader& reader, CarePatient& patient) {
    return reader.take_part(longest_name, patient.name) && reader.take_part(longest_name, patient.kana) &&
           reader.take_part(date_length, patient.birth_date) &&
           reader.take_part(longest_digest, patient.certificate_sha256);
}

bool is_institution(const std::string& code) {
    return code.size() == 10 && code.find_first_not_of("0123456789") == std::string::npos;
}

// From when on the patient has agreed; empty: to nothing.
std::string first_consent_date(const CareRequest& request) {
    std::optional<std::chrono::sys_seconds> first;
    for (const Consent& consent : request.consents) {
        if (consent.agreed) first = std::min(first.value_or(consent.at), consent.at);
    }
    return first ? jst_date(*first) : std::string();
}

bool fill(std::string& kept, const std::string& said) {
    if (!kept.empty() || said.empty()) return false;
    kept = said;
    return true;
}

bool put_consents(const CareRequest& request, OqsRequest& document) {
    if (request.method != Method::Withdrawal) {
        return internal::put_consents(request.consents, request.consented_until, document);
    }
    std::array<Consent, 3> none{};
    for (std::size_t i = 0; i < none.size(); ++i) none.at(i) = {static_cast<ConsentItem>(i), false, request.at};
    return internal::put_consents(none, {}, document);
}

}  // namespace

void wipe(CareAnswer& answer) {
    wipe(answer.name);
    wipe(answer.kana);
    wipe(answer.birth_date);
}

void wipe(CarePatient& patient) {
    wipe(patient.name);
    wipe(patient.kana);
    wipe(patient.birth_date);
    wipe(patient.certificate_sha256);
}

std::vector<std::uint8_t> encode(const CarePatient& patient) {
    std::vector<std::uint8_t> out;
    // One allocation: a growing vector would leave personal bytes behind in freed memory.
    out.reserve(320 + 80 * patient.earlier.size() + patient.name.size() + patient.kana.size());
    out.push_back(format_version);
    out.push_back(flags_of(
        {{patient.withdrawn, withdrawn_bit}, {patient.pin_locked, pin_locked_bit}, {patient.by_pin, by_pin_bit}}));
    out.push_back(static_cast<std::uint8_t>(patient.result));
    out.push_back(static_cast<std::uint8_t>(patient.conflict));
    put_meaning(out, patient.meaning);
    put_id(out, patient.base);
    put_id(out, patient.latest);
    put_consents(out, patient.consents);
    put_moment(out, patient.consented_until);
    put_moment(out, patient.last_visit);
    put_earlier(out, patient.earlier);
    put_trouble(out, patient.trouble);
    internal::put_part(out, cut(patient.name, longest_name));
    internal::put_part(out, cut(patient.kana, longest_name));
    internal::put_part(out, cut(patient.birth_date, date_length));
    internal::put_part(out, cut(patient.certificate_sha256, longest_digest));
    return out;
}

Result<CarePatient> decode_care(std::span<const std::uint8_t> bytes) {
    internal::PartReader reader(bytes);
    CarePatient patient;
    std::uint8_t version = 0;
    if (!reader.take_number(1, version) || version != format_version) {
        return fail(Fault::BadPayload, "patient in continuing care: empty, or of an unknown version");
    }
    const bool whole = take_standing(reader, patient) && take_id(reader, patient.base) &&
                       take_id(reader, patient.latest) && take_consents(reader, patient.consents) &&
                       take_moment(reader, patient.consented_until) && take_moment(reader, patient.last_visit) &&
                       take_earlier(reader, patient.earlier) && take_trouble(reader, patient.trouble) &&
                       take_texts(reader, patient) && reader.done();
    if (whole) return patient;
    wipe(patient);
    return fail(Fault::BadPayload, "patient in continuing care: a part is cut, out of its range, or followed by more");
}

Result<SignedRequest> care_request(const CareRequest& request, const Vouch& vouch) {
    if (request.id.is_nil() || request.base.is_nil()) {
        return fail(Fault::BadOptions, "request without a card: it has no id, or nothing that it rests on");
    }
    if (!without_card(request.method)) return fail(Fault::BadOptions, "request without a card: this method needs one");
    if (!is_institution(request.institution_code)) {
        return fail(Fault::BadOptions, "request without a card: the institution code is not 10 digits");
    }
    const bool several = !request.other_bases.empty();
    if (several && (request.method != Method::Withdrawal || request.other_bases.size() > CarePatient::most_earlier)) {
        return fail(Fault::BadOptions, "request without a card: it rests on more than one reception");
    }
    OqsRequest document;
    internal::put_head(request.id, request.institution_code, request.at, request.method, document);
    if (!put_consents(request, document)) {
        return fail(Fault::BadOptions, "request without a card: a consent item is missing or repeated");
    }
    document.other.push_back(internal::treatment_element(request.treatment));
    if (request.method != Method::Withdrawal) {
        if (std::string from = first_consent_date(request); !from.empty()) {
            document.other.push_back({internal::consent_date_from_name, std::move(from), {}});
        }
        document.other.push_back({internal::consent_date_to_name, jst_date(request.consented_until), {}});
    }
    OtherElements& ours = document.other_in_confirmation;
    ours.push_back({internal::base_reception_name, request.base.text(), {}});
    for (const RequestId& base : request.other_bases) {
        ours.push_back({internal::base_reception_name, base.text(), {}});
    }
    if (request.share_visits) {
        ours.push_back(
            {internal::visit_identifier_name,
             visit_identifier(request.institution_code, request.certificate_sha256, request.treatment, request.at),
             {}});
    }
    if (!request.staff.empty()) ours.push_back({internal::staff_digest_name, request.staff, {}});
    const std::string text = write_request(document);
    SignedRequest made;
    made.id = request.id;
    made.method = request.method;
    made.body.assign(text.begin(), text.end());
    auto attestation = vouch(attested_text(made.method, made.body));
    if (!attestation) return tl::unexpected(attestation.error());
    made.attestation = std::move(*attestation);
    return made;
}

std::chrono::sys_seconds decided_at(const CarePatient& patient) {
    std::chrono::sys_seconds last{};
    for (const Consent& consent : patient.consents) last = std::max(last, consent.at);
    return last;
}

bool learn(CarePatient& kept, const CarePatient& said) {
    bool changed = fill(kept.name, said.name);
    changed = fill(kept.kana, said.kana) || changed;
    changed = fill(kept.birth_date, said.birth_date) || changed;
    if (kept.result == CareResult::Waiting) return changed;
    if (said.last_visit > kept.last_visit) {
        kept.last_visit = said.last_visit;
        changed = true;
    }
    const auto mine = decided_at(kept);
    const auto theirs = decided_at(said);
    // Two devices' clocks differ, and no consent that was withdrawn may stand for that.
    const bool ended = said.withdrawn && !kept.withdrawn && (said.base == kept.base || theirs == mine);
    if (theirs <= mine && !ended) return changed;
    kept.base = said.base;
    kept.consents = said.consents;
    kept.consented_until = said.consented_until;
    kept.withdrawn = said.withdrawn;
    kept.by_pin = said.by_pin;
    return true;
}

CareGrounds grounds_of(const CarePatient& patient) {
    return {patient.base, patient.consents, patient.consented_until, patient.withdrawn, patient.by_pin};
}

bool consents_stand(const CarePatient& patient, std::chrono::sys_seconds at) {
    return !patient.withdrawn && at < patient.consented_until;
}

std::string visit_identifier(const std::string& institution_code, const std::string& certificate_sha256,
                             Treatment treatment, std::chrono::sys_seconds at) {
    // A counter does not say where it receives somebody, so home and counter cannot be told apart.
    const std::string text = "uketsuke visit\n" + institution_code + "\n" + certificate_sha256 + "\n" + jst_date(at) +
                             "\n" + (treatment == Treatment::Online ? "online\n" : "");
    return internal::to_hex(internal::sha256(text));
}

}  // namespace uketsuke::net
