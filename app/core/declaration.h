// 被保険者資格申立書: what patients say of themselves where their eligibility cannot be confirmed, as far as they know
// it (facts §3.7). Personal: everything in it wipes itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "app/core/secret_text.h"

namespace uketsuke::core {

// In the order in which they are asked.
enum class DeclarationField : std::uint8_t {
    Name,
    NameKana,  // フリガナ: follows from what was typed for the name
    BirthDate,
    Sex,
    PostalCode,  // seven digits; finds the first part of the address
    Address,
    Phone,
    InsuranceKind,
    InsurerName,
    OfficeName,  // 事業所名
    ContributionRatio,
    Signature,
};
inline constexpr std::size_t k_declaration_fields = 12;
const char* name_of(DeclarationField field);  // "name", "name-kana", …

enum class Sex : std::uint8_t { NotSaid, Male, Female };

enum class InsuranceKind : std::uint8_t {
    NotSaid,
    NationalHealth,  // 国民健康保険
    LaterElderly,    // 後期高齢者医療
    Employees,       // 会社などの健康保険
    MutualAid,       // 共済組合
    DontKnow,
};
inline constexpr std::size_t k_insurance_kinds = 6;

// Of the Gregorian calendar. Year 0: not said.
struct BirthDate {
    std::int16_t year = 0;
    std::uint8_t month = 0;
    std::uint8_t day = 0;
    bool said() const { return year != 0; }
    friend bool operator==(const BirthDate&, const BirthDate&) = default;
};

// In ten-thousandths of the field that is written in: from its left, from its top. The field is k_signature_shape times
// as wide as high.
struct PenPoint {
    std::uint16_t x = 0;
    std::uint16_t y = 0;
    friend bool operator==(const PenPoint&, const PenPoint&) = default;
};
inline constexpr std::uint16_t k_pen_range = 10'000;
inline constexpr int k_signature_shape = 3;

// Strokes of a finger. Wiped when it goes.
class Signature {
  public:
    static constexpr std::size_t k_most_points = 4'000;
    static constexpr std::size_t k_most_strokes = 100;

    Signature() = default;
    Signature(const Signature&) = default;
    Signature(Signature&& other) noexcept : m_strokes(std::move(other.m_strokes)) { other.m_strokes.clear(); }
    Signature& operator=(const Signature& other) {
        if (this != &other) {
            clear();
            m_strokes = other.m_strokes;
        }
        return *this;
    }
    Signature& operator=(Signature&& other) noexcept {
        if (this != &other) {
            clear();
            m_strokes.swap(other.m_strokes);
        }
        return *this;
    }
    ~Signature() { clear(); }

    void begin(PenPoint at) {
        if (m_strokes.size() < k_most_strokes && points() < k_most_points) grow(m_strokes.emplace_back(), at);
    }
    // Goes on with the last stroke.
    void go_on(PenPoint at) {
        if (!m_strokes.empty() && points() < k_most_points && m_strokes.back().back() != at) grow(m_strokes.back(), at);
    }
    void drop_last() {
        if (m_strokes.empty()) return;
        wipe(m_strokes.back());
        m_strokes.pop_back();
    }
    void clear() {
        for (auto& stroke : m_strokes) wipe(stroke);
        m_strokes.clear();
    }
    bool empty() const { return m_strokes.empty(); }
    // No stroke is empty.
    const std::vector<std::vector<PenPoint>>& strokes() const { return m_strokes; }
    friend bool operator==(const Signature&, const Signature&) = default;

  private:
    static void wipe(std::vector<PenPoint>& stroke) {
        explicit_bzero(static_cast<void*>(stroke.data()), stroke.size() * sizeof(PenPoint));
    }
    static void grow(std::vector<PenPoint>& stroke, PenPoint at) {
        if (stroke.size() == stroke.capacity()) {
            std::vector<PenPoint> roomier;
            roomier.reserve(stroke.size() * 2 + 64);
            roomier.assign(stroke.begin(), stroke.end());
            wipe(stroke);
            stroke.swap(roomier);
        }
        stroke.push_back({std::min(at.x, k_pen_range), std::min(at.y, k_pen_range)});
    }
    std::size_t points() const {
        std::size_t count = 0;
        for (const auto& stroke : m_strokes) count += stroke.size();
        return count;
    }

    std::vector<std::vector<PenPoint>> m_strokes;
};

struct Declaration {
    SecretText name;       // family and given name divided by U+3000
    SecretText name_kana;  // katakana
    BirthDate birth_date;
    Sex sex = Sex::NotSaid;
    SecretText postal_code;  // up to seven ASCII digits
    SecretText address;
    SecretText phone;  // ASCII digits and hyphens
    InsuranceKind insurance = InsuranceKind::NotSaid;
    SecretText insurer_name;
    SecretText office_name;
    std::uint8_t ratio_tenths = 0;  // 1, 2, 3; 0: not said
    Signature signature;
    friend bool operator==(const Declaration&, const Declaration&) = default;
};

// Of a field that is typed; nullptr: it is not.
SecretText* text_of(Declaration& declaration, DeclarationField field);
const SecretText* text_of(const Declaration& declaration, DeclarationField field);
bool said(const Declaration& declaration, DeclarationField field);

// What a card says of its holder, as far as it was opened. Personal.
struct CardHolder {
    SecretText name;
    BirthDate birth_date;
    Sex sex = Sex::NotSaid;
    SecretText address;
    friend bool operator==(const CardHolder&, const CardHolder&) = default;
};

}  // namespace uketsuke::core
