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
constexpr std::chrono::years k_adult{18};
constexpr std::chrono::months k_renewal_window{3};

year_month_day day_in_japan(sys_seconds when) {
    return {std::chrono::floor<days>(when + k_japan)};
}

// The n-th birthday after `day`.
year_month_day birthday_after(year_month_day birth, year_month_day day, int n) {
    const bool passed = sys_days{birthday_in(birth, day.year())} <= sys_days{day};
    return birthday_in(birth, day.year() + std::chrono::years{passed ? n : n - 1});
}

// The day of the same number, or the last one of a shorter month.
year_month_day months_before(year_month_day day, std::chrono::months count) {
    const year_month_day same = day - count;
    return same.ok() ? same : year_month_day{same.year() / same.month() / std::chrono::last};
}

}  // namespace

std::string_view name_of(PersonaKind kind) {
    switch (kind) {
        case PersonaKind::MyNumber:
            return "my-number";
        case PersonaKind::OtherCard:
            return "other-card";
        case PersonaKind::ResidentCard:
            return "resident-card";
        case PersonaKind::Smartphone:
            return "smartphone";
        case PersonaKind::NoChip:
            return "no-chip";
    }
    return "no-chip";
}

bool Persona::has_holder() const {
    return kind != PersonaKind::OtherCard && kind != PersonaKind::NoChip;
}

void Persona::lock_pins_of_face_authentication_card() {
    if (!face_authentication_card) return;
    pin_tries = 0;
    text_pin_tries = 0;
    resident_pin_tries = 0;
}

Result<NumberB> Persona::number_b() const {
    if (!has_front()) return fail(Fault::BadConfig, "persona " + id + " has no My Number card");
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
    return birthday_after(birth, issued, 5);
}

year_month_day renewed_certificate_end(year_month_day birth, year_month_day issued) {
    const year_month_day next = birthday_after(birth, issued, 1);
    const bool in_window = sys_days{months_before(next, k_renewal_window)} <= sys_days{issued};
    return birthday_after(birth, issued, in_window ? 6 : 5);
}

year_month_day card_end(year_month_day birth, year_month_day issued) {
    const bool adult = sys_days{birthday_in(birth, birth.year() + k_adult)} <= sys_days{issued};
    return birthday_after(birth, issued, adult ? 10 : 5);
}

CertificateDates Persona::certificate_dates(sys_seconds now) const {
    const year_month_day today = day_in_japan(now);
    year_month_day issued{sys_days{today} - days{certificate.days}};
    year_month_day last{};
    switch (certificate.rule) {
        case CertificateTerm::Rule::FifthBirthday:
            last = certificate.renewed ? renewed_certificate_end(birth_date, issued)
                                       : fifth_birthday_after(birth_date, issued);
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
