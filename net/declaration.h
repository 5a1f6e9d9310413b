#pragma once
// 被保険者資格申立書, the self-declaration of whoever could not be confirmed (facts 3.7): what was said, the page that
// was made of it, and what the service said about the same person later. Pure values; personal: wipe() after use; no
// thread.
//
// A declaration is kept in the outbox, sealed: with the reception that could not be confirmed (Outbox::declare), or as
// a request of its own (Method::Declaration), which asks the service by what was said as soon as it can be reached
// (query_text). What is only kept stays until staff have reconciled it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "net/error.h"
#include "net/oqs_xml.h"
#include "net/request_id.h"

namespace uketsuke::net {

enum class DeclaredSex : std::uint8_t { NotSaid, Male, Female };
enum class DeclaredInsurance : std::uint8_t {
    NotSaid,
    NationalHealth,  ///< 国民健康保険
    LaterElderly,    ///< 後期高齢者医療
    Employees,       ///< 会社などの健康保険
    MutualAid,       ///< 共済組合
    DontKnow,
};

/// In ten-thousandths of the field's width and height; the field is three times as wide as high.
struct StrokePoint {
    std::uint16_t x = 0;
    std::uint16_t y = 0;
    bool operator==(const StrokePoint&) const = default;
};
using Stroke = std::vector<StrokePoint>;

/// Texts are UTF-8; an empty one was not said. Only the name always is.
struct Declaration {
    RequestId id;            ///< the row it is kept with
    std::string name;        ///< parts divided by U+3000
    std::string name_kana;   ///< katakana
    std::string birth_date;  ///< yyyyMMdd
    DeclaredSex sex = DeclaredSex::NotSaid;
    std::string postal_code;  ///< seven digits
    std::string address;
    std::string phone;
    DeclaredInsurance insurance = DeclaredInsurance::NotSaid;
    std::string insurer_name;
    std::string office_name;
    int ratio_tenths = 0;  ///< 1, 2, 3; 0: not said
    std::vector<Stroke> signature;
    std::chrono::sys_seconds made_at{};
    std::vector<std::uint8_t> page;  ///< PDF, as it was confirmed; empty: none could be made
    bool operator==(const Declaration&) const = default;
};

inline constexpr std::size_t declaration_text_limit = 600;       ///< bytes of each text
inline constexpr std::size_t declaration_page_limit = 2u << 20;  ///< bytes of the PDF
inline constexpr std::size_t declaration_points_limit = 4'000;   ///< of all strokes together
inline constexpr std::size_t declaration_strokes_limit = 100;
inline constexpr std::size_t declaration_bytes_limit =
    declaration_page_limit + (64u << 10);  ///< of what encode() gives

/// One self-describing byte string (version, lengths, parts), the plain text of what is sealed. BadOptions: no id, no
/// name, a limit, a birth date that is none, a text that is no clean UTF-8.
Result<std::vector<std::uint8_t>> encode(const Declaration& declaration);
/// BadPayload when it is not exactly what encode() writes; every length is bounded before it is believed.
Result<Declaration> decode_declaration(std::span<const std::uint8_t> bytes);
void wipe(Declaration& declaration);

/// The question to the service about whoever this is: an OQSsiquc01req document with what was said (name, kana, birth
/// date, sex, address). nullopt: too little was said for an answer to be about one person: a birth date, and the kana
/// or the name. Elements beside the birth date are not public OQS vocabulary and stand in
/// QualificationConfirmSearchInfo/DeclaredPerson; the real way is 緊急時医療情報・資格確認機能 (facts 3.7), whose
/// interface is not public: ours is a documented stand-in behind this function.
Result<std::optional<std::string>> query_text(const Declaration& declaration, const std::string& institution_code);

/// What was said against what the service knows.
enum class DeclaredField : std::uint8_t {
    Name,
    NameKana,
    BirthDate,
    Sex,
    PostalCode,
    Address,
    Insurance,
    InsurerName,
    Ratio
};
const char* name_of(DeclaredField field);  ///< "name", "name-kana", "birth-date", "sex", "postal-code", …

enum class Reconciliation : std::uint8_t {
    Unknown,  ///< the service has not answered, found nobody, or several
    Match,    ///< whatever was said and is known there agrees
    Differs,
};
const char* name_of(Reconciliation reconciliation);  ///< "unknown", "match", "differs"

/// What the claim is made with (保発0710第1号, facts 3.7).
enum class ClaimCase : std::uint8_t {
    CurrentNumber,  ///< the service named the insurance
    OldNumber,      ///< it named one that is no longer valid
    Sevens,         ///< it is not known: all digits 7, with address and telephone in 摘要欄
};
const char* name_of(ClaimCase claim);  ///< "current", "old", "sevens"

struct Reconciled {
    Reconciliation result = Reconciliation::Unknown;
    std::vector<DeclaredField> differ;  ///< of Differs
    ClaimCase claim = ClaimCase::Sevens;
    bool operator==(const Reconciled&) const = default;
};

/// Names are compared without spaces, wide and narrow forms, and variants of one ideograph that old records write with
/// ●; kana without small and long marks; addresses by their digits and the beginning of their words: 三丁目 is 3-. A
/// field that one side leaves open does not differ, nor does what one side leaves out at the ends of an address. With a
/// birth date that differs the number is not claimed with: it may be somebody else's. nullptr: no answer yet.
/// The answer is taken for one about this very person and request: one about somebody else (Meaning::OtherPerson), or
/// to another request, is to be given as nullptr. Of its identity only the birth date is looked at here.
Reconciled reconcile(const Declaration& declaration, const OqsAnswer* answer);

}  // namespace uketsuke::net
