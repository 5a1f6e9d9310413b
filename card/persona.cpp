#include "card/persona.h"

#include <array>

#include "card/dates.h"
#include "card/openssl_types.h"

namespace uketsuke::card {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr std::chrono::hours k_japan{9};

year_month_day day_in_japan(sys_seconds when) {
    return {std::chrono::floor<days>(when + k_japan)};
}

}  // namespace

Result<NumberB> Persona::number_b() const {
    if (kind == PersonaKind::OtherCard) return fail(Fault::BadConfig, "persona " + id + " has no My Number card");
    return NumberB::make(birth_date, card_expiry.year(), security_code);
}

std::string Persona::serial_hex() const {
    const openssl::ErrorsCleared cleared;
    const std::string text = "uketsuke persona " + id;
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    // Positive, and with a first byte that is not zero, so that the text has no leading zeros to disagree about.
    digest[0] = static_cast<std::uint8_t>((digest[0] & 0x7F) | 0x40);
    static constexpr std::array<char, 17> k_hex{"0123456789abcdef"};
    std::string hex;
    for (std::size_t i = 0; i < 8; ++i) {
        hex += k_hex[digest[i] >> 4];
        hex += k_hex[digest[i] & 0xF];
    }
    return hex;
}

year_month_day fifth_birthday_after(year_month_day birth, year_month_day issued) {
    const bool passed = sys_days{birthday_in(birth, issued.year())} <= sys_days{issued};
    const std::chrono::year first = passed ? issued.year() + std::chrono::years{1} : issued.year();
    return birthday_in(birth, first + std::chrono::years{4});
}

CertificateDates Persona::certificate_dates(sys_seconds now) const {
    const year_month_day today = day_in_japan(now);
    year_month_day issued{sys_days{today} - days{certificate.days}};
    year_month_day last{};
    switch (certificate.rule) {
        case CertificateTerm::Rule::FifthBirthday:
            last = fifth_birthday_after(birth_date, issued);
            break;
        case CertificateTerm::Rule::DaysFromNow:
            last = sys_days{today} + days{certificate.days};
            break;
        case CertificateTerm::Rule::OnDay:
            last = certificate.day;
            break;
    }
    if (certificate.rule != CertificateTerm::Rule::FifthBirthday) issued = sys_days{last} - days{5 * 365};
    return {sys_days{issued} - k_japan, sys_days{last} + days{1} - k_japan - std::chrono::seconds{1}};
}

}  // namespace uketsuke::card
