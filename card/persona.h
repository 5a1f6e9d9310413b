// Invented people for demonstrations, training and tests: one TOML file each (assets/personas/).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "card/error.h"
#include "card/face_record.h"
#include "card/number_b.h"

namespace uketsuke::card {

// What lies on the reader.
enum class PersonaKind : std::uint8_t {
    MyNumber,
    OtherCard,  // a transit card, a bank card, a licence: it answers, and has none of the applications
    ResidentCard,  // the old 住民基本台帳カード: a JPKI application with a signing certificate alone, its own label
    Smartphone,  // the certificates in a telephone: a JPKI application, nothing that is printed on a card
    NoChip,      // a piece of paper, a damaged card: no chip answers
};
// As the TOML files spell it: "my-number", "other-card", "resident-card", "smartphone", "no-chip".
std::string_view name_of(PersonaKind kind);

// Which label a telephone carries in EF 0006 (facts §1.2).
enum class Telephone : std::uint8_t { IPhone, Android };

// How the two records that 照合番号B opens are written. New: an offset table first, elements in the order of their
// tags, shortest lengths. Old: two stray bytes before FF20 (facts §1.7), no offset table, every length as 82 hh ll, an
// unknown element in between, another order: one shape for all that a parser has to put up with.
enum class RecordShape : std::uint8_t { New, Old };

// What a card does when READ BINARY asks for more than it gives at once: fewer bytes and 9000, the rest by 61xx and
// GET RESPONSE, or 6Cxx and the length to ask for.
enum class AnswerStyle : std::uint8_t { Short, MoreData, WrongLength };

// The issuer's signature in the face record. Wrong: it is over another photo, as when somebody has exchanged it.
enum class IssuerSignature : std::uint8_t { Good, Wrong, Absent };

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
    bool renewed = false;  // with FifthBirthday: it followed a certificate that ended at the next birthday
};

// From 00:00:00 of the day of issue to 23:59:59 of the last day, both in Japan (UTC+9).
struct CertificateDates {
    std::chrono::sys_seconds not_before{};
    std::chrono::sys_seconds not_after{};
};

// The day on which a certificate issued on `issued` ends, for every age: the 5th birthday after that day, which is no
// birthday "after" itself.
std::chrono::year_month_day fifth_birthday_after(std::chrono::year_month_day birth, std::chrono::year_month_day issued);
// The same for one that follows a certificate ending at the next birthday: within the three months before that day the
// 6th birthday, so that renewing early costs nobody a year (facts §1.8).
std::chrono::year_month_day renewed_certificate_end(std::chrono::year_month_day birth,
                                                    std::chrono::year_month_day issued);
// The day on which a card issued on `issued` ends: the 10th birthday after, the 5th for who is not yet 18.
std::chrono::year_month_day card_end(std::chrono::year_month_day birth, std::chrono::year_month_day issued);

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
    std::string pin = "1234";    // 4 digits; that of 券面入力補助AP and 住基AP, too
    int pin_tries = 3;           // of user authentication; 0: locked
    int text_pin_tries = 3;      // of 券面入力補助AP
    int resident_pin_tries = 3;  // of 住基AP
    std::string signature_password = "ABC123";
    bool signature_certificate = true;
    int number_b_tries = 10;
    std::string security_code;  // 4 digits, printed on the front
    std::chrono::year_month_day card_expiry{};
    CertificateTerm certificate;
    std::uint32_t face_seed = 0;            // which synthetic person the chip's photo shows
    bool registered = true;                 // as a health insurance card; known to the service, not to the chip
    bool face_authentication_card = false;  // 「顔認証」 is printed on the front; the chip has every 4-digit PIN locked
    Telephone telephone = Telephone::IPhone;
    RecordShape record_shape = RecordShape::New;
    IssuerSignature issuer_signature = IssuerSignature::Good;
    std::size_t largest_answer = 0;  // bytes of a READ BINARY, 32 to 256; 0: as many as are asked for
    AnswerStyle answers = AnswerStyle::Short;
    std::chrono::milliseconds apdu_delay{0};
    Flakiness flaky;

    // Something with a name, a birth date and a certificate: every kind but OtherCard and NoChip.
    bool has_holder() const;
    // A certificate for user authentication, and its PIN: a My Number card and a telephone.
    bool has_authentication() const { return has_holder() && kind != PersonaKind::ResidentCard; }
    // Only a My Number card has a printed front, 照合番号B and a photo in its chip.
    bool has_front() const { return kind == PersonaKind::MyNumber; }
    // A 顔認証 card comes with every 4-digit PIN locked, whatever the tries above say.
    void lock_pins_of_face_authentication_card();

    // 照合番号B as printed. BadConfig for anything but a My Number card.
    Result<NumberB> number_b() const;

    // Serial number of the user-authentication certificate that the virtual card carries, where it has one: follows
    // from the id alone, so that a simulated service knows the person again in another process. As
    // Certificate::serial_hex.
    std::string serial_hex() const;
    CertificateDates certificate_dates(std::chrono::sys_seconds now) const;
};

// BadConfig with "file:line: what" for broken TOML, an unknown or missing key, or a value out of its range.
Result<Persona> load_persona(const std::string& path);
// Every *.toml of the folder, by id. The first error ends it.
Result<std::vector<Persona>> load_personas(const std::string& folder);

}  // namespace uketsuke::card
