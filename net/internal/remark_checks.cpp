#include "net/internal/remark_checks.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <vector>

namespace uketsuke::net::internal {
namespace {

constexpr char32_t k_black_circle = U'●';
constexpr char32_t k_geta = U'〓';
constexpr char32_t k_replacement = U'\uFFFD';

bool is_digits(std::string_view text, std::size_t length) {
    return text.size() == length && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), code) != list.end();
}

// An absent code is no wrong one.
bool outside(std::string_view code, std::initializer_list<std::string_view> list) {
    return !is_blank(code) && !is_one_of(code, list);
}

bool outside_consents(std::string_view flag) {
    return outside(flag, {"0", "1", "2", "3"});
}

std::array<const std::string*, 8> names_and_places(const QualificationResult& r) {
    return {&r.name,    &r.insured_name, &r.name_of_other,      &r.name_kana, &r.name_of_other_kana,
            &r.address, &r.insurer_name, &r.insured_card_symbol};
}

bool is_assistance(const QualificationResult& result) {
    return result.insured_card_classification.starts_with('A');
}

// School starts on the first 1 April on which a child is six; one turns six on the day before the birthday.
bool is_preschool(const QualificationResult& result, std::string_view today) {
    if (result.preschool_classification == "1") return true;
    if (!is_date(result.birthdate) || !is_date(today)) return false;
    const int year = std::stoi(result.birthdate.substr(0, 4));
    const bool early = result.birthdate.substr(4) <= "0401";
    return is_before(today, std::to_string(year + (early ? 6 : 7)) + "0401");
}

bool limit_code_outside(const LimitApplicationCertificate& limit) {
    const std::string_view flag = limit.classification_flag;
    const bool known = is_one_of(flag, {"A01", "A02", "A03", "A04", "A05", "A06", "B01", "B02", "B03", "B04", "B05",
                                        "B06", "B07", "B08", "B09", "B10"});
    return outside(limit.classification, {"01", "02", "03"}) || (!is_blank(flag) && !known);
}

bool result_code_outside(const QualificationResult& r) {
    const bool person = outside(r.insured_card_classification, {"01", "02", "03", "04", "05", "06", "07", "A1"}) ||
                        outside(r.personal_family_classification, {"1", "2"}) || outside(r.sex1, {"1", "2", "3"}) ||
                        outside(r.sex2, {"1", "2", "3"}) || outside(r.preschool_classification, {"1", "2"}) ||
                        outside(r.reason_of_loss, {"01", "02", "03", "99"});
    const bool consents = outside_consents(r.limit_application_flag) || outside_consents(r.specific_diseases_flag) ||
                          outside_consents(r.health_checkup.flag) || outside_consents(r.pharmacists.flag) ||
                          outside_consents(r.diagnosis.flag) || outside_consents(r.operation.flag);
    return person || consents || limit_code_outside(r.limit_application) ||
           std::any_of(r.specific_diseases.begin(), r.specific_diseases.end(), [](const auto& certificate) {
               return outside(certificate.category, {"1", "2", "3"});
           });
}

}  // namespace

std::u32string characters_of(std::string_view text) {
    std::u32string points;
    points.reserve(text.size());  // once: what grows leaves its beginning in freed memory
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (i + length > text.size()) break;
        auto point = static_cast<char32_t>(length == 1 ? first : first & (0x7FU >> length));
        for (std::size_t k = 1; k < length; ++k)
            point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        points.push_back(point);
        i += length;
    }
    return points;
}

bool is_blank(std::string_view text) {
    const std::u32string points = characters_of(text);
    return std::all_of(points.begin(), points.end(), [](char32_t c) { return c <= U' ' || c == U'\u3000'; });
}

