// Patients in continuing care (継続的な訪問診療等): who is received at home without a card from the second visit on
// (再照会, facts §3.6). What staff see of them; the rest stays with the workers. Personal: names wipe themselves.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "app/core/declaration.h"
#include "app/core/secret_text.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {

// A patient in the list, as long as the list is kept.
enum class CareId : std::uint64_t {};

// What the visit is for (OQSCD028, facts §2.4).
enum class Treatment : std::uint8_t {
    HomeVisit,  // 訪問診療等
    Online,     // オンライン診療等
};

// Where the consents stand on which visits without a card rest.
enum class CareStanding : std::uint8_t {
    Valid,
    Expired,    // their term is over: asked anew, or the card is laid
    Withdrawn,  // すべての同意を取消す: with the card only
};

// What became of a patient's latest request.
enum class CareResult : std::uint8_t {
    Nothing,  // none, or longer ago than requests are kept
    Waiting,  // on disk; the service has not answered yet
    Confirmed,
    Conflict,  // the service answered, and staff must look at it: CareConflict
};

enum class CareConflict : std::uint8_t {
    None,
    ReceivedElsewhere,  // this visit, from another device of the institution: nothing is to be done
    ConsentsWithdrawn,  // before this request reached the service
    ConsentsExpired,    // by the service's reckoning
    NoRelation,         // the service knows no earlier reception that this one rests on
    NotInsured,         // no insurance that holds
    Refused,            // for another reason: the number says which
};
inline constexpr std::size_t k_care_conflicts = 7;

// One patient of the list.
struct CareEntry {
    CareId id{};
    SecretText name;  // as the service says; empty: it has not answered yet
    SecretText kana;
    BirthDate birth_date;
    CareStanding standing{};
    std::array<bool, k_consent_items> agreed{};  // indexed by ConsentItem
    WallTime consented_at{};
    WallTime consented_until{};
    WallTime last_visit{};
    bool visited_today = false;
    bool online_possible = false;  // the card has a PIN: no 顔認証マイナンバーカード (facts §3.6)
    CareResult result{};
    CareConflict conflict{};
    int number = 0;  // of the row in the table of answers (net/meaning.h); 0: none
    friend bool operator==(const CareEntry&, const CareEntry&) = default;
};

}  // namespace uketsuke::core
