#pragma once
// What the simulated service keeps of continuing care: the receptions at home and renewals that later visits rest on,
// whose consents stand for how long, what was withdrawn, and which visits were received. One thread at a time (the
// service's lock).

#include <chrono>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "net/oqs_xml.h"
#include "net/reception.h"

namespace uketsuke::net::internal {

/// A reception at home with the card, or a renewal: what a visit without a card rests on.
struct CareBase {
    std::string key;
    std::string institution;
    std::string person;  ///< certificate serial
    bool by_pin = false;
    std::vector<Consent> consents;
    std::chrono::sys_seconds until{};
    std::chrono::sys_seconds confirmed_at{};
    bool withdrawn = false;
    std::chrono::sys_seconds withdrawn_at{};
    std::string certificate_sha256;  ///< of the card, also of the one that a renewal rests on; empty: kept before
};

class CareBook {
  public:
    const CareBase* find(const std::string& institution, const std::string& key) const;
    /// Withdrawn from the beginning when that arrived before. The first of a key stays. True: its consents stand.
    bool add(CareBase base);
    /// All consents of the base's person that were given until then; of a base that has not arrived yet, once it does.
    void withdraw(const std::string& institution, const std::string& key, std::chrono::sys_seconds at);
    /// The consents of the base's person that were confirmed last and not withdrawn; null: none stand.
    const CareBase* standing(const CareBase& base) const;

    /// Of each person of the institution the base whose consents stand, or the last one when none do; whoever was
    /// visited last comes first.
    std::vector<const CareBase*> patients(const std::string& institution) const;
    void visited(const CareBase& base, std::chrono::sys_seconds at);
    std::chrono::sys_seconds last_visit(const CareBase& base) const;

    /// The key that this visit was first received under; empty: this one, which is remembered.
    std::string visit(const std::string& identifier, const std::string& key);

    nlohmann::ordered_json to_json() const;
    void load(const nlohmann::ordered_json& json);  ///< throws nlohmann::json::exception

  private:
    struct Withdrawal {
        std::string institution;
        std::string key;
        std::chrono::sys_seconds at{};
    };
    void carry_out(const Withdrawal& withdrawal, const CareBase& base);

    std::map<std::string, CareBase> m_bases;
    std::vector<std::string> m_order;
    std::vector<Withdrawal> m_withdrawals;
    std::map<std::string, std::string> m_visits;
    std::map<std::string, std::chrono::sys_seconds> m_last_visits;  ///< by institution and person
};

/// What a document says of continuing care.
struct CareWords {
    std::optional<Treatment> treatment;  ///< MedicalTreatmentFlag; empty: none, or one that is not known
    std::string until;                   ///< ConsentDateTo
    std::string base;                    ///< the first of `bases`
    std::vector<std::string> bases;      ///< several only of a withdrawal
    std::string visit;
};
CareWords care_words(const OqsRequest& request);
/// When the agreed consents of a document end; empty: nothing was agreed to, or the times differ or are none.
std::optional<std::chrono::sys_seconds> end_of_consents(const OqsRequest& request);
/// Flags of what was asked for and does not stand become 0.
void keep_standing(OqsRequest& request, const CareBase& standing);

}  // namespace uketsuke::net::internal
