// Patients in continuing care as the service knows them, taken in beside those whom this device received.

#include <map>
#include <string_view>

#include "net/internal/outbox_parts.h"
#include "net/outbox.h"

namespace uketsuke::net {
namespace {

// The patients that are kept, by their card. Every text is wiped with it.
class Known {
  public:
    Known(std::vector<CarePatient> patients, std::size_t more) {
        // The names of the map stand in the patients, which must not move; nor may a short text leave its bytes behind.
        m_patients.reserve(patients.size() + more);
        for (CarePatient& patient : patients) {
            add(patient);
            wipe(patient);
        }
    }
    ~Known() {
        for (CarePatient& patient : m_patients) wipe(patient);
    }
    Known(const Known&) = delete;
    Known& operator=(const Known&) = delete;

    CarePatient* find(const std::string& certificate_sha256) {
        const auto found = m_by_card.find(certificate_sha256);
        return found == m_by_card.end() ? nullptr : &m_patients[found->second];
    }
    CarePatient& add(const CarePatient& patient) {
        CarePatient& kept = m_patients.emplace_back(patient);
        if (!kept.certificate_sha256.empty()) m_by_card.emplace(kept.certificate_sha256, m_patients.size() - 1);
        return kept;
    }

  private:
    std::vector<CarePatient> m_patients;
    std::map<std::string_view, std::size_t> m_by_card;
};

}  // namespace

Result<std::int64_t> Outbox::merge_care(std::span<const CarePatient> known_to_service) {
    Parts& p = *m_parts;
    const std::lock_guard lock(p.mutex);
    if (auto key = p.need_key(); !key) return tl::unexpected(key.error());
    if (auto kept = p.flush(); !kept) return tl::unexpected(kept.error());
    std::int64_t changed = 0;
    auto done = p.together(true, [&]() -> Result<void> {
        auto patients = p.every_patient();
        if (!patients) return tl::unexpected(patients.error());
        Known known(std::move(*patients), known_to_service.size());
        auto rows = p.database->prepare("SELECT coalesce(max(number), 0), count(*) FROM care");
        if (!rows) return tl::unexpected(rows.error());
        if (const auto counted = rows->row(); !counted) return tl::unexpected(counted.error());
        std::int64_t last = rows->integer(0);
        std::int64_t count = rows->integer(1);
        rows->reset();
        for (const CarePatient& said : known_to_service) {
            if (said.certificate_sha256.empty() || said.base.is_nil()) continue;
            CarePatient* patient = known.find(said.certificate_sha256);
            if (patient != nullptr) {
                if (!learn(*patient, said)) continue;
            } else if (count < static_cast<std::int64_t>(most_patients)) {
                patient = &known.add(said);
                patient->number = ++last;
                patient->latest = {};
                patient->result = CareResult::Nothing;
                patient->conflict = CareConflict::None;
                patient->meaning = 0;
                ++count;
            } else {
                continue;
            }
            if (auto written = p.write_patient(*patient); !written) return written;
            ++changed;
        }
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    // From now on a request may be about somebody.
    p.with_care = p.with_care || changed > 0;
    return changed;
}

}  // namespace uketsuke::net