bool is_date(std::string_view text) {
    if (!is_digits(text, 8)) return false;
    const int number = std::stoi(std::string(text));
    const std::chrono::year_month_day date{std::chrono::year{number / 10'000},
                                           std::chrono::month{static_cast<unsigned>(number / 100 % 100)},
                                           std::chrono::day{static_cast<unsigned>(number % 100)}};
    return date.ok();
}

bool is_before(std::string_view a, std::string_view b) {
    return is_date(a) && is_date(b) && a < b;
}

bool has_replaced_character(const QualificationResult& result) {
    for (const std::string* text : names_and_places(result)) {
        const std::u32string points = characters_of(*text);
        if (points.find_first_of(std::u32string{k_black_circle, k_geta, k_replacement}) != std::u32string::npos) {
            return true;
        }
    }
    return false;
}

bool has_unknown_character(const QualificationResult& result, const std::function<bool(char32_t)>& covers) {
    if (!covers) return false;
    for (const std::string* text : names_and_places(result)) {
        const std::u32string points = characters_of(*text);
        if (!std::all_of(points.begin(), points.end(), covers)) return true;
    }
    return false;
}

bool ends_in_branch(std::string_view number) {
    std::u32string points = characters_of(number);
    const auto is_digit = [](char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); };
    const auto is_edge = [](char32_t c) {
        return c <= U' ' || std::u32string_view(U"\u3000)）").find(c) != std::u32string_view::npos;
    };
    while (!points.empty() && is_edge(points.back())) points.pop_back();
    std::size_t digits = 0;
    while (!points.empty() && is_digit(points.back())) {
        points.pop_back();
        ++digits;
    }
    const bool apart = !points.empty() && std::u32string_view(U" \u3000-－‐‑–—−ー・/／(（番:：").find(points.back()) !=
                                              std::u32string_view::npos;
    return digits >= 1 && digits <= 2 && apart && std::any_of(points.begin(), points.end(), is_digit);
}

bool lacks_contribution_ratio(const QualificationResult& result, const RemarkContext& context) {
    if (is_assistance(result) || is_preschool(result, context.today)) return false;
    return !is_digits(result.insured_partial_contribution_ratio, 3) &&
           !is_digits(result.elderly_recipient.contribution_ratio, 3);
}

bool has_unreadable_date(const QualificationResult& r) {
    std::vector<const std::string*> dates{&r.birthdate,
                                          &r.qualification_date,
                                          &r.disqualification_date,
                                          &r.insured_certificate_issuance_date,
                                          &r.insured_card_valid_date,
                                          &r.insured_card_expiration_date,
                                          &r.elderly_recipient.date,
                                          &r.elderly_recipient.valid_start_date,
                                          &r.elderly_recipient.valid_end_date,
                                          &r.limit_application.date,
                                          &r.limit_application.valid_start_date,
                                          &r.limit_application.valid_end_date,
                                          &r.limit_application.long_term_date};
    for (const SpecificDiseasesCertificate& certificate : r.specific_diseases) {
        for (const auto* date : {&certificate.date, &certificate.valid_start_date, &certificate.valid_end_date}) {
            dates.push_back(date);
        }
    }
    return std::any_of(dates.begin(), dates.end(),
                       [](const std::string* date) { return !is_blank(*date) && !is_date(*date); });
}

bool has_unknown_code(const OqsAnswer& answer) {
    return answer.header.segment_of_result == SegmentOfResult::Unknown ||
           answer.processing_status == ProcessingResultStatus::Unknown ||
           answer.validity == QualificationValidity::Unknown ||
           outside(answer.header.reference_classification, {"1", "2"}) ||
           outside(answer.header.character_code_identifier, {"0", "1", "2"}) ||
           outside(answer.prescription_issue_select, {"1", "2"}) ||
           std::any_of(answer.results.begin(), answer.results.end(), result_code_outside);
}

bool consents_differ(const QualificationResult& r, const ConsentsGiven& given) {
    const auto differs = [](const std::string& flag, bool agreed) {
        return !is_blank(flag) && (flag == "1") != agreed;
    };
    return differs(r.operation.flag, given.operation) || differs(r.pharmacists.flag, given.medication_diagnosis) ||
           differs(r.diagnosis.flag, given.medication_diagnosis) ||
           differs(r.health_checkup.flag, given.health_checkup);
}

}  // namespace uketsuke::net::internal
