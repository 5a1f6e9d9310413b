// Invented people for demonstrations, training and tests: one TOML file each (assets/personas/).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "card/error.h"
#include "card/face_record.h"
#include "card/number_b.h"

namespace uketsuke::card {

enum class PersonaKind : std::uint8_t { MyNumber, OtherCard };

// How long the persona's certificates run.
struct CertificateTerm {
    enum class Rule : std::uint8_t {
        FifthBirthday,  // issued `days` ago, to the 5th birthday after that (facts §1.8)
        DaysFromNow,    // to `days` after the day the card is made; negative is expired
        OnDay,          // to `day`
    };
    Rule rule = Rule::FifthBirthday;
    int days = 0;
    std::chrono::year_month_day day{};
};

// From 00:00:00 of the day of issue to 23:59:59 of the last day, both in Japan (UTC+9).
struct CertificateDates {
    std::chrono::sys_seconds not_before{};
    std::chrono::sys_seconds not_after{};
};

// The day on which a certificate issued on `issued` ends.
std::chrono::year_month_day fifth_birthday_after(std::chrono::year_month_day birth, std::chrono::year_month_day issued);

// Faults that a persona's card shows, for tests and training. All 0: none.
struct Flakiness {
    std::uint32_t silent_every = 0;  // every n-th APDU gets no answer, and the session is lost
    std::uint32_t gone_after = 0;    // the card leaves the reader after n APDUs of a connection
};

struct Persona {
    std::string id;        // file name without .toml: "sato"
    std::string label;     // what it shows, for the demonstration bar (Japanese)
    std::string label_en;  // the same in English
    PersonaKind kind = PersonaKind::MyNumber;
    std::string name;  // U+3000 between family and given name
    std::string address;
    std::chrono::year_month_day birth_date{};
    Sex sex = Sex::Unknown;
    std::string pin = "1234";  // 4 digits
    int pin_tries = 3;         // 0: locked
    std::string signature_password = "ABC123";
    bool signature_certificate = true;
    int number_b_tries = 10;
    std::string security_code;  // 4 digits, printed on the front
    std::chrono::year_month_day card_expiry{};
    CertificateTerm certificate;
    std::uint32_t face_seed = 0;            // which synthetic person the chip's photo shows
    bool registered = true;                 // as a health insurance card; known to the service, not to the chip
    bool face_authentication_card = false;  // 「顔認証」 is printed on the front; not in the chip
    std::chrono::milliseconds apdu_delay{0};
    Flakiness flaky;

    // 照合番号B as printed. BadConfig for an other-card.
    Result<NumberB> number_b() const;

    // Serial number of the user-authentication certificate that the virtual card carries: follows from the id alone,
    // so that a simulated service knows the person again in another process. As Certificate::serial_hex.
    std::string serial_hex() const;
    CertificateDates certificate_dates(std::chrono::sys_seconds now) const;
};

// BadConfig with "file:line: what" for broken TOML, an unknown or missing key, or a value out of its range.
Result<Persona> load_persona(const std::string& path);
// Every *.toml of the folder, by id. The first error ends it.
Result<std::vector<Persona>> load_personas(const std::string& folder);

}  // namespace uketsuke::card
